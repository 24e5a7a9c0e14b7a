//! Stories of what becomes of what somebody at the monitor wants: done, overtaken, refused.

use exchange::conference::{ActKind, ActState};
use exchange::{RoomAct, RoomDeed};

use crate::conference_acts::{room_state, state};
use crate::hall::{Hall, IDA, MODERATOR};

#[test]
fn an_act_that_the_carrier_refuses_says_why() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.refuses = true;

    let leg = ida.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();

    let refused = ActState::Refused("the carrier refuses".to_owned());
    assert_eq!(state(&hall, &ida, ActKind::Mute), refused);
    assert!(!hall.member(&ida).mute.is_wanted);
    hall.told("Muting was not done: the carrier refuses.");
}

#[test]
fn who_is_taken_off_hold_where_everybody_else_is_on_it_hears_music_and_that_is_said() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    for leg in [&ida, &jim] {
        let leg = leg.clone();
        hall.act(RoomAct::Hold { leg, on: true }).unwrap();
    }
    hall.act(RoomAct::Hold {
        leg: mo.clone(),
        on: true,
    })
    .unwrap();

    hall.act(RoomAct::Hold {
        leg: mo.clone(),
        on: false,
    })
    .unwrap();

    assert!(hall.within(&mo).is_held && hall.member(&mo).is_company);
    let why = "everybody else is on hold".to_owned();
    assert_eq!(state(&hall, &mo, ActKind::Hold), ActState::Refused(why));
}

#[test]
fn a_removal_that_the_carrier_refuses_leaves_them_there() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.refuses = true;

    hall.act(RoomAct::Remove { leg: ida.clone() }).unwrap();
    hall.later(10);

    hall.runs_with(&[&ida, &jim, &mo]);
    let refused = ActState::Refused("the carrier refuses".to_owned());
    assert_eq!(state(&hall, &ida, ActKind::Remove), refused);
    assert!(hall.member(&ida).leaving.is_none());
}

#[test]
fn who_turns_out_to_have_left_is_taken_off_the_list() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.leaves_unheard(&ida);

    hall.act(RoomAct::Mute {
        leg: ida.clone(),
        on: true,
    })
    .unwrap();
    hall.later(1);

    assert!(hall.room.member(&ida).is_none());
    hall.runs_with(&[&jim, &mo]);
}

#[test]
fn a_recording_that_the_carrier_does_not_know_of_yet_is_paused_as_soon_as_it_does() {
    let mut hall = Hall::with(|room| room.recording = exchange::conference::Recorded::Paused);
    hall.recording_ms = 3_000;
    hall.calls(1, IDA);
    hall.calls(2, MODERATOR);
    assert!(!hall.conference.as_ref().unwrap().is_paused);

    hall.later(5);

    assert!(hall.conference.as_ref().unwrap().is_paused);
    assert!(!hall.room.recording.unwrap().is_on);
}

#[test]
fn a_recording_that_never_comes_is_said_so() {
    let mut hall = Hall::with(|room| room.recording = exchange::conference::Recorded::FromStart);
    hall.recording_ms = 3_600_000;
    hall.calls(1, IDA);
    hall.calls(2, MODERATOR);

    hall.act(RoomAct::Record { on: false }).unwrap();
    assert_eq!(room_state(&hall, ActKind::Record), ActState::Wanted);
    hall.later(70);

    let why = "the carrier knows of no recording".to_owned();
    assert_eq!(room_state(&hall, ActKind::Record), ActState::Refused(why));
    hall.told("The recording could not be switched: the carrier knows of no recording.");
}

#[test]
fn of_two_wishes_that_follow_each_other_only_the_last_is_done() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.is_slow = true;
    for on in [true, false] {
        let leg = ida.clone();
        hall.act(RoomAct::Mute { leg, on }).unwrap();
    }
    assert_eq!(state(&hall, &ida, ActKind::Mute), ActState::Wanted);

    hall.is_slow = false;
    hall.later(1);

    assert!(!hall.within(&ida).is_muted && !hall.member(&ida).mute.is_under_way());
    assert_eq!(state(&hall, &ida, ActKind::Mute), ActState::Done);
    let done = hall.done(|deed| matches!(deed, RoomDeed::Mute { .. }));
    assert_eq!(done, 1, "{}", hall.tale());
}

#[test]
fn an_act_on_somebody_who_is_led_in_anew_is_done_by_the_document() {
    let (mut hall, [ida, _, mo]) = Hall::running();
    let leg = ida.clone();
    hall.act(RoomAct::Hold { leg, on: true }).unwrap();
    hall.is_slow = true;
    for act in [
        RoomAct::Mute {
            leg: ida.clone(),
            on: true,
        },
        RoomAct::Hold {
            leg: ida.clone(),
            on: false,
        },
    ] {
        hall.act(act).unwrap();
    }
    hall.hangs_up(&mo);
    hall.later(2);
    hall.is_slow = false;
    hall.later(5);

    assert_eq!(state(&hall, &ida, ActKind::Mute), ActState::Done);
    assert_eq!(state(&hall, &ida, ActKind::Hold), ActState::Done);
    assert!(hall.within(&ida).is_muted && !hall.within(&ida).is_held);
}

