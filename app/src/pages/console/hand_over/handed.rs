//! Who hands a caller over to one, why, and what they wrote: to be read before answering, and while talking.

use desk::{Doing, HandedView};
use leptos::prelude::*;

use super::super::Seat;

/// From whom the caller comes.
#[component]
pub(in super::super) fn Handed(seat: Seat) -> impl IntoView {
    let handed = seat.of_call(|doing| match doing {
        Doing::Rung(rung) => rung.handed.clone(),
        Doing::Call(call) => call.handed.clone(),
        Doing::Nothing | Doing::WrapUp(_) => None,
    });
    let shown = |HandedView { by, text, note, .. }| {
        view! {
            <div class="handed">
                <p class="handed-why">{text}</p>
                {(!note.is_empty()).then(|| view! {
                    <figure class="handed-note">
                        <figcaption>{by} " wrote"</figcaption>
                        <blockquote>{note}</blockquote>
                    </figure>
                })}
            </div>
        }
    };
    move || handed.get().map(shown)
}
