//! A field of a directory's forms: label, hint, input, and what was wrong with it.

use desk::{DeskError, FieldError};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::ApiError;
use crate::parts::FieldProblem;

/// What was wrong with the last try, field by field.
pub(super) type Errors = Memo<Vec<FieldError>>;

/// The fields that the last try of an action was refused for.
pub(super) fn errors_of<S>(action: ServerAction<S>) -> Errors
where
    S: ServerFn<Output = (), Error = ApiError> + Clone + Send + Sync + 'static,
{
    Memo::new(move |_| match action.value().get() {
        Some(Err(ApiError(DeskError::Invalid(errors)))) => errors,
        Some(_) | None => Vec::new(),
    })
}

/// What was wrong with a field.
pub(super) fn problem_with(errors: Errors, field: &'static str) -> Memo<Option<String>> {
    Memo::new(move |_| {
        errors.with(|errors| {
            let error = errors.iter().find(|error| error.field == field);
            error.map(|error| error.message.clone())
        })
    })
}

/// A line of text. Its id is its name.
#[component]
pub(super) fn Entry(
    name: &'static str,
    label: &'static str,
    /// The input's `type`.
    kind: &'static str,
    value: String,
    errors: Errors,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let problem = problem_with(errors, name);
    let described = move || {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let problem = problem.get().map(|_| format!("{name}-problem"));
        let ids: Vec<String> = hint.into_iter().chain(problem).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=format!("form[{name}]")
                type=kind
                autocomplete="off"
                spellcheck="false"
                value=value
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
            {move || problem.get().map(|message| view! { <FieldProblem id=format!("{name}-problem") message/> })}
        </div>
    }
}
