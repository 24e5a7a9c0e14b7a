//! People, as admins keep them: who there is, what they may do, and how they come in.

mod acts;
mod links;
mod skills;

use std::collections::{BTreeMap, BTreeSet};

use desk::people::{PeopleFilter, PeopleView, PersonRow, PersonView};
use desk::{DeskError, Role, StandingView, Viewer};
use exchange::{Language, Plan, TeamId};
use store::{Audited, KnownAgent, Person};

use crate::agents;
use crate::auth::Visit;
use crate::chain::chain;
use crate::state::AppState;

pub(crate) use acts::{deactivate, reactivate, save, sign_out};
pub use acts::{deactivate_by, sign_out_by};
pub use links::{Invited, invite_by, reset_by};
pub(crate) use links::{invite, invite_anew, open, reset, withdraw};

/// Everybody whom the filter lets through.
pub(crate) async fn page(
    state: &AppState,
    by: &str,
    visit: &Visit,
    filter: &PeopleFilter,
) -> Result<PeopleView, DeskError> {
    let (_, plan) = state.plans.current();
    let people = state.store.people().await.map_err(broken)?;
    let agents = by_name(state, &plan).await?;
    let all: Vec<PersonRow> = people
        .iter()
        .map(|person| row(state, person, agents.get(&person.user_name)))
        .collect();
    let invitations = state.store.invitations().await.map_err(broken)?;
    let now = state.clock.now();
    Ok(PeopleView {
        total: u64::try_from(all.len()).unwrap_or(u64::MAX),
        rows: all
            .into_iter()
            .filter(|row| filter.lets_through(row))
            .collect(),
        invitations: invitations
            .iter()
            .map(|link| links::row(link, now))
            .collect(),
        teams: every_team(&plan, &people),
        made: links::made(state, by, visit, &filter.made).await?,
    })
}

/// Somebody on their page.
pub(crate) async fn one(
    state: &AppState,
    viewer: &Viewer,
    visit: &Visit,
    user: &str,
    made: &str,
) -> Result<PersonView, DeskError> {
    let person = known(state, user).await?;
    let (_, plan) = state.plans.current();
    let people = state.store.people().await.map_err(broken)?;
    let agents = by_name(state, &plan).await?;
    let may_change = viewer.role >= Role::Admin;
    let made = match may_change {
        true => links::made(state, &viewer.user_name, visit, made).await?,
        false => None,
    };
    Ok(PersonView {
        row: row(state, &person, agents.get(user)),
        created_ms: person.created.0,
        version: person.version,
        has_password: person.has_password(),
        is_self: viewer.user_name == user,
        may_change,
        all_teams: every_team(&plan, &people),
        made,
    })
}

async fn known(state: &AppState, user: &str) -> Result<Person, DeskError> {
    let person = state.store.person(user).await.map_err(broken)?;
    person.ok_or(DeskError::NotFound)
}

async fn by_name(state: &AppState, plan: &Plan) -> Result<BTreeMap<String, KnownAgent>, DeskError> {
    let agents = agents::everybody(state, plan).await.map_err(broken)?;
    Ok(agents
        .into_iter()
        .map(|known| (known.agent.user.to_string(), known))
        .collect())
}

fn row(state: &AppState, person: &Person, agent: Option<&KnownAgent>) -> PersonRow {
    let now = state.clock.now();
    let active = agent.filter(|_| person.deactivated.is_none());
    let standing = active.map(|known| exchange::shown(&known.agent, &known.presence, now));
    let is_here = active.is_some_and(|known| {
        let answered = known.presence.answered;
        answered.is_some_and(|at| now.0 - at.0 < exchange::ANSWERED_WITHIN_MS)
    });
    PersonRow {
        user_name: person.user_name.clone(),
        name: person.name.clone(),
        role: person.role,
        teams: person.teams.as_deref().map(texts),
        languages: codes(&person.languages),
        standing: standing.as_ref().map(StandingView::from),
        is_here,
        seen_ms: person.seen.map(|at| at.0),
        deactivated_ms: person.deactivated.map(|at| at.0),
    }
}

/// Every team that a line or a person names.
fn every_team(plan: &Plan, people: &[Person]) -> Vec<String> {
    let of_people = people.iter().filter_map(|person| person.teams.as_ref());
    let teams: BTreeSet<String> = agents::teams(plan)
        .iter()
        .chain(of_people.flatten())
        .map(ToString::to_string)
        .collect();
    teams.into_iter().collect()
}

fn texts(teams: &[TeamId]) -> Vec<String> {
    teams.iter().map(ToString::to_string).collect()
}

fn codes(languages: &[Language]) -> Vec<String> {
    languages
        .iter()
        .map(|language| language.code().to_owned())
        .collect()
}

/// A line of the audit about somebody.
fn audited(state: &AppState, by: &str, about: &str, what: String) -> Audited {
    Audited {
        at: state.clock.now(),
        by: by.to_owned(),
        about: about.to_owned(),
        what,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn broken(error: store::Error) -> DeskError {
    tracing::error!(error = chain(&error), "people could not be read or written");
    DeskError::Internal
}
