//! Going live: what it changes, a note for the others, and the button.

use desk::menus::MenuView;
use leptos::prelude::*;

use super::Differences;
use super::unsaved::NotPart;
use crate::api::GoLive as Go;
use crate::parts::{Refused, action};

/// What going live changes, and how.
#[component]
pub(super) fn GoLive(view: MenuView) -> impl IntoView {
    let is_live = view.head.saved.is_none() && view.head.live.is_some();
    let stops = view.stops();
    let is_first = view.head.live.is_none();
    let changes = view.changes;
    let body = if is_live {
        view! { <p>"The draft is what is live. Change a place, and look here again."</p> }
            .into_any()
    } else if stops > 0 {
        let faults = if stops == 1 {
            "the fault".to_owned()
        } else {
            format!("{stops} faults")
        };
        view! { <p>{format!("Mend {faults} above first. Callers hear what is live until then.")}</p> }.into_any()
    } else {
        view! { <Form menu=view.head.id revision=view.head.revision/> }.into_any()
    };
    view! {
        <section class="panel menu-live" aria-labelledby="going-live">
            <h2 id="going-live">"Go live"</h2>
            {(!is_live && is_first).then(|| view! {
                <p>"No line can use the menu before it has gone live once. Choose it for a line then."</p>
            })}
            {(!is_live && !changes.is_empty()).then(|| view! {
                <p>"What changes for callers:"</p>
                <Differences differences=changes/>
            })}
            {body}
        </section>
    }
}

#[component]
fn Form(menu: String, revision: i64) -> impl IntoView {
    let go = action::<Go>();
    let typed_in = menu.clone();
    view! {
        <ActionForm action=go>
            <input type="hidden" name="form[menu]" value=menu/>
            <input type="hidden" name="form[revision]" value=revision.to_string()/>
            <div class="field">
                <label for="note">"A note for the others"</label>
                <input id="note" name="form[note]" type="text" autocomplete="off" maxlength="200" aria-describedby="note-hint"/>
                <p class="field-hint" id="note-hint">"It stands beside the version. May be empty."</p>
            </div>
            <NotPart menu=typed_in/>
            <button class="button button--main" type="submit">"Go live"</button>
            <Refused answer=move || go.value().get()/>
        </ActionForm>
    }
}
