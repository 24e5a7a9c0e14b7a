//! `<Recording>`: the call is recorded beside the following verbs.

use crate::dial::RecordingTrack;
use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::word::{Method, RecordingEvent, Trim, words};
use crate::write::Xml;

words! {
    /// Whether the parties of a recording share a channel.
    pub enum RecordingChannels {
        Mono = "mono",
        Dual = "dual",
    }
}

element! {
    /// Records the call while the following verbs are obeyed.
    #[derive(Default)]
    pub struct Recording named "Recording" {
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback" [13256: rule::url],
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent" [13621],
        /// whether silence at both ends is cut off.
        pub trim: Option<Trim> = "trim",
        /// which side is recorded; both by default.
        pub track: Option<RecordingTrack> = "track",
        /// whether the parties share a channel.
        pub channels: Option<RecordingChannels> = "channels",
        /// a recording configuration of the account.
        pub recording_configuration_id: Option<String> = "recordingConfigurationId",
    }
}

impl Recording {
    /// Records with Twilio's defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
