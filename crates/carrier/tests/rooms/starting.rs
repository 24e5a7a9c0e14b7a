//! How a conference comes to be and starts (reference F.5: C1 to C6, C17, C18).

use carrier::engine::{EarSound, Habit};
use twiml::{Beep, Conference, Response, Say};

use super::people::{ADA, BEN, CLEO, app, desk, somebody};
use super::support::{OFFICE, World};

#[test]
fn who_names_the_same_room_meets_in_it() {
    let mut world = World::new();

    let ada = world.enters(ADA, desk());
    let ben = world.enters(BEN, desk());
    world.enters(CLEO, Conference::new("another desk"));

    let room = world.engine.conferences(&Default::default()).remove(1);
    let people: Vec<_> = world
        .people(&room.sid)
        .into_iter()
        .map(|one| one.call)
        .collect();
    assert_eq!(room.name, "desk");
    assert_eq!(people, [ada, ben]);
}

#[test]
fn a_name_means_another_room_once_the_first_is_over() {
    let mut world = World::new();
    let (first, ada, ben) = world.two_at_the_desk();
    world.hang_up(&ada);
    world.hang_up(&ben);

    world.enters(CLEO, desk());

    assert_ne!(world.room().sid, first);
    let first = world.engine.conference(&first).unwrap();
    assert_eq!(first.status, "completed");
    assert_eq!(first.reason_ended.as_deref(), Some("last-participant-left"));
    assert_eq!(first.ended_by, Some(ben));
}

#[test]
fn a_room_starts_when_two_are_there_and_one_of_them_may_start_it() {
    let may = || desk().start_conference_on_enter(true);
    let may_not = || desk().start_conference_on_enter(false);
    let cases = [
        (vec![may()], "init"),
        (vec![may(), may()], "in-progress"),
        (vec![may(), may_not()], "in-progress"),
        (vec![may_not(), may()], "in-progress"),
        (vec![may_not(), may_not()], "init"),
        (vec![may_not(), may_not(), may()], "in-progress"),
    ];

    for (people, status) in cases {
        let mut world = World::new();
        let told = format!("{people:?}");
        for (person, from) in people.into_iter().zip([ADA, BEN, CLEO]) {
            world.enters(from, person);
        }

        assert_eq!(world.room().status, status, "{told}");
    }
}

#[test]
fn everybody_waits_with_a_document_of_its_own_until_the_start_cuts_it() {
    let mut world = World::new();
    let long = "please wait for the others, it will not take long now";
    world.page(
        "/music",
        Response::new()
            .say(Say::new(long))
            .say(Say::new("still waiting")),
    );
    world.page("/soon", Response::new().say(Say::new("soon")));

    let ada = world.enters(
        ADA,
        desk().wait_url("/music").start_conference_on_enter(false),
    );
    let ben = world.enters(
        BEN,
        desk().wait_url("/soon").start_conference_on_enter(false),
    );
    assert_eq!(world.said(&ada), [long]);
    assert_eq!(world.said(&ben), ["soon"]);
    let room = world.room().sid;
    assert!(!world.engine.hears(&room, &ada, &ben));
    world.enters(CLEO, desk());
    world.pass(60);

    assert_eq!(world.said(&ada), [long]);
    assert!(world.engine.hears(&room, &ada, &ben));
}

#[test]
fn a_wait_document_that_runs_out_is_not_asked_again() {
    let mut world = World::new();
    world.page("/music", Response::new().say(Say::new("one moment")));

    let ada = world.enters(ADA, desk().wait_url("/music"));
    world.pass(600);

    assert_eq!(world.to("/music").len(), 1);
    assert_eq!(world.status(&ada), "in-progress");
    assert_eq!(
        world.told("/music", "ConferenceSid"),
        world.room().sid.to_string()
    );
    assert_eq!(world.told("/music", "FriendlyName"), "desk");
    assert_eq!(world.told("/music", "CallSid"), ada.to_string());
}

#[test]
fn an_empty_redirect_repeats_a_wait_document() {
    let mut world = World::new();
    let music = Response::new()
        .say(Say::new("ten chars!"))
        .redirect(twiml::Redirect::new(""));
    world.page("/music", music);

    let ada = world.enters(ADA, desk().wait_url("/music"));
    world.pass_ms(3_500);

    assert_eq!(world.said(&ada).len(), 4);
}

#[test]
fn without_a_wait_document_there_is_music_and_with_an_empty_one_silence() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    let ben = world.enters(BEN, Conference::new("quiet").wait_url(""));

    let ear = |world: &World, leg| world.engine.ear(leg).unwrap().sound;
    assert_eq!(ear(&world, &ada), EarSound::Music);
    assert_eq!(ear(&world, &ben), EarSound::Silence);
    assert!(
        world
            .asked
            .iter()
            .all(|request| !request.url.contains("twilio"))
    );
}

