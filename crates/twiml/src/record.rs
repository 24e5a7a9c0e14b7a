//! `<Record>`: the caller's voice is recorded.

use crate::code::Code;
use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::word::{Method, RecordingEvent, Trim};
use crate::write::Xml;

/// The longest recording in seconds that is turned into text (A.3.5).
const MOST_TRANSCRIBED: u32 = 120;

element! {
    /// Records the caller, then requests `action` (A.3.5).
    ///
    /// The recording may not be ready when `action` is requested; `recordingStatusCallback` tells when it is.
    #[derive(Default)]
    pub struct Record named "Record" {
        /// what is requested afterwards; the current document by default, which may loop (A.1.3, X8).
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method" [13610],
        /// seconds of silence that end the recording, 0 for never; 5 by default.
        pub timeout: Option<u16> = "timeout" [13611],
        /// the keys that end the recording, any of `0-9`, `*`, `#`, or empty for none; all of them by default.
        pub finish_on_key: Option<String> = "finishOnKey" [13613: rule::keys],
        /// the longest recording in seconds, 2 to 14 400 (86 400 for some accounts); 3 600 by default.
        pub max_length: Option<u32> = "maxLength" [13612: rule::within(2..=86_400)],
        /// whether a beep tells the caller to speak; true by default.
        pub play_beep: Option<bool> = "playBeep" [13616],
        /// whether silence is cut off; it is by default.
        pub trim: Option<Trim> = "trim" [13699],
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback" [13256: rule::url],
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent" [13621],
        /// whether speech is turned into text: US English between 2 and 120 seconds; false by default.
        pub transcribe: Option<bool> = "transcribe" [13614],
        /// what is told the text; needs `transcribe`, always by POST.
        pub transcribe_callback: Option<String> = "transcribeCallback" [13257: rule::url],
        /// a recording configuration of the account.
        pub recording_configuration_id: Option<String> = "recordingConfigurationId",
    }
}

impl Record {
    /// Records with Twilio's defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        let record = Self::begin(element, notes);
        if record.transcribe == Some(true) && record.max_length > Some(MOST_TRANSCRIBED) {
            let about = "transcribe is true and maxLength over two minutes";
            notes.note(const { Code::of(13615) }, element.at(), about);
        }
        record
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
