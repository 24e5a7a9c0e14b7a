//! Stories of a room with a moderator: waiting, running, the moderator gone and back, several, none.

use exchange::conference::{Phase, Role, WhyLeft};
use exchange::{HeardBy, JoinBeep, Outcome};

use crate::hall::{Hall, IDA, JIM, MODERATOR};

#[test]
fn everybody_waits_with_music_until_the_moderator_comes() {
    let mut hall = Hall::open();

    let ida = hall.calls(1, IDA);
    let jim = hall.calls(2, JIM);

    hall.waits_with(&[&ida, &jim]);
    hall.heard(&ida, "conference_welcome[room=Board]");
    hall.heard(&ida, "conference_wait_moderator[]");
    let mo = hall.calls(3, MODERATOR);
    hall.runs_with(&[&ida, &jim, &mo]);
    hall.told("+1 (312) 555-0100 came into Board as a moderator.");
}

#[test]
fn the_documents_carry_the_tutorials_attributes() {
    let (hall, [ida, _, mo]) = Hall::running();

    let join = hall.legs[&ida].join.clone().unwrap();
    assert_eq!((join.starts, join.ends), (false, false));
    assert_eq!(join.room.friendly(), "board.main");
    assert_eq!(join.heard, HeardBy::Everybody);
    assert_eq!(join.beep, JoinBeep::Coming);
    assert!(join.leaves_on_star);
    let join = hall.legs[&mo].join.clone().unwrap();
    assert_eq!((join.starts, join.ends), (true, true));
    assert_eq!(join.beep, JoinBeep::Both);
    assert!(!join.leaves_on_star);
}

#[test]
fn a_moderator_alone_hears_the_waiting_music_and_is_told_so() {
    let mut hall = Hall::open();

    let mo = hall.calls(1, MODERATOR);

    hall.waits_with(&[&mo]);
    hall.heard(&mo, "conference_wait_others[]");
    assert!(matches!(hall.room.phase, Phase::Waiting { .. }));
}

#[test]
fn what_a_waiting_visitor_knows_is_said_again_after_three_rounds_of_music() {
    let mut hall = Hall::open();
    let ida = hall.calls(1, IDA);
    let said = |hall: &Hall| {
        let heard = hall.legs[&ida].heard.iter();
        heard.filter(|one| one.contains("wait_moderator")).count()
    };

    let first = said(&hall);
    hall.hears_wait(&ida);
    hall.hears_wait(&ida);
    let second = said(&hall);
    hall.hears_wait(&ida);

    assert_eq!((first, second, said(&hall)), (1, 1, 2));
}

#[test]
fn the_others_wait_out_the_grace_and_are_thanked() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.later(30);

    hall.hangs_up(&mo);
    hall.later(3);

    hall.waits_with(&[&ida, &jim]);
    assert!(matches!(hall.room.phase, Phase::Grace { .. }));
    hall.heard(&ida, "conference_grace[]");
    hall.later(60);
    for who in [&ida, &jim] {
        hall.heard(who, "conference_grace_over[]");
        hall.ended(who, Outcome::Attended);
    }
    hall.ended(&mo, Outcome::Attended);
    hall.told("everybody waits 60 s for one to come back");
    hall.is_over();
}

#[test]
fn a_moderator_who_comes_back_finds_everybody_there() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.hangs_up(&mo);
    hall.later(20);

    let again = hall.calls(4, MODERATOR);
    hall.later(2);

    hall.runs_with(&[&ida, &jim, &again]);
    hall.told("A moderator is back in Board.");
    hall.later(90);
    hall.runs_with(&[&ida, &jim, &again]);
    hall.is_right();
}

#[test]
fn who_comes_in_the_grace_waits_with_the_others() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.hangs_up(&mo);
    hall.later(20);

    let kim = hall.calls(4, "+13125550125");
    hall.heard(&kim, "conference_grace[]");
    hall.later(50);

    for who in [&ida, &jim] {
        hall.ended(who, Outcome::Attended);
    }
    hall.ended(&kim, Outcome::NotReached);
}

