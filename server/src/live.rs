//! `/live`: the one feed that a screen follows, and the answers that say somebody is still there.

mod feed;
mod hub;
mod presence;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{Sight, Viewer};
use serde::Deserialize;

pub use hub::Hub;
pub use presence::{PING_MS, Presence, SILENCE_MS};

use crate::phones;
use crate::state::AppState;

/// The feed.
pub const FEED: &str = "/live";
/// The answers to its pings.
pub const PONG: &str = "/live/pong";

/// The routes of this place.
pub const ROUTES: &[&str] = &[FEED, PONG];

/// What the feeds of one server share; clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// How everything stands, and who is told when it changes.
    pub hub: Hub,
    /// Which browsers are there.
    pub presence: Presence,
}

/// The feed and its answers. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(FEED, get(follow))
        .route(PONG, post(pong))
}

async fn follow(State(state): State<AppState>, request: Request) -> Response {
    let viewer = request.extensions().get::<Viewer>().cloned();
    let sight = Sight {
        phones: state.phones.is_some() && phones::is_from_here(request.headers()),
    };
    match (viewer, sight.phones) {
        (None, false) if state.phones.is_some() => StatusCode::FORBIDDEN.into_response(),
        (None, false) => StatusCode::UNAUTHORIZED.into_response(),
        (viewer, _) => {
            let user_name = viewer.map(|viewer| viewer.user_name);
            let feed = Sse::new(feed::of(&state, sight, user_name));
            let mut response = feed.into_response();
            // Proxies that gather answers before they pass them on are asked not to.
            response.headers_mut().insert(
                HeaderName::from_static("x-accel-buffering"),
                HeaderValue::from_static("no"),
            );
            response
        }
    }
}

#[derive(Deserialize)]
struct Pong {
    connection: String,
}

/// A browser answers a ping. Who no longer counts as there is told so, and connects again.
async fn pong(State(state): State<AppState>, Query(pong): Query<Pong>) -> StatusCode {
    let now = state.clock.now();
    if state.live.presence.hear(&pong.connection, now) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::GONE
    }
}
