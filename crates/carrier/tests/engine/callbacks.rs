//! What is told of a call as it goes, in which order (reference B.4).

use carrier::engine::{CreateCall, Habit, Time};
use twiml::{CallEvent, Dial, Number, Parties, Party, Response, Say};

use crate::support::*;

fn telling(number: &str, path: &str) -> Number {
    Number::new(number)
        .status_callback(path)
        .status_callback_event(CallEvent::ALL.iter().copied())
}

fn one_call() -> CreateCall {
    CreateCall {
        to: OFFICE.to_owned(),
        from: OURS.to_owned(),
        url: Some(format!("{APP}/voice")),
        status_callback: Some(format!("{APP}/status")),
        ..CreateCall::default()
    }
}

#[test]
fn a_dialled_leg_tells_every_moment_in_order() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new().dial(Dial::new(telling(OFFICE, "/leg"))),
    );

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(61);
    world.hang_up(&office);

    assert_eq!(
        world.all_told("/leg", "CallStatus"),
        ["initiated", "ringing", "in-progress", "completed"]
    );
    assert_eq!(
        world.all_told("/leg", "SequenceNumber"),
        ["0", "1", "2", "3"]
    );
    assert_eq!(
        world.all_told("/leg", "CallDuration"),
        ["-", "-", "-", "61"]
    );
    assert_eq!(world.told("/leg", "Duration"), "2");
    assert_eq!(world.told("/leg", "CallbackSource"), "call-progress-events");
    assert_eq!(world.told("/leg", "ParentCallSid"), call.to_string());
    assert_eq!(world.told("/leg", "CallSid"), office.to_string());
}

#[test]
fn moments_have_the_time_at_which_they_happened() {
    let mut world = World::new();
    world.engine.advance_to(Time(1_795_149_000_000));
    world.page(
        "/voice",
        Response::new().dial(Dial::new(telling(OFFICE, "/leg"))),
    );

    world.rings();
    world.pass(7);
    world.answer(&world.leg_at(OFFICE));

    assert_eq!(
        world.all_told("/leg", "Timestamp"),
        [
            "Fri, 20 Nov 2026 04:30:00 +0000",
            "Fri, 20 Nov 2026 04:30:00 +0000",
            "Fri, 20 Nov 2026 04:30:07 +0000"
        ]
    );
}

#[test]
fn only_the_end_is_told_where_nothing_else_is_asked_for() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new().dial(Dial::new(Number::new(OFFICE).status_callback("/leg"))),
    );

    world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(world.all_told("/leg", "CallStatus"), ["busy"]);
    assert_eq!(world.told("/leg", "SequenceNumber"), "0");
    assert_eq!(world.told("/leg", "SipResponseCode"), "486");
    assert_eq!(world.told("/leg", "CallDuration"), "0");
}

#[test]
fn only_what_is_asked_for_is_told_and_counted() {
    let mut world = World::new();
    let number = Number::new(OFFICE)
        .status_callback("/leg")
        .status_callback_event([CallEvent::Answered]);
    world.page("/voice", Response::new().dial(Dial::new(number)));

    world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.hang_up(&office);

    assert_eq!(world.all_told("/leg", "CallStatus"), ["in-progress"]);
    assert_eq!(world.told("/leg", "SequenceNumber"), "0");
}

#[test]
fn the_losers_of_a_race_are_told_as_cancelled() {
    let mut world = World::new();
    let parties = [
        Party::from(telling(OFFICE, "/one")),
        Party::from(telling(SECOND_OFFICE, "/two")),
    ];
    let parties = Parties::new(parties).expect("two parties");
    world.page("/voice", Response::new().dial(Dial::new(parties)));

    world.rings();
    world.answer(&world.leg_at(OFFICE));

    assert_eq!(world.told("/one", "CallStatus"), "in-progress");
    assert_eq!(
        world.all_told("/two", "CallStatus"),
        ["initiated", "ringing", "canceled"]
    );
}

#[test]
fn somebody_who_is_busy_never_rang() {
    let mut world = World::new();
    world.phone(OFFICE, Habit::Busy).page(
        "/voice",
        Response::new().dial(Dial::new(telling(OFFICE, "/leg"))),
    );

    world.rings();

    assert_eq!(world.all_told("/leg", "CallStatus"), ["initiated", "busy"]);
}

#[test]
fn a_number_is_told_the_end_of_its_calls() {
    let mut world = World::with(settings_told());
    world.page("/voice", Response::new().say(Say::new("Hello.")));

    let call = world.rings();
    world.pass(2);

    assert_eq!(world.all_told("/status", "CallStatus"), ["completed"]);
    assert_eq!(world.told("/status", "CallSid"), call.to_string());
    assert_eq!(world.told("/status", "Direction"), "inbound");
    assert_eq!(world.told("/status", "SequenceNumber"), "0");
}

#[test]
fn the_action_of_a_dial_is_told_before_the_end_of_the_call() {
    let mut world = World::with(settings_told());
    world.page(
        "/voice",
        Response::new().dial(Dial::new(telling(OFFICE, "/leg")).action("/after")),
    );

    let call = world.rings();
    world.hang_up(&call);

    let order: Vec<String> = world.paths().split_off(3);
    assert_eq!(order, ["/leg", "/after", "/status"]);
}

#[test]
fn a_call_by_rest_tells_what_it_is_asked_to() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hello.")));

    world
        .engine
        .create_call(CreateCall {
            status_callback_events: vec![
                "initiated ringing".into(),
                "answered".into(),
                "completed".into(),
            ],
            ..one_call()
        })
        .expect("a good call");
    world.work();
    world.answer(&world.leg_at(OFFICE));
    world.pass(2);

    assert_eq!(
        world.all_told("/status", "CallStatus"),
        ["initiated", "ringing", "in-progress", "completed"]
    );
    assert_eq!(world.told("/status", "Direction"), "outbound-api");
}

#[test]
fn cancelling_a_call_that_waits_for_its_turn_tells_nobody() {
    let mut settings = settings();
    settings.calls_per_second = Some(1);
    let mut world = World::with(settings);

    world.engine.create_call(one_call()).expect("a good call");
    let second = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;
    let update = carrier::engine::UpdateCall {
        status: Some("canceled".to_owned()),
        ..Default::default()
    };
    world
        .engine
        .update_call(&second, update)
        .expect("it is queued");
    world.work();
    world.pass(5);

    assert_eq!(world.status(&second), "canceled");
    assert!(world.to("/status").is_empty());
}

#[test]
fn a_callback_that_is_answered_badly_is_only_a_warning() {
    let mut world = World::with(settings_told());
    world
        .page("/voice", Response::new())
        .answers("/status", vec![http(500, None, "")]);

    let call = world.rings();

    assert_eq!(world.troubles(&call), [15003]);
    assert_eq!(world.to("/status").len(), 1);
}
