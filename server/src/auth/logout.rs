//! `POST /logout`: the session ends.

use axum::Router;
use axum::response::Redirect;
use axum::routing::post;
use tower_sessions::Session;

use super::failure::Failure;
use crate::state::AppState;

/// It has no page.
pub(crate) const PATH: &str = "/logout";

pub(super) fn router() -> Router<AppState> {
    Router::new().route(PATH, post(sign_out))
}

async fn sign_out(session: Session) -> Result<Redirect, Failure> {
    session.flush().await?;
    Ok(Redirect::to("/login"))
}
