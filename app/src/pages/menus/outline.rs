//! The tree at a glance: every key in its order, with where it leads.

use desk::menus::OutlineRow;
use leptos::prelude::*;

use super::at;
use super::unsaved::Mark;
use crate::parts::{Glyph, Icon};

/// The outline, with the place that is edited marked.
#[component]
pub(super) fn Outline(menu: String, rows: Vec<OutlineRow>, here: String) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(move |row| {
            let is_here = row.is_place && !row.is_again && row.place == here;
            view! { <Row menu=menu.clone() row is_here/> }
        })
        .collect_view();
    view! {
        <nav class="panel outline" aria-labelledby="tree">
            <h2 id="tree">"The tree"</h2>
            <ol>{rows}</ol>
        </nav>
    }
}

#[component]
fn Row(menu: String, row: OutlineRow, is_here: bool) -> impl IntoView {
    let depth = format!("outline-row depth-{}", row.path.len().min(8));
    let keys = row.path.join(" ");
    let key = row.path.last().cloned();
    let leads = match (row.label.as_str(), row.leads.as_str()) {
        (_, "") => String::new(),
        ("", leads) => leads.to_owned(),
        (_, leads) => format!("→ {leads}"),
    };
    let faults = (row.faults > 0).then(|| {
        let words = if row.faults == 1 {
            "a fault".to_owned()
        } else {
            format!("{} faults", row.faults)
        };
        view! { <span class="outline-fault"><Icon glyph=Glyph::Fault/>{words}</span> }
    });
    let mark = (row.is_place && !row.is_again)
        .then(|| view! { <Mark menu=menu.clone() place=row.place.clone()/> });
    view! {
        <li class=depth class:outline-place=row.is_place && !row.is_again>
            <a href=at(&menu, &row.place) aria-current=is_here.then_some("true")>
                {key.map(|key| view! {
                    <span class="unseen">{format!("Keys {keys}: ")}</span>
                    <span class="outline-key" aria-hidden="true">{key}</span>
                })}
                <span class="outline-label">{row.label}</span>
                " "
                <span class="outline-leads">{leads}{row.is_again.then_some(" (above)")}</span>
                {faults}
                {mark}
            </a>
        </li>
    }
}
