//! A supervisor in a support call: listening, coaching, speaking by one switch on one leg, and taking over.

use desk::WatchView;
use desk::rooms::WatchMode;
use desk::softphone::{Door, Way};
use leptos::prelude::*;
use leptos_router::components::A;

use super::join::Enter;
use super::room::Monitor;
use crate::api::{TakeOver, WatchMode as ChangeMode};
use crate::live::live;
use crate::parts::{Glyph, Icon, Refused, action};
use crate::softphone::Phone;

/// The switch, and what goes with it.
#[component]
pub(super) fn Watch(monitor: Monitor, phone: Phone) -> impl IntoView {
    let board = live().board;
    let watching: Memo<Option<WatchView>> = Memo::new(move |_| {
        board.with(|board| {
            let watching = board.mine.as_ref()?.watching.as_ref()?;
            Some(watching.clone()).filter(|watching| watching.call == *monitor.id.read_value())
        })
    });
    let is_mine = Memo::new(move |_| {
        board.with(|board| {
            let mine = board.mine.as_ref();
            mine.is_some_and(|mine| mine.doing.call() == Some(monitor.id.read_value().as_str()))
        })
    });
    let is_in = Memo::new(move |_| watching.with(Option::is_some));
    let chosen = RwSignal::new(WatchMode::Listen);
    let enter = move |()| {
        phone.enter(Door {
            way: Way::Watch(monitor.id.get_value(), chosen.get_untracked()),
            name: monitor.name.get_value(),
        });
    };
    let words = move || watching.with(|watching| watching.as_ref().map(WatchView::text));
    view! {
        <Show when=move || is_mine.get()>
            <p>"This call is yours. "<A href="/">"Go to your console"</A></p>
        </Show>
        <Show when=move || !is_mine.get()>
            <Switch monitor watching chosen/>
            <p role="status">{words}</p>
            <Enter phone is_in=is_in.into() verb="Go in by your phone" enter=Callback::new(enter)/>
            <Show when=move || is_in.get()>
                <Over monitor/>
            </Show>
        </Show>
    }
}

/// Listen, coach, speak: before one goes in what one will do, then what one does.
#[component]
fn Switch(
    monitor: Monitor,
    watching: Memo<Option<WatchView>>,
    chosen: RwSignal<WatchMode>,
) -> impl IntoView {
    let change = action::<ChangeMode>();
    let shown = Memo::new(move |_| {
        let asked = change.input().get();
        let asked = asked.and_then(|asked| WatchMode::parse(&asked.mode));
        let wanted = watching.with(|watching| watching.as_ref().map(|watching| watching.wanted));
        asked.or(wanted).unwrap_or_else(|| chosen.get())
    });
    let turn = move |mode: WatchMode| {
        chosen.set(mode);
        if watching.with_untracked(Option::is_some) {
            change.dispatch(ChangeMode {
                call: monitor.id.get_value(),
                mode: mode.word().to_owned(),
            });
        }
    };
    let choices = WatchMode::ALL.map(|mode| {
        view! {
            <label class="watch-mode">
                <input
                    type="radio"
                    name="watch"
                    value=mode.word()
                    prop:checked=move || shown.get() == mode
                    on:change=move |_| turn(mode)
                />
                <span class="watch-name">{mode.label()}</span>
                <span class="watch-about">{about(mode)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="watch needs-life">
            <legend>"In this call"</legend>
            {choices.into_iter().collect_view()}
        </fieldset>
        <Refused answer=move || change.value().get()/>
    }
}

/// By whom one is heard.
fn about(mode: WatchMode) -> &'static str {
    match mode {
        WatchMode::Listen => "nobody hears you",
        WatchMode::Coach => "only the agent hears you",
        WatchMode::Speak => "everybody hears you",
    }
}

/// Having the caller oneself.
#[component]
fn Over(monitor: Monitor) -> impl IntoView {
    let take_over = action::<TakeOver>();
    let take = move |_| {
        take_over.dispatch(TakeOver {
            call: monitor.id.get_value(),
        });
    };
    view! {
        <button class="button" type="button" on:click=take>
            <Icon glyph=Glyph::Swap/>
            "Take over"
        </button>
        <p class="field-hint">"The caller is yours then, and the agent leaves the call."</p>
        <Refused answer=move || take_over.value().get()/>
    }
}
