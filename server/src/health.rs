//! `GET /healthz`: whether this process can do its work.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use store::Store;

use crate::chain::chain;
use crate::state::AppState;

/// A database that has not answered by then counts as gone.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The routes of this place.
pub const ROUTES: &[&str] = &["/healthz"];

/// Answers `/healthz`.
pub fn router() -> Router<AppState> {
    Router::new().route("/healthz", get(healthz))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    database: &'static str,
}

async fn healthz(State(state): State<AppState>) -> Response {
    let database = database(&state.store).await;
    let (status, word) = match database {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "failing"),
    };
    let health = Health {
        status: word,
        version: env!("CARGO_PKG_VERSION"),
        database: database.err().unwrap_or("ok"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(health)).into_response()
}

async fn database(store: &Store) -> Result<(), &'static str> {
    match tokio::time::timeout(PATIENCE, store.ping()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            tracing::warn!(error = chain(&error), "the database cannot be reached");
            Err("cannot be reached")
        }
        Err(_) => {
            tracing::warn!("the database does not answer");
            Err("does not answer")
        }
    }
}
