//! What can happen to a call, and what a decision about it consists of.

use serde::{Deserialize, Serialize};

use crate::{
    Answer, Call, CallOutRoute, DialReport, ForwardRoute, MenuRoute, Moment, Place, Reported,
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
    /// The carrier says, unasked, how the call stands.
    Reported(Reported),
    /// The carrier was asked how the call stands; an error is why it could not say.
    Asked(Result<Reported, String>),
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

/// What was decided about a call.
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
}

impl Effect {
    /// When it is to be done.
    #[must_use]
    pub const fn due(&self) -> Moment {
        match self {
            Self::AskCarrier { due } => *due,
        }
    }
}
