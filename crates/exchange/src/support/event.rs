//! What can happen to a support call, in types that the world is translated into.

use serde::{Deserialize, Serialize};

use super::{Command, Done, HeardBy, Timer, WatchMode};
use crate::{
    CallSid, ConferenceSid, Digits, Input, Moment, PhoneNumber, RecordingSid, Reported, UserName,
};

/// A step of a support call, by its route below `/conference/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportRoute {
    /// The beginning: `connect/client`.
    Enter,
    /// What a waiting caller hears: `wait`.
    Wait,
    /// What a held caller hears: `hold`. [`crate::hold_document`] answers it, without a call.
    Hold,
    /// Whatever the caller is to meet now: `{call_sid}/next`. Redirects lead here.
    Next,
    /// The caller is out of the room: `{call_sid}/left`, the action of their `<Dial>`.
    Left,
    /// An answer by keys: `{call_sid}/keyed`.
    Keyed,
    /// A message was left: `{call_sid}/recorded`, the action of `<Record>`.
    Recorded,
    /// An agent's leg is out of the room: `{call_sid}/agent-left`, the action of their `<Dial>`.
    AgentLeft,
    /// Whoever answered at a telephone pressed a key, or none: `{call_sid}/screened`.
    Screened,
    /// A watcher's leg is out of the room: `{call_sid}/watch-left`, the action of their `<Dial>`.
    WatchLeft,
    /// What an agent hears whose caller a supervisor has taken over: `taken-over`.
    /// [`crate::Prompt::TakenOver`] answers it, without a call.
    TakenOver,
}

/// Something that happened to a support call. The first group asks for a document for the caller's
/// leg, the second for one for an agent's leg, the others for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SupportEvent {
    /// A document for the caller: the beginning. [`Input::queue`] and [`Input::clocks`] are read.
    Enter(Input),
    /// A document for the waiting caller. [`Input::queue`] is read.
    Wait(Input),
    /// A document for the caller: whatever they are to meet now.
    Next(Input),
    /// A document for the caller: they are out of the room.
    Left(Input),
    /// A document for the caller: they answered.
    Keyed(Input),
    /// A document for the caller: they left a message, or none.
    Recorded(Input, Option<Recording>),

    /// A document for an agent's leg that has been answered.
    AgentJoins {
        /// Whose leg.
        agent: UserName,
        /// The leg.
        leg: CallSid,
        /// The offer it was created for; none on the tutorial's routes.
        offer: Option<u32>,
    },
    /// A document for whoever answered at a telephone and was asked to press a key.
    Screened {
        /// The leg.
        leg: CallSid,
        /// What they pressed.
        keys: Digits,
    },
    /// A document for an agent's leg that is out of the room.
    AgentLeft {
        /// The leg.
        leg: CallSid,
        /// Whether the leg itself is over.
        is_over: bool,
    },
    /// A document for the leg of a supervisor who wishes to watch.
    WatcherJoins {
        /// Who.
        user: UserName,
        /// Their name.
        name: String,
        /// The leg.
        leg: CallSid,
        /// What they wish to do.
        mode: WatchMode,
    },
    /// A document for a watcher's leg that is out of the room.
    WatcherLeft {
        /// The leg.
        leg: CallSid,
        /// Whether the leg itself is over.
        is_over: bool,
    },

    /// A message that was left has been written down (recording callback).
    RecordingReady(Recording),
    /// How an agent's leg stands (status callback).
    Leg {
        /// The leg.
        leg: CallSid,
        /// The offer it was created for.
        offer: u32,
        /// How it stands.
        status: LegStatus,
    },
    /// What the carrier says of the room (conference callback).
    Room(RoomSaid),
    /// The dispatcher found an agent. Refused when the caller does not wait.
    Offer {
        /// Who.
        agent: UserName,
        /// Their name.
        name: String,
    },
    /// The console of whoever an offer rings at answers no more: nobody will pick up.
    ConsoleGone {
        /// Which offer.
        offer: u32,
    },
    /// An agent's click. Refused when it does not fit what is true.
    Command {
        /// Who.
        by: UserName,
        /// What they want.
        what: Command,
    },
    /// A timer is due.
    Due(Timer),
    /// What became of an effect.
    Did(Done),
    /// What a sweep saw; an error is why it could not look.
    Seen {
        /// The sweep's number.
        sweep: u32,
        /// What it saw.
        what: Result<Seen, String>,
    },
}

/// How many wait, and where in the queue the call stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueuePlace {
    /// The call's place, from 1; 0 when it does not wait.
    pub place: u32,
    /// How many others wait for the same line.
    pub waiting: u32,
    /// About how long it will take, in minutes, where anybody knows.
    pub minutes: Option<u32>,
}

/// A message that was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The carrier's name for it.
    pub sid: RecordingSid,
    /// Where the carrier keeps it.
    pub url: String,
    /// How long it is, in seconds.
    pub seconds: u32,
}

/// How an agent's leg stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegStatus {
    /// Not answered yet.
    Ringing,
    /// Answered.
    Answered,
    /// Over after it was answered.
    Completed,
    /// Busy, which is also what declining looks like.
    Busy,
    /// Not answered in time; at once, where no browser was registered.
    NoAnswer,
    /// Could not be called.
    Failed,
    /// Given up by us.
    Canceled,
}

/// What the carrier says of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSaid {
    /// Which conference.
    pub conference: ConferenceSid,
    /// Its number in the order of that conference's events.
    pub sequence: u32,
    /// What happened.
    pub event: RoomEvent,
}

/// What happened in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomEvent {
    /// It started: two are in, and one of them starts it.
    Started,
    /// It ended.
    Ended,
    /// A leg came in.
    Joined(CallSid),
    /// A leg is out.
    Left(CallSid, LeftBecause),
    /// A leg was put on hold, or taken off it.
    Held(CallSid, bool),
    /// Whether a leg's leaving ends the room.
    EndsRoom(CallSid, bool),
    /// Anything else.
    Other,
}

/// Why a leg is out of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftBecause {
    /// It hung up.
    HungUp,
    /// The room ended around it.
    RoomEnded,
    /// We moved or removed it.
    Moved,
    /// It never came in.
    NeverCame,
    /// The carrier does not say.
    Unknown,
}

/// What a sweep saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When it began to look.
    pub at: Moment,
    /// How the caller's own call stands.
    pub caller: Reported,
    /// The conference of the room's name that is not over, where there is one.
    pub conference: Option<ConferenceSid>,
    /// Whether it has started: its people hear each other, and no waiting music.
    pub has_started: bool,
    /// Who is connected to it.
    pub people: Vec<Present>,
}

/// A leg that is in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The leg.
    pub leg: CallSid,
    /// Whether it is on hold.
    pub is_held: bool,
    /// Whether its leaving ends the room.
    pub ends_room: bool,
    /// By whom it is heard.
    pub heard: HeardBy,
}

/// Something for people to deal with later, or to look at: written with the step that makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filed {
    /// A message was left.
    Voicemail(Recording),
    /// A recording is ready that is not to be kept: somebody who was in the call has been erased.
    Unwanted(RecordingSid),
    /// The caller wishes to be called back.
    Callback(PhoneNumber),
    /// The caller answered a question after the call.
    Survey {
        /// Which question, from 1.
        question: u8,
        /// The key.
        answer: u8,
    },
    /// Somebody did something in a call that is not theirs.
    Audited {
        /// Who.
        by: UserName,
        /// What, as a sentence.
        what: String,
    },
}
