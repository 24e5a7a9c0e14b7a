//! Requests that are answered with TwiML: their parameters as types (reference B.2, B.3).
//!
//! [`VoiceRequest`] holds what any of them may carry. What only one kind of them carries is taken out of it by the type
//! of that kind, such as [`QueueWait::of`].

mod answered;
mod dial;
mod fallback;
mod queue;
mod recorded;
mod referred;
mod sip;

pub use dial::DialResult;
pub use fallback::Fallback;
pub use queue::{Dequeued, QueueLeft, QueueResult, QueueWait};
pub use recorded::{RecordEnd, Recorded};
pub use referred::Referred;
pub use sip::SipLeg;

use crate::field::{filled, number, sid, text};
use crate::form::Form;
use crate::party::Party;
use crate::place::Place;
use crate::sid::{AccountSid, CallSid};
use crate::status::{CallStatus, Direction};

/// The parameters of a voice webhook. Parameters without a field of their own are in [`rest`](Self::rest).
///
/// The token that marks repeated deliveries is a header, not a parameter:
/// [`IDEMPOTENCY_TOKEN`](crate::headers::IDEMPOTENCY_TOKEN).
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceRequest {
    /// The leg that asks.
    pub call_sid: CallSid,
    /// The account that owns the leg; `None` when absent or no identifier.
    pub account_sid: Option<AccountSid>,
    /// Who calls: `From`, or its undocumented duplicate `Caller` when that is empty.
    pub from: Party,
    /// Who is called: `To`, or its undocumented duplicate `Called` when that is empty.
    pub to: Party,
    /// How the leg stands.
    pub call_status: CallStatus,
    /// Which way the leg goes.
    pub direction: Direction,
    /// The number that forwarded the call here, if the carrier tells.
    pub forwarded_from: Option<Party>,
    /// The caller's name, if looking it up was ordered.
    pub caller_name: Option<String>,
    /// The leg that dialled this one.
    pub parent_call_sid: Option<CallSid>,
    /// Where the calling number is registered (`FromCity` and so on).
    pub from_place: Place,
    /// Where the called number is registered (`ToCity` and so on).
    pub to_place: Place,
    /// The undocumented duplicate of `from_place` (`CallerCity` and so on).
    pub caller_place: Place,
    /// The undocumented duplicate of `to_place` (`CalledCity` and so on).
    pub called_place: Place,
    /// The keys that were pressed, as sent; empty when nothing was pressed and the document asked to be told.
    pub digits: Option<String>,
    /// The key that ended the input; empty when a time-out or the number of keys ended it.
    pub finished_on_key: Option<String>,
    /// What was said, if the document listened.
    pub speech: Option<Speech>,
    /// How a `<Dial>` ended, in the request for its action.
    pub dial: Option<DialResult>,
    /// Twilio's error code, in the request to the fallback address.
    pub error_code: Option<u32>,
    /// The address that failed, in the request to the fallback address.
    pub error_url: Option<String>,
    /// Every parameter, as sent.
    pub rest: Form,
}

/// What a `<Gather>` heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// The words.
    pub text: String,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: Option<f64>,
}

/// Why a request is no voice webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// There is no parameter `CallSid`.
    #[error("CallSid is missing")]
    CallSid,
    /// The parameter `CallSid` is no identifier of a call.
    #[error("CallSid is not CA and 32 hexadecimal digits")]
    ReadableCallSid,
}

impl VoiceRequest {
    /// Reads the parameters of a POST's body or of a GET's query.
    ///
    /// # Errors
    /// When `CallSid` is absent or unreadable. Everything else that cannot be read counts as absent or as `Other`.
    pub fn parse(form: &Form) -> Result<Self, Missing> {
        Ok(Self {
            call_sid: call_sid(form)?,
            account_sid: sid(form, "AccountSid"),
            from: calling(form),
            to: called(form),
            call_status: CallStatus::parse(form.get("CallStatus").unwrap_or_default()),
            direction: Direction::parse(form.get("Direction").unwrap_or_default()),
            forwarded_from: filled(form, "ForwardedFrom").map(Party::parse),
            caller_name: text(form, "CallerName"),
            parent_call_sid: sid(form, "ParentCallSid"),
            from_place: Place::read(form, ["FromCity", "FromState", "FromZip", "FromCountry"]),
            to_place: Place::read(form, ["ToCity", "ToState", "ToZip", "ToCountry"]),
            caller_place: Place::read(
                form,
                ["CallerCity", "CallerState", "CallerZip", "CallerCountry"],
            ),
            called_place: Place::read(
                form,
                ["CalledCity", "CalledState", "CalledZip", "CalledCountry"],
            ),
            digits: form.get("Digits").map(str::to_owned),
            finished_on_key: form.get("FinishedOnKey").map(str::to_owned),
            speech: form.get("SpeechResult").map(|text| Speech {
                text: text.to_owned(),
                confidence: number(form, "Confidence").filter(|share| (0.0..=1.0).contains(share)),
            }),
            dial: DialResult::read(form),
            error_code: number(form, "ErrorCode"),
            error_url: text(form, "ErrorUrl"),
            rest: form.clone(),
        })
    }
}

pub(crate) fn call_sid(form: &Form) -> Result<CallSid, Missing> {
    let text = filled(form, "CallSid").ok_or(Missing::CallSid)?;
    CallSid::parse(text).map_err(|_| Missing::ReadableCallSid)
}

pub(crate) fn calling(form: &Form) -> Party {
    Party::parse(
        filled(form, "From")
            .or_else(|| filled(form, "Caller"))
            .unwrap_or_default(),
    )
}

