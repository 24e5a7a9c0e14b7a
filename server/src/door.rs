//! The one door: an event comes in, the rules decide, the decision is committed, and only then is
//! anybody answered.

use exchange::conference::Room;
use exchange::{AgentRefusal, Call, CallSid, Effect, Event, LineKind, Moment, Plan, Refusal, Step};
use store::{
    AgentChange, Change, Commit, EffectId, Entry, FloorChange, NewEffect, PlanVersion, Request,
    RoomChange, Version,
};

use crate::agents;
use crate::civil;
use crate::guesses::Guesser;
use crate::render;
use crate::state::AppState;

/// How often a step is taken again when others change the same call at the same time.
const MAX_ATTEMPTS: u32 = 16;

/// What the carrier calls keys, and what stands for them where they may be a code or PIN.
pub(crate) const KEYS: &str = "Digits";
pub(crate) const NOT_KEPT: &str = "(not kept)";

/// An event on its way in, with what the journal keeps of it.
pub struct Knock<'a> {
    /// Whose call.
    pub sid: &'a CallSid,
    /// What the delivery is known by; a second one with the same identity changes nothing.
    pub identity: Option<String>,
    /// The event in the journal's words, such as `POST /ivr/menu`.
    pub name: &'a str,
    /// What was sent along.
    pub request: Request,
    /// The outbox row whose outcome this is.
    pub settles: Option<EffectId>,
}

/// What came of an event.
pub enum Answered {
    /// It was decided and committed; the document is what the caller is answered with.
    Decided(Option<String>),
    /// There is no such call, and the event does not begin one.
    NoCall,
    /// What somebody wants cannot be; nothing was written.
    Refused(Refusal),
    /// An agent whom the step concerns cannot take part in it; nothing was written.
    AgentRefused(AgentRefusal),
}

