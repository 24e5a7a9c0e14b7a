//! The star menu: out of the room by `*`, and back into it in the same role.

use std::slice;

use carrier::engine::Noted;
use desk::rooms::{PersonStage, RoomStage};
use twilio::CallSid;

use super::hall::{Hall, IDA, MEETING, MOIRA, SOON_MS, TESS, one};

#[tokio::test]
async fn star_and_six_mute_and_are_seen_and_heard() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;

    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    assert_eq!(
        hall.person(MEETING, &ida).await.stage,
        PersonStage::Aside,
        "{}",
        hall.said(&ida)
    );
    assert_eq!(hall.hears(&tess), slice::from_ref(&moira));
    hall.presses(&ida, "6").await;
    hall.stage.passes(SOON_MS).await;

    let seen = hall.person(MEETING, &ida).await;
    assert_eq!((seen.stage, seen.is_muted), (PersonStage::In, true));
    assert!(hall.participant(MEETING, &ida).expect("back in").muted);
    assert_eq!(hall.hears(&tess), slice::from_ref(&moira));
    assert!(hall.said(&ida).contains("You are muted."));
    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    hall.presses(&ida, "6").await;
    hall.stage.passes(SOON_MS).await;
    assert!(!hall.person(MEETING, &ida).await.is_muted);
    assert_eq!(hall.hears(&tess).len(), 2);
    hall.stage.end().await;
}

#[tokio::test]
async fn star_and_nine_raise_a_hand_that_the_monitor_takes_down() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    hall.enters(MOIRA, "conference").await;

    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    hall.presses(&ida, "9").await;
    hall.stage.passes(SOON_MS).await;
    assert!(hall.person(MEETING, &ida).await.hand_since_ms.is_some());
    hall.acts(one(MEETING, "lower-hand", &ida))
        .await
        .expect("it is up");

    assert_eq!(hall.person(MEETING, &ida).await.hand_since_ms, None);
    hall.stage.end().await;
}

#[tokio::test]
async fn who_comes_and_goes_is_told_in_words_and_who_is_back_from_the_menu_is_not() {
    let mut hall = Hall::new().await;
    let ida = hall.keys_in(IDA, &["1#", "2468#"]).await;
    let moira = hall.keys_in(MOIRA, &["1#", "97531#"]).await;
    hall.stage.passes(10_000).await;
    let told = hall.said(&moira).matches("Somebody has").count();

    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    hall.presses(&ida, "9").await;
    hall.stage.passes(20_000).await;
    assert_eq!(hall.hears(&moira), slice::from_ref(&ida));
    let told_since = hall.said(&moira).matches("Somebody has").count();
    assert_eq!(told_since, told, "{}", hall.said(&moira));

    let tess = hall.keys_in(TESS, &["1#", "2468#"]).await;
    hall.stage.passes(10_000).await;
    let came = hall.said(&moira);
    hall.hangs_up(&tess).await;
    hall.stage.passes(10_000).await;
    let went = hall.said(&moira);

    assert!(
        came.contains("Somebody has come in. 3 are here now."),
        "{came}"
    );
    assert!(
        went.contains("Somebody has left. 2 are here now."),
        "{went}"
    );
    hall.stage.end().await;
}

#[tokio::test]
async fn a_beep_tells_who_comes_and_goes_and_nobody_who_is_at_the_menu() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    assert_eq!(beeps(&hall, &moira), 1);

    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    assert_eq!(hall.hears(&moira), slice::from_ref(&tess));
    hall.presses(&ida, "9").await;
    hall.stage.passes(SOON_MS).await;
    assert_eq!(hall.hears(&moira).len(), 2);
    assert_eq!((beeps(&hall, &moira), beeps(&hall, &tess)), (1, 0));

    hall.hangs_up(&ida).await;
    hall.stage.passes(SOON_MS).await;

    assert_eq!((beeps(&hall, &moira), beeps(&hall, &tess)), (2, 1));
    hall.stage.end().await;
}

/// How many beeps somebody has heard: the carrier's, and ours.
fn beeps(hall: &Hall, leg: &CallSid) -> usize {
    let log = hall.stage.carrier.log(leg).into_iter();
    let is_beep = |noted: &Noted| match noted {
        Noted::Played { what } => what.contains("beep"),
        Noted::Status { .. }
        | Noted::Callback { .. }
        | Noted::Document { .. }
        | Noted::Verb { .. }
        | Noted::Said { .. }
        | Noted::Spoke { .. }
        | Noted::Heard { .. }
        | Noted::Pressed { .. }
        | Noted::Trouble { .. }
        | Noted::Note { .. } => false,
    };
    log.filter(|entry| is_beep(&entry.what)).count()
}

#[tokio::test]
async fn any_other_key_leads_back_and_the_moderators_star_is_nobodys() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;

    hall.presses(&ida, "*").await;
    hall.stage.passes(3_000).await;
    hall.presses(&ida, "1").await;
    hall.stage.passes(SOON_MS).await;
    hall.presses(&moira, "*").await;

    assert_eq!(hall.hears(&ida), slice::from_ref(&moira));
    assert_eq!(hall.hears(&moira), [ida]);
    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    hall.stage.end().await;
}
