//! One check: how it came out, what was found, what to do, and checking it again.

use desk::setup::{Check, CheckId, CheckState, Document};
use leptos::prelude::*;

use crate::api::{CheckAgain, SetApplication};
use crate::parts::{Glyph, Icon, Refused, action};

/// A check. It stays where it is when it is checked again; the next load sorts it in.
#[component]
pub(super) fn CheckCard(check: Check, application: ServerAction<SetApplication>) -> impl IntoView {
    let again = action::<CheckAgain>();
    let id = check.id;
    let first = check;
    let shown = Memo::new(move |_| match again.value().get() {
        Some(Ok(newer)) if newer.id == id => newer,
        Some(Ok(_) | Err(_)) | None => first.clone(),
    });
    let is_anew = move || again.value().with(Option::is_some);
    let announced = move || {
        is_anew().then(|| {
            format!(
                "Checked again: {}.",
                shown.with(|check| check.state.title())
            )
        })
    };
    let offers_application =
        move || id == CheckId::Application && shown.with(|check| check.by_button);
    view! {
        <article class="setup-check" aria-labelledby=format!("check-{}", id.word())>
            <div class="setup-head">
                <h3 id=format!("check-{}", id.word())>{id.title()}</h3>
                {move || view! { <Badge state=shown.with(|check| check.state)/> }}
            </div>
            {move || view! { <Found check=shown.get()/> }}
            <div class="setup-acts">
                {move || offers_application().then(|| view! { <MakeApplication application/> })}
                <ActionForm action=again>
                    <input type="hidden" name="id" value=id.word()/>
                    <button class="button button--plain" type="submit">
                        "Check again"<span class="unseen">": " {id.title()}</span>
                    </button>
                </ActionForm>
                <span role="status" class="field-hint">{announced}</span>
            </div>
            <Refused answer=move || again.value().get()/>
        </article>
    }
}

/// How something came out: a word, an icon and a colour.
#[component]
pub(super) fn Badge(state: CheckState) -> impl IntoView {
    let (class, glyph) = match state {
        CheckState::Wrong => ("state state--bad", Glyph::Fault),
        CheckState::Warning => ("state state--heed", Glyph::Notice),
        CheckState::Unknown => ("state state--unknown", Glyph::Unknown),
        CheckState::Good => ("state state--good", Glyph::Done),
    };
    view! {
        <span class=class>
            <Icon glyph/>
            <span>{state.title()}</span>
        </span>
    }
}

#[component]
fn Found(check: Check) -> impl IntoView {
    let details = check.details;
    let list = (!details.is_empty()).then(|| {
        let items = details
            .into_iter()
            .map(|detail| view! { <li>{detail}</li> })
            .collect_view();
        view! { <ul class="setup-details">{items}</ul> }
    });
    let todo = (!check.todo.is_empty()).then(|| {
        view! { <p class="setup-todo"><strong>"What to do: "</strong>{check.todo}</p> }
    });
    let documents = check
        .documents
        .into_iter()
        .map(|document| view! { <Paper document/> })
        .collect_view();
    view! {
        <p>{check.found}</p>
        {list}
        {todo}
        {documents}
    }
}

/// A document to be pasted somewhere.
#[component]
fn Paper(document: Document) -> impl IntoView {
    let label = format!("Document, {}", document.title);
    view! {
        <details class="setup-paper">
            <summary>{document.title}</summary>
            <pre tabindex="0" role="region" aria-label=label><code>{document.text}</code></pre>
        </details>
    }
}

/// The button that makes the TwiML app, or sets its addresses.
#[component]
fn MakeApplication(application: ServerAction<SetApplication>) -> impl IntoView {
    let said = move || application.value().get().and_then(Result::ok);
    view! {
        <ActionForm action=application>
            <button class="button" type="submit">"Set up the TwiML app"</button>
        </ActionForm>
        <p role="status">{said}</p>
        <Refused answer=move || application.value().get()/>
    }
}
