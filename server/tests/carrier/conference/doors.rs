//! Who may come in: codes, PINs, guesses, the limit, the lock.

use std::slice;

use desk::rooms::{PersonRole, RoomStage};
use twilio::CallSid;

use super::hall::{BOARD, Hall, IDA, MEETING, NIA, OPEN, SOON_MS, TESS, whole};

/// What stands where a number is withheld.
const WITHHELD: &str = "anonymous";

#[tokio::test]
async fn a_code_and_a_pin_lead_in_and_the_pin_says_as_what() {
    let mut hall = Hall::new().await;

    let ida = hall.keys_in(IDA, &["1#", "2468#"]).await;
    let tess = hall.keys_in(TESS, &["1#", "97531#"]).await;

    let room = hall.room(BOARD).await;
    let role = |leg: &CallSid| room.person(leg.as_str()).map(|one| one.role);
    assert_eq!(role(&ida), Some(PersonRole::Participant));
    assert_eq!(role(&tess), Some(PersonRole::Moderator));
    assert_eq!(room.stage, RoomStage::Running);
    assert!(hall.said(&ida).contains("may be recorded"));
    hall.stage.end().await;
}

#[tokio::test]
async fn a_room_without_a_moderator_begins_with_the_second_who_comes() {
    let mut hall = Hall::new().await;

    let ida = hall.keys_in(IDA, &["2#"]).await;
    assert_eq!(hall.stage_of(OPEN).await, RoomStage::Waiting);
    let tess = hall.keys_in(TESS, &["2#"]).await;

    assert_eq!(hall.stage_of(OPEN).await, RoomStage::Running);
    assert_eq!(hall.hears(&ida), slice::from_ref(&tess));
    assert_eq!(hall.hears(&tess), [ida]);
    hall.stage.end().await;
}

#[tokio::test]
async fn three_wrong_codes_end_the_call_kindly() {
    let mut hall = Hall::new().await;

    let ida = hall.keys_in(IDA, &["7#", "8#", "9#"]).await;

    let said = hall.said(&ida);
    assert_eq!(
        said.matches("no conference has that code").count(),
        2,
        "{said}"
    );
    assert!(said.contains("we cannot let you in"), "{said}");
    assert_eq!(hall.stage.status_of(&ida).0, "completed");
    assert_eq!(hall.participants(BOARD), []);
    hall.stage.end().await;
}

#[tokio::test]
async fn three_wrong_pins_end_the_call_kindly() {
    let mut hall = Hall::new().await;

    let ida = hall.keys_in(IDA, &["1#", "1111#", "2222#", "3333#"]).await;

    let said = hall.said(&ida);
    assert_eq!(said.matches("that PIN is not right").count(), 2, "{said}");
    assert!(said.contains("we cannot let you in"), "{said}");
    assert_eq!(hall.stage.status_of(&ida).0, "completed");
    hall.stage.end().await;
}

#[tokio::test]
async fn ten_wrong_ones_in_a_minute_silence_a_number_for_a_while_and_nobody_else() {
    let mut hall = Hall::new().await;
    for _ in 0..3 {
        quickly(&mut hall, IDA, &["7#", "8#", "9#"]).await;
    }

    let tenth = quickly(&mut hall, IDA, &["7#", "1#"]).await;
    let after = hall.enters(IDA, "rooms").await;
    let other = hall.keys_in(TESS, &["1#", "2468#"]).await;

    for leg in [&tenth, &after] {
        let said = hall.said(leg);
        assert!(said.contains("Too many wrong numbers"), "{said}");
        assert_eq!(hall.stage.status_of(leg).0, "completed");
    }
    assert!(hall.room(BOARD).await.person(other.as_str()).is_some());
    hall.stage.passes(11 * 60_000).await;
    let later = hall.keys_in(IDA, &["1#", "2468#"]).await;
    assert!(hall.room(BOARD).await.person(later.as_str()).is_some());
    hall.stage.end().await;
}

#[tokio::test]
async fn who_withholds_their_number_counts_with_the_others_and_is_told_to_show_it() {
    let mut hall = Hall::new().await;
    for _ in 0..3 {
        quickly(&mut hall, WITHHELD, &["7#", "8#", "9#"]).await;
    }

    let tenth = quickly(&mut hall, WITHHELD, &["7#", "1#"]).await;
    let shown = hall.keys_in(TESS, &["1#", "2468#"]).await;
    let elsewhere = hall.enters(WITHHELD, "conference").await;

    let said = hall.said(&tenth);
    assert!(said.contains("call again with your number shown"), "{said}");
    assert!(hall.room(BOARD).await.person(shown.as_str()).is_some());
    assert!(
        hall.room(MEETING)
            .await
            .person(elsewhere.as_str())
            .is_some()
    );
    hall.stage.end().await;
}

#[tokio::test]
async fn of_two_who_come_at_once_to_the_last_place_one_is_told() {
    let mut hall = Hall::new().await;
    // The room takes twelve, and keeps a place for a moderator.
    for n in 0..10 {
        hall.keys_in(&format!("+1312555010{n}"), &["1#", "2468#"])
            .await;
    }
    let one = keys_in_code(&mut hall, TESS).await;
    let other = keys_in_code(&mut hall, NIA).await;

    let carrier = &hall.stage.carrier;
    carrier.press(&one, "2468#").expect("they are asked");
    carrier.press(&other, "2468#").expect("they are asked");
    hall.stage.passes(SOON_MS).await;

    let told = [&one, &other].map(|leg| hall.said(leg).contains("this conference is full"));
    assert!(told[0] != told[1], "{told:?}");
    let room = hall.room(BOARD).await;
    assert_eq!((room.limit, room.people.len()), (Some(12), 11));
    let moderator = hall.keys_in(IDA, &["1#", "97531#"]).await;
    assert!(hall.room(BOARD).await.person(moderator.as_str()).is_some());
    hall.stage.end().await;
}

#[tokio::test]
async fn a_locked_room_lets_moderators_in_and_nobody_else() {
    let mut hall = Hall::new().await;
    hall.keys_in(IDA, &["1#", "2468#"]).await;
    hall.acts(whole(BOARD, "lock"))
        .await
        .expect("somebody is in");

    let tess = hall.keys_in(TESS, &["1#", "2468#"]).await;
    let nia = hall.keys_in(NIA, &["1#", "97531#"]).await;

    assert!(hall.said(&tess).contains("this conference is locked"));
    let room = hall.room(BOARD).await;
    assert!(room.is_locked && room.person(nia.as_str()).is_some());
    assert_eq!(room.person(tess.as_str()), None);
    hall.acts(whole(BOARD, "unlock")).await.expect("it can be");
    let again = hall.keys_in(TESS, &["1#", "2468#"]).await;
    assert!(hall.room(BOARD).await.person(again.as_str()).is_some());
    hall.stage.end().await;
}

async fn quickly(hall: &mut Hall, from: &str, keys: &[&str]) -> CallSid {
    let leg = hall.calls(from, "rooms").await;
    for keys in keys {
        hall.presses(&leg, keys).await;
    }
    leg
}

async fn keys_in_code(hall: &mut Hall, from: &str) -> CallSid {
    quickly(hall, from, &["1#"]).await
}