/// Why an event could not be decided. The world broke: the caller is asked to call again.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database does not answer.
    #[error("the decision could not be committed")]
    Store(#[from] store::Error),
    /// The plan cannot be read.
    #[error("the plan could not be read")]
    Plan(#[from] crate::plans::PlanProblem),
    /// Others changed the call faster than we could.
    #[error("the call changed {MAX_ATTEMPTS} times while one step was taken")]
    Contended,
}

/// Takes an event through the door. `begin` makes the call when nothing is known of it.
///
/// # Errors
/// [`Failure`]; nothing is written then.
pub async fn enter(
    state: &AppState,
    knock: Knock<'_>,
    event: Event,
    begin: impl Fn(&Plan) -> Option<Call>,
) -> Result<Answered, Failure> {
    let mut known = state.store.recall(knock.sid);
    // A call that is not remembered here is taken for a new one: the commit refuses when it is not.
    let mut is_loaded = false;
    let mut turn = None;
    for _ in 0..MAX_ATTEMPTS {
        let now = state.clock.now();
        let (plan_version, plan) = state.plans.current();
        let (was, call) = match known.take() {
            Some(known) => known,
            None => match begin(&plan) {
                Some(call) => (Version(0), call),
                None if is_loaded => return Ok(Answered::NoCall),
                None => match state.store.load(knock.sid).await? {
                    Some(known) => known,
                    None => return Ok(Answered::NoCall),
                },
            },
        };
        let is_first = was == Version(0);
        let is_secret = call.may_key_secrets(&plan);
        let room = room(state, &call, &event, &plan).await?;
        // The zones are those of the plan that is decided by: another one may have been read since the last try.
        let happened = event.clone().at_clocks(|| civil::clocks(&plan, now));
        let mut step = match &room {
            Some((_, room)) => call.in_room(room, happened, is_first, now, &plan),
            None => call.on(happened, is_first, now, &plan),
        };
        let agents = match step.refusal.take() {
            Some(refusal) => Err(Answered::Refused(refusal)),
            None => agents::concerned(state, &step.agents, &plan, now)
                .await?
                .map_err(Answered::AgentRefused),
        };
        let agents = match agents {
            Ok(agents) => agents,
            Err(refused) if is_loaded => return Ok(refused),
            // What is remembered may be old, and no commit of a refusal would tell.
            Err(_) => {
                known = state.store.load(knock.sid).await?;
                is_loaded = true;
                continue;
            }
        };
        let document = step
            .answer
            .as_ref()
            .map(|answer| render::document(answer, &state.urls));
        let wrong = step.wrong_code.then(|| {
            let call = &step.call;
            Guesser::of(&call.caller, call.dialled.as_ref())
        });
        let is_passing = is_passing(&event, &step);
        let changes_nothing = is_passing && step.room.is_none() && step.effects.is_empty();
        if changes_nothing && knock.settles.is_none() {
            return Ok(Answered::Decided(None));
        }
        let taken = Taken {
            step,
            was,
            room_was: room.map_or(Version(0), |(version, _)| version),
            plan: (plan_version, &plan),
            agents,
            now,
            is_passing,
            is_secret,
        };
        let change = change(&knock, taken, document.clone());
        match state.store.commit(change).await? {
            Commit::Committed(_) => {
                if let Some(guesser) = wrong {
                    guesser.was_wrong(state, now).await;
                }
                return Ok(Answered::Decided(document));
            }
            Commit::Duplicate { document } => return Ok(Answered::Decided(document)),
            Commit::StalePlan(_) => {
                state.plans.refresh(&state.store).await?;
                known = state.store.recall(knock.sid);
            }
            Commit::Conflict => {
                // Many who try again at once would only keep each other from it.
                if turn.is_none() {
                    turn = Some(state.contended.lock().await);
                }
                known = state.store.load(knock.sid).await?;
                is_loaded = true;
            }
        }
    }
    Err(Failure::Contended)
}

/// A step, and what it was taken from.
struct Taken<'a> {
    step: Step,
    was: Version,
    room_was: Version,
    plan: (PlanVersion, &'a Plan),
    agents: Vec<AgentChange>,
    now: Moment,
    /// Nobody needs to read of it.
    is_passing: bool,
    /// What is keyed in may be a code or PIN: then nobody reads of it.
    is_secret: bool,
}

/// Whether nobody needs to read that something happened: nothing was decided that can be told.
fn is_passing(event: &Event, step: &Step) -> bool {
    let may_pass = match event {
        Event::Conference(event) => event.is_passing(),
        Event::Arrived(_)
        | Event::Reported(_)
        | Event::Asked(_)
        | Event::Forward(..)
        | Event::Menu(..)
        | Event::CallOut(..)
        | Event::Support(_) => false,
    };
    may_pass && step.lines.is_empty() && step.answer.is_none()
}

fn change(knock: &Knock<'_>, taken: Taken<'_>, document: Option<String>) -> Change {
    let Taken {
        step,
        was,
        room_was,
        plan: (version, plan),
        agents,
        now,
        is_passing,
        is_secret,
    } = taken;
    let row = step.call.floor(plan);
    let team = match plan.line(&step.call.line).map(|line| &line.kind) {
        Some(LineKind::Support(settings)) => Some(settings.team.clone()),
        Some(LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_)) | None => {
            None
        }
    };
    Change {
        was,
        plan: version,
        effects: step
            .effects
            .iter()
            .map(|effect| new_effect(effect, now))
            .collect(),
        entry: if is_passing {
            Entry {
                at: now,
                ..Entry::default()
            }
        } else {
            Entry {
                at: now,
                identity: knock.identity.clone(),
                lines: step.lines,
                event: knock.name.to_owned(),
                request: if step.call.is_erased {
                    Request::default()
                } else if is_secret {
                    knock.request.masked(KEYS, NOT_KEPT)
                } else {
                    knock.request.clone()
                },
                document,
            }
        },
        settles: knock.settles.clone(),
        agents,
        team,
        floor: match row {
            Some(row) => FloorChange::Row(row),
            None if step.call.support().is_some() || step.call.calling_out().is_some() => {
                FloorChange::Gone
            }
            None => FloorChange::None,
        },
        filed: step.filed,
        room: step.room.map(|made| RoomChange {
            room: made.room,
            was: room_was,
            stays: made.stays,
            over: made.over,
        }),
        call: step.call,
    }
}

/// The room that an event concerns, as it stands; one in which nobody has been is new.
async fn room(
    state: &AppState,
    call: &Call,
    event: &Event,
    plan: &Plan,
) -> Result<Option<(Version, Room)>, store::Error> {
    let Some(id) = call.room_of(event, plan) else {
        return Ok(None);
    };
    Ok(Some(match state.store.room(&id).await? {
        Some(known) => (known.version, known.room),
        None => (Version(0), Room::new(id)),
    }))
}

fn new_effect(effect: &Effect, now: Moment) -> NewEffect {
    NewEffect {
        kind: effect.word().to_owned(),
        payload: serde_json::to_string(effect).expect("an effect is made of texts and numbers"),
        due: effect.due(now),
        lane: effect.lane(),
    }
}
