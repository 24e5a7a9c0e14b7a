//! The dispatcher: callers who wait and agents who are free are brought together. It only looks and
//! proposes; whether an offer is made is decided behind the door.

use std::collections::BTreeSet;

use exchange::placing::Creation;
use exchange::routing::{Candidate, Pair, Queued, looks_again_at, pair};
use exchange::{CallSid, Event, Moment, Plan, SupportEvent};
use store::OnFloor;

use crate::agents;
use crate::chain::chain;
use crate::door::{self, Answered, Knock};
use crate::effects::guard;
use crate::state::AppState;

/// How long it rests at most, so that what was missed is seen.
const REST_MS: i64 = 5_000;

/// Pairs callers with agents until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    let mut wakes = state.store.floor_wakes();
    loop {
        wakes.mark_unchanged();
        let mut rest = Moment(state.clock.now().0 + REST_MS);
        let looked = look(&state).await;
        for row in state.store.left_out() {
            tracing::warn!(row, "what another release wrote is left out of lists");
        }
        match looked {
            Ok(Some(again)) => rest = rest.min(again),
            Ok(None) => {}
            Err(error) => tracing::warn!(
                error = chain(&error),
                "callers who wait are not being offered: the database does not answer"
            ),
        }
        tokio::select! {
            () = stopping.wait() => return,
            // The sender lives in the store.
            _ = wakes.changed() => {}
            () = state.clock.wait_until(rest) => {}
        }
    }
}

/// Looks once who waits and who is free, and makes the offers that can be made. Gives when to look
/// again though nothing is told.
///
/// # Errors
/// The database does not answer.
pub async fn look(state: &AppState) -> Result<Option<Moment>, store::Error> {
    let mut unreadable = BTreeSet::new();
    loop {
        match look_but(state, &unreadable).await? {
            Looked::Done(again) => return Ok(again),
            Looked::Unreadable(call) => unreadable.insert(call),
        };
    }
}

enum Looked {
    Done(Option<Moment>),
    /// This release cannot read a call of the floor: the others are to be looked at without it.
    Unreadable(CallSid),
}

async fn look_but(
    state: &AppState,
    unreadable: &BTreeSet<CallSid>,
) -> Result<Looked, store::Error> {
    let floor = state.store.floor().await?;
    let (_, plan) = state.plans.current();
    let waiting: Vec<Queued> = floor
        .iter()
        .filter(|one| !unreadable.contains(&one.call))
        .filter_map(|one| queued(one, &plan))
        .collect();
    if waiting.is_empty() {
        return Ok(Looked::Done(None));
    }
    let agents: Vec<Candidate> = agents::active(state, &plan)
        .await?
        .into_iter()
        .map(|known| Candidate {
            agent: known.agent,
            presence: known.presence,
        })
        .collect();
    let now = state.clock.now();
    let pairs = pair(&waiting, &agents, now);
    let again = looks_again_at(&waiting, &agents, now);
    if pairs.is_empty() {
        return Ok(Looked::Done(again));
    }
    let left = guard::offers_left(state).await?;
    let soon = (pairs.len() > left).then(|| guard::next_turn(state));
    let chosen: Vec<Pair> = pairs.into_iter().take(left).collect();
    let line = stand_in_line(state, &chosen, &waiting, now).await?;
    let (made, unreadable) = make_offers(state, chosen, waiting.len()).await?;
    let unoffered: Vec<String> = line.into_iter().filter(|who| !made.contains(who)).collect();
    if !unoffered.is_empty() {
        guard::leave_line_unoffered(state, &unoffered).await?;
    }
    Ok(match unreadable {
        Some(call) => Looked::Unreadable(call),
        None => Looked::Done(again.into_iter().chain(soon).min()),
    })
}

/// Of several who are offered at one moment, the call for whoever comes first in the queue is placed first.
async fn stand_in_line(
    state: &AppState,
    pairs: &[Pair],
    waiting: &[Queued],
    now: Moment,
) -> Result<Vec<String>, store::Error> {
    if pairs.len() < 2 {
        return Ok(Vec::new());
    }
    let creations: Vec<(String, Creation)> = pairs
        .iter()
        .filter_map(|pair| waiting.iter().find(|queued| queued.call == pair.call))
        .map(|queued| (queued.call.to_string(), Creation::of_queued(queued, now)))
        .collect();
    guard::stand_in_line(state, &creations).await?;
    Ok(creations.into_iter().map(|(who, _)| who).collect())
}

/// Makes offers, as many as the account bears. Gives for whom, and a call that this release cannot read.
async fn make_offers(
    state: &AppState,
    pairs: Vec<Pair>,
    waiting: usize,
) -> Result<(BTreeSet<String>, Option<CallSid>), store::Error> {
    let mut made = BTreeSet::new();
    for pair in pairs {
        let claim = format!("{}.{}", pair.call, pair.agent);
        if !guard::claim(state, &claim).await? {
            tracing::warn!(
                waiting,
                concurrent_calls = state.config.guard.concurrent_calls,
                "agents are free, but the account bears no further call"
            );
            break;
        }
        let call = pair.call.clone();
        let offered = offer(state, pair).await;
        if let Ok(true) = offered {
            guard::give_back(state, &claim).await;
            made.insert(call.to_string());
        } else {
            guard::give_back_unused(state, &claim).await;
        }
        match offered {
            Ok(_) => {}
            Err(store::Error::Unreadable { .. }) => return Ok((made, Some(call))),
            Err(error) => return Err(error),
        }
    }
    Ok((made, None))
}

/// A row of the floor as somebody who waits, or is to be handed over, and is being offered to nobody.
fn queued(one: &OnFloor, plan: &Plan) -> Option<Queued> {
    let seeks = one.row.stage == "seeking";
    (seeks || one.row.stage == "waiting").then_some(())?;
    Some(Queued {
        call: one.call.clone(),
        team: one.row.team.clone()?,
        language: plan.line(&one.line).map(|line| line.language),
        priority: one.row.priority,
        queued: one.row.queued,
        // Whoever hands a caller over has talked with them.
        first: one.row.agent.clone().filter(|_| !seeks),
        by: one.row.agent.clone().filter(|_| seeks),
        not_before: one.row.not_before,
    })
}

/// True when it was made.
async fn offer(state: &AppState, pair: Pair) -> Result<bool, store::Error> {
    let Pair { call, agent, name } = pair;
    let knock = Knock {
        sid: &call,
        identity: None,
        name: "The dispatcher",
        request: store::Request::default(),
        settles: None,
    };
    let event = Event::Support(SupportEvent::Offer { agent, name });
    match door::enter(state, knock, event, |_| None).await {
        Ok(Answered::Decided(_)) => Ok(true),
        Ok(Answered::NoCall) => Ok(false),
        Ok(Answered::Refused(refusal)) => {
            tracing::debug!(call.id = %call, %refusal, "an offer came too late");
            Ok(false)
        }
        Ok(Answered::AgentRefused(refusal)) => {
            tracing::debug!(call.id = %call, %refusal, "an offer came too late");
            Ok(false)
        }
        Err(door::Failure::Store(error)) => Err(error),
        Err(failure @ (door::Failure::Plan(_) | door::Failure::Contended)) => {
            tracing::warn!(call.id = %call, error = chain(&failure), "an offer waits");
            Ok(false)
        }
    }
}
