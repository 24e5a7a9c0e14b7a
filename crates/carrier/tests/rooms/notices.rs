//! What is told of a conference: which events, in which order, with what (reference B.5).

use twilio::ConferenceCallback;
use twiml::{Conference, ConferenceEvent};

use super::people::{ADA, BEN, app, desk, somebody};
use super::support::{OFFICE, World};

#[test]
fn every_event_is_told_in_order_with_numbers_from_one() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();

    world.mute(&room, &ada, true);
    world.mute(&room, &ada, false);
    world.hold(&room, &ada, true);
    world.hold(&room, &ada, false);
    world.update(&room, &ada, |update| update.beep_on_exit = Some(false));
    world.speak(&ada, "hello");
    world.pass(1);
    world.hang_up(&ben);
    world.hang_up(&ada);

    assert_eq!(
        world.events(),
        [
            "participant-join ada",
            "participant-join ben",
            "conference-start",
            "participant-mute ada",
            "participant-unmute ada",
            "participant-hold ada",
            "participant-unhold ada",
            "participant-modify ada",
            "participant-speech-start ada",
            "participant-speech-stop ada",
            "participant-leave ben",
            "participant-leave ada",
            "conference-end",
        ]
    );
    let numbers: Vec<String> = (1..=13).map(|number: u32| number.to_string()).collect();
    assert_eq!(world.all_told("/events", "SequenceNumber"), numbers);
}

#[test]
fn a_notice_carries_what_the_reference_says_and_nothing_of_the_call() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    world.update(&room, &ada, |update| {
        update.muted = Some(true);
        update.end_conference_on_exit = Some(true);
    });

    let requests = world.to("/events");
    let muted = requests
        .iter()
        .find(|request| request.params.get("StatusCallbackEvent") == Some("participant-mute"));
    let muted = muted.unwrap();
    let names: Vec<&str> = muted.params.iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "AccountSid",
            "CallSid",
            "Coaching",
            "ConferenceSid",
            "EndConferenceOnExit",
            "FriendlyName",
            "Hold",
            "Muted",
            "ParticipantLabel",
            "SequenceNumber",
            "StartConferenceOnEnter",
            "StatusCallbackEvent",
            "Timestamp",
        ]
    );
    let read = ConferenceCallback::parse(&muted.params).unwrap();
    let participant = read.participant.unwrap();
    assert_eq!(participant.call_sid, ada);
    assert_eq!(participant.end_conference_on_exit, Some(true));
    assert_eq!(read.timestamp_ms, Some(0));
    assert_eq!(muted.call, None);
}

#[test]
fn only_what_was_asked_for_is_told_and_numbered() {
    let mut world = World::new();
    let only = Conference::new("desk")
        .status_callback("/events")
        .status_callback_event([ConferenceEvent::Start, ConferenceEvent::End]);
    let ada = world.enters(ADA, only);
    let ben = world.enters(BEN, desk());

    world.hang_up(&ada);
    world.hang_up(&ben);

    assert_eq!(world.events(), ["conference-start", "conference-end"]);
    assert_eq!(world.all_told("/events", "SequenceNumber"), ["1", "2"]);
}

#[test]
fn a_document_without_events_is_told_nothing_and_rest_of_start_and_end() {
    let mut world = World::new();
    world.enters(ADA, Conference::new("one").status_callback("/events"));
    world.enters(BEN, Conference::new("one"));
    assert!(world.events().is_empty());

    let mut create = somebody(OFFICE);
    create.conference_status_callback = Some(app("/events"));
    let office = world.adds("two", &create);
    world.answer(&office);
    world.hang_up(&office);

    assert_eq!(world.events(), ["conference-end"]);
}

#[test]
fn what_stays_as_it_was_is_not_told() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    let before = world.events().len();

    world.mute(&room, &ada, false);
    world.hold(&room, &ada, false);
    world.update(&room, &ada, |update| {
        update.end_conference_on_exit = Some(false);
    });

    assert_eq!(world.events().len(), before);
}

#[test]
fn the_muted_and_the_held_are_not_heard_to_speak() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    world.mute(&room, &ada, true);
    world.hold(&room, &ben, true);
    let before = world.events().len();

    world.speak(&ada, "hello");
    world.speak(&ben, "hello");
    world.pass(5);

    assert_eq!(world.events().len(), before);
}

#[test]
fn one_who_goes_on_speaking_begins_and_stops_once() {
    let mut world = World::new();
    let (_, ada, _ben) = world.two_at_the_desk();
    let before = world.events().len();

    world.speak(&ada, "ten chars!");
    world.pass_ms(500);
    world.speak(&ada, "ten chars!");
    world.pass(5);

    assert_eq!(
        world.events().split_off(before),
        [
            "participant-speech-start ada",
            "participant-speech-stop ada"
        ]
    );
}

#[test]
fn a_voice_of_which_the_words_are_unknown_begins_and_stops_once() {
    let mut world = World::new();
    let (_room, ada, ben) = world.two_at_the_desk();
    let before = world.events().len();

    for _ in 0..3 {
        world.engine.voiced(&ada).expect("somebody is on the leg");
        world.work();
        world.pass_ms(500);
    }
    world.pass(2);

    let told = [
        "participant-speech-start ada",
        "participant-speech-stop ada",
    ];
    assert_eq!(world.events().split_off(before), told);
    assert!(world.heard(&ben).is_empty());
}

#[test]
fn callbacks_can_be_asked_by_get() {
    let mut world = World::new();
    world.enters(ADA, desk().status_callback_method(twiml::Method::Get));

    assert_eq!(world.to("/events")[0].method, "GET");
}
