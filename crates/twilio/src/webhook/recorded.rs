//! The request for the action of `<Record>`, and for that of a `<Dial>` that recorded (reference B.3).

use super::VoiceRequest;
use crate::field::{number, sid, text};
use crate::sid::{CallSid, RecordingSid};

/// What was recorded. The file need not be ready yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The leg.
    pub call_sid: CallSid,
    /// Where the recording can be fetched.
    pub url: String,
    /// The recording, if its identifier was told.
    pub recording_sid: Option<RecordingSid>,
    /// Its length in seconds.
    pub duration_s: Option<u32>,
    /// What ended it; `None` for silence, the longest time, and for a `<Dial>`.
    pub ended_by: Option<RecordEnd>,
}

/// What ended a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordEnd {
    /// The caller pressed a key.
    Key(String),
    /// The caller hung up.
    Hangup,
}

impl Recorded {
    /// Takes the recording out of a request; `None` when the request tells of none.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        let form = &request.rest;
        Some(Self {
            call_sid: request.call_sid.clone(),
            url: text(form, "RecordingUrl")?,
            recording_sid: sid(form, "RecordingSid"),
            duration_s: number(form, "RecordingDuration"),
            ended_by: match request.digits.as_deref() {
                None | Some("") => None,
                Some("hangup") => Some(RecordEnd::Hangup),
                Some(key) => Some(RecordEnd::Key(key.to_owned())),
            },
        })
    }

    /// What every delivery of this request has in common: the leg and the recording.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{} recorded {}", self.call_sid, self.url)
    }
}
