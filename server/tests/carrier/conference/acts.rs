//! What a supervisor does at the monitor: wanted at once, then done; in the view, in the carrier's record, in the ear.

use std::slice;

use desk::rooms::{ActKind, ActState, ActView, PersonStage, RecordingView, RoomActForm, RoomStage};
use twilio::CallSid;

use super::hall::{BOARD, Hall, IDA, MEETING, MOIRA, TESS, one, whole};

const SOON_MS: i64 = 2_000;

#[tokio::test]
async fn mute_is_wanted_then_done_and_taken_back() {
    let (mut hall, [ida, tess, moira]) = meeting().await;

    hall.acts(one(MEETING, "mute", &ida))
        .await
        .expect("it can be");
    let wanted = hall.person(MEETING, &ida).await;
    hall.stage.passes(SOON_MS).await;
    let done = hall.person(MEETING, &ida).await;

    is(wanted.act(ActKind::Mute), true, &ActState::Wanted);
    assert!(!wanted.is_muted, "the carrier has not answered yet");
    is(done.act(ActKind::Mute), true, &ActState::Done);
    assert!(done.is_muted && participant(&hall, &ida).muted);
    assert_eq!(hall.hears(&tess), slice::from_ref(&moira));
    hall.acts(one(MEETING, "unmute", &ida))
        .await
        .expect("it can be");
    hall.stage.passes(SOON_MS).await;
    assert!(!hall.person(MEETING, &ida).await.is_muted);
    assert!(!participant(&hall, &ida).muted);
    assert_eq!(hall.hears(&tess).len(), 2);
    hall.stage.end().await;
}

#[tokio::test]
async fn hold_brings_our_music() {
    let (mut hall, [ida, tess, moira]) = meeting().await;

    hall.acts(one(MEETING, "hold", &ida))
        .await
        .expect("it can be");
    hall.stage.passes(SOON_MS).await;

    let held = hall.person(MEETING, &ida).await;
    is(held.act(ActKind::Hold), true, &ActState::Done);
    assert!(held.is_held && participant(&hall, &ida).hold);
    assert!(hall.hears_music(&ida), "{:?}", hall.ear(&ida));
    assert_eq!(hall.hears(&tess), [moira]);
    hall.acts(one(MEETING, "unhold", &ida))
        .await
        .expect("it can be");
    hall.stage.passes(SOON_MS).await;
    assert!(!hall.person(MEETING, &ida).await.is_held);
    assert_eq!(hall.hears(&ida).len(), 2);
    hall.stage.end().await;
}

#[tokio::test]
async fn mute_all_leaves_the_moderator_heard() {
    let (mut hall, [ida, tess, moira]) = meeting().await;

    hall.acts(whole(MEETING, "mute-all"))
        .await
        .expect("it can be");
    let wanted = hall.room(MEETING).await;
    is(wanted.act(ActKind::MuteAll), true, &ActState::Wanted);
    hall.stage.passes(SOON_MS).await;

    for leg in [&ida, &tess] {
        assert!(hall.person(MEETING, leg).await.is_muted);
        assert!(participant(&hall, leg).muted);
        assert_eq!(hall.hears(leg), slice::from_ref(&moira));
    }
    assert!(!hall.person(MEETING, &moira).await.is_muted);
    let room = hall.room(MEETING).await;
    is(room.act(ActKind::MuteAll), true, &ActState::Done);
    assert_eq!(hall.hears(&moira), Vec::<CallSid>::new());
    hall.stage.end().await;
}

#[tokio::test]
async fn who_is_removed_is_told_and_out_of_the_list() {
    let (mut hall, [ida, tess, _]) = meeting().await;

    hall.acts(one(MEETING, "remove", &ida))
        .await
        .expect("it can be");
    let leaving = hall.person(MEETING, &ida).await.stage;
    hall.stage.passes(8_000).await;

    assert_eq!(leaving, PersonStage::Leaving);
    let room = hall.room(MEETING).await;
    assert_eq!(room.person(ida.as_str()), None, "{room:#?}");
    assert!(room.person(tess.as_str()).is_some());
    assert!(
        hall.said(&ida)
            .contains("You were taken out of the conference.")
    );
    assert_eq!(hall.stage.status_of(&ida).0, "completed");
    assert_eq!(hall.participants(MEETING).len(), 2);
    hall.stage.end().await;
}

#[tokio::test]
async fn words_are_heard_by_all_or_by_one() {
    let (mut hall, [ida, tess, moira]) = meeting().await;

    let to_all = RoomActForm {
        text: "Five minutes left.".to_owned(),
        ..whole(MEETING, "announce")
    };
    hall.acts(to_all).await.expect("it can be");
    hall.stage.passes(4_000).await;
    let to_one = RoomActForm {
        text: "Please speak up, Ida.".to_owned(),
        ..one(MEETING, "announce", &ida)
    };
    hall.acts(to_one).await.expect("it can be");
    hall.stage.passes(4_000).await;

    for leg in [&ida, &tess, &moira] {
        assert!(hall.said(leg).contains("Five minutes left."), "{leg}");
        let is_for_them = hall.said(leg).contains("Please speak up, Ida.");
        assert_eq!(is_for_them, leg == &ida);
    }
    let room = hall.room(MEETING).await;
    is(room.act(ActKind::Announce), true, &ActState::Done);
    let ida = hall.person(MEETING, &ida).await;
    is(ida.act(ActKind::Announce), true, &ActState::Done);
    hall.stage.end().await;
}

