//! What outside telephones do when they ring.

use serde::{Deserialize, Serialize};

/// What an outside telephone does when it rings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "habit", rename_all = "snake_case")]
pub enum Habit {
    /// Whoever looks at the page decides.
    #[default]
    Ask,
    /// It answers by itself.
    Answer {
        /// After so many seconds of ringing.
        after_s: u32,
        /// It hangs up after so many seconds of talking; it does not where there is none.
        talk_s: Option<u32>,
    },
    /// It declines.
    Decline,
    /// It is busy.
    Busy,
    /// It rings, and nobody answers.
    Ring,
    /// It cannot be reached.
    Fail,
}

impl Habit {
    /// Every habit's word in forms, and what it means.
    pub const CHOICES: [(&'static str, &'static str); 6] = [
        ("ask", "Ask me"),
        ("answer", "Answer by itself"),
        ("decline", "Decline"),
        ("busy", "Be busy"),
        ("ring", "Let it ring"),
        ("fail", "Not be reachable"),
    ];

    /// The habit's word in forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Answer { .. } => "answer",
            Self::Decline => "decline",
            Self::Busy => "busy",
            Self::Ring => "ring",
            Self::Fail => "fail",
        }
    }

    /// What it does, as the rest of a sentence that begins with whose telephone it is.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Ask => "asks you".to_owned(),
            Self::Answer { after_s, talk_s } => {
                let hangs_up = talk_s
                    .map(|talk_s| format!(", hangs up {talk_s} s later"))
                    .unwrap_or_default();
                format!("answers after {after_s} s{hangs_up}")
            }
            Self::Decline => "declines".to_owned(),
            Self::Busy => "is busy".to_owned(),
            Self::Ring => "rings, and nobody answers".to_owned(),
            Self::Fail => "cannot be reached".to_owned(),
        }
    }
}

/// The habit of one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberHabit {
    /// The number, E.164.
    pub number: String,
    /// Whose it is, for people.
    pub holder: String,
    /// What it does when it rings.
    pub habit: Habit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_habit_is_among_the_choices() {
        let answer = Habit::Answer {
            after_s: 3,
            talk_s: Some(9),
        };
        let habits = [
            Habit::Ask,
            answer,
            Habit::Decline,
            Habit::Busy,
            Habit::Ring,
            Habit::Fail,
        ];

        assert_eq!(
            habits.map(Habit::word),
            Habit::CHOICES.map(|(word, _)| word)
        );
        assert_eq!(answer.sentence(), "answers after 3 s, hangs up 9 s later");
    }
}
