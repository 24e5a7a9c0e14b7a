//! Agents who ask for help in their calls: seen at once, with the way to each.

use leptos::prelude::*;
use leptos_router::components::A;

use super::Wall;
use crate::parts::{Glyph, Icon};

/// A sign for each agent who asks, longest first.
#[component]
pub(super) fn Help(wall: Wall) -> impl IntoView {
    let asking = wall.of_floor(|floor| {
        let rows = floor.agents.iter();
        let mut asking: Vec<_> = rows
            .filter_map(|row| {
                let call = row.call.as_ref()?;
                let since_ms = call.help_since_ms?;
                Some((since_ms, row.name.clone(), call.sid.clone()))
            })
            .collect();
        asking.sort();
        asking
    });
    let signs = move || {
        let asking = asking.get().into_iter();
        asking
            .map(|(since_ms, name, call)| {
                view! {
                    <p class="board-help">
                        <Icon glyph=Glyph::Notice/>
                        <A href=format!("/conferences/{call}")>{name}" asks for help"</A>
                        " "
                        <span class="row-time" aria-hidden="true">{move || wall.clock.since(since_ms)}</span>
                    </p>
                }
            })
            .collect_view()
    };
    view! { <div class="board-helps" role="status">{signs}</div> }
}
