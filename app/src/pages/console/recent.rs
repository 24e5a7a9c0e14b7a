//! One's own latest calls.

use desk::RecentCall;
use leptos::prelude::*;
use leptos_router::components::A;

use super::Seat;
use super::inbox::CallBack;
use crate::parts::{State, When};

/// The calls, latest first.
#[component]
pub(super) fn Recent(seat: Seat, reads_calls: bool) -> impl IntoView {
    let calls = Memo::new(move |_| seat.mine.with(|mine| mine.recent.clone()));
    let is_empty = Memo::new(move |_| calls.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="recent">
            <h2 id="recent">"My recent calls"</h2>
            <Show when=move || is_empty.get()>
                <p class="panel-empty">"None yet."</p>
            </Show>
            <ul class="rows">
                <For each=move || calls.get() key=|call: &RecentCall| (call.sid.clone(), call.at_ms, call.text.clone()) let:call>
                    <Row seat call reads_calls/>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Row(seat: Seat, call: RecentCall, reads_calls: bool) -> impl IntoView {
    let label = call.caller.label.clone();
    let name = if reads_calls {
        let label = label.clone();
        view! { <A href=format!("/calls/{}", call.sid)>{label}</A> }.into_any()
    } else {
        label.clone().into_any()
    };
    let way = if call.called_out {
        "You called"
    } else {
        "Called"
    };
    view! {
        <li class="row">
            <p class="row-name">{name}</p>
            <p class="row-about">{way} " · " {call.line_name.clone()} " · " <When ms=call.at_ms/></p>
            <p class="row-state"><State tone=call.tone word=call.text/></p>
            <div class="row-acts">
                <CallBack seat number=call.caller.number line_name=call.line_name label/>
            </div>
        </li>
    }
}
