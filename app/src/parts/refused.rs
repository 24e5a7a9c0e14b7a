//! Why something was not done, where it was asked for.

use desk::DeskError;
use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::api::ApiError;

/// The reason of the last answer, where it is a refusal.
#[component]
pub(crate) fn Refused<T: 'static>(
    answer: impl Fn() -> Option<Result<T, ApiError>> + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let words = answer()
            .and_then(Result::err)
            .map(|ApiError(error)| words_of(&error));
        words.map(|words| view! { <Refusal words/> })
    }
}

/// Why something was not done.
#[component]
pub(crate) fn Refusal(words: String) -> impl IntoView {
    view! {
        <p class="refusal" role="alert">
            <Icon glyph=Glyph::Fault/>
            <span>{words}</span>
        </p>
    }
}

/// An error in words; fields that were refused say why themselves.
pub(crate) fn words_of(error: &DeskError) -> String {
    match error {
        DeskError::Invalid(errors) if !errors.is_empty() => {
            let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
            messages.join(" ")
        }
        DeskError::Invalid(_)
        | DeskError::SignedOut
        | DeskError::Forbidden
        | DeskError::NotFound
        | DeskError::Refused(_)
        | DeskError::Unreachable(_)
        | DeskError::Internal => error.to_string(),
    }
}
