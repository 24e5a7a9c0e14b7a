//! `<Record>`: the caller's voice is recorded.

use crate::element::element;
use crate::word::{Method, RecordingEvent, Trim};
use crate::write::Xml;

element! {
    /// Records the caller, then requests `action` (A.3.5).
    ///
    /// The recording may not be ready when `action` is requested; `recordingStatusCallback` tells when it is.
    #[derive(Default)]
    pub struct Record named "Record" {
        /// what is requested afterwards; the current document by default, which may loop (A.1.3, X8).
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method",
        /// seconds of silence that end the recording, 0 for never; 5 by default.
        pub timeout: Option<u16> = "timeout",
        /// the keys that end the recording, any of `0-9`, `*`, `#`, or empty for none; all of them by default.
        pub finish_on_key: Option<String> = "finishOnKey",
        /// the longest recording in seconds, 2 to 14 400 (86 400 for some accounts); 3 600 by default.
        pub max_length: Option<u32> = "maxLength",
        /// whether a beep tells the caller to speak; true by default.
        pub play_beep: Option<bool> = "playBeep",
        /// whether silence is cut off; it is by default.
        pub trim: Option<Trim> = "trim",
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback",
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent",
        /// whether speech is turned into text: US English between 2 and 120 seconds; false by default.
        pub transcribe: Option<bool> = "transcribe",
        /// what is told the text; needs `transcribe`, always by POST.
        pub transcribe_callback: Option<String> = "transcribeCallback",
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

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
