//! Participants that REST dials for a room (reference E.3, G.2).

use carrier::engine::{EarSound, Habit};
use twiml::Response;

use super::people::{ADA, app, desk, somebody};
use super::support::{OFFICE, OTHER_OF_OURS, World};

#[test]
fn somebody_is_dialled_answers_and_is_in_the_room() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    let mut create = somebody(OFFICE);
    create.label = Some("office".to_owned());
    create.muted = true;
    create.status_callback = Some(app("/leg"));
    create.status_callback_events = vec!["initiated ringing answered completed".to_owned()];

    let view = world.engine.create_participant("desk", &create).unwrap();
    world.work();
    assert_eq!(
        (view.status.as_str(), view.label.as_deref()),
        ("queued", Some("office"))
    );
    let office = view.call;
    world.answer(&office);
    world.hang_up(&office);

    assert_eq!(
        world.events(),
        [
            "participant-join",
            "participant-join office",
            "conference-start",
            "participant-leave office"
        ]
    );
    assert_eq!(world.told_with("participant-leave", "Muted"), "true");
    assert_eq!(
        world.all_told("/leg", "CallStatus"),
        ["initiated", "ringing", "in-progress", "completed"]
    );
    assert_eq!(world.view(&office).direction, "outbound-api");
    assert_eq!(world.status(&ada), "in-progress");
}

#[test]
fn somebody_who_is_not_reached_leaves_without_having_come() {
    let cases = [
        (Habit::Busy, "busy"),
        (Habit::Fails, "failed"),
        (Habit::NeverAnswers, "no-answer"),
    ];

    for (habit, status) in cases {
        let mut world = World::new();
        world.enters(ADA, desk());
        world.phone(OFFICE, habit);
        let mut create = somebody(OFFICE);
        create.label = Some("office".to_owned());
        create.timeout = Some(20);

        world.adds("desk", &create);
        world.pass(21);

        assert_eq!(
            world.events(),
            ["participant-join", "participant-leave office"],
            "{habit:?}"
        );
        assert_eq!(
            world.told_with("participant-leave", "ParticipantCallStatus"),
            status
        );
        assert_eq!(
            world.told_with("participant-leave", "ReasonParticipantLeft"),
            "participant_add_failed"
        );
        assert_eq!(world.people(&world.room().sid).len(), 1);
    }
}

#[test]
fn a_room_that_nobody_ever_reached_is_over() {
    let mut world = World::new();
    world.phone(OFFICE, Habit::Busy);

    world.adds("lonely", &somebody(OFFICE));

    assert_eq!(world.room().status, "completed");
}

#[test]
fn a_room_waits_for_those_who_still_ring() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    let office = world.adds("desk", &somebody(OFFICE));

    world.hang_up(&ada);
    assert_eq!(world.room().status, "init");
    world.answer(&office);

    assert_eq!(world.people(&world.room().sid)[0].call, office);
    assert_eq!(world.engine.ear(&office).unwrap().sound, EarSound::Music);
}

#[test]
fn somebody_who_rings_can_be_taken_back() {
    let mut world = World::new();
    world.enters(ADA, desk());
    let office = world.adds("desk", &somebody(OFFICE));
    let room = world.room().sid;

    world.remove(&room, &office);

    assert_eq!(world.status(&office), "canceled");
    assert_eq!(world.people(&room).len(), 1);
}

#[test]
fn those_who_are_there_hear_it_ring_unless_rest_says_otherwise() {
    for (early_media, rings) in [(None, true), (Some(true), true), (Some(false), false)] {
        let mut world = World::new();
        let (room, ada, ben) = world.two_at_the_desk();
        world.hold(&room, &ben, true);
        let mut create = somebody(OFFICE);
        create.early_media = early_media;

        let office = world.adds("desk", &create);

        let ringing = |world: &World, leg| world.engine.ear(leg).unwrap().ringing;
        assert_eq!(ringing(&world, &ada), rings, "{early_media:?}");
        assert!(!ringing(&world, &ben));
        world.answer(&office);
        assert!(!ringing(&world, &ada));
    }
}

#[test]
fn a_participant_is_found_by_its_label() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();

    let found = world.engine.participant(&room, "ada").unwrap();
    world.engine.delete_participant(&room, "ada").unwrap();
    world.work();

    assert_eq!(found.call, ada);
    assert_eq!(world.status(&ada), "completed");
}

#[test]
fn calls_for_rooms_wait_for_their_turn() {
    let mut settings = super::support::settings();
    settings.calls_per_second = Some(1);
    let mut world = World::with(settings);

    world.adds("desk", &somebody(OFFICE));
    world.adds("desk", &somebody(super::support::SECOND_OFFICE));

    let room = world.room().sid;
    let statuses = |world: &World| -> Vec<String> {
        world
            .people(&room)
            .into_iter()
            .map(|one| one.status)
            .collect()
    };
    assert_eq!(statuses(&world), ["ringing", "queued"]);
    world.pass(1);
    assert_eq!(statuses(&world), ["ringing", "ringing"]);
    assert_eq!(world.people(&room)[1].queue_ms, 1000);
}

#[test]
fn a_number_of_ours_can_be_dialled_for_a_room() {
    let mut world = World::new();
    world.enters(ADA, desk());
    world.page(
        "/other",
        Response::new().say(twiml::Say::new("hello from inside")),
    );

    let outer = world.adds("desk", &somebody(OTHER_OF_OURS));
    assert_eq!(world.room().status, "in-progress");
    world.pass(10);

    assert_eq!(world.status(&outer), "completed");
    assert_eq!(
        world.told_with("participant-leave", "ReasonParticipantLeft"),
        "participant_hung_up"
    );
}

#[test]
fn the_time_limit_of_the_leg_ends_it() {
    let mut world = World::new();
    world.enters(ADA, desk());
    let mut create = somebody(OFFICE);
    create.time_limit = Some(60);
    let office = world.adds("desk", &create);
    world.answer(&office);

    world.pass(61);

    assert_eq!(world.status(&office), "completed");
}
