//! What is said to a caller, before anybody has decided how it is written down.

use serde::{Deserialize, Serialize};

use crate::{Language, Line};

/// Something said, in one voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// The language of its words.
    pub language: Language,
    /// The voice that speaks it.
    pub voice: String,
    /// What is said, one part after the other.
    pub parts: Vec<Part>,
}

/// How long a voice takes for a character, in milliseconds, when it is slow: of an alphabet, of Japanese
/// script, and of digits that are said one by one.
const LETTER_MS: i64 = 80;
const SYLLABLE_MS: i64 = 200;
const DIGIT_MS: i64 = 500;

/// A part of something said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Words in the language of the speech.
    Text(String),
    /// A name that is English whatever is spoken around it.
    Name(String),
    /// Digits, said one by one.
    Digits(String),
    /// Silence, in milliseconds.
    Pause(u16),
}

impl Speech {
    /// Nothing yet, in the voice of a line.
    #[must_use]
    pub fn of(line: &Line) -> Self {
        Self {
            language: line.language,
            voice: line.voice().to_owned(),
            parts: Vec::new(),
        }
    }

    /// Nothing yet, in the usual voice of a language.
    #[must_use]
    pub fn plainly(language: Language) -> Self {
        Self {
            language,
            voice: language.voice().to_owned(),
            parts: Vec::new(),
        }
    }

    /// How long it takes to say it, at most, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> i64 {
        let times = |text: &str, each: i64| {
            i64::try_from(text.chars().count()).unwrap_or(i64::MAX / DIGIT_MS) * each
        };
        let each = match self.language {
            Language::English | Language::Spanish => LETTER_MS,
            Language::Japanese => SYLLABLE_MS,
        };
        let lengths = self.parts.iter().map(|part| match part {
            Part::Text(words) => times(words, each),
            Part::Name(words) => times(words, LETTER_MS),
            Part::Digits(digits) => times(digits, DIGIT_MS),
            Part::Pause(ms) => i64::from(*ms),
        });
        lengths.sum()
    }

    /// The words alone, as they stand in the journal and on a pretend phone.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(words) | Part::Name(words) | Part::Digits(words) => text.push_str(words),
                Part::Pause(_) => text.push(' '),
            }
        }
        text
    }
}
