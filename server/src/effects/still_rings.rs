//! Legs that still ring though they should not: the next agent is rung when they are over, so that a caller rings at
//! one agent, and an agent at one call, also while the carrier's API is slow to cancel.

use exchange::{Call, Effect, LegOf, Moment, Offer, OfferOutcome, UserName};

use crate::state::AppState;

/// How soon it is looked again, in milliseconds.
const AGAIN_MS: i64 = 200;

/// The longest that a leg rings before the carrier itself gives it up, in seconds: the time-outs of lines are shorter,
/// and the carrier adds some seconds.
const RINGS_AT_MOST_S: i64 = 70;

/// When to look again, while a leg of another offer of this call, or of another call to this agent, is still to be ended.
pub(super) async fn until(
    state: &AppState,
    call: &Call,
    number: u32,
    agent: &UserName,
) -> Result<Option<Moment>, store::Error> {
    let now = state.clock.now();
    for (sid, payload) in state.store.pending("end_leg").await? {
        let Ok(Effect::EndLeg {
            leg: LegOf::Offer(other),
        }) = serde_json::from_str(&payload)
        else {
            continue;
        };
        let is_own = sid == call.sid;
        if is_own && other == number {
            continue;
        }
        let Some((_, of)) = state.store.load(&sid).await? else {
            continue;
        };
        let offer = of.support().and_then(|support| support.offer(other));
        let concerns = |offer: &&Offer| is_own || offer.agent == *agent;
        if offer.filter(concerns).is_some_and(|one| may_ring(one, now)) {
            return Ok(Some(Moment(now.0 + AGAIN_MS)));
        }
    }
    Ok(None)
}

/// Whether the leg of an offer that is over may still ring.
fn may_ring(offer: &Offer, now: Moment) -> bool {
    let is_vain = match &offer.outcome {
        // One that was not made in time may have been made though nobody knows of it.
        Some(OfferOutcome::Vain(_) | OfferOutcome::Withdrawn | OfferOutcome::NotMade(_)) => true,
        Some(OfferOutcome::Answered) | None => false,
    };
    is_vain && now.seconds_since(offer.began) < RINGS_AT_MOST_S
}
