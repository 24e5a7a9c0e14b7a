//! A supervisor in one's call: who listens, coaches or speaks, and asking for one.

use desk::{CallState, Doing};
use leptos::prelude::*;

use super::Seat;
use crate::api::AskHelp;
use crate::parts::{Glyph, Icon, Refused, action};

/// Who is in the call besides those who talk.
#[component]
pub(super) fn Watchers(seat: Seat) -> impl IntoView {
    let told = seat.of_call(|doing| match doing {
        Doing::Call(call) => Some(call.watchers.iter().map(desk::WatcherView::text).collect()),
        Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_) => None,
    });
    let told = move || -> Vec<String> { told.get().unwrap_or_default() };
    view! {
        <div class="desk-watchers" role="status">
            {move || {
                told()
                    .into_iter()
                    .map(|words| view! { <p class="desk-watcher"><Icon glyph=Glyph::Aloud/>{words}</p> })
                    .collect_view()
            }}
        </div>
    }
}

/// Asking a supervisor to come, and taking that back. Nobody comes into a call that one made.
#[component]
pub(super) fn HelpButton(seat: Seat) -> impl IntoView {
    let ask = action::<AskHelp>();
    let since = seat.of_call(|doing| match doing {
        Doing::Call(call) if call.state == CallState::Talking => Some(call.help_since_ms),
        Doing::Nothing | Doing::Rung(_) | Doing::Call(_) | Doing::WrapUp(_) => None,
    });
    let is_call = Memo::new(move |_| since.get().is_some());
    let asked = Memo::new(move |_| since.get().flatten());
    let turn = move |_| {
        if let Some(call) = seat.at.with_untracked(|at| at.call.clone()) {
            let on = asked.get_untracked().is_none();
            ask.dispatch(AskHelp { call, on });
        }
    };
    view! {
        <Show when=move || is_call.get()>
            <button
                class="button"
                type="button"
                aria-pressed=move || asked.get().is_some().to_string()
                on:click=turn
            >
                <Icon glyph=Glyph::Notice/>
                "Ask for help"
            </button>
        </Show>
        <Show when=move || asked.get().is_some()>
            <p class="desk-hint" role="status">"Supervisors see that you ask for help."</p>
        </Show>
        <Refused answer=move || ask.value().get()/>
    }
}
