//! `<Say>`: text spoken to the caller.

use crate::code::Code;
use crate::element::element;
use crate::read::content::Found;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::ssml::Speech;
use crate::write::Xml;

/// The most characters of one `<Say>` with a basic voice.
const MOST_OF_BASIC: usize = 4096;
/// With a voice of Polly, marks not counted.
const MOST_OF_POLLY: usize = 3000;
/// With a voice of Google, marks counted.
const MOST_OF_GOOGLE: usize = 5000;

element! {
    /// Speaks text, with SSML inside where the voice knows it (A.3.1).
    ///
    /// How much one `<Say>` may hold depends on its voice: 4 096 characters with the basic voices; 3 000 with Polly,
    /// SSML tags not counted; 5 000 with Google, tags and spaces counted. Longer text gets warning 13521 and is kept;
    /// empty text is skipped with 13520. Several in a row are the usual way round.
    ///
    /// ```
    /// use twiml::{Break, Emphasis, InterpretAs, Say, SayAs};
    ///
    /// let say = Say::new("Your code is ")
    ///     .then(SayAs::new(InterpretAs::Digits, "4711"))
    ///     .then(Break::milliseconds(400))
    ///     .then(Emphasis::new("Keep it."));
    ///
    /// assert_eq!(say.spoken(), "Your code is 4711 Keep it.");
    /// ```
    #[derive(Default)]
    pub struct Say named "Say" {
        /// who speaks, one of [`voice`](crate::voice) or any other name Twilio knows; the account's voice by default.
        pub voice: Option<String> = "voice" [13511: rule::voice],
        /// how often it is spoken; 0 repeats until the call ends, at most a thousand times; 1 by default.
        pub times: Option<u16> = "loop" [13510],
        /// what language is spoken, one of [`language`](crate::language); the voice's own by default.
        pub language: Option<String> = "language" [13512: rule::language],
    } holding {
        /// What is said.
        pub content: Vec<Speech>,
    }
}

impl Say {
    /// Says plain text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            content: vec![Speech::Text(text.into())],
            ..Self::default()
        }
    }

    /// Appends text or an SSML element.
    #[must_use]
    pub fn then(mut self, speech: impl Into<Speech>) -> Self {
        self.content.push(speech.into());
        self
    }

    /// What the caller hears, without marks: the text, and the alias of a [`Sub`](crate::Sub).
    #[must_use]
    pub fn spoken(&self) -> String {
        let mut words = String::new();
        for speech in &self.content {
            speech.spoken(&mut words);
        }
        words
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        let say = Self {
            content: Speech::read_all(element, notes),
            ..Self::begin(element, notes)
        };
        let spoken = say.spoken();
        if spoken.trim().is_empty() {
            notes.note(
                const { Code::of(13520) },
                element.at(),
                "<Say> without text",
            );
            return Found::Done;
        }
        let length = say.length(&spoken, notes.inside(element));
        if let Some(about) = length {
            notes.note(const { Code::of(13521) }, element.at(), about);
        }
        Found::Here(say)
    }

    /// What is too long about the text for the voice, if anything (A.3.1).
    fn length(&self, spoken: &str, marked: &str) -> Option<String> {
        let (counted, most) = match self.voice.as_deref() {
            Some(voice) if voice.starts_with("Polly.") => (spoken, MOST_OF_POLLY),
            Some(voice) if voice.starts_with("Google.") => (marked, MOST_OF_GOOGLE),
            Some(_) | None => (spoken, MOST_OF_BASIC),
        };
        let characters = counted.chars().count();
        (characters > most).then(|| format!("{characters} characters, where {most} can be said"))
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.content, Speech::write);
    }
}
