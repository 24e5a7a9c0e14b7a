//! What a caller is answered with, before it is written as a document.

use serde::{Deserialize, Serialize};

use crate::{
    CallOutRoute, CallSid, ConferenceRoute, ForwardRoute, HeardBy, LineId, MenuRoute, PhoneNumber,
    RoomId, Speech, SupportRoute,
};

/// What happens on the caller's side next, one act after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer(pub Vec<Act>);

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Something is said.
    Say(Speech),
    /// Something is asked; the answer, or silence, leads on.
    Ask(Ask),
    /// Somebody is dialled and connected.
    Dial(Dial),
    /// The leg enters a room.
    Join(Join),
    /// Music of our own making, once through.
    Music,
    /// A beep of our own making.
    Beep,
    /// A message may be left after the tone.
    Record(Record),
    /// The call goes on elsewhere.
    Goto(Route),
    /// The call ends.
    HangUp,
}

/// A question that is answered by keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// What is asked; keys work while it is said.
    pub speech: Speech,
    /// Which keys are waited for.
    pub keys: Keys,
    /// Where the answer goes, and silence too.
    pub then: Route,
}

/// Which keys are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// How many make an answer; fewer are taken after a pause or `#`.
    pub most: u8,
    /// How long to wait for the first and between keys, in seconds.
    pub patience: u8,
}

/// Somebody to be connected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// Their number.
    pub to: PhoneNumber,
    /// The number they see: one that the carrier accepts, or the carrier's own choice.
    pub caller_id: Option<PhoneNumber>,
    /// How the caller waits for them.
    pub manner: Manner,
    /// How long they ring, in seconds.
    pub ring_seconds: u16,
    /// Where the call goes when that is over.
    pub then: Route,
}

/// A room to enter. Every entry carries the same callbacks, for the first one fixes them (reference
/// A.3.9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// Which.
    pub room: RoomName,
    /// Whether the leg starts the room.
    pub starts: bool,
    /// Whether its leaving ends it.
    pub ends: bool,
    /// By whom it is heard there.
    pub heard: HeardBy,
    /// Whether the others hear a beep when it comes and goes.
    pub beep: JoinBeep,
    /// Whether the room is recorded from its start.
    pub records: bool,
    /// Whether `*` leads out of it.
    pub leaves_on_star: bool,
    /// How many may be in it, where fewer than the carrier's own limit may.
    pub most: Option<u8>,
    /// What it hears until the room starts; silence, where nothing is said.
    pub wait: Option<Route>,
    /// Where the leg goes when it is out of the room.
    pub then: Route,
}

/// The name of a room for the carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomName {
    /// The room of a support call.
    Call(CallSid),
    /// A room of a conference line.
    Line(RoomId),
}

impl RoomName {
    /// The name as the carrier knows it: the conference's friendly name.
    #[must_use]
    pub fn friendly(&self) -> String {
        match self {
            Self::Call(call) => call.to_string(),
            Self::Line(room) => room.to_string(),
        }
    }
}

/// Whether the others in a room hear a beep when a leg comes and goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinBeep {
    /// They do not.
    #[default]
    Never,
    /// They do.
    Both,
    /// When it comes.
    Coming,
    /// When it goes.
    Leaving,
}

/// A message to be left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How long it may be, in seconds.
    pub most_seconds: u16,
    /// How much silence ends it, in seconds.
    pub silence_seconds: u8,
    /// Where the call goes then.
    pub then: Route,
}

/// How a caller waits for somebody to be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// We speak with the caller ourselves, and `*` leaves the other side for what comes next.
    Led,
    /// The caller dialled: they hear it ring, and every key is for the other side.
    Direct,
}

/// Where a call can go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// The entry of a line.
    Line(LineId),
    /// A step of a forwarding line.
    Forward(ForwardRoute),
    /// A step of a phone tree.
    Menu(MenuRoute),
    /// A step of a call that a browser makes.
    CallOut(CallOutRoute),
    /// A step of a support call.
    Support(CallSid, SupportRoute),
    /// A step of a visit to a conference line.
    Conference(ConferenceRoute),
}

impl Join {
    /// Enters a room in the plainest way: heard by everybody, and neither starting nor ending it.
    #[must_use]
    pub const fn to(room: RoomName, then: Route) -> Self {
        Self {
            room,
            starts: false,
            ends: false,
            heard: HeardBy::Everybody,
            beep: JoinBeep::Never,
            records: false,
            leaves_on_star: false,
            most: None,
            wait: None,
            then,
        }
    }
}
