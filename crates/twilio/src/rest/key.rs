//! What stands in an address where Twilio takes an identifier or something else in its place (reference E.3 to E.5).

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::sid::{CallSid, ConferenceSid, RecordingSid};

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A name that cannot stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a conference's name or a participant's label is neither empty nor made of dots alone")]
pub struct BadKey;

/// A conference: one of its lives, or whatever lives under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceKey(String);

/// A participant of a conference: its leg, or its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantKey(String);

/// A caller in a queue: the leg, or the one who has waited longest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberKey {
    /// The leg.
    Call(CallSid),
    /// The one at the front.
    Front,
}

/// A recording of a live call or conference: that one, or the one that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordingKey {
    /// That one.
    Sid(RecordingSid),
    /// The one that runs.
    Current,
}

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordingOwner {
    /// A call.
    Call(CallSid),
    /// A conference.
    Conference(ConferenceSid),
}

impl ConferenceKey {
    /// The conference that lives under this name, or else a new one.
    ///
    /// # Errors
    /// When the name cannot stand in an address.
    pub fn named(name: &str) -> Result<Self, BadKey> {
        escaped(name).map(Self)
    }
}

impl From<&ConferenceSid> for ConferenceKey {
    fn from(sid: &ConferenceSid) -> Self {
        Self(sid.to_string())
    }
}

impl ParticipantKey {
    /// The participant of this label.
    ///
    /// # Errors
    /// When the label cannot stand in an address.
    pub fn labelled(label: &str) -> Result<Self, BadKey> {
        escaped(label).map(Self)
    }
}

impl From<&CallSid> for ParticipantKey {
    fn from(sid: &CallSid) -> Self {
        Self(sid.to_string())
    }
}

/// Names of dots alone mean folders to whoever tidies an address.
fn escaped(name: &str) -> Result<String, BadKey> {
    if name.bytes().all(|byte| byte == b'.') {
        return Err(BadKey);
    }
    Ok(utf8_percent_encode(name, ESCAPED).to_string())
}

impl fmt::Display for ConferenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ParticipantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for MemberKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(sid) => f.write_str(sid.as_str()),
            Self::Front => f.write_str("Front"),
        }
    }
}

impl fmt::Display for RecordingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sid(sid) => f.write_str(sid.as_str()),
            Self::Current => f.write_str("Twilio.CURRENT"),
        }
    }
}

impl fmt::Display for RecordingOwner {
    /// Writes the path up to the recordings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(sid) => write!(f, "Calls/{sid}/Recordings"),
            Self::Conference(sid) => write!(f, "Conferences/{sid}/Recordings"),
        }
    }
}
