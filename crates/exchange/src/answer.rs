//! What a caller is answered with, before it is written as a document.

use serde::{Deserialize, Serialize};

use crate::{CallOutRoute, ForwardRoute, LineId, MenuRoute, PhoneNumber, Speech};

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
}
