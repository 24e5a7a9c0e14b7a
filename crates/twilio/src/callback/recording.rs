//! Recording status callbacks (reference B.6).

use crate::field::{MissingSid, date_ms, filled, needed_sid, number, or_dash, sid, text};
use crate::form::Form;
use crate::sid::{AccountSid, CallSid, ConferenceSid, RecordingSid};
use crate::words::words;

words! {
    /// How a recording stands: in notices and in the REST resource (reference B.6, E.4).
    pub enum RecordingStatus {
        /// Being made.
        InProgress = "in-progress",
        /// Held for a while.
        Paused = "paused",
        /// Ended by request; being written.
        Stopped = "stopped",
        /// Ended; being written.
        Processing = "processing",
        /// Ready.
        Completed = "completed",
        /// There was nothing to record, or it failed.
        Absent = "absent",
        /// It failed: a word of `<Record>`.
        Failed = "failed",
        /// Deleted; shown only when deleted ones are asked for.
        Deleted = "deleted",
    }
}

words! {
    /// What ordered a recording.
    pub enum RecordingSource {
        /// `<Dial record>`.
        DialVerb = "DialVerb",
        /// A conference.
        Conference = "Conference",
        /// A call created by REST.
        OutboundApi = "OutboundAPI",
        /// A SIP trunk.
        Trunking = "Trunking",
        /// `<Record>`.
        RecordVerb = "RecordVerb",
        /// REST, on a live call.
        StartCallRecordingApi = "StartCallRecordingAPI",
        /// REST, on a live conference.
        StartConferenceRecordingApi = "StartConferenceRecordingAPI",
    }
}

words! {
    /// Which side of a leg a recording holds.
    pub enum RecordingTrack {
        /// What the leg's far end says.
        Inbound = "inbound",
        /// What the far end hears.
        Outbound = "outbound",
        /// Both.
        Both = "both",
    }
}

/// One notice about a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingCallback {
    /// The recording.
    pub recording_sid: RecordingSid,
    /// How it stands.
    pub status: RecordingStatus,
    /// Where it can be fetched once it is ready.
    pub url: Option<String>,
    /// Its length in seconds.
    pub duration_s: Option<u32>,
    /// One channel, or two with a party each.
    pub channels: Option<u8>,
    /// What ordered it.
    pub source: Option<RecordingSource>,
    /// The leg; for a recording that a `<Dial>` ordered, the leg that dialled.
    pub call_sid: Option<CallSid>,
    /// The conference, if one was recorded.
    pub conference_sid: Option<ConferenceSid>,
    /// The account that owns the recording.
    pub account_sid: Option<AccountSid>,
    /// When it began, in milliseconds since 1970 UTC, to the second.
    pub start_time_ms: Option<i64>,
    /// Which side it holds.
    pub track: Option<RecordingTrack>,
    /// Twilio's error code; perhaps with [`RecordingStatus::Absent`].
    pub error_code: Option<u32>,
    /// Every parameter, as sent.
    pub rest: Form,
}

impl RecordingCallback {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `RecordingSid` is absent or unreadable.
    pub fn parse(form: &Form) -> Result<Self, MissingSid> {
        let status = filled(form, "RecordingStatus").unwrap_or_default();
        Ok(Self {
            recording_sid: needed_sid(form, "RecordingSid")?,
            status: RecordingStatus::parse(status),
            url: text(form, "RecordingUrl"),
            duration_s: number(form, "RecordingDuration"),
            channels: number(form, "RecordingChannels"),
            source: filled(form, "RecordingSource").map(RecordingSource::parse),
            call_sid: sid(form, "CallSid"),
            conference_sid: sid(form, "ConferenceSid"),
            account_sid: sid(form, "AccountSid"),
            start_time_ms: date_ms(form, "RecordingStartTime"),
            track: filled(form, "RecordingTrack").map(RecordingTrack::parse),
            error_code: number(form, "ErrorCode"),
            rest: form.clone(),
        })
    }

    /// What every delivery of this notice has in common: the recording, how it stands, and its length. Notices carry
    /// no number: two pauses at the same length are one to this text.
    #[must_use]
    pub fn identity(&self) -> String {
        let length = or_dash(self.duration_s.as_ref());
        format!("{} {} {length}", self.recording_sid, self.status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_recording_is_read() {
        let body =
            b"AccountSid=AC00000000000000000000000000000001&CallSid=CA00000000000000000000000000000001\
            &RecordingSid=RE00000000000000000000000000000001&RecordingStatus=completed&RecordingDuration=12\
            &RecordingChannels=2&RecordingSource=DialVerb&RecordingTrack=both&RecordingUrl=https%3A%2F%2Fapi.example%2FRE1\
            &RecordingStartTime=Fri%2C+20+Nov+2026+04%3A30%3A00+%2B0000&ErrorCode=0";

        let notice = RecordingCallback::parse(&Form::parse(body)).unwrap();

        assert_eq!(notice.status, RecordingStatus::Completed);
        assert_eq!((notice.duration_s, notice.channels), (Some(12), Some(2)));
        assert_eq!(
            (&notice.source, &notice.track),
            (
                &Some(RecordingSource::DialVerb),
                &Some(RecordingTrack::Both)
            )
        );
        assert_eq!(notice.start_time_ms, Some(1_795_149_000_000));
        assert_eq!(notice.conference_sid, None);
        assert_eq!(
            notice.identity(),
            "RE00000000000000000000000000000001 completed 12"
        );
    }

    #[test]
    fn a_notice_about_no_recording_is_an_error() {
        assert_eq!(
            RecordingCallback::parse(&Form::parse(b"RecordingStatus=completed")),
            Err(MissingSid {
                name: "RecordingSid"
            })
        );
    }
}
