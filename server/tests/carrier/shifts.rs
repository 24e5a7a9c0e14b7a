//! Shifts on the support line: many callers and agents at once, under every fault of the wire, a sample of each.
//!
//! `cargo xtask soak` lets fifty callers and twenty agents go on for an hour.

use crate::stage::shift::{Size, run};
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
