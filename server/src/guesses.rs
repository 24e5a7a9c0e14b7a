//! Wrong codes and PINs, counted by the number that they come from.

use exchange::{Caller, Moment, PhoneNumber};
use store::Tries;

use crate::chain::chain;
use crate::state::AppState;

/// After ten wrong ones within any minute, nothing is read for ten minutes. The carrier waits fifteen seconds for an
/// answer, so a try of which nothing is known then is none any more.
const LIMIT: Tries = Tries {
    most: 10,
    window_ms: 60_000,
    block_ms: 10 * 60_000,
    pending_ms: 15_000,
};

/// Somebody who keys in codes.
pub(crate) struct Guesser(String);

impl Guesser {
    /// All who withhold their number and call the same one count as one; they are told so, and that they may show it.
    pub(crate) fn of(caller: &Caller, dialled: Option<&PhoneNumber>) -> Self {
        Self(match caller {
            Caller::Number(number) => format!("pin:{number}"),
            Caller::Client(identity) => format!("pin:client:{identity}"),
            Caller::Sip(address) => format!("pin:sip:{address}"),
            Caller::Withheld => {
                let line = dialled.map_or("", PhoneNumber::as_str);
                format!("pin:withheld:{line}")
            }
            Caller::Other(text) => format!("pin:other:{text}"),
        })
    }

    /// Whether what they key in is not read, because of what they keyed in of late.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn is_stopped(&self, state: &AppState) -> Result<bool, store::Error> {
        let now = state.clock.now();
        state.store.may_not_try(&self.0, now, &LIMIT).await
    }

    /// Counts what they key in before it is read; false where it is not to be.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn may_try(&self, state: &AppState, id: &str) -> Result<bool, store::Error> {
        let now = state.clock.now();
        state.store.may_try(&self.0, id, now, &LIMIT).await
    }

    /// What they keyed in has been answered. One that cannot be taken back is over soon.
    pub(crate) async fn is_answered(&self, state: &AppState, id: &str) {
        let now = state.clock.now();
        if let Err(error) = state.store.try_is_over(&self.0, id, now).await {
            tracing::warn!(error = chain(&error), "a code counts for a while longer");
        }
    }

    /// What they keyed in was wrong. The try itself counts until they are answered.
    pub(crate) async fn was_wrong(&self, state: &AppState, now: Moment) {
        if let Err(error) = state.store.try_was_wrong(&self.0, now, &LIMIT).await {
            tracing::warn!(error = chain(&error), "a wrong code was not counted");
        }
    }
}
