//! `<Gather>`: collects keys or speech, with prompts inside that a key interrupts.

use crate::code::Code;
use crate::element::element;
use crate::pause::Pause;
use crate::play::{Play, PlayDigits};
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::say::Say;
use crate::value::Value;
use crate::word::{Method, words};
use crate::write::Xml;

words! {
    /// What is listened for.
    pub enum GatherInput {
        Dtmf = "dtmf",
        Speech = "speech",
    }
}

/// How much silence ends speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeechTimeout {
    /// The first pause; not together with a `speechModel` (13335).
    Auto,
    /// So many seconds, at least 1.
    Seconds(u16),
}

/// The names of speech models, for `speechModel`; other names are possible.
pub mod speech_model {
    /// `default`
    pub const DEFAULT: &str = "default";
    /// `numbers_and_commands`
    pub const NUMBERS_AND_COMMANDS: &str = "numbers_and_commands";
    /// `phone_call`
    pub const PHONE_CALL: &str = "phone_call";
    /// `experimental_conversations`
    pub const EXPERIMENTAL_CONVERSATIONS: &str = "experimental_conversations";
    /// `experimental_utterances`
    pub const EXPERIMENTAL_UTTERANCES: &str = "experimental_utterances";
    /// `deepgram_nova-2`
    pub const DEEPGRAM_NOVA_2: &str = "deepgram_nova-2";
    /// `deepgram_nova-3`
    pub const DEEPGRAM_NOVA_3: &str = "deepgram_nova-3";
}

element! {
    /// Collects keys or speech while its prompts play (A.3.4).
    ///
    /// Without input no request is made and the next verb is obeyed, unless `actionOnEmptyResult` is set (A.1.3, X7).
    ///
    /// ```
    /// use twiml::{Gather, GatherInput, Say, SpeechTimeout};
    ///
    /// let menu = Gather::new()
    ///     .input([GatherInput::Dtmf, GatherInput::Speech])
    ///     .speech_timeout(SpeechTimeout::Seconds(2))
    ///     .num_digits(1)
    ///     .action("/menu")
    ///     .say(Say::new("Press 1, or say senators."));
    ///
    /// assert_eq!(menu.prompts.len(), 1);
    /// ```
    #[derive(Default)]
    pub struct Gather named "Gather" {
        /// what is listened for, keys alone by default; with both, the first kind that comes wins.
        pub input: Vec<GatherInput> = "input" [13326],
        /// where the input is sent; the current document by default, which may loop (A.1.3, X8).
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method" [13312],
        /// seconds without a key, counted from the end of the prompts or the last key; 5 by default.
        pub timeout: Option<u16> = "timeout" [13313: rule::at_least(1)],
        /// how much silence ends speech; the value of `timeout` by default.
        pub speech_timeout: Option<SpeechTimeout> = "speechTimeout" [13327: rule::auto_or_seconds],
        /// the longest speech, in seconds, at most 60.
        pub max_speech_time: Option<u16> = "maxSpeechTime" [13328: rule::within(1..=60)],
        /// whether swear words are masked; true by default.
        pub profanity_filter: Option<bool> = "profanityFilter" [13333],
        /// the key that ends the input and is not part of it: one of `0-9`, `*`, `#`, or empty for none; `#` by default.
        pub finish_on_key: Option<String> = "finishOnKey" [13310: rule::key_or_none],
        /// how many keys end the input, at least 1; unlimited by default.
        pub num_digits: Option<u16> = "numDigits" [13314: rule::at_least(1)],
        /// where speech is sent while it is being recognised.
        pub partial_result_callback: Option<String> = "partialResultCallback",
        /// how `partialResultCallback` is requested; POST by default.
        pub partial_result_callback_method: Option<Method> = "partialResultCallbackMethod" [13329],
        /// the language of the speech, one of [`language`](crate::language); `en-US` by default.
        pub language: Option<String> = "language" [13331: rule::language],
        /// likely words and phrases, separated by commas: at most 500 of at most 100 characters.
        pub hints: Option<String> = "hints" [13330: rule::hints],
        /// whether speech interrupts the prompts; a key always does.
        pub barge_in: Option<bool> = "bargeIn" [13332],
        /// known to the helper libraries alone.
        pub debug: Option<bool> = "debug",
        /// whether `action` is requested without input, too; false by default.
        pub action_on_empty_result: Option<bool> = "actionOnEmptyResult" [13338],
        /// how speech is recognised, one of [`speech_model`] or another name Twilio knows.
        pub speech_model: Option<String> = "speechModel" [13334: rule::given],
        /// deprecated by Twilio.
        pub enhanced: Option<bool> = "enhanced",
    } holding {
        /// What the caller hears until the first key.
        pub prompts: Vec<Prompt>,
    }
}

/// What may stand inside a [`Gather`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Speaks.
    Say(Say),
    /// Plays audio; fetched before the first prompt begins.
    Play(Play),
    /// Waits in silence.
    Pause(Pause),
}

impl Gather {
    /// Collects keys with Twilio's defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends any prompt.
    #[must_use]
    pub fn then(mut self, prompt: impl Into<Prompt>) -> Self {
        self.prompts.push(prompt.into());
        self
    }

    /// Appends a [`Say`].
    #[must_use]
    pub fn say(self, say: Say) -> Self {
        self.then(say)
    }

    /// Appends a [`Play`].
    #[must_use]
    pub fn play(self, play: Play) -> Self {
        self.then(play)
    }

    /// Appends a [`Pause`].
    #[must_use]
    pub fn pause(self, pause: Pause) -> Self {
        self.then(pause)
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut gather = Self::begin(element, notes);
        if gather.speech_model.is_some() && gather.speech_timeout == Some(SpeechTimeout::Auto) {
            let about = "speechTimeout is auto beside a speechModel";
            notes.note(const { Code::of(13335) }, element.at(), about);
            gather.speech_timeout = None;
        }
        gather.prompts = notes.in_gather(|notes| content::all(element, notes, Prompt::read));
        gather
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.prompts, Prompt::write);
    }
}

impl Prompt {
    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        match element.name() {
            Say::NAME => Say::read(element, notes).map(Self::Say),
            PlayDigits::NAME if PlayDigits::is_meant(element) => Found::Misplaced,
            Play::NAME => Found::Here(Self::Play(Play::read(element, notes))),
            Pause::NAME => Found::Here(Self::Pause(Pause::read(element, notes))),
            _ => Found::Misplaced,
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        match self {
            Self::Say(say) => say.write(xml),
            Self::Play(play) => play.write(xml),
            Self::Pause(pause) => pause.write(xml),
        }
    }
}

impl From<Say> for Prompt {
    fn from(say: Say) -> Self {
        Self::Say(say)
    }
}

impl From<Play> for Prompt {
    fn from(play: Play) -> Self {
        Self::Play(play)
    }
}

impl From<Pause> for Prompt {
    fn from(pause: Pause) -> Self {
        Self::Pause(pause)
    }
}

impl Value for SpeechTimeout {
    fn write(&self, start: &mut String) {
        match self {
            Self::Auto => start.push_str("auto"),
            Self::Seconds(seconds) => seconds.write(start),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            seconds => Value::parse(seconds).map(Self::Seconds),
        }
    }
}
