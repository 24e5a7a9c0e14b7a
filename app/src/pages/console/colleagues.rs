//! Who else takes calls and how they stand, and who waits.

use desk::{AgentRow, WaitingRow};
use leptos::prelude::*;

use super::Seat;
use crate::parts::{Glyph, Icon, State};

/// Who waits for an agent.
#[component]
pub(super) fn Queue(seat: Seat) -> impl IntoView {
    let queue = Memo::new(move |_| seat.floor.with(|floor| floor.queue.clone()));
    let words = Memo::new(move |_| seat.floor.with(|floor| floor.queue_text()));
    let guard = Memo::new(move |_| seat.floor.with(|floor| floor.guard.clone()));
    view! {
        <section class="panel" aria-labelledby="queue">
            <h2 id="queue">"Waiting"</h2>
            <p class="panel-empty">{move || words.get()}</p>
            {move || guard.get().map(|words| view! {
                <p class="refusal"><Icon glyph=Glyph::Fault/><span>{words}</span></p>
            })}
            <ol class="rows">
                <For each=move || queue.get() key=key_of let:row>
                    <Waiting seat row/>
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Waiting(seat: Seat, row: WaitingRow) -> impl IntoView {
    let since = row.since_ms;
    view! {
        <li class="row">
            <p class="row-name">
                {row.caller.label}
                " "
                <span class="row-time">{move || seat.clock.since(since)}</span>
            </p>
            <p class="row-about">
                {row.line_name}
                {row.is_first.then_some(" · comes first: was talking already")}
                {row.rings_at.map(|name| format!(" · rings at {name}"))}
            </p>
        </li>
    }
}

/// A row that changes is another row.
fn key_of(row: &WaitingRow) -> (String, bool, Option<String>) {
    (row.call.clone(), row.is_first, row.rings_at.clone())
}

/// Everybody else who takes calls.
#[component]
pub(super) fn Colleagues(seat: Seat) -> impl IntoView {
    let users = Memo::new(move |_| {
        let me = seat.mine.with(|mine| mine.user.clone());
        seat.floor.with(|floor| {
            let others = floor.agents.iter().filter(|row| row.user != me);
            others.map(|row| row.user.clone()).collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| users.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="colleagues">
            <h2 id="colleagues">"Colleagues"</h2>
            <Show when=move || is_empty.get()>
                <p class="panel-empty">"Nobody else takes calls."</p>
            </Show>
            <ul class="rows">
                <For each=move || users.get() key=String::clone let:user>
                    <Colleague seat user/>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Colleague(seat: Seat, user: String) -> impl IntoView {
    let row = Memo::new(move |_| seat.floor.with(|floor| floor.agent(&user).cloned()));
    let shown = move |row: AgentRow| {
        let since = row.standing.since_ms;
        view! {
            <p class="row-name">{row.name}</p>
            <p class="row-state" data-status=row.standing.word.clone()>
                <State tone=row.standing.tone word=row.standing.text()/>
                " "
                <span class="row-time">{move || seat.clock.since(since)}</span>
            </p>
            {row.call.map(|call| view! { <p class="row-about">{call.other} " · " {call.line_name}</p> })}
        }
    };
    view! { <li class="row row--colleague">{move || row.get().map(shown)}</li> }
}
