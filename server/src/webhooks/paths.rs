//! What a webhook's path leaves open, as texts that the rules make sense of or do not.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OptionalFromRequestParts, Path};
use axum::http::request::Parts;

/// What a path leaves open, as text: empty where it leaves nothing open, U+FFFD where it is no text.
pub(super) struct PathText(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(
            match <Path<String> as OptionalFromRequestParts<S>>::from_request_parts(parts, state)
                .await
            {
                Ok(path) => path.map_or_else(String::new, |path| path.0),
                Err(_) => char::REPLACEMENT_CHARACTER.to_string(),
            },
        ))
    }
}

/// The same of a path that leaves two things open: empty where it leaves fewer open.
pub(super) struct PathTexts(pub(super) String, pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for PathTexts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let texts = <Path<Vec<String>> as FromRequestParts<S>>::from_request_parts(parts, state);
        let mut texts = match texts.await {
            Ok(texts) => texts.0.into_iter(),
            Err(_) => Vec::new().into_iter(),
        };
        let mut next = || texts.next().unwrap_or_default();
        Ok(Self(next(), next()))
    }
}
