//! What comes back of what was decided to be done later: timers that are due, and what became of effects.

use serde::{Deserialize, Serialize};

use super::HeardBy;
use crate::{CallSid, Moment};

/// A timer of a support call. One that is about what is past changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "timer")]
pub enum Timer {
    /// An offer has rung long enough.
    RingOver {
        /// Which.
        offer: u32,
    },
    /// Nobody came in time.
    NobodyCame {
        /// In which wait.
        wait: u32,
    },
    /// The caller is asked whether they wish to go on waiting.
    Choices {
        /// In which wait.
        wait: u32,
    },
    /// The agent who lost the caller has had time to come back.
    Recover {
        /// In which wait.
        wait: u32,
    },
    /// The caller should have asked where to go by now.
    Regroup {
        /// How many documents had led them somewhere when it was set.
        round: u32,
    },
    /// Nobody of the team to which the caller is to be handed over was free in time.
    SeekOver {
        /// When the transfer began.
        began: Moment,
    },
    /// Who could not be taken off hold is tried again.
    Release,
    /// A leg that could not be ended when the call was over is tried again.
    EndAgain,
}

/// Which leg is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegOf {
    /// The one that was created for an offer.
    Offer(u32),
    /// This one.
    Leg(CallSid),
}

/// What became of an effect. An error says why it was given up; a leg, call or room that is there no
/// more is no error for what was to end it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// [`crate::Effect::RingAgent`] and [`crate::Effect::RingNumber`]: the leg.
    Rang {
        /// For which offer.
        offer: u32,
        /// The leg, or why there is none.
        leg: Result<CallSid, String>,
    },
    /// [`crate::Effect::EndLeg`] and [`crate::Effect::SendAway`].
    LegEnded {
        /// Which leg.
        leg: LegOf,
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::EndRoom`].
    RoomEnded {
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::SetEndsRoom`].
    EndsRoomSet {
        /// Which leg.
        leg: CallSid,
        /// To what.
        on: bool,
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::Hold`].
    HoldSet {
        /// Which leg.
        leg: CallSid,
        /// To what.
        on: bool,
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::Mute`].
    MuteSet {
        /// Which leg.
        leg: CallSid,
        /// To what.
        on: bool,
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::SetHeard`].
    HeardSet {
        /// Which leg.
        leg: CallSid,
        /// By whom it was to be heard.
        by: HeardBy,
        /// How it went.
        how: Result<(), String>,
    },
    /// [`crate::Effect::RedirectCaller`].
    Redirected {
        /// The effect's round.
        round: u32,
        /// How it went.
        how: Result<(), String>,
    },
}
