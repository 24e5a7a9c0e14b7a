//! What admins do to people who are there already.

use desk::people::{PersonForm, languages_in_words, teams_in_words};
use desk::{DeskError, FieldError, Role};
use exchange::UserName;
use store::{AgentChange, AuditQuery, Kept, Person, PersonChange};

use super::skills::{self, Skills};
use super::{audited, broken, codes, known, texts};
use crate::agents;
use crate::state::AppState;

/// How often a change is made again when others change the same person at the same time.
const MAX_ATTEMPTS: u32 = 16;

const LAST_ADMIN: &str = "There would be no admin any more. Make somebody else one first.";

pub(crate) async fn save(state: &AppState, by: &str, form: &PersonForm) -> Result<(), DeskError> {
    let person = known(state, &form.user).await?;
    let name = form.name.trim();
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        errors.push(FieldError::new(
            "name",
            "Enter a name of at most 100 characters.",
        ));
    }
    let role = form.role.parse::<Role>().unwrap_or_else(|_| {
        errors.push(FieldError::new("role", "Choose what they may do."));
        person.role
    });
    if by == person.user_name && role != person.role {
        errors.push(FieldError::new(
            "role",
            "You cannot change what you may do yourself. Ask another admin.",
        ));
    }
    let skills = skills::read(&form.skills).unwrap_or_else(|error| {
        errors.push(error);
        Skills::default()
    });
    if !errors.is_empty() {
        return Err(DeskError::Invalid(errors));
    }
    let what = differences(&person, name, role, &skills);
    if what.is_empty() {
        return Ok(());
    }
    let change = PersonChange {
        user_name: &form.user,
        decided_on: form.version,
        name,
        role,
        teams: skills.teams.as_deref(),
        languages: &skills.languages,
    };
    let line = audited(
        state,
        by,
        &form.user,
        format!("Changed {}: {what}.", person.name),
    );
    let kept = state.store.change_person(&change, &line).await;
    match kept.map_err(broken)? {
        Kept::Changed => Ok(()),
        Kept::MovedOn | Kept::Nobody => Err(meanwhile(state, &form.user).await?),
        Kept::LastAdmin => Err(DeskError::Refused(LAST_ADMIN.to_owned())),
    }
}

pub(crate) async fn sign_out(state: &AppState, by: &str, user: &str) -> Result<(), DeskError> {
    let person = known(state, user).await?;
    sign_out_by(state, by, &person).await.map_err(broken)
}

/// Ends all sessions of somebody.
///
/// # Errors
/// When the database cannot be reached.
pub async fn sign_out_by(state: &AppState, by: &str, person: &Person) -> Result<(), store::Error> {
    let what = format!("Signed {} out everywhere.", person.name);
    let line = audited(state, by, &person.user_name, what);
    state.store.sign_out(&person.user_name, &line).await
}

pub(crate) async fn deactivate(state: &AppState, by: &str, user: &str) -> Result<(), DeskError> {
    let person = known(state, user).await?;
    if by == user {
        return Err(DeskError::Refused(
            "You cannot deactivate yourself. Ask another admin.".to_owned(),
        ));
    }
    deactivate_by(state, by, &person).await
}

/// Lets somebody in no longer.
///
/// # Errors
/// `Refused` while they are in a call, and for the last admin; `Internal`.
pub async fn deactivate_by(state: &AppState, by: &str, person: &Person) -> Result<(), DeskError> {
    let user = UserName::parse(&person.user_name).map_err(|_| DeskError::NotFound)?;
    for _ in 0..MAX_ATTEMPTS {
        let now = state.clock.now();
        let (_, plan) = state.plans.current();
        let known = agents::known(state, &user, &plan, now).await;
        let Some(known) = known.map_err(broken)? else {
            return Ok(());
        };
        let Some(agent) = known.agent.taken_off(now) else {
            return Err(DeskError::Refused(format!(
                "{} is in a call. Wait until it is over.",
                person.name
            )));
        };
        let change = AgentChange {
            agent,
            was: known.version,
        };
        let line = audited(
            state,
            by,
            user.as_str(),
            format!("Deactivated {}.", person.name),
        );
        let kept = state
            .store
            .deactivate(user.as_str(), &change, now, &line)
            .await;
        match kept.map_err(broken)? {
            Kept::Changed | Kept::Nobody => return Ok(()),
            Kept::LastAdmin => return Err(DeskError::Refused(LAST_ADMIN.to_owned())),
            Kept::MovedOn => {}
        }
    }
    Err(DeskError::Refused(format!(
        "{} is busy at this moment. Try again.",
        person.name
    )))
}

pub(crate) async fn reactivate(state: &AppState, by: &str, user: &str) -> Result<(), DeskError> {
    let person = known(state, user).await?;
    let line = audited(state, by, user, format!("Reactivated {}.", person.name));
    let kept = state.store.reactivate(user, &line).await;
    kept.map(|_| ()).map_err(broken)
}

/// What somebody else did to a person since the form was shown.
async fn meanwhile(state: &AppState, user: &str) -> Result<DeskError, DeskError> {
    let query = AuditQuery {
        about: user.to_owned(),
        ..AuditQuery::default()
    };
    let lines = state
        .store
        .audit_lines(&query, 0, 20)
        .await
        .map_err(broken)?;
    let last = lines.iter().find(|line| line.what.starts_with("Changed "));
    let what = last.map_or_else(String::new, |line| {
        format!(" {} (by {})", line.what.trim_end_matches('.'), line.by)
    });
    Ok(DeskError::Refused(format!(
        "Meanwhile somebody else changed this person:{what}. Nothing of yours was saved: load the page again to change what is there now."
    )))
}

/// What a form changes, in words.
fn differences(person: &Person, name: &str, role: Role, skills: &Skills) -> String {
    let mut words = Vec::new();
    let mut differs = |what: &str, before: String, after: String| {
        if before != after {
            words.push(format!("{what}: {after}, was {before}"));
        }
    };
    differs("name", person.name.clone(), name.to_owned());
    differs("role", person.role.to_string(), role.to_string());
    let teams = |teams: Option<&[exchange::TeamId]>| teams_in_words(teams.map(texts).as_deref());
    differs(
        "teams",
        teams(person.teams.as_deref()),
        teams(skills.teams.as_deref()),
    );
    let languages = |languages: &[exchange::Language]| languages_in_words(&codes(languages));
    differs(
        "languages",
        languages(&person.languages),
        languages(&skills.languages),
    );
    words.join("; ")
}
