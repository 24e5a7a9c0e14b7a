//! Earlier calls of the same caller.

use desk::EarlierCall;
use leptos::prelude::*;
use leptos_router::components::A;

use super::Seat;
use crate::parts::{State, When};

/// When they called before, what became of it, and what was noted.
#[component]
pub(super) fn Earlier(seat: Seat, reads_calls: bool) -> impl IntoView {
    let calls = seat.of_call(|doing| Some(doing.earlier().to_vec()));
    move || {
        let calls = calls.get().unwrap_or_default();
        (!calls.is_empty()).then(|| {
            view! {
                <section class="earlier" aria-labelledby="earlier">
                    <h3 id="earlier">"They called before"</h3>
                    <ul class="rows">
                        {calls.into_iter().map(|call| view! { <Row call reads_calls/> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Row(call: EarlierCall, reads_calls: bool) -> impl IntoView {
    let when = view! { <When ms=call.at_ms/> };
    let when = if reads_calls {
        view! { <A href=format!("/calls/{}", call.sid)>{when}</A> }.into_any()
    } else {
        when.into_any()
    };
    view! {
        <li class="row">
            <p class="row-main">{when} " · " {call.line_name}</p>
            <p class="row-state"><State tone=call.tone word=call.text/></p>
            {call.notes.into_iter().map(|note| view! { <p class="row-note">{note}</p> }).collect_view()}
        </li>
    }
}
