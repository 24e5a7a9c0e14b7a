//! `<ConversationRelay>`: text to and from a WebSocket, spoken and understood by Twilio.

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// Sends what the caller says to a WebSocket as text, and speaks the text that comes back.
    ///
    /// Names of attributes are written as the reference has them; whether the service minds their case is not known
    /// (A.5).
    #[derive(Default)]
    pub struct ConversationRelay named "ConversationRelay" {
        /// the WebSocket, `wss:`.
        pub url: Option<String> = "url",
        /// the language spoken and understood.
        pub language: Option<String> = "language",
        /// the language spoken.
        pub tts_language: Option<String> = "ttsLanguage",
        /// the language understood.
        pub transcription_language: Option<String> = "transcriptionLanguage",
        /// who speaks.
        pub tts_provider: Option<String> = "ttsProvider",
        /// the voice, in the words of the provider.
        pub voice: Option<String> = "voice",
        /// who turns speech into text.
        pub transcription_provider: Option<String> = "transcriptionProvider",
        /// how speech is recognised, in the words of the provider.
        pub speech_model: Option<String> = "speechModel",
        /// whether swear words are masked.
        pub profanity_filter: Option<bool> = "profanityFilter",
        /// whether keys are reported, too.
        pub dtmf_detection: Option<bool> = "dtmfDetection",
        /// what is said at the beginning.
        pub welcome_greeting: Option<String> = "welcomeGreeting",
        /// whether text is reported before the caller has finished.
        pub partial_prompts: Option<bool> = "partialPrompts",
        /// what interrupts the greeting.
        pub welcome_greeting_interruptible: Option<String> = "welcomeGreetingInterruptible",
        /// what interrupts speaking.
        pub interruptible: Option<String> = "interruptible",
        /// whether the next text interrupts the one being spoken.
        pub preemptible: Option<bool> = "preemptible",
        /// likely words and phrases, separated by commas.
        pub hints: Option<String> = "hints",
        /// the Conversational Intelligence service that keeps the text.
        pub intelligence_service: Option<String> = "intelligenceService",
        /// whether input is reported while something is spoken that cannot be interrupted.
        pub report_input_during_agent_speech: Option<bool> = "reportInputDuringAgentSpeech",
        /// the former name of `ttsTextNormalization`.
        pub elevenlabs_text_normalization: Option<String> = "elevenlabsTextNormalization",
        /// how easily speech interrupts: `low`, `medium` or `high`.
        pub interrupt_sensitivity: Option<String> = "interruptSensitivity",
        /// what is reported for finding faults.
        pub debug: Option<String> = "debug",
        /// whether noise is filtered before speech is recognised.
        pub background_noise_reduction: Option<String> = "backgroundNoiseReduction",
        /// how much silence ends speech.
        pub speech_timeout: Option<String> = "speechTimeout",
        /// the former name of `asrSmartFormat`.
        pub deepgram_smart_format: Option<String> = "deepgramSmartFormat",
        /// whether short assent does not interrupt.
        pub ignore_backchannel: Option<String> = "ignoreBackchannel",
        /// what is reported besides.
        pub events: Option<String> = "events",
        /// whether unfinished text is reported when the caller hangs up.
        pub partial_prompt_on_hangup: Option<String> = "partialPromptOnHangup",
        /// how sure the early end of a turn must be, 0.3 to 0.9.
        pub eager_eot_threshold: Option<String> = "eagerEotThreshold",
        /// whether numbers, dates and the like are written as such.
        pub asr_smart_format: Option<String> = "asrSmartFormat",
        /// whether numbers, dates and the like are spelt out before they are spoken: `auto`, `on` or `off`.
        pub tts_text_normalization: Option<String> = "ttsTextNormalization",
        /// whether they are spelt out by the rules of the language.
        pub tts_language_text_normalization: Option<String> = "ttsLanguageTextNormalization",
        /// the former name of `ttsLanguageTextNormalization`.
        pub elevenlabs_language_text_normalization: Option<String> = "elevenlabsLanguageTextNormalization",
        /// what is told beside the text: `turn-state` or `prompt-segments`.
        pub include_in_prompt: Option<String> = "includeInPrompt",
        /// the caller's name; the number by default.
        pub customer_name: Option<String> = "customerName",
        /// whether a lost WebSocket is opened again; not by default.
        pub application_reconnect: Option<String> = "applicationReconnect",
        /// whether text that repeats what was spoken is dropped; not by default.
        pub echo_prompt_filtering: Option<String> = "echoPromptFiltering",
        /// whether the end of a turn is judged; not by default.
        pub turn_detection: Option<String> = "turnDetection",
    } holding {
        /// Settings of single languages.
        pub languages: Vec<Language>,
        /// What the far end is told at the beginning.
        pub parameters: Vec<Parameter>,
    }
}

element! {
    /// Settings of one language of a [`ConversationRelay`].
    #[derive(Default)]
    pub struct Language named "Language" {
        /// which language this is about.
        pub code: Option<String> = "code",
        /// who speaks it.
        pub tts_provider: Option<String> = "ttsProvider",
        /// the voice, in the words of the provider.
        pub voice: Option<String> = "voice",
        /// who turns it into text.
        pub transcription_provider: Option<String> = "transcriptionProvider",
        /// how it is recognised, in the words of the provider.
        pub speech_model: Option<String> = "speechModel",
        /// likely words and phrases, separated by commas.
        pub hints: Option<String> = "hints",
        /// whether numbers, dates and the like are written as such.
        pub asr_smart_format: Option<String> = "asrSmartFormat",
        /// whether they are spelt out before they are spoken: `auto`, `on` or `off`.
        pub tts_text_normalization: Option<String> = "ttsTextNormalization",
        /// whether they are spelt out by the rules of the language.
        pub tts_language_text_normalization: Option<String> = "ttsLanguageTextNormalization",
    }
}

impl ConversationRelay {
    /// Connects to a WebSocket.
    #[must_use]
    pub fn to(url: impl Into<String>) -> Self {
        Self::default().url(url)
    }

    /// Appends the settings of one language.
    #[must_use]
    pub fn language_settings(mut self, language: Language) -> Self {
        self.languages.push(language);
        self
    }

    /// Tells the far end something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let (languages, parameters) = content::both(
            element,
            notes,
            (Language::NAME, Language::read),
            (Parameter::NAME, Parameter::read),
        );
        Self {
            languages,
            parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).both(
            (&self.languages, Language::write),
            (&self.parameters, Parameter::write),
        );
    }
}

impl Language {
    /// Twilio's defaults for the language.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self::default().code(code)
    }

    fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
