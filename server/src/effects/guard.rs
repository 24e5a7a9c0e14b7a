//! The account guard: no more legs at once, and no more created in a second, than the account bears.

use exchange::Moment;
use store::OnFloor;

use crate::chain::chain;
use crate::state::AppState;

/// No call goes on for longer: the carrier ends it after four hours, and a lost end is known half an hour later.
const LONGEST_MS: i64 = 4 * 3_600_000 + 1_800_000;

/// How long a claim holds, in milliseconds: longer than what was decided takes to be written.
const CLAIM_MS: i64 = 10_000;

/// Takes a turn to create a call; else says when to ask again.
pub(super) async fn turn(state: &AppState) -> Result<Option<Moment>, store::Error> {
    let per_second = state.config.guard.calls_per_second;
    state
        .store
        .take_creation_turn(state.clock.now(), per_second)
        .await
}

/// How many legs the account carries off the floor: callers on other lines with whom they are connected to, and
/// telephones that are called into a room.
///
/// # Errors
/// The database does not answer.
pub async fn off_floor(state: &AppState) -> Result<usize, store::Error> {
    let since = Moment(state.clock.now().0 - LONGEST_MS);
    let calls = state.store.live_off_floor(since).await?;
    let talks = calls
        .iter()
        .flat_map(|call| &call.visits)
        .filter(|visit| visit.outcome.is_none());
    let rooms = state.store.live_rooms().await?;
    let called = rooms
        .iter()
        .flat_map(|known| &known.room.invites)
        .filter(|invite| invite.outcome.is_none());
    Ok(calls.len() + talks.count() + called.count())
}

/// How many legs the account carries for these callers: each caller's own, and those of whoever talks, rings or is
/// about to.
#[must_use]
pub fn on_floor(floor: &[OnFloor]) -> usize {
    let others = floor
        .iter()
        .map(|one| usize::try_from(one.row.legs).unwrap_or(usize::MAX));
    floor
        .len()
        .saturating_add(others.fold(0, usize::saturating_add))
}

/// How many legs the account bears.
fn most(state: &AppState) -> usize {
    usize::try_from(state.config.guard.concurrent_calls).unwrap_or(usize::MAX)
}

/// Whether the account bears no more legs than these.
#[must_use]
pub fn is_full(state: &AppState, legs: usize) -> bool {
    legs >= most(state)
}

/// Why nobody more can be brought into a call, as a sentence.
#[must_use]
pub fn full(state: &AppState) -> String {
    let most = state.config.guard.concurrent_calls;
    format!(
        "The account bears {most} calls at once, and as many go on: nobody more can be rung until one ends."
    )
}

/// Claims one more leg for what is about to be decided, unless the account bears no more: of two who want the last one,
/// in whichever process, one has it.
///
/// # Errors
/// The database does not answer.
pub async fn claim(state: &AppState, what: &str) -> Result<bool, store::Error> {
    let now = state.clock.now();
    let until = Moment(now.0 + CLAIM_MS);
    let left = most(state).saturating_sub(off_floor(state).await?);
    state.store.claim_leg(what, now, until, left).await
}

/// Gives a claim back, once the leg is on the floor or will never be. One that cannot be given back is soon over.
pub async fn give_back(state: &AppState, what: &str) {
    if let Err(error) = state.store.give_leg_back(what).await {
        tracing::warn!(error = chain(&error), "a claim to a leg stays for a while");
    }
}
