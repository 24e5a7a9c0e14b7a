//! Stories of who is told of by a beep, and by whom: the carrier, or an announcement of ours.

use exchange::conference::{ActState, ConferenceEvent, Recorded, RoomDeed, Told, Undone, Words};
use exchange::{CallSid, Event, JoinBeep, RoomAct};

use crate::hall::{Hall, IDA, JIM, MODERATOR};

/// How the carrier was asked to beep when somebody was last led in.
fn beep(hall: &Hall, who: &CallSid) -> JoinBeep {
    hall.legs[who].join.clone().expect("they were led in").beep
}

/// How many beeps of ours there were.
fn beeps(hall: &Hall) -> usize {
    let all = hall.room.announcements.iter();
    all.filter(|one| one.what == Words::Beep).count()
}

#[test]
fn the_way_to_the_star_menu_and_back_is_silent() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    assert_eq!(beep(&hall, &ida), JoinBeep::Coming);

    hall.stars(&ida);
    hall.later(2);
    hall.keys(&ida, "9");
    hall.later(10);

    hall.runs_with(&[&ida, &jim, &mo]);
    assert_eq!(beep(&hall, &ida), JoinBeep::Never);
    assert_eq!(beeps(&hall), 0);
}

#[test]
fn a_participant_who_goes_for_good_is_told_of_once() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);
    hall.keys(&ida, "9");
    hall.later(10);

    hall.hangs_up(&ida);
    hall.later(10);

    hall.runs_with(&[&jim, &mo]);
    assert_eq!(beeps(&hall), 1);
}

#[test]
fn a_moderator_who_is_back_beeps_when_they_go() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    let joan = hall.browser(4, "Joan");
    hall.hangs_up(&joan);
    hall.later(10);
    assert_eq!((beep(&hall, &mo), beeps(&hall)), (JoinBeep::Both, 0));

    for who in [&ida, &jim] {
        hall.hangs_up(who);
    }
    hall.later(10);

    hall.waits_with(&[&mo]);
    assert_eq!(beep(&hall, &mo), JoinBeep::Leaving);
}

#[test]
fn what_becomes_of_the_rooms_own_words_tells_nothing_of_somebodys() {
    let (mut hall, [ida, _, mo]) = Hall::running();
    let text = "Hello.".to_owned();
    hall.act(RoomAct::Announce { leg: None, text }).unwrap();
    hall.hangs_up(&ida);
    hall.later(10);
    assert_eq!(beeps(&hall), 1);
    // The carrier has not answered yet.
    hall.room.acts[0].state = ActState::Wanted;
    let mut answered = |announcement, how| {
        let room = hall.room.id.clone();
        let deed = RoomDeed::Announce {
            announcement,
            leg: None,
        };
        let did = ConferenceEvent::Did { room, deed, how };
        hall.takes(&mo, Event::Conference(did));
        hall.room.acts[0].state.clone()
    };

    assert_eq!(answered(2, Err(Undone::NotThere)), ActState::Wanted);
    assert_eq!(answered(1, Ok(())), ActState::Done);
}

#[test]
fn nobody_is_told_of_where_the_room_does_not_wish_it() {
    let mut hall = Hall::with(|room| room.told = Told::Nothing);
    let ida = hall.calls(1, IDA);
    hall.calls(2, JIM);
    hall.calls(3, MODERATOR);

    hall.hangs_up(&ida);
    hall.later(10);

    assert_eq!(hall.room.announcements, []);
}

#[test]
fn a_beep_waits_until_what_somebody_has_written_is_said() {
    let (mut hall, [ida, ..]) = Hall::running();
    let text = "The meeting goes on for a quarter of an hour, and then there is coffee.".to_owned();
    hall.act(RoomAct::Announce { leg: None, text }).unwrap();

    hall.hangs_up(&ida);
    hall.later(3);
    assert_eq!(beeps(&hall), 0);
    hall.later(10);

    assert_eq!(beeps(&hall), 1);
}

#[test]
fn a_beep_waits_until_everybody_has_heard_what_becomes_of_the_recording() {
    let mut hall = Hall::with(|room| room.recording = Recorded::FromStart);
    let ida = hall.calls(1, IDA);
    hall.calls(2, JIM);
    hall.calls(3, MODERATOR);
    for on in [false, true] {
        hall.act(RoomAct::Record { on }).unwrap();
    }

    hall.hangs_up(&ida);
    hall.later(2);
    assert_eq!(beeps(&hall), 0);
    hall.later(10);

    assert_eq!(beeps(&hall), 1);
}
