//! Stories of who is let into a room: by number, code and PIN, and who is not.

use exchange::conference::Role;
use exchange::{
    Call, CallSid, Caller, ConferenceRoom, Input, Outcome, Pin, Place, Plan, RoomAct, RoomCode,
    RoomId, RoomKey,
};

use crate::desk::leg;
use crate::hall::{At, Hall, IDA, MODERATOR, plan_of};
use crate::model::Lots;
use crate::support::{input, number};

fn pin(text: &str) -> Option<Pin> {
    Some(Pin::parse(text).expect("a PIN of the story"))
}

fn with_pins() -> Hall {
    Hall::with(|room| {
        room.pin = pin("1234");
        room.moderator_pin = pin("98765");
    })
}

/// A line with two rooms behind codes.
fn with_codes() -> Hall {
    let room = |key: &str, code: &str| ConferenceRoom {
        code: Some(RoomCode::parse(code).expect("a code of the story")),
        moderators: vec![number(MODERATOR)],
        ..ConferenceRoom::of(RoomKey::parse(key).expect("a key of the story"), key)
    };
    let plan: Plan = plan_of(vec![room("main", "11"), room("side", "22")]);
    let id = RoomId::parse("board.side").expect("a room of the story");
    Hall::of(plan, id, Lots::of(Vec::new()))
}

fn throttled(keys: &str) -> Input {
    Input {
        too_many: true,
        ..input(keys)
    }
}

#[track_caller]
fn is_asked(hall: &Hall, who: &CallSid) {
    assert!(matches!(hall.legs[who].at, At::Asked(_)), "{}", hall.tale());
}

#[test]
fn participants_key_in_their_pin() {
    let mut hall = with_pins();

    let ida = hall.calls(1, IDA);
    hall.heard(&ida, "conference_ask_pin[]");
    hall.keys(&ida, "1234");

    hall.waits_with(&[&ida]);
    assert_eq!(hall.member(&ida).role, Role::Participant);
    assert_eq!(hall.wrong_codes, 0);
}

#[test]
fn the_moderators_pin_makes_a_moderator_of_anybody() {
    let mut hall = with_pins();
    let ida = hall.calls(1, IDA);
    hall.keys(&ida, "1234");

    let jim = hall.calls_as(2, Caller::Withheld);
    hall.keys(&jim, "98765");

    assert_eq!(hall.member(&jim).role, Role::Moderator);
    hall.runs_with(&[&ida, &jim]);
}

#[test]
fn a_moderator_who_is_known_by_number_is_not_asked() {
    let mut hall = with_pins();

    let mo = hall.calls(1, MODERATOR);

    assert_eq!(hall.member(&mo).role, Role::Moderator);
}

#[test]
fn where_only_moderators_have_a_pin_silence_lets_everybody_else_in() {
    let mut hall = Hall::with(|room| room.moderator_pin = pin("98765"));

    let ida = hall.calls(1, IDA);
    hall.heard(&ida, "conference_ask_moderator_pin[]");
    hall.keys(&ida, "");

    assert_eq!(hall.member(&ida).role, Role::Participant);
}

#[test]
fn three_wrong_pins_end_kindly() {
    let mut hall = with_pins();
    let ida = hall.calls(1, IDA);

    for _ in 0..3 {
        is_asked(&hall, &ida);
        hall.keys(&ida, "0000");
    }

    hall.heard(&ida, "conference_wrong_pin[]");
    hall.heard(&ida, "conference_not_admitted[]");
    hall.ended(&ida, Outcome::NotAdmitted);
    assert_eq!(hall.wrong_codes, 3);
    assert!(!hall.lines().any(|line| line.contains("0000")));
}

#[test]
fn silence_is_a_try_and_not_a_wrong_pin() {
    let mut hall = with_pins();
    let ida = hall.calls(1, IDA);

    for _ in 0..3 {
        hall.keys(&ida, "");
    }

    hall.heard(&ida, "silence[]");
    hall.ended(&ida, Outcome::NoInput);
    assert_eq!(hall.wrong_codes, 0);
}

