//! The senators line, told from both ends of the wire.

use carrier::engine::{Habit, Place};

use crate::person::{outcomes, stage};

const FIRST: &str = "+12022242152";
const SECOND: &str = "+12022242854";
const GOODBYE: &str = "Thank you for calling, and for making your voice heard. Goodbye.";

#[tokio::test]
async fn a_caller_from_illinois_speaks_with_both_offices_and_the_page_says_so() {
    let mut stage = stage().await;

    let ida = stage.ida_calls("senators").await;
    stage.passes(1_000).await;
    let welcome = stage.said_to(&ida).concat();
    assert!(
        welcome.starts_with("Welcome.") && welcome.contains("Are you calling from Illinois?"),
        "{welcome}"
    );
    stage.presses(&ida, "1").await;
    let first = stage.answered_at(FIRST).await;
    stage.passes(30_000).await;
    stage.hangs_up(&first).await;
    let second = stage.answered_at(SECOND).await;
    stage.passes(20_000).await;
    stage.hangs_up(&second).await;
    stage.is_over(&ida).await;

    let (status, ended) = stage.status_of(&ida);
    assert_eq!(status, "completed");
    let last = stage.said_to(&ida).pop().unwrap_or_default();
    assert!(last.ends_with(GOODBYE), "{last}");
    let page = stage.page_of(&ida, true).await;
    assert_eq!(
        outcomes(&page),
        (
            Some("connected"),
            vec![
                ("Richard J. Durbin", "connected for 30 s"),
                ("Tammy Duckworth", "connected for 20 s"),
            ]
        )
    );
    assert_eq!(page.call.ended_ms, ended);
    assert_eq!(page.call.place, "Chicago, IL, US");
    let answered: Vec<String> = page
        .entries
        .iter()
        .filter_map(|entry| entry.document.clone())
        .collect();
    assert_eq!(answered, stage.documents_of(&ida));
    stage.end().await;
}

#[tokio::test]
async fn offices_that_cannot_be_reached_are_told_by_both_in_the_same_words() {
    let cases = [
        (Habit::Busy, "busy"),
        (Habit::Declines, "busy"),
        (Habit::NeverAnswers, "no answer"),
        (Habit::Asks, "no answer"),
        (Habit::Fails, "the call failed"),
    ];
    let mut stage = stage().await;

    for (habit, word) in cases {
        for office in [FIRST, SECOND] {
            stage.carrier.set_phone(office, habit);
        }
        let ida = stage.ida_calls("senators").await;
        stage.presses(&ida, "1").await;
        stage.is_over(&ida).await;

        let page = stage.page_of(&ida, true).await;
        let (outcome, offices) = outcomes(&page);
        assert_eq!(outcome, Some("not-reached"), "{habit:?}");
        assert_eq!(
            offices,
            [("Richard J. Durbin", word), ("Tammy Duckworth", word)],
            "{habit:?}"
        );
    }
    stage.end().await;
}

#[tokio::test]
async fn star_leaves_an_office_for_the_next_one() {
    let mut stage = stage().await;
    let ida = stage.ida_calls("senators").await;
    stage.presses(&ida, "1").await;

    stage.answered_at(FIRST).await;
    stage.passes(5_000).await;
    stage.presses(&ida, "*").await;
    let second = stage.answered_at(SECOND).await;
    stage.hangs_up(&second).await;
    stage.is_over(&ida).await;

    let page = stage.page_of(&ida, true).await;
    let (outcome, offices) = outcomes(&page);
    assert_eq!(outcome, Some("connected"));
    assert_eq!(offices[0].1, "connected for 5 s");
    stage.end().await;
}

#[tokio::test]
async fn a_silent_caller_is_asked_three_times_and_let_go() {
    let mut stage = stage().await;

    let ida = stage.ida_calls("senators").await;
    stage.is_over(&ida).await;

    let questions = stage.documents_of(&ida);
    let questions = questions.iter().filter(|body| body.contains("<Gather"));
    assert_eq!(questions.count(), 3);
    let page = stage.page_of(&ida, true).await;
    assert_eq!(outcomes(&page), (Some("no-input"), vec![]));
    stage.end().await;
}

