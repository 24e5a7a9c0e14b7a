//! Why a chore ended without its result.

use std::fmt;

/// What went wrong, in words for the person at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The work was done and the result is bad.
    Failed(String),
    /// The work could not be done on this machine; the text says what to install.
    Missing(String),
}

impl Trouble {
    pub(crate) fn failed(what: impl fmt::Display) -> Self {
        Self::Failed(what.to_string())
    }

    pub(crate) fn missing(what: impl fmt::Display) -> Self {
        Self::Missing(what.to_string())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(why) => write!(f, "failed: {why}"),
            Self::Missing(what) => write!(f, "cannot run here: {what}"),
        }
    }
}