#[test]
fn a_number_with_too_many_wrong_pins_is_told_so() {
    let mut hall = with_pins();
    let ida = hall.calls(1, IDA);

    hall.keys_with(&ida, throttled("1234"));

    hall.heard(&ida, "conference_too_many[]");
    hall.ended(&ida, Outcome::NotAdmitted);
    assert!(hall.room.member(&ida).is_none());
}

#[test]
fn who_withholds_their_number_is_told_what_to_do_about_it() {
    let mut hall = with_pins();
    let ida = hall.calls_as(1, Caller::Withheld);

    hall.keys_with(&ida, throttled("1234"));

    hall.heard(&ida, "conference_too_many_withheld[]");
    hall.ended(&ida, Outcome::NotAdmitted);
}

#[test]
fn who_is_throttled_is_not_even_asked() {
    let mut hall = with_codes();
    let line = hall.plan.line(&hall.id.line).unwrap().clone();
    let caller = Caller::Number(number(IDA));
    let call = Call::new(leg(1), &line, caller, None, Place::default(), hall.now);

    let ida = hall.comes(&call, throttled(""));

    hall.ended(&ida, Outcome::NotAdmitted);
}

#[test]
fn of_several_rooms_a_code_tells_which() {
    let mut hall = with_codes();

    let ida = hall.calls(1, IDA);
    hall.heard(&ida, "conference_ask_code[]");
    hall.keys(&ida, "22");

    hall.heard(&ida, "conference_welcome[room=side]");
    hall.waits_with(&[&ida]);
    assert_eq!(
        hall.legs[&ida].join.clone().unwrap().room.friendly(),
        "board.side"
    );
}

#[test]
fn a_moderator_keys_in_the_code_and_is_known_by_number() {
    let mut hall = with_codes();

    let mo = hall.calls(1, MODERATOR);
    hall.keys(&mo, "22#");

    assert_eq!(hall.member(&mo).role, Role::Moderator);
}

#[test]
fn three_unknown_codes_end_kindly() {
    let mut hall = with_codes();
    let ida = hall.calls(1, IDA);

    for _ in 0..3 {
        hall.keys(&ida, "99");
    }

    hall.heard(&ida, "conference_wrong_code[]");
    hall.ended(&ida, Outcome::NotAdmitted);
    assert_eq!(hall.wrong_codes, 3);
}

#[test]
fn the_tries_for_a_code_do_not_count_for_the_pin() {
    let mut hall = with_codes();
    let ida = hall.calls(1, IDA);
    hall.keys(&ida, "99");
    hall.keys(&ida, "98");
    hall.keys(&ida, "22");

    hall.waits_with(&[&ida]);
}

#[test]
fn who_is_withheld_hangs_up_while_asked() {
    let mut hall = with_pins();
    let ida = hall.calls_as(1, Caller::Withheld);

    hall.hangs_up(&ida);

    hall.ended(&ida, Outcome::HungUp);
}

#[test]
fn a_full_room_says_so_before_joining() {
    let mut hall = Hall::with(|room| room.limit = 3);
    hall.calls(1, MODERATOR);
    hall.calls(2, IDA);
    hall.calls(3, "+13125550124");

    let kim = hall.calls(4, "+13125550125");

    hall.heard(&kim, "conference_full[]");
    hall.ended(&kim, Outcome::TurnedAway);
    assert!(hall.legs[&kim].join.is_none());
}

#[test]
fn a_place_is_kept_for_the_moderator() {
    let mut hall = Hall::with(|room| room.limit = 3);
    let ida = hall.calls(1, IDA);
    let jim = hall.calls(2, "+13125550124");
    let kim = hall.calls(3, "+13125550125");

    let mo = hall.calls(4, MODERATOR);

    hall.ended(&kim, Outcome::TurnedAway);
    hall.runs_with(&[&ida, &jim, &mo]);
}

