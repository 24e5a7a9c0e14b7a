//! Pretend telephones: those that are in a call, what happened on them, and what may be done with them.

mod acts;
mod forms;
mod habit;
mod log;
mod samples;

use serde::{Deserialize, Serialize};

use crate::live::Board;
use crate::tone::Tone;

pub use acts::{PhoneAct, PhoneActForm, key_of};
pub use forms::{HabitForm, NewCall, PlaceCallForm};
pub use habit::{Habit, NumberHabit};
pub use log::{Happening, Logged, Paper, Utterance, Voice};
pub use samples::{SAMPLE_CALLERS, SampleCaller};

/// Everything that the page of the pretend telephones begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phones {
    /// What time it is at the carrier, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The lines that can be called.
    pub lines: Vec<LineChoice>,
    /// Regions by the code that the carrier reports, with their names.
    pub regions: Vec<(String, String)>,
    /// Numbers that the lines dial, with whose they are.
    pub offices: Vec<(String, String)>,
    /// How the telephones stand.
    pub board: Board,
}

/// A line that can be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChoice {
    /// The line's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its number, for people.
    pub number: String,
}

/// A telephone that is, or was, in a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The carrier's id of this telephone's leg.
    pub sid: String,
    /// The carrier's id of the caller's leg, which names the whole call.
    pub call: String,
    /// Which side of the call it is.
    pub side: Side,
    /// Its number as the carrier writes it, or the word of a caller who withholds it.
    pub number: String,
    /// Whose it is, for people.
    pub holder: String,
    /// More about them: the number, a place, an office.
    pub about: String,
    /// Who is at the other end, for people.
    pub other: String,
    /// The language of the line, as BCP 47 writes it.
    pub language: String,
    /// How it stands.
    pub stage: Stage,
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: i64,
    /// How the call ended, in words; empty before.
    pub outcome: String,
    /// Whether keys are waited for.
    pub awaits_keys: bool,
    /// What happened, from the beginning.
    pub log: Vec<Logged>,
}

/// Which side of a call a telephone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It called one of our lines.
    Caller,
    /// One of our lines dialled it.
    Callee,
}

/// How a telephone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It rings, or hears ringing.
    Ringing,
    /// It is connected.
    Talking,
    /// Its call is over.
    Over,
}

impl Stage {
    /// The stage as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ringing => "Ringing",
            Self::Talking => "Talking",
            Self::Over => "Over",
        }
    }

    /// How it is to be taken.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Ringing | Self::Talking => Tone::Live,
            Self::Over => Tone::Quiet,
        }
    }
}

impl Phone {
    /// Whether somebody has to decide what this telephone does.
    #[must_use]
    pub fn wants_answer(&self) -> bool {
        self.side == Side::Callee && self.stage == Stage::Ringing
    }
}

#[cfg(test)]
pub(crate) use log::tests;
