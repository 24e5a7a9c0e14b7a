//! Watching a call: what is known of who listens, coaches or speaks in it, and of an agent who asks
//! for help.

use serde::{Deserialize, Serialize};

use super::Support;
use crate::{CallSid, Moment, UserName};

/// What a supervisor does in a call that is not theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchMode {
    /// They hear everybody, and nobody hears them.
    #[default]
    Listen,
    /// The agent who has the caller hears them, and nobody else does.
    Coach,
    /// Everybody hears them.
    Speak,
}

/// By whom the leg of a watcher is heard.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeardBy {
    /// By nobody.
    Nobody,
    /// By one leg alone.
    Only(CallSid),
    /// By everybody in the room.
    Everybody,
}

/// A supervisor whose leg is or was in the caller's room. It is nobody's agent: it neither starts nor
/// ends the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watcher {
    /// The leg.
    pub leg: CallSid,
    /// Whose.
    pub user: UserName,
    /// Their name.
    pub name: String,
    /// What they want to do.
    pub mode: WatchMode,
    /// By whom the carrier was told last that they are heard.
    pub told: HeardBy,
    /// By whom they are heard, as the carrier has confirmed; nothing until they are in the room.
    pub heard: Option<HeardBy>,
    /// How many changes of it the carrier has not answered yet; only the last answer counts.
    pub sets: u32,
    /// Since when they want to have the caller themselves. They get them once everybody hears them.
    pub takes_over: Option<Moment>,
    /// When the leg was first led into the room.
    pub since: Moment,
    /// When it was led there last.
    pub led: Moment,
    /// How often it was.
    pub times: u32,
    /// When the carrier said that it came in.
    pub joined: Option<Moment>,
    /// When it was known to be out.
    pub gone: Option<Moment>,
}

/// An agent asks for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// Who.
    pub by: UserName,
    /// Since when.
    pub since: Moment,
}

impl WatchMode {
    /// Every mode, in the order switches show them.
    pub const ALL: [Self; 3] = [Self::Listen, Self::Coach, Self::Speak];

    /// A short word that stays the same for ever: for forms, and for what a browser's phone tells.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Coach => "coach",
            Self::Speak => "speak",
        }
    }

    /// The mode of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// The mode in plain words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Listen => "Listen",
            Self::Coach => "Coach",
            Self::Speak => "Speak",
        }
    }
}

impl HeardBy {
    /// What somebody does who is heard so.
    #[must_use]
    pub const fn mode(&self) -> WatchMode {
        match self {
            Self::Nobody => WatchMode::Listen,
            Self::Only(_) => WatchMode::Coach,
            Self::Everybody => WatchMode::Speak,
        }
    }
}

impl Watcher {
    /// What they do, as the carrier has confirmed; nothing until they are in the room.
    #[must_use]
    pub fn confirmed(&self) -> Option<WatchMode> {
        self.heard.as_ref().map(HeardBy::mode)
    }

    /// By whom they are to be heard, while the one to be coached has this leg.
    pub(super) fn due(&self, coached: Option<&CallSid>) -> HeardBy {
        match (self.mode, coached) {
            (WatchMode::Speak, _) => HeardBy::Everybody,
            (WatchMode::Coach, Some(coached)) => HeardBy::Only(coached.clone()),
            (WatchMode::Coach, None) | (WatchMode::Listen, _) => HeardBy::Nobody,
        }
    }
}

impl Support {
    /// Those whose legs are or will be in the room to watch.
    pub fn watching(&self) -> impl Iterator<Item = &Watcher> {
        self.watchers
            .iter()
            .filter(|watcher| watcher.gone.is_none())
    }

    /// The live leg of somebody who watches.
    #[must_use]
    pub fn watcher(&self, user: &UserName) -> Option<&Watcher> {
        self.watching().find(|watcher| watcher.user == *user)
    }
}
