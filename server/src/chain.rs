//! An error with its causes, as one line for people and for machines.

use std::error::Error;

/// An error and its causes in one line.
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let said = deeper.to_string();
        if !line.contains(&said) {
            line = format!("{line}: {said}");
        }
        cause = deeper.source();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
