//! The telephone at the foot of every page: how it stands, its calls, and what can be done with it. It stands outside the
//! pages, so that going from one to another ends no call.

mod call;
mod dial;
mod set_up;

use desk::softphone::{PhoneEvent, SetUp, Softcall};
use desk::{Doing, announcement};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::knock;
use crate::live::live;
use crate::parts::{Glyph, Icon, State};
use crate::softphone::{Phone, phone};
use call::Card;
use set_up::{Choices, Wrong};

pub(crate) use call::{Keypad, Mute, Remarks};
pub(crate) use dial::{Asked, Dial, call_if_allowed};

/// The telephone of whoever is signed in.
#[component]
pub(crate) fn Dock() -> impl IntoView {
    phone().map(|phone| view! { <Handset phone/> })
}

#[component]
fn Handset(phone: Phone) -> impl IntoView {
    let state = phone.state;
    let word = Memo::new(move |_| state.with(|phone| phone.word()));
    let is_choosing = Memo::new(move |_| {
        state.with(|phone| {
            matches!(
                phone.set_up,
                SetUp::Choosing | SetUp::Ready { choosing: true }
            )
        })
    });
    knock::follow();
    // The console shows the calls itself.
    let path = use_location().pathname;
    let is_console = Memo::new(move |_| path.with(|path| path == "/"));
    let keys = Memo::new(move |_| {
        let shown = state.with(|phone| phone.calls.iter().map(|call| call.key).collect::<Vec<_>>());
        if is_console.get() { Vec::new() } else { shown }
    });
    let wants_number = RwSignal::new(false);
    let can_call = Memo::new(move |_| !is_console.get() && state.with(|phone| phone.can_call()));
    let board = live().board;
    let lines = Memo::new(move |_| {
        board.with(|board| {
            let floor = board.floor.as_ref();
            floor
                .map(|floor| floor.calls_out.clone())
                .unwrap_or_default()
        })
    });
    let said = Memo::new(move |_| {
        board.with(|board| {
            let doing = board
                .mine
                .as_ref()
                .map_or(&Doing::Nothing, |mine| &mine.doing);
            state.with(|phone| announcement(doing, phone))
        })
    });
    view! {
        <section class="dock" id="phone" aria-label="Your phone" tabindex="-1" data-phone=move || word.get()>
            <div class="dock-inner">
                <Wrong phone/>
                <Show when=move || is_choosing.get()>
                    <Choices phone/>
                </Show>
                <For each=move || keys.get() key=|key| *key let:key>
                    <Card phone key_of=key/>
                </For>
                <Show when=move || wants_number.get() && can_call.get()>
                    <Dial phone lines name="dock" takes_focus=true on_call=Callback::new(move |()| wants_number.set(false))/>
                </Show>
                <div class="dock-bar">
                    <Standing phone/>
                    <Acts phone can_call wants_number/>
                </div>
            </div>
            <p class="unseen" role="status">{move || said.get()}</p>
        </section>
    }
}

/// How it stands, in a word.
#[component]
fn Standing(phone: Phone) -> impl IntoView {
    let state = phone.state;
    let standing = Memo::new(move |_| state.with(|phone| (phone.tone(), phone.words())));
    let hint = Memo::new(move |_| {
        state.with(|phone| match &phone.set_up {
            SetUp::Asleep => Some("Take calls in this browser."),
            SetUp::WantsClick => {
                Some("A browser rings only after a click: one, and your phone is on.")
            }
            SetUp::Elsewhere => Some(
                "Your phone is open in another tab of this browser. Close that tab to use it here.",
            ),
            SetUp::Microphone => Some("Allow the microphone where the browser asks for it."),
            SetUp::Claiming
            | SetUp::Loading
            | SetUp::Choosing
            | SetUp::Ready { .. }
            | SetUp::Stopped(_) => None,
        })
    });
    view! {
        <p class="dock-name">
            <Icon glyph=Glyph::Phone/>
            "Phone"
        </p>
        <p class="dock-state needs-life">
            {move || {
                let (tone, word) = standing.get();
                view! { <State tone word/> }
            }}
        </p>
        <p class="dock-hint needs-life">{move || hint.get()}</p>
        <noscript>"Your phone needs JavaScript: allow it in your browser to take calls here."</noscript>
    }
}

/// What can be done with the telephone itself.
#[component]
fn Acts(phone: Phone, can_call: Memo<bool>, wants_number: RwSignal<bool>) -> impl IntoView {
    let state = phone.state;
    let switch = Memo::new(move |_| {
        state.with(|phone| match &phone.set_up {
            SetUp::Asleep => Some("Set up your phone"),
            SetUp::WantsClick => Some("Turn on"),
            SetUp::Stopped(_) => Some("Try again"),
            SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::Loading
            | SetUp::Microphone
            | SetUp::Choosing
            | SetUp::Ready { .. } => None,
        })
    });
    let is_idle = Memo::new(move |_| {
        state.with(|phone| {
            phone.set_up == SetUp::Ready { choosing: false }
                && !phone.calls.iter().any(Softcall::is_live)
        })
    });
    view! {
        <div class="dock-acts needs-life">
            {move || switch.get().map(|word| view! {
                <button class="button button--main" type="button" on:click=move |_| phone.tell(PhoneEvent::SwitchedOn)>
                    {word}
                </button>
            })}
            <Show when=move || can_call.get()>
                <button
                    class="button"
                    type="button"
                    aria-expanded=move || wants_number.get().to_string()
                    on:click=move |_| wants_number.update(|wants| *wants = !*wants)
                >
                    <Icon glyph=Glyph::Keys/>
                    "Call a number"
                </button>
            </Show>
            <Show when=move || is_idle.get()>
                <button class="button button--plain" type="button" on:click=move |_| phone.tell(PhoneEvent::ChoiceOpened)>
                    <Icon glyph=Glyph::Slides/>
                    "Sound"
                </button>
                <button class="button button--plain" type="button" on:click=move |_| phone.tell(PhoneEvent::SwitchedOff)>
                    "Turn off"
                </button>
            </Show>
        </div>
    }
}
