//! Stories of callbacks that come late, twice, in another order or never, and of the sweep.

use exchange::conference::{Phase, Whereabouts};
use exchange::{RoomAct, Said};

use crate::hall::{Hall, IDA, JIM};

#[test]
fn a_leg_whose_end_nobody_tells_of_is_found_by_the_sweep() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    hall.leaves_unheard(&ida);
    assert!(hall.room.member(&ida).is_some());
    hall.later(16);

    hall.runs_with(&[&jim, &mo]);
    hall.is_right();
}

#[test]
fn a_moderator_whose_end_nobody_tells_of_leaves_a_grace() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    hall.leaves_unheard(&mo);
    hall.later(16);

    hall.waits_with(&[&ida, &jim]);
    assert!(matches!(hall.room.phase, Phase::Grace { .. }));
}

#[test]
fn what_changed_at_the_carrier_is_shown_after_the_sweep() {
    let (mut hall, [ida, jim, _]) = Hall::running();
    let people = &mut hall.conference.as_mut().unwrap().people;
    people.get_mut(&ida).unwrap().is_muted = true;
    people.get_mut(&jim).unwrap().is_held = true;

    hall.later(16);

    assert!(hall.member(&ida).mute.is_on && hall.member(&jim).hold.is_on);
    hall.is_right();
}

#[test]
fn a_flag_that_did_not_hold_is_set_again() {
    let (mut hall, [.., mo]) = Hall::running();
    let people = &mut hall.conference.as_mut().unwrap().people;
    people.get_mut(&mo).unwrap().ends = false;

    hall.later(16);

    assert!(hall.within(&mo).ends);
}

#[test]
fn a_stranger_is_led_out() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.forget_member(&ida);

    hall.later(20);

    // Their own call leads them back in.
    hall.runs_with(&[&ida, &jim, &mo]);
    hall.told("Somebody is in the room who is not on its list");
}

#[test]
fn who_is_not_where_they_belong_is_led_there() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.conference.as_mut().unwrap().people.remove(&ida);

    hall.later(18);

    hall.runs_with(&[&ida, &jim, &mo]);
}

#[test]
fn a_late_word_of_an_earlier_conference_changes_nothing() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    let past = hall.conference.as_ref().unwrap().sid.clone();
    hall.hangs_up(&mo);
    hall.later(5);
    let before = hall.room.clone();

    for what in [Said::Ended, Said::Started, Said::Joined(ida.clone())] {
        let said = exchange::ConferenceSaid {
            conference: past.clone(),
            sequence: 99,
            what,
        };
        let event = exchange::ConferenceEvent::Said(hall.id.clone(), said);
        hall.takes(&ida, exchange::Event::Conference(event));
    }

    assert_eq!(hall.room, before);
    hall.waits_with(&[&ida, &jim]);
}

#[test]
fn a_join_that_is_told_after_the_leave_brings_nobody_back() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.stars(&ida);
    hall.later(2);
    let conference = hall.conference.as_ref().unwrap().sid.clone();

    let said = exchange::ConferenceSaid {
        conference,
        sequence: 1,
        what: Said::Joined(ida.clone()),
    };
    let event = exchange::ConferenceEvent::Said(hall.id.clone(), said);
    hall.takes(&ida, exchange::Event::Conference(event));

    assert!(matches!(hall.member(&ida).place, Whereabouts::Aside { .. }));
}

#[test]
fn a_word_that_contradicts_an_answer_of_a_moment_ago_is_not_believed() {
    let (mut hall, [ida, ..]) = Hall::running();
    for on in [true, false] {
        let leg = ida.clone();
        hall.act(RoomAct::Mute { leg, on }).unwrap();
    }

    hall.says_and_works(Said::Muted(ida.clone(), true));
    assert!(!hall.member(&ida).mute.is_on);
    hall.later(20);
    hall.says_and_works(Said::Muted(ida.clone(), true));

    assert!(hall.member(&ida).mute.is_on, "later it is news");
}

#[test]
fn a_room_that_ends_around_somebody_is_not_taken_for_the_star_key() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.later(20);
    hall.later(20);
    hall.forgets(&ida);

    hall.ends_silently();
    hall.later(3);

    for who in [&ida, &jim] {
        let heard = &hall.legs[who].heard;
        assert!(!heard.iter().any(|one| one.contains("menu")), "{heard:?}");
    }
    hall.runs_with(&[&ida, &jim, &mo]);
}

#[test]
fn sweeps_end_with_the_gathering_and_there_is_one_chain() {
    let (mut hall, legs) = Hall::running();
    assert_eq!(hall.sweeps_due(), 1);
    hall.later(100);
    assert_eq!(hall.sweeps_due(), 1);

    for leg in &legs {
        hall.hangs_up(leg);
    }
    hall.later(40);

    assert_eq!(hall.sweeps_due(), 0);
}

