//! The plain log of a leg: what was said, heard, pressed and decided, document by document.

use serde::{Deserialize, Serialize};

use super::Time;

/// One thing that happened on a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When.
    pub at: Time,
    /// What.
    #[serde(flatten)]
    pub what: Noted,
}

/// What happened on a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "noted", rename_all = "snake_case")]
pub enum Noted {
    /// The leg's status changed.
    Status {
        /// The status, in the protocol's word.
        status: String,
    },
    /// A document was fetched and begins to be obeyed.
    Document {
        /// Where it came from; empty for one given inline.
        url: String,
        /// Its text.
        body: String,
    },
    /// A verb begins to be obeyed.
    Verb {
        /// Its element's name.
        name: String,
    },
    /// Something was said to the leg.
    Said {
        /// The words.
        text: String,
        /// The voice, where the document names one.
        voice: Option<String>,
        /// The language, where the document names one.
        language: Option<String>,
    },
    /// A sound was played to the leg.
    Played {
        /// Its URL, or `digits …`.
        what: String,
    },
    /// The person on the leg said something.
    Spoke {
        /// The words.
        text: String,
    },
    /// The person on the leg heard somebody at the other end.
    Heard {
        /// The words.
        text: String,
    },
    /// The person on the leg pressed keys.
    Pressed {
        /// The keys.
        keys: String,
    },
    /// A warning or an error of the protocol (reference A.8).
    Trouble {
        /// The code.
        code: u32,
        /// What it is about, in words.
        text: String,
    },
    /// A callback was sent.
    Callback {
        /// Where to.
        url: String,
        /// What it tells.
        event: String,
    },
    /// Anything else, in words.
    Note {
        /// The words.
        text: String,
    },
}
