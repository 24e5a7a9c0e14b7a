//! How people leave a conference, how it ends, and what they do then (reference F.5: C7 to C11, C19; H12).

use carrier::engine::{UpdateCall, UpdateConference};
use twiml::{Dial, Response, Say};

use super::people::{ADA, BEN, CLEO, app, desk, somebody};
use super::support::{OFFICE, World};

fn end(world: &mut World) {
    let room = world.room().sid;
    let update = UpdateConference {
        status: Some("completed".to_owned()),
        ..UpdateConference::default()
    };
    world
        .engine
        .update_conference(&room, &update)
        .expect("the room is open");
    world.work();
}

fn change_call(world: &mut World, leg: &twilio::CallSid, change: impl FnOnce(&mut UpdateCall)) {
    let mut update = UpdateCall::default();
    change(&mut update);
    world
        .engine
        .update_call(leg, update)
        .expect("the call is in progress");
    world.work();
}

#[test]
fn a_room_goes_on_with_one_and_ends_with_the_last() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();

    world.hang_up(&ada);
    assert_eq!(world.room().status, "in-progress");
    assert!(world.engine.ear(&ben).unwrap().sound == carrier::engine::EarSound::Silence);
    world.hang_up(&ben);

    assert_eq!(world.room().status, "completed");
    assert!(world.people(&room).is_empty());
    assert_eq!(
        world.told_with("conference-end", "ReasonConferenceEnded"),
        "last-participant-left"
    );
    assert_eq!(
        world.told_with("conference-end", "CallSidEndingConference"),
        ben.to_string()
    );
    assert_eq!(
        world.told_with("conference-end", "ParticipantLabelEndingConference"),
        "ben"
    );
}

#[test]
fn who_ends_the_room_on_exit_takes_all_along() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("that was it")));
    let ada = world.enters_for_a_while(ADA, desk().participant_label("ada"));
    let ben = world.enters(
        BEN,
        desk().participant_label("ben").end_conference_on_exit(true),
    );

    world.hang_up(&ben);

    assert_eq!(
        world.events().split_off(3),
        [
            "participant-leave ben",
            "participant-leave ada",
            "conference-end"
        ]
    );
    assert_eq!(
        world
            .all_told("/events", "ReasonParticipantLeft")
            .split_off(3),
        ["participant_hung_up", "moderator_ended_conference", "-"]
    );
    assert_eq!(
        world
            .all_told("/events", "ParticipantCallStatus")
            .split_off(3),
        ["completed", "in-progress", "-"]
    );
    assert_eq!(
        world.told_with("conference-end", "ReasonConferenceEnded"),
        "participant-with-end-conference-on-exit-left"
    );
    assert_eq!(world.told("/after", "DialCallStatus"), "answered");
    assert_eq!(world.told("/after", "DialBridged"), "true");
    assert_eq!(world.told("/after", "DialCallSid"), "-");
    assert_eq!(world.told("/after", "DialCallDuration"), "-");
    assert_eq!(world.said(&ada), ["that was it"]);
}

#[test]
fn the_flag_ends_the_room_whichever_way_its_bearer_leaves() {
    type Way = fn(&mut World, &twilio::CallSid);
    let ways: [(&str, Way, &str); 6] = [
        ("hangs up", |world, leg| world.hang_up(leg), "left"),
        (
            "presses the star",
            |world, leg| world.press(leg, "*"),
            "left",
        ),
        ("stays too long", |world, _| world.pass(61), "left"),
        (
            "is removed",
            |world, leg| world.remove(&world.room().sid, leg),
            "kicked",
        ),
        (
            "is moved",
            |world, leg| change_call(world, leg, |update| update.url = Some(app("/elsewhere"))),
            "left",
        ),
        (
            "is ended",
            |world, leg| {
                change_call(world, leg, |update| {
                    update.status = Some("completed".to_owned());
                });
            },
            "left",
        ),
    ];

    for (name, way, reason) in ways {
        let mut world = World::new();
        world.page("/elsewhere", Response::new());
        let ada = world.enters(ADA, desk());
        let dial = Dial::new(desk().end_conference_on_exit(true));
        let ben = world.dials(BEN, dial.hangup_on_star(true).time_limit(60));

        way(&mut world, &ben);

        let reason = format!("participant-with-end-conference-on-exit-{reason}");
        assert_eq!(world.room().reason_ended, Some(reason), "{name}");
        assert_eq!(world.room().ended_by, Some(ben), "{name}");
        assert_eq!(world.status(&ada), "completed", "{name}");
    }
}

#[test]
fn the_flag_counts_as_it_is_when_somebody_leaves() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    let ben = world.enters(BEN, desk().end_conference_on_exit(true));
    world.enters(CLEO, desk());
    let room = world.room().sid;

    world.update(&room, &ben, |update| {
        update.end_conference_on_exit = Some(false);
    });
    world.hang_up(&ben);
    assert_eq!(world.room().status, "in-progress");
    world.update(&room, &ada, |update| {
        update.end_conference_on_exit = Some(true);
    });
    world.hang_up(&ada);

    assert_eq!(world.room().status, "completed");
}

#[test]
fn rest_ends_a_room_and_each_one_goes_on_with_its_document() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("over")));
    let ada = world.enters_for_a_while(ADA, desk());
    let ben = world.enters(BEN, desk());
    let office = world.adds("desk", &somebody(OFFICE));
    world.answer(&office);

    end(&mut world);

    assert_eq!(world.said(&ada), ["over"]);
    assert_eq!(world.status(&ben), "completed");
    assert_eq!(world.status(&office), "completed");
    assert_eq!(
        world.told_with("participant-leave", "ReasonParticipantLeft"),
        "conference_ended_via_api"
    );
    assert_eq!(
        world.told_with("conference-end", "CallSidEndingConference"),
        "-"
    );
    assert_eq!(
        world.room().reason_ended.as_deref(),
        Some("conference-ended-via-api")
    );
}

