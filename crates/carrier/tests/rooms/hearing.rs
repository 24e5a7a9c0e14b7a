//! Who hears whom (reference F.5: C4, C13, C14, C16, C20; G.4).

use carrier::engine::{Ear, EarSound, UpdateParticipant};
use twiml::{Conference, Response, Say};

use super::people::{ADA, BEN, CLEO, app, desk};
use super::support::World;

/// For each one of three, whom it hears, by name.
fn matrix(world: &World, people: &[twilio::CallSid; 3]) -> [String; 3] {
    let room = world.room().sid;
    let names = ["a", "b", "c"];
    people.each_ref().map(|one| {
        let heard = people.iter().zip(names);
        heard
            .filter(|(other, _)| world.engine.hears(&room, one, other))
            .map(|(_, name)| name)
            .collect()
    })
}

fn three(world: &mut World) -> [twilio::CallSid; 3] {
    [ADA, BEN, CLEO].map(|from| world.enters(from, desk()))
}

#[test]
fn who_is_muted_hears_and_is_not_heard() {
    let mut world = World::new();
    let people = three(&mut world);
    let room = world.room().sid;
    assert_eq!(matrix(&world, &people), ["bc", "ac", "ab"]);

    world.mute(&room, &people[1], true);
    assert_eq!(matrix(&world, &people), ["c", "ac", "a"]);
    world.mute(&room, &people[1], false);

    assert_eq!(matrix(&world, &people), ["bc", "ac", "ab"]);
}

#[test]
fn who_is_on_hold_neither_hears_nor_is_heard_and_still_counts() {
    let mut world = World::new();
    let people = three(&mut world);
    let room = world.room().sid;

    world.hold(&room, &people[0], true);
    assert_eq!(matrix(&world, &people), ["", "c", "b"]);
    world.hang_up(&people[1]);
    world.hang_up(&people[2]);

    assert_eq!(world.room().status, "in-progress");
    assert!(world.people(&room)[0].hold);
}

#[test]
fn mute_and_hold_know_nothing_of_each_other() {
    let mut world = World::new();
    let people = three(&mut world);
    let room = world.room().sid;

    world.mute(&room, &people[0], true);
    world.hold(&room, &people[0], true);
    world.hold(&room, &people[0], false);

    assert_eq!(matrix(&world, &people), ["bc", "c", "b"]);
    assert!(world.people(&room)[0].muted);
}

#[test]
fn a_coach_hears_all_and_only_the_coached_one_hears_the_coach() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    let ben = world.enters(BEN, desk());
    let cleo = world.enters(CLEO, desk().coach(ada.as_str()));
    let people = [ada.clone(), ben, cleo.clone()];
    let room = world.room().sid;
    assert_eq!(matrix(&world, &people), ["bc", "a", "ab"]);
    let seen = &world.people(&room)[2];
    assert_eq!((seen.coaching, seen.coached.as_ref()), (true, Some(&ada)));

    world.update(&room, &cleo, |update| update.coaching = Some(false));

    assert_eq!(matrix(&world, &people), ["bc", "ac", "ab"]);
    assert_eq!(world.people(&room)[2].coached, None);
}

#[test]
fn a_coach_whose_pupil_is_gone_is_heard_by_nobody() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;
    let pupil = ada.to_string();
    world.update(&room, &cleo, |update| {
        update.call_sid_to_coach = Some(pupil);
    });

    world.hang_up(&ada);

    assert!(!world.engine.hears(&room, &ben, &cleo));
    assert!(world.engine.hears(&room, &cleo, &ben));
}

#[test]
fn who_is_not_there_or_on_hold_cannot_be_coached() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;
    let coach = |whom: String| UpdateParticipant {
        call_sid_to_coach: Some(whom),
        ..UpdateParticipant::default()
    };
    world.hold(&room, &ada, true);
    let absent = format!("CA{}", "f".repeat(32));

    for (whom, code) in [
        (ada.to_string(), 16027),
        (absent, 16028),
        (cleo.to_string(), 16028),
    ] {
        let refused = world
            .engine
            .update_participant(&room, cleo.as_str(), &coach(whom));
        assert_eq!(refused.unwrap_err().code, code);
    }
    let nobody = UpdateParticipant {
        coaching: Some(true),
        ..UpdateParticipant::default()
    };
    assert!(
        world
            .engine
            .update_participant(&room, ben.as_str(), &nobody)
            .is_err()
    );
}

#[test]
fn one_on_hold_hears_its_own_document_and_then_the_others_again() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    world.page("/hold", Response::new().say(Say::new("please hold")));

    world.update(&room, &ada, |update| {
        update.hold = Some(true);
        update.hold_url = Some(app("/hold"));
    });
    assert_eq!(world.said(&ada), ["please hold"]);
    assert_eq!(world.to("/hold")[0].method, "GET");
    let ear = world.engine.ear(&ada).unwrap();
    assert_eq!(ear.sound, EarSound::Document(app("/hold")));
    world.hold(&room, &ada, false);

    let ear = world.engine.ear(&ada);
    let others = Ear {
        sound: EarSound::Others(vec![ben]),
        announcement: false,
        ringing: false,
    };
    assert_eq!(ear, Some(others));
}

#[test]
fn a_hold_document_that_cannot_be_had_leaves_silence() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();

    world.update(&room, &ada, |update| {
        update.hold = Some(true);
        update.hold_url = Some(app("/nowhere"));
    });

    assert_eq!(world.status(&ada), "in-progress");
    assert!(world.people(&room)[0].hold);
}

#[test]
fn words_reach_those_who_hear_the_speaker() {
    let mut world = World::new();
    let [ada, ben, cleo] = three(&mut world);
    let room = world.room().sid;

    world.speak(&ada, "hello");
    world.hold(&room, &cleo, true);
    world.speak(&ada, "cleo?");
    world.mute(&room, &ada, true);
    world.speak(&ada, "anybody?");

    assert_eq!(world.heard(&ben), ["hello", "cleo?"]);
    assert_eq!(world.heard(&cleo), ["hello"]);
    assert!(world.heard(&ada).is_empty());
}

#[test]
fn before_the_start_nobody_is_heard() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk().start_conference_on_enter(false));
    let ben = world.enters(BEN, desk().start_conference_on_enter(false));

    world.speak(&ada, "hello");

    assert!(world.heard(&ben).is_empty());
}

#[test]
fn one_who_comes_muted_is_muted() {
    let mut world = World::new();
    let ada = world.enters(ADA, Conference::new("desk").muted(true));
    let ben = world.enters(BEN, Conference::new("desk"));
    let room = world.room().sid;

    assert!(world.engine.hears(&room, &ada, &ben));
    assert!(!world.engine.hears(&room, &ben, &ada));
}

#[test]
fn a_leg_that_calls_our_own_room_does_not_echo_for_ever() {
    let mut world = World::new();
    let ada = world.enters(ADA, Conference::new("desk"));
    let inner = Response::new().dial(twiml::Dial::new(Conference::new("desk")));
    world.page("/other", inner);
    world.adds(
        "desk",
        &super::people::somebody(super::support::OTHER_OF_OURS),
    );

    world.speak(&ada, "hello");

    assert_eq!(world.people(&world.room().sid).len(), 3);
}
