//! The phone tree, told from both ends of the wire.

use carrier::engine::Habit;

use crate::person::{outcomes, stage};

const DAGOBAH: &str = "+12025550143";

#[tokio::test]
async fn a_traveler_calls_a_planet() {
    let mut stage = stage().await;

    let eli = stage.ida_calls("planets").await;
    stage.passes(3_000).await;
    stage.presses(&eli, "2").await;
    stage.passes(3_000).await;
    stage.presses(&eli, "3").await;
    let planet = stage.answered_at(DAGOBAH).await;
    stage.passes(40_000).await;
    stage.hangs_up(&planet).await;
    stage.is_over(&eli).await;

    let page = stage.page_of(&eli, true).await;
    assert_eq!(
        outcomes(&page),
        (Some("connected"), vec![("Dagobah", "connected for 40 s")])
    );
    stage.end().await;
}

#[tokio::test]
async fn a_traveler_is_told_the_way() {
    let mut stage = stage().await;

    let eli = stage.ida_calls("planets").await;
    stage.presses(&eli, "1").await;
    stage.is_over(&eli).await;

    let heard = stage.said_to(&eli).concat();
    assert!(
        heard.contains("The mother ship is waiting for you there."),
        "{heard}"
    );
    let page = stage.page_of(&eli, true).await;
    assert_eq!(outcomes(&page), (Some("informed"), vec![]));
    stage.end().await;
}

#[tokio::test]
async fn a_busy_planet_leads_back_to_the_list_and_star_to_the_start() {
    let mut stage = stage().await;
    stage.carrier.set_phone(DAGOBAH, Habit::Busy);

    let eli = stage.ida_calls("planets").await;
    stage.presses(&eli, "2").await;
    stage.presses(&eli, "3").await;
    stage.passes(5_000).await;
    stage.presses(&eli, "*").await;
    stage.presses(&eli, "1").await;
    stage.is_over(&eli).await;

    let page = stage.page_of(&eli, true).await;
    assert_eq!(
        outcomes(&page),
        (Some("not-reached"), vec![("Dagobah", "busy")])
    );
    stage.end().await;
}

#[tokio::test]
async fn whenever_a_traveler_hangs_up_both_tell_the_same() {
    let mut stage = stage().await;
    stage.carrier.set_phone(
        DAGOBAH,
        Habit::Answers {
            after_ms: 8_000,
            hangs_up_after_ms: Some(10_000),
        },
    );

    for patience_s in (0..=39).step_by(3) {
        let eli = stage.ida_calls("planets").await;
        stage.presses(&eli, "2").await;
        stage.presses(&eli, "3").await;
        stage.passes(patience_s * 1_000).await;
        if stage.status_of(&eli).1.is_none() {
            stage.hangs_up(&eli).await;
        }
        stage.passes(1_000).await;

        stage.page_of(&eli, false).await;
    }
    stage.end().await;
}
