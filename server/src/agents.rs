//! Agents at the edge: whom a step concerns, and what becomes of somebody without a call.

use std::collections::BTreeSet;

use exchange::{
    Agent, AgentEvent, AgentRefusal, LineKind, Moment, Plan, Presence, TeamId, UserName,
};
use store::{AgentChange, Audited, Commit, KnownAgent, Newcomer, Version};

use crate::state::AppState;

/// How often a change of an agent is made again when others change them at the same time.
const MAX_ATTEMPTS: u32 = 16;

/// What became of an event that concerns an agent alone.
#[derive(Debug)]
pub enum Told {
    /// It is written, or it changed nothing.
    Done,
    /// It cannot be.
    Refused(AgentRefusal),
    /// There is nobody of that name who takes calls.
    Nobody,
}

/// Why an event could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database does not answer.
    #[error("what becomes of an agent could not be written")]
    Store(#[from] store::Error),
    /// Others changed them faster than we could.
    #[error("the agent changed {MAX_ATTEMPTS} times while one step was taken")]
    Contended,
}

/// An agent as they are known, or as they begin: everybody of ours who may sign in can take calls, of
/// all teams until somebody says otherwise.
///
/// # Errors
/// When the database does not answer.
pub async fn known(
    state: &AppState,
    user: &UserName,
    plan: &Plan,
    now: Moment,
) -> Result<Option<KnownAgent>, store::Error> {
    if let Some(known) = state.store.agent(user).await? {
        return Ok(Some(of_teams(known, plan)));
    }
    let person = state.store.person(user.as_str()).await?;
    Ok(person
        .filter(|person| person.deactivated.is_none())
        .map(|person| {
            let newcomer = Newcomer {
                user: user.clone(),
                name: person.name,
                teams: person.teams,
                languages: person.languages,
                since: now,
                presence: Presence::default(),
            };
            begun(newcomer, plan)
        }))
}

/// Everybody who has taken calls and still may.
///
/// # Errors
/// When the database does not answer.
pub async fn active(state: &AppState, plan: &Plan) -> Result<Vec<KnownAgent>, store::Error> {
    let agents = state.store.agents().await?.into_iter();
    Ok(agents.map(|known| of_teams(known, plan)).collect())
}

/// An agent of whom nobody has said which teams' calls they take, with every team there is.
fn of_teams(mut known: KnownAgent, plan: &Plan) -> KnownAgent {
    if known.is_of_every_team {
        known.agent.teams = teams(plan);
    }
    known
}

/// Somebody who has not been an agent yet, as they begin.
fn begun(newcomer: Newcomer, plan: &Plan) -> KnownAgent {
    let is_of_every_team = newcomer.teams.is_none();
    let teams = newcomer.teams.unwrap_or_else(|| teams(plan));
    let mut agent = Agent::new(newcomer.user, newcomer.name, teams, newcomer.since);
    agent.languages = newcomer.languages;
    KnownAgent {
        version: Version(0),
        agent,
        is_of_every_team,
        presence: newcomer.presence,
    }
}

/// Everybody who takes calls, or would once they said so.
///
/// # Errors
/// When the database does not answer.
pub async fn everybody(state: &AppState, plan: &Plan) -> Result<Vec<KnownAgent>, store::Error> {
    // Whoever becomes an agent in between is in both, and counts as one.
    let newcomers = state.store.newcomers().await?;
    let mut agents = active(state, plan).await?;
    let known: BTreeSet<UserName> = agents
        .iter()
        .map(|known| known.agent.user.clone())
        .collect();
    let newcomers = newcomers.into_iter();
    agents.extend(
        newcomers
            .filter(|newcomer| !known.contains(&newcomer.user))
            .map(|newcomer| begun(newcomer, plan)),
    );
    Ok(agents)
}

/// Every team that a line names.
pub fn teams(plan: &Plan) -> Vec<TeamId> {
    let teams: BTreeSet<TeamId> = plan
        .lines()
        .filter_map(|line| match &line.kind {
            LineKind::Support(settings) => Some(settings.team.clone()),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => None,
        })
        .collect();
    teams.into_iter().collect()
}

/// What a step of a call means for agents; when one of them cannot take part in it, why not. Somebody
/// who is nobody of ours, as on the tutorial's routes, is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn concerned(
    state: &AppState,
    events: &[(UserName, AgentEvent)],
    plan: &Plan,
    now: Moment,
) -> Result<Result<Vec<AgentChange>, AgentRefusal>, store::Error> {
    let mut changes: Vec<(AgentChange, Presence)> = Vec::new();
    for (user, event) in events {
        let place = match changes
            .iter()
            .position(|(change, _)| change.agent.user == *user)
        {
            Some(place) => place,
            None => match known(state, user, plan, now).await? {
                None if matches!(event, AgentEvent::Reserved { .. }) => {
                    return Ok(Err(AgentRefusal::NotAvailable {
                        name: user.to_string(),
                        why: "unknown",
                    }));
                }
                None => continue,
                Some(known) => {
                    let change = AgentChange {
                        agent: known.agent,
                        was: known.version,
                    };
                    changes.push((change, known.presence));
                    changes.len() - 1
                }
            },
        };
        let (change, presence) = &mut changes[place];
        match change.agent.on(event, presence, now) {
            Ok(step) => change.agent = step.agent,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Ok(Ok(changes.into_iter().map(|(change, _)| change).collect()))
}

/// Something happened to an agent that concerns no call. What somebody else did to them, `by` name, is
/// written into the audit.
///
/// # Errors
/// [`Failure`]; nothing is written then.
pub async fn tell(
    state: &AppState,
    user: &UserName,
    event: &AgentEvent,
    by: Option<&UserName>,
) -> Result<Told, Failure> {
    for _ in 0..MAX_ATTEMPTS {
        let now = state.clock.now();
        let (_, plan) = state.plans.current();
        let Some(known) = known(state, user, &plan, now).await? else {
            return Ok(Told::Nobody);
        };
        let step = match known.agent.on(event, &known.presence, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Told::Refused(refusal)),
        };
        if step.agent == known.agent {
            return Ok(Told::Done);
        }
        let change = AgentChange {
            agent: step.agent.clone(),
            was: known.version,
        };
        let audited = by.map(|by| Audited {
            at: now,
            by: by.to_string(),
            about: user.to_string(),
            what: step.line.clone(),
        });
        match state.store.commit_agent(&change, audited.as_ref()).await? {
            Commit::Committed(_) => return Ok(Told::Done),
            Commit::Conflict | Commit::StalePlan(_) | Commit::Duplicate { .. } => {}
        }
    }
    Err(Failure::Contended)
}
