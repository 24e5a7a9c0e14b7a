//! What callers left for agents: messages, and wishes to be called back.

use serde::{Deserialize, Serialize};

use super::CallerView;

/// Something that a caller left, or wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxItem {
    /// In which call. With the kind's word it names the entry.
    pub call: String,
    /// What it is.
    pub what: InboxWhat,
    /// Who left it; `number` is the one to call back.
    pub caller: CallerView,
    /// On which line, by its name.
    pub line_name: String,
    /// For whose agents; for everybody, where nothing is said.
    pub team: Option<String>,
    /// Since when it waits.
    pub at_ms: i64,
    /// Who saw to it, once somebody has.
    pub done: Option<TickedOff>,
}

/// What a caller left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxWhat {
    /// A message.
    Voicemail {
        /// Its length, in seconds.
        seconds: u32,
    },
    /// They wish to be called back.
    Callback,
}

/// Who saw to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TickedOff {
    /// Who, by user name.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

impl InboxItem {
    /// The word of its kind, as commands name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.what {
            InboxWhat::Voicemail { .. } => "voicemail",
            InboxWhat::Callback => "callback",
        }
    }

    /// Where its message is played from, where it is one.
    #[must_use]
    pub fn audio(&self) -> Option<String> {
        match self.what {
            InboxWhat::Voicemail { .. } => Some(format!("/inbox/{}/voicemail", self.call)),
            InboxWhat::Callback => None,
        }
    }
}
