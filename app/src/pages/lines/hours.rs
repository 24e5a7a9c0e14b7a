//! When a line is open: a week, days on which it is closed, and the clock that they go by.

use desk::lines::{LineForm, WEEKDAYS};
use leptos::prelude::*;

use super::fields::{about, area, group, text};
use crate::parts::Problems;

/// The id of the list of time zones.
const ZONES: &str = "zones";

pub(super) fn hours(form: &LineForm, zones: Vec<String>, problems: Problems) -> AnyView {
    let week = WEEKDAYS
        .iter()
        .enumerate()
        .map(|(number, day)| {
            let value = form.week.get(number).map_or("", String::as_str);
            let about = about(problems, format!("week-{number}"), *day, "");
            text(&about, "text", value, None)
        })
        .collect_view();
    let zone = about(
        problems,
        "zone",
        "Time zone",
        "By which clock, like America/New_York. Empty, like all of this, for always open.",
    );
    let closed = about(
        problems,
        "closed_on",
        "Closed on",
        "One day in each line, with its name: 2026-12-25 Christmas.",
    );
    let zones = zones
        .into_iter()
        .map(|zone| view! { <option value=zone></option> })
        .collect_view();
    let fields = view! {
        {text(&zone, "text", &form.zone, Some(ZONES))}
        <datalist id=ZONES>{zones}</datalist>
        <div class="week" role="group" aria-label="Open in the week">{week}</div>
        {area(&closed, 4, &form.closed_on)}
    };
    group(
        "Opening hours",
        "Each day as 09:00-17:00, or 09:00-12:00, 13:00-17:00; empty for closed. Who is on the line when it closes goes on.",
        fields.into_any(),
    )
}
