//! Removing what is older than it is to be kept, in small batches, by one process at a time.

use exchange::Moment;
use store::{Keepable, KeptFor};

use super::before;
use crate::carrier_api::NotSaid;
use crate::chain::chain;
use crate::state::AppState;

/// How often it is looked for.
const EVERY_MS: i64 = 10 * 60_000;

/// How long one process has the work; more than any sweep of a batch takes.
const LEASE_MS: i64 = 9 * 60_000;

/// How many calls are done in one transaction: a caller's webhook that waits for it waits no longer than for others.
const BATCH: u32 = 20;

/// How many recordings the carrier is asked to remove in one sweep.
const REMOVALS: u32 = 50;

/// A recording is tried again after this long, twice as long each time, and once a day in the end.
const AGAIN_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * 60_000;

/// Removes what is old until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    loop {
        if let Err(error) = sweep(&state).await {
            let error = chain(&error);
            tracing::warn!(error, "what is old is not being removed");
        }
        let again = Moment(state.clock.now().0 + EVERY_MS);
        tokio::select! {
            () = stopping.wait() => return,
            () = state.clock.wait_until(again) => {}
        }
    }
}

/// Removes what is old now, unless another process has done so a moment ago. Gives how much that was.
///
/// # Errors
/// The database does not answer.
pub async fn sweep(state: &AppState) -> Result<u64, store::Error> {
    let now = state.clock.now();
    if !state
        .store
        .take_retention(now, Moment(now.0 + LEASE_MS))
        .await?
    {
        return Ok(0);
    }
    let mut done = 0;
    for KeptFor { what, days } in state.store.kept_for().await? {
        let Some(days) = days else { continue };
        let of_this = remove(state, what, before(now, days)).await?;
        if of_this > 0 {
            tracing::info!(what = what.word(), rows = of_this, "removed what is old");
        }
        done += of_this;
    }
    state.store.forget_old_tries(now).await?;
    remove_at_carrier(state).await?;
    Ok(done)
}

/// Batch after batch, others between them.
async fn remove(state: &AppState, what: Keepable, before: Moment) -> Result<u64, store::Error> {
    let (store, now) = (&state.store, state.clock.now());
    let mut all = 0;
    loop {
        let done = match what {
            Keepable::Calls => store.remove_calls(before, now, BATCH).await?,
            Keepable::Numbers => store.mask_numbers(before, BATCH).await?,
            Keepable::Recordings => store.remove_recordings(before, now, BATCH).await?,
            Keepable::Inbox => store.remove_entries(before, now, BATCH).await?,
            Keepable::Audit => store.remove_audited(before, BATCH).await?,
        };
        all += done;
        if done == 0 || state.tasks.is_stopping() {
            return Ok(all);
        }
        tokio::task::yield_now().await;
    }
}

/// Asks the carrier to remove recordings. One that is gone counts as removed; what fails is tried again.
async fn remove_at_carrier(state: &AppState) -> Result<(), store::Error> {
    let now = state.clock.now();
    for (recording, attempts) in state.store.removals_due(now, REMOVALS).await? {
        match state.carrier.remove(&recording).await {
            Ok(()) => state.store.removed(&recording).await?,
            Err(NotSaid::NoCarrier) => return Ok(()),
            Err(why) => {
                let why = why.words();
                tracing::warn!(why, attempts, "a recording is not removed at the carrier");
                let exponent = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
                let wait = (AGAIN_MS << exponent).min(DAY_MS);
                let due = Moment(now.0 + wait);
                state.store.not_removed(&recording, due).await?;
            }
        }
    }
    Ok(())
}
