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

/// How many legs the account carries for these callers, as far as we know: each caller's own, and those of whoever
/// talks, rings or is about to.
#[must_use]
pub fn legs(floor: &[OnFloor]) -> usize {
    let others = floor
        .iter()
        .map(|one| usize::try_from(one.row.legs).unwrap_or(usize::MAX));
    floor
        .len()
        .saturating_add(others.fold(0, usize::saturating_add))
}

/// How many more legs the account bears.
#[must_use]
pub fn room(state: &AppState, floor: &[OnFloor]) -> usize {
    let most = usize::try_from(state.config.guard.concurrent_calls).unwrap_or(usize::MAX);
    most.saturating_sub(legs(floor))
}

/// Why nobody more can be brought into a call, as a sentence; nothing where somebody can.
#[must_use]
pub fn full(state: &AppState, floor: &[OnFloor]) -> Option<String> {
    let most = state.config.guard.concurrent_calls;
    (room(state, floor) == 0).then(|| {
        format!(
            "The account bears {most} calls at once, and as many go on: nobody more can be rung until one ends."
        )
    })
}