#[test]
fn what_is_refused_for_a_whole_room_is_not_said_of_somebody() {
    let (mut hall, legs) = Hall::running();
    hall.is_slow = true;
    let text = "Five minutes left.".to_owned();
    hall.act(RoomAct::Announce { leg: None, text }).unwrap();
    hall.hangs_up(&legs[2]);
    hall.is_slow = false;
    hall.later(5);

    let why = "nobody is in the conference any more".to_owned();
    assert_eq!(room_state(&hall, ActKind::Announce), ActState::Refused(why));
}

#[test]
fn muting_everybody_is_done_when_everybody_is_muted_or_says_why_not() {
    let (mut hall, _) = Hall::running();
    hall.is_slow = true;
    hall.act(RoomAct::MuteAll).unwrap();
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Wanted);

    hall.is_slow = false;
    hall.later(1);
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Done);

    let (mut hall, _) = Hall::running();
    hall.refuses = true;
    hall.act(RoomAct::MuteAll).unwrap();

    let why = "2 of them could not be muted".to_owned();
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Refused(why));
}

#[test]
fn a_conference_is_not_said_to_be_ended_while_anybody_is_still_in_it() {
    let (mut hall, legs) = Hall::running();
    hall.refuses = true;

    hall.act(RoomAct::End).unwrap();

    let [ida, jim, mo] = &legs;
    let why = "the carrier refuses; 3 are not out yet, and are led out again".to_owned();
    assert_eq!(room_state(&hall, ActKind::End), ActState::Refused(why));
    hall.later(20);
    hall.runs_with(&[ida, jim, mo]);
    hall.refuses = false;
    hall.later(12);

    for who in &legs {
        hall.heard(who, "conference_ended[]");
    }
    assert_eq!(room_state(&hall, ActKind::End), ActState::Done);
    hall.is_over();
}

#[test]
fn a_conference_that_cannot_be_ended_at_once_is_ended_when_the_last_is_out() {
    let (mut hall, legs) = Hall::running();
    hall.refuses_to = |deed| matches!(deed, RoomDeed::End { .. });
    hall.is_slow = true;
    hall.act(RoomAct::End).unwrap();
    hall.is_slow = false;

    while legs.iter().any(|leg| hall.room.member(leg).is_some()) {
        assert_eq!(room_state(&hall, ActKind::End), ActState::Wanted);
        hall.later(1);
    }
    hall.later(5);

    hall.told("The conference could not be ended at once: it is refused");
    assert_eq!(room_state(&hall, ActKind::End), ActState::Done);
    hall.is_over();
}

#[test]
fn who_could_not_be_removed_does_not_outstay_the_end_of_the_conference() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.is_slow = true;
    hall.refuses_to = |deed| matches!(deed, RoomDeed::Remove { .. });
    let leg = ida.clone();
    hall.act(RoomAct::Remove { leg }).unwrap();
    hall.act(RoomAct::End).unwrap();
    hall.is_slow = false;

    hall.later(12);

    hall.told("The removal was not done: it is refused.");
    hall.heard(&ida, "conference_ended[]");
    assert_eq!(room_state(&hall, ActKind::End), ActState::Done);
    hall.is_over();
}

#[test]
fn muting_everybody_waits_for_who_is_on_the_way_and_says_what_became_of_it() {
    let (mut hall, [ida, jim, _]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);
    hall.letter_ms = 200;
    hall.keys(&ida, "9");
    hall.act(RoomAct::MuteAll).unwrap();
    assert!(hall.within(&jim).is_muted && !hall.is_in(&ida));
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Wanted);

    hall.refuses_to = |deed| matches!(deed, RoomDeed::Mute { .. });
    hall.later(10);

    assert!(!hall.within(&ida).is_muted);
    let why = "one of them could not be muted".to_owned();
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Refused(why));
}

#[test]
fn what_was_refused_before_is_not_said_of_muting_everybody() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    let leg = ida.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();
    hall.refuses = true;
    for (leg, on) in [(&mo, true), (&ida, false), (&jim, true)] {
        let leg = leg.clone();
        hall.act(RoomAct::Mute { leg, on }).unwrap();
    }
    hall.refuses = false;
    hall.later(5);

    hall.act(RoomAct::MuteAll).unwrap();

    assert!(hall.within(&ida).is_muted && hall.within(&jim).is_muted);
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Done);
}

#[test]
fn who_is_being_muted_when_everybody_is_counts_too() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.is_slow = true;
    let leg = ida.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();
    hall.later(1);
    hall.act(RoomAct::MuteAll).unwrap();

    hall.refuses = true;
    hall.is_slow = false;
    hall.later(1);

    let why = "2 of them could not be muted".to_owned();
    assert_eq!(room_state(&hall, ActKind::MuteAll), ActState::Refused(why));
}
