//! What a reader has to say about a document, with the place where it found it.

use std::error::Error;
use std::fmt;

use crate::code::{Code, Level};

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// How many bytes stand before it.
    pub offset: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its column, counted from 1 in characters.
    pub column: usize,
}

/// Something wrong in a document that can be obeyed nevertheless, though perhaps not in every verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Twilio's number for it.
    pub code: Code,
    /// Where it stands.
    pub at: Position,
    /// In which of [`Response::verbs`](crate::Response::verbs); none where the verb itself was skipped.
    pub verb: Option<usize>,
    /// What stands there, for people; it may quote up to 60 characters of the document, though never a password.
    pub about: String,
}

/// Why a document cannot be obeyed at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fatal {
    /// Twilio's number for it.
    pub code: Code,
    /// Where it stands.
    pub at: Position,
    /// What stands there, for people.
    pub about: String,
}

impl Warning {
    /// Whether the default is used, or the verb fails.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.code.level()
    }
}

impl Position {
    pub(crate) const START: Self = Self {
        offset: 0,
        line: 1,
        column: 1,
    };

    /// The place `offset` bytes into the document, found by walking on from this earlier place.
    pub(crate) fn forward(self, document: &str, offset: usize) -> Self {
        let mut here = self;
        for character in document
            .get(self.offset..offset)
            .unwrap_or_default()
            .chars()
        {
            if character == '\n' {
                here.line += 1;
                here.column = 1;
            } else {
                here.column += 1;
            }
        }
        Self { offset, ..here }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.at, self.about)
    }
}

impl fmt::Display for Fatal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.at, self.about)
    }
}

impl Error for Fatal {}
