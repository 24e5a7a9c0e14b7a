//! How long things are kept, and erasing one caller: as admins look at it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;

/// What admins decide about what is kept.
#[async_trait]
pub trait Retention: Send + Sync {
    /// How long each kind of thing is kept.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn retention(&self) -> Result<RetentionView, DeskError>;

    /// Says how long each kind of thing is kept.
    ///
    /// # Errors
    /// As for `retention`, `Invalid` for days that are none.
    async fn keep(&self, form: KeepForm) -> Result<(), DeskError>;

    /// What is known of the caller with a number, and which lines name it.
    ///
    /// # Errors
    /// As for `retention`, `Invalid` for a number that is none.
    async fn traces(&self, number: String) -> Result<TracesView, DeskError>;

    /// Erases the caller with a number.
    ///
    /// # Errors
    /// As for `traces`, `Refused` while they are in a call or when it was not confirmed.
    async fn erase(&self, form: EraseForm) -> Result<(), DeskError>;
}

/// How long each kind of thing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionView {
    /// Each kind of thing.
    pub rows: Vec<KeptRow>,
    /// Recordings that the carrier is yet to remove.
    pub removals: u64,
    /// Until which moment of the oldest call there is, in milliseconds since 1970 UTC.
    pub oldest_ms: Option<i64>,
}

/// A kind of thing that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRow {
    /// Its word: `calls numbers recordings inbox audit`.
    pub what: String,
    /// For how many days; for ever where none are said.
    pub days: Option<i64>,
    /// The days that are suggested.
    pub usual: i64,
    /// How many there are that are older, and would be removed now.
    pub due: u64,
    /// The same for the days that are suggested.
    pub usual_due: u64,
}

impl KeptRow {
    /// What it is, for people, and what is meant by it.
    #[must_use]
    pub fn words(&self) -> (&'static str, &'static str) {
        match self.what.as_str() {
            "calls" => (
                "Calls",
                "With their journal, webhooks, documents and notes. Counted from when they came in.",
            ),
            "numbers" => (
                "Callers' numbers",
                "Also of telephones that were called into the call. It stays, and the numbers end in zeros from then on.",
            ),
            "recordings" => (
                "Recordings and messages",
                "Removed here and at the carrier.",
            ),
            "inbox" => (
                "Entries of the inbox",
                "Messages and wishes to be called back, seen to or not.",
            ),
            _ => ("Audit", "Who did what."),
        }
    }
}

/// How long each kind of thing is to be kept, as it was typed; empty for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    /// Days.
    pub calls: String,
    /// Days.
    pub numbers: String,
    /// Days.
    pub recordings: String,
    /// Days.
    pub inbox: String,
    /// Days.
    pub audit: String,
}

impl KeepForm {
    /// Each field with its name.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("calls", &self.calls),
            ("numbers", &self.numbers),
            ("recordings", &self.recordings),
            ("inbox", &self.inbox),
            ("audit", &self.audit),
        ]
    }
}

/// What is known of a caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TracesView {
    /// The number as people read it.
    pub number: String,
    /// Calls that came from it or went to it.
    pub calls: u64,
    /// Other calls, rooms and the like that mention it.
    pub mentions: u64,
    /// Recordings.
    pub recordings: u64,
    /// Entries of the inbox.
    pub inbox: u64,
    /// Stays in rooms.
    pub stays: u64,
    /// They are in a call now.
    pub is_live: bool,
    /// Lines whose settings name the number: these stay, whoever is erased.
    #[serde(default)]
    pub named: Vec<NamedIn>,
}

/// A line whose settings name a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedIn {
    /// The line, by id.
    pub line: String,
    /// Its name.
    pub name: String,
    /// As what: `moderator person`.
    pub role: String,
}

impl NamedIn {
    /// What the number is to the line, to follow "This number is".
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self.role.as_str() {
            "moderator" => "a moderator of",
            _ => "the person at the desk of",
        }
    }
}

impl TracesView {
    /// Whether nothing is known of them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [
            self.calls,
            self.mentions,
            self.recordings,
            self.inbox,
            self.stays,
        ]
        .iter()
        .all(|count| *count == 0)
    }
}

/// A caller to be erased.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EraseForm {
    /// Their number.
    pub number: String,
    /// `yes` when what is there was looked at.
    pub sure: String,
}
