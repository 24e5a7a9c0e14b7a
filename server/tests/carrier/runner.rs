//! The runner of effects as the program starts it, over a heap of things to do.

use std::time::Duration;

use exchange::Moment;
use server::clock::Stopwatch;
use server::effects;

use crate::person::stage;
use crate::stage::Stage;

/// So many callers leave more behind than the runner does at once.
const CALLERS: usize = 30;
/// Far behind everything that a call sets off.
const LATER_MS: u32 = 3_600_000;
/// The runner takes a moment; one that waits for itself never ends.
const MOST_MICROS: u64 = 60_000_000;

#[tokio::test]
async fn a_heap_of_effects_is_worked_off_while_more_are_claimed() {
    let stage = stage().await;
    for _ in 0..CALLERS {
        let caller = stage.ida_calls("support").await;
        stage.hangs_up(&caller).await;
    }
    let clock = &stage.state.clock;
    clock.advance(Duration::from_millis(u64::from(LATER_MS)));
    stage.carrier.advance(LATER_MS).await;

    stage.state.tasks.start(effects::run(stage.state.clone()));

    // What is claimed has a lease, and is due again when that ends: nothing is left when all is done.
    let watch = Stopwatch::start();
    while let Some(due) = due(&stage).await {
        assert!(watch.micros() < MOST_MICROS, "still to be done: {due:?}");
    }
    stage.end().await;
}

async fn due(stage: &Stage) -> Option<Moment> {
    let due = stage.state.store.next_due().await;
    due.expect("the database answers")
}
