//! What an agent writes about a call after it.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// The longest notes, in characters.
const LONGEST: usize = 2_000;

/// How a call went, in an agent's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// What the caller came for is done.
    Solved,
    /// There is more to do.
    FollowUp,
    /// The caller needs somebody else.
    PassedOn,
    /// The caller wanted another number.
    WrongNumber,
    /// Nobody was there, or the call broke off.
    NoTalk,
    /// Anything else.
    Other,
}

impl Disposition {
    /// Every disposition, in the order forms show them.
    pub const ALL: [Self; 6] = [
        Self::Solved,
        Self::FollowUp,
        Self::PassedOn,
        Self::WrongNumber,
        Self::NoTalk,
        Self::Other,
    ];

    /// A short word that stays the same for ever: for forms and the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::FollowUp => "follow-up",
            Self::PassedOn => "passed-on",
            Self::WrongNumber => "wrong-number",
            Self::NoTalk => "no-talk",
            Self::Other => "other",
        }
    }

    /// The disposition of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// The disposition for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Solved => "Solved",
            Self::FollowUp => "Needs follow-up",
            Self::PassedOn => "Passed on",
            Self::WrongNumber => "Wrong number",
            Self::NoTalk => "No talk",
            Self::Other => "Other",
        }
    }
}

/// What an agent writes about a call, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrapUpForm {
    /// The call.
    pub call: String,
    /// How it went, by the word of a [`Disposition`]; empty when they do not say.
    pub disposition: String,
    /// Anything else.
    pub notes: String,
}

/// A [`WrapUpForm`] whose fields make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUpWords {
    /// How the call went, where they say.
    pub disposition: Option<Disposition>,
    /// Anything else; may be empty.
    pub notes: String,
}

impl WrapUpForm {
    /// What was written.
    ///
    /// # Errors
    /// One for each field that makes no sense.
    pub fn parse(&self) -> Result<WrapUpWords, Vec<FieldError>> {
        let mut errors = Vec::new();
        let disposition = Disposition::parse(&self.disposition);
        if disposition.is_none() && !self.disposition.is_empty() {
            errors.push(FieldError::new("disposition", "Choose how the call went."));
        }
        let notes = self.notes.trim();
        if notes.chars().count() > LONGEST {
            let words = "Write at most 2,000 characters.";
            errors.push(FieldError::new("notes", words));
        }
        if errors.is_empty() {
            let notes = notes.to_owned();
            Ok(WrapUpWords { disposition, notes })
        } else {
            Err(errors)
        }
    }
}

impl WrapUpWords {
    /// Whether there is anything to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.disposition.is_none() && self.notes.is_empty()
    }
}
