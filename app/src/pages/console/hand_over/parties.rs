//! Who is in a call with several: on hold or muted, and what may be done to each.

use desk::{HoldState, PartyAct, PartyIs, PartyView, Tone};
use leptos::prelude::*;

use super::super::Seat;

use super::of_call;
use crate::api::{DropParty, HoldParty, MuteParty};
use crate::parts::{Glyph, Icon, KeepsFocus, Refused, State, action};

/// With this many in, a call has parties to tell apart.
const SEVERAL: usize = 3;

/// Everybody in the call, the caller first.
#[component]
pub(in super::super) fn Parties(seat: Seat) -> impl IntoView {
    let parties = of_call(seat, |call| {
        (call.parties.len() >= SEVERAL).then(|| call.parties.clone())
    });
    let legs = Memo::new(move |_| {
        let parties = parties.get().unwrap_or_default();
        parties.into_iter().map(|one| one.leg).collect::<Vec<_>>()
    });
    let is_shown = Memo::new(move |_| parties.with(Option::is_some));
    view! {
        <Show when=move || is_shown.get()>
            <section class="parties" aria-labelledby="parties">
                <KeepsFocus within="#call"/>
                <h3 id="parties">"In the call"</h3>
                <ul class="rows">
                    <For each=move || legs.get() key=String::clone let:leg>
                        {
                            let party = Memo::new({
                                let leg = leg.clone();
                                move |_| parties.with(|all| {
                                    all.iter().flatten().find(|one| one.leg == leg).cloned()
                                })
                            });
                            view! { <Party seat leg party/> }
                        }
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Party(seat: Seat, leg: String, party: Memo<Option<PartyView>>) -> impl IntoView {
    let name = Memo::new(move |_| party.with(|party| party.as_ref().map(named)));
    let standing = Memo::new(move |_| {
        let is_muted_here = seat.is_muted();
        party.with(|party| Some(standing(party.as_ref()?, is_muted_here)))
    });
    let hold = action::<HoldParty>();
    let mute = action::<MuteParty>();
    let drops = action::<DropParty>();
    let leg = StoredValue::new(leg);
    let call = move || seat.at.with_untracked(|at| at.call.clone());
    let turn_hold = move || {
        let on =
            party.with_untracked(|one| one.as_ref().is_some_and(|one| !one.hold.is_meant_on()));
        if let Some(call) = call() {
            let leg = leg.get_value();
            hold.dispatch(HoldParty { call, leg, on });
        }
    };
    let turn_mute = move || {
        let on = party.with_untracked(|one| one.as_ref().is_some_and(|one| !one.muted));
        if let Some(call) = call() {
            let leg = leg.get_value();
            mute.dispatch(MuteParty { call, leg, on });
        }
    };
    let remove = move || {
        if let Some(call) = call() {
            let leg = leg.get_value();
            drops.dispatch(DropParty { call, leg });
        }
    };
    let is_held = move || party.with(|one| one.as_ref().is_some_and(|one| one.hold.is_meant_on()));
    let is_muted = move || party.with(|one| one.as_ref().is_some_and(|one| one.muted));
    let may = move |act: PartyAct| {
        Memo::new(move |_| {
            party.with(|one| one.as_ref().is_some_and(|one| one.acts.contains(&act)))
        })
    };
    let (may_hold, may_mute, may_drop) = (
        may(PartyAct::Hold),
        may(PartyAct::Mute),
        may(PartyAct::Drop),
    );
    view! {
        <li class="row">
            <p class="row-name">{move || name.get()}</p>
            <p class="row-state">
                {move || standing.get().map(|(tone, word)| view! { <State tone word/> })}
            </p>
            <div class="row-acts">
                <KeepsFocus within="#call"/>
                <Show when=move || may_mute.get()>
                    <button class="button button--plain" type="button" aria-pressed=move || is_muted().to_string() on:click=move |_| turn_mute()>
                        <Icon glyph=Glyph::Muted/>
                        "Mute"
                        <span class="unseen">" " {move || name.get()}</span>
                    </button>
                </Show>
                <Show when=move || may_hold.get()>
                    <button class="button button--plain" type="button" aria-pressed=move || is_held().to_string() on:click=move |_| turn_hold()>
                        <Icon glyph=Glyph::Pause/>
                        "Hold"
                        <span class="unseen">" " {move || name.get()}</span>
                    </button>
                </Show>
                <Show when=move || may_drop.get()>
                    <button class="button button--plain" type="button" on:click=move |_| remove()>
                        <Icon glyph=Glyph::HangUp/>
                        "Drop"
                        <span class="unseen">" " {move || name.get()}</span>
                    </button>
                </Show>
            </div>
            <div class="row-wide">
                <Refused answer=move || hold.value().get()/>
                <Refused answer=move || mute.value().get()/>
                <Refused answer=move || drops.value().get()/>
            </div>
        </li>
    }
}

impl Seat {
    /// Whether the microphone of this tab's call is off.
    fn is_muted(self) -> bool {
        let key = self.at.with(|at| at.key);
        let is_muted = |key| {
            let phone = self.phone.state;
            phone.with(|phone| phone.call(key).is_some_and(|call| call.is_muted))
        };
        key.is_some_and(is_muted)
    }
}

fn named(party: &PartyView) -> String {
    match party.who {
        PartyIs::Me => "You".to_owned(),
        PartyIs::Caller | PartyIs::Agent | PartyIs::Telephone => party.label.clone(),
    }
}

/// What a party hears and is heard, and how that is to be taken. Whether one is muted oneself, one's phone knows.
fn standing(party: &PartyView, is_muted_here: bool) -> (Tone, &'static str) {
    let is_muted = party.muted || (party.who == PartyIs::Me && is_muted_here);
    match (party.hold, is_muted) {
        (HoldState::On, _) => (Tone::Quiet, "On hold: hears music"),
        (HoldState::TurningOn, _) => (Tone::Unknown, "Being put on hold…"),
        (HoldState::TurningOff, _) => (Tone::Unknown, "Being taken off hold…"),
        (HoldState::Off, true) => (Tone::Quiet, "Muted: hears, and is not heard"),
        (HoldState::Off, false) => (Tone::Live, "Hears and is heard"),
    }
}