#[tokio::test]
async fn wrong_keys_are_three_times_forgiven() {
    let mut stage = stage().await;

    let ida = stage.ida_calls("senators").await;
    for _ in 0..3 {
        stage.passes(2_000).await;
        stage.presses(&ida, "9").await;
    }
    stage.is_over(&ida).await;

    let page = stage.page_of(&ida, true).await;
    assert_eq!(outcomes(&page), (Some("no-input"), vec![]));
    assert_eq!(page.entries.len(), 5, "{:#?}", page.entries);
    stage.end().await;
}

#[tokio::test]
async fn a_withheld_number_is_asked_for_a_zip_code() {
    let mut stage = stage().await;

    let who = stage
        .somebody_calls("anonymous", Place::default(), "senators")
        .await;
    let welcome = stage.said_to(&who).concat();
    assert!(welcome.contains("ZIP code"), "{welcome}");
    stage.presses(&who, "60601").await;
    let first = stage.answered_at(FIRST).await;
    assert_eq!(
        stage
            .carrier
            .with(|engine| engine.call(&first))
            .map(|call| call.from),
        Some(stage.number_of("senators")),
        "the office sees the line's number"
    );
    stage.hangs_up(&who).await;
    stage.passes(1_000).await;

    let page = stage.page_of(&who, false).await;
    assert_eq!(page.call.outcome.as_deref(), Some("connected"));
    stage.end().await;
}

#[tokio::test]
async fn whenever_a_caller_hangs_up_both_tell_the_same() {
    let mut stage = stage().await;
    let answers = Habit::Answers {
        after_ms: 6_000,
        hangs_up_after_ms: Some(12_000),
    };
    for office in [FIRST, SECOND] {
        stage.carrier.set_phone(office, answers);
    }

    let mut seen = std::collections::BTreeSet::new();
    for patience_s in (0..=75).step_by(3) {
        let ida = stage.ida_calls("senators").await;
        let leaves = stage.now().plus(patience_s * 1_000);
        if patience_s > 0 {
            stage.passes(2_000).await;
            stage.presses(&ida, "1").await;
            stage.passes(leaves.0 - stage.now().0).await;
        }
        if stage.status_of(&ida).1.is_none() {
            stage.hangs_up(&ida).await;
        }
        stage.passes(1_000).await;

        let page = stage.page_of(&ida, false).await;
        let (outcome, offices) = outcomes(&page);
        seen.insert((outcome.map(str::to_owned), offices.len()));
    }

    let told: Vec<_> = seen
        .iter()
        .map(|(outcome, offices)| (outcome.as_deref().unwrap_or_default(), *offices))
        .collect();
    assert_eq!(
        told,
        [
            ("connected", 1),
            ("connected", 2),
            ("hung-up", 0),
            // The office was announced, and not yet dialled.
            ("hung-up", 1),
            ("not-reached", 1)
        ]
    );
    stage.end().await;
}

#[tokio::test]
async fn a_lost_callback_is_made_up_for_by_asking_the_carrier() {
    let mut stage = stage().await;
    stage
        .carrier
        .order_fault(carrier::face::faults::Fault::LostCallback, 1);

    let ida = stage.ida_calls("senators").await;
    stage.passes(2_000).await;
    stage.hangs_up(&ida).await;
    stage.passes(60_000).await;
    let before = stage.story(&ida).await.and_then(|story| story.call.outcome);
    assert_eq!(before, None, "nobody told the server");
    stage.passes(15 * 60_000).await;

    let after = stage.story(&ida).await.and_then(|story| story.call.outcome);
    assert_eq!(after.as_deref(), Some("hung-up"));
    stage.end().await;
}
