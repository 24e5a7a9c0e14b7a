//! What can be done with a whole room.

use desk::rooms::RoomView;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::people::Became;
use super::room::Monitor;
use crate::parts::{Fold, Glyph, Icon, KeepsFocus};

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
                <Written monitor act="announce" field="text" kind="text" label="Say to everybody" verb="Say" glyph=Glyph::Aloud/>
                <Written monitor act="add" field="number" kind="tel" label="Call somebody in" verb="Call in" glyph=Glyph::Phone/>
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
            <input type="hidden" name="form[room]" value=monitor.id.get_value()/>
            <button class="button" type="submit" name="form[act]" value="mute-all">
                <Icon glyph=Glyph::Muted/>
                "Mute all"
            </button>
            <button
                class="button"
                type="submit"
                name="form[act]"
                value=move || if is_locked.get() { "unlock" } else { "lock" }
                aria-pressed=move || is_locked.get().to_string()
            >
                <Icon glyph=Glyph::Lock/>
                "Lock"
            </button>
            <Show when=move || has_recording.get()>
                <button
                    class="button"
                    type="submit"
                    name="form[act]"
                    value=move || if is_paused.get() { "resume-recording" } else { "pause-recording" }
                    aria-pressed=move || is_paused.get().to_string()
                >
                    <Icon glyph=Glyph::Pause/>
                    "Pause recording"
                </button>
            </Show>
        </ActionForm>
    }
}

/// An act with something that is written. What was written stays until it is taken.
#[component]
fn Written(
    monitor: Monitor,
    act: &'static str,
    field: &'static str,
    /// The input's `type`.
    kind: &'static str,
    label: &'static str,
    verb: &'static str,
    glyph: Glyph,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let is_sent = StoredValue::new(false);
    let sends = move |_: SubmitEvent| is_sent.set_value(true);
    Effect::new(move |_| {
        let answer = monitor.act.value().get();
        let is_sent = is_sent.try_update_value(std::mem::take).unwrap_or_default();
        if let (Some(Ok(())), true, Some(input)) = (answer, is_sent, input.get_untracked()) {
            input.set_value("");
        }
    });
    view! {
        <ActionForm action=monitor.act on:submit:capture=sends attr:class="say">
            <input type="hidden" name="form[room]" value=monitor.id.get_value()/>
            <input type="hidden" name="form[act]" value=act/>
            <div class="field">
                <label for=act>{label}</label>
                <input id=act name=format!("form[{field}]") type=kind autocomplete="off" required maxlength="500" node_ref=input/>
            </div>
            <button class="button" type="submit"><Icon glyph/>{verb}</button>
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
                <input type="hidden" name="form[room]" value=monitor.id.get_value()/>
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
