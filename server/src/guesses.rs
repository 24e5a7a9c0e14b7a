//! Wrong codes and PINs, counted by the number that they come from.

use exchange::{Caller, Moment};
use store::Throttle;

use crate::chain::chain;
use crate::state::AppState;

/// Whoever keys in ten wrong ones within a minute is not heard for a while.
const LIMIT: Throttle = Throttle {
    failures: 10,
    window_ms: 60_000,
    block_ms: 10 * 60_000,
};

/// Whether too many wrong codes came from a caller's number of late.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn are_too_many(
    state: &AppState,
    caller: &Caller,
    now: Moment,
) -> Result<bool, store::Error> {
    let until = state.store.login_blocked_until(&key(caller), now).await?;
    Ok(until.is_some())
}

/// Counts a wrong code. One that cannot be counted is noted: the caller has been answered already.
pub(crate) async fn count(state: &AppState, caller: &Caller, now: Moment) {
    if let Err(error) = state.store.login_failed(&key(caller), now, &LIMIT).await {
        tracing::warn!(error = chain(&error), "a wrong code was not counted");
    }
}

/// All who withhold their number count as one.
fn key(caller: &Caller) -> String {
    match caller {
        Caller::Number(number) => format!("pin:{number}"),
        Caller::Client(identity) => format!("pin:client:{identity}"),
        Caller::Sip(address) => format!("pin:sip:{address}"),
        Caller::Withheld => "pin:withheld".to_owned(),
        Caller::Other(text) => format!("pin:other:{text}"),
    }
}
