//! What can happen to a call, and what a decision about it consists of.

use serde::{Deserialize, Serialize};

use crate::{
    AgentEvent, Answer, Call, CallOutRoute, CallSid, ConferenceEvent, DialReport, Filed,
    ForwardRoute, HeardBy, LegOf, MenuRoute, Moment, PhoneNumber, Place, QueuePlace, Refusal,
    Reported, RoomDeed, RoomId, RoomStep, SupportEvent, Timer, UserName, WallClocks,
};

/// Something that happened to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The call came in at the entry of its line.
    Arrived(Input),
    /// The call came to a step of a forwarding line.
    Forward(ForwardRoute, Input),
    /// The call came to a step of a phone tree.
    Menu(MenuRoute, Input),
    /// A browser calls out, or its dialled party is over.
    CallOut(CallOutRoute, Input),
    /// Something of a support line.
    Support(SupportEvent),
    /// Something of a conference line.
    Conference(ConferenceEvent),
    /// The carrier says, unasked, how the call stands.
    Reported(Reported),
    /// The carrier was asked how the call stands; an error is why it could not say.
    Asked(Result<Reported, String>),
}

impl Event {
    /// The same event at what the clocks of the plan show, for a step that may begin on a line.
    #[must_use]
    pub fn at_clocks(mut self, clocks: impl FnOnce() -> WallClocks) -> Self {
        match &mut self {
            Self::Arrived(input)
            | Self::Forward(_, input)
            | Self::Menu(_, input)
            | Self::Support(SupportEvent::Enter(input))
            | Self::Conference(ConferenceEvent::Visits(_, input)) => input.clocks = clocks(),
            Self::CallOut(..)
            | Self::Support(_)
            | Self::Conference(_)
            | Self::Reported(_)
            | Self::Asked(_) => {}
        }
        self
    }
}

/// What the carrier sent along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What the caller pressed.
    pub digits: Digits,
    /// What became of a dialled party, when one was dialled.
    pub dial: Option<DialReport>,
    /// Whether the request itself says that the caller's call is over.
    pub caller_is_gone: bool,
    /// Where the carrier thinks the caller is.
    pub place: Place,
    /// Where the call stands in the queue, for the steps of a support line that read it.
    pub queue: Option<QueuePlace>,
    /// Whether wrong codes and PINs came from the caller's number too often of late, for the steps of
    /// a conference line that read one.
    pub too_many: bool,
    /// What the clocks show in the zones that the plan names, for steps that begin on a line.
    pub clocks: WallClocks,
    /// The draft of a menu that the call was placed to try, by its number.
    pub trial: Option<u32>,
}

/// What the caller pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// Nothing.
    #[default]
    None,
    /// Keys of a telephone.
    Keys(String),
    /// Something that no telephone sends.
    Nonsense,
}

impl Digits {
    /// What stands in the carrier's `Digits`; white space around it does not count.
    #[must_use]
    pub fn parse(text: Option<&str>) -> Self {
        let text = text.unwrap_or("").trim();
        if text.is_empty() {
            Self::None
        } else if text.len() <= 32
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || b"*#".contains(&b))
        {
            Self::Keys(text.to_owned())
        } else {
            Self::Nonsense
        }
    }

    /// The one key, when it is one.
    #[must_use]
    pub fn key(&self) -> Option<char> {
        match self {
            Self::Keys(keys) if keys.len() == 1 => keys.chars().next(),
            Self::Keys(_) | Self::None | Self::Nonsense => None,
        }
    }
}

/// What was decided about a call. It is written whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The call as it now stands.
    pub call: Call,
    /// What the caller is answered with; nothing for events that ask for no answer.
    pub answer: Option<Answer>,
    /// The journal's lines, in plain words.
    pub lines: Vec<String>,
    /// What is to be done later.
    pub effects: Vec<Effect>,
    /// What it means for agents, in order; when one of them refuses, nothing of the step is done.
    pub agents: Vec<(UserName, AgentEvent)>,
    /// What people will deal with later.
    pub filed: Vec<Filed>,
    /// Why what somebody wants cannot be. Nothing else of the step has changed then, and it need not
    /// be written.
    pub refusal: Option<Refusal>,
    /// What it makes of the room that was handed in; nothing when that has not changed.
    pub room: Option<RoomStep>,
    /// Whether a code or PIN was wrong: it is counted against the caller's number.
    pub wrong_code: bool,
}

impl Step {
    /// A step that changes nothing.
    pub(crate) const fn nothing(call: Call) -> Self {
        Self {
            call,
            answer: None,
            lines: Vec::new(),
            effects: Vec::new(),
            agents: Vec::new(),
            filed: Vec::new(),
            refusal: None,
            room: None,
            wrong_code: false,
        }
    }
}