pub(crate) fn called(form: &Form) -> Party {
    Party::parse_called(
        filled(form, "To")
            .or_else(|| filled(form, "Called"))
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::Withheld;
    use proptest::prelude::*;

    const SID: &str = "CA00000000000000000000000000000001";

    fn request(more: &[(&str, &str)]) -> VoiceRequest {
        let form = std::iter::once(("CallSid", SID))
            .chain(more.iter().copied())
            .collect();
        VoiceRequest::parse(&form).unwrap()
    }

    #[test]
    fn the_first_request_of_a_call_is_read() {
        let body = b"AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000001\
            &CallStatus=ringing&Called=%2B15550100002&CalledState=CA&Caller=%2B12025550100&CallerState=TX&CallerZip=&Direction=inbound\
            &From=%2B12025550100&FromCity=AUSTIN&FromCountry=US&FromState=TX&FromZip=&To=%2B15550100002&ToCity=&StirVerstat=TN-Validation-Passed-A";

        let request = VoiceRequest::parse(&Form::parse(body)).unwrap();

        assert_eq!(request.call_sid.as_str(), SID);
        assert_eq!(
            request.account_sid.unwrap().as_str(),
            "AC00000000000000000000000000000001"
        );
        assert_eq!(request.from, Party::parse("+12025550100"));
        assert_eq!(request.to, Party::parse("+15550100002"));
        assert_eq!(
            (request.call_status, request.direction),
            (CallStatus::Ringing, Direction::Inbound)
        );
        assert_eq!(
            (request.from_place.city.as_deref(), request.from_place.zip),
            (Some("AUSTIN"), None)
        );
        assert_eq!(
            (
                request.caller_place.state.as_deref(),
                request.caller_place.zip
            ),
            (Some("TX"), None)
        );
        assert_eq!(
            (request.called_place.state.as_deref(), request.to_place),
            (Some("CA"), Place::default())
        );
        assert_eq!(
            (request.digits, request.dial, request.error_code),
            (None, None, None)
        );
        assert_eq!(
            request.rest.get("StirVerstat"),
            Some("TN-Validation-Passed-A")
        );
    }

    #[test]
    fn only_a_call_without_a_readable_identifier_is_an_error() {
        assert_eq!(VoiceRequest::parse(&Form::new()), Err(Missing::CallSid));
        assert_eq!(
            VoiceRequest::parse(&Form::parse(b"CallSid=")),
            Err(Missing::CallSid)
        );
        assert_eq!(
            VoiceRequest::parse(&Form::parse(b"CallSid=CA1234567890ABCDE")),
            Err(Missing::ReadableCallSid)
        );
        assert_eq!(
            request(&[
                ("AccountSid", "nobody"),
                ("ParentCallSid", "x"),
                ("ErrorCode", "many")
            ])
            .account_sid,
            None
        );
    }

    #[test]
    fn keys_come_as_they_were_sent() {
        let pressed = request(&[
            ("Digits", "12*"),
            ("FinishedOnKey", "#"),
            ("msg", "Gather End"),
        ]);
        let silent = request(&[("Digits", ""), ("FinishedOnKey", "")]);

        assert_eq!(
            (
                pressed.digits.as_deref(),
                pressed.finished_on_key.as_deref()
            ),
            (Some("12*"), Some("#"))
        );
        assert_eq!(
            (silent.digits.as_deref(), silent.finished_on_key.as_deref()),
            (Some(""), Some(""))
        );
    }

    #[test]
    fn speech_may_come_without_a_confidence() {
        let sure = request(&[("SpeechResult", "two"), ("Confidence", "0.9")])
            .speech
            .unwrap();

        assert_eq!((sure.text.as_str(), sure.confidence), ("two", Some(0.9)));
        for odd in ["", "NaN", "inf", "2"] {
            assert_eq!(
                request(&[("SpeechResult", "two"), ("Confidence", odd)])
                    .speech
                    .unwrap()
                    .confidence,
                None,
                "{odd}"
            );
        }
    }

    #[test]
    fn the_duplicates_stand_in_for_an_empty_caller() {
        let request = request(&[
            ("From", ""),
            ("Caller", "+12025550100"),
            ("Called", "+15550100002"),
        ]);

        assert_eq!(
            (request.from, request.to),
            (Party::parse("+12025550100"), Party::parse("+15550100002"))
        );
    }

    #[test]
    fn a_call_that_tells_nothing_comes_from_somebody_unknown_to_nobody_named() {
        let request = request(&[]);

        assert_eq!(
            (request.from, request.to),
            (
                Party::Withheld(Withheld::Unknown),
                Party::Other(String::new())
            )
        );
        assert_eq!(request.call_status, CallStatus::Other(String::new()));
    }

    #[test]
    fn the_fallback_is_told_what_failed() {
        let request = request(&[
            ("ErrorCode", "11200"),
            ("ErrorUrl", "https://desk.example.org/ivr/welcome"),
        ]);

        assert_eq!(
            (request.error_code, request.error_url.as_deref()),
            (Some(11200), Some("https://desk.example.org/ivr/welcome"))
        );
    }

    proptest! {
        #[test]
        fn any_values_are_read(values in proptest::collection::vec(".{0,12}", 8)) {
            let names = ["From", "To", "Digits", "Confidence", "SpeechResult", "DialCallStatus", "DialCallDuration", "ErrorCode"];
            let pairs: Vec<_> = names.into_iter().zip(values.iter().map(String::as_str)).collect();

            let request = request(&pairs);

            for (name, value) in pairs {
                prop_assert_eq!(request.rest.get(name), Some(value));
            }
        }
    }
}
