//! `/invite/{token}`: the link by which somebody who was invited makes themselves known, or chooses another password.

use std::net::IpAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use exchange::Moment;
use store::{Link, UsedLink};
use tower_sessions::Session;

use super::address::Peer;
use super::failure::Failure;
use super::newcomer::Newcomer;
use super::password::NewPassword;
use super::throttle::Attempt;
use super::{filled, session};
use crate::digest::sha256;
use crate::state::AppState;

/// The page of the link, as the router knows it.
pub(crate) const PAGE: &str = "/invite/{token}";

pub(super) fn router() -> Router<AppState> {
    Router::new().route(PAGE, post(follow))
}

/// Why a link leads nowhere.
pub(crate) enum Closed {
    /// There is no such link, it was used or taken back, or it has run out.
    Spent,
    /// There were too many tries from there; the next is heard at this moment.
    Wait(Moment),
}

/// What is kept of a link: the SHA-256 of its token.
pub(crate) fn hash(token: &str) -> String {
    sha256(token)
}

/// The link of a token, while it may be used. Whoever guesses is slowed down as at the sign-in.
///
/// # Errors
/// When the database cannot be reached.
pub(crate) async fn look(
    state: &AppState,
    token: &str,
    address: Option<IpAddr>,
) -> Result<Result<Link, Closed>, store::Error> {
    let now = state.clock.now();
    let hash = hash(token);
    let attempt = match Attempt::begin(&state.store, &format!("link {hash}"), address, now).await? {
        Ok(attempt) => attempt,
        Err(until) => return Ok(Err(Closed::Wait(until))),
    };
    match state.store.link(&hash).await? {
        None => {
            attempt.failed(&state.store, now).await?;
            Ok(Err(Closed::Spent))
        }
        Some(link) => {
            attempt.succeeded(&state.store).await?;
            Ok(if link.is_open(now) {
                Ok(link)
            } else {
                Err(Closed::Spent)
            })
        }
    }
}

/// What was chosen, or the word for what is wrong with it.
async fn follow(
    State(state): State<AppState>,
    session: Session,
    Peer(address): Peer,
    Path(token): Path<String>,
    form: Result<Form<Newcomer>, FormRejection>,
) -> Result<Response, Failure> {
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let back = |problem: &str| Ok(filled.back(&format!("/invite/{token}"), problem));
    let link = match look(&state, &token, address).await? {
        Ok(link) => link,
        Err(Closed::Spent) => return back("used"),
        Err(Closed::Wait(_)) => return back("throttled"),
    };
    let used = match &link.user_name {
        Some(user_name) => choose_password(&state, &token, user_name, &filled).await?,
        None => join(&state, &token, &filled).await?,
    };
    match used {
        Ok(UsedLink::Done(user_name)) => {
            tracing::info!(agent.id = user_name, "a link was used");
            session::begin(&session, &user_name, state.clock.now()).await?;
            Ok(Redirect::to("/").into_response())
        }
        Ok(UsedLink::Spent) => back("used"),
        Ok(UsedLink::Taken) => back("taken"),
        Err(problem) => back(problem),
    }
}

async fn join(
    state: &AppState,
    token: &str,
    filled: &Newcomer,
) -> Result<Result<UsedLink, &'static str>, Failure> {
    let chosen = match filled.chosen() {
        Ok(chosen) => chosen,
        Err(problem) => return Ok(Err(problem)),
    };
    let known = state.store.person(chosen.user_name.as_str()).await?;
    if known.is_some() {
        return Ok(Err("taken"));
    }
    let person = chosen.person(desk::Role::Agent).await?;
    let now = state.clock.now();
    let used = state.store.use_invitation(&hash(token), &person, now).await;
    Ok(Ok(used?))
}

async fn choose_password(
    state: &AppState,
    token: &str,
    user_name: &str,
    filled: &Newcomer,
) -> Result<Result<UsedLink, &'static str>, Failure> {
    if filled.password.trim().is_empty() {
        return Ok(Err("missing"));
    }
    let Ok(password) = NewPassword::parse(&filled.password, user_name) else {
        return Ok(Err("short"));
    };
    let password_hash = password.hash().await?;
    let now = state.clock.now();
    let used = state
        .store
        .use_password_link(&hash(token), &password_hash, now)
        .await;
    Ok(Ok(used?))
}
