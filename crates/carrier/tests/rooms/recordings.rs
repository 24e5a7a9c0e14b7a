//! Recordings of calls, dials and conferences (reference A.3.5, B.6, E.4).

use carrier::engine::{
    CreateRecording, PauseBehavior, RecordingFilter, RecordingView, UpdateRecording,
};
use twiml::{ConferenceRecord, Dial, Record, RecordMode, RecordingEvent, Response, Say};

use super::people::{ADA, BEN, app, desk, somebody};
use super::support::{OFFICE, World};

fn records(world: &mut World, record: Record) -> twilio::CallSid {
    let document = Response::new().record(record).say(Say::new("after it"));
    world.page("/voice", document);
    world.page("/recorded", Response::new().say(Say::new("thank you")));
    world.rings_from(ADA)
}

fn recording(world: &World) -> RecordingView {
    world
        .engine
        .recordings(&RecordingFilter::default())
        .remove(0)
}

fn message() -> Record {
    Record::new()
        .action("/recorded")
        .recording_status_callback("/tape")
        .recording_status_callback_event(RecordingEvent::ALL.iter().copied())
}

#[test]
fn a_message_ends_with_a_key() {
    let mut world = World::new();
    let ada = records(&mut world, message());
    world.pass(4);

    world.press(&ada, "#");
    world.pass(2);

    let tape = recording(&world);
    for (name, value) in [
        ("Digits", "#"),
        ("RecordingDuration", "4"),
        ("RecordingSid", tape.sid.as_str()),
        ("RecordingUrl", tape.media_url.as_str()),
    ] {
        assert_eq!(world.told("/recorded", name), value, "{name}");
    }
    assert_eq!(world.said(&ada), ["thank you"]);
    assert_eq!(world.played(&ada), ["beep"]);
    assert_eq!(
        world.all_told("/tape", "RecordingStatus"),
        ["in-progress", "completed"]
    );
    for (name, value) in [
        ("RecordingDuration", "4"),
        ("RecordingChannels", "1"),
        ("RecordingSource", "RecordVerb"),
        ("RecordingTrack", "both"),
        ("CallSid", ada.as_str()),
        ("ConferenceSid", "-"),
    ] {
        assert_eq!(world.told("/tape", name), value, "{name}");
    }
    assert_eq!(tape.status, "completed");
    assert_eq!(tape.duration, Some(4));
    let media = world.engine.recording_media(&tape.sid).unwrap();
    assert_eq!(media.len(), 44 + 4 * 16_000);
}

#[test]
fn silence_ends_a_message_and_words_put_the_end_off() {
    let mut world = World::new();
    let ada = records(&mut world, message());
    world.pass(4);
    world.speak(&ada, "ten chars!");
    world.pass(5);
    assert!(world.to("/recorded").is_empty());

    world.pass(2);

    assert_eq!(world.told("/recorded", "RecordingDuration"), "10");
    assert_eq!(world.told("/recorded", "Digits"), "");
}

#[test]
fn a_message_goes_on_while_a_voice_is_heard() {
    let mut world = World::new();
    let ada = records(&mut world, message().timeout(2));

    for _ in 0..6 {
        world.pass(1);
        world.engine.voiced(&ada).expect("somebody is on the leg");
        world.work();
    }
    world.pass_ms(1_999);
    assert!(world.to("/recorded").is_empty());
    world.pass_ms(1);

    assert_eq!(world.told("/recorded", "RecordingDuration"), "8");
}

#[test]
fn the_longest_time_ends_a_message_that_no_silence_ends() {
    let mut world = World::new();
    records(
        &mut world,
        message().timeout(0).max_length(60).finish_on_key(""),
    );
    let ada = world.leg_at(ADA);
    world.press(&ada, "1#");
    world.pass(59);
    assert!(world.to("/recorded").is_empty());

    world.pass(1);

    assert_eq!(world.told("/recorded", "RecordingDuration"), "60");
}

#[test]
fn hanging_up_ends_a_message_whose_action_nobody_hears() {
    let mut world = World::new();
    let ada = records(&mut world, message());
    world.pass(3);

    world.hang_up(&ada);

    assert_eq!(world.told("/recorded", "Digits"), "hangup");
    assert_eq!(world.told("/recorded", "RecordingDuration"), "3");
    assert!(world.said(&ada).is_empty());
}

#[test]
fn a_message_without_an_action_asks_for_the_present_document() {
    let mut world = World::new();
    let ada = records(&mut world, Record::new());
    world.pass(2);

    world.press(&ada, "1");

    assert_eq!(world.to("/voice").len(), 2);
    assert_eq!(world.told("/voice", "RecordingDuration"), "2");
}

#[test]
fn an_empty_message_goes_on_with_the_next_verb_where_the_old_ways_are_kept() {
    let mut settings = super::support::settings();
    settings.options.empty_recording_requests_action = false;
    let mut world = World::with(settings);
    let ada = records(&mut world, message());

    world.pass(6);

    assert!(world.to("/recorded").is_empty());
    assert_eq!(world.said(&ada), ["after it"]);
}

#[test]
fn what_is_shorter_than_a_second_is_absent() {
    let mut world = World::new();
    let ada = records(&mut world, message());

    world.press(&ada, "1");
    world.pass(2);

    assert_eq!(world.told("/tape", "RecordingStatus"), "absent");
    assert_eq!(recording(&world).error_code, Some(16101));
    assert!(
        world
            .engine
            .recording_media(&recording(&world).sid)
            .is_none()
    );
}

