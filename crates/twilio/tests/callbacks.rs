//! Promises of every kind of callback: nothing that is sent breaks it, and its identity does not hang on the order.

use proptest::prelude::*;
use twilio::Form;
use twilio::callback::{
    CallStatusCallback, ConferenceCallback, MachineCallback, PartialSpeech, RecordingCallback,
    TranscriptionCallback,
};
use twilio::webhook::{Dequeued, Fallback, QueueLeft, QueueWait, Recorded, Referred, VoiceRequest};

/// The names that decide something, beside the identifiers.
const NAMES: [&str; 34] = [
    "CallStatus",
    "SequenceNumber",
    "Timestamp",
    "StatusCallbackEvent",
    "EventName",
    "Muted",
    "ReasonConferenceEnded",
    "ReasonParticipantLeft",
    "ParticipantCallStatus",
    "AnnounceUrl",
    "RecordingStatus",
    "RecordingDuration",
    "RecordingStartTime",
    "RecordingUrl",
    "AnsweredBy",
    "MachineDetectionDuration",
    "TranscriptionStatus",
    "UnstableSpeechResult",
    "StableSpeechResult",
    "Stability",
    "QueuePosition",
    "QueueTime",
    "CurrentQueueSize",
    "QueueResult",
    "DequeingCallSid",
    "QueueSid",
    "ErrorCode",
    "ErrorUrl",
    "ReferTransferTarget",
    "Digits",
    "DialCallStatus",
    "CallDuration",
    "SipDomain",
    "Confidence",
];

proptest! {
    #[test]
    fn anything_that_names_what_it_is_about_is_read(pairs in pairs()) {
        let identities = identities(&pairs);

        prop_assert!(identities.len() >= 6);
        for identity in identities {
            prop_assert!(!identity.is_empty());
        }
    }

    #[test]
    fn the_identity_does_not_hang_on_the_order(pairs in pairs()) {
        let backwards: Vec<_> = pairs.iter().rev().cloned().collect();

        prop_assert_eq!(identities(&pairs), identities(&backwards));
    }
}

/// Each name at most once, with a value of the kind that comes or any other.
fn pairs() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = prop_oneof![
        ".{0,10}",
        "[0-9]{1,12}",
        Just("true".to_owned()),
        Just("completed".to_owned()),
        Just("participant-leave".to_owned()),
        Just("Fri, 20 Nov 2026 04:30:00 +0000".to_owned()),
        Just("QU00000000000000000000000000000001".to_owned()),
        Just("CA00000000000000000000000000000002".to_owned()),
    ];
    let values = proptest::collection::vec(proptest::option::of(value), NAMES.len());
    values.prop_map(|values| {
        let pairs = NAMES.into_iter().zip(values);
        pairs
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    })
}

fn identities(pairs: &[(&str, String)]) -> Vec<String> {
    let named = [
        ("CallSid", "CA"),
        ("ConferenceSid", "CF"),
        ("RecordingSid", "RE"),
        ("TranscriptionSid", "TR"),
    ];
    let sids = named.map(|(name, prefix)| (name, format!("{prefix}{:032}", 1)));
    let form: Form = sids
        .iter()
        .chain(pairs)
        .map(|(name, value)| (*name, value))
        .collect();
    let request = VoiceRequest::parse(&form).expect("the call is named");
    let always = [
        CallStatusCallback::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
        ConferenceCallback::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
        RecordingCallback::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
        MachineCallback::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
        TranscriptionCallback::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
        PartialSpeech::parse(&form)
            .ok()
            .map(|notice| notice.identity()),
    ];
    let of_its_kind = [
        QueueWait::of(&request).map(|kind| kind.identity()),
        QueueLeft::of(&request).map(|kind| kind.identity()),
        Dequeued::of(&request).map(|kind| kind.identity()),
        Recorded::of(&request).map(|kind| kind.identity()),
        Fallback::of(&request).map(|kind| kind.identity()),
        Referred::of(&request).map(|kind| kind.identity()),
    ];
    always.into_iter().chain(of_its_kind).flatten().collect()
}
