//! The tutorial: everybody waits for the moderator, hears each other, and is thanked when the moderator is gone.

use desk::rooms::{PersonRole, PersonStage, RoomStage};
use twilio::CallSid;

use super::hall::{Hall, IDA, MEETING, MOIRA, TESS};

#[tokio::test]
async fn two_wait_the_moderator_calls_and_all_hear_each_other() {
    let mut hall = Hall::new().await;

    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    let waiting = hall.room(MEETING).await;
    assert_eq!(waiting.stage, RoomStage::Waiting);
    assert_eq!(waiting.present(), 2, "{waiting:#?}");
    assert!(hall.hears_music(&ida) && hall.hears_music(&tess));

    let moira = hall.enters(MOIRA, "conference").await;

    let running = hall.room(MEETING).await;
    assert_eq!(running.stage, RoomStage::Running);
    let people = running.people.iter();
    let people: Vec<_> = people
        .map(|one| (one.leg.clone(), one.role, one.stage))
        .collect();
    let is_in = |leg: &CallSid, role| (leg.to_string(), role, PersonStage::In);
    assert_eq!(
        people,
        [
            is_in(&ida, PersonRole::Participant),
            is_in(&tess, PersonRole::Participant),
            is_in(&moira, PersonRole::Moderator)
        ]
    );
    all_hear_each_other(&hall, &[&ida, &tess, &moira]);
    hall.stage.end().await;
}

#[tokio::test]
async fn the_documents_have_the_tutorials_flags() {
    let mut hall = Hall::new().await;

    let ida = hall.enters(IDA, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;

    let (everybody, moderator) = (hall.way_in(&ida), hall.way_in(&moira));
    assert!(
        everybody.contains(r#"startConferenceOnEnter="false" endConferenceOnExit="false""#),
        "{everybody}"
    );
    assert!(
        moderator.contains(r#"startConferenceOnEnter="true" endConferenceOnExit="true""#),
        "{moderator}"
    );
    for document in [&everybody, &moderator] {
        let room = ">conference.main</Conference></Dial></Response>";
        assert!(document.ends_with(room), "{document}");
        for url in ["/voice/left#", "/voice/wait#", "/twilio/conference-status#"] {
            assert!(document.contains(url), "{document}");
        }
        assert!(
            document
                .contains(r#"statusCallbackEvent="start end join leave hold modify mute speaker""#),
            "{document}"
        );
    }
    hall.stage.end().await;
}

#[tokio::test]
async fn when_the_moderator_is_gone_the_others_wait_out_the_grace_and_are_thanked() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    let first = hall.conference(MEETING).expect("it runs");

    hall.hangs_up(&moira).await;
    hall.stage.passes(8_000).await;

    let grace = hall.room(MEETING).await;
    assert!(matches!(grace.stage, RoomStage::Grace { .. }), "{grace:#?}");
    assert_eq!(grace.present(), 2, "{grace:#?}");
    assert!(hall.hears_music(&ida) && hall.hears_music(&tess));
    assert_ne!(
        hall.conference(MEETING),
        Some(first),
        "a new one of its name"
    );

    hall.stage.passes(70_000).await;

    for leg in [&ida, &tess] {
        let said = hall.said(leg);
        assert!(said.contains("The moderator did not come back"), "{said}");
        assert_eq!(hall.stage.status_of(leg).0, "completed");
    }
    let story = hall.story(MEETING).await;
    assert_eq!(story.live, None);
    let past = &story.past[0];
    assert_eq!((story.past.len(), past.people()), (1, 3), "{past:#?}");
    let why: Vec<&str> = past.attendance.iter().map(|one| one.why.as_str()).collect();
    assert_eq!(
        why,
        [
            "No moderator came back",
            "No moderator came back",
            "Hung up"
        ]
    );
    hall.stage.end().await;
}

#[tokio::test]
async fn a_moderator_who_comes_back_in_time_goes_on_with_all() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let tess = hall.enters(TESS, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    hall.hangs_up(&moira).await;
    hall.stage.passes(30_000).await;

    let back = hall.enters(MOIRA, "conference").await;

    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    all_hear_each_other(&hall, &[&ida, &tess, &back]);
    hall.stage.passes(120_000).await;
    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    assert_eq!(hall.room(MEETING).await.people.len(), 3);
    hall.stage.end().await;
}

#[tokio::test]
async fn a_moderator_alone_hears_music_and_the_monitor_says_so() {
    let mut hall = Hall::new().await;

    let moira = hall.enters(MOIRA, "conference").await;

    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Alone);
    assert!(hall.hears_music(&moira));
    let ida = hall.enters(IDA, "conference").await;
    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    all_hear_each_other(&hall, &[&moira, &ida]);
    hall.stage.end().await;
}

#[tokio::test]
async fn of_two_moderators_the_first_may_go_without_ending_it() {
    let mut hall = Hall::new().await;
    let ida = hall.enters(IDA, "conference").await;
    let moira = hall.enters(MOIRA, "conference").await;
    let again = hall.enters(MOIRA, "conference").await;
    let before = hall.conference(MEETING);

    hall.hangs_up(&moira).await;
    hall.stage.passes(5_000).await;

    assert_eq!(hall.stage_of(MEETING).await, RoomStage::Running);
    assert_eq!(
        hall.conference(MEETING).map(|one| one.sid),
        before.map(|one| one.sid)
    );
    all_hear_each_other(&hall, &[&ida, &again]);
    let ends = hall.participant(MEETING, &again).expect("they are in");
    assert!(ends.ends_on_exit, "the last one's leaving ends it");
    hall.stage.end().await;
}

fn all_hear_each_other(hall: &Hall, legs: &[&CallSid]) {
    for leg in legs {
        let mut others: Vec<CallSid> = legs
            .iter()
            .filter(|other| other != &leg)
            .map(|other| (*other).clone())
            .collect();
        others.sort();
        assert_eq!(hall.hears(leg), others, "{leg} hears the others");
    }
}
