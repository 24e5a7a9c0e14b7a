//! `<Say>`: text spoken to the caller.

use crate::element::element;
use crate::ssml::Speech;
use crate::write::Xml;

element! {
    /// Speaks text, with SSML inside where the voice knows it (A.3.1).
    ///
    /// How much one `<Say>` may hold depends on its voice: 4 096 characters with the basic voices; 3 000 with Polly,
    /// SSML tags not counted; 5 000 with Google, tags and spaces counted; and 4 500 once encoded for a URL. Longer
    /// text is cut with warning 13521, empty text is skipped with 13520. Several in a row are the usual way round;
    /// the length is not checked here.
    #[derive(Default)]
    pub struct Say named "Say" {
        /// who speaks, one of [`voice`](crate::voice) or any other name Twilio knows; the account's voice by default.
        pub voice: Option<String> = "voice",
        /// how often it is spoken; 0 repeats until the call ends, at most a thousand times; 1 by default.
        pub times: Option<u16> = "loop",
        /// what language is spoken, one of [`language`](crate::language); the voice's own by default.
        pub language: Option<String> = "language",
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

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.content, Speech::write);
    }
}
