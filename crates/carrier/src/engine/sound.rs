//! Who hears what at this moment, as data for whoever mixes sound.

use std::collections::BTreeMap;

use twilio::CallSid;

use super::{Engine, RecordingSid, Time};

/// What every ear hears and every tape takes down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundPlan {
    /// What the far end of each connected leg hears.
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
        /// The keys.
        keys: String,
        /// When the first began.
        since: Time,
    },
    /// The tone before a message.
    Beep {
        /// When it began.
        since: Time,
    },
}

impl Engine {
    /// What is to be heard at this moment; another whenever [`Self::sound_revision`] is another.
    #[must_use]
    pub fn sound_plan(&self) -> SoundPlan {
        SoundPlan::default()
    }

    /// A number that goes up with everything that may change the plan.
    #[must_use]
    pub const fn sound_revision(&self) -> u64 {
        self.changes_made
    }
}
