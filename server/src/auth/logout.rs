//! `POST /logout`: the session ends.

use axum::extract::State;
use axum::response::Redirect;
use axum::routing::post;
use axum::{Extension, Router};
use desk::Viewer;
use store::Audited;
use tower_sessions::Session;

use super::failure::Failure;
use crate::state::AppState;

/// It has no page.
pub(crate) const PATH: &str = "/logout";

pub(super) fn router() -> Router<AppState> {
    Router::new().route(PATH, post(sign_out))
}

async fn sign_out(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    session: Session,
) -> Result<Redirect, Failure> {
    session.flush().await?;
    if let Some(Extension(Viewer { user_name, .. })) = viewer {
        let line = Audited {
            at: state.clock.now(),
            by: user_name.clone(),
            about: user_name,
            what: "Signed out.".to_owned(),
        };
        state.store.signed_out(&line).await?;
    }
    Ok(Redirect::to("/login"))
}
