//! `<Number>`: a telephone number to dial.

use crate::code::Code;
use crate::element::element;
use crate::read::content;
use crate::read::notes::{Notes, quoted};
use crate::read::tree::Element;
use crate::rule;
use crate::word::{CallEvent, MachineDetection, Method};
use crate::write::Xml;

element! {
    /// A telephone number (A.3.7).
    #[derive(Default)]
    pub struct Number named "Number" {
        /// keys sent after the answer, before the parties hear each other: `0-9`, `#`, `*`, `w`, `W` (13222 otherwise).
        pub send_digits: Option<String> = "sendDigits" [13222: rule::sent_digits],
        /// a document for the called party before the parties hear each other; it may not dial (13201).
        pub url: Option<String> = "url",
        /// how `url` is requested; POST by default.
        pub method: Option<Method> = "method" [13221],
        /// what `statusCallback` is told about.
        pub status_callback_event: Vec<CallEvent> = "statusCallbackEvent",
        /// what is told how this call goes.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// the account's own carrier trunk, `BY…`.
        pub byoc: Option<String> = "byoc",
        /// how an answering machine is looked for; not at all by default.
        pub machine_detection: Option<MachineDetection> = "machineDetection" [21263],
        /// how `amdStatusCallback` is requested; POST by default.
        pub amd_status_callback_method: Option<Method> = "amdStatusCallbackMethod",
        /// what is told who answered; with it the call does not wait for the detection.
        pub amd_status_callback: Option<String> = "amdStatusCallback",
        /// seconds the detection may take, 3 to 60; 30 by default.
        pub machine_detection_timeout: Option<u16> = "machineDetectionTimeout" [21263: rule::within(3..=60)],
        /// milliseconds of speech that make a machine, 1 000 to 6 000; 2 400 by default.
        pub machine_detection_speech_threshold: Option<u16> = "machineDetectionSpeechThreshold" [21263: rule::within(1_000..=6_000)],
        /// milliseconds of silence that end speech, 500 to 5 000; 1 200 by default.
        pub machine_detection_speech_end_threshold: Option<u16> = "machineDetectionSpeechEndThreshold" [21263: rule::within(500..=5_000)],
        /// milliseconds of silence after which nothing is known, 2 000 to 10 000; 5 000 by default.
        pub machine_detection_silence_timeout: Option<u16> = "machineDetectionSilenceTimeout" [21263: rule::within(2_000..=10_000)],
    } holding {
        /// The number, in E.164 form or as written in the United States.
        pub number: String,
    }
}

impl Number {
    /// Dials the number.
    #[must_use]
    pub fn new(number: impl Into<String>) -> Self {
        Self {
            number: number.into(),
            ..Self::default()
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let number = Self {
            number: content::text(element, notes),
            ..Self::begin(element, notes)
        };
        if !rule::telephone(&number.number) {
            notes.note(
                const { Code::of(13223) },
                element.at(),
                quoted(&number.number),
            );
        }
        number
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.number);
    }
}
