//! A field of a form that is posted: label, hint, input, and what was wrong with it.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A labelled input. Its id is its name.
#[component]
pub(crate) fn Field(
    name: &'static str,
    label: &'static str,
    /// The input's `type`.
    kind: &'static str,
    autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] value: String,
    #[prop(optional_no_strip)] error: Option<&'static str>,
) -> impl IntoView {
    let capitals = if autocomplete == "name" {
        "words"
    } else {
        "none"
    };
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described: Vec<_> = [
        hint.map(|_| hint_id.as_str()),
        error.map(|_| error_id.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize=capitals
                spellcheck="false"
                required
                aria-invalid=error.map(|_| "true")
                aria-describedby=described
            />
            {error.map(|error| view! { <FieldProblem id=error_id message=error.to_owned()/> })}
        </div>
    }
}

/// What was wrong with a field, under it.
#[component]
pub(crate) fn FieldProblem(id: String, message: String) -> impl IntoView {
    view! {
        <p class="field-problem" id=id>
            <Icon glyph=Glyph::Fault/>
            <span>{message}</span>
        </p>
    }
}
