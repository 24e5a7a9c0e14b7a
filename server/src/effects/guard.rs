//! The account guard: no more legs at once, and no more created in a second, than the account bears.

use exchange::placing::Creation;
use exchange::{CallSid, LONGEST_CALL_S, Moment};
use store::{Claimed, LegClaim, OnFloor};

use crate::chain::chain;
use crate::state::AppState;

/// How long the call of an offer waits for its turn to be placed, in seconds.
const PLACED_WITHIN_S: u32 = 10;

/// How long a claim holds, in milliseconds: longer than what was decided takes to be written.
const CLAIM_MS: i64 = 10_000;

/// Whether it is somebody's turn to create a call.
pub(super) enum Turn {
    /// It is taken.
    Now,
    /// They stand in line, and what they create is given back until they are called.
    InLine,
}

/// Takes the turn of an effect to create a call; else it is given back until it is asked for again. Who is most urgent has
/// the next one.
pub(super) async fn turn(
    state: &AppState,
    claimed: &Claimed,
    creation: Creation,
) -> Result<Turn, store::Error> {
    let Some(who) = claimed.turn() else {
        return Ok(Turn::Now);
    };
    let (now, per_second) = (state.clock.now(), state.config.guard.calls_per_second);
    let of = (&claimed.id, who.as_str());
    let waits = state
        .store
        .await_creation_turn(of, creation, now, per_second);
    Ok(match waits.await? {
        None => Turn::Now,
        Some(_) => Turn::InLine,
    })
}

/// Stands in line for callers who are about to be offered, in the order of the queue: whoever's call is asked for first is
/// not the first by that.
///
/// # Errors
/// The database does not answer.
pub async fn stand_in_line(
    state: &AppState,
    creations: &[(String, Creation)],
) -> Result<(), store::Error> {
    let (now, per_second) = (state.clock.now(), state.config.guard.calls_per_second);
    state.store.stand_in_line(creations, now, per_second).await
}

/// Gives the turn back of one who creates no call, or not soon.
///
/// # Errors
/// The database does not answer.
pub(super) async fn leave_line(state: &AppState, who: &str) -> Result<(), store::Error> {
    let (now, per_second) = (state.clock.now(), state.config.guard.calls_per_second);
    state.store.leave_line(who, now, per_second).await
}

/// Gives the turns back of callers who were not offered, neither here nor by another process.
///
/// # Errors
/// The database does not answer.
pub async fn leave_line_unoffered(
    state: &AppState,
    callers: &[String],
) -> Result<(), store::Error> {
    let (now, per_second) = (state.clock.now(), state.config.guard.calls_per_second);
    state
        .store
        .leave_line_unoffered(callers, now, per_second)
        .await
}

/// How many offers more may be made now: a call for each is placed within seconds, at the rate that the account bears.
/// Whoever would wait for longer waits in the queue, and their agent for somebody else meanwhile.
///
/// # Errors
/// The database does not answer.
pub async fn offers_left(state: &AppState) -> Result<usize, store::Error> {
    let mut unplaced = 0;
    for kind in ["ring_agent", "ring_number"] {
        unplaced += state.store.pending(kind).await?.len();
    }
    let per_second = state.config.guard.calls_per_second;
    let most = usize::try_from(per_second.saturating_mul(PLACED_WITHIN_S));
    Ok(most.unwrap_or(usize::MAX).saturating_sub(unplaced))
}

/// Why nobody more is offered although agents are free, as a sentence: no call for them could be placed soon.
#[must_use]
pub fn behind(state: &AppState) -> String {
    let calls = match state.config.guard.calls_per_second {
        1 => "1 new call".to_owned(),
        calls => format!("{calls} new calls"),
    };
    format!(
        "Agents are free, but the account bears {calls} in a second, and those of the next {PLACED_WITHIN_S} s are given away. Whoever still waits is rung in turn."
    )
}

/// When there may be room for another offer, if there is none at this moment.
#[must_use]
pub fn next_turn(state: &AppState) -> Moment {
    let apart_ms = 1000 / i64::from(state.config.guard.calls_per_second.max(1));
    Moment(state.clock.now().0 + apart_ms.max(1))
}

/// How many legs the account carries off the floor: callers on other lines with whom they are connected to, and
/// telephones that are called into a room.
///
/// # Errors
/// The database does not answer.
pub async fn off_floor(state: &AppState) -> Result<usize, store::Error> {
    state.store.legs_off_floor(since(state.clock.now())).await
}

/// Calls that began before are over.
const fn since(now: Moment) -> Moment {
    now.plus_seconds(-LONGEST_CALL_S)
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
    let (borne, end) = all_borne(state);
    format!("The account bears {borne}: nobody more can be rung until {end}.")
}

/// The same of a floor on which agents are free.
#[must_use]
pub fn full_beside_agents(state: &AppState) -> String {
    let (borne, end) = all_borne(state);
    format!("Agents are free, but the account bears {borne}: nobody is rung until {end}.")
}

/// What the account bears, and what makes room again.
fn all_borne(state: &AppState) -> (String, &'static str) {
    match state.config.guard.concurrent_calls {
        1 => ("1 call at once, and one goes on".to_owned(), "it ends"),
        most => (
            format!("{most} calls at once, and as many go on"),
            "one ends",
        ),
    }
}

/// Claims one more leg for what is about to be decided, unless the account bears no more: of two who want the last one,
/// in whichever process, one has it. Claims of one name are for one leg.
///
/// # Errors
/// The database does not answer.
pub async fn claim(state: &AppState, what: &str) -> Result<bool, store::Error> {
    claim_ringing(state, what, 0).await
}

/// The same for a leg that nothing else is written of while it rings, for at most so many seconds.
///
/// # Errors
/// The database does not answer.
pub async fn claim_ringing(
    state: &AppState,
    what: &str,
    rings_s: u16,
) -> Result<bool, store::Error> {
    let now = state.clock.now();
    let claim = LegClaim {
        name: what,
        now,
        until: Moment(now.0 + CLAIM_MS + i64::from(rings_s) * 1_000),
        since: since(now),
    };
    state.store.claim_leg(claim, most(state)).await
}

/// Gives a claim back, once the leg is made or will never be; whoever was told meanwhile that there is none left looks
/// again. One that cannot be given back is soon over.
pub async fn give_back(state: &AppState, what: &str) {
    let given = state.store.give_leg_back(what, true).await;
    warn_of(given);
}

/// Gives a claim back of which nothing came. Nobody is told: whoever is first to look again would try the same.
pub async fn give_back_unused(state: &AppState, what: &str) {
    let given = state.store.give_leg_back(what, false).await;
    warn_of(given);
}

/// Names the claim of [`claim_ringing`] after the call that rings: it is over when that call begins, or is over without.
/// What happens to the call before it is named so, nobody looks for here: then the claim runs out by itself.
pub async fn name_claim(state: &AppState, what: &str, call: &CallSid) {
    warn_of(state.store.name_leg_claim(what, call).await);
}

/// A call is over: gives the claim back that was named after it, if it never began here.
pub async fn is_over(state: &AppState, call: &CallSid) {
    warn_of(state.store.give_leg_of_call_back(call).await);
}

fn warn_of(given: Result<(), store::Error>) {
    if let Err(error) = given {
        tracing::warn!(error = chain(&error), "a claim to a leg stays for a while");
    }
}
