//! `POST /people/{user}/password`: somebody changes their own password, and says the old one for it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Form, Router};
use desk::Viewer;
use serde::Deserialize;
use store::Audited;
use tower_sessions::Session;

use super::address::Peer;
use super::failure::Failure;
use super::password::{self, NewPassword};
use super::throttle::Attempt;
use super::{filled, session, with_query};
use crate::config::Secret;
use crate::state::AppState;

/// Where the form goes.
pub(crate) const PATH: &str = "/people/{user}/password";

pub(super) fn router() -> Router<AppState> {
    Router::new().route(PATH, post(change))
}

#[derive(Default, Deserialize)]
struct Filled {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

async fn change(
    State(state): State<AppState>,
    session: Session,
    viewer: Option<Extension<Viewer>>,
    Peer(address): Peer,
    Path(user): Path<String>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let Some(Extension(viewer)) = viewer else {
        return Ok(Redirect::to("/login").into_response());
    };
    if viewer.user_name != user {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let back = |said: &str, what: &str| {
        let page = with_query(&format!("/people/{user}"), &[(said, what)]);
        Ok(Redirect::to(&page).into_response())
    };
    if filled.current.is_empty() || filled.password.is_empty() {
        return back("problem", "missing");
    }
    let now = state.clock.now();
    let Ok(attempt) = Attempt::begin(&state.store, &user, address, now).await? else {
        return back("problem", "throttled");
    };
    let person = state.store.person(&user).await?;
    let stored = person
        .filter(store::Person::has_password)
        .map(|person| person.password_hash);
    if !password::is_right(Secret::new(filled.current), stored).await? {
        attempt.failed(&state.store, now).await?;
        return back("problem", "wrong");
    }
    attempt.succeeded(&state.store).await?;
    let Ok(chosen) = NewPassword::parse(&filled.password, &user) else {
        return back("problem", "short");
    };
    let audited = Audited {
        at: now,
        by: user.clone(),
        about: user.clone(),
        what: "Changed their own password.".to_owned(),
    };
    state
        .store
        .set_password(&user, &chosen.hash().await?, &audited)
        .await?;
    session::begin(&session, &user, now).await?;
    back("done", "password")
}
