//! Notices that a recording was written down (reference B.6, `transcribeCallback`).

use crate::field::{MissingSid, filled, needed_sid, sid, text};
use crate::form::Form;
use crate::sid::{AccountSid, CallSid, RecordingSid, TranscriptionSid};
use crate::words::words;

words! {
    /// How writing down a recording ended.
    pub enum TranscriptionStatus {
        /// There is a text.
        Completed = "completed",
        /// There is none.
        Failed = "failed",
    }
}

/// The notice of a text made from a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranscriptionCallback {
    /// The text's identifier.
    pub transcription_sid: TranscriptionSid,
    /// How it ended.
    pub status: TranscriptionStatus,
    /// The words.
    pub text: Option<String>,
    /// Where the text can be fetched.
    pub url: Option<String>,
    /// The recording.
    pub recording_sid: Option<RecordingSid>,
    /// Where the recording can be fetched.
    pub recording_url: Option<String>,
    /// The leg that was recorded.
    pub call_sid: Option<CallSid>,
    /// The account that owns the recording.
    pub account_sid: Option<AccountSid>,
    /// Every parameter, as sent.
    pub rest: Form,
}

impl TranscriptionCallback {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `TranscriptionSid` is absent or unreadable.
    pub fn parse(form: &Form) -> Result<Self, MissingSid> {
        let status = filled(form, "TranscriptionStatus").unwrap_or_default();
        Ok(Self {
            transcription_sid: needed_sid(form, "TranscriptionSid")?,
            status: TranscriptionStatus::parse(status),
            text: text(form, "TranscriptionText"),
            url: text(form, "TranscriptionUrl"),
            recording_sid: sid(form, "RecordingSid"),
            recording_url: text(form, "RecordingUrl"),
            call_sid: sid(form, "CallSid"),
            account_sid: sid(form, "AccountSid"),
            rest: form.clone(),
        })
    }

    /// What every delivery of this notice has in common: the text and how making it ended.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{} {}", self.transcription_sid, self.status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_recording_are_read() {
        let body = b"TranscriptionSid=TR00000000000000000000000000000001&TranscriptionStatus=completed&TranscriptionText=call+me\
            &RecordingSid=RE00000000000000000000000000000001&CallSid=CA00000000000000000000000000000001";

        let notice = TranscriptionCallback::parse(&Form::parse(body)).unwrap();

        assert_eq!(
            (&notice.status, notice.text.as_deref()),
            (&TranscriptionStatus::Completed, Some("call me"))
        );
        assert_eq!(
            notice.recording_sid.as_ref().map(RecordingSid::as_str),
            Some("RE00000000000000000000000000000001")
        );
        assert_eq!(
            notice.identity(),
            "TR00000000000000000000000000000001 completed"
        );
    }

    #[test]
    fn a_notice_about_no_text_is_an_error() {
        assert_eq!(
            TranscriptionCallback::parse(&Form::parse(b"TranscriptionSid=TR1")),
            Err(MissingSid {
                name: "TranscriptionSid"
            })
        );
    }
}
