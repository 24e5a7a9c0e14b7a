//! Why the desk did not do what was asked, in words for the person who asked.

use serde::{Deserialize, Serialize};

/// One field of a form that was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What to do about it, as a sentence.
    pub message: String,
}

impl FieldError {
    /// A refusal of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// What came instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", content = "about", rename_all = "snake_case")]
pub enum DeskError {
    /// Nobody is signed in.
    #[error("Please sign in.")]
    SignedOut,
    /// The person's role does not allow it.
    #[error("Your role does not allow this.")]
    Forbidden,
    /// There is no such thing.
    #[error("There is no such thing here.")]
    NotFound,
    /// Fields were not accepted; each says why.
    #[error("Some of what was entered was not accepted.")]
    Invalid(Vec<FieldError>),
    /// The rules say no; the text is the reason, as a sentence.
    #[error("{0}")]
    Refused(String),
    /// The question or its answer did not arrive; the text is the cause, which says nothing to people.
    #[error("The server could not be reached.")]
    Unreachable(String),
    /// The world broke on our side; the log has it.
    #[error("Something went wrong on our side. It has been noted.")]
    Internal,
}

impl DeskError {
    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Refused(_) => 409,
            Self::Unreachable(_) => 502,
            Self::Internal => 500,
        }
    }
}