#[tokio::test]
async fn a_recording_goes_on_and_pauses_and_everybody_is_told() {
    let mut hall = Hall::new().await;
    let ida = hall.keys_in(IDA, &["1#", "2468#"]).await;
    hall.keys_in(TESS, &["1#", "97531#"]).await;
    hall.stage.passes(8_000).await;
    assert_eq!(hall.room(BOARD).await.recording, RecordingView::Paused);
    let way_in = hall.way_in(&ida);
    assert!(way_in.contains(r#"record="record-from-start""#), "{way_in}");

    hall.acts(whole(BOARD, "resume-recording"))
        .await
        .expect("it can be");
    hall.stage.passes(4_000).await;
    let running = hall.room(BOARD).await;
    hall.acts(whole(BOARD, "pause-recording"))
        .await
        .expect("it can be");
    hall.stage.passes(4_000).await;
    let paused = hall.room(BOARD).await;

    assert_eq!(running.recording, RecordingView::Running);
    is(running.act(ActKind::Record), true, &ActState::Done);
    assert_eq!(paused.recording, RecordingView::Paused);
    is(paused.act(ActKind::Record), false, &ActState::Done);
    let said = hall.said(&ida);
    assert!(said.contains("The recording goes on."), "{said}");
    assert!(said.contains("The recording is paused."), "{said}");
    hall.stage.end().await;
}

#[tokio::test]
async fn a_conference_that_is_ended_is_over_for_all() {
    let (mut hall, legs) = meeting().await;

    hall.acts(whole(MEETING, "end")).await.expect("it can be");
    let ending = hall.room(MEETING).await.stage;
    hall.stage.passes(12_000).await;

    assert_eq!(ending, RoomStage::Ending);
    for leg in &legs {
        assert!(hall.said(leg).contains("The conference is over."), "{leg}");
        assert_eq!(hall.stage.status_of(leg).0, "completed");
    }
    let story = hall.story(MEETING).await;
    assert_eq!((story.live.is_none(), story.past.len()), (true, 1));
    let attendance = &story.past[0].attendance;
    let by_sue = attendance.iter().filter(|one| one.why == "Ended by Sue");
    assert_eq!(by_sue.count(), 3, "{attendance:#?}");
    hall.stage.end().await;
}

#[tokio::test]
async fn a_second_thought_is_what_is_done() {
    let (mut hall, [ida, ..]) = meeting().await;

    for act in ["mute", "unmute", "hold", "unhold"] {
        hall.acts(one(MEETING, act, &ida)).await.expect("it can be");
    }
    let wanted = hall.person(MEETING, &ida).await;
    hall.stage.passes(SOON_MS).await;

    for kind in [ActKind::Mute, ActKind::Hold] {
        is(wanted.act(kind), false, &ActState::Wanted);
        let seen = hall.person(MEETING, &ida).await;
        is(seen.act(kind), false, &ActState::Done);
    }
    let seen = participant(&hall, &ida);
    assert!(!seen.muted && !seen.hold);
    hall.stage.end().await;
}

#[tokio::test]
async fn the_journal_says_who_did_it() {
    let (mut hall, [ida, ..]) = meeting().await;

    hall.acts(one(MEETING, "mute", &ida))
        .await
        .expect("it can be");
    hall.acts(whole(MEETING, "lock")).await.expect("it can be");
    hall.stage.passes(SOON_MS).await;

    let log = hall.story(MEETING).await.log;
    let by_sue = log.iter().filter(|line| line.text.starts_with("Sue "));
    assert_eq!(by_sue.count(), 2, "{log:#?}");
    hall.stage.end().await;
}

#[tokio::test]
async fn who_speaks_is_seen() {
    let (mut hall, [ida, ..]) = meeting().await;

    hall.stage
        .carrier
        .speak(&ida, "Good morning, everybody.")
        .expect("they are in");
    hall.stage.passes(500).await;
    let speaking = hall.person(MEETING, &ida).await.speaking_since_ms;
    hall.stage.passes(15_000).await;
    let silent = hall.person(MEETING, &ida).await.speaking_since_ms;

    assert!(speaking.is_some());
    assert_eq!(silent, None);
    hall.stage.end().await;
}

#[tokio::test]
async fn the_monitor_says_how_fresh_it_is() {
    let (mut hall, _) = meeting().await;

    hall.stage.passes(60_000).await;

    let room = hall.room(MEETING).await;
    let now = hall.stage.now().0;
    let reconciled = room.reconciled_ms.expect("it was compared");
    assert!(now - reconciled <= 20_000, "{} ms ago", now - reconciled);
    hall.stage.end().await;
}

/// Two visitors and the moderator hear each other.
async fn meeting() -> (Hall, [CallSid; 3]) {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    (hall, [ida, tess, moira])
}

fn participant(hall: &Hall, leg: &CallSid) -> carrier::engine::ParticipantView {
    let found = hall.participant(MEETING, leg);
    found.expect("the carrier has them in the room")
}

#[track_caller]
fn is(act: Option<&ActView>, on: bool, state: &ActState) {
    let act = act.expect("the act is shown");
    assert_eq!((act.on, &act.state, act.by.as_str()), (on, state, "Sue"));
}
