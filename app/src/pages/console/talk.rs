//! What can be done while one talks: mute, hold, keys, hanging up; and how it sounds.

use desk::softphone::Softcall;
use desk::{Doing, HoldState, MyCall, PartyAct, PartyIs};
use leptos::html;
use leptos::prelude::*;

use super::Seat;
use super::call::HangUpButton;
use super::hand_over::{HandOver, Parties};
use super::help::{HelpButton, Watchers};
use crate::api::Hold;
use crate::dock::{Keypad, Mute, Remarks};
use crate::parts::{Glyph, Icon, Refused, action};

/// The controls of a call.
#[component]
pub(super) fn Talk(seat: Seat, article: NodeRef<html::Article>) -> impl IntoView {
    let phone = seat.phone;
    let key_of = seat.at.with_untracked(|at| at.key).unwrap_or_default();
    let call = Memo::new(move |_| phone.state.with(|phone| phone.call(key_of).cloned()));
    let shows_keys = RwSignal::new(false);
    view! {
        <div class="desk-buttons">
            <Mute phone key_of call shortcut=seat.keys.of("M")/>
            <HoldButton seat/>
            <button
                class="button"
                type="button"
                aria-expanded=move || shows_keys.get().to_string()
                aria-keyshortcuts=seat.keys.of("K")
                on:click=move |_| shows_keys.update(|shows| *shows = !*shows)
            >
                <Icon glyph=Glyph::Keys/>
                "Keypad"
            </button>
            <HelpButton seat/>
            <HangUpButton seat article/>
        </div>
        <Watchers seat/>
        <Show when=move || shows_keys.get()>
            <Keypad phone key_of call/>
        </Show>
        <Level seat call/>
        <Remarks call/>
        <HandOver seat/>
        <Parties seat/>
    }
}

/// Holding the caller, and taking them back, where that is for whoever looks to do.
#[component]
fn HoldButton(seat: Seat) -> impl IntoView {
    let hold = action::<Hold>();
    let state = seat.of_call(|doing| match doing {
        Doing::Call(call) if may_hold(call) => Some(call.hold),
        Doing::Nothing | Doing::Rung(_) | Doing::Call(_) | Doing::WrapUp(_) => None,
    });
    let is_known = Memo::new(move |_| state.get().is_some());
    let is_on = move || state.get().is_some_and(HoldState::is_meant_on);
    let turn = move |_| {
        if let Some(call) = seat.at.with_untracked(|at| at.call.clone()) {
            let on = !state.get_untracked().is_some_and(HoldState::is_meant_on);
            hold.dispatch(Hold { call, on });
        }
    };
    view! {
        <Show when=move || is_known.get()>
            <button
                class="button"
                type="button"
                aria-pressed=move || is_on().to_string()
                aria-keyshortcuts=seat.keys.of("H")
                on:click=turn
            >
                <Icon glyph=Glyph::Pause/>
                "Hold"
            </button>
        </Show>
        <Refused answer=move || hold.value().get()/>
    }
}

fn may_hold(call: &MyCall) -> bool {
    let mut parties = call.parties.iter();
    let caller = parties.find(|party| party.who == PartyIs::Caller);
    caller.is_some_and(|caller| caller.acts.contains(&PartyAct::Hold))
}

/// How loud one is.
#[component]
fn Level(seat: Seat, call: Memo<Option<Softcall>>) -> impl IntoView {
    let level = seat.phone.level;
    let is_muted =
        Memo::new(move |_| call.with(|call| call.as_ref().is_some_and(|call| call.is_muted)));
    let shown = move || if is_muted.get() { 0 } else { level.get() };
    view! {
        <div class="desk-level">
            <Icon glyph=Glyph::Microphone/>
            <meter min="0" max="100" aria-label="Loudness of your microphone" prop:value=move || shown().to_string()></meter>
            <span class="field-hint">{move || if is_muted.get() { "You are muted" } else { "Your microphone" }}</span>
        </div>
    }
}
