//! `/live`: the one feed that a screen follows, and the answers that say somebody is still there.

mod feed;
mod hub;
mod presence;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use desk::{Sight, Viewer};
use exchange::UserName;
use serde::Deserialize;
use store::Console;
use tower_sessions::Session;

use feed::Follows;
pub use hub::Hub;
pub use presence::{Known, PING_MS, Presence, SILENCE_MS};

use crate::chain::chain;
use crate::phones;
use crate::presence::Consoles;
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
    /// What the browsers of people who are signed in tell.
    pub consoles: Consoles,
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
            let session = request.extensions().get::<Session>();
            let session = session.and_then(Session::id).map(|id| id.to_string());
            let who = viewer.map(|viewer| Follows { viewer, session });
            let feed = Sse::new(feed::of(&state, sight, who));
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
    /// 1 when the phone is in this tab and the carrier rings it.
    #[serde(default)]
    registered: u8,
    /// 1 when that phone may use the microphone.
    #[serde(default)]
    microphone: u8,
}

/// A browser answers a ping, or tells that its phone stands differently. Who no longer counts as there is told so, and
/// connects again. Behind a balancer the answer may come to another server than the one that holds the feed.
async fn pong(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Query(pong): Query<Pong>,
) -> StatusCode {
    let now = state.clock.now();
    let known = state.live.presence.hear(&pong.connection, now);
    let user = viewer.and_then(|viewer| UserName::parse(&viewer.user_name).ok());
    let console = user.map(|user| Console {
        connection: pong.connection,
        user,
        answered: now,
        registered: pong.registered == 1,
        microphone: pong.microphone == 1,
    });
    match (known, console) {
        (Known::Here, Some(console)) => state.live.consoles.answered(console),
        (Known::Here, None) => {}
        (Known::NotHere | Known::Silent, Some(console)) => {
            match state.store.console_goes_on(&console).await {
                Ok(true) => {}
                Ok(false) => return StatusCode::GONE,
                Err(error) => {
                    tracing::warn!(
                        error = chain(&error),
                        "a console's answer is not written down"
                    );
                    return StatusCode::SERVICE_UNAVAILABLE;
                }
            }
        }
        (Known::NotHere | Known::Silent, None) => return StatusCode::GONE,
    }
    StatusCode::NO_CONTENT
}
