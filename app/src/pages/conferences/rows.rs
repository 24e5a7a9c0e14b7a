//! The rooms in which people are now.

use desk::Tone;
use desk::rooms::{RecordingView, RoomKind, RoomStage, RoomView, Rooms};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::now::ServerClock;
use crate::parts::{Glyph, Icon, State};

/// Every room that lives.
#[component]
pub(super) fn Now(rooms: Memo<Rooms>, ids: Memo<Vec<String>>, clock: ServerClock) -> impl IntoView {
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <section class="block" aria-labelledby="now">
            <h2 id="now">"Now"</h2>
            <p class="count" role="status">{move || ids.with(|ids| count(ids.len()))}</p>
            <Show when=move || is_empty.get()>
                <div class="empty">
                    <p class="empty-headline">"Nobody is in a conference"</p>
                    <p>"As soon as somebody calls a conference line, or waits for an agent, their room is here."</p>
                </div>
            </Show>
            <table class="table table--cards table--rooms" role="table" aria-labelledby="now" hidden=move || is_empty.get()>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Room"</th>
                        <th scope="col" role="columnheader">"State"</th>
                        <th scope="col" role="columnheader">"People"</th>
                        <th scope="col" role="columnheader" class="number">"Length"</th>
                        <th scope="col" role="columnheader">"How fresh"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || ids.get() key=String::clone let:id>
                        <Row rooms clock id/>
                    </For>
                </tbody>
            </table>
        </section>
    }
}

fn count(rooms: usize) -> String {
    match rooms {
        1 => "1 room".to_owned(),
        rooms => format!("{rooms} rooms"),
    }
}

/// A room. The row stays while what it shows changes.
#[component]
fn Row(rooms: Memo<Rooms>, clock: ServerClock, id: String) -> impl IntoView {
    let address = format!("/conferences/{id}");
    let name_of = id.clone();
    let room = Memo::new(move |_| {
        rooms
            .with(|rooms| rooms.room(&id).cloned())
            .unwrap_or_default()
    });
    let since = Memo::new(move |_| room.with(|room| room.began_ms));
    view! {
        <tr role="row" data-room=name_of data-stage=move || room.with(stage_word)>
            <th scope="row" role="rowheader" class="cell-main">
                <A href=address>{move || room.with(|room| room.name.clone())}</A>
                <span class="cell-sub">{move || room.with(about)}</span>
            </th>
            <td role="cell" class="cell-outcome">{move || standing(room.get())}</td>
            <td role="cell" class="cell-line">
                {move || room.with(RoomView::people_text)}
                <span class="cell-sub">{move || room.with(RoomView::hands_text)}</span>
            </td>
            <td role="cell" class="number cell-length">{move || clock.since(since.get())}</td>
            <td role="cell" class="cell-when">
                <span class="cell-sub">{move || room.with(|room| room.freshness(clock.read()))}</span>
            </td>
        </tr>
    }
}

/// What kind of room it is, and of which line.
fn about(room: &RoomView) -> String {
    let line = &room.line_name;
    match room.kind {
        RoomKind::Support => format!("Support call on {line}"),
        RoomKind::Conference => match &room.number {
            Some(number) => format!("{line}, {number}"),
            None => line.clone(),
        },
    }
}

/// How a room stands: one word for each thing that is to be known.
pub(super) fn standing(room: RoomView) -> impl IntoView {
    let tone = match room.recording {
        RecordingView::Running => Tone::Live,
        RecordingView::None | RecordingView::Awaited | RecordingView::Paused => Tone::Quiet,
    };
    let recording = room
        .recording
        .label()
        .map(|word| view! { <span class="room-sign"><State tone word/></span> });
    let locked = room.is_locked.then(|| {
        view! {
            <span class="room-sign"><Icon glyph=Glyph::Lock/>"Locked"</span>
        }
    });
    let help = room.help.map(|help| view! {
        <span class="room-sign"><State tone=Tone::Bad word=format!("{} asks for help", help.by)/></span>
    });
    view! {
        <State tone=room.stage.tone() word=room.stage.label()/>
        {help}
        {recording}
        {locked}
    }
}

/// The stage as one word for tests and style sheets.
pub(super) fn stage_word(room: &RoomView) -> &'static str {
    match room.stage {
        RoomStage::Waiting => "waiting",
        RoomStage::Alone => "alone",
        RoomStage::Running => "running",
        RoomStage::Grace { .. } => "grace",
        RoomStage::Ending => "ending",
    }
}
