//! `POST /conference/{agent}/call`: hands an agent's current call over, as the tutorial's page asks for it.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use desk::{DeskError, Viewer};
use exchange::{Duty, TransferKind, UserName};
use serde::{Deserialize, Serialize};

use crate::chain::chain;
use crate::commands::{an_agent, begin, known};
use crate::state::AppState;
use crate::token::refuse;

/// The route.
pub const PATH: &str = "/conference/{agent}/call";

/// Whom the tutorial's button brings in.
const SECOND: &str = "agent2";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(PATH, post(hand_over))
}

/// Who is to be brought in: in the query or in the body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    to: String,
}

/// What was done.
#[derive(Debug, Serialize)]
struct Begun {
    call: String,
    to: String,
}

/// Only oneself is asked for, and only with a call there is something to hand over.
async fn hand_over(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(agent): Path<String>,
    RawQuery(query): RawQuery,
    body: String,
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
    let to = asked(query.as_deref()).or_else(|| asked(Some(&body)));
    match bring_in(&state, &user, to.as_deref().unwrap_or(SECOND)).await {
        Ok(begun) => Json(begun).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            refuse(
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                &words(&error),
            )
        }
    }
}

/// The warm kind: the second agent joins both at once.
async fn bring_in(state: &AppState, by: &UserName, to: &str) -> Result<Begun, DeskError> {
    let call = match duty(state, by).await? {
        Some(Duty::OnCall { call, .. }) => known(state, call.as_str()).await?,
        Some(
            Duty::Free
            | Duty::Ringing { .. }
            | Duty::Lost { .. }
            | Duty::WrapUp { .. }
            | Duty::NotResponding { .. },
        )
        | None => return Err(DeskError::Refused("You are in no call.".to_owned())),
    };
    let nobody = |_| DeskError::Refused(format!("There is nobody named {to} here."));
    let target = an_agent(state, &UserName::parse(to).map_err(nobody)?).await?;
    begin(state, by, &call, target, TransferKind::Warm, String::new()).await?;
    Ok(Begun {
        call: call.sid.to_string(),
        to: to.to_owned(),
    })
}

async fn duty(state: &AppState, user: &UserName) -> Result<Option<Duty>, DeskError> {
    let known = state.store.agent(user).await.map_err(|error| {
        tracing::error!(error = chain(&error), agent.id = %user, "an agent's call could not be found");
        DeskError::Internal
    })?;
    Ok(known.map(|known| known.agent.at(state.clock.now()).duty))
}

fn asked(form: Option<&str>) -> Option<String> {
    let asked: Asked = serde_urlencoded::from_str(form?).ok()?;
    let to = asked.to.trim();
    (!to.is_empty()).then(|| to.to_owned())
}

/// The reason as whoever asked reads it.
fn words(error: &DeskError) -> String {
    match error {
        DeskError::Invalid(fields) => {
            let words: Vec<&str> = fields.iter().map(|field| field.message.as_str()).collect();
            words.join(" ")
        }
        DeskError::SignedOut
        | DeskError::Forbidden
        | DeskError::NotFound
        | DeskError::Refused(_)
        | DeskError::Unreachable(_)
        | DeskError::Internal => error.to_string(),
    }
}
