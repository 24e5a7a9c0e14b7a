//! The world broke while somebody was being recognised.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::password::PasswordError;
use super::plain;

/// What broke. The log has it; the browser is told only to try again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The session could not be read or written.
    #[error("reading or writing a session")]
    Session(#[from] tower_sessions::session::Error),
    /// The people could not be read or written.
    #[error("reading or writing people")]
    Store(#[from] store::Error),
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        tracing::error!(error = crate::chain::chain(&self), "could not serve a page");
        let page = plain::page(
            "Please try again shortly",
            "Something went wrong on our side. It has been noted.",
        );
        (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
    }
}