#[test]
fn a_dial_is_recorded_from_the_answer_on_under_the_leg_that_dialled() {
    let mut world = World::new();
    world.page("/after", Response::new());
    let dial = Dial::to(OFFICE)
        .record(RecordMode::FromAnswerDual)
        .recording_status_callback("/tape")
        .action("/after");
    let ada = world.dials(ADA, dial);
    world.pass(5);
    assert!(
        world
            .engine
            .recordings(&RecordingFilter::default())
            .is_empty()
    );
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(12);

    world.hang_up(&office);
    assert_eq!(
        world.told("/after", "RecordingUrl"),
        recording(&world).media_url
    );
    world.pass(2);

    for (name, value) in [
        ("RecordingSource", "DialVerb"),
        ("RecordingChannels", "2"),
        ("RecordingDuration", "12"),
        ("RecordingStatus", "completed"),
        ("CallSid", ada.as_str()),
    ] {
        assert_eq!(world.told("/tape", name), value, "{name}");
    }
}

#[test]
fn a_conference_is_recorded_from_its_start_to_its_end() {
    let mut world = World::new();
    let recorded = || {
        desk()
            .record(ConferenceRecord::FromStart)
            .recording_status_callback("/tape")
    };
    let ada = world.enters(ADA, recorded());
    world.pass(30);
    assert!(
        world
            .engine
            .recordings(&RecordingFilter::default())
            .is_empty()
    );
    let ben = world.enters(BEN, recorded());
    world.pass(10);
    world.hang_up(&ada);
    world.hang_up(&ben);
    world.pass(2);

    let room = world.room().sid;
    let filter = RecordingFilter {
        conference: Some(room.clone()),
        ..RecordingFilter::default()
    };
    let tapes = world.engine.recordings(&filter);
    assert_eq!(tapes.len(), 1);
    assert_eq!(
        (tapes[0].duration, tapes[0].call.as_ref()),
        (Some(10), None)
    );
    assert_eq!(world.told("/tape", "RecordingSource"), "Conference");
    assert_eq!(world.told("/tape", "ConferenceSid"), room.to_string());
    assert_eq!(world.told("/tape", "CallSid"), "-");
}

#[test]
fn rest_records_pauses_resumes_and_stops() {
    for (behavior, seconds) in [(PauseBehavior::Skip, 8), (PauseBehavior::Silence, 13)] {
        let mut world = World::new();
        let (_, ada, _ben) = world.two_at_the_desk();
        let create = CreateRecording {
            status_callback: Some(app("/tape")),
            status_callback_events: vec!["started paused resumed stopped completed".to_owned()],
            channels: Some("dual".to_owned()),
            ..CreateRecording::default()
        };
        let tape = world.engine.create_recording(&ada, &create).unwrap();
        assert_eq!((tape.status.as_str(), tape.channels), ("in-progress", 2));
        let filter = RecordingFilter {
            call: Some(ada.clone()),
            ..RecordingFilter::default()
        };
        assert_eq!(
            world.engine.current_recording(&filter),
            Some(tape.sid.clone())
        );

        for (status, pass) in [("paused", 3), ("in-progress", 5), ("stopped", 5)] {
            world.pass(pass);
            let update = UpdateRecording {
                status: status.to_owned(),
                pause_behavior: Some(behavior),
            };
            let view = world.engine.update_recording(&tape.sid, &update).unwrap();
            assert_eq!(view.status, status);
        }
        world.pass(1);

        assert_eq!(recording(&world).duration, Some(seconds), "{behavior:?}");
        let statuses = [
            "in-progress",
            "paused",
            "in-progress",
            "stopped",
            "completed",
        ];
        assert_eq!(world.all_told("/tape", "RecordingStatus"), statuses);
        assert_eq!(
            world.told("/tape", "RecordingSource"),
            "StartCallRecordingAPI"
        );
        assert_eq!(world.engine.current_recording(&filter), None);
    }
}

#[test]
fn a_leg_that_is_over_takes_its_recording_along() {
    let mut world = World::new();
    let (_, ada, _ben) = world.two_at_the_desk();
    let tape = world
        .engine
        .create_recording(&ada, &CreateRecording::default());
    let tape = tape.unwrap().sid;
    world.pass(6);

    world.hang_up(&ada);
    let refused = world
        .engine
        .create_recording(&ada, &CreateRecording::default());
    assert_eq!(refused.unwrap_err().code, 21220);
    assert_eq!(world.engine.recording(&tape).unwrap().status, "processing");
    world.pass(1);

    assert_eq!(world.engine.recording(&tape).unwrap().duration, Some(6));
    assert!(world.engine.delete_recording(&tape).is_ok());
    assert_eq!(
        world.engine.delete_recording(&tape).unwrap_err().code,
        20404
    );
}

#[test]
fn a_leg_that_rest_dials_is_recorded_and_its_end_tells_where() {
    let mut world = World::new();
    world.enters(ADA, desk());
    let mut create = somebody(OFFICE);
    create.record = Some(CreateRecording::default());
    create.status_callback = Some(app("/leg"));
    let office = world.adds("desk", &create);
    world.answer(&office);
    world.pass(9);

    world.hang_up(&office);

    assert_eq!(recording(&world).source, "OutboundAPI");
    assert_eq!(world.told("/leg", "RecordingDuration"), "9");
    assert_eq!(
        world.told("/leg", "RecordingSid"),
        recording(&world).sid.to_string()
    );
}
