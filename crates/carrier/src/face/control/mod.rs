//! The control API: what people at telephones do, the clock, the faults, and what happened. For this machine only.

mod application;
mod calls;
mod clients;
mod clock;
mod events;
mod fault;
mod fields;
mod guard;
mod sound;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router, middleware};
use serde::Serialize;
use twilio::CallSid;

use super::carrier::Carrier;
use crate::engine::ControlError;

/// The paths below `/control`.
pub(super) fn router(carrier: Carrier) -> Router {
    Router::new()
        .route("/control/calls", post(calls::place))
        .route("/control/legs", get(calls::legs))
        .route("/control/legs/{leg}", get(calls::leg))
        .route("/control/legs/{leg}/answer", post(calls::answer))
        .route("/control/legs/{leg}/decline", post(calls::decline))
        .route("/control/legs/{leg}/hang_up", post(calls::hang_up))
        .route("/control/legs/{leg}/press", post(calls::press))
        .route("/control/legs/{leg}/speak", post(calls::speak))
        .route("/control/legs/{leg}/source", put(sound::set_source))
        .route("/control/legs/{leg}/levels", get(sound::levels))
        .route(
            "/control/legs/{leg}/sound",
            post(sound::attach).delete(sound::detach),
        )
        .route("/control/phones/{number}", put(calls::set_phone))
        .route("/control/applications/{sid}", put(application::set))
        .route("/control/clients", get(clients::list))
        .route("/control/clients/{identity}/fault", post(clients::fault))
        .route("/control/log", get(events::log))
        .route("/control/events", get(events::feed))
        .route("/control/clock", get(clock::shown).post(clock::advance))
        .route("/control/settle", post(clock::settle))
        .route(
            "/control/faults",
            get(fault::shown).post(fault::order).put(fault::plan),
        )
        .layer(middleware::from_fn(guard::check))
        .with_state(carrier)
}

/// Why a request was not obeyed.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Refused {
    #[serde(skip)]
    status: u16,
    /// The field that is wrong, where one is.
    field: Option<String>,
    /// What is wrong, in words.
    message: String,
}

impl Refused {
    fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            field: Some(field.into()),
            message: message.into(),
        }
    }

    fn plain(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            field: None,
            message: message.into(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(self)).into_response()
    }
}

impl From<ControlError> for Refused {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::NoLeg => Self::plain(404, error.to_string()),
            ControlError::NotNow(_) => Self::plain(409, error.to_string()),
            ControlError::Bad { field, reason } => Self::field(field, reason),
            ControlError::NotInService => Self::field("to", error.to_string()),
        }
    }
}

fn leg_named(text: &str) -> Result<CallSid, Refused> {
    CallSid::parse(text).map_err(|_| Refused::plain(404, "there is no such leg"))
}
