//! How far the call of a visitor of a conference line is.

use serde::{Deserialize, Serialize};

use super::{Role, RoomId};
use crate::{ConferenceSid, Moment, Outcome, UserName};

/// How far the call of a visitor is. How they stand in their room is in the room ([`super::Member`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// What is true of them.
    pub stage: VisitorStage,
    /// Who they are.
    pub guest: Guest,
    /// The room they come to, once it is known.
    pub room: Option<RoomId>,
    /// What they are there, once it is known.
    pub role: Role,
    /// When they were first led into it.
    pub came: Option<Moment>,
    /// When they first heard others.
    pub met: Option<Moment>,
    /// What a waiting visitor was told last, and how many rounds of music they have heard since.
    pub told: Option<(WaitWords, u32)>,
    /// How often in a row they came out of the room as soon as they were led in.
    pub bounced: u8,
}

/// What is true of a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
pub enum VisitorStage {
    /// They have just come.
    Arrived,
    /// They are asked for the code of a room.
    AskedCode,
    /// They are asked for a PIN.
    AskedPin,
    /// They are in the room, or on their way there.
    Inside,
    /// They are out of the room, and it is found out whether it has ended or they pressed star.
    Between {
        /// The conference that they were in, as far as was known.
        of: Option<ConferenceSid>,
    },
    /// They are in the star menu.
    Menu,
}

/// Who a visitor is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "guest")]
pub enum Guest {
    /// Whoever calls.
    Caller,
    /// Somebody of ours, who joins by their browser as a moderator.
    Person {
        /// Their user name.
        user: UserName,
        /// Their name.
        name: String,
    },
    /// Somebody who was called into the room.
    Invited {
        /// By which invitation.
        invite: u32,
    },
}

/// What a waiting visitor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitWords {
    /// The conference begins when the moderator comes.
    ForModerator,
    /// The conference begins when somebody else comes.
    ForOthers,
    /// The moderator is gone and may come back.
    Grace,
}

impl Visitor {
    /// Somebody has just come.
    #[must_use]
    pub const fn arrived(guest: Guest, room: Option<RoomId>) -> Self {
        Self {
            stage: VisitorStage::Arrived,
            guest,
            room,
            role: Role::Participant,
            came: None,
            met: None,
            told: None,
            bounced: 0,
        }
    }
}

impl Visitor {
    /// What the visitor got of what they came for.
    pub(crate) const fn reached(&self) -> Option<Outcome> {
        if self.met.is_some() {
            Some(Outcome::Attended)
        } else {
            None
        }
    }

    /// How the call ends when they hang up without that.
    pub(crate) const fn given_up(&self) -> Outcome {
        if self.came.is_some() {
            Outcome::Abandoned
        } else {
            Outcome::HungUp
        }
    }
}
