//! What callers left: messages and wishes to be called back, each to be seen to and ticked off.

use desk::{InboxItem, InboxWhat, Tone};
use leptos::prelude::*;

use super::Seat;
use crate::api::TickOff;
use crate::dock::{Asked, call_if_allowed};
use crate::parts::{Glyph, Icon, Refusal, Refused, State, When, action};

/// What is to be seen to, and what somebody has.
#[component]
pub(super) fn Inbox(seat: Seat) -> impl IntoView {
    let open = Memo::new(move |_| items(seat, false));
    let done = Memo::new(move |_| items(seat, true));
    let is_empty = Memo::new(move |_| open.with(Vec::is_empty));
    let has_done = Memo::new(move |_| done.with(|done| !done.is_empty()));
    view! {
        <section class="panel" aria-labelledby="inbox">
            <h2 id="inbox" tabindex="-1">
                "Inbox"
                {move || open.with(|open| (!open.is_empty()).then(|| view! { " " <span class="count-badge">{open.len()}</span> }))}
            </h2>
            <Show when=move || is_empty.get()>
                <p class="panel-empty">"No messages, and nobody waits to be called back."</p>
            </Show>
            <ul class="rows">
                <For each=move || open.get() key=key_of let:item>
                    <Item seat item/>
                </For>
            </ul>
            <Show when=move || has_done.get()>
                <details class="fold">
                    <summary>"Seen to"</summary>
                    <ul class="rows">
                        <For each=move || done.get() key=key_of let:item>
                            <Item seat item/>
                        </For>
                    </ul>
                </details>
            </Show>
        </section>
    }
}

fn items(seat: Seat, is_done: bool) -> Vec<InboxItem> {
    seat.inbox.with(|inbox| {
        let items = inbox.iter();
        items
            .filter(|item| item.done.is_some() == is_done)
            .cloned()
            .collect()
    })
}

/// An entry that changes is another row.
fn key_of(item: &InboxItem) -> (String, &'static str, bool) {
    (item.call.clone(), item.kind(), item.done.is_some())
}

#[component]
fn Item(seat: Seat, item: InboxItem) -> impl IntoView {
    let (glyph, what) = match item.what {
        InboxWhat::Voicemail { seconds } => (
            Glyph::Letter,
            format!("Message, {}", desk::duration(i64::from(seconds) * 1_000)),
        ),
        InboxWhat::Callback => (Glyph::Phone, "Wishes to be called back".to_owned()),
    };
    let audio = item.audio();
    let kind = item.kind();
    let named = format!("Message of {}", item.caller.label);
    let done = item.done.clone();
    let caller = item.caller.clone();
    let place = (!item.caller.place.is_empty()).then(|| format!(" · {}", item.caller.place));
    view! {
        <li class="row row--inbox" data-kind=kind>
            <p class="row-what"><Icon glyph/> {what}</p>
            <p class="row-name">{item.caller.label.clone()}</p>
            <p class="row-about">{item.line_name.clone()} {place} " · " <When ms=item.at_ms/></p>
            {audio.map(|source| view! { <audio class="row-audio" controls preload="none" src=source aria-label=named></audio> })}
            {done.map(|done| view! {
                <p class="row-state"><State tone=Tone::Good word=format!("Seen to by {}", done.by)/> " " <When ms=done.at_ms/></p>
            })}
            <div class="row-acts">
                <CallBack seat number=caller.number line_name=item.line_name.clone() label=caller.label/>
                <Tick item/>
            </div>
        </li>
    }
}

/// Ticks an entry off, or takes that back.
#[component]
fn Tick(item: InboxItem) -> impl IntoView {
    let tick = action::<TickOff>();
    let is_done = item.done.is_some();
    let (word, glyph) = if is_done {
        ("Take back", Glyph::Back)
    } else {
        ("Tick off", Glyph::Done)
    };
    view! {
        <ActionForm action=tick>
            <input type="hidden" name="call" value=item.call.clone()/>
            <input type="hidden" name="kind" value=item.kind()/>
            <button class="button button--plain" type="submit" name="done" value=(!is_done).to_string()>
                <Icon glyph/>
                {word}
                <span class="unseen">" " {item.caller.label.clone()}</span>
            </button>
        </ActionForm>
        <Refused answer=move || tick.value().get()/>
    }
}

/// Calls somebody back, and shows them the line's number.
#[component]
pub(super) fn CallBack(
    seat: Seat,
    number: Option<String>,
    line_name: String,
    label: String,
) -> impl IntoView {
    let phone = seat.phone;
    let can_call = Memo::new(move |_| phone.state.with(|phone| phone.can_call()));
    let number = StoredValue::new(number);
    let line_name = StoredValue::new(line_name);
    let label = StoredValue::new(label);
    let asked = RwSignal::new(Asked::NotYet);
    let call = move |_| {
        if let Some(number) = number.get_value() {
            let line = seat.line_named(&line_name.read_value());
            call_if_allowed(phone, asked, line, number, Callback::new(|_| {}));
        }
    };
    view! {
        <Show when=move || can_call.get() && number.read_value().is_some()>
            <button class="button button--plain" type="button" on:click=call>
                <Icon glyph=Glyph::Phone/>
                "Call back"
                <span class="unseen">" " {label.get_value()}</span>
            </button>
        </Show>
        {move || asked.with(Asked::why).map(|words| view! { <Refusal words/> })}
    }
}
