//! `POST /token`, `POST /{agent}/token`: lets the browser of whoever is signed in have a telephone.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use desk::{PhoneToken, TokenRefusal, Viewer};
use exchange::Moment;
use twilio::token::{AccessToken, Outgoing, Unsignable, VoiceGrant};
use twilio::{AccountSid, ApplicationSid};

use crate::config::{Config, PhoneKey, Signalling};
use crate::state::AppState;

/// The route.
pub const PATH: &str = "/token";
/// The same by the tutorial's name.
pub const OF_AGENT: &str = "/{agent}/token";

/// How long a token holds: half a day's work, so that few calls fall on a renewal.
const TTL_S: u32 = 4 * 3600;

/// The routes. [`crate::pages::router`] puts them among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(PATH, post(give))
        .route(OF_AGENT, post(give_by_name))
}

/// Whether a path is answered in the form of this place, whatever the answer.
pub(crate) fn is_json(path: &str) -> bool {
    path.ends_with(PATH) || (path.starts_with("/conference/") && path.ends_with("/call"))
}

/// Refuses in the form that whoever asks for a token reads.
pub(crate) fn refuse(status: StatusCode, message: &str) -> Response {
    let message = message.to_owned();
    (status, Json(TokenRefusal { message })).into_response()
}

/// A token of somebody else's would let a browser be called in their place.
async fn give_by_name(
    state: State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(agent): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let is_other = viewer
        .as_ref()
        .is_some_and(|viewer| viewer.user_name != agent);
    if is_other {
        return refuse(
            StatusCode::FORBIDDEN,
            "You can have a token for your own phone only.",
        );
    }
    give(state, viewer, uri, headers).await
}

async fn give(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return refuse(
            StatusCode::UNAUTHORIZED,
            "You are signed out. Sign in to use the phone.",
        );
    };
    let Some(key) = &state.config.carrier.account().phone_key else {
        return refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "There are no phones in browsers yet: TWILIO_API_KEY and TWILIO_API_SECRET are not set. Ask whoever runs Switchboard.",
        );
    };
    match token(&state.config, key, &viewer.user_name, state.clock.now()) {
        Ok(token) => Json(PhoneToken {
            identity: viewer.user_name,
            token,
            ttl_s: TTL_S,
            calls_out: key.application.is_some(),
            signalling: signalling(&state.config, &uri, &headers),
        })
        .into_response(),
        Err(problem) => {
            tracing::error!(agent.id = viewer.user_name, %problem, "no token could be made");
            refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong on our side. It has been noted.",
            )
        }
    }
}

/// Why the configured key makes no token.
#[derive(Debug, thiserror::Error)]
enum Unmade {
    #[error("the account is none: {0}")]
    Account(#[from] twilio::BadSid),
    #[error(transparent)]
    Unsignable(#[from] Unsignable),
}

fn token(config: &Config, key: &PhoneKey, identity: &str, now: Moment) -> Result<String, Unmade> {
    let account = AccountSid::parse(&config.carrier.account().sid)?;
    let token = AccessToken {
        ttl_s: TTL_S,
        ..AccessToken::new(account, key.sid.clone(), identity)
    };
    let grant = VoiceGrant {
        incoming_allow: true,
        outgoing: key.application.clone().map(to_application),
        ..VoiceGrant::default()
    };
    Ok(token
        .with_voice(grant)
        .sign(key.secret.reveal(), now.0.div_euclid(1000))?)
}

fn to_application(application: ApplicationSid) -> Outgoing {
    Outgoing {
        application,
        params: std::collections::BTreeMap::new(),
    }
}

/// Where the browser finds the carrier: by the name that it came by, where the carrier runs in here.
fn signalling(config: &Config, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    match config.carrier.signalling() {
        Signalling::Here => {
            let asked = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok());
            let asked = asked.or_else(|| uri.authority().map(|authority| authority.as_str()));
            let own = config.web.first_public().authority();
            Some(asked.unwrap_or(own).to_owned())
        }
        Signalling::Local(authority) => Some(authority),
        Signalling::Twilio => None,
    }
}
