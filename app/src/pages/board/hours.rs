//! The calls of the day by the hour, drawn and as a table.

use desk::{HourCount, LineDay, Scale, hour_span};
use leptos::prelude::*;

use super::{Wall, calls};

/// How wide an hour is drawn, and how wide its bar.
const HOUR: usize = 10;
const BAR: usize = 8;

/// How many hours the chart has.
const HOURS: usize = 24;

/// The day of each line.
#[component]
pub(super) fn Days(wall: Wall) -> impl IntoView {
    let lines = Memo::new(move |_| {
        wall.day.with(|day| {
            let lines = day.lines.iter();
            lines.map(|line| line.line.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="days">
            <For each=move || lines.get() key=String::clone let:line>
                <Day wall line/>
            </For>
        </div>
    }
}

/// The day of a line.
#[component]
fn Day(wall: Wall, line: String) -> impl IntoView {
    let id = StoredValue::new(line.clone());
    let day = Memo::new(move |_| {
        wall.day.with(|day| {
            let mut lines = day.lines.iter();
            let found = lines.find(|day| day.line == *id.read_value());
            found.cloned().unwrap_or_default()
        })
    });
    let heading = format!("day-{line}");
    let labelled = heading.clone();
    view! {
        <section class="panel day" aria-labelledby=labelled data-line=line>
            <h2 id=heading>{move || day.with(|day| format!("{} today", day.name))}</h2>
            <p class="panel-empty">
                {move || day.with(summary)}
            </p>
            <figure class="chart">
                {move || day.with(drawing)}
                <figcaption class="chart-legend">
                    <span class="legend legend--answered">"Answered"</span>
                    <span class="legend legend--otherwise">"Message, callback, other or still on"</span>
                    <span class="legend legend--abandoned">"Gave up"</span>
                    <span class="chart-zone">{move || day.with(|day| format!("Hours in {}", day.zone))}</span>
                </figcaption>
            </figure>
            <details class="fold">
                <summary>"The hours as a table"</summary>
                <table class="table table--hours">
                    <caption class="unseen">"Calls by the hour"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Hour"</th>
                            <th scope="col" class="number">"Calls"</th>
                            <th scope="col" class="number">"Answered"</th>
                            <th scope="col" class="number">"Other"</th>
                            <th scope="col" class="number">"Gave up"</th>
                        </tr>
                    </thead>
                    <tbody>{move || day.with(rows)}</tbody>
                </table>
            </details>
        </section>
    }
}

/// What the day has brought, in words.
fn summary(day: &LineDay) -> String {
    let left = match day.left_word {
        0 => String::new(),
        1 => " 1 left a message or asked to be called back.".to_owned(),
        many => format!(" {many} left a message or asked to be called back."),
    };
    format!(
        "{} {}, {} answered, {} gave up.{left}",
        day.service_text(),
        calls(day.calls),
        day.answered,
        day.abandoned,
    )
}

/// The hours as bars over their scale. Lengths are in calls; the browser stretches them to the room there is.
fn drawing(day: &LineDay) -> impl IntoView + use<> {
    let scale = Scale::of(day.busiest());
    let top = scale.top;
    let lines = scale.marks().into_iter().map(|mark| {
        let y = top - mark;
        view! { <line class="chart-line" x1="0" x2=HOUR * HOURS y1=y y2=y/> }
    });
    let marks = scale.marks().into_iter().rev();
    let marks = marks.map(|mark| view! { <li>{mark}</li> });
    let bars = day.hours.iter().zip(0..HOURS);
    let bars = bars.map(|(count, hour)| bar(*count, hour, top));
    let hours = (0..HOURS).map(|hour| view! { <li>{hour}</li> });
    view! {
        <div class="chart-field">
            <ol class="chart-scale" aria-hidden="true">{marks.collect_view()}</ol>
            <svg
                class="chart-bars"
                viewBox=format!("0 0 {} {top}", HOUR * HOURS)
                preserveAspectRatio="none"
                role="img"
                aria-label=day.chart_text()
            >
                {lines.collect_view()}
                {bars.collect_view()}
            </svg>
            <ol class="chart-hours" aria-hidden="true">{hours.collect_view()}</ol>
        </div>
    }
}

/// An hour: those answered below, those who gave up on top, and a name for whoever points at it.
fn bar(count: HourCount, hour: usize, top: u32) -> impl IntoView + use<> {
    let x = hour * HOUR;
    let parts = [
        ("chart-part--answered", count.answered),
        ("chart-part--otherwise", count.otherwise()),
        ("chart-part--abandoned", count.abandoned),
    ];
    let mut height = 0;
    let parts = parts.map(|(class, calls)| {
        height += calls;
        let y = top.saturating_sub(height);
        (calls > 0).then(|| {
            view! { <rect class=format!("chart-part {class}") x=x + 1 y=y width=BAR height=calls/> }
        })
    });
    let name = format!(
        "{}: {}, {} answered, {} gave up",
        hour_span(hour),
        calls(count.calls),
        count.answered,
        count.abandoned
    );
    view! {
        <g class="chart-hour">
            <title>{name}</title>
            <rect class="chart-ground" x=x y="0" width=HOUR height=top/>
            {parts.into_iter().collect_view()}
        </g>
    }
}

/// The hours that brought calls, as rows.
fn rows(day: &LineDay) -> impl IntoView + use<> {
    let hours = day.hours.iter().zip(0..HOURS);
    let rows = hours.filter(|(count, _)| count.calls > 0);
    let rows: Vec<_> = rows.map(|(count, hour)| row(*count, hour)).collect();
    if rows.is_empty() {
        return view! { <tr><td colspan="5">"No calls yet."</td></tr> }.into_any();
    }
    rows.into_any()
}

fn row(count: HourCount, hour: usize) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{hour_span(hour)}</th>
            <td class="number">{count.calls}</td>
            <td class="number">{count.answered}</td>
            <td class="number">{count.otherwise()}</td>
            <td class="number">{count.abandoned}</td>
        </tr>
    }
}
