//! Who hands a caller over to one, why, and what they wrote: to be read before answering, and while talking.

use desk::{Doing, HandedView};
use leptos::prelude::*;

use super::super::Seat;

/// From whom the caller comes; how that goes on, the panel for handing over tells.
#[component]
pub(in super::super) fn Handed(seat: Seat) -> impl IntoView {
    let handed = seat.of_call(|doing| match doing {
        Doing::Rung(rung) => {
            let handed = rung.handed.clone()?;
            Some((handed.text.clone(), handed))
        }
        Doing::Call(call) => {
            let handed = call.handed.clone()?;
            Some((format!("From {}", handed.by), handed))
        }
        Doing::Nothing | Doing::WrapUp(_) => None,
    });
    let shown = |(why, HandedView { by, note, .. }): (String, HandedView)| {
        view! {
            <div class="handed">
                <p class="handed-why">{why}</p>
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