#[test]
fn without_a_grace_the_others_are_thanked_at_once() {
    let mut hall = Hall::with(|room| room.grace_s = 0);
    let ida = hall.calls(1, IDA);
    let mo = hall.calls(2, MODERATOR);

    hall.hangs_up(&mo);
    hall.later(4);

    hall.heard(&ida, "conference_grace_over[]");
    hall.ended(&ida, Outcome::Attended);
}

#[test]
fn a_moderator_who_was_never_with_anybody_leaves_no_grace_behind() {
    let mut hall = Hall::open();
    let mo = hall.calls(1, MODERATOR);
    hall.hangs_up(&mo);

    let ida = hall.calls(2, IDA);
    hall.later(300);

    hall.waits_with(&[&ida]);
    hall.ended(&mo, Outcome::Abandoned);
}

#[test]
fn the_conference_goes_on_while_any_moderator_is_there() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    let ana = hall.browser(4, "Ana");
    hall.later(2);

    assert!(!hall.within(&mo).ends && !hall.within(&ana).ends);
    assert_eq!(hall.member(&ana).role, Role::Moderator);
    hall.hangs_up(&mo);
    hall.later(2);
    hall.runs_with(&[&ida, &jim, &ana]);
    assert!(hall.within(&ana).ends, "the last one's leaving ends it");
    hall.hangs_up(&ana);
    hall.later(2);
    hall.waits_with(&[&ida, &jim]);
    assert!(matches!(hall.room.phase, Phase::Grace { .. }));
}

#[test]
fn a_room_that_ended_with_one_of_two_moderators_is_made_again() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.refuses = true;
    let ana = hall.browser(4, "Ana");
    hall.refuses = false;

    hall.hangs_up(&mo);
    hall.later(4);

    hall.runs_with(&[&ida, &jim, &ana]);
    hall.later(20);
    hall.is_right();
}

#[test]
fn the_second_who_comes_starts_a_plain_room() {
    let mut hall = Hall::with(|room| {
        room.is_moderated = false;
        room.moderators.clear();
    });

    let ida = hall.calls(1, IDA);
    hall.heard(&ida, "conference_wait_others[]");
    let jim = hall.calls(2, JIM);

    hall.runs_with(&[&ida, &jim]);
    let join = hall.legs[&jim].join.clone().unwrap();
    assert_eq!((join.starts, join.ends), (true, false));
    let kim = hall.calls(3, "+13125550125");
    hall.hangs_up(&ida);
    hall.later(5);
    hall.runs_with(&[&jim, &kim]);
}

#[test]
fn the_only_one_who_is_left_is_led_back_to_the_music() {
    let mut hall = Hall::with(|room| {
        room.is_moderated = false;
        room.moderators.clear();
    });
    let ida = hall.calls(1, IDA);
    let jim = hall.calls(2, JIM);
    hall.forgets(&ida);

    hall.hangs_up(&jim);
    hall.later(5);

    hall.waits_with(&[&ida]);
    hall.heard(&ida, "conference_wait_others[]");
    let kim = hall.calls(3, "+13125550125");
    hall.runs_with(&[&ida, &kim]);
}

#[test]
fn nobody_waits_for_ever() {
    let mut hall = Hall::with(|room| room.patience_s = 300);
    let ida = hall.calls(1, IDA);

    hall.later(305);

    hall.heard(&ida, "conference_nobody_came[]");
    hall.ended(&ida, Outcome::NotReached);
    hall.is_over();
}

#[test]
fn star_leads_to_a_short_menu_and_back_in_the_same_role() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    hall.stars(&ida);
    hall.later(2);

    hall.heard(&ida, "conference_one_moment[]");
    hall.heard(&ida, "conference_menu[]");
    hall.keys(&ida, "6");
    hall.heard(&ida, "conference_muted[]");
    hall.runs_with(&[&ida, &jim, &mo]);
    assert!(hall.within(&ida).is_muted && hall.member(&ida).mute.is_on);
    hall.stars(&ida);
    hall.later(2);
    hall.heard(&ida, "conference_menu_muted[]");
    hall.keys(&ida, "9");
    hall.heard(&ida, "conference_hand_up[]");
    assert!(hall.member(&ida).hand.is_some());
    assert!(hall.within(&ida).is_muted, "they come back as they were");
    assert!(!hall.within(&ida).starts);
}

