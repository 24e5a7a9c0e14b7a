//! The journal of a call: what happened in plain words, with webhooks and documents folded under it.

use desk::{Clocked, Ink, Piece, StoryEntry};
use leptos::prelude::*;

/// Every step of a call that began at `began`, earliest first.
#[component]
pub(super) fn Journal(
    entries: Vec<StoryEntry>,
    /// Milliseconds since 1970 UTC.
    began: i64,
) -> impl IntoView {
    let steps = entries
        .into_iter()
        .map(|entry| view! { <Entry entry began/> })
        .collect_view();
    view! {
        <section class="block" aria-labelledby="journal">
            <h2 id="journal">"Journal"</h2>
            <ol class="journal">{steps}</ol>
        </section>
    }
}

#[component]
fn Entry(entry: StoryEntry, began: i64) -> impl IntoView {
    let Clocked { iso, exact } = Clocked::new(entry.at_ms);
    let offset = format!("+{}", desk::clock(entry.at_ms.saturating_sub(began)));
    let time_of_day = desk::time_of_day(entry.at_ms);
    view! {
        <li class="entry">
            <p class="entry-time">
                <time datetime=iso title=exact>{time_of_day}</time>
                <span class="entry-offset">{offset}</span>
            </p>
            <div class="entry-body">
                {entry.lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                <Wire event=entry.event request=entry.request document=entry.document/>
            </div>
        </li>
    }
}

/// What went over the wire in this step.
#[component]
fn Wire(event: String, request: Vec<(String, String)>, document: Option<String>) -> impl IntoView {
    if request.is_empty() && document.is_none() {
        return view! { <p class="entry-event">{event}</p> }.into_any();
    }
    view! {
        <details class="fold">
            <summary><code>{event}</code></summary>
            {(!request.is_empty()).then(|| view! { <Request request/> })}
            {document.map(|document| view! { <Document document/> })}
        </details>
    }
    .into_any()
}

#[component]
fn Request(request: Vec<(String, String)>) -> impl IntoView {
    let rows = request
        .into_iter()
        .map(|(name, value)| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> })
        .collect_view();
    view! {
        <div class="wire">
            <table class="table table--pairs">
                <caption>"What the carrier sent"</caption>
                <thead class="unseen">
                    <tr><th scope="col">"Parameter"</th><th scope="col">"Value"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Document(document: String) -> impl IntoView {
    let pieces = desk::lay_out(&document)
        .into_iter()
        .map(piece)
        .collect_view();
    view! {
        <figure class="wire document">
            <figcaption>"What we answered"</figcaption>
            <pre><code>{pieces}</code></pre>
        </figure>
    }
}

fn piece(piece: Piece) -> impl IntoView {
    let class = match piece.ink {
        Ink::Markup => "ink-markup",
        Ink::Value => "ink-value",
        Ink::Spoken => "ink-spoken",
    };
    view! { <span class=class>{piece.text}</span> }
}
