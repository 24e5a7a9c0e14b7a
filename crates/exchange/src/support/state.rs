//! How far a support call is.

use serde::{Deserialize, Serialize};

use super::{Help, Instead, PastTransfer, Purpose, Ringing, Screening, Transfer, Watcher};
use crate::{CallSid, ConferenceSid, Moment, PhoneNumber, RecordingSid, TeamId, UserName, WhyNot};

/// How far a support call is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// What is true of the caller.
    pub stage: Stage,
    /// Since when they wait, for the order of the queue.
    pub queued: Moment,
    /// Whether they come before others.
    pub priority: Priority,
    /// How often they have begun to wait; timers of an earlier wait are about what is past.
    pub waits: u32,
    /// When the present wait began.
    pub waiting_since: Moment,
    /// The place that they were told last, and how many wait documents they have heard since.
    pub told: Option<(u32, u32)>,
    /// Who was rung for them, in order; an offer's number is its place, from 1.
    pub offers: Vec<Offer>,
    /// The legs of agents that are or were to be in the room.
    pub seats: Vec<Seat>,
    /// The room.
    pub room: Room,
    /// When an agent first talked with them.
    pub talked: Option<Moment>,
    /// Why there was no agent for them, once that is so.
    pub turned: Option<WhyTurned>,
    /// The message that they left.
    pub message: Option<RecordingSid>,
    /// Whether they asked to be called back.
    pub callback: bool,
    /// The number of the sweep that counts; an earlier one does not go on.
    pub sweep: u32,
    /// When the carrier was last asked who is in the room, and had an answer.
    #[serde(default)]
    pub reconciled: Option<Moment>,
    /// The transfer that is under way.
    #[serde(default)]
    pub transfer: Option<Transfer>,
    /// Earlier transfers, in order.
    #[serde(default)]
    pub past_transfers: Vec<PastTransfer>,
    /// The team to whose queue the caller was handed over; else the line's.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// Legs that could not be ended when the call was over.
    #[serde(default)]
    pub unended: Vec<super::LegOf>,
    /// Supervisors who listen, coach or speak, or did.
    #[serde(default)]
    pub watchers: Vec<Watcher>,
    /// The agent who asks for help.
    #[serde(default)]
    pub help: Option<Help>,
    /// When a supervisor took the caller over last. Those who had them until then are told so.
    #[serde(default)]
    pub taken_over: Option<Moment>,
}

/// What is true of a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// They have just come.
    Arrived,
    /// They are in the room with music, or on their way there.
    Waiting(Waiting),
    /// The same, and an agent is being rung.
    Offered {
        /// Which offer.
        offer: u32,
    },
    /// An agent talks with them.
    Talking {
        /// Who.
        agent: UserName,
        /// By which leg.
        leg: CallSid,
        /// Since when.
        since: Moment,
    },
    /// Somebody at a telephone talks with them, to whom they were handed over.
    Outside {
        /// Their number.
        number: PhoneNumber,
        /// By which leg.
        leg: CallSid,
        /// Since when.
        since: Moment,
    },
    /// There is no agent for them; they are on their way to what there is instead.
    TurnedAway(TurnedAway),
    /// They are asked something, outside the room.
    Asked(Question),
    /// They may leave a message, outside the room.
    Recording,
    /// Their talk was ended by command; they are on their way out of the room.
    Ending(Ending),
    /// They are asked about the call.
    Survey {
        /// Which question, from 1.
        question: u8,
    },
}

/// How a caller waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The agent who lost them, who alone may take them for a while.
    pub first: Option<UserName>,
    /// They are not offered before this moment.
    pub not_before: Moment,
}

/// A caller for whom there is no agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedAway {
    /// What there is instead.
    pub to: Instead,
    /// Why.
    pub why: WhyTurned,
}

/// Why there is no agent for a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyTurned {
    /// The line is closed.
    Closed,
    /// Too many wait already.
    Full,
    /// Nobody came in time.
    NobodyCame,
}

/// What a waiting caller is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Whether they wish to go on waiting, leave a message, or be called back.
    Choices,
    /// Whether their own number is the one to call back.
    CallbackNumber,
    /// Which number to call back.
    OtherNumber,
}

/// Whose command ended a talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Whose.
    pub by: UserName,
    /// When.
    pub since: Moment,
}

/// Whether a caller comes before others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Before everybody else: they had somebody already.
    Front,
    /// In their turn.
    #[default]
    Normal,
}

/// A call that rings, or rang, at an agent, or at a telephone to which the caller is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who; for a telephone, the agent who hands over.
    pub agent: UserName,
    /// The telephone that rings, where it is one.
    #[serde(default)]
    pub number: Option<PhoneNumber>,
    /// What it is for.
    #[serde(default)]
    pub purpose: Purpose,
    /// Their name; a telephone's number as people read it.
    pub name: String,
    /// Whether they had the caller before and lost them: their browser joins by itself.
    pub again: bool,
    /// When it began.
    pub began: Moment,
    /// The leg that was created for it, once it is known.
    pub leg: Option<CallSid>,
    /// Whether its creation was answered; until then there may be another that nobody has told of.
    #[serde(default)]
    pub is_placed: bool,
    /// How long that leg rings, once it is known.
    #[serde(default)]
    pub ringing: Option<Ringing>,
    /// That whoever answered at a telephone is asked to press a key.
    #[serde(default)]
    pub screening: Option<Screening>,
    /// What became of it, once it is over.
    pub outcome: Option<OfferOutcome>,
}

