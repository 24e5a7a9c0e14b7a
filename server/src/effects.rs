//! The effects runner: what was decided to be done later is done, and its outcome comes back
//! through the door.

use exchange::{Event, Moment};
use store::Claimed;

use crate::carrier_api::NotSaid;
use crate::chain::chain;
use crate::door::{self, ASK_CARRIER, Knock};
use crate::state::AppState;

/// How long a claimed effect is this process's alone: longer than any REST call may take. They are
/// claimed one by one, so that none waits out its lease behind another.
const LEASE_MS: i64 = 60_000;

/// How often an effect is tried before it is given up; the waits between grow to about an hour.
const MAX_TRIES: i64 = 7;

/// How long the runner rests at most, so that what other processes wrote is seen.
const REST_MS: i64 = 5_000;

/// Runs effects until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    loop {
        if let Err(error) = run_due(&state).await {
            tracing::warn!(
                error = chain(&error),
                "effects are waiting for the database"
            );
        }
        let rest = Moment(state.clock.now().0 + REST_MS);
        tokio::select! {
            () = stopping.wait() => return,
            () = state.clock.wait_until(rest) => {}
        }
    }
}

/// Does everything that is due now. Gives how many effects were done.
///
/// # Errors
/// The database does not answer; what was claimed is claimed again when its lease ends.
pub async fn run_due(state: &AppState) -> Result<usize, store::Error> {
    let mut done = 0;
    loop {
        let claimed = state.store.claim(state.clock.now(), LEASE_MS, 1).await?;
        let Some(effect) = claimed.into_iter().next() else {
            return Ok(done);
        };
        perform(state, effect).await?;
        done += 1;
    }
}

async fn perform(state: &AppState, effect: Claimed) -> Result<(), store::Error> {
    let call = state.store.load(&effect.call).await?;
    if call.is_none_or(|(_, call)| call.ended.is_some()) {
        return state.store.drop_effect(&effect.id).await;
    }
    let answer = match effect.kind.as_str() {
        ASK_CARRIER => match state.carrier.call(&effect.call).await {
            Ok(reported) => Ok(reported),
            Err(NotSaid::NotNow(error)) if effect.attempts < MAX_TRIES => {
                tracing::info!(call.id = %effect.call, attempts = effect.attempts, %error, "the carrier is asked again later");
                let wait_ms = 10_000_i64 << effect.attempts.clamp(0, 8);
                return state
                    .store
                    .postpone(&effect.id, Moment(state.clock.now().0 + wait_ms))
                    .await;
            }
            Err(why @ (NotSaid::NoCarrier | NotSaid::NotNow(_) | NotSaid::Never(_))) => {
                Err(why.to_string())
            }
        },
        other => Err(format!("this version knows no effect {other:?}")),
    };
    let knock = Knock {
        sid: &effect.call,
        identity: None,
        name: "The carrier was asked how the call stands",
        request: store::Request::default(),
        settles: Some(effect.id.clone()),
    };
    match door::enter(state, knock, Event::Asked(answer), |_| None).await {
        Ok(_) => Ok(()),
        Err(door::Failure::Store(error)) => Err(error),
        Err(failure @ (door::Failure::Plan(_) | door::Failure::Contended)) => {
            tracing::warn!(call.id = %effect.call, error = chain(&failure), "an effect's outcome waits");
            Ok(())
        }
    }
}
