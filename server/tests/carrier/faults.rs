//! Every fault of the carrier, a sample of calls each: nobody is left alone, and the pages say what happened.
//!
//! `cargo xtask soak` lets a thousand call under each.

use crate::stage::run::run;
use crate::stage::trouble::Trouble;

/// How many call under each trouble.
const SAMPLE: usize = 12;

async fn holds_under(troubles: impl IntoIterator<Item = Trouble>) {
    for (seed, trouble) in (1..).zip(troubles) {
        let report = run(trouble, seed, SAMPLE).await;

        assert!(report.findings.is_empty(), "{}", report.told());
        assert_ne!(report.struck, Some(0), "{}", trouble.name());
    }
}

fn named(names: &[&str]) -> Vec<Trouble> {
    let found: Vec<Trouble> = Trouble::all()
        .into_iter()
        .filter(|trouble| names.contains(&trouble.name()))
        .collect();
    assert_eq!(found.len(), names.len());
    found
}

#[tokio::test]
async fn callbacks_may_be_late_doubled_lost_or_reordered() {
    holds_under(named(&[
        "late_callback",
        "doubled_callback",
        "lost_callback",
        "reordered_callback",
    ]))
    .await;
}

#[tokio::test]
async fn rest_may_refuse_fail_break_off_or_be_slow() {
    holds_under(named(&[
        "too_many_requests",
        "server_error",
        "lost_answer",
        "dropped_connection",
        "slow_answer",
    ]))
    .await;
}

#[tokio::test]
async fn offices_may_be_busy_decline_not_answer_or_fail() {
    holds_under(named(&[
        "nothing",
        "busy",
        "all_decline",
        "all_busy",
        "no_answer",
        "failed",
    ]))
    .await;
}

#[tokio::test]
async fn everything_may_go_wrong_at_once() {
    holds_under(named(&["everything"])).await;
}
