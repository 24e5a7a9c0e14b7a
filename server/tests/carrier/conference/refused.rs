//! What cannot be: without permission, about somebody who has just left, in an empty room, against the carrier's will.

use carrier::face::faults::Fault;
use desk::rooms::{ActKind, ActState};
use desk::{Desk, DeskError, Role};

use super::hall::{Hall, IDA, MEETING, MOIRA, TESS, desk_of, one, whole};

#[tokio::test]
async fn an_agent_sees_no_room_and_does_nothing_in_one() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let agent = desk_of(&hall.stage, Role::Agent);

    let seen = agent.room(MEETING.to_owned()).await;
    let listed = agent.rooms(1).await;
    let acted = agent.act_in_room(one(MEETING, "mute", &ida)).await;
    hall.stage.passes(1_000).await;

    assert_eq!(seen, Err(DeskError::Forbidden));
    assert_eq!(listed, Err(DeskError::Forbidden));
    assert_eq!(acted, Err(DeskError::Forbidden));
    assert_eq!(DeskError::Forbidden.status(), 403);
    assert!(!hall.participant(MEETING, &ida).expect("they are in").muted);
    hall.stage.end().await;
}

#[tokio::test]
async fn an_act_on_somebody_who_has_just_left_is_told_so() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    hall.enters(MOIRA, "conference").await;

    hall.hangs_up(&ida).await;
    let asked = hall.acts(one(MEETING, "mute", &ida)).await;

    let why = "+1 (312) 555-0123 has just left.".to_owned();
    assert_eq!(asked, Err(DeskError::Refused(why)));
    let room = hall.room(MEETING).await;
    assert_eq!(room.person(ida.as_str()), None, "{room:#?}");
    assert!(room.person(tess.as_str()).is_some());
    hall.stage.end().await;
}

#[tokio::test]
async fn who_leaves_before_the_carrier_is_asked_is_out_of_the_list() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    hall.enters(MOIRA, "conference").await;

    hall.acts(one(MEETING, "mute", &ida))
        .await
        .expect("they are in");
    hall.stage.hangs_up(&ida).await;
    hall.stage.passes(2_000).await;

    let room = hall.room(MEETING).await;
    assert_eq!(room.person(ida.as_str()), None, "{room:#?}");
    assert_eq!(hall.participants(MEETING).len(), 1);
    hall.stage.end().await;
}

#[tokio::test]
async fn an_act_in_an_empty_room_is_refused_in_words() {
    let mut hall = Hall::new().await;
    let never = hall.acts(whole(MEETING, "lock")).await;
    let ida = hall.enters(IDA, "conference").await;
    hall.hangs_up(&ida).await;
    hall.stage.passes(1_000).await;

    let after = hall.acts(whole(MEETING, "lock")).await;
    let nowhere = hall.acts(whole("conference.attic", "lock")).await;

    assert_eq!(never, Err(DeskError::NotFound));
    let why = "Nobody is in this room.".to_owned();
    assert_eq!(after, Err(DeskError::Refused(why)));
    assert_eq!(nowhere, Err(DeskError::NotFound));
    hall.stage.end().await;
}

#[tokio::test]
async fn what_the_carrier_refuses_is_shown_with_the_reason() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    hall.enters(MOIRA, "conference").await;
    hall.stage.carrier.order_fault(Fault::ServerError, 40);

    hall.acts(one(MEETING, "mute", &ida))
        .await
        .expect("it is wanted");
    hall.stage.passes(14_000).await;

    let seen = hall.person(MEETING, &ida).await;
    let act = seen.act(ActKind::Mute).expect("it is shown");
    assert!(matches!(act.state, ActState::Refused(_)), "{act:?}");
    assert!(!seen.is_muted);
    hall.stage.end().await;
}