/// What became of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferOutcome {
    /// They answered.
    Answered,
    /// They were rung in vain.
    Vain(WhyNot),
    /// It could not be made, in words.
    NotMade(String),
    /// It was taken back: the caller went, or another way.
    Withdrawn,
}

/// The leg of an agent, or of a telephone to which the caller is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The leg.
    pub leg: CallSid,
    /// Whose; for a telephone, of the agent who brought it in.
    pub agent: UserName,
    /// The telephone, where it is one.
    #[serde(default)]
    pub number: Option<PhoneNumber>,
    /// The offer it was created for; none on the tutorial's routes, whose agents have no console of
    /// ours and hang up by hanging up.
    pub offer: Option<u32>,
    /// When it was led into the room.
    pub answered: Moment,
    /// When the carrier said that it came in.
    pub joined: Option<Moment>,
    /// When it was known to be out.
    pub gone: Option<Moment>,
    /// Whether its leaving ends the room.
    pub ends_room: Switch,
    /// When its agent handed the caller over. It goes as soon as the caller is off hold.
    #[serde(default)]
    pub leaving: Option<Moment>,
    /// Whether it is on hold.
    #[serde(default)]
    pub hold: Hold,
    /// Whether it is to be off hold whatever the carrier says: it is tried until it succeeds.
    #[serde(default)]
    pub is_released: bool,
    /// How many holds of it the carrier has not answered yet; only the last answer counts.
    #[serde(default)]
    pub hold_sets: u32,
    /// The same, of whether its leaving ends the room.
    #[serde(default)]
    pub flag_sets: u32,
    /// Whether it is muted.
    #[serde(default)]
    pub mute: Switch,
    /// How many documents had led the caller somewhere when it was led into the room.
    #[serde(default)]
    pub round: u32,
}

/// Something that is switched on and off by REST.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// Off.
    #[default]
    Off,
    /// Being switched on.
    TurningOn,
    /// On.
    On,
    /// Being switched off.
    TurningOff,
}

/// Whether somebody is on hold.
pub type Hold = Switch;

/// The caller's room. Its name is the caller's call SID.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The conference that the carrier made of it, once it is known.
    pub conference: Option<ConferenceSid>,
    /// The latest number of that conference's events.
    pub sequence: Option<u32>,
    /// Earlier conferences of the room: what is said of them is past.
    pub past: Vec<ConferenceSid>,
    /// How many documents have led the caller somewhere.
    pub round: u32,
    /// When the last one did.
    pub led_at: Moment,
    /// Since when the caller is to be led elsewhere, and has not asked where yet.
    pub moving_since: Option<Moment>,
    /// Whether the caller is on hold.
    pub hold: Hold,
    /// Whether they are to be off hold whatever the carrier says: it is tried until it succeeds.
    #[serde(default)]
    pub is_released: bool,
    /// How many holds of them the carrier has not answered yet; only the last answer counts.
    #[serde(default)]
    pub hold_sets: u32,
    /// Whether the caller is muted.
    #[serde(default)]
    pub mute: Switch,
    /// Whether a document for a caller who is out of the room may still be asked for because we led
    /// them out of it: it says nothing about the talk.
    #[serde(default)]
    pub is_left_due: bool,
}

impl Support {
    /// Somebody has just come.
    #[must_use]
    pub fn arrived(now: Moment) -> Self {
        Self {
            stage: Stage::Arrived,
            queued: now,
            priority: Priority::Normal,
            waits: 0,
            waiting_since: now,
            told: None,
            offers: Vec::new(),
            seats: Vec::new(),
            room: Room::default(),
            talked: None,
            turned: None,
            message: None,
            callback: false,
            sweep: 0,
            transfer: None,
            past_transfers: Vec::new(),
            team: None,
            unended: Vec::new(),
            watchers: Vec::new(),
            help: None,
            taken_over: None,
            reconciled: None,
        }
    }

    /// An offer by its number.
    #[must_use]
    pub fn offer(&self, number: u32) -> Option<&Offer> {
        self.offers
            .get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The leg that is meant, where there is one.
    #[must_use]
    pub fn leg_of<'a>(&'a self, leg: &'a super::LegOf) -> Option<&'a CallSid> {
        match leg {
            super::LegOf::Leg(leg) => Some(leg),
            super::LegOf::Offer(number) => self.offer(*number)?.leg.as_ref(),
        }
    }
}

impl Stage {
    /// A word for the stage that stays the same for ever.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Waiting(_) => "waiting",
            Self::Offered { .. } => "offered",
            Self::Talking { .. } => "talking",
            Self::Outside { .. } => "outside",
            Self::TurnedAway(_) => "turned_away",
            Self::Asked(_) => "asked",
            Self::Recording => "recording",
            Self::Ending(_) => "ending",
            Self::Survey { .. } => "survey",
        }
    }

    /// The leg of whoever has the caller: an agent's, or a telephone's.
    #[must_use]
    pub const fn leg(&self) -> Option<&CallSid> {
        match self {
            Self::Talking { leg, .. } | Self::Outside { leg, .. } => Some(leg),
            Self::Arrived
            | Self::Waiting(_)
            | Self::Offered { .. }
            | Self::TurnedAway(_)
            | Self::Asked(_)
            | Self::Recording
            | Self::Ending(_)
            | Self::Survey { .. } => None,
        }
    }
}

impl Switch {
    /// Whether it is on, or being switched on.
    #[must_use]
    pub const fn is_meant_on(self) -> bool {
        match self {
            Self::TurningOn | Self::On => true,
            Self::Off | Self::TurningOff => false,
        }
    }
}
