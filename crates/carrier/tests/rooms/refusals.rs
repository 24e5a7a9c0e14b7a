//! Who does not get into a room (reference A.3.9, C12: 13237, 13240, 16020, 16023 to 16028).

use carrier::engine::CreateParticipant;
use twiml::{Conference, Response, Say};

use super::people::{ADA, BEN, CLEO, desk, somebody};
use super::support::{OFFICE, SECOND_OFFICE, World};

#[test]
fn who_cannot_enter_goes_on_with_its_document() {
    let nobody = format!("CA{}", "a".repeat(32));
    let cases = [
        (desk().participant_label("ada"), 16025),
        (desk().participant_label("a/b"), 16023),
        (desk().participant_label(nobody.clone()), 16023),
        (desk().coach(nobody), 16028),
        (desk().coach("ada"), 13240),
        (Conference::new("n".repeat(129)), 13237),
        (Conference::new(" "), 13237),
    ];

    for (conference, code) in cases {
        let mut world = World::new();
        world.page("/after", Response::new().say(Say::new("no room")));
        world.enters(ADA, desk().participant_label("ada"));
        let told = format!("{conference:?}");
        let ben = world.enters_for_a_while(BEN, conference);

        assert_eq!(world.troubles(&ben), [code], "{told}");
        assert_eq!(world.told("/after", "DialCallStatus"), "failed", "{told}");
        assert_eq!(world.said(&ben), ["no room"], "{told}");
        assert_eq!(world.room().name, "desk", "{told}");
        assert_eq!(world.events(), ["participant-join ada"], "{told}");
    }
}

#[test]
fn a_full_room_takes_nobody_and_without_an_action_the_next_verb_follows() {
    let mut world = World::new();
    world.enters(ADA, desk().max_participants(2));
    world.enters(BEN, desk());
    let document = Response::new()
        .dial(twiml::Dial::new(desk()))
        .say(Say::new("all seats are taken"));
    world.page("/voice", document);

    let cleo = world.rings_from(CLEO);

    assert_eq!(world.troubles(&cleo), [16020]);
    assert_eq!(world.said(&cleo), ["all seats are taken"]);
    assert_eq!(world.people(&world.room().sid).len(), 2);
}

#[test]
fn whom_is_on_hold_nobody_coaches() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    world.hold(&room, &ada, true);

    let cleo = world.enters(CLEO, desk().coach(ada.as_str()));

    assert_eq!(world.troubles(&cleo), [16027]);
    assert_eq!(world.status(&cleo), "completed");
}

#[test]
fn a_label_is_free_again_once_its_bearer_is_gone() {
    let mut world = World::new();
    let (_, ada, _ben) = world.two_at_the_desk();
    world.hang_up(&ada);

    world.enters(CLEO, desk().participant_label("ada"));

    let labels = world
        .people(&world.room().sid)
        .into_iter()
        .map(|one| one.label);
    assert_eq!(labels.flatten().collect::<Vec<_>>(), ["ben", "ada"]);
}

#[test]
fn rest_is_told_why_somebody_cannot_be_added() {
    let labelled = |label: &str| CreateParticipant {
        label: Some(label.to_owned()),
        ..somebody(OFFICE)
    };
    let mut coaching = somebody(OFFICE);
    coaching.coaching = Some(true);
    let mut over_many = somebody(OFFICE);
    over_many.max_participants = Some(251);
    let mut beeping = somebody(OFFICE);
    beeping.beep = Some("loud".to_owned());
    let cases = [
        (labelled("a/b"), 16024),
        (labelled("ada"), 16026),
        (coaching, 20001),
        (over_many, 20001),
        (beeping, 20001),
        (somebody("nonsense"), 21211),
        (CreateParticipant::default(), 21201),
    ];

    for (create, code) in cases {
        let mut world = World::new();
        world.enters(ADA, desk().participant_label("ada"));
        let legs = world.engine.calls(&Default::default()).len();

        let refused = world.engine.create_participant("desk", &create);

        assert_eq!(refused.unwrap_err().code, code, "{create:?}");
        assert_eq!(world.engine.calls(&Default::default()).len(), legs);
        assert_eq!(world.people(&world.room().sid).len(), 1);
    }
}

#[test]
fn a_room_that_is_over_or_full_takes_nobody_by_rest() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk().max_participants(2));
    let first = world.room().sid;
    world.adds("desk", &somebody(OFFICE));

    let full = world
        .engine
        .create_participant("desk", &somebody(SECOND_OFFICE));
    assert_eq!(full.unwrap_err().code, 16020);
    world.hang_up(&ada);
    let office = world.leg_at(OFFICE);
    world.hang_up(&office);
    let over = world
        .engine
        .create_participant(first.as_str(), &somebody(SECOND_OFFICE));

    let over = over.unwrap_err();
    assert_eq!((over.status, over.code), (404, 16022));
}

#[test]
fn what_is_over_cannot_be_changed() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    world.hang_up(&ada);

    let gone = world
        .engine
        .update_participant(&room, ada.as_str(), &Default::default());
    assert_eq!(gone.unwrap_err().code, 20404);
    assert!(world.engine.participant(&room, "ada").is_none());
    world.hang_up(&ben);
    let over = world.engine.update_conference(&room, &Default::default());

    assert_eq!(over.unwrap_err().code, 20404);
}
