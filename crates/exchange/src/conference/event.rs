//! What can happen to a room of a conference line, and what is to be done there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{RoomDeed, RoomId, RoomTimer};
use crate::{
    CallSid, ConferenceSid, DialRefusal, Input, LeftBecause, LegStatus, Moment, PhoneNumber,
    Recording, Reported, UserName,
};

/// A step of a visitor's call, by its route below `/voice`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConferenceRoute {
    /// The beginning: `/voice`.
    Enter,
    /// The code of a room was keyed in: `code`.
    Code,
    /// A PIN was keyed in: `pin`.
    Pin,
    /// What somebody hears until the conference begins: `wait`.
    Wait,
    /// What somebody on hold hears: `hold`. [`super::hold_document`] answers it, without a call.
    Hold,
    /// The visitor is out of the room: `left`, the action of their `<Dial>`.
    Left,
    /// Whatever the visitor is to meet now: `next`. Redirects lead here.
    Next,
    /// A key of the star menu: `menu`.
    Menu,
}

/// Something that happened on a conference line. The first asks for a document for the visitor's leg,
/// the others for none, and go through the call of whomever they are about, or through
/// [`super::Room::anchor`]; what comes of an effect goes through the call whose effect it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConferenceEvent {
    /// The visitor came to a step. [`Input::too_many`] is read where a code or PIN is.
    Visits(ConferenceRoute, Input),
    /// What the carrier says of a conference of the room's name.
    Said(RoomId, ConferenceSaid),
    /// How the leg of a number that was added stands.
    Invited {
        /// The room.
        room: RoomId,
        /// Which invitation.
        invite: u32,
        /// The leg.
        leg: CallSid,
        /// How it stands.
        status: LegStatus,
    },
    /// Somebody at the monitor wants something. Refused when it does not fit what is true.
    Act {
        /// The room.
        room: RoomId,
        /// Who.
        by: By,
        /// What.
        what: RoomAct,
    },
    /// What became of a deed. A leg or room that is there no more is [`Undone::NotThere`].
    Did {
        /// The room.
        room: RoomId,
        /// Which.
        deed: RoomDeed,
        /// How it went.
        how: Result<(), Undone>,
    },
    /// [`RoomDeed::Ring`]: the leg, or why there is none.
    Rang {
        /// The room.
        room: RoomId,
        /// Which invitation.
        invite: u32,
        /// The leg, or why there is none.
        leg: Result<CallSid, String>,
    },
    /// A timer is due.
    Due(RoomId, RoomTimer),
    /// What a sweep saw; an error is why it could not look.
    Seen {
        /// The room.
        room: RoomId,
        /// The sweep's number.
        sweep: u32,
        /// What it saw.
        what: Result<RoomSeen, String>,
    },
}

impl ConferenceEvent {
    /// Whether nobody needs to read of it where nothing was decided: somebody speaks or ceases, a timer is
    /// due, the carrier was asked once more who is in the room.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::Said(_, said) => match &said.what {
                Said::Speaks(..) => true,
                Said::Started
                | Said::Ended
                | Said::Joined(_)
                | Said::Left(..)
                | Said::Muted(..)
                | Said::Held(..)
                | Said::EndsRoom(..)
                | Said::Recorded(_)
                | Said::Other => false,
            },
            Self::Due(..) | Self::Seen { .. } => true,
            Self::Visits(..)
            | Self::Invited { .. }
            | Self::Act { .. }
            | Self::Did { .. }
            | Self::Rang { .. } => false,
        }
    }
}

/// Why a deed was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The leg is not in the room, the call is over, or the room is not there.
    NotThere,
    /// The carrier refused, or could not be asked: it was given up, in words.
    Refused(String),
}

/// Who does something at the monitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Their user name.
    pub user: UserName,
    /// Their name for people.
    pub name: String,
}

