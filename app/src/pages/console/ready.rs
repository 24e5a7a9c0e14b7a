//! Between calls: what keeps callers away, and calling somebody.

use desk::Tone;
use desk::softphone::{PhoneEvent, SetUp};
use leptos::prelude::*;

use super::Seat;
use crate::api::ChooseStatus;
use crate::dock::Dial;
use crate::knock::{self, Knocking};
use crate::parts::{Glyph, Icon, Refused, State, action};

/// Whether callers reach one, what is in the way, and the field for a number.
#[component]
pub(super) fn Ready(seat: Seat) -> impl IntoView {
    let phone = seat.phone;
    let lines = Memo::new(move |_| seat.floor.with(|floor| floor.calls_out.clone()));
    let can_call = Memo::new(move |_| phone.state.with(|phone| phone.can_call()));
    view! {
        <ul class="ready">
            <Takes seat/>
            <Rings seat/>
            <Knocks/>
        </ul>
        <Show when=move || can_call.get()>
            <Dial phone lines name="console" shortcut=seat.keys.of("C") on_call=Callback::new(|()| {})/>
        </Show>
    }
}

/// Whether one chose to take calls.
#[component]
fn Takes(seat: Seat) -> impl IntoView {
    let choose = action::<ChooseStatus>();
    let takes = Memo::new(move |_| {
        seat.mine
            .with(|mine| mine.chosen == "available" && mine.standing.word != "not-responding")
    });
    let words = move || {
        let is_silent = seat
            .mine
            .with(|mine| mine.standing.word == "not-responding");
        if is_silent {
            "You are not rung: a call to you was not answered."
        } else {
            "You chose not to be rung."
        }
    };
    view! {
        <li class="ready-row">
            {move || if takes.get() {
                view! { <State tone=Tone::Good word="You take calls"/> }.into_any()
            } else {
                view! {
                    <State tone=Tone::Quiet word=words()/>
                    <ActionForm action=choose>
                        <button class="button button--main" type="submit" name="status" value="available">"Take calls"</button>
                    </ActionForm>
                }
                .into_any()
            }}
            <Refused answer=move || choose.value().get()/>
        </li>
    }
}

/// Whether the phone of this tab rings.
#[component]
fn Rings(seat: Seat) -> impl IntoView {
    let phone = seat.phone;
    let standing = Memo::new(move |_| {
        phone.state.with(|phone| {
            (
                phone.tone(),
                format!("Your phone: {}", in_passing(phone.words())),
            )
        })
    });
    let switch = Memo::new(move |_| {
        phone.state.with(|phone| match &phone.set_up {
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
    view! {
        <li class="ready-row needs-life">
            {move || {
                let (tone, word) = standing.get();
                view! { <State tone word/> }
            }}
            {move || switch.get().map(|word| view! {
                <button class="button button--main" type="button" on:click=move |_| phone.tell(PhoneEvent::SwitchedOn)>
                    {word}
                </button>
            })}
        </li>
    }
}

/// Whether the desktop tells of calls while one looks elsewhere. The browser asks only whoever pressed the button.
#[component]
fn Knocks() -> impl IntoView {
    let knocking = knock::knocking();
    move || {
        let row = match knocking.get()? {
            Knocking::Allowed => view! {
                <State tone=Tone::Good word="The desktop tells you of calls while you look elsewhere"/>
            }
            .into_any(),
            Knocking::Denied => view! {
                <State tone=Tone::Quiet word="This browser may not tell you of calls on the desktop: its settings say no"/>
            }
            .into_any(),
            Knocking::NotAsked => view! {
                <State tone=Tone::Quiet word="While you look elsewhere, you only hear the ringing"/>
                <button class="button" type="button" on:click=move |_| knock::ask(knocking)>
                    <Icon glyph=Glyph::Bell/>
                    "Tell me on the desktop"
                </button>
            }
            .into_any(),
        };
        Some(view! { <li class="ready-row">{row}</li> })
    }
}

/// Words that follow others: the first letter is small.
fn in_passing(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
