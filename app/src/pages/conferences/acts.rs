//! What can be done with a whole room.

use desk::rooms::RoomView;
use leptos::prelude::*;

use super::forms::{Became, Meant, Pressed, Written};
use super::room::Monitor;
use crate::parts::{Fold, Glyph, Icon, KeepsFocus};

/// The field for whoever is called in; it says itself why it is refused.
pub(super) const NUMBER: &str = "number";

/// The panel, for rooms of conference lines.
#[component]
pub(super) fn Acts(monitor: Monitor) -> impl IntoView {
    let is_moderated = monitor.is(RoomView::is_moderated);
    let acts = monitor.of(RoomView::shown_acts);
    let acts = Memo::new(move |_| acts.get().unwrap_or_default());
    view! {
        <Show when=move || is_moderated.get()>
            <section class="panel" aria-labelledby="room" tabindex="-1">
                <KeepsFocus within="main"/>
                <h2 id="room">"Room"</h2>
                <Became acts/>
                <Switches monitor/>
                <Written monitor person=None act="announce" field="text" kind="text" label="Say to everybody" verb="Say" glyph=Glyph::Aloud sent=None problems=None/>
                <Written monitor person=None act="add" field=NUMBER kind="tel" label="Call somebody in" verb="Call in" glyph=Glyph::Phone sent=None problems=Some(monitor.problems)/>
                <End monitor/>
            </section>
        </Show>
    }
}

/// What needs no words: mute all, lock, record.
#[component]
fn Switches(monitor: Monitor) -> impl IntoView {
    let is_locked = monitor.is(RoomView::is_meant_locked);
    let recorded = monitor.of(RoomView::is_meant_recorded);
    let recorded = Memo::new(move |_| recorded.get().flatten());
    let has_recording = Memo::new(move |_| recorded.get().is_some());
    let is_paused = Memo::new(move |_| recorded.get() == Some(false));
    view! {
        <ActionForm action=monitor.act attr:class="switches">
            <Meant monitor person=None/>
            <button class="button" type="submit" name="form[act]" value="mute-all">
                <Icon glyph=Glyph::Muted/>
                "Mute all"
            </button>
            <Pressed is_on=is_locked acts=["lock", "unlock"] label="Lock" glyph=Glyph::Lock whose=None/>
            <Show when=move || has_recording.get()>
                <Pressed is_on=is_paused acts=["pause-recording", "resume-recording"] label="Pause recording" glyph=Glyph::Pause whose=None/>
            </Show>
        </ActionForm>
    }
}

/// Ending it, asked once more.
#[component]
fn End(monitor: Monitor) -> impl IntoView {
    let fold = Fold::new();
    view! {
        <details class="asks" node_ref=fold.menu on:keydown=move |event| fold.left_by(&event)>
            <summary class="button button--end" node_ref=fold.summary>
                <Icon glyph=Glyph::HangUp/>
                "End for all"
            </summary>
            <ActionForm action=monitor.act attr:class="asks-once-more">
                <Meant monitor person=None/>
                <input type="hidden" name="form[act]" value="end"/>
                <p>"Everybody is put out of the room. This cannot be taken back."</p>
                <div class="asks-acts">
                    <button class="button button--end" type="submit">"End it for all"</button>
                    <button class="button button--plain needs-life" type="button" on:click=move |_| fold.away()>"Leave it"</button>
                </div>
            </ActionForm>
        </details>
    }
}
