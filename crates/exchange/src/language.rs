//! The languages callers are spoken to in.

use serde::{Deserialize, Serialize};

/// A language that prompts exist in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// English, as spoken in the United States.
    #[serde(rename = "en")]
    English,
    /// Spanish, as spoken in the United States.
    #[serde(rename = "es")]
    Spanish,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

impl Language {
    /// Every language, in the order they are listed in.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Japanese];

    /// The code in data files and in the database: `en`, `es`, `ja`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Japanese => "ja",
        }
    }

    /// Its name in English.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Spanish",
            Self::Japanese => "Japanese",
        }
    }

    /// The language of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The tag a speech synthesiser knows it by (BCP 47; reference A.3.1).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::Spanish => "es-US",
            Self::Japanese => "ja-JP",
        }
    }

    /// The voice that speaks it where a line names none (reference A.3.1, `SayVoice`).
    #[must_use]
    pub const fn voice(self) -> &'static str {
        match self {
            Self::English => "Polly.Joanna-Neural",
            Self::Spanish => "Polly.Lupe-Neural",
            Self::Japanese => "Polly.Kazuha-Neural",
        }
    }
}
