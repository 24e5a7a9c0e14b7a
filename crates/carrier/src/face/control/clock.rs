//! The clock: what it shows, moving it, and waiting until nothing is under way.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Refused;
use super::fields::Fields;
use crate::engine::Time;
use crate::face::carrier::Carrier;

/// How the clock stands; moments in milliseconds since 1970-01-01 UTC.
#[derive(Serialize)]
pub(super) struct Shown {
    is_manual: bool,
    now: Time,
    next_due: Option<Time>,
}

pub(super) async fn shown(State(carrier): State<Carrier>) -> Json<Shown> {
    Json(shown_of(&carrier))
}

pub(super) async fn advance(
    State(carrier): State<Carrier>,
    body: Bytes,
) -> Result<Json<Shown>, Refused> {
    let mut fields = Fields::read(&body)?;
    let ms = fields
        .number("advance_ms")?
        .ok_or_else(|| Refused::field("advance_ms", "is missing"))?;
    fields.end()?;
    if !carrier.has_manual_clock() {
        return Err(Refused::plain(409, "the machine's clock cannot be moved"));
    }
    carrier.advance(ms).await;
    Ok(Json(shown_of(&carrier)))
}

pub(super) async fn settle(State(carrier): State<Carrier>) -> StatusCode {
    carrier.settled().await;
    StatusCode::NO_CONTENT
}

fn shown_of(carrier: &Carrier) -> Shown {
    Shown {
        is_manual: carrier.has_manual_clock(),
        now: carrier.now(),
        next_due: carrier.next_due(),
    }
}
