//! What resources say.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilio::callback::{ReasonConferenceEnded, RecordingSource, RecordingStatus};
use twilio::rest::{
    CallResource, Capabilities, ConferenceResource, ConferenceStatus, MemberResource,
    NumberResource, ParticipantResource, ParticipantStatus, QueueResource, RecordingResource,
    WebMethod,
};
use twilio::{CallStatus, E164};

use super::examples::{Telling, example};
use super::facts::Facts;
use super::sent::{TIME, URL};

#[test]
fn every_word_of_the_interface_is_known() {
    let lists: [(&str, &str, &[&str]); 9] = [
        ("call", "status", CallStatus::KNOWN),
        ("conference", "status", ConferenceStatus::KNOWN),
        (
            "conference",
            "reason_conference_ended",
            ReasonConferenceEnded::KNOWN,
        ),
        ("conference.participant", "status", ParticipantStatus::KNOWN),
        ("recording", "status", RecordingStatus::KNOWN),
        ("recording", "source", RecordingSource::KNOWN),
        ("call.call_recording", "status", RecordingStatus::KNOWN),
        (
            "conference.conference_recording",
            "source",
            RecordingSource::KNOWN,
        ),
        ("incoming_phone_number", "voice_method", &["GET", "POST"]),
    ];
    let facts = Facts::read();

    for (resource, field, known) in lists {
        for word in facts.resources[resource][field]
            .trim_end_matches('?')
            .split('|')
        {
            assert!(known.contains(&word), "{resource} {field}: {word}");
        }
    }
}

#[test]
fn a_call_is_read_with_its_times_in_milliseconds() {
    let call: CallResource = whole("call");

    assert_eq!(
        (call.created_ms, call.start_time_ms, call.end_time_ms),
        (Some(TIME), Some(TIME), Some(TIME))
    );
    assert_eq!((call.duration_s, call.queued_ms), (Some(15), Some(15)));
    assert_eq!(call.price.as_deref(), Some("-0.03"));
    assert_eq!(call.rest["api_version"], "some words");
}

#[test]
fn a_recording_is_read_whether_its_price_is_a_number_or_not() {
    for resource in [
        "recording",
        "call.call_recording",
        "conference.conference_recording",
    ] {
        let recording: RecordingResource = whole(resource);

        assert_eq!(recording.price.as_deref(), Some("-0.03"), "{resource}");
        assert_eq!(
            (recording.duration_s, recording.channels),
            (Some(15), Some(2)),
            "{resource}"
        );
        assert_eq!(recording.start_time_ms, Some(TIME), "{resource}");
    }
}

#[test]
fn a_conference_and_a_participant_are_read() {
    let conference: ConferenceResource = whole("conference");
    let participant: ParticipantResource = whole("conference.participant");

    assert_eq!(conference.status, ConferenceStatus::Init);
    assert_eq!(
        conference.reason_conference_ended,
        Some(ReasonConferenceEnded::ViaApi)
    );
    assert!(participant.muted && participant.hold && participant.coaching);
    assert_eq!(participant.status, ParticipantStatus::Queued);
    assert_eq!(participant.label.as_deref(), Some("some words"));
}

#[test]
fn a_conference_that_runs_has_no_reason_for_its_end() {
    let mut body = body("conference");
    body["reason_conference_ended"] = Value::Null;

    let conference: ConferenceResource = read(body);

    assert_eq!(conference.reason_conference_ended, None);
}

#[test]
fn a_queue_and_a_member_are_read() {
    let queue: QueueResource = whole("queue");
    let member: MemberResource = whole("queue.member");

    assert_eq!(
        (queue.current_size, queue.max_size, queue.average_wait_s),
        (Some(2), Some(2), Some(2))
    );
    assert_eq!(
        (member.position, member.waited_s, member.enqueued_ms),
        (Some(2), Some(2), Some(TIME))
    );
}

#[test]
fn a_number_is_read_with_the_addresses_that_it_asks() {
    let number: NumberResource = whole("incoming_phone_number");

    assert_eq!(number.phone_number, E164::parse("+12025550100"));
    assert_eq!(number.voice_url.as_deref(), Some(URL));
    assert_eq!(number.voice_method, Some(WebMethod::Get));
    assert_eq!(
        number.capabilities,
        Some(Capabilities {
            voice: true,
            sms: true,
            ..Capabilities::default()
        })
    );
    assert!(!number.asks_its_addresses());
}

#[test]
fn empty_texts_in_a_number_are_absent() {
    let mut body = body("incoming_phone_number");
    for field in [
        "voice_application_sid",
        "trunk_sid",
        "voice_url",
        "status_callback",
    ] {
        body[field] = json!("");
    }

    let number: NumberResource = read(body);

    assert!(number.asks_its_addresses());
    assert_eq!((number.voice_url, number.status_callback), (None, None));
}

#[test]
fn an_odd_field_does_not_cost_the_rest() {
    let mut body = body("incoming_phone_number");
    for field in [
        "phone_number",
        "voice_url",
        "voice_method",
        "voice_caller_id_lookup",
        "trunk_sid",
    ] {
        body[field] = json!(7);
    }
    body["capabilities"]["fax"] = Value::Null;

    let number: NumberResource = read(body);

    assert_eq!((number.phone_number, number.voice_method), (None, None));
    assert!(!number.voice_caller_id_lookup);
    assert_eq!(
        number.capabilities.map(|can| (can.voice, can.fax)),
        Some((true, false))
    );
}

#[test]
fn fields_that_nobody_knows_are_kept() {
    for resource in ["call", "conference", "queue", "recording"] {
        let mut body = body(resource);
        body["brand_new"] = json!([1, 2]);

        let kept = match resource {
            "call" => read::<CallResource>(body).rest,
            "conference" => read::<ConferenceResource>(body).rest,
            "queue" => read::<QueueResource>(body).rest,
            _ => read::<RecordingResource>(body).rest,
        };

        assert_eq!(kept["brand_new"], json!([1, 2]), "{resource}");
    }
}

fn whole<R: DeserializeOwned + Debug>(resource: &str) -> R {
    read(body(resource))
}

fn body(resource: &str) -> Value {
    example(&Facts::read().resources[resource], Telling::Everything)
}

fn read<R: DeserializeOwned + Debug>(body: Value) -> R {
    serde_json::from_value(body).expect("the resource is read")
}
