//! Rooms and participants as REST lists them, and the open points that are options (reference E.3, H9, H10, H12).

use carrier::engine::{ConferenceFilter, EarSound, ParticipantFilter};
use twiml::{Conference, Response, Say};

use super::people::{ADA, BEN, CLEO, app, desk};
use super::support::{World, settings};

#[test]
fn conferences_are_listed_by_what_is_asked_for() {
    let mut world = World::new();
    let ada = world.enters(ADA, desk());
    world.hang_up(&ada);
    world.pass(100);
    world.enters(ADA, desk());
    world.enters(BEN, Conference::new("hall"));
    world.enters(CLEO, Conference::new("hall"));

    let names = |filter: ConferenceFilter| -> Vec<String> {
        let rooms = world.engine.conferences(&filter).into_iter();
        rooms
            .map(|room| format!("{} {}", room.name, room.status))
            .collect()
    };
    let with = |change: fn(&mut ConferenceFilter)| {
        let mut filter = ConferenceFilter::default();
        change(&mut filter);
        names(filter)
    };
    assert_eq!(
        with(|_| {}),
        ["hall in-progress", "desk init", "desk completed"]
    );
    assert_eq!(
        with(|filter| filter.name = Some("desk".to_owned())),
        ["desk init", "desk completed"]
    );
    assert_eq!(
        with(|filter| filter.status = Some("in-progress".to_owned())),
        ["hall in-progress"]
    );
    let later = carrier::engine::Time(100_000);
    assert_eq!(
        names(ConferenceFilter {
            created_before: Some(later),
            ..ConferenceFilter::default()
        }),
        ["desk completed"]
    );
    assert_eq!(
        names(ConferenceFilter {
            updated_from: Some(later),
            ..ConferenceFilter::default()
        }),
        ["hall in-progress", "desk init"]
    );
}

#[test]
fn participants_are_listed_by_what_is_asked_for() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    let cleo = world.enters(CLEO, desk().coach(ada.as_str()));
    world.mute(&room, &ada, true);
    world.hold(&room, &ben, true);

    let cases = [
        (ParticipantFilter::default(), vec![&ada, &ben, &cleo]),
        (
            ParticipantFilter {
                muted: Some(true),
                ..ParticipantFilter::default()
            },
            vec![&ada],
        ),
        (
            ParticipantFilter {
                hold: Some(false),
                ..ParticipantFilter::default()
            },
            vec![&ada, &cleo],
        ),
        (
            ParticipantFilter {
                coaching: Some(true),
                ..ParticipantFilter::default()
            },
            vec![&cleo],
        ),
    ];
    for (filter, expected) in cases {
        let found = world.engine.participants(&room, &filter).unwrap();
        let found: Vec<_> = found.iter().map(|one| &one.call).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[test]
fn what_somebody_waits_with_can_be_changed() {
    let mut world = World::new();
    world.page("/song", Response::new().say(Say::new("another song")));
    let ada = world.enters(ADA, desk().participant_label("ada"));
    let room = world.room().sid;

    world.update(&room, &ada, |update| update.wait_url = Some(app("/song")));
    assert_eq!(world.said(&ada), ["another song"]);
    world.update(&room, &ada, |update| update.wait_url = Some(String::new()));

    assert_eq!(world.engine.ear(&ada).unwrap().sound, EarSound::Silence);
    assert_eq!(world.events().pop().unwrap(), "participant-modify ada");
}

#[test]
fn one_who_is_held_before_the_start_waits_again_afterwards() {
    let mut world = World::new();
    world.page("/music", Response::new().say(Say::new("please wait")));
    let ada = world.enters(ADA, desk().wait_url("/music"));
    let room = world.room().sid;

    world.hold(&room, &ada, true);
    assert_eq!(world.engine.ear(&ada).unwrap().sound, EarSound::Music);
    world.hold(&room, &ada, false);

    assert_eq!(world.said(&ada), ["please wait", "please wait"]);
}

#[test]
fn the_open_points_can_be_decided_otherwise() {
    let mut settings = settings();
    settings.options.conference_sequence_start = 0;
    settings.options.conference_extras = false;
    settings.options.conference_left_is = "completed";
    let mut world = World::with(settings);
    world.page("/music", Response::new());
    world.page("/after", Response::new());

    let ada = world.enters_for_a_while(ADA, desk().wait_url("/music"));
    let room = world.room().sid;
    world.remove(&room, &ada);

    assert_eq!(world.all_told("/events", "SequenceNumber"), ["0", "1", "2"]);
    assert_eq!(world.told("/music", "ConferenceSid"), "-");
    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
}

#[test]
fn a_bad_change_changes_nothing() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    let bad = |change: fn(&mut carrier::engine::UpdateParticipant)| {
        let mut update = carrier::engine::UpdateParticipant {
            muted: Some(true),
            ..Default::default()
        };
        change(&mut update);
        update
    };

    for (update, code) in [
        (
            bad(|update| update.hold_url = Some("nowhere".to_owned())),
            21205,
        ),
        (
            bad(|update| update.announce_method = Some("PUT".to_owned())),
            21209,
        ),
        (
            bad(|update| update.call_sid_to_coach = Some("ada".to_owned())),
            16028,
        ),
    ] {
        let refused = world
            .engine
            .update_participant(&room, ada.as_str(), &update);
        assert_eq!(refused.unwrap_err().code, code);
    }

    assert!(!world.people(&room)[0].muted);
}
