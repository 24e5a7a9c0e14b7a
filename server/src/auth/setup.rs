//! `/setup/{token}`: the link, printed at a start without an admin, that makes the first one.

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use desk::Role;
use exchange::Moment;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{NewPerson, Store};
use tower_sessions::Session;

use super::failure::Failure;
use super::password::NewPassword;
use super::user_name::UserName;
use super::{filled, session, with_query};
use crate::chance;
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
    store.open_setup(&hash(&token), now).await?;
    Ok(Some(format!("/setup/{token}")))
}

/// Whether the link of this path may still be used.
///
/// # Errors
/// When the database cannot be reached.
pub(crate) async fn is_open(store: &Store, path: &str, now: Moment) -> Result<bool, Failure> {
    let token = path.rsplit('/').next().unwrap_or_default();
    Ok(store.setup_is_open(&hash(token), now).await?)
}

#[derive(Default, Deserialize)]
struct Filled {
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

async fn make_admin(
    State(state): State<AppState>,
    session: Session,
    Path(token): Path<String>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let hashed = hash(&token);
    let filled = match filled(form) {
        Ok(filled) => filled,
        Err(too_large) => return Ok(too_large.into_response()),
    };
    let back = |problem: &str| {
        let said = [
            ("problem", problem),
            ("user_name", filled.user_name.trim()),
            ("name", filled.name.trim()),
        ];
        Ok(Redirect::to(&with_query(&format!("/setup/{token}"), &said)).into_response())
    };
    let now = state.clock.now();
    if !state.store.setup_is_open(&hashed, now).await? {
        return back("used");
    }
    if [&filled.user_name, &filled.name, &filled.password]
        .iter()
        .any(|field| field.trim().is_empty())
    {
        return back("missing");
    }
    let Ok(user_name) = UserName::parse(&filled.user_name) else {
        return back("letters");
    };
    let Ok(password) = NewPassword::parse(&filled.password, user_name.as_str()) else {
        return back("short");
    };
    let person = NewPerson {
        user_name: user_name.to_string(),
        name: called(&filled.name, &user_name),
        role: Role::Admin,
        password_hash: password.hash().await?,
    };
    if !state.store.use_setup(&hashed, &person, now).await? {
        let taken = state.store.setup_is_open(&hashed, now).await?;
        return back(if taken { "taken" } else { "used" });
    }
    tracing::info!("the first admin was made");
    session::begin(&session, &person.user_name, now).await?;
    Ok(Redirect::to("/").into_response())
}

/// What others call a person: the name given, or the user name.
pub fn called(name: &str, user_name: &UserName) -> String {
    let name: String = name
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    if name.is_empty() {
        user_name.to_string()
    } else {
        name
    }
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
