//! `<Transcription>`: what is said, turned into text while it is said.

use crate::config::Config;
use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{Method, Track};
use crate::write::Xml;

element! {
    /// Turns what is said into text while it is said.
    #[derive(Default)]
    pub struct Transcription named "Transcription" {
        /// its name, by which it is stopped.
        pub name: Option<String> = "name",
        /// whose speech is turned into text.
        pub track: Option<Track> = "track",
        /// what is told the text.
        pub status_callback_url: Option<String> = "statusCallbackUrl",
        /// how `statusCallbackUrl` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// what the caller is called in the text.
        pub inbound_track_label: Option<String> = "inboundTrackLabel",
        /// what the far end is called in the text.
        pub outbound_track_label: Option<String> = "outboundTrackLabel",
        /// whether text is told before a sentence has ended.
        pub partial_results: Option<bool> = "partialResults",
        /// the language spoken.
        pub language_code: Option<String> = "languageCode",
        /// who turns speech into text.
        pub transcription_engine: Option<String> = "transcriptionEngine",
        /// whether swear words are masked.
        pub profanity_filter: Option<bool> = "profanityFilter",
        /// how speech is recognised, in the words of the engine.
        pub speech_model: Option<String> = "speechModel",
        /// likely words and phrases, separated by commas.
        pub hints: Option<String> = "hints",
        /// whether the text gets full stops and commas.
        pub enable_automatic_punctuation: Option<bool> = "enableAutomaticPunctuation",
        /// the Conversational Intelligence service that keeps the text.
        pub intelligence_service: Option<String> = "intelligenceService",
    } holding {
        /// Settings of the engine.
        pub configs: Vec<Config>,
        /// What goes along with the text.
        pub parameters: Vec<Parameter>,
    }
}

impl Transcription {
    /// Tells the text to a URL.
    #[must_use]
    pub fn to(url: impl Into<String>) -> Self {
        Self::default().status_callback_url(url)
    }

    /// Sets something of the engine.
    #[must_use]
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.configs.push(Config::new(name, value));
        self
    }

    /// Sends something along with the text.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let (configs, parameters) = content::both(
            element,
            notes,
            (Config::NAME, Config::read),
            (Parameter::NAME, Parameter::read),
        );
        Self {
            configs,
            parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).both(
            (&self.configs, Config::write),
            (&self.parameters, Parameter::write),
        );
    }
}
