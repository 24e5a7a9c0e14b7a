//! A transfer that is under way: how far it is, and the buttons that change something now.

use desk::{TransferAct, TransferView};
use leptos::html;
use leptos::prelude::*;

use super::super::Seat;

use super::of_call;
use crate::api::{ApiError, CancelTransfer, Complete, JoinAll, Swap};
use crate::parts::{Glyph, Icon, KeepsFocus, Refused, State, action};

/// Every button there may be, in their order.
const ACTS: [TransferAct; 4] = [
    TransferAct::Swap,
    TransferAct::JoinAll,
    TransferAct::Complete,
    TransferAct::Cancel,
];

/// The transfer as everybody who is in it sees it.
#[component]
pub(super) fn Going(seat: Seat, section: NodeRef<html::Section>) -> impl IntoView {
    let transfer = of_call(seat, |call| call.transfer.clone());
    let text = of_call(seat, |call| call.transfer.as_ref().map(TransferView::words));
    let since = of_call(seat, |call| Some(call.transfer.as_ref()?.since_ms));
    let note = of_call(seat, |call| {
        let transfer = call.transfer.as_ref()?;
        let is_mine = call.handed.is_none() && !transfer.note.is_empty();
        is_mine.then(|| transfer.note.clone())
    });
    view! {
        <KeepsFocus within=".hand-over"/>
        <p class="hand-over-step">
            {move || text.get().map(|word| view! { <State tone=desk::Tone::Live word/> })}
            " "
            <span class="desk-time">{move || since.get().map(|since| seat.clock.since(since))}</span>
        </p>
        {move || note.get().map(|note| view! { <p class="hand-over-note">{note}</p> })}
        <Acts seat section transfer/>
    }
}

/// The buttons. Each stays the same element for as long as it is there.
#[component]
fn Acts(
    seat: Seat,
    section: NodeRef<html::Section>,
    transfer: Memo<Option<TransferView>>,
) -> impl IntoView {
    let cancel = action::<CancelTransfer>();
    let join_all = action::<JoinAll>();
    let swap = action::<Swap>();
    let complete = action::<Complete>();
    let step = Memo::new(move |_| transfer.with(|one| one.as_ref().map(|one| one.step.clone())));
    let asked_at = StoredValue::new(None);
    let act = move |act: TransferAct| {
        if let Some(section) = section.get_untracked() {
            _ = section.focus();
        }
        let Some(call) = seat.at.with_untracked(|at| at.call.clone()) else {
            return;
        };
        asked_at.set_value(step.get_untracked());
        match act {
            TransferAct::Cancel => drop(cancel.dispatch(CancelTransfer { call })),
            TransferAct::JoinAll => drop(join_all.dispatch(JoinAll { call })),
            TransferAct::Swap => drop(swap.dispatch(Swap { call })),
            TransferAct::Complete => drop(complete.dispatch(Complete { call })),
        }
    };
    // What was refused a step ago is no word about this one.
    let last = move |answer: Option<Result<(), ApiError>>| {
        let is_of_step = step.get() == asked_at.get_value();
        answer.filter(|_| is_of_step)
    };
    let buttons = ACTS
        .map(|one| {
            let label = Memo::new(move |_| {
                transfer.with(|transfer| {
                    let transfer = transfer.as_ref().filter(|all| all.acts.contains(&one))?;
                    Some(transfer.label(one))
                })
            });
            let is_there = Memo::new(move |_| label.get().is_some());
            view! {
                <Show when=move || is_there.get()>
                    <button class=class_of(one) type="button" aria-keyshortcuts=seat.keys.of(key_of(one)) on:click=move |_| act(one)>
                        <KeepsFocus within=".hand-over"/>
                        <Icon glyph=glyph_of(one)/>
                        {move || match one {
                            TransferAct::Cancel => view! { "Cancel" <span class="unseen">" the transfer"</span> }.into_any(),
                            TransferAct::Swap | TransferAct::JoinAll | TransferAct::Complete => label.get().into_any(),
                        }}
                    </button>
                </Show>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="desk-buttons">{buttons}</div>
        <Refused answer=move || last(cancel.value().get())/>
        <Refused answer=move || last(join_all.value().get())/>
        <Refused answer=move || last(swap.value().get())/>
        <Refused answer=move || last(complete.value().get())/>
    }
}

fn key_of(act: TransferAct) -> &'static str {
    match act {
        TransferAct::Cancel => "Shift+T",
        TransferAct::Swap => "W",
        TransferAct::JoinAll => "J",
        TransferAct::Complete => "Shift+L",
    }
}

fn class_of(act: TransferAct) -> &'static str {
    match act {
        TransferAct::Complete => "button button--main",
        TransferAct::Cancel | TransferAct::Swap | TransferAct::JoinAll => "button",
    }
}

fn glyph_of(act: TransferAct) -> Glyph {
    match act {
        TransferAct::Cancel => Glyph::Away,
        TransferAct::Swap => Glyph::Swap,
        TransferAct::JoinAll => Glyph::Join,
        TransferAct::Complete => Glyph::Onward,
    }
}
