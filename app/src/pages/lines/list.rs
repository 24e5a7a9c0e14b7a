//! The table of all lines.

use desk::Tone;
use desk::lines::{LineRow, kind_words};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::parts::{State, When};

#[component]
pub(super) fn List(rows: Vec<LineRow>) -> impl IntoView {
    view! {
        <table class="table table--cards table--lines" role="table">
            <caption class="unseen">"Lines by number"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">"Line"</th>
                    <th scope="col" role="columnheader">"Number"</th>
                    <th scope="col" role="columnheader">"Does"</th>
                    <th scope="col" role="columnheader">"Now"</th>
                    <th scope="col" role="columnheader">"Last change"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|shown| row(&shown)).collect_view()}</tbody>
        </table>
    }
}

fn row(row: &LineRow) -> impl IntoView + use<> {
    let LineRow {
        id,
        name,
        language,
        leads,
        ..
    } = row.clone();
    let (is_open, calls) = (row.is_open, row.calls);
    let kind = kind_words(&row.kind);
    let href = format!("/lines/{}", row.id);
    let number = if row.number.is_empty() {
        "no number".to_owned()
    } else {
        row.number.clone()
    };
    let changed = match row.changed_ms {
        Some(ms) => {
            let by = row.changed_by.clone();
            view! { <span class="by">{by} ", " <When ms/></span> }.into_any()
        }
        None => "as it was installed".into_any(),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="cell-main">
                <A href=href>{name}</A>
                <span class="cell-sub">{id} ", " {language}</span>
            </th>
            <td role="cell" class="cell-number">{number}</td>
            <td role="cell" class="cell-kind">
                {kind}
                <span class="cell-sub">{leads}</span>
            </td>
            <td role="cell" class="cell-now"><Now is_open calls/></td>
            <td role="cell" class="cell-changed">{changed}</td>
        </tr>
    }
}

/// Whether it is open, and how many calls are on it.
#[component]
pub(super) fn Now(is_open: Option<bool>, calls: u64) -> impl IntoView {
    let (tone, word) = match is_open {
        None => (Tone::Good, "Always open"),
        Some(true) => (Tone::Good, "Open"),
        Some(false) => (Tone::Quiet, "Closed"),
    };
    let calls = match calls {
        0 => String::new(),
        1 => "1 call".to_owned(),
        calls => format!("{} calls", desk::grouped(calls)),
    };
    view! {
        <State tone word/>
        {(!calls.is_empty()).then(|| view! { <span class="cell-sub">{calls}</span> })}
    }
}
