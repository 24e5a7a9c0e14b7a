//! The effects runner: what was decided to be done later is done, and its outcome comes back
//! through the door.

mod asked;
pub mod guard;
mod in_room;
mod perform;
mod shown;
mod still_rings;
mod whose;

use exchange::{Effect, Moment, RoomDeed};
use futures::future::join_all;
use store::Claimed;
use tokio::task::JoinSet;

use crate::chain::chain;
use crate::door::{self, Answered, Knock};
use crate::state::AppState;
use perform::Tried;

/// How long a claimed effect is this process's alone: longer than a REST call takes in all likelihood. Whatever is done
/// twice finds what was done before.
const LEASE_MS: i64 = 20_000;

/// How many effects are under way at once.
const AT_ONCE: usize = 32;

/// How long the runner rests at most, so that what other processes wrote is seen.
const REST_MS: i64 = 5_000;

/// Runs effects until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    let mut wakes = state.store.effects_wake();
    // Tasks of their own: one that holds the database's pen has to go on while this loop waits for the pen itself.
    let mut under_way = JoinSet::new();
    loop {
        wakes.mark_unchanged();
        let mut rest = Moment(state.clock.now().0 + REST_MS);
        if under_way.len() < AT_ONCE {
            let most = AT_ONCE - under_way.len();
            match claim(&state, most).await {
                Ok(claimed) => {
                    let may_be_more = claimed.len() == most;
                    for one in claimed {
                        under_way.spawn(see_to(state.clone(), one));
                    }
                    if !may_be_more && let Ok(Some(due)) = state.store.next_due().await {
                        rest = rest.min(due);
                    }
                }
                Err(error) => tracing::warn!(
                    error = chain(&error),
                    "effects are waiting for the database"
                ),
            }
        }
        tokio::select! {
            () = stopping.wait() => return,
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            // The sender lives in the store.
            _ = wakes.changed(), if under_way.len() < AT_ONCE => {}
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
        let claimed = claim_due(state).await?;
        if claimed.is_empty() {
            return Ok(done);
        }
        done += claimed.len();
        for outcome in join_all(claimed).await {
            outcome?;
        }
    }
}

/// Claims what is due now, as far as this process does it at once: each is done by its own future. An
/// error of such a future means that the database does not answer; the effect is claimed again when
/// its lease ends.
///
/// # Errors
/// The database does not answer.
pub async fn claim_due(
    state: &AppState,
) -> Result<Vec<impl Future<Output = Result<(), store::Error>> + Send + use<>>, store::Error> {
    let claimed = claim(state, AT_ONCE).await?;
    let one_by_one = claimed.into_iter().map(|one| {
        let state = state.clone();
        async move { do_one(&state, &one).await }
    });
    Ok(one_by_one.collect())
}

async fn claim(state: &AppState, most: usize) -> Result<Vec<Claimed>, store::Error> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    state.store.claim(state.clock.now(), LEASE_MS, most).await
}

async fn see_to(state: AppState, claimed: Claimed) {
    if let Err(error) = do_one(&state, &claimed).await {
        tracing::warn!(
            call.id = %claimed.call,
            error = chain(&error),
            "an effect is waiting for the database"
        );
    }
}

