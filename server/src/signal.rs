//! `/signal`: the local carrier's gateway for the phones of browsers, at our own origin.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, any_service};

use crate::phones;
use crate::state::AppState;

/// The route.
pub const PATH: &str = "/signal";

/// The gateway, where the local carrier runs in here; nothing is there otherwise.
pub fn router(state: &AppState) -> Router<AppState> {
    let gateway = match &state.phones {
        Some(phones) => any_service(phones.carrier().router()).layer(from_fn(from_here)),
        None => any(async || StatusCode::NOT_FOUND),
    };
    Router::new().route(PATH, gateway)
}

/// The tokens of a demonstration can be signed by anybody, so only pages of this machine come in.
async fn from_here(request: Request, next: Next) -> Response {
    if phones::is_from_here(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}
