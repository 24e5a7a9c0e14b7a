//! Who waits on each line, for how long, and at whom it rings for them.

use desk::{LineNow, Tone, WaitingRow};
use leptos::prelude::*;
use leptos_router::components::A;

use super::Wall;
use crate::parts::State;

/// Every line with whoever waits there.
#[component]
pub(super) fn Queues(wall: Wall) -> impl IntoView {
    let lines = wall.of_floor(|floor| {
        let lines = floor.lines.iter();
        lines.map(|line| line.line.clone()).collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| lines.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="queues">
            <h2 id="queues">"Queues"</h2>
            <Show when=move || is_empty.get()>
                <p class="panel-empty">"No line is answered by agents."</p>
            </Show>
            <For each=move || lines.get() key=String::clone let:line>
                <Queue wall line/>
            </For>
        </section>
    }
}

/// A line: how it stands, and who waits.
#[component]
fn Queue(wall: Wall, line: String) -> impl IntoView {
    let id = StoredValue::new(line.clone());
    let now = Memo::new(move |_| {
        wall.floor.with(|floor| {
            let mut lines = floor.lines.iter();
            lines.find(|now| now.line == *id.read_value()).cloned()
        })
    });
    let queue = Memo::new(move |_| {
        wall.floor.with(|floor| {
            let rows = floor.queue.iter();
            rows.filter(|row| row.line == *id.read_value())
                .cloned()
                .zip(1_usize..)
                .collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| queue.with(Vec::is_empty));
    let heading = format!("queue-{line}");
    let labelled = heading.clone();
    view! {
        <div class="queue" data-line=line>
            <h3 class="queue-name" id=heading>{move || now.get().map(|now| now.name)}</h3>
            {move || now.get().map(|now| view! { <Standing wall now/> })}
            <Show when=move || is_empty.get()>
                <p class="panel-empty">"Nobody waits."</p>
            </Show>
            <ol class="rows rows--waiting" aria-labelledby=labelled>
                <For each=move || queue.get() key=key_of let((row, place))>
                    <Waiting wall row place/>
                </For>
            </ol>
        </div>
    }
}

/// How a line stands, in figures.
#[component]
fn Standing(wall: Wall, now: LineNow) -> impl IntoView {
    let longest = move || {
        let since = now.longest_since_ms?;
        Some(format!(", longest {}", wall.clock.since(since)))
    };
    let unspoken = now
        .unspoken
        .map(|language| format!(": nobody free speaks {language}"));
    view! {
        <p class="queue-standing">
            {format!("Team {}", now.team)} " · "
            {now.waiting} " waiting" {longest} " · "
            {now.talking} " talking · "
            {now.free} " free" {unspoken}
        </p>
    }
}

/// Somebody who waits.
#[component]
fn Waiting(wall: Wall, row: WaitingRow, place: usize) -> impl IntoView {
    let WaitingRow {
        call,
        caller,
        line: _,
        line_name: _,
        since_ms,
        is_first,
        rings_at,
    } = row;
    let from = (!caller.place.is_empty()).then_some(caller.place);
    let (tone, word) = match rings_at {
        Some(name) => (Tone::Live, format!("Rings at {name}")),
        None if is_first => (Tone::Live, "Comes first: was talking already".to_owned()),
        None => (Tone::Quiet, "Waits".to_owned()),
    };
    view! {
        <li class="row row--waiting" data-call=call.clone()>
            <span class="row-place" aria-hidden="true">{place}</span>
            <p class="row-name"><A href=format!("/calls/{call}") attr:class="row-link">{caller.label}</A></p>
            <p class="row-clock"><span class="unseen">"Waiting for "</span>{move || wall.clock.since(since_ms)}</p>
            <p class="row-about">{from}</p>
            <p class="row-state"><State tone word/></p>
        </li>
    }
}

/// A row that changes is another row.
fn key_of((row, place): &(WaitingRow, usize)) -> (String, usize, bool, Option<String>) {
    let rings_at = row.rings_at.clone();
    (row.call.clone(), *place, row.is_first, rings_at)
}
