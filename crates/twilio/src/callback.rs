//! Callbacks: notices whose answers Twilio ignores (reference B.4 to B.7).
//!
//! Notices may come late, twice, or in another order than they were sent in. Each kind has an `identity`, which all
//! deliveries of one notice have in common.

pub mod call;
pub mod conference;
pub mod machine;
pub mod partial_speech;
pub mod recording;
pub mod transcription;

pub use crate::field::MissingSid;
pub use call::{CallRecording, CallStatusCallback, StatusEvent};
pub use conference::{
    Announcement, ConferenceCallback, ConferenceEnd, ConferenceEvent, LeaveReason,
    ParticipantState, ReasonConferenceEnded,
};
pub use machine::{AnsweredBy, MachineCallback};
pub use partial_speech::PartialSpeech;
pub use recording::{RecordingCallback, RecordingSource, RecordingStatus, RecordingTrack};
pub use transcription::{TranscriptionCallback, TranscriptionStatus};
