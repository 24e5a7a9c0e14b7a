//! How a call ended, and what the carrier reports of it.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// The end of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Moment,
    /// How.
    pub how: Outcome,
    /// When the carrier first said so; its word corrects the time once.
    #[serde(default)]
    pub told: Option<Moment>,
}

/// How a call ended, for the caller's purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The caller spoke with at least one of those they wanted.
    Connected,
    /// Somebody was called for them and nobody was reached.
    NotReached,
    /// They were told what they wanted to know.
    Informed,
    /// There was nobody to connect them to, and they were told.
    NoOffice,
    /// They asked for somebody who is not dialled for them, and were told.
    Refused,
    /// They left a message.
    Voicemail,
    /// They asked to be called back.
    CallbackAsked,
    /// They hung up while they waited.
    Abandoned,
    /// The line was closed, or full, and they were told.
    Closed,
    /// They took part in a conference.
    Attended,
    /// They were not let into a conference: its room was full, or locked.
    TurnedAway,
    /// They had no right code or PIN for a conference, and were told.
    NotAdmitted,
    /// They answered three times in a way that led nowhere, or not at all.
    NoInput,
    /// They hung up before anybody was called.
    HungUp,
    /// The carrier says that the call failed.
    Failed,
    /// Something on our side failed and they were asked to call again.
    Apologised,
    /// The carrier could not say what became of it.
    Unknown,
}

impl Outcome {
    /// Every outcome, in the order lists show them.
    pub const ALL: [Self; 17] = [
        Self::Connected,
        Self::NotReached,
        Self::Informed,
        Self::NoOffice,
        Self::Refused,
        Self::Voicemail,
        Self::CallbackAsked,
        Self::Abandoned,
        Self::Closed,
        Self::Attended,
        Self::TurnedAway,
        Self::NotAdmitted,
        Self::NoInput,
        Self::HungUp,
        Self::Failed,
        Self::Apologised,
        Self::Unknown,
    ];

    /// A short word that stays the same for ever: for the database and filters.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::NotReached => "not-reached",
            Self::Informed => "informed",
            Self::NoOffice => "no-office",
            Self::Refused => "refused",
            Self::Voicemail => "voicemail",
            Self::CallbackAsked => "callback-asked",
            Self::Abandoned => "abandoned",
            Self::Closed => "closed",
            Self::Attended => "attended",
            Self::TurnedAway => "turned-away",
            Self::NotAdmitted => "not-admitted",
            Self::NoInput => "no-input",
            Self::HungUp => "hung-up",
            Self::Failed => "failed",
            Self::Apologised => "apologised",
            Self::Unknown => "unknown",
        }
    }

    /// The outcome of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// The outcome in plain words.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Connected => "Connected",
            Self::NotReached => "Nobody was reached",
            Self::Informed => "Told what they asked for",
            Self::NoOffice => "Nobody to connect to",
            Self::Refused => "Not dialled",
            Self::Voicemail => "Left a message",
            Self::CallbackAsked => "Asked to be called back",
            Self::Abandoned => "Hung up while waiting",
            Self::Closed => "Called while the line was closed or full",
            Self::Attended => "Took part in a conference",
            Self::TurnedAway => "The conference was full or locked",
            Self::NotAdmitted => "No right code or PIN",
            Self::NoInput => "No usable answer",
            Self::HungUp => "Hung up early",
            Self::Failed => "The call failed",
            Self::Apologised => "Asked to call again",
            Self::Unknown => "What became of it is not known",
        }
    }
}

/// How the carrier says a call stands (`CallStatus`, reference F.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Not yet over: queued, initiated, ringing or in progress.
    Live,
    /// Over after it was answered.
    Completed,
    /// Over without having been answered: busy, failed, no-answer or canceled, in the carrier's word.
    NotAnswered(String),
    /// A word we do not know.
    Unknown(String),
}
