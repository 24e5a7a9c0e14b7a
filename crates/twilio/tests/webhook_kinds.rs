//! Requests of every kind, told apart and read (reference B.3).

use twilio::callback::AnsweredBy;
use twilio::webhook::{
    Dequeued, Fallback, QueueLeft, QueueResult, QueueWait, RecordEnd, Recorded, Referred,
    VoiceRequest,
};
use twilio::{Form, Party};

const CALL: &str = "CA00000000000000000000000000000001";
const AGENT: &str = "CA00000000000000000000000000000002";
const QUEUE: &str = "QU00000000000000000000000000000001";

#[test]
fn each_kind_of_request_is_of_that_kind_alone() {
    let cases: [(&str, Vec<(&str, &str)>); 8] = [
        ("plain", vec![("Digits", "1")]),
        ("wait", waiting()),
        ("left", vec![("QueueResult", "leave"), ("QueueSid", QUEUE)]),
        (
            "dequeued",
            vec![("QueueSid", QUEUE), ("DequeingCallSid", AGENT)],
        ),
        (
            "dialled",
            vec![
                ("QueueSid", QUEUE),
                ("DequeingCallSid", AGENT),
                ("DialCallStatus", "completed"),
            ],
        ),
        (
            "recorded",
            vec![("RecordingUrl", "https://api.example/RE1")],
        ),
        ("fallback", vec![("ErrorCode", "11200")]),
        (
            "referred",
            vec![("ReferTransferTarget", "sip:bo@example.org")],
        ),
    ];

    for (kind, pairs) in cases {
        let request = request(&pairs);

        let kinds = [
            QueueWait::of(&request).map(|_| "wait"),
            QueueLeft::of(&request).map(|_| "left"),
            Dequeued::of(&request).map(|_| "dequeued"),
            Recorded::of(&request).map(|_| "recorded"),
            Fallback::of(&request).map(|_| "fallback"),
            Referred::of(&request).map(|_| "referred"),
        ];
        let found: Vec<_> = kinds.into_iter().flatten().collect();
        let expected: Vec<_> = Some(kind)
            .filter(|kind| !["plain", "dialled"].contains(kind))
            .into_iter()
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_caller_who_waits_is_told_the_place() {
    let wait = QueueWait::of(&request(&waiting())).expect("the caller waits");

    assert_eq!((wait.position, wait.waited_s), (Some(2), Some(30)));
    assert_eq!(
        (wait.average_wait_s, wait.size, wait.max_size),
        (Some(45), Some(3), Some(100))
    );
    assert_eq!(wait.identity(), format!("{CALL} waits in {QUEUE} 2 30"));
}

#[test]
fn a_full_queue_was_never_entered() {
    let left =
        QueueLeft::of(&request(&[("QueueResult", "queue-full")])).expect("the waiting is over");

    assert_eq!(
        (left.result.clone(), left.queue_sid.clone(), left.waited_s),
        (QueueResult::QueueFull, None, None)
    );
    assert_eq!(left.identity(), format!("{CALL} left - queue-full -"));
}

#[test]
fn the_one_who_takes_a_caller_is_named() {
    let pairs = [
        ("QueueSid", QUEUE),
        ("DequeingCallSid", AGENT),
        ("QueueTime", "12"),
    ];

    let taken = Dequeued::of(&request(&pairs)).expect("the caller is taken");

    assert_eq!((taken.taken_by.as_str(), taken.waited_s), (AGENT, Some(12)));
    assert_eq!(
        taken.identity(),
        format!("{CALL} taken from {QUEUE} by {AGENT}")
    );
}

#[test]
fn a_recording_says_what_ended_it() {
    let cases = [
        ("hangup", Some(RecordEnd::Hangup)),
        ("#", Some(RecordEnd::Key("#".to_owned()))),
        ("", None),
    ];

    for (digits, ended_by) in cases {
        let pairs = [
            ("RecordingUrl", "https://api.example/RE1"),
            ("RecordingDuration", "7"),
            ("Digits", digits),
        ];

        let recorded = Recorded::of(&request(&pairs)).expect("there is a recording");

        assert_eq!(
            (recorded.duration_s, recorded.ended_by),
            (Some(7), ended_by)
        );
    }
}

#[test]
fn the_fallback_and_a_referral_say_what_they_are_about() {
    let failed = request(&[
        ("ErrorCode", "12100"),
        ("ErrorUrl", "https://desk.example/a"),
    ]);
    let referred = request(&[("ReferTransferTarget", "sip:bo@example.org")]);

    assert_eq!(
        Fallback::of(&failed).expect("a failure").identity(),
        format!("{CALL} failed 12100 https://desk.example/a")
    );
    assert_eq!(
        Referred::of(&referred).expect("a referral").target,
        Party::Sip("sip:bo@example.org".to_owned())
    );
}

#[test]
fn what_answered_and_how_the_call_came_here_are_read() {
    let request = request(&[
        ("AnsweredBy", "machine_start"),
        ("SipDomain", "desk.sip.example"),
        ("SipCallId", "abc"),
        ("SipHeader_X-Team", "blue"),
        ("ApplicationSid", "AP00000000000000000000000000000001"),
        ("StirVerstat", "TN-Validation-Passed-A"),
        ("CalledVia", "+12025550100"),
        ("CallToken", "{}"),
    ]);

    let sip = request.sip().expect("the leg is a SIP leg");

    assert_eq!(request.answered_by(), Some(AnsweredBy::MachineStart));
    assert_eq!(
        (sip.domain.as_str(), sip.call_id.as_deref()),
        ("desk.sip.example", Some("abc"))
    );
    assert_eq!(
        request.sip_headers().collect::<Vec<_>>(),
        [("X-Team", "blue")]
    );
    assert!(request.application_sid().is_some());
    assert_eq!(request.attestation(), Some("TN-Validation-Passed-A"));
    assert_eq!(request.called_via(), Some(Party::parse("+12025550100")));
    assert_eq!(request.call_token(), Some("{}"));
}

fn waiting() -> Vec<(&'static str, &'static str)> {
    vec![
        ("QueueSid", QUEUE),
        ("QueuePosition", "2"),
        ("QueueTime", "30"),
        ("AvgQueueTime", "45"),
        ("CurrentQueueSize", "3"),
        ("MaxQueueSize", "100"),
    ]
}

fn request(more: &[(&str, &str)]) -> VoiceRequest {
    let form: Form = std::iter::once(("CallSid", CALL))
        .chain(more.iter().copied())
        .collect();
    VoiceRequest::parse(&form).expect("the request names its call")
}
