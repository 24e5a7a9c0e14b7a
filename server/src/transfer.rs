//! `POST /conference/{agent}/call`: hands an agent's current call over, as the tutorial's page asks for it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};
use desk::Viewer;
use exchange::{Duty, UserName};

use crate::chain::chain;
use crate::state::AppState;
use crate::token::refuse;

/// The route.
pub const PATH: &str = "/conference/{agent}/call";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(PATH, post(hand_over))
}

/// Only oneself is asked for, and only with a call there is something to hand over. The rules have no command for it:
/// whoever asks is told so.
async fn hand_over(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(agent): Path<String>,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return refuse(StatusCode::UNAUTHORIZED, "You are signed out. Sign in.");
    };
    let user = UserName::parse(&viewer.user_name);
    let (Ok(user), true) = (user, viewer.user_name == agent) else {
        return refuse(
            StatusCode::FORBIDDEN,
            "You can hand over your own calls only.",
        );
    };
    let known = match state.store.agent(&user).await {
        Ok(known) => known,
        Err(error) => {
            tracing::error!(error = chain(&error), agent.id = %user, "an agent's call could not be found");
            return refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong on our side. It has been noted.",
            );
        }
    };
    let duty = known.map(|known| known.agent.at(state.clock.now()).duty);
    let words = match duty {
        Some(Duty::OnCall { .. }) => "This release does not hand calls over.",
        Some(
            Duty::Free
            | Duty::Ringing { .. }
            | Duty::Lost { .. }
            | Duty::WrapUp { .. }
            | Duty::NotResponding { .. },
        )
        | None => "You are in no call.",
    };
    refuse(StatusCode::CONFLICT, words)
}
