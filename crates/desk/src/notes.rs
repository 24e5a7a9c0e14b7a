//! What agents note about a call, and what the caller answered afterwards.

use serde::{Deserialize, Serialize};

/// Something noted about a call after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoryNote {
    /// What an agent wrote.
    WrapUp {
        /// Who, by user name.
        by: String,
        /// How it went, in a word.
        disposition: String,
        /// Anything else.
        notes: String,
        /// When, in milliseconds since 1970 UTC.
        at_ms: i64,
    },
    /// What the caller answered.
    Survey {
        /// Which question, from 1.
        question: i64,
        /// The key they pressed.
        answer: i64,
        /// When, in milliseconds since 1970 UTC.
        at_ms: i64,
    },
}
