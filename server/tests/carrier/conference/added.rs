//! Numbers that are called into a room.

use carrier::engine::Habit;
use desk::DeskError;
use desk::rooms::{ActKind, ActState, PersonRole, PersonStage, RoomActForm};
use twilio::CallSid;

use super::hall::{Hall, IDA, MEETING, MOIRA, whole};

/// A telephone outside.
const ZOE: &str = "+12025550188";

#[tokio::test]
async fn a_number_that_answers_is_in_the_room() {
    let (mut hall, [ida, moira]) = two().await;
    hall.stage.carrier.set_phone(ZOE, Habit::Asks);

    hall.acts(add(ZOE)).await.expect("it can be called");
    hall.stage.passes(1_000).await;
    let ringing = hall.room(MEETING).await;
    let zoe = hall.stage.answered_at(ZOE).await;
    hall.stage.passes(8_000).await;

    let called = ringing.people.last().expect("they are shown");
    assert_eq!(
        (called.stage, called.role, called.label.as_str()),
        (
            PersonStage::Ringing,
            PersonRole::Outside,
            "+1 (202) 555-0188"
        )
    );
    assert_eq!(
        ringing.act(ActKind::Add).map(|act| &act.state),
        Some(&ActState::Wanted)
    );
    let room = hall.room(MEETING).await;
    let seen = room.person(zoe.as_str()).expect("they are in");
    assert_eq!(
        (seen.stage, seen.role),
        (PersonStage::In, PersonRole::Outside)
    );
    assert_eq!(
        room.act(ActKind::Add).map(|act| &act.state),
        Some(&ActState::Done)
    );
    assert_eq!(room.people.len(), 3, "{room:#?}");
    let mut others = [ida.clone(), moira.clone()];
    others.sort();
    assert_eq!(hall.hears(&zoe), others);
    hall.hangs_up(&zoe).await;
    hall.stage.passes(1_000).await;
    assert_eq!(hall.room(MEETING).await.people.len(), 2);
    for leg in [&ida, &moira] {
        hall.hangs_up(leg).await;
    }
    let past = hall.story(MEETING).await.past;
    let there = past[0]
        .attendance
        .iter()
        .find(|one| one.leg == zoe.as_str());
    let there = there.expect("they were there");
    assert_eq!(there.role, PersonRole::Outside);
    assert!(there.met_ms.is_some());
    hall.stage.end().await;
}

#[tokio::test]
async fn a_number_that_is_busy_is_told_of_and_gone_from_the_list() {
    let (mut hall, _) = two().await;
    hall.stage.carrier.set_phone(ZOE, Habit::Busy);

    hall.acts(add(ZOE)).await.expect("it can be called");
    hall.stage.passes(8_000).await;

    let room = hall.room(MEETING).await;
    assert_eq!(room.people.len(), 2, "{room:#?}");
    let act = room.act(ActKind::Add).expect("it is told of");
    assert!(matches!(act.state, ActState::Refused(_)), "{act:?}");
    hall.stage.end().await;
}

#[tokio::test]
async fn a_number_that_is_given_up_rings_no_more() {
    let (mut hall, _) = two().await;
    hall.stage.carrier.set_phone(ZOE, Habit::NeverAnswers);
    hall.acts(add(ZOE)).await.expect("it can be called");
    hall.stage.passes(3_000).await;
    let ringing = hall.stage.rings_at(ZOE).await;
    let called = hall
        .room(MEETING)
        .await
        .people
        .pop()
        .expect("they are shown");

    let give_up = RoomActForm {
        person: called.leg,
        ..whole(MEETING, "remove")
    };
    hall.acts(give_up).await.expect("it rings");
    hall.stage.passes(3_000).await;

    assert_eq!(hall.stage.status_of(&ringing).0, "canceled");
    assert_eq!(hall.room(MEETING).await.people.len(), 2);
    hall.stage.end().await;
}

#[tokio::test]
async fn a_number_that_the_line_does_not_dial_is_refused_in_words() {
    let (hall, _) = two().await;

    let abroad = hall.acts(add("+442079460123")).await;

    let Err(DeskError::Invalid(errors)) = abroad else {
        panic!("{abroad:?}");
    };
    assert_eq!(errors[0].field, "number");
    let why = &errors[0].message;
    assert!(why.starts_with("This number is not dialled"), "{why}");
    hall.stage.end().await;
}

fn add(number: &str) -> RoomActForm {
    RoomActForm {
        number: number.to_owned(),
        ..whole(MEETING, "add")
    }
}

async fn two() -> (Hall, [CallSid; 2]) {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    (hall, [ida, moira])
}
