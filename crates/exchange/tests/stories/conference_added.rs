//! Stories of telephones that are called into a room.

use exchange::conference::{ActKind, ActState, InviteOutcome};
use exchange::{Outcome, RoomAct, RoomRefusal};

use crate::hall::{At, Hall, IDA, JIM, MODERATOR, OWN, called};
use crate::support::number;

/// What became of the numbers that were called in, by their invitations.
fn added(hall: &Hall) -> Vec<(u32, ActState)> {
    let acts = hall.room.acts.iter();
    let acts = acts.filter(|act| act.kind == ActKind::Add);
    acts.map(|act| (act.invite.expect("a number"), act.state.clone()))
        .collect()
}

#[test]
fn a_number_is_called_into_the_room() {
    let (mut hall, [ida, jim, mo]) = Hall::running();

    let kim = number("+13125550125");
    hall.act(RoomAct::Add {
        number: kim.clone(),
    })
    .unwrap();
    assert_eq!(hall.legs[&called(1)].at, At::Ringing(1));
    hall.answers(&called(1));

    hall.heard(&called(1), "conference_invited[room=Board]");
    hall.runs_with(&[&ida, &jim, &mo, &called(1)]);
    let member = hall.member(&called(1));
    assert_eq!(
        (member.number.as_ref(), member.invite),
        (Some(&kim), Some(1))
    );
    hall.told("Sam calls +1 (312) 555-0125 into Board.");
    hall.hangs_up(&called(1));
    hall.ended(&called(1), Outcome::Attended);
}

#[test]
fn a_number_that_does_not_answer_is_said_so() {
    let (mut hall, _) = Hall::running();
    let number = number("+13125550125");
    hall.act(RoomAct::Add { number }).unwrap();

    hall.is_busy(&called(1));

    assert_eq!(
        hall.room.invite(1).unwrap().outcome,
        Some(InviteOutcome::Busy)
    );
    let acts = &hall.room.acts;
    let act = acts.iter().find(|one| one.kind == ActKind::Add).unwrap();
    assert_eq!(act.state, ActState::Refused("is busy".to_owned()));
    hall.told("+1 (312) 555-0125 is busy.");
}

#[test]
fn of_two_numbers_that_are_called_at_once_each_has_what_became_of_it() {
    let (mut hall, _) = Hall::running();
    let (kim, lou) = (number("+13125550125"), number("+13125550126"));
    hall.act(RoomAct::Add { number: kim }).unwrap();
    hall.act(RoomAct::Add { number: lou }).unwrap();
    assert_eq!(added(&hall), [(1, ActState::Wanted), (2, ActState::Wanted)]);

    hall.is_busy(&called(1));
    let busy = ActState::Refused("is busy".to_owned());
    assert_eq!(added(&hall), [(1, busy.clone()), (2, ActState::Wanted)]);
    hall.answers(&called(2));

    assert_eq!(added(&hall), [(1, busy), (2, ActState::Done)]);
}

#[test]
fn a_number_that_is_called_again_has_one_act() {
    let (mut hall, _) = Hall::running();
    let kim = || RoomAct::Add {
        number: number("+13125550125"),
    };
    hall.act(kim()).unwrap();
    hall.is_busy(&called(1));

    hall.act(kim()).unwrap();

    assert_eq!(added(&hall), [(2, ActState::Wanted)]);
}

#[test]
fn of_numbers_that_are_not_called_any_more_the_last_few_are_told() {
    let (mut hall, _) = Hall::running();
    for n in 1..=9 {
        let number = number(&format!("+13125550{}", 200 + n));
        hall.act(RoomAct::Add { number }).unwrap();
        hall.is_busy(&called(n));
    }

    let told: Vec<u32> = added(&hall).into_iter().map(|(of, _)| of).collect();
    assert_eq!(told, [4, 5, 6, 7, 8, 9]);
}

#[test]
fn an_act_of_an_earlier_release_is_done_with_its_number() {
    let (mut hall, _) = Hall::running();
    let number = number("+13125550125");
    hall.act(RoomAct::Add { number }).unwrap();
    let mut room = serde_json::to_value(&hall.room).unwrap();
    for act in room["acts"].as_array_mut().unwrap() {
        act.as_object_mut().unwrap().remove("invite");
    }
    hall.room = serde_json::from_value(room).unwrap();

    hall.is_busy(&called(1));

    let states: Vec<&ActState> = hall.room.acts.iter().map(|act| &act.state).collect();
    assert_eq!(states, [&ActState::Refused("is busy".to_owned())]);
}

#[test]
fn a_number_that_is_still_called_can_be_given_up() {
    let (mut hall, _) = Hall::running();
    let number = number("+13125550125");
    hall.act(RoomAct::Add { number }).unwrap();

    hall.act(RoomAct::GiveUp { invite: 1 }).unwrap();

    assert_eq!(hall.legs[&called(1)].at, At::Gone);
    assert_eq!(
        hall.act(RoomAct::GiveUp { invite: 1 }),
        Err(RoomRefusal::InviteOver)
    );
}

#[test]
fn who_answers_when_the_conference_is_over_is_told() {
    let (mut hall, legs) = Hall::running();
    let number = number("+13125550125");
    hall.act(RoomAct::Add { number }).unwrap();
    hall.refuses = true;
    for leg in &legs {
        hall.hangs_up(leg);
    }

    hall.answers(&called(1));

    hall.heard(&called(1), "conference_too_late[]");
    hall.ended(&called(1), Outcome::NotReached);
}

#[test]
fn numbers_that_cannot_be_added_are_refused_in_words() {
    let (mut hall, _) = Hall::running();
    let add = |text: &str| RoomAct::Add {
        number: number(text),
    };
    let cases = [
        ("+19005550123", "This number is not dialled"),
        ("+442071838750", "This number is not dialled"),
        (OWN, "is the number of this very line"),
        (IDA, "is in the room already"),
    ];
    for (text, words) in cases {
        let refusal = hall.act(add(text)).unwrap_err().to_string();
        assert!(refusal.contains(words), "{text}: {refusal}");
    }
    hall.act(add("+13125550125")).unwrap();
    let refusal = hall.act(add("+13125550125")).unwrap_err();
    assert!(matches!(refusal, RoomRefusal::AlreadyIn(_)));
}

#[test]
fn a_number_that_is_called_takes_a_place() {
    let mut hall = Hall::with(|room| room.limit = 3);
    hall.calls(1, MODERATOR);
    hall.calls(2, IDA);
    let add = |n: u32| RoomAct::Add {
        number: number(&format!("+131255502{n:02}")),
    };

    hall.act(add(1)).unwrap();

    assert_eq!(hall.act(add(2)), Err(RoomRefusal::Full(3)));
    let jim = hall.calls(3, JIM);
    hall.ended(&jim, Outcome::TurnedAway);
    hall.answers(&called(1));
    assert!(hall.is_in(&called(1)));
}