#[test]
fn a_place_that_is_free_again_is_taken() {
    let mut hall = Hall::with(|room| room.limit = 3);
    hall.calls(1, MODERATOR);
    let ida = hall.calls(2, IDA);
    hall.calls(3, "+13125550124");
    hall.hangs_up(&ida);

    let kim = hall.calls(4, "+13125550125");

    assert!(hall.is_in(&kim));
}

#[test]
fn who_is_in_the_star_menu_keeps_their_place() {
    let mut hall = Hall::with(|room| room.limit = 3);
    hall.calls(1, MODERATOR);
    let ida = hall.calls(2, IDA);
    hall.calls(3, "+13125550124");
    hall.stars(&ida);
    hall.later(2);

    let kim = hall.calls(4, "+13125550125");
    hall.keys(&ida, "");

    hall.ended(&kim, Outcome::TurnedAway);
    assert!(hall.is_in(&ida));
}

#[test]
fn a_locked_room_lets_only_moderators_in() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);
    hall.act(RoomAct::Lock { on: true }).unwrap();

    let jim = hall.calls(2, "+13125550124");
    let mo = hall.calls(3, MODERATOR);

    hall.heard(&jim, "conference_locked[]");
    hall.ended(&jim, Outcome::TurnedAway);
    hall.runs_with(&[&ida, &mo]);
}

#[test]
fn a_lock_ends_with_its_gathering() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);
    hall.act(RoomAct::Lock { on: true }).unwrap();
    hall.hangs_up(&ida);

    let jim = hall.calls(2, "+13125550124");

    assert!(hall.is_in(&jim));
}

#[test]
fn everybody_is_told_that_the_conference_is_recorded() {
    let mut hall = Hall::with(|room| {
        room.recording = exchange::conference::Recorded::FromStart;
    });

    let ida = hall.calls(1, IDA);
    let mo = hall.calls(2, MODERATOR);

    for who in [&ida, &mo] {
        hall.heard(who, "conference_recorded[]");
        assert!(hall.legs[who].join.clone().unwrap().records);
    }
    assert!(!hall.conference.as_ref().unwrap().is_paused);
}

#[test]
fn a_recording_that_is_to_be_paused_pauses_as_it_begins() {
    let mut hall = Hall::with(|room| {
        room.recording = exchange::conference::Recorded::Paused;
    });

    let ida = hall.calls(1, IDA);
    hall.calls(2, MODERATOR);

    hall.heard(&ida, "conference_may_be_recorded[]");
    assert!(hall.conference.as_ref().unwrap().is_paused);
}

#[test]
fn somebody_of_ours_comes_by_their_browser_as_a_moderator() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);

    let ana = hall.browser(2, "Ana");

    hall.runs_with(&[&ida, &ana]);
    let member = hall.member(&ana);
    assert_eq!(
        (member.name.as_str(), member.role),
        ("Ana", Role::Moderator)
    );
    assert_eq!(member.user.as_ref().unwrap().as_str(), "ana");
    hall.told("Ana comes to Board line by their browser.");
}

#[test]
fn a_leg_that_the_carrier_lets_in_no_time_is_told_that_the_room_is_full() {
    let mut hall = Hall::with(|room| room.limit = 3);
    hall.calls(1, MODERATOR);
    let ida = hall.calls(2, IDA);
    hall.calls(9, "+13125550129");
    hall.is_strict = true;
    // The carrier has one more in it than we know of.
    hall.forget_member(&ida);

    let kim = hall.calls(3, "+13125550125");

    hall.heard(&kim, "conference_full[]");
    hall.ended(&kim, Outcome::TurnedAway);
}

#[test]
fn a_request_after_the_end_is_answered_with_a_good_bye() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);
    hall.hangs_up(&ida);

    let next = crate::hall::visits(exchange::ConferenceRoute::Next, Input::default());
    let step = hall.takes(&ida, next);

    assert!(step.room.is_none());
    assert!(step.answer.unwrap().0.contains(&exchange::Act::HangUp));
}
