//! Sessions: who sent this request.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::Viewer;
use exchange::Moment;
use store::{Sessions, USER_NAME};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

use super::failure::Failure;
use crate::config::Web;
use crate::state::AppState;

const HOUR_MS: i64 = 60 * 60_000;
/// A session that nobody used for so long is over.
const IDLE_MS: i64 = 12 * HOUR_MS;
/// A session in use is written again this often, so that reading a page writes nothing.
const TOUCH_MS: i64 = HOUR_MS / 4;
/// The key under which a session holds when it was last used, in milliseconds since 1970 UTC.
const USED: &str = "used_ms";

/// The layer that reads and writes the session's cookie.
///
/// Where browsers come over TLS the cookie is `Secure` and named with `__Host-`, which binds it to this host.
pub fn layer(sessions: Sessions, web: &Web) -> SessionManagerLayer<Sessions> {
    let is_https = web.first_public().is_https();
    SessionManagerLayer::new(sessions)
        .with_name(if is_https {
            "__Host-switchboard"
        } else {
            "switchboard"
        })
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(time::Duration::milliseconds(IDLE_MS)))
}

/// Puts the [`Viewer`] into the request's extensions when the request's session belongs to somebody.
///
/// The person is looked up for each request, so that a changed role counts and a deactivated person is out at once.
pub async fn resolve(
    State(state): State<AppState>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match viewer(&state, &session).await {
        Ok(Some(viewer)) => {
            request.extensions_mut().insert(viewer);
        }
        Ok(None) => {}
        Err(failure) => return failure.into_response(),
    }
    next.run(request).await
}

/// Begins a session for `user_name` under an id that nobody knew before.
pub(super) async fn begin(session: &Session, user_name: &str, now: Moment) -> Result<(), Failure> {
    session.clear().await;
    session.cycle_id().await?;
    session.insert(USER_NAME, user_name).await?;
    session.insert(USED, now.0).await?;
    Ok(())
}

async fn viewer(state: &AppState, session: &Session) -> Result<Option<Viewer>, Failure> {
    let (user_name, used) = (
        session.get::<String>(USER_NAME).await?,
        session.get::<i64>(USED).await?,
    );
    let (Some(user_name), Some(used)) = (user_name, used) else {
        return Ok(None);
    };
    let now = state.clock.now();
    let unused_ms = now.0.saturating_sub(used);
    let person = state.store.person(&user_name).await?.filter(|person| {
        let is_at_home = state.config.carrier.is_demonstration() || !person.is_of_demonstration();
        is_at_home && person.deactivated.is_none() && unused_ms < IDLE_MS
    });
    let Some(person) = person else {
        session.flush().await?;
        return Ok(None);
    };
    if unused_ms >= TOUCH_MS {
        session.insert(USED, now.0).await?;
    }
    if person.seen.is_none_or(|seen| now.0 - seen.0 >= TOUCH_MS) {
        state.store.seen(&person.user_name, now).await?;
    }
    Ok(Some(Viewer {
        user_name: person.user_name,
        name: person.name,
        role: person.role,
    }))
}
