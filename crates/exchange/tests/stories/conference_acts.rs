//! Stories of what people at the monitor do in a room.

use exchange::conference::{ActKind, ActState, Phase};
use exchange::{CallSid, Outcome, RoomAct, RoomRefusal};

use crate::hall::{Hall, IDA, JIM, MODERATOR};

/// How an act on somebody stands.
pub(crate) fn state(hall: &Hall, who: &CallSid, kind: ActKind) -> ActState {
    let acts = &hall.member(who).acts;
    let act = acts.iter().find(|one| one.kind == kind);
    let act = act.unwrap_or_else(|| panic!("{}", hall.tale()));
    assert_eq!(act.by.name, "Sam");
    act.state.clone()
}

pub(crate) fn room_state(hall: &Hall, kind: ActKind) -> ActState {
    let act = hall.room.acts.iter().find(|one| one.kind == kind);
    act.unwrap_or_else(|| panic!("{}", hall.tale()))
        .state
        .clone()
}

#[test]
fn somebody_is_muted_and_heard_again() {
    let (mut hall, [ida, ..]) = Hall::running();

    for on in [true, false] {
        let leg = ida.clone();
        hall.act(RoomAct::Mute { leg, on }).unwrap();

        assert_eq!(hall.within(&ida).is_muted, on);
        assert_eq!(hall.member(&ida).mute.is_on, on);
        assert_eq!(state(&hall, &ida, ActKind::Mute), ActState::Done);
    }
    hall.told("Sam muted +1 (312) 555-0123.");
    hall.told("Sam unmuted +1 (312) 555-0123.");
}

#[test]
fn everybody_but_moderators_is_muted() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    hall.act(RoomAct::MuteAll).unwrap();

    assert!(hall.within(&ida).is_muted && hall.within(&jim).is_muted);
    assert!(!hall.within(&mo).is_muted);
}

#[test]
fn who_is_muted_stays_so_when_the_room_is_made_again() {
    let (mut hall, [ida, _, mo]) = Hall::running();
    hall.act(RoomAct::MuteAll).unwrap();
    hall.hangs_up(&mo);
    hall.later(10);

    hall.calls(4, MODERATOR);

    assert!(hall.within(&ida).is_muted && hall.member(&ida).mute.is_on);
}

#[test]
fn somebody_is_muted_while_in_the_menu() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);

    let leg = ida.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();
    hall.keys(&ida, "");

    assert!(hall.within(&ida).is_muted && hall.member(&ida).mute.is_on);
}

#[test]
fn somebody_is_put_on_hold_with_music_and_taken_off_it() {
    let (mut hall, [ida, ..]) = Hall::running();

    for on in [true, false] {
        let leg = ida.clone();
        hall.act(RoomAct::Hold { leg, on }).unwrap();

        assert_eq!(hall.within(&ida).is_held, on);
        assert_eq!(state(&hall, &ida, ActKind::Hold), ActState::Done);
    }
}

#[test]
fn a_hold_outlasts_the_conference_that_it_began_in() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    let leg = ida.clone();
    hall.act(RoomAct::Hold { leg, on: true }).unwrap();
    hall.hangs_up(&mo);
    hall.later(10);

    let again = hall.calls(4, MODERATOR);
    hall.later(2);

    hall.runs_with(&[&ida, &jim, &again]);
    assert!(hall.within(&ida).is_held && hall.member(&ida).hold.is_on);
}

#[test]
fn the_only_one_off_hold_hears_music_too() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    for leg in [&ida, &jim] {
        let leg = leg.clone();
        hall.act(RoomAct::Hold { leg, on: true }).unwrap();
    }

    assert!(hall.within(&mo).is_held && hall.member(&mo).is_company);
    let leg = mo.clone();
    let refusal = hall.act(RoomAct::Hold { leg, on: false }).unwrap_err();
    assert!(refusal.to_string().starts_with("Everybody else is on hold"));
    let leg = jim.clone();
    hall.act(RoomAct::Hold { leg, on: false }).unwrap();
    assert!(!hall.within(&mo).is_held && !hall.member(&mo).is_company);
    assert!(hall.within(&ida).is_held);
}

#[test]
fn who_cannot_be_taken_off_hold_at_once_is_tried_again() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);
    let mo = hall.calls(2, MODERATOR);
    hall.act(RoomAct::Hold { leg: ida, on: true }).unwrap();
    assert!(hall.within(&mo).is_held);
    hall.refuses = true;
    hall.calls(3, JIM);
    hall.refuses = false;
    assert!(hall.within(&mo).is_held);

    hall.later(5);

    assert!(!hall.within(&mo).is_held && !hall.member(&mo).is_company);
}

#[test]
fn nobody_is_held_while_everybody_waits() {
    let mut hall = Hall::open();
    let leg = hall.calls(1, IDA);

    let refusal = hall.act(RoomAct::Hold { leg, on: true });

    assert_eq!(refusal, Err(RoomRefusal::NotRunning));
}

#[test]
fn somebody_is_removed_and_told_so() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    hall.act(RoomAct::Remove { leg: ida.clone() }).unwrap();
    hall.later(1);

    hall.heard(&ida, "conference_removed[]");
    hall.ended(&ida, Outcome::Attended);
    hall.runs_with(&[&jim, &mo]);
    hall.told("was removed from Board by Sam.");
}

