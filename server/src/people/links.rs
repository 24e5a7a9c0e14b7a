//! Links that are made for people: invitations, and another password. Each is shown once, to whoever made it.

use desk::people::{InvitationRow, InviteForm, LinkView, MadeLink};
use desk::{DeskError, FieldError, Role};
use exchange::Moment;
use store::{Audited, Link, Linked, Store};

use super::skills::{self, Skills};
use super::{audited, broken, codes, known, texts};
use crate::auth::Visit;
use crate::auth::link::{Closed, hash, look};
use crate::chance;
use crate::digest::sha256;
use crate::state::AppState;

/// How long a link is good.
const GOOD_MS: i64 = 7 * 24 * 60 * 60_000;

/// How long a name may be.
const LONGEST_NAME: usize = 100;

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct Invited {
    /// What others are to call them; may be empty.
    pub name: String,
    /// What they will be able to do.
    pub role: Role,
    /// Whose calls they will take.
    pub teams: Option<Vec<exchange::TeamId>>,
    /// The languages they speak with callers.
    pub languages: Vec<exchange::Language>,
}

pub(crate) async fn invite(
    state: &AppState,
    by: &str,
    visit: &Visit,
    form: &InviteForm,
) -> Result<String, DeskError> {
    let mut errors = Vec::new();
    let name = form.name.trim().to_owned();
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        errors.push(FieldError::new(
            "name",
            "A name has at most 100 characters.",
        ));
    }
    let role = form.role.parse::<Role>();
    if role.is_err() {
        errors.push(FieldError::new("role", "Choose what they may do."));
    }
    let skills = skills::read(&form.skills).unwrap_or_else(|error| {
        errors.push(error);
        Skills::default()
    });
    let (Ok(role), true) = (role, errors.is_empty()) else {
        return Err(DeskError::Invalid(errors));
    };
    let invited = Invited {
        name,
        role,
        teams: skills.teams,
        languages: skills.languages,
    };
    let (id, session) = (chance::secret(), session(visit)?);
    let now = state.clock.now();
    let token = token(session, &id);
    let made = make(&state.store, &id, &token, &invited, by, now).await;
    match made.map_err(broken)? {
        Linked::Made => Ok(id),
        Linked::ForNobody | Linked::ByNobody => Err(DeskError::Forbidden),
    }
}

/// Invites somebody, and gives the path of the link.
///
/// # Errors
/// When the database cannot be reached.
pub async fn invite_by(
    store: &Store,
    by: &str,
    invited: &Invited,
    now: Moment,
) -> Result<String, store::Error> {
    let token = chance::secret();
    make(store, &chance::secret(), &token, invited, by, now).await?;
    Ok(format!("/invite/{token}"))
}

async fn make(
    store: &Store,
    id: &str,
    token: &str,
    invited: &Invited,
    by: &str,
    now: Moment,
) -> Result<Linked, store::Error> {
    let link = Link {
        id: id.to_owned(),
        user_name: None,
        name: invited.name.clone(),
        role: invited.role,
        teams: invited.teams.clone(),
        languages: invited.languages.clone(),
        made: now,
        by: by.to_owned(),
        until: Moment(now.0 + GOOD_MS),
        used: None,
    };
    let line = Audited {
        at: now,
        by: by.to_owned(),
        about: "people".to_owned(),
        what: format!("Invited {} as {}.", whom(&invited.name), invited.role),
    };
    store.make_link(&link, &hash(token), &line).await
}

pub(crate) async fn invite_anew(
    state: &AppState,
    by: &str,
    visit: &Visit,
    id: &str,
) -> Result<String, DeskError> {
    let old = invitation(state, id).await?;
    let what = format!(
        "Took the invitation of {} as {} back and made another.",
        whom(&old.name),
        old.role
    );
    let line = audited(state, by, "people", what);
    let (anew, session) = (chance::secret(), session(visit)?);
    let link = Link {
        id: anew.clone(),
        made: line.at,
        by: by.to_owned(),
        until: Moment(line.at.0 + GOOD_MS),
        ..old
    };
    let hash = hash(&token(session, &anew));
    let made = state.store.invite_anew(id, &link, &hash, &line).await;
    match made.map_err(broken)? {
        true => Ok(anew),
        false => Err(DeskError::NotFound),
    }
}

pub(crate) async fn withdraw(state: &AppState, by: &str, id: &str) -> Result<(), DeskError> {
    let link = invitation(state, id).await?;
    let what = format!("Took the invitation of {} back.", whom(&link.name));
    let line = audited(state, by, "people", what);
    let gone = state.store.withdraw_invitation(id, &line).await;
    match gone.map_err(broken)? {
        true => Ok(()),
        false => Err(DeskError::NotFound),
    }
}

