//! Sound for a pretend telephone: a browser of this machine hears what its leg hears, and speaks for it.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use carrier::face::SoundError;
use twilio::CallSid;

use super::{Phones, is_from_here};
use crate::state::AppState;

/// The route, by the SID of the telephone's leg.
pub const PATH: &str = "/phones/legs/{leg}/sound";

/// The longest description of media that is read, in bytes.
const LONGEST_OFFER: usize = 64 * 1024;

/// The type of a description of media.
const SDP: &str = "application/sdp";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(PATH, post(attach).delete(detach))
        .layer(DefaultBodyLimit::max(LONGEST_OFFER))
}

/// The browser brings its offer and takes the carrier's answer. A later one takes the place of an earlier one.
async fn attach(
    State(state): State<AppState>,
    Path(leg): Path<String>,
    headers: HeaderMap,
    offer: String,
) -> Response {
    let (phones, leg) = match telephone(&state, &headers, &leg) {
        Ok(telephone) => telephone,
        Err(refusal) => return refusal,
    };
    match phones.carrier.attach_sound(&leg, &offer) {
        Ok(answer) => (StatusCode::CREATED, [(CONTENT_TYPE, SDP)], answer).into_response(),
        Err(error) => refused(&error),
    }
}

/// The browser is silent again. The sound also ends with its leg.
async fn detach(
    State(state): State<AppState>,
    Path(leg): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (phones, leg) = match telephone(&state, &headers, &leg) {
        Ok(telephone) => telephone,
        Err(refusal) => return refusal,
    };
    match phones.carrier.detach_sound(&leg) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refused(&error),
    }
}

/// The telephone that is meant, for who may use it.
#[expect(
    clippy::result_large_err,
    reason = "a refusal is the whole answer, made once"
)]
fn telephone<'s>(
    state: &'s AppState,
    headers: &HeaderMap,
    leg: &str,
) -> Result<(&'s Phones, CallSid), Response> {
    let phones = state.phones.as_ref().ok_or_else(nobody)?;
    if !is_from_here(headers) {
        let words = "Pretend telephones are used from this machine only.";
        return Err((StatusCode::FORBIDDEN, words).into_response());
    }
    let leg = CallSid::parse(leg).map_err(|_| nobody())?;
    Ok((phones, leg))
}

fn nobody() -> Response {
    (StatusCode::NOT_FOUND, "There is no such telephone.").into_response()
}

fn refused(error: &SoundError) -> Response {
    let (status, words) = match error {
        SoundError::NoLeg => return nobody(),
        SoundError::NoTelephone => (
            StatusCode::CONFLICT,
            "This is no pretend telephone.".to_owned(),
        ),
        SoundError::Over => (
            StatusCode::CONFLICT,
            "This telephone is no longer in a call.".to_owned(),
        ),
        SoundError::NotAttached => (
            StatusCode::NOT_FOUND,
            "This telephone is not connected to a microphone.".to_owned(),
        ),
        SoundError::NoSound => (
            StatusCode::CONFLICT,
            "The local carrier runs without sound.".to_owned(),
        ),
        SoundError::Offer(problem) => (
            StatusCode::BAD_REQUEST,
            format!("The carrier cannot use the browser's offer: {problem}"),
        ),
    };
    (status, words).into_response()
}