async fn do_one(state: &AppState, claimed: &Claimed) -> Result<(), store::Error> {
    let Some((_, call)) = state.store.load(&claimed.call).await? else {
        return state.store.drop_effect(&claimed.id).await;
    };
    let effect: Effect = match read(claimed) {
        Ok(effect) => effect,
        Err(error) => {
            tracing::error!(call.id = %claimed.call, effect = claimed.kind, %error, "an effect cannot be read");
            return state.store.drop_effect(&claimed.id).await;
        }
    };
    let pause = Pause::of(&effect);
    let is_last_try = claimed.attempts >= pause.tries();
    match perform::perform(state, claimed, &call, effect, is_last_try).await? {
        Tried::Pointless => {
            leave_line(state, claimed).await?;
            state.store.drop_effect(&claimed.id).await
        }
        Tried::NotYet(due) => {
            leave_line(state, claimed).await?;
            state.store.give_back(&claimed.id, due).await
        }
        Tried::InLine => Ok(()),
        Tried::Again(why) => {
            tracing::info!(call.id = %claimed.call, effect = claimed.kind, attempts = claimed.attempts, why = why.words(), "the carrier is asked again later");
            let due = Moment(state.clock.now().0 + pause.after(claimed.attempts));
            state.store.postpone(&claimed.id, due).await
        }
        Tried::Happened(event, name) => {
            let knock = Knock {
                sid: &claimed.call,
                identity: None,
                name,
                request: store::Request::default(),
                settles: Some(claimed.id.clone()),
            };
            let refused = match door::enter(state, knock, *event, |_| None).await {
                Ok(Answered::Decided(_)) => return Ok(()),
                Ok(Answered::NoCall) => return state.store.drop_effect(&claimed.id).await,
                Ok(Answered::Refused(refusal)) => refusal.to_string(),
                Ok(Answered::AgentRefused(refusal)) => refusal.to_string(),
                Err(door::Failure::Store(error)) => return Err(error),
                Err(failure @ (door::Failure::Plan(_) | door::Failure::Contended)) => {
                    tracing::warn!(call.id = %claimed.call, error = chain(&failure), "an effect's outcome waits");
                    return Ok(());
                }
            };
            // What has happened has happened: somebody whom it concerns may be about to change.
            if is_last_try {
                tracing::error!(call.id = %claimed.call, effect = claimed.kind, refused, "an effect's outcome was given up");
                return state.store.drop_effect(&claimed.id).await;
            }
            let due = Moment(state.clock.now().0 + pause.after(claimed.attempts));
            state.store.postpone(&claimed.id, due).await
        }
    }
}

/// What creates no call, or not yet, keeps no turn from others.
async fn leave_line(state: &AppState, claimed: &Claimed) -> Result<(), store::Error> {
    match claimed.turn() {
        Some(who) => guard::leave_line(state, &who).await,
        None => Ok(()),
    }
}

/// How long an effect rests before it is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pause {
    /// Nobody waits for it.
    Long,
    /// Somebody does, but not in silence.
    Growing,
    /// A caller may hear nothing meanwhile, and what else the rules have for them waits behind it.
    Short,
}

impl Pause {
    const fn of(effect: &Effect) -> Self {
        match effect {
            Effect::AskCarrier { .. } => Self::Long,
            Effect::EndLeg { .. }
            | Effect::SendAway { .. }
            | Effect::Tick { .. }
            | Effect::Sweep { .. }
            | Effect::InRoom {
                what: RoomDeed::Tick { .. } | RoomDeed::Sweep { .. },
                ..
            } => Self::Growing,
            Effect::RingAgent { .. }
            | Effect::RingNumber { .. }
            | Effect::EndRoom
            | Effect::SetEndsRoom { .. }
            | Effect::Hold { .. }
            | Effect::Mute { .. }
            | Effect::SetHeard { .. }
            | Effect::RedirectCaller { .. }
            | Effect::InRoom {
                what:
                    RoomDeed::EndsRoom { .. }
                    | RoomDeed::Mute { .. }
                    | RoomDeed::Hold { .. }
                    | RoomDeed::Remove { .. }
                    | RoomDeed::Redirect { .. }
                    | RoomDeed::Announce { .. }
                    | RoomDeed::Record { .. }
                    | RoomDeed::End { .. }
                    | RoomDeed::Ring { .. }
                    | RoomDeed::EndInvite { .. },
                ..
            } => Self::Short,
        }
    }

    /// How often an effect is tried before it is given up. For who hears nothing it is tried more often in the same time.
    const fn tries(self) -> i64 {
        match self {
            Self::Long | Self::Growing => 7,
            Self::Short => 11,
        }
    }

    /// In milliseconds.
    fn after(self, attempts: i64) -> i64 {
        let doublings = attempts.clamp(0, 8);
        match self {
            Self::Long => 10_000 << doublings,
            Self::Growing => 250 << doublings,
            Self::Short => (250 << doublings).min(1_000),
        }
    }
}

/// An effect as the outbox has it. What earlier releases wrote of the one that there was had no payload.
fn read(claimed: &Claimed) -> Result<Effect, serde_json::Error> {
    if claimed.payload == "{}" {
        return Ok(Effect::AskCarrier { due: Moment(0) });
    }
    serde_json::from_str(&claimed.payload)
}
