//! One attempt to connect a caller to somebody, and how it went.

use serde::{Deserialize, Serialize};

use crate::{DialRefusal, DirectoryId, Moment, Office, OfficeId, PhoneNumber, Prompt};

/// One attempt to connect the caller to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Whom.
    pub whom: Whom,
    /// Their name.
    pub name: String,
    /// Their number.
    pub number: PhoneNumber,
    /// When they were dialled.
    pub began: Moment,
    /// How it went; nothing yet while it lasts.
    pub outcome: Option<VisitOutcome>,
}

/// Whom a caller is to be connected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// An office of a directory.
    Office {
        /// The directory.
        directory: DirectoryId,
        /// The office.
        id: OfficeId,
    },
    /// A number that stands in a menu, or that somebody dialled from their browser.
    Number,
    /// The person at the desk.
    Person,
}

impl Whom {
    /// An office as whom to connect to.
    pub(crate) fn office(office: &Office) -> Self {
        Self::Office {
            directory: office.directory.clone(),
            id: office.id.clone(),
        }
    }
}

/// How an attempt went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// The two were connected for so many seconds.
    Talked(u32),
    /// They answered, and the two were never connected.
    NotConnected,
    /// They were busy, or declined.
    Busy,
    /// They did not answer in time.
    NoAnswer,
    /// The call to them failed.
    Failed,
    /// The call to them was cancelled, as when the caller hangs up while it rings.
    Canceled,
    /// Their number is one that the line does not dial.
    NotAllowed(DialRefusal),
    /// The call ended before the carrier said how the attempt went.
    NotReported,
    /// A word of the carrier's that we do not know.
    Other(String),
}

impl VisitOutcome {
    /// The outcome in plain words, to follow a name.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Talked(seconds) => format!("connected for {seconds} s"),
            Self::NotConnected => "answered, but never connected".to_owned(),
            Self::Busy => "busy".to_owned(),
            Self::NoAnswer => "no answer".to_owned(),
            Self::Failed => "the call failed".to_owned(),
            Self::Canceled => "cancelled".to_owned(),
            Self::NotAllowed(refusal) => format!("not dialled: {refusal}"),
            Self::NotReported => "the carrier did not say".to_owned(),
            Self::Other(word) => format!("the carrier says {word:?}"),
        }
    }

    /// What the caller is told of it.
    pub(crate) const fn prompt(&self) -> Prompt {
        match self {
            Self::Talked(_) => Prompt::OfficeTalked,
            Self::NotConnected => Prompt::OfficeNotConnected,
            Self::Busy => Prompt::OfficeBusy,
            Self::NoAnswer => Prompt::OfficeNoAnswer,
            Self::Canceled => Prompt::OfficeCanceled,
            Self::NotAllowed(_) => Prompt::OfficeNotAllowed,
            Self::Failed | Self::NotReported | Self::Other(_) => Prompt::OfficeFailed,
        }
    }
}

/// What the carrier says of a dialled party when it is over (reference B.3, Dial).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialReport {
    /// `DialCallStatus`.
    pub status: DialStatus,
    /// `DialBridged`: whether the two were connected.
    pub bridged: Option<bool>,
    /// `DialCallDuration`, in seconds.
    pub seconds: Option<u32>,
}

/// `DialCallStatus`, in the words of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialStatus {
    /// Answered.
    Completed,
    /// Busy, or declined.
    Busy,
    /// Not answered in time.
    NoAnswer,
    /// Could not be called.
    Failed,
    /// Given up while it rang.
    Canceled,
    /// Any other word.
    Other(String),
}

impl DialReport {
    /// How the attempt went. `completed` alone does not mean that they talked: only the bridge does
    /// (reference B.3, rule 1).
    #[must_use]
    pub fn outcome(&self) -> VisitOutcome {
        match &self.status {
            DialStatus::Completed if self.bridged == Some(false) => VisitOutcome::NotConnected,
            DialStatus::Completed => VisitOutcome::Talked(self.seconds.unwrap_or(0)),
            DialStatus::Busy => VisitOutcome::Busy,
            DialStatus::NoAnswer => VisitOutcome::NoAnswer,
            DialStatus::Failed => VisitOutcome::Failed,
            DialStatus::Canceled => VisitOutcome::Canceled,
            DialStatus::Other(word) => VisitOutcome::Other(word.clone()),
        }
    }
}
