//! Telephones: placing calls, answering, declining, pressing keys, speaking, hanging up.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::fields::Fields;
use super::{Refused, leg_named};
use crate::engine::{Habit, LegView, LogEntry, Place, PlaceCall};
use crate::face::carrier::Carrier;

/// A leg that was made.
#[derive(Serialize)]
pub(super) struct Made {
    sid: String,
}

/// A leg with its log.
#[derive(Serialize)]
pub(super) struct Shown {
    /// The telephone; none for a leg that is tied to another leg, or was over a while ago.
    leg: Option<LegView>,
    log: Vec<LogEntry>,
}

pub(super) async fn place(
    State(carrier): State<Carrier>,
    body: Bytes,
) -> Result<(StatusCode, Json<Made>), Refused> {
    let mut fields = Fields::read(&body)?;
    let mut place = fields.inner("place")?;
    let call = PlaceCall {
        from: fields.required("from")?,
        to: fields.required("to")?,
        name: fields.text("name")?,
        place: Place {
            city: place.text("city")?.unwrap_or_default(),
            state: place.text("state")?.unwrap_or_default(),
            zip: place.text("zip")?.unwrap_or_default(),
            country: place.text("country")?.unwrap_or_default(),
        },
    };
    place.end()?;
    fields.end()?;
    let sid = carrier.place_call(call)?.to_string();
    Ok((StatusCode::CREATED, Json(Made { sid })))
}

pub(super) async fn legs(State(carrier): State<Carrier>) -> Json<Vec<LegView>> {
    Json(carrier.legs())
}

pub(super) async fn leg(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<Json<Shown>, Refused> {
    let sid = leg_named(&leg)?;
    carrier
        .with(|engine| engine.call(&sid))
        .ok_or_else(|| Refused::plain(404, "there is no such leg"))?;
    let leg = carrier.legs().into_iter().find(|leg| leg.sid == sid);
    let log = carrier.log(&sid);
    Ok(Json(Shown { leg, log }))
}

pub(super) async fn answer(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<StatusCode, Refused> {
    carrier.answer(&leg_named(&leg)?)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn decline(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<StatusCode, Refused> {
    carrier.decline(&leg_named(&leg)?)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn hang_up(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<StatusCode, Refused> {
    carrier.hang_up(&leg_named(&leg)?)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn press(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let mut fields = Fields::read(&body)?;
    let keys = fields.required("keys")?;
    fields.end()?;
    carrier.press(&leg_named(&leg)?, &keys)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn speak(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let mut fields = Fields::read(&body)?;
    let text = fields.required("text")?;
    fields.end()?;
    carrier.speak(&leg_named(&leg)?, &text)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn set_phone(
    State(carrier): State<Carrier>,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let mut fields = Fields::read(&body)?;
    let habit = match fields.required("habit")?.as_str() {
        "asks" => Habit::Asks,
        "answers" => Habit::Answers {
            after_ms: fields.number("after_ms")?.unwrap_or_default(),
            hangs_up_after_ms: fields.number("hangs_up_after_ms")?,
        },
        "declines" => Habit::Declines,
        "busy" => Habit::Busy,
        "never_answers" => Habit::NeverAnswers,
        "fails" => Habit::Fails,
        _ => {
            let words = "asks, answers, declines, busy, never_answers or fails";
            return Err(Refused::field("habit", format!("is none of {words}")));
        }
    };
    fields.end()?;
    carrier.set_phone(&number, habit);
    Ok(StatusCode::NO_CONTENT)
}
