//! The SSML elements that hold others: `emphasis`, `lang`, `p`, `prosody`, `s`, `w`.

use super::level::{Passage, Phrase, Speech, WordPart};
use crate::element::element;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::words;
use crate::write::Xml;

words! {
    /// How strongly something is stressed.
    pub enum EmphasisLevel {
        Strong = "strong",
        Moderate = "moderate",
        Reduced = "reduced",
    }
}

element! {
    /// Stresses what it holds.
    #[derive(Default)]
    pub struct Emphasis named "emphasis" {
        /// how strongly.
        pub level: Option<EmphasisLevel> = "level",
    } holding {
        /// What is stressed.
        pub content: Vec<Phrase>,
    }
}

element! {
    /// Speaks what it holds in another language.
    pub struct Lang named "lang" {
        /// which one, for instance [`language::ES_MX`](crate::language::ES_MX).
        pub language: String = "xml:lang",
    } holding {
        /// What is spoken in that language.
        pub content: Vec<Speech>,
    }
}

element! {
    /// A paragraph.
    #[derive(Default)]
    pub struct P named "p" {
    } holding {
        /// Its sentences.
        pub content: Vec<Passage>,
    }
}

element! {
    /// Changes volume, rate or pitch.
    #[derive(Default)]
    pub struct Prosody named "prosody" {
        /// a name like `loud` or a change like `+6dB`.
        pub volume: Option<String> = "volume",
        /// a name like `slow` or a share like `80%`.
        pub rate: Option<String> = "rate",
        /// a name like `low` or a change like `-10%`.
        pub pitch: Option<String> = "pitch",
    } holding {
        /// What is spoken so.
        pub content: Vec<Speech>,
    }
}

element! {
    /// A sentence.
    #[derive(Default)]
    pub struct S named "s" {
    } holding {
        /// Its words.
        pub content: Vec<Phrase>,
    }
}

element! {
    /// A word, whose part of speech or meaning decides how it is pronounced.
    #[derive(Default)]
    pub struct W named "w" {
        /// which use of the word is meant, in the terms of the voice's maker.
        pub role: Option<String> = "role",
    } holding {
        /// The word.
        pub content: Vec<WordPart>,
    }
}

impl Lang {
    /// Begins with text in the language.
    #[must_use]
    pub fn new(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            content: vec![Speech::Text(text.into())],
            language: language.into(),
        }
    }
}

macro_rules! begin_with_text {
    ($($container:ident)+) => { $(
        impl $container {
            /// Begins with plain text.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self::default().then(text.into())
            }
        }
    )+ };
}

begin_with_text!(Emphasis P Prosody S W);

macro_rules! containers {
    ($($container:ident of $level:ident,)+) => { $(
        impl $container {
            /// Appends text or an SSML element that may stand here.
            #[must_use]
            pub fn then(mut self, speech: impl Into<$level>) -> Self {
                self.content.push(speech.into());
                self
            }

            pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
                let mut container = Self::begin(element, notes);
                container.content = $level::read_all(element, notes);
                container
            }

            pub(super) fn write(&self, xml: &mut Xml) {
                self.tag(xml).each(&self.content, $level::write);
            }

            pub(super) fn spoken(&self, words: &mut String) {
                for speech in &self.content {
                    speech.spoken(words);
                }
            }
        }
    )+ };
}

containers! {
    Emphasis of Phrase,
    Lang of Speech,
    P of Passage,
    Prosody of Speech,
    S of Phrase,
    W of WordPart,
}
