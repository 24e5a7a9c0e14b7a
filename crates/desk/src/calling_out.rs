//! Calling out from a browser: the lines that may be shown there, and why a number is not called.

use exchange::{CallOutRefusal, DialRefusal};
use serde::{Deserialize, Serialize};

use crate::FieldError;

/// A line with a number of its own, which those who are called see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnNumber {
    /// The line's id.
    pub line: String,
    /// Its name.
    pub name: String,
}

/// Why a number is not called, at the field that has to be changed.
#[must_use]
pub fn not_called(refusal: &CallOutRefusal) -> FieldError {
    let (field, message) = match refusal {
        CallOutRefusal::Nobody => ("to", "Nobody may call out under your name.".to_owned()),
        CallOutRefusal::NoLine(_) => (
            "line",
            "That line is there no longer: choose another one.".to_owned(),
        ),
        CallOutRefusal::NoCallerId(_) => (
            "line",
            "That line has no number that could be shown: choose another one.".to_owned(),
        ),
        CallOutRefusal::NoNumber => ("to", "Enter a number to call.".to_owned()),
        CallOutRefusal::NotANumber(_) => (
            "to",
            "Write the number with its country code, like +1 312 555 0123.".to_owned(),
        ),
        CallOutRefusal::Rules(DialRefusal::Emergency) => (
            "to",
            "Emergency and service numbers are not called from here: use your own telephone."
                .to_owned(),
        ),
        CallOutRefusal::Rules(DialRefusal::Premium) => (
            "to",
            "Premium numbers are never called from here.".to_owned(),
        ),
        CallOutRefusal::Rules(DialRefusal::NotAllowed) => (
            "to",
            "This line does not call that country or area.".to_owned(),
        ),
    };
    FieldError::new(field, message)
}
