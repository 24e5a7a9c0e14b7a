//! `/setup/{token}`: the link, printed at a start without an admin, that makes the first one.

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use desk::Role;
use exchange::Moment;
use store::Store;
use tower_sessions::Session;

use super::failure::Failure;
use super::newcomer::Newcomer;
use super::{filled, session};
use crate::chance;
use crate::digest::sha256;
use crate::state::AppState;

/// The page of the link, as the router knows it.
pub(crate) const PAGE: &str = "/setup/{token}";

pub(super) fn router() -> Router<AppState> {
    Router::new().route(PAGE, post(make_admin))
}

/// The path of a link that makes the first admin, when none can sign in; the links of earlier starts die.
///
/// The token has 256 bits of chance; only its SHA-256 is remembered.
///
/// # Errors
/// When the database cannot be reached.
pub async fn open(store: &Store, now: Moment) -> Result<Option<String>, store::Error> {
    if store.has_admin(now).await? {
        return Ok(None);
    }
    let token = chance::secret();
    store.open_setup(&sha256(&token), now).await?;
    Ok(Some(format!("/setup/{token}")))
}

/// Whether the link of this path may still be used.
///
/// # Errors
/// When the database cannot be reached.
pub(crate) async fn is_open(store: &Store, path: &str, now: Moment) -> Result<bool, Failure> {
    let token = path.rsplit('/').next().unwrap_or_default();
    Ok(store.setup_is_open(&sha256(token), now).await?)
}

async fn make_admin(
    State(state): State<AppState>,
    session: Session,
    Path(token): Path<String>,
    form: Result<Form<Newcomer>, FormRejection>,
) -> Result<Response, Failure> {
    let hashed = sha256(&token);
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let back = |problem: &str| Ok(filled.back(&format!("/setup/{token}"), problem));
    let now = state.clock.now();
    if !state.store.setup_is_open(&hashed, now).await? {
        return back("used");
    }
    let chosen = match filled.chosen() {
        Ok(chosen) => chosen,
        Err(problem) => return back(problem),
    };
    let person = chosen.person(Role::Admin).await?;
    if !state.store.use_setup(&hashed, &person, now).await? {
        let taken = state.store.setup_is_open(&hashed, now).await?;
        return back(if taken { "taken" } else { "used" });
    }
    tracing::info!("the first admin was made");
    session::begin(&session, &person.user_name, now).await?;
    Ok(Redirect::to("/").into_response())
}