/// What somebody at the monitor wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RoomAct {
    /// Somebody is muted, or heard again.
    Mute {
        /// Whose leg.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// Everybody but moderators is muted.
    MuteAll,
    /// Somebody is put on hold with music, or taken off it.
    Hold {
        /// Whose leg.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// Somebody is removed.
    Remove {
        /// Whose leg.
        leg: CallSid,
    },
    /// A raised hand has been seen.
    LowerHand {
        /// Whose leg.
        leg: CallSid,
    },
    /// Something is said to everybody, or to one.
    Announce {
        /// Whose leg; everybody, where nothing is said.
        #[serde(default)]
        leg: Option<CallSid>,
        /// The words.
        text: String,
    },
    /// A number is called into the room.
    Add {
        /// Which.
        number: PhoneNumber,
    },
    /// A number that is still being called is given up.
    GiveUp {
        /// Which invitation.
        invite: u32,
    },
    /// Nobody else comes in, but moderators; or everybody again.
    Lock {
        /// Which of the two.
        on: bool,
    },
    /// The recording goes on, or pauses.
    Record {
        /// Which of the two.
        on: bool,
    },
    /// The conference ends for everybody.
    End,
}

impl RoomAct {
    /// Whose leg it is about: it goes through their call. Acts on the whole room go through
    /// [`super::Room::anchor`].
    #[must_use]
    pub const fn leg(&self) -> Option<&CallSid> {
        match self {
            Self::Mute { leg, .. }
            | Self::Hold { leg, .. }
            | Self::Remove { leg }
            | Self::LowerHand { leg }
            | Self::Announce { leg: Some(leg), .. } => Some(leg),
            Self::MuteAll
            | Self::Announce { leg: None, .. }
            | Self::Add { .. }
            | Self::GiveUp { .. }
            | Self::Lock { .. }
            | Self::Record { .. }
            | Self::End => None,
        }
    }
}

/// What the carrier says of a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConferenceSaid {
    /// Which.
    pub conference: ConferenceSid,
    /// Its number in the order of that conference's events.
    pub sequence: u32,
    /// What happened.
    pub what: Said,
}

/// What happened in a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It started: two are in, and one of them starts it.
    Started,
    /// It ended.
    Ended,
    /// A leg came in.
    Joined(CallSid),
    /// A leg is out.
    Left(CallSid, LeftBecause),
    /// A leg was muted, or is heard again.
    Muted(CallSid, bool),
    /// A leg was put on hold, or taken off it.
    Held(CallSid, bool),
    /// Whether a leg's leaving ends the room.
    EndsRoom(CallSid, bool),
    /// Somebody began to speak, or ceased.
    Speaks(CallSid, bool),
    /// A recording of it is ready.
    Recorded(Recording),
    /// Anything else.
    Other,
}

/// What a sweep of a room saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSeen {
    /// When it began to look.
    pub at: Moment,
    /// The conference of the room's name that is not over, where there is one.
    pub conference: Option<ConferenceSid>,
    /// Whether it has started.
    pub has_started: bool,
    /// Who is connected to it.
    pub people: Vec<SeenInRoom>,
    /// How the calls stand of those who are not in it, as [`super::Room::elsewhere`] names them.
    pub elsewhere: BTreeMap<CallSid, Reported>,
}

/// A leg that is in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenInRoom {
    /// The leg.
    pub leg: CallSid,
    /// Whether it is muted.
    pub is_muted: bool,
    /// Whether it is on hold.
    pub is_held: bool,
    /// Whether its leaving ends the room.
    pub ends_room: bool,
}

/// Why something that somebody at the monitor wants cannot be, in words that say what is true.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomRefusal {
    /// Nobody is in the room.
    #[error("Nobody is in this room.")]
    Empty,
    /// They are not there any more.
    #[error("{0} has just left.")]
    JustLeft(String),
    /// They are on their way out.
    #[error("{0} is on their way out.")]
    Leaving(String),
    /// Everybody else is on hold, and so are they.
    #[error("Everybody else is on hold; {0} hears music until one of them is off hold.")]
    Company(String),
    /// They are not in the conference at the moment.
    #[error("{0} is not in the conference at the moment.")]
    NotInside(String),
    /// The conference has not begun: everybody hears music as it is.
    #[error("The conference has not begun: everybody hears music.")]
    NotRunning,
    /// The room is at its limit.
    #[error("The room is full: {0} are in it, or on their way.")]
    Full(u8),
    /// The number is one that the line does not dial.
    #[error("This number is not dialled: {0}.")]
    NotDialled(DialRefusal),
    /// The number is the line's own.
    #[error("{0} is the number of this very line.")]
    OwnNumber(String),
    /// The number is in the room, or being called.
    #[error("{0} is in the room already, or being called.")]
    AlreadyIn(String),
    /// The invitation is over.
    #[error("This number is not being called any more.")]
    InviteOver,
    /// Nothing to say.
    #[error("There is nothing to say.")]
    NoWords,
    /// Too much to say.
    #[error("An announcement has at most {0} characters.")]
    TooManyWords(usize),
    /// The room is not recorded.
    #[error("This room is not recorded.")]
    NotRecorded,
}

impl RoomRefusal {
    /// Whether it is the number that somebody is called in at which cannot be.
    #[must_use]
    pub const fn is_about_number(&self) -> bool {
        matches!(
            self,
            Self::NotDialled(_) | Self::OwnNumber(_) | Self::AlreadyIn(_)
        )
    }
}
