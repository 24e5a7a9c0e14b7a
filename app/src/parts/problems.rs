//! What was wrong with the last try of a form: field by field, and for the form as a whole.

use desk::{DeskError, FieldError};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::ApiError;

/// What was wrong with the last try, field by field.
pub(crate) type Problems = Memo<Vec<FieldError>>;

/// What a form says as a whole when its fields say why.
pub(crate) const NOT_SAVED: &str = "Not saved. Look at the fields that say why.";

/// The fields that the last try of an action was refused for.
pub(crate) fn problems_of<S>(action: ServerAction<S>) -> Problems
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Memo::new(move |_| {
        action.value().with(|answer| match answer {
            Some(Err(ApiError(DeskError::Invalid(errors)))) => errors.clone(),
            Some(_) | None => Vec::new(),
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
pub(crate) fn refusal(answer: Option<Result<(), ApiError>>) -> Option<String> {
    match answer?.err()? {
        ApiError(DeskError::Invalid(errors)) if !errors.is_empty() => Some(NOT_SAVED.to_owned()),
        ApiError(error) => Some(error.to_string()),
    }
}
