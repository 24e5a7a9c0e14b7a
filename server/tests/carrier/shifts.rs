//! Shifts on the support line: many callers and agents at once, under every fault of the wire, a sample of each.
//!
//! `cargo xtask soak` lets fifty callers and twenty agents go on for an hour.

use crate::stage::shift::{Size, Transfers, run};
use crate::stage::trouble::Trouble;

/// A small shift.
const SAMPLE: Size = Size {
    callers: 8,
    agents: 4,
    lasts_ms: 90_000,
    pace: 300,
    hands_over: 30,
};

async fn holds_under(name: &str, seed: u64) {
    let trouble = Trouble::named(name).expect("a trouble");
    let report = run(trouble, seed, SAMPLE).await;

    assert!(report.findings.is_empty(), "{}", report.told());
    assert!(report.talks > 0 && report.offers > 0, "{}", report.told());
    assert!(trouble == Trouble::Nothing || report.struck > 0);
}

#[tokio::test]
async fn a_shift_goes_well_when_nothing_goes_wrong_but_people() {
    holds_under("nothing", 1).await;
}

#[tokio::test]
async fn a_shift_goes_well_when_callbacks_are_lost() {
    holds_under("lost_callback", 2).await;
}

#[tokio::test]
async fn a_shift_goes_well_when_the_carrier_has_no_time() {
    holds_under("too_many_requests", 3).await;
}

#[tokio::test]
async fn a_shift_goes_well_when_everything_goes_wrong_at_once() {
    holds_under("everything", 4).await;
}

/// A shift in which nearly every caller is handed over.
const HANDING: Size = Size {
    callers: 13,
    agents: 6,
    lasts_ms: 90_000,
    pace: 300,
    hands_over: 90,
};

async fn hands_over_under(name: &str, seed: u64) {
    let trouble = Trouble::named(name).expect("a trouble");
    let report = run(trouble, seed, HANDING).await;

    println!("{name}: {:?} transfers", report.transfers);
    assert!(report.findings.is_empty(), "{}", report.told());
    let Transfers {
        begun,
        handed_over,
        lost,
        ..
    } = report.transfers;
    assert!(begun > handed_over && handed_over > 0, "{}", report.told());
    assert_eq!(lost, 0, "{}", report.told());
    assert!(report.struck > 0, "{}", report.told());
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_callbacks_are_late() {
    hands_over_under("late_callback", 10).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_callbacks_are_doubled() {
    hands_over_under("doubled_callback", 11).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_callbacks_are_lost() {
    hands_over_under("lost_callback", 12).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_callbacks_are_reordered() {
    hands_over_under("reordered_callback", 13).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_the_carriers_api_fails() {
    hands_over_under("server_error", 14).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_the_carriers_answers_are_lost() {
    hands_over_under("lost_answer", 15).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_the_carrier_is_slow() {
    hands_over_under("slow_answer", 16).await;
}

#[tokio::test]
async fn nobody_who_is_handed_over_is_lost_when_everything_goes_wrong_at_once() {
    hands_over_under("everything", 17).await;
}
