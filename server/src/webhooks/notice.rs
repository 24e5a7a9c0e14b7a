//! Callbacks: notices of the carrier that ask for no document.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use exchange::{CallSid, Event};

use super::incoming::Incoming;
use crate::chain::chain;
use crate::door::{self, Answered, Knock};
use crate::state::AppState;

/// Takes a notice about a call through the door. `identity` is what all deliveries of it have in common.
pub(super) async fn take(
    state: &AppState,
    incoming: &Incoming,
    sid: &CallSid,
    identity: String,
    event: Event,
) -> Response {
    let knock = Knock {
        sid,
        identity: Some(super::routes::identity(identity)),
        name: &incoming.name,
        request: incoming.kept(),
        settles: None,
    };
    match door::enter(state, knock, event, |_| None).await {
        Ok(Answered::Decided(_)) => taken(),
        Ok(Answered::Refused(refusal)) => {
            tracing::info!(call.id = %sid, webhook = incoming.name, %refusal, "a callback was refused");
            taken()
        }
        Ok(Answered::AgentRefused(refusal)) => {
            tracing::info!(call.id = %sid, webhook = incoming.name, %refusal, "a callback was refused");
            taken()
        }
        Ok(Answered::NoCall) => {
            tracing::info!(call.id = %sid, webhook = incoming.name, "a callback came for a call that was never answered here");
            taken()
        }
        Err(failure) => {
            let error = chain(&failure);
            tracing::error!(call.id = %sid, webhook = incoming.name, error, "a callback could not be written down");
            // 5xx makes the carrier deliver it again: the URL's overrides ask for that.
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// A notice that nothing is made of: why stands in the log.
pub(super) fn passed_over(incoming: &Incoming, why: &str) -> Response {
    tracing::warn!(webhook = incoming.name, why, "a callback was passed over");
    taken()
}

fn taken() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
