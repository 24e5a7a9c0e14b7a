//! What is seen of a room at a glance.

use super::super::HelpView;
use super::*;

#[test]
fn a_row_tells_how_somebody_stands_and_that_their_hand_is_raised() {
    let words = |person: &PersonView| {
        let signs = person.signs().into_iter();
        signs.map(|sign| sign.word).collect::<Vec<_>>()
    };
    let person = PersonView::default();
    let speaks = PersonView {
        speaking_since_ms: Some(5),
        ..person.clone()
    };
    let muted = PersonView {
        is_muted: true,
        hand_since_ms: Some(7),
        ..speaks.clone()
    };
    let held = PersonView {
        is_held: true,
        ..muted.clone()
    };
    let ringing = PersonView {
        stage: PersonStage::Ringing,
        ..person.clone()
    };

    assert_eq!(words(&person), ["In the room"]);
    assert_eq!(words(&speaks), ["Speaks"]);
    assert_eq!(speaks.signs()[0].since_ms, Some(5));
    assert_eq!(words(&muted), ["Muted: is not heard", "Hand raised"]);
    assert_eq!(
        words(&held),
        ["On hold: hears music", "Muted: is not heard", "Hand raised"]
    );
    assert_eq!(words(&ringing), ["Ringing"]);
}

#[test]
fn a_button_shows_what_is_wanted_before_it_is_done_and_what_is_so_when_it_is_refused() {
    let with = |is_muted, state| PersonView {
        is_muted,
        acts: vec![act(ActKind::Mute, true, state)],
        ..PersonView::default()
    };

    assert!(!PersonView::default().is_meant_muted());
    assert!(with(false, ActState::Wanted).is_meant_muted());
    assert!(with(true, ActState::Done).is_meant_muted());
    assert!(!with(false, ActState::Refused("They have left.".to_owned())).is_meant_muted());
    assert!(!with(false, ActState::Wanted).is_meant_held());
}

#[test]
fn a_recording_is_turned_where_there_is_one_to_turn() {
    let room = |recording, acts| RoomView {
        recording,
        acts,
        ..RoomView::default()
    };
    let pauses = || vec![act(ActKind::Record, false, ActState::Wanted)];

    for (room, meant) in [
        (room(RecordingView::None, Vec::new()), None),
        (room(RecordingView::Awaited, Vec::new()), None),
        (room(RecordingView::Running, Vec::new()), Some(true)),
        (room(RecordingView::Running, pauses()), Some(false)),
        (room(RecordingView::Paused, Vec::new()), Some(false)),
    ] {
        assert_eq!(room.is_meant_recorded(), meant, "{room:?}");
    }
}

#[test]
fn what_is_done_is_shown_until_something_else_is() {
    let at = |at_ms, act| ActView { at_ms, ..act };
    let refused = act(ActKind::Remove, true, ActState::Refused("No.".to_owned()));
    let refused = at(3, refused);
    let done = at(7, act(ActKind::Mute, true, ActState::Done));
    let wanted = at(9, act(ActKind::Hold, true, ActState::Wanted));
    let person = |acts: &[&ActView]| PersonView {
        acts: acts.iter().map(|act| (*act).clone()).collect(),
        ..PersonView::default()
    };

    assert_eq!(
        person(&[&refused, &done]).shown_acts(),
        [done.clone(), refused.clone()]
    );
    assert_eq!(
        person(&[&refused, &done, &wanted]).shown_acts(),
        [wanted, refused]
    );
}

#[test]
fn of_several_numbers_that_are_called_in_each_is_named() {
    let call = |number: &str, state| ActView {
        about: Some(number.to_owned()),
        ..act(ActKind::Add, true, state)
    };
    let busy = ActState::Refused("is busy".to_owned());
    let room = RoomView {
        acts: vec![
            call("+1 (312) 555-0125", busy),
            call("+1 (312) 555-0126", ActState::Wanted),
        ],
        ..RoomView::default()
    };

    let shown: Vec<String> = room.shown_acts().iter().map(ActView::text).collect();

    assert_eq!(
        shown,
        [
            "Call in +1 (312) 555-0125: not done: is busy",
            "Call in +1 (312) 555-0126: wanted by Sue",
        ]
    );
}

#[test]
fn people_are_counted_and_hands_told_in_the_order_in_which_they_were_raised() {
    let person = |label: &str, hand_since_ms| PersonView {
        label: label.to_owned(),
        hand_since_ms,
        ..PersonView::default()
    };
    let mut room = RoomView::default();
    assert_eq!(room.people_text(), "nobody in");
    assert_eq!(room.hands_text(), None);

    room.people = vec![person("Ida", Some(9)), person("Ben", Some(4))];
    room.people.push(PersonView {
        stage: PersonStage::Ringing,
        ..PersonView::default()
    });

    assert_eq!(room.people_text(), "2 in, 1 on the way");
    assert_eq!(room.hands_text().as_deref(), Some("Hands raised: Ben, Ida"));
    room.limit = Some(20);
    room.people.truncate(1);
    assert_eq!(room.people_text(), "1 of 20 in");
    assert_eq!(room.hands_text().as_deref(), Some("Hand raised: Ida"));
}

#[test]
fn who_asks_for_help_longest_is_first() {
    let room = |id: &str, since_ms: Option<i64>| RoomView {
        id: id.to_owned(),
        help: since_ms.map(|since_ms| HelpView {
            by: "Ana".to_owned(),
            since_ms,
        }),
        ..RoomView::default()
    };
    let rooms = Rooms {
        rooms: vec![room("a", Some(9)), room("b", None), room("c", Some(4))],
        ..Rooms::default()
    };

    let ids: Vec<_> = rooms
        .calling_for_help()
        .iter()
        .map(|room| room.id.as_str())
        .collect();

    assert_eq!(ids, ["c", "a"]);
}

#[test]
fn somebody_of_ours_is_found_by_their_user_name_and_says_how_they_watch() {
    let me = PersonView {
        leg: "CA7".to_owned(),
        user: Some("sue".to_owned()),
        role: PersonRole::Watcher(WatchMode::Coach),
        ..PersonView::default()
    };
    let room = RoomView {
        people: vec![PersonView::default(), me.clone()],
        ..RoomView::default()
    };

    assert_eq!(room.leg_of("sue"), Some(&me));
    assert_eq!(room.leg_of("ana"), None);
    assert_eq!(me.watches(), Some(WatchMode::Coach));
    assert_eq!(PersonView::default().watches(), None);
}

fn act(kind: ActKind, on: bool, state: ActState) -> ActView {
    ActView {
        kind,
        about: None,
        on,
        state,
        at_ms: 0,
        by: "Sue".to_owned(),
    }
}
