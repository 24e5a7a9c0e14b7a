//! Handing the caller over: to whom and how, how far it is, and what came of it.

mod choose;
mod going;
mod handed;
mod parties;
mod whom;

use desk::{Doing, MyCall, PastTransferView, TransferPart};
use leptos::html;
use leptos::prelude::*;

use super::Seat;
use crate::parts::{KeepsFocus, State, When};
use choose::Choose;

use going::Going;

pub(super) use handed::Handed;
pub(super) use parties::Parties;

/// What somebody has chosen and written before they hand over. It stays when a transfer comes to nothing.
#[derive(Clone, Copy)]
struct Draft {
    /// How, by its word.
    kind: RwSignal<&'static str>,
    /// What they are to know before they answer.
    note: RwSignal<String>,
    /// A number, as it was typed.
    number: RwSignal<String>,
}

/// The panel below a call: whom the caller can be handed over to, or the transfer that is under way.
#[component]
pub(super) fn HandOver(seat: Seat) -> impl IntoView {
    let section = NodeRef::<html::Section>::new();
    let draft = Draft {
        kind: RwSignal::new("warm"),
        note: RwSignal::new(String::new()),
        number: RwSignal::new(String::new()),
    };
    let part = of_call(seat, |call| Some(call.transfer.as_ref()?.mine));
    let may = of_call(seat, |call| call.may_hand_over.then_some(()));
    let step = of_call(seat, |call| Some(call.transfer.as_ref()?.step.clone()));
    let is_going = Memo::new(move |_| part.get().is_some());
    let is_choosing = Memo::new(move |_| part.get().is_none() && may.get().is_some());
    let is_shown = Memo::new(move |_| is_going.get() || is_choosing.get());
    let title = move || match part.get() {
        None | Some(TransferPart::By) => "Hand over",
        Some(TransferPart::To) => "Handed over to you",
        Some(TransferPart::Beside) => "Being handed over",
    };
    view! {
        <Show when=move || is_shown.get()>
            <section class="hand-over" aria-labelledby="hand-over" tabindex="-1" node_ref=section data-step=step>
                <KeepsFocus within="#call"/>
                <h3 id="hand-over">{title}</h3>
                <div role="status">
                    <Failed seat/>
                </div>
                <Show when=move || is_going.get()>
                    <Going seat section/>
                </Show>
                <Show when=move || is_choosing.get()>
                    <Choose seat section draft/>
                </Show>
            </section>
        </Show>
    }
}

/// Why the last transfer came to nothing.
#[component]
fn Failed(seat: Seat) -> impl IntoView {
    let failed = of_call(seat, |call| {
        let is_last = call.transfer.is_none();
        call.failed.clone().filter(|_| is_last)
    });
    let shown = |PastTransferView { text, tone, at_ms }| {
        view! {
            <p class="hand-over-failed"><State tone word=text/> " " <When ms=at_ms/></p>
        }
    };
    move || failed.get().map(shown)
}

/// Something of the call that the server says they are in.
fn of_call<T: PartialEq + Clone + Send + Sync + 'static>(
    seat: Seat,
    of: fn(&MyCall) -> Option<T>,
) -> Memo<Option<T>> {
    let call = move || {
        let is_told = seat.at.with(|at| at.call.is_some());
        seat.mine.with(|mine| match &mine.doing {
            Doing::Call(call) if is_told => of(call),
            Doing::Nothing | Doing::Rung(_) | Doing::Call(_) | Doing::WrapUp(_) => None,
        })
    };
    Memo::new(move |_| call())
}
