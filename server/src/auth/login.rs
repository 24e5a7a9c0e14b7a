//! `POST /login`: signing in.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;
use store::Audited;
use tower_sessions::Session;

use super::address::Peer;
use super::failure::Failure;
use super::next::local_path;
use super::throttle::Attempt;
use super::{filled, password, session, with_query};
use crate::config::Secret;
use crate::state::AppState;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/login", post(sign_in))
}

#[derive(Default, Deserialize)]
struct Filled {
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// Every refusal leads back to the form, which says why. An unknown name costs and is told as much as a wrong password.
async fn sign_in(
    State(state): State<AppState>,
    session: Session,
    Peer(address): Peer,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let letters = filled
        .user_name
        .chars()
        .filter(|letter| !letter.is_control());
    let name = letters.collect::<String>().trim().to_ascii_lowercase();
    if name.is_empty() || filled.password.is_empty() {
        return Ok(back(&filled, "missing", &[]));
    }
    let now = state.clock.now();
    let attempt = match Attempt::begin(&state.store, &name, address, now).await? {
        Ok(attempt) => attempt,
        Err(until) => return Ok(come_back(&filled, until.0 - now.0)),
    };

    let person = state
        .store
        .person(&name)
        .await?
        .filter(|person| person.deactivated.is_none() && person.has_password());
    let known = person.as_ref().map(|person| person.user_name.clone());
    let stored = person.as_ref().map(|person| person.password_hash.clone());
    let is_right = password::is_right(Secret::new(filled.password.clone()), stored).await?;

    let Some(person) = person.filter(|_| is_right) else {
        attempt.failed(&state.store, now).await?;
        note(
            &state,
            known.as_deref(),
            "",
            "Refused a sign-in: the password was wrong.",
        )
        .await?;
        tracing::info!("refused a sign-in");
        return Ok(back(&filled, "wrong", &[]));
    };
    attempt.succeeded(&state.store).await?;
    note(&state, known.as_deref(), &person.user_name, "Signed in.").await?;
    session::begin(&session, &person.user_name, now).await?;
    Ok(Redirect::to(local_path(&filled.next)).into_response())
}

/// Writes into the audit what became of a try for somebody whom there is. What is typed for nobody's name may be a
/// password, and is written nowhere.
async fn note(
    state: &AppState,
    about: Option<&str>,
    by: &str,
    what: &str,
) -> Result<(), store::Error> {
    let Some(about) = about else { return Ok(()) };
    let line = Audited {
        at: state.clock.now(),
        by: by.to_owned(),
        about: about.to_owned(),
        what: what.to_owned(),
    };
    state.store.audit(&line).await
}

fn come_back(filled: &Filled, wait_ms: i64) -> Response {
    tracing::info!("refused a sign-in: too many attempts");
    let seconds = u64::try_from(wait_ms)
        .unwrap_or(0)
        .div_ceil(1000)
        .max(1)
        .to_string();
    let response = back(filled, "throttled", &[("wait", &seconds)]);
    ([(header::RETRY_AFTER, seconds)], response).into_response()
}

fn back(filled: &Filled, problem: &str, more: &[(&str, &str)]) -> Response {
    let said = [
        ("problem", problem),
        ("user_name", filled.user_name.trim()),
        ("next", &filled.next),
    ];
    Redirect::to(&with_query("/login", said.iter().chain(more))).into_response()
}