#[test]
fn who_hears_what_is_said_first_is_not_led_again() {
    let mut hall = Hall::with(|room| {
        room.name = "The board of the city's public libraries".to_owned();
        room.recording = exchange::conference::Recorded::FromStart;
    });
    hall.letter_ms = 80;
    hall.calls(1, IDA);
    hall.later(9);

    let jim = hall.calls(2, JIM);
    hall.later(10);

    assert!(hall.is_in(&jim), "{}", hall.tale());
    assert_eq!(hall.member(&jim).round, 1, "{}", hall.tale());
    assert!(hall.room.reconciled.is_some());
}

#[test]
fn nobody_is_alone_in_silence_while_somebody_else_is_told_what_is_said_first() {
    let mut hall = Hall::with(|room| {
        room.is_moderated = false;
        room.name = "The board of the city's public libraries".to_owned();
        room.recording = exchange::conference::Recorded::FromStart;
    });
    let ida = hall.calls(1, IDA);
    let jim = hall.calls(2, JIM);
    hall.letter_ms = 80;
    hall.calls(3, "+13125550125");

    hall.hangs_up(&jim);
    hall.later(3);

    hall.waits_with(&[&ida]);
}

#[test]
fn whatever_happens_meanwhile_the_carrier_is_asked_in_time() {
    let (mut hall, _) = Hall::running();

    for n in 10..22 {
        let kim = hall.calls(n, &format!("+131255502{n}"));
        // They came in a moment ago: it may be about an earlier entry, and a sweep will tell.
        let left = Said::Left(kim, exchange::LeftBecause::Unknown);
        hall.says_and_works(left);
        hall.later(4);
    }

    let asked = hall.room.reconciled.expect("it was asked");
    assert!(hall.now.seconds_since(asked) <= 9, "{}", hall.tale());
}

#[test]
fn an_answer_of_the_carriers_counts_whatever_happened_while_it_was_asked() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.is_slow = true;
    hall.later(20);
    let sweep = hall.room.sweep;

    hall.says_and_works(Said::Left(ida.clone(), exchange::LeftBecause::HungUp));

    assert_eq!(hall.room.sweep, sweep, "{}", hall.tale());
    assert!(hall.room.sweeps_again.is_some(), "{}", hall.tale());
    hall.is_slow = false;
    hall.later(20);
    hall.is_right();
}

#[test]
fn who_is_said_to_speak_and_never_to_cease_speaks_for_a_minute() {
    let (mut hall, [ida, ..]) = Hall::running();

    hall.says_and_works(Said::Speaks(ida.clone(), true));
    hall.later(50);
    assert!(hall.member(&ida).speaking.is_some());
    hall.later(30);

    assert!(hall.member(&ida).speaking.is_none());
}

#[test]
fn who_is_muted_does_not_speak() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.says_and_works(Said::Speaks(ida.clone(), true));

    let leg = ida.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();

    assert!(hall.member(&ida).speaking.is_none());
}

#[test]
fn who_speaks_is_shown_until_they_cease_or_leave() {
    let (mut hall, [ida, ..]) = Hall::running();

    hall.says_and_works(Said::Speaks(ida.clone(), true));
    assert!(hall.member(&ida).speaking.is_some());
    hall.says_and_works(Said::Speaks(ida.clone(), false));
    assert!(hall.member(&ida).speaking.is_none());
    hall.says_and_works(Said::Speaks(ida.clone(), true));
    hall.stars(&ida);
    hall.later(1);

    assert!(hall.member(&ida).speaking.is_none());
}

#[test]
fn the_same_word_twice_changes_nothing() {
    let (mut hall, [ida, ..]) = Hall::running();
    hall.says_and_works(Said::Muted(ida.clone(), false));
    let before = hall.room.clone();

    let conference = hall.conference.as_ref().unwrap().sid.clone();
    let said = exchange::ConferenceSaid {
        conference,
        sequence: 2,
        what: Said::Joined(ida.clone()),
    };
    let event = exchange::ConferenceEvent::Said(hall.id.clone(), said);
    let step = hall.takes(&ida, exchange::Event::Conference(event));

    assert!(step.room.is_none());
    assert_eq!(hall.room, before);
}

#[test]
fn a_sweep_that_was_lost_is_begun_anew_with_whatever_happens_next() {
    let (mut hall, [_, jim, mo]) = Hall::running();
    hall.later(20);
    hall.loses_sweeps();
    hall.later(90);
    assert_eq!(hall.sweeps_due(), 0);

    let leg = jim.clone();
    hall.act(RoomAct::Mute { leg, on: true }).unwrap();
    hall.later(1);

    assert_eq!(hall.room.reconciled, Some(hall.now.plus_seconds(-1)));
    assert_eq!(hall.sweeps_due(), 1);
    hall.leaves_unheard(&mo);
    hall.later(25);
    assert!(hall.room.member(&mo).is_none(), "{}", hall.tale());
}