#[test]
fn what_cannot_be_heard_while_waiting_is_passed_over() {
    let mut world = World::new();
    let document = Response::new().hangup().say(Say::new("hello"));
    world.page("/music", document);

    let ada = world.enters(ADA, desk().wait_url("/music"));

    assert_eq!(world.troubles(&ada), [13238]);
    assert_eq!(world.said(&ada), ["hello"]);
    assert_eq!(world.status(&ada), "in-progress");
}

#[test]
fn nobody_stays_whose_wait_document_cannot_be_had() {
    let mut world = World::new();
    world.page("/after", Response::new().say(Say::new("sorry")));

    let ada = world.enters_for_a_while(ADA, desk().wait_url("/nowhere"));

    assert_eq!(world.told("/after", "DialCallStatus"), "failed");
    assert_eq!(world.said(&ada), ["sorry"]);
    assert_eq!(world.room().status, "completed");
    assert_eq!(
        world.events(),
        ["participant-join", "participant-leave", "conference-end"]
    );
}

#[test]
fn those_who_are_there_hear_a_beep_as_the_one_who_comes_wishes() {
    let cases = [
        (None, 1),
        (Some(Beep::Always), 1),
        (Some(Beep::OnEnter), 1),
        (Some(Beep::OnExit), 0),
        (Some(Beep::Never), 0),
    ];

    for (beep, beeps) in cases {
        let mut world = World::new();
        let ada = world.enters(ADA, desk().beep(Beep::Never));
        let mut conference = desk();
        conference.beep = beep;
        let ben = world.enters(BEN, conference);

        assert_eq!(world.played(&ada).len(), beeps, "{beep:?}");
        assert!(world.played(&ben).is_empty(), "{beep:?}");
    }
}

#[test]
fn those_who_stay_hear_a_beep_as_the_one_who_goes_wishes() {
    for (beep, beeps) in [(Beep::OnExit, 1), (Beep::OnEnter, 0)] {
        let mut world = World::new();
        let ada = world.enters(ADA, desk().beep(Beep::Never));
        let ben = world.enters(BEN, desk().beep(Beep::Never));
        let room = world.room().sid;
        world.enters(CLEO, desk().beep(beep));
        let before = world.played(&ada).len();
        let cleo = world.people(&room).remove(2).call;

        world.hang_up(&cleo);

        assert_eq!(world.played(&ada).len() - before, beeps, "{beep:?}");
        assert_eq!(world.status(&ben), "in-progress");
    }
}

#[test]
fn the_first_participant_fixes_who_is_told_and_where_it_is() {
    let mut world = World::new();
    world.enters(ADA, desk().region(twiml::Region::Ie1).max_participants(2));
    world.enters(
        BEN,
        desk()
            .status_callback("/elsewhere")
            .region(twiml::Region::Jp1)
            .max_participants(9),
    );

    let cleo = world.enters(CLEO, desk());

    assert!(world.to("/elsewhere").is_empty());
    assert_eq!(world.room().region, "ie1");
    assert_eq!(world.troubles(&cleo), [16020]);
}

#[test]
fn who_is_only_dialled_is_listed_and_does_not_count_for_the_start() {
    let mut world = World::new();
    world.enters(ADA, desk());
    let room = world.room().sid;

    let office = world.adds(room.as_str(), &somebody(OFFICE));

    let statuses: Vec<_> = world
        .people(&room)
        .into_iter()
        .map(|one| one.status)
        .collect();
    assert_eq!(statuses, ["connected", "ringing"]);
    assert_eq!(world.room().status, "init");
    world.answer(&office);
    assert_eq!(world.room().status, "in-progress");
    assert_eq!(world.people(&room)[1].status, "connected");
}

#[test]
fn a_room_can_begin_with_somebody_who_is_dialled() {
    let mut world = World::new();
    world.phone(
        OFFICE,
        Habit::Answers {
            after_ms: 2_000,
            hangs_up_after_ms: None,
        },
    );
    let mut create = somebody(OFFICE);
    create.conference_status_callback = Some(app("/events"));
    create.conference_status_callback_events = vec!["start join".to_owned()];

    world.adds("desk", &create);
    world.pass(2);
    world.enters(ADA, Conference::new("desk").status_callback("/elsewhere"));

    assert_eq!(
        world.events(),
        ["participant-join", "participant-join", "conference-start"]
    );
}
