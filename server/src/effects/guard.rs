//! The account guard: no more calls at once, and no more created in a second, than the account bears.

use exchange::Moment;
use store::OnFloor;

use crate::state::AppState;

/// Takes a turn to create a call; else says when to ask again.
pub(super) async fn turn(state: &AppState) -> Result<Option<Moment>, store::Error> {
    let per_second = state.config.guard.calls_per_second;
    state
        .store
        .take_creation_turn(state.clock.now(), per_second)
        .await
}

/// How many legs the account carries for these callers, as far as we know: each caller's own, and one
/// for whoever rings or talks.
#[must_use]
pub fn legs(floor: &[OnFloor]) -> usize {
    let with_agent =
        |one: &&OnFloor| matches!(one.row.stage, "offered" | "talking" | "outside" | "seeking");
    floor.len() + floor.iter().filter(with_agent).count()
}

/// How many more legs the account bears.
#[must_use]
pub fn room(state: &AppState, floor: &[OnFloor]) -> usize {
    let most = usize::try_from(state.config.guard.concurrent_calls).unwrap_or(usize::MAX);
    most.saturating_sub(legs(floor))
}
