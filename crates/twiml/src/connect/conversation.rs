//! `<Conversation>`: a conversation to connect to.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::{Method, RecordingEvent, Trim, words};
use crate::write::Xml;

words! {
    /// What of a conversation's call is recorded.
    pub enum ConversationRecord {
        DoNotRecord = "do-not-record",
        FromAnswer = "record-from-answer",
        FromRinging = "record-from-ringing",
        /// Each party on a channel of its own.
        FromAnswerDual = "record-from-answer-dual",
        /// Each party on a channel of its own.
        FromRingingDual = "record-from-ringing-dual",
        /// From the answer.
        Yes = "true",
        No = "false",
    }
}

words! {
    /// What the `statusCallback` of a conversation is told about.
    pub enum ConversationEvent {
        Initiated = "call-initiated",
        Ringing = "call-ringing",
        Answered = "call-answered",
        Completed = "call-completed",
    }
}

element! {
    /// A conversation of Twilio Conversations.
    #[derive(Default)]
    pub struct Conversation named "Conversation" {
        /// the service that keeps it.
        pub service_instance_sid: Option<String> = "serviceInstanceSid",
        /// whether it is made when there is none.
        pub inbound_autocreation: Option<bool> = "inboundAutocreation",
        /// seconds in which somebody must be assigned.
        pub routing_assignment_timeout: Option<u32> = "routingAssignmentTimeout",
        /// seconds in which somebody must answer.
        pub inbound_timeout: Option<u32> = "inboundTimeout",
        /// a document for the called party before the parties hear each other.
        pub url: Option<String> = "url",
        /// how `url` is requested; POST by default.
        pub method: Option<Method> = "method",
        /// what is recorded; nothing by default.
        pub record: Option<ConversationRecord> = "record",
        /// whether silence in the recording is cut off.
        pub trim: Option<Trim> = "trim",
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback",
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent",
        /// what is told how the call goes.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// what `statusCallback` is told about.
        pub status_callback_event: Vec<ConversationEvent> = "statusCallbackEvent",
    }
}

impl Conversation {
    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }
}
