//! Call status callbacks: notices of how a leg goes on (reference B.4).

use super::machine::AnsweredBy;
use crate::field::{date_ms, filled, number, or_dash, sid, text};
use crate::form::Form;
use crate::party::Party;
use crate::sid::{AccountSid, CallSid, RecordingSid};
use crate::status::{CallStatus, Direction};
use crate::webhook::{Missing, call_sid, called, calling};

/// One notice about a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallStatusCallback {
    /// The leg.
    pub call_sid: CallSid,
    /// The account that owns the leg; `None` when absent or no identifier.
    pub account_sid: Option<AccountSid>,
    /// The leg that dialled this one.
    pub parent_call_sid: Option<CallSid>,
    /// How the leg stood when the notice was sent.
    pub call_status: CallStatus,
    /// Who calls.
    pub from: Party,
    /// Who is called.
    pub to: Party,
    /// Which way the leg goes.
    pub direction: Direction,
    /// The place of the notice among those of its leg, from 0, in the order in which they were sent.
    pub sequence_number: Option<u32>,
    /// When the event happened, in milliseconds since 1970 UTC, to the second.
    pub timestamp_ms: Option<i64>,
    /// How long the leg lasted, in seconds from its answer; in the last notice only.
    pub call_duration_s: Option<u32>,
    /// The minutes that are billed: `Duration`, rounded up.
    pub billed_minutes: Option<u32>,
    /// The last SIP answer to the leg, such as 487.
    pub sip_response_code: Option<u16>,
    /// What answered, if a machine was listened for.
    pub answered_by: Option<AnsweredBy>,
    /// The recording of the leg, in the last notice only.
    pub recording: Option<CallRecording>,
    /// Every parameter, as sent.
    pub rest: Form,
}

/// The recording that a status callback names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecording {
    /// Where it can be fetched.
    pub url: String,
    /// Its identifier.
    pub sid: Option<RecordingSid>,
    /// Its length in seconds.
    pub duration_s: Option<u32>,
}

/// The event of which a notice tells (reference B.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusEvent {
    /// The leg was begun.
    Initiated,
    /// The leg rings.
    Ringing,
    /// The leg was answered.
    Answered,
    /// The leg has ended, answered or not.
    Completed,
    /// The status belongs to no event that can be subscribed to.
    Unlisted,
}

impl CallStatusCallback {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `CallSid` is absent or unreadable. Everything else that cannot be read counts as absent or as `Other`.
    pub fn parse(form: &Form) -> Result<Self, Missing> {
        Ok(Self {
            call_sid: call_sid(form)?,
            account_sid: sid(form, "AccountSid"),
            parent_call_sid: sid(form, "ParentCallSid"),
            call_status: CallStatus::parse(form.get("CallStatus").unwrap_or_default()),
            from: calling(form),
            to: called(form),
            direction: Direction::parse(form.get("Direction").unwrap_or_default()),
            sequence_number: number(form, "SequenceNumber"),
            timestamp_ms: date_ms(form, "Timestamp"),
            call_duration_s: number(form, "CallDuration"),
            billed_minutes: number(form, "Duration"),
            sip_response_code: number(form, "SipResponseCode"),
            answered_by: filled(form, "AnsweredBy").map(AnsweredBy::parse),
            recording: text(form, "RecordingUrl").map(|url| CallRecording {
                url,
                sid: sid(form, "RecordingSid"),
                duration_s: number(form, "RecordingDuration"),
            }),
            rest: form.clone(),
        })
    }

    /// The event of which the notice tells.
    #[must_use]
    pub fn event(&self) -> StatusEvent {
        match self.call_status {
            CallStatus::Initiated => StatusEvent::Initiated,
            CallStatus::Ringing => StatusEvent::Ringing,
            CallStatus::InProgress => StatusEvent::Answered,
            CallStatus::Completed
            | CallStatus::Busy
            | CallStatus::Failed
            | CallStatus::NoAnswer
            | CallStatus::Canceled => StatusEvent::Completed,
            CallStatus::Queued | CallStatus::Other(_) => StatusEvent::Unlisted,
        }
    }

    /// What every delivery of this notice has in common and no other notice has: the leg, its status, and the notice's
    /// place among those of the leg.
    #[must_use]
    pub fn identity(&self) -> String {
        let place = or_dash(self.sequence_number.as_ref());
        format!("{} {} {place}", self.call_sid, self.call_status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(more: &str) -> CallStatusCallback {
        let body = format!("CallSid=CA00000000000000000000000000000001&{more}");
        CallStatusCallback::parse(&Form::parse(body.as_bytes())).unwrap()
    }

    #[test]
    fn the_last_notice_of_a_leg_is_read() {
        let last = callback(
            "AccountSid=AC00000000000000000000000000000001&CallStatus=completed&CallDuration=61&Duration=2&SequenceNumber=3\
             &Timestamp=Fri%2C+20+Nov+2026+04%3A30%3A00+%2B0000&SipResponseCode=200&CallbackSource=call-progress-events\
             &RecordingUrl=https%3A%2F%2Fapi.example%2FRE1&RecordingSid=RE1&RecordingDuration=60&AnsweredBy=human&From=client%3Aada&To=%2B12025550100",
        );

        assert_eq!(
            (last.call_status.clone(), last.event()),
            (CallStatus::Completed, StatusEvent::Completed)
        );
        assert_eq!(
            (
                last.call_duration_s,
                last.billed_minutes,
                last.sequence_number
            ),
            (Some(61), Some(2), Some(3))
        );
        assert_eq!(
            (last.timestamp_ms, &last.answered_by),
            (Some(1_795_149_000_000), &Some(AnsweredBy::Human))
        );
        assert_eq!(last.sip_response_code, Some(200));
        assert_eq!(
            last.recording
                .as_ref()
                .and_then(|recording| recording.duration_s),
            Some(60)
        );
        assert_eq!(
            (last.from.clone(), last.to.clone()),
            (Party::parse("client:ada"), Party::parse("+12025550100"))
        );
        assert_eq!(
            last.rest.get("CallbackSource"),
            Some("call-progress-events")
        );
    }

    #[test]
    fn every_ending_is_the_event_completed() {
        for status in ["completed", "busy", "failed", "no-answer", "canceled"] {
            assert_eq!(
                callback(&format!("CallStatus={status}")).event(),
                StatusEvent::Completed,
                "{status}"
            );
        }
        assert_eq!(
            callback("CallStatus=in-progress").event(),
            StatusEvent::Answered
        );
        assert_eq!(callback("CallStatus=queued").event(), StatusEvent::Unlisted);
    }

    #[test]
    fn repeated_deliveries_have_one_identity_and_other_notices_another() {
        let once = callback("CallStatus=ringing&SequenceNumber=1&CallDuration=");
        let again = callback("SequenceNumber=1&CallStatus=ringing");
        let others = [
            "CallStatus=ringing&SequenceNumber=2",
            "CallStatus=completed&SequenceNumber=1",
            "CallStatus=ringing",
        ];

        assert_eq!(once.identity(), again.identity());
        for other in others {
            assert_ne!(callback(other).identity(), once.identity(), "{other}");
        }
    }

    #[test]
    fn a_notice_about_no_call_is_an_error() {
        assert_eq!(
            CallStatusCallback::parse(&Form::parse(b"CallStatus=completed")),
            Err(Missing::CallSid)
        );
    }
}