pub(crate) async fn reset(
    state: &AppState,
    by: &str,
    visit: &Visit,
    user: &str,
) -> Result<String, DeskError> {
    let person = known(state, user).await?;
    if by == user {
        return Err(DeskError::Refused(
            "Change your own password below: you know the old one.".to_owned(),
        ));
    }
    let gone = || {
        Err(DeskError::Refused(format!(
            "{} is deactivated. Reactivate them first.",
            person.name
        )))
    };
    if person.deactivated.is_some() {
        return gone();
    }
    let (id, session) = (chance::secret(), session(visit)?);
    let now = state.clock.now();
    let token = token(session, &id);
    let made = reset_link(&state.store, &id, &token, by, &person, now).await;
    match made.map_err(broken)? {
        Linked::Made => Ok(id),
        Linked::ForNobody => gone(),
        Linked::ByNobody => Err(DeskError::Forbidden),
    }
}

/// Stops somebody's password, and gives the path of the link by which they choose another; nothing where they may not
/// sign in.
///
/// # Errors
/// When the database cannot be reached.
pub async fn reset_by(
    store: &Store,
    by: &str,
    person: &store::Person,
    now: Moment,
) -> Result<Option<String>, store::Error> {
    let token = chance::secret();
    let made = reset_link(store, &chance::secret(), &token, by, person, now).await?;
    Ok((made == Linked::Made).then(|| format!("/invite/{token}")))
}

async fn reset_link(
    store: &Store,
    id: &str,
    token: &str,
    by: &str,
    person: &store::Person,
    now: Moment,
) -> Result<Linked, store::Error> {
    let link = Link {
        id: id.to_owned(),
        user_name: Some(person.user_name.clone()),
        name: person.name.clone(),
        role: person.role,
        teams: None,
        languages: Vec::new(),
        made: now,
        by: by.to_owned(),
        until: Moment(now.0 + GOOD_MS),
        used: None,
    };
    let line = Audited {
        at: now,
        by: by.to_owned(),
        about: person.user_name.clone(),
        what: format!(
            "Stopped the password of {}, who is to choose another by a link.",
            person.name
        ),
    };
    store.make_link(&link, &hash(token), &line).await
}

/// The link that was made a moment ago in this session, once.
pub(super) async fn made(
    state: &AppState,
    by: &str,
    visit: &Visit,
    id: &str,
) -> Result<Option<MadeLink>, DeskError> {
    if id.is_empty() {
        return Ok(None);
    }
    let session = session(visit)?;
    let now = state.clock.now();
    let link = state.store.show_link(id, by, now).await.map_err(broken)?;
    let public = state.config.web.first_public().as_str();
    Ok(link.map(|link| MadeLink {
        address: format!("{public}/invite/{}", token(session, id)),
        whom: whom(&link.name),
        until_ms: link.until.0,
    }))
}

/// What a link is for.
pub(crate) async fn open(
    state: &AppState,
    visit: &Visit,
    token: &str,
) -> Result<LinkView, DeskError> {
    match look(state, token, visit.address).await.map_err(broken)? {
        Ok(link) => Ok(LinkView {
            user_name: link.user_name,
            name: link.name,
            role: link.role,
        }),
        Err(Closed::Spent) => Err(DeskError::NotFound),
        Err(Closed::Wait(until)) => {
            let wait = desk::duration(until.0 - state.clock.now().0);
            Err(DeskError::Refused(format!(
                "Too many tries in a short time. Try again in {wait}."
            )))
        }
    }
}

pub(super) fn row(link: &Link, now: Moment) -> InvitationRow {
    InvitationRow {
        id: link.id.clone(),
        name: link.name.clone(),
        role: link.role,
        teams: link.teams.as_deref().map(texts),
        languages: codes(&link.languages),
        by: link.by.clone(),
        made_ms: link.made.0,
        until_ms: link.until.0,
        is_over: !link.is_open(now),
    }
}

async fn invitation(state: &AppState, id: &str) -> Result<Link, DeskError> {
    let links = state.store.invitations().await.map_err(broken)?;
    let found = links.into_iter().find(|link| link.id == id);
    found.ok_or(DeskError::NotFound)
}

fn whom(name: &str) -> String {
    match name {
        "" => "somebody".to_owned(),
        name => name.to_owned(),
    }
}

/// What makes a link one: only whoever has the session that it was made in can find it again, and nothing of it is kept
/// but its hash.
fn token(session: &str, id: &str) -> String {
    sha256(format!("a link\n{session}\n{id}"))
}

fn session(visit: &Visit) -> Result<&str, DeskError> {
    visit.session.as_deref().ok_or(DeskError::SignedOut)
}
