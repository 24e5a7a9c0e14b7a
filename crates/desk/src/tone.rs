//! What a state means to the person who reads it; pages give each tone its icon and colour.

use exchange::{Outcome, VisitOutcome};
use serde::{Deserialize, Serialize};

/// How a state is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It went as it was meant to.
    Good,
    /// It is still going on.
    Live,
    /// It went another way, and nothing of ours is at fault.
    Quiet,
    /// Something failed and may want looking at.
    Bad,
    /// What became of it is not known.
    #[default]
    Unknown,
}

impl Tone {
    /// The tone of a call that ended so.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Connected
            | Outcome::Informed
            | Outcome::Attended
            | Outcome::Voicemail
            | Outcome::CallbackAsked => Self::Good,
            Outcome::NotReached
            | Outcome::Abandoned
            | Outcome::Closed
            | Outcome::TurnedAway
            | Outcome::NotAdmitted
            | Outcome::NoOffice
            | Outcome::Refused
            | Outcome::NoInput
            | Outcome::HungUp => Self::Quiet,
            Outcome::Failed | Outcome::Apologised => Self::Bad,
            Outcome::Unknown => Self::Unknown,
        }
    }

    /// The tone of an attempt to reach an office; nothing yet while it lasts.
    #[must_use]
    pub fn of_visit(outcome: Option<&VisitOutcome>) -> Self {
        let Some(outcome) = outcome else {
            return Self::Live;
        };
        match outcome {
            VisitOutcome::Talked(_) => Self::Good,
            VisitOutcome::NotConnected
            | VisitOutcome::Busy
            | VisitOutcome::NoAnswer
            | VisitOutcome::Canceled => Self::Quiet,
            VisitOutcome::Failed | VisitOutcome::NotAllowed(_) => Self::Bad,
            VisitOutcome::NotReported | VisitOutcome::Other(_) => Self::Unknown,
        }
    }
}

/// An outcome's word as a sentence; a word that is none stays as it is.
#[must_use]
pub fn outcome_text(word: &str) -> String {
    match Outcome::parse(word) {
        Some(outcome) => outcome.sentence().to_owned(),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_outcomes_are_told_as_sentences_and_others_as_they_are() {
        assert_eq!(outcome_text("connected"), "Connected");
        assert_eq!(outcome_text("moonlight"), "moonlight");
    }

    #[test]
    fn an_attempt_without_an_outcome_is_still_going_on() {
        assert_eq!(Tone::of_visit(None), Tone::Live);
    }
}