#[test]
fn any_other_key_and_silence_lead_back_from_the_menu() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    for keys in ["1", "", "*"] {
        hall.stars(&ida);
        hall.later(2);
        hall.keys(&ida, keys);
        hall.later(1);

        hall.runs_with(&[&ida, &jim, &mo]);
    }
    assert!(!hall.member(&ida).mute.is_on && hall.member(&ida).hand.is_none());
}

#[test]
fn a_hand_that_is_up_is_taken_down_by_the_same_key() {
    let (mut hall, [ida, ..]) = Hall::running();

    for words in ["conference_hand_up[]", "conference_hand_down[]"] {
        hall.stars(&ida);
        hall.later(2);
        hall.keys(&ida, "9");
        hall.heard(&ida, words);
    }

    assert_eq!(hall.member(&ida).hand, None);
}

#[test]
fn the_menu_may_be_used_as_often_as_one_likes() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    for _ in 0..30 {
        hall.stars(&ida);
        hall.later(2);
        hall.keys(&ida, "6");
    }

    hall.runs_with(&[&ida, &jim, &mo]);
}

#[test]
fn the_attendance_says_who_was_there_and_when() {
    let (mut hall, [ida, jim, mo]) = Hall::running();
    hall.later(60);
    for who in [&ida, &jim, &mo] {
        hall.hangs_up(who);
    }
    hall.later(60);

    assert_eq!(hall.stays.len(), 3);
    for stay in &hall.stays {
        assert_eq!(stay.gathering, 1);
        assert_eq!(stay.why, WhyLeft::HungUp);
        assert!(stay.left.seconds_since(stay.met.unwrap()) >= 60);
    }
    let [over] = &hall.over[..] else {
        panic!("{:?}", hall.over)
    };
    assert_eq!((over.number, over.visits), (1, 3));
    let kim = hall.calls(4, "+13125550125");
    assert_eq!(hall.room.gathering, 2);
    assert_eq!(hall.member(&kim).name, "+1 (312) 555-0125");
}

#[test]
fn comings_and_goings_are_said_where_the_room_wishes() {
    let mut hall = Hall::with(|room| room.told = exchange::conference::Told::Spoken);
    let ida = hall.calls(1, IDA);
    let mo = hall.calls(2, MODERATOR);
    hall.later(10);
    hall.forgets(&ida);

    let jim = hall.calls(3, JIM);
    hall.later(10);

    hall.heard(&ida, "conference_came[count=3]");
    assert_eq!(hall.legs[&jim].join.clone().unwrap().beep, JoinBeep::Never);
    hall.hangs_up(&jim);
    hall.later(10);
    hall.heard(&mo, "conference_went[count=2]");
}

#[test]
fn who_comes_back_from_the_menu_has_not_come() {
    let mut hall = Hall::with(|room| room.told = exchange::conference::Told::Spoken);
    let ida = hall.calls(1, IDA);
    let mo = hall.calls(2, MODERATOR);
    hall.later(10);
    hall.forgets(&mo);

    hall.stars(&ida);
    hall.later(2);
    hall.keys(&ida, "9");
    hall.later(10);

    hall.runs_with(&[&ida, &mo]);
    let heard = &hall.legs[&mo].heard;
    assert!(!heard.iter().any(|one| one.contains("came")), "{heard:?}");
}

#[test]
fn several_who_come_at_once_are_said_once() {
    let mut hall = Hall::with(|room| room.told = exchange::conference::Told::Spoken);
    let ida = hall.calls(1, IDA);
    hall.calls(2, MODERATOR);
    hall.later(10);
    hall.forgets(&ida);

    for n in 3..8 {
        hall.calls(n, &format!("+131255501{n:02}"));
    }
    hall.later(10);

    let said: Vec<_> = hall.legs[&ida]
        .heard
        .iter()
        .filter(|one| one.contains("came"))
        .collect();
    assert_eq!(
        said,
        ["conference_came[count=3]", "conference_came[count=7]"]
    );
}
