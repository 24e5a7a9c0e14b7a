//! What was wrong with the last try of a form: field by field, and for the form as a whole.

use desk::{DeskError, FieldError};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::{Refusing, Returned};

/// What was wrong with the last try, field by field.
pub(crate) type Problems = Memo<Vec<FieldError>>;

/// What a form says as a whole when its fields say why.
const NOT_SAVED: &str = "Not saved. Look at the fields that say why.";

/// The fields that the last try of an action was refused for.
pub(crate) fn problems_of<S>(action: ServerAction<S>) -> Problems
where
    S: ServerFn<Error: Refusing> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Memo::new(move |_| {
        action.value().with(|answer| {
            let refused = answer.as_ref().and_then(|answer| answer.as_ref().err());
            match refused.map(Refusing::error) {
                Some(DeskError::Invalid(errors)) => errors.clone(),
                Some(_) | None => Vec::new(),
            }
        })
    })
}

/// What was wrong with a field.
pub(crate) fn problem_with(problems: Problems, field: impl Into<String>) -> Memo<Option<String>> {
    let field: String = field.into();
    Memo::new(move |_| {
        problems.with(|problems| {
            let found = problems.iter().find(|problem| problem.field == field);
            found.map(|problem| problem.message.clone())
        })
    })
}

/// What a whole form is refused for; fields say their own.
pub(crate) fn refusal<T>(answer: Option<Result<T, impl Refusing>>) -> Option<String> {
    let refused = answer?.err()?;
    let error = refused.error();
    let is_at_fields = matches!(error, DeskError::Invalid(errors) if !errors.is_empty());
    Some(if is_at_fields {
        NOT_SAVED.to_owned()
    } else {
        error.to_string()
    })
}

/// What was entered in a form that was refused without script, for its fields; with script they keep it themselves.
pub(crate) fn returned<S, F>(action: ServerAction<S>) -> Option<F>
where
    S: ServerFn<Error = Returned<F>> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
    F: Clone + Send + Sync + 'static,
{
    let refused = action.value().get_untracked()?.err()?;
    refused.form.map(|form| *form)
}