#[test]
fn a_room_that_ends_cancels_those_who_still_ring() {
    let mut world = World::new();
    world.enters(ADA, desk());
    let office = world.adds("desk", &somebody(OFFICE));

    end(&mut world);

    assert_eq!(world.status(&office), "canceled");
    assert_eq!(
        world.told_with("participant-leave", "ParticipantCallStatus"),
        "canceled"
    );
}

#[test]
fn who_is_removed_goes_on_with_its_document_or_is_hung_up_without_one() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("removed")));
    let ada = world.enters_for_a_while(ADA, desk());
    world.enters(BEN, desk());
    let office = world.adds("desk", &somebody(OFFICE));
    world.answer(&office);
    let room = world.room().sid;

    world.remove(&room, &ada);
    world.remove(&room, &office);

    assert_eq!(world.said(&ada), ["removed"]);
    assert_eq!(world.status(&office), "completed");
    assert_eq!(world.room().status, "in-progress");
    assert_eq!(
        world
            .all_told("/events", "ReasonParticipantLeft")
            .split_off(4),
        ["participant_updated_via_api", "participant_updated_via_api"]
    );
    assert!(
        world
            .engine
            .delete_participant(&room, ada.as_str())
            .is_err()
    );
}

#[test]
fn removing_the_last_one_or_one_who_ends_the_room_is_told_as_that() {
    let cases = [
        (false, "last-participant-kicked"),
        (true, "participant-with-end-conference-on-exit-kicked"),
    ];

    for (ends, reason) in cases {
        let mut world = World::new();
        let ada = world.enters(ADA, desk().end_conference_on_exit(ends));
        let room = world.room().sid;

        world.remove(&room, &ada);

        assert_eq!(world.room().reason_ended.as_deref(), Some(reason));
    }
}

#[test]
fn a_leg_that_is_given_another_document_leaves_the_room() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("never heard")));
    world.page("/elsewhere", Response::new().say(Say::new("elsewhere")));
    let ada = world.enters_for_a_while(ADA, desk());
    world.enters(BEN, desk());

    let update = UpdateCall {
        url: Some(app("/elsewhere")),
        ..UpdateCall::default()
    };
    world.engine.update_call(&ada, update).unwrap();
    world.work();

    assert_eq!(world.said(&ada), ["elsewhere"]);
    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(
        world.told_with("participant-leave", "ReasonParticipantLeft"),
        "participant_updated_via_api"
    );
    assert_eq!(
        world.told_with("participant-leave", "ParticipantCallStatus"),
        "in-progress"
    );
}

#[test]
fn a_leg_that_hangs_up_tells_its_action_which_nobody_hears() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("never heard")));
    let ada = world.enters_for_a_while(ADA, desk());

    world.hang_up(&ada);

    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "CallStatus"), "completed");
    assert!(world.said(&ada).is_empty());
}

#[test]
fn a_star_leaves_the_room_where_the_dial_says_so() {
    for (says_so, status) in [(true, "completed"), (false, "in-progress")] {
        let mut world = World::new();
        world.page("/after", Response::new());
        let dial = Dial::new(desk()).hangup_on_star(says_so).action("/after");
        let ada = world.dials(ADA, dial);
        world.enters(BEN, desk());

        world.press(&ada, "12*");

        assert_eq!(world.status(&ada), status);
        assert_eq!(world.to("/after").len(), usize::from(says_so));
        if says_so {
            assert_eq!(world.told("/after", "DialCallStatus"), "answered");
        }
    }
}

#[test]
fn a_star_leaves_the_room_while_waiting_too() {
    let mut world = World::new();
    world.page(
        "/music",
        Response::new().say(Say::new("a long song to wait with")),
    );
    let dial = Dial::new(desk().wait_url("/music")).hangup_on_star(true);
    let ada = world.dials(ADA, dial);

    world.press(&ada, "*");

    assert_eq!(world.status(&ada), "completed");
}

#[test]
fn the_time_limit_of_the_dial_ends_the_stay() {
    let mut world = World::new();
    world.page("/after", Response::new());
    let ada = world.dials(ADA, Dial::new(desk()).time_limit(20).action("/after"));
    let ben = world.enters(BEN, desk());

    world.pass(19);
    assert!(world.to("/after").is_empty());
    world.pass(2);

    assert_eq!(world.told("/after", "DialCallStatus"), "answered");
    assert_eq!(world.status(&ada), "completed");
    assert_eq!(world.status(&ben), "in-progress");
}

#[test]
fn without_an_action_the_next_verb_follows() {
    let mut world = World::new();
    let document = Response::new()
        .dial(Dial::new(desk()))
        .say(Say::new("goodbye"));
    world.page("/voice", document);
    let ada = world.rings_from(ADA);
    let room = world.room().sid;

    world.remove(&room, &ada);
    world.pass(5);

    assert_eq!(world.said(&ada), ["goodbye"]);
    assert_eq!(world.status(&ada), "completed");
}

#[test]
fn a_call_is_in_one_room_at_a_time() {
    let mut world = World::new();
    let ada = world.enters_for_a_while(ADA, desk());
    world.enters(BEN, desk());
    let first = world.room().sid;
    world.page(
        "/after",
        Response::new().dial(Dial::new(twiml::Conference::new("other"))),
    );

    world.remove(&first, &ada);

    let second = world.room();
    assert_eq!(second.name, "other");
    assert_eq!(world.people(&second.sid)[0].call, ada);
    assert!(world.people(&first).iter().all(|one| one.call != ada));
}