/// Something to be done outside, whose outcome comes back as an [`Event`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// The carrier is asked how the call stands, for its last callback may have been lost.
    AskCarrier {
        /// Not before this moment.
        due: Moment,
    },
    /// An agent is rung by a call of its own, whose document leads them into the room.
    RingAgent {
        /// The offer.
        offer: u32,
        /// Who.
        agent: UserName,
        /// Whether they had the caller before: their browser joins by itself.
        again: bool,
        /// How long it rings, in seconds.
        ring_seconds: u16,
    },
    /// A telephone is rung by a call of its own, whose document leads it into the room.
    RingNumber {
        /// The offer.
        offer: u32,
        /// Which.
        number: PhoneNumber,
        /// How long it rings, in seconds.
        ring_seconds: u16,
    },
    /// An agent's leg is ended: cancelled while it rings.
    EndLeg {
        /// Which.
        leg: LegOf,
    },
    /// The room is ended for all who are in it.
    EndRoom,
    /// Whether an agent's leaving ends the room.
    SetEndsRoom {
        /// The agent's leg.
        leg: CallSid,
        /// Whether it does.
        on: bool,
    },
    /// A leg in the room is put on hold, or taken off it.
    Hold {
        /// Which.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// A leg in the room is muted, or heard again.
    Mute {
        /// Which.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// A leg in the room is to be heard by these alone.
    SetHeard {
        /// Which.
        leg: CallSid,
        /// By whom.
        by: HeardBy,
    },
    /// An agent's leg is led out of the room, told that somebody else has the caller, and ended.
    SendAway {
        /// Which.
        leg: CallSid,
    },
    /// The caller is led to [`crate::SupportRoute::Next`], out of whatever they are in.
    RedirectCaller {
        /// How many documents had led the caller somewhere when it was decided.
        round: u32,
    },
    /// A timer; it is only waited for.
    Tick {
        /// Which.
        timer: Timer,
        /// Not before this moment.
        due: Moment,
    },
    /// The carrier is asked who is in the room and how the caller's call stands.
    Sweep {
        /// Its number.
        sweep: u32,
        /// Not before this moment.
        due: Moment,
    },
    /// Something is done in a room of a conference line.
    InRoom {
        /// Which.
        room: RoomId,
        /// What.
        what: RoomDeed,
    },
}

impl Effect {
    /// When it is to be done, at the earliest.
    #[must_use]
    pub fn due(&self, decided: Moment) -> Moment {
        match self {
            Self::AskCarrier { due } | Self::Tick { due, .. } | Self::Sweep { due, .. } => *due,
            Self::InRoom { what, .. } => what.due(decided),
            Self::RingAgent { .. }
            | Self::RingNumber { .. }
            | Self::EndLeg { .. }
            | Self::EndRoom
            | Self::SetEndsRoom { .. }
            | Self::Hold { .. }
            | Self::Mute { .. }
            | Self::SetHeard { .. }
            | Self::SendAway { .. }
            | Self::RedirectCaller { .. } => decided,
        }
    }

    /// A word for its kind.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::AskCarrier { .. } => "ask_carrier",
            Self::RingAgent { .. } => "ring_agent",
            Self::RingNumber { .. } => "ring_number",
            Self::EndLeg { .. } => "end_leg",
            Self::EndRoom => "end_room",
            Self::SetEndsRoom { .. } => "set_ends_room",
            Self::Hold { .. } => "hold",
            Self::Mute { .. } => "mute",
            Self::SetHeard { .. } => "set_heard",
            Self::SendAway { .. } => "send_away",
            Self::RedirectCaller { .. } => "redirect_caller",
            Self::Tick { .. } => "tick",
            Self::Sweep { .. } => "sweep",
            Self::InRoom { what, .. } => what.word(),
        }
    }

    /// Effects of one call in one lane are done one after the other, in the order of their deciding;
    /// those without a lane whenever they are due. A room has a lane, and each offer its own, so that
    /// a cancel waits for the create that it cancels and for nothing else.
    #[must_use]
    pub fn lane(&self) -> Option<String> {
        match self {
            Self::AskCarrier { .. } | Self::Tick { .. } | Self::Sweep { .. } => None,
            Self::RingAgent { offer, .. }
            | Self::RingNumber { offer, .. }
            | Self::EndLeg {
                leg: LegOf::Offer(offer),
            } => Some(format!("offer-{offer}")),
            Self::EndLeg {
                leg: LegOf::Leg(leg),
            }
            | Self::SendAway { leg } => Some(leg.to_string()),
            Self::EndRoom
            | Self::SetEndsRoom { .. }
            | Self::Hold { .. }
            | Self::Mute { .. }
            | Self::SetHeard { .. }
            | Self::RedirectCaller { .. } => Some("room".to_owned()),
            Self::InRoom { what, .. } => what.lane(),
        }
    }

    /// Whether it is still to be done when the call has ended meanwhile.
    #[must_use]
    pub const fn outlives_the_call(&self) -> bool {
        match self {
            Self::EndLeg { .. }
            | Self::EndRoom
            | Self::SendAway { .. }
            | Self::InRoom { .. }
            | Self::Tick {
                timer: Timer::EndAgain,
                ..
            } => true,
            Self::AskCarrier { .. }
            | Self::RingAgent { .. }
            | Self::RingNumber { .. }
            | Self::SetEndsRoom { .. }
            | Self::Hold { .. }
            | Self::Mute { .. }
            | Self::SetHeard { .. }
            | Self::RedirectCaller { .. }
            | Self::Tick { .. }
            | Self::Sweep { .. } => false,
        }
    }
}
