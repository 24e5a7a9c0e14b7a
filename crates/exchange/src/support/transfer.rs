//! Handing a caller over: what is known of a transfer, and how one ended.

use serde::{Deserialize, Serialize};

use crate::{CallSid, Moment, PhoneNumber, TeamId, UserName};

/// A transfer that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// How the caller changes hands. A transfer whose first agent has left is cold, whatever it was.
    pub kind: TransferKind,
    /// Who hands over.
    pub by: UserName,
    /// To whom.
    pub target: Target,
    /// What they wrote for whoever takes the caller.
    pub note: String,
    /// When it began.
    pub began: Moment,
    /// How far it is.
    pub step: TransferStep,
}

/// How a caller changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// The second agent joins both at once.
    Warm,
    /// The caller hears music while the two agents speak first.
    Consult,
    /// The first agent leaves at once; the caller hears music until somebody answers.
    Cold,
}

/// To whom a caller is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// An agent.
    Agent {
        /// Who.
        user: UserName,
        /// Their name.
        name: String,
    },
    /// Whoever of a team is free first.
    Queue {
        /// Which team.
        team: TeamId,
    },
    /// Somebody at a telephone.
    Number {
        /// Their number.
        number: PhoneNumber,
    },
}

/// How far a transfer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferStep {
    /// The room is being made ready: the first agent's leaving is no longer to end it, and for a
    /// consult the caller is put on hold. Nobody is rung before both are confirmed.
    Preparing {
        /// The offer that will be made; none for a queue.
        offer: Option<u32>,
    },
    /// Nobody of the team is free yet.
    Seeking {
        /// Nobody is offered the caller before this moment.
        not_before: Moment,
    },
    /// The target is rung.
    Ringing {
        /// By which offer.
        offer: u32,
    },
    /// The first agent speaks with one of the two, and the other hears music.
    Briefing {
        /// The target's leg.
        leg: CallSid,
        /// With whom.
        with: Side,
    },
    /// All three hear each other.
    ThreeWay {
        /// The target's leg.
        leg: CallSid,
    },
}

/// With whom the first agent speaks in a consult.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// With the target.
    Target,
    /// With the caller.
    Caller,
}

/// A transfer that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTransfer {
    /// What it was.
    pub kind: TransferKind,
    /// Who handed over, or wished to.
    pub by: UserName,
    /// To whom.
    pub target: Target,
    /// When it began.
    pub began: Moment,
    /// When it was over.
    pub ended: Moment,
    /// How.
    pub end: TransferEnd,
    /// The same as a sentence, for whoever looks for the reason.
    pub words: String,
}

/// How a transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferEnd {
    /// The target has the caller.
    HandedOver,
    /// The target was not reached.
    NotReached,
    /// The carrier could not do what it takes.
    NotPossible,
    /// It was cancelled.
    Cancelled,
    /// The target came, and went again.
    TargetLeft,
    /// The caller hung up.
    CallerLeft,
    /// Somebody else has taken the caller meanwhile.
    Overtaken,
}

/// What an offer is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The caller waits.
    #[default]
    Queue,
    /// Somebody hands the caller over.
    Transfer {
        /// Who.
        by: UserName,
        /// Their name.
        by_name: String,
        /// How.
        kind: TransferKind,
        /// What they wrote.
        note: String,
    },
}

impl TransferKind {
    /// Every kind, in the order menus show them.
    pub const ALL: [Self; 3] = [Self::Warm, Self::Consult, Self::Cold];

    /// A short word that stays the same for ever.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Consult => "consult",
            Self::Cold => "cold",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Target {
    /// Who is meant, in words.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Agent { name, .. } => name.clone(),
            Self::Queue { team } => format!("the team {team}"),
            Self::Number { number } => number.formatted(),
        }
    }
}

impl TransferStep {
    /// A short word that stays the same for ever.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Preparing { .. } => "preparing",
            Self::Seeking { .. } => "seeking",
            Self::Ringing { .. } => "ringing",
            Self::Briefing {
                with: Side::Target, ..
            } => "briefing",
            Self::Briefing {
                with: Side::Caller, ..
            } => "swapped",
            Self::ThreeWay { .. } => "three_way",
        }
    }

    /// The offer that is or will be made.
    #[must_use]
    pub const fn offer(&self) -> Option<u32> {
        match self {
            Self::Preparing { offer } => *offer,
            Self::Ringing { offer } => Some(*offer),
            Self::Seeking { .. } | Self::Briefing { .. } | Self::ThreeWay { .. } => None,
        }
    }

    /// Whether an offer has been written down and nobody has been asked to ring yet: there is no leg to look for.
    pub(super) fn only_prepares(&self, offer: u32) -> bool {
        *self == Self::Preparing { offer: Some(offer) }
    }

    /// The target's leg, once they have answered.
    #[must_use]
    pub const fn leg(&self) -> Option<&CallSid> {
        match self {
            Self::Briefing { leg, .. } | Self::ThreeWay { leg } => Some(leg),
            Self::Preparing { .. } | Self::Seeking { .. } | Self::Ringing { .. } => None,
        }
    }
}

impl Transfer {
    /// What is true of it, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let name = self.target.name();
        match &self.step {
            TransferStep::Preparing { .. } => format!("{name} is about to be rung"),
            TransferStep::Seeking { .. } => format!("nobody of {name} is free yet"),
            TransferStep::Ringing { .. } => format!("{name} is being rung"),
            TransferStep::Briefing {
                with: Side::Target, ..
            } => format!("{name} has answered, and the caller hears music"),
            TransferStep::Briefing {
                with: Side::Caller, ..
            } => format!("{name} hears music, and the caller is spoken with"),
            TransferStep::ThreeWay { .. } => format!("{name} and the caller are in the call"),
        }
    }
}
