//! The request for the action of a `<Dial>`: how it ended (reference B.3, Dial).

use super::VoiceRequest;
use crate::field::{filled, number, sid, text, truth};
use crate::form::Form;
use crate::sid::{CallSid, QueueSid};
use crate::status::DialCallStatus;

/// How a `<Dial>` ended. A recording that it made is [`Recorded`](super::Recorded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialResult {
    /// The end of the dialled leg. `Completed` does not mean that the two parties spoke.
    pub status: DialCallStatus,
    /// The dialled leg; absent after a conference.
    pub sid: Option<CallSid>,
    /// How long the dialled leg lasted, in seconds; absent after a conference.
    pub duration_s: Option<u32>,
    /// Whether the two parties were connected.
    pub bridged: Option<bool>,
    /// The last SIP answer to the dialled leg, such as 486.
    pub sip_response_code: Option<u16>,
    /// The identifier that SIP gave the dialled leg.
    pub sip_call_id: Option<String>,
    /// The queue out of which somebody was taken.
    pub queue_sid: Option<QueueSid>,
    /// How long that caller had waited, in seconds.
    pub queue_waited_s: Option<u32>,
}

impl DialResult {
    pub(super) fn read(form: &Form) -> Option<Self> {
        Some(Self {
            status: DialCallStatus::parse(filled(form, "DialCallStatus")?),
            sid: sid(form, "DialCallSid"),
            duration_s: number(form, "DialCallDuration"),
            bridged: truth(form, "DialBridged"),
            sip_response_code: number(form, "DialSipResponseCode"),
            sip_call_id: text(form, "DialSipCallId"),
            queue_sid: sid(form, "QueueSid"),
            queue_waited_s: number(form, "QueueTime"),
        })
    }
}

impl VoiceRequest {
    /// The SIP headers of the dialled leg that were passed on: their names without `DialSipHeader_`, in the order in
    /// which they came.
    pub fn dial_sip_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rest
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("DialSipHeader_")?, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(pairs: &[(&str, &str)]) -> Option<DialResult> {
        DialResult::read(&pairs.iter().copied().collect())
    }

    #[test]
    fn the_end_of_a_dial_is_read() {
        let child = "CA00000000000000000000000000000002";
        let spoken = [
            ("DialCallStatus", "completed"),
            ("DialCallSid", child),
            ("DialCallDuration", "17"),
            ("DialBridged", "true"),
        ];
        let declined = [
            ("DialCallStatus", "busy"),
            ("DialBridged", "False"),
            ("DialCallDuration", ""),
            ("DialSipResponseCode", "486"),
        ];

        let spoken = result(&spoken).unwrap();
        let declined = result(&declined).unwrap();

        assert_eq!(
            (spoken.status, spoken.duration_s, spoken.bridged),
            (DialCallStatus::Completed, Some(17), Some(true))
        );
        assert_eq!(spoken.sid.unwrap().as_str(), child);
        assert_eq!(
            (declined.status, declined.duration_s, declined.bridged),
            (DialCallStatus::Busy, None, Some(false))
        );
        assert_eq!(declined.sip_response_code, Some(486));
        assert_eq!(
            result(&[("DialCallStatus", "paused")]).unwrap().status,
            DialCallStatus::Other("paused".to_owned())
        );
        assert_eq!(result(&[("DialCallStatus", "")]), None);
    }

    #[test]
    fn somebody_taken_out_of_a_queue_is_told_with_the_end() {
        let pairs = [
            ("DialCallStatus", "completed"),
            ("QueueSid", "QU00000000000000000000000000000001"),
            ("QueueTime", "12"),
        ];

        let taken = result(&pairs).unwrap();

        assert_eq!(
            (taken.queue_sid.is_some(), taken.queue_waited_s),
            (true, Some(12))
        );
    }
}
