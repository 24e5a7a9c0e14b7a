//! `<Play>`: an audio file, or keypad tones.

use crate::code::Code;
use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::write::Xml;

element! {
    /// Plays an audio file (A.3.2).
    ///
    /// The file is fetched by GET without webhook parameters and must be of an audio type (13420).
    #[derive(Default)]
    pub struct Play named "Play" {
        /// how often it is played; 0 repeats until the call ends, at most a thousand times; 1 by default.
        pub times: Option<u16> = "loop" [13410],
    } holding {
        /// Where the audio is, absolute or relative to the document.
        pub url: String,
    }
}

impl Play {
    /// Plays the audio at a URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            times: None,
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let play = Self {
            url: content::text(element, notes),
            ..Self::begin(element, notes)
        };
        if play.url.is_empty() {
            notes.note(
                const { Code::of(11100) },
                element.at(),
                "<Play> without a URL",
            );
        }
        play
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.url);
    }
}

element! {
    /// Plays keypad tones; not allowed inside [`Gather`](crate::Gather) (A.2).
    #[derive(Default)]
    pub struct PlayDigits named "Play" {
        /// how often they are played; 0 repeats until the call ends, at most a thousand times; 1 by default.
        pub times: Option<u16> = "loop" [13410],
        /// the keys: `0-9`, `A-D`, `#`, `*`, and `w` or `W` to wait half a second or a second (13430 otherwise).
        pub digits: String = "digits" [13430: rule::played_digits],
    }
}

impl PlayDigits {
    /// Plays the tones of these keys.
    #[must_use]
    pub fn new(digits: impl Into<String>) -> Self {
        Self {
            times: None,
            digits: digits.into(),
        }
    }

    /// Whether an element of the name `Play` is about keys.
    pub(crate) fn is_meant(element: Element<'_>) -> bool {
        element.attribute("digits").is_some()
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