#[test]
fn somebody_is_removed_out_of_the_menu() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);

    hall.act(RoomAct::Remove { leg: ida.clone() }).unwrap();
    hall.later(1);

    hall.heard(&ida, "conference_removed[]");
    hall.ended(&ida, Outcome::Attended);
}

#[test]
fn an_act_on_somebody_who_has_just_left_is_refused_in_words() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.hangs_up(&ida);

    let acts = [
        RoomAct::Mute {
            leg: ida.clone(),
            on: true,
        },
        RoomAct::Hold {
            leg: ida.clone(),
            on: true,
        },
        RoomAct::Remove { leg: ida.clone() },
        RoomAct::LowerHand { leg: ida.clone() },
        RoomAct::Announce {
            leg: Some(ida.clone()),
            text: "Hello".to_owned(),
        },
    ];
    for act in acts {
        let refusal = hall.act(act).unwrap_err();
        assert_eq!(refusal.to_string(), "+1 (312) 555-0123 has just left.");
    }
}

#[test]
fn a_hand_that_was_seen_is_taken_down() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);
    hall.keys(&ida, "9");

    hall.act(RoomAct::LowerHand { leg: ida.clone() }).unwrap();

    assert_eq!(hall.member(&ida).hand, None);
    hall.told("Sam has seen the hand of +1 (312) 555-0123.");
}

#[test]
fn something_is_said_to_everybody_or_to_one() {
    let (mut hall, [ida, jim, _]) = Hall::running();

    let text = "Five minutes left.".to_owned();
    hall.act(RoomAct::Announce { leg: None, text }).unwrap();
    let (leg, text) = (Some(ida.clone()), " Your turn. ".to_owned());
    hall.act(RoomAct::Announce { leg, text }).unwrap();

    hall.heard(&jim, "Five minutes left.");
    hall.heard(&ida, "Your turn.");
    assert!(!hall.legs[&jim].heard.contains(&"Your turn.".to_owned()));
    assert_eq!(room_state(&hall, ActKind::Announce), ActState::Done);
    hall.told("Sam has it said to everybody in Board: \u{201c}Five minutes left.\u{201d}");
}

#[test]
fn what_cannot_be_said_is_refused() {
    let (mut hall, _) = Hall::running();
    let says = |text: &str| RoomAct::Announce {
        leg: None,
        text: text.to_owned(),
    };

    assert_eq!(hall.act(says("  ")), Err(RoomRefusal::NoWords));
    let long = "x".repeat(501);
    assert_eq!(hall.act(says(&long)), Err(RoomRefusal::TooManyWords(500)));
}

#[test]
fn the_recording_pauses_and_goes_on_and_everybody_is_told() {
    let mut hall = Hall::with(|room| {
        room.recording = exchange::conference::Recorded::FromStart;
    });
    let ida = hall.calls(1, IDA);
    assert_eq!(
        hall.act(RoomAct::Record { on: false }),
        Err(RoomRefusal::NotRunning)
    );
    hall.calls(2, MODERATOR);

    hall.act(RoomAct::Record { on: false }).unwrap();
    assert!(hall.conference.as_ref().unwrap().is_paused);
    hall.heard(&ida, "conference_recording_paused[]");
    hall.act(RoomAct::Record { on: true }).unwrap();

    assert!(!hall.conference.as_ref().unwrap().is_paused);
    hall.heard(&ida, "conference_recording_resumed[]");
    assert_eq!(room_state(&hall, ActKind::Record), ActState::Done);
}

#[test]
fn a_room_that_is_not_recorded_says_so() {
    let (mut hall, _) = Hall::running();

    let refusal = hall.act(RoomAct::Record { on: true });

    assert_eq!(refusal, Err(RoomRefusal::NotRecorded));
}

#[test]
fn the_conference_is_ended_for_everybody() {
    let (mut hall, legs) = Hall::running();

    hall.act(RoomAct::End).unwrap();
    hall.later(2);

    for who in &legs {
        hall.heard(who, "conference_ended[]");
        hall.ended(who, Outcome::Attended);
    }
    hall.is_over();
    hall.told("Sam ends Board for everybody.");
}

#[test]
fn a_conference_that_cannot_be_ended_as_a_whole_is_left_by_one_after_the_other() {
    let (mut hall, legs) = Hall::running();
    hall.refuses = true;
    hall.act(RoomAct::End).unwrap();
    hall.refuses = false;

    hall.later(12);

    for who in &legs {
        hall.heard(who, "conference_ended[]");
    }
    hall.is_over();
}

#[test]
fn whoever_waits_is_thanked_too_when_it_is_ended() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);

    hall.act(RoomAct::End).unwrap();
    hall.later(2);

    hall.heard(&ida, "conference_ended[]");
    hall.ended(&ida, Outcome::NotReached);
}

#[test]
fn an_act_in_an_empty_room_is_refused() {
    let (mut hall, legs) = Hall::running();
    for leg in &legs {
        hall.hangs_up(leg);
    }

    assert_eq!(hall.room.phase, Phase::Empty);
    let through = legs[0].clone();
    let event = exchange::Event::Conference(exchange::ConferenceEvent::Act {
        room: hall.id.clone(),
        by: crate::hall::sam(),
        what: RoomAct::MuteAll,
    });
    let refusal = hall.takes(&through, event).refusal.unwrap();
    assert_eq!(refusal.to_string(), "Nobody is in this room.");
}
