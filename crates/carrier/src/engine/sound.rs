//! Who hears what at this moment, as data for whoever mixes sound.

mod hearing;
mod room;
mod tapes;

use std::collections::BTreeMap;

use twilio::CallSid;

use super::leg::{Leg, Status, Wire};
use super::{Engine, RecordingSid, Time};

/// What every ear hears and every tape takes down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundPlan {
    /// What each leg hears at whose far end a telephone or a browser is connected, or hears ringing.
    pub ears: BTreeMap<CallSid, Vec<Sounding>>,
    /// What is recorded.
    pub tapes: BTreeMap<RecordingSid, TapePlan>,
}

/// What one recording takes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapePlan {
    /// One channel or two; an empty one takes down silence.
    pub channels: Vec<Vec<Sounding>>,
}

/// One thing that is heard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sounding {
    /// Whoever is at the far end of this leg.
    Voice(CallSid),
    /// The carrier's music.
    Music,
    /// A telephone that rings somewhere else.
    Ringback,
    /// Words that are read out.
    Words {
        /// The words.
        text: String,
        /// When their reading began.
        since: Time,
    },
    /// A sound that was fetched.
    Sound {
        /// Where from.
        url: String,
        /// When it began.
        since: Time,
    },
    /// Keys that are played.
    Keys {
        /// The keys, with `w` and `W` for half a second and a second without a tone.
        keys: String,
        /// When the first began.
        since: Time,
    },
    /// A short tone: before a message, or when somebody enters or leaves a room.
    Beep {
        /// When it began.
        since: Time,
    },
}

impl Engine {
    /// What is to be heard at this moment; another only when [`Self::sound_revision`] is another.
    #[must_use]
    pub fn sound_plan(&self) -> SoundPlan {
        let ears = self.legs.values().filter(|leg| has_an_ear(leg));
        SoundPlan {
            ears: ears
                .map(|leg| {
                    let heard = self.heard_on(leg, &mut vec![leg.sid.clone()]);
                    (leg.sid.clone(), tidy(heard))
                })
                .collect(),
            tapes: self.tapes_planned(),
        }
    }

    /// A number that goes up with everything that may change the plan.
    #[must_use]
    pub const fn sound_revision(&self) -> u64 {
        self.changes_made
    }
}

/// Whether somebody at the far end of a leg is connected, or hears ringing.
fn has_an_ear(leg: &Leg) -> bool {
    let is_somebody = match leg.wire {
        Wire::Telephone | Wire::Client => true,
        Wire::Leg(_) => false,
    };
    is_somebody && (leg.status == Status::InProgress || leg.is_unanswered_inbound())
}

/// The sounds in order; what comes by two ways is heard once.
fn tidy(mut sounds: Vec<Sounding>) -> Vec<Sounding> {
    sounds.sort();
    sounds.dedup();
    sounds
}
