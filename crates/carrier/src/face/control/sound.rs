//! Sound of a leg: what is put in the place of its voice, how it measures, and a browser that plays its telephone.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::fields::Fields;
use super::{Refused, leg_named};
use crate::face::carrier::Carrier;
use crate::face::heard::SoundError;
use crate::mix::{Levels, Source};

/// A telephone carries nothing below or above.
const TONES_HZ: std::ops::RangeInclusive<f64> = 20.0..=3_800.0;

/// `application/sdp`.
const SDP: &str = "application/sdp";

/// Puts a source in the place of the voice of a leg's far end, or takes it away.
pub(super) async fn set_source(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let leg = leg_named(&leg)?;
    let mut fields = Fields::read(&body)?;
    let source = match fields.required("source")?.as_str() {
        "tone" => {
            let hz: Option<f64> = fields.value("hz", "a number")?;
            let hz = hz.ok_or_else(|| Refused::field("hz", "is missing"))?;
            if !TONES_HZ.contains(&hz) {
                return Err(Refused::field("hz", "is not from 20 to 3800"));
            }
            Some(Source::Tone { hz })
        }
        "silence" => Some(Source::Silence),
        "none" => None,
        _ => return Err(Refused::field("source", "is none of tone, silence or none")),
    };
    fields.end()?;
    carrier.set_source(&leg, source)?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the last half second measures. A leg is measured from the first question on.
pub(super) async fn levels(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<Json<Levels>, Refused> {
    Ok(Json(carrier.levels(&leg_named(&leg)?)?))
}

/// Lets a browser be the telephone of a leg: it brings its offer and takes the carrier's answer.
pub(super) async fn attach(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let leg = leg_named(&leg)?;
    let offer = std::str::from_utf8(&body)
        .map_err(|_| Refused::plain(400, "the body is no description of media"))?;
    let answer = carrier.attach_sound(&leg, offer)?;
    Ok((StatusCode::CREATED, [(CONTENT_TYPE, SDP)], answer).into_response())
}

/// Ends what [`attach`] began.
pub(super) async fn detach(
    State(carrier): State<Carrier>,
    Path(leg): Path<String>,
) -> Result<StatusCode, Refused> {
    carrier.detach_sound(&leg_named(&leg)?)?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<SoundError> for Refused {
    fn from(error: SoundError) -> Self {
        let status = match error {
            SoundError::NoLeg | SoundError::NotAttached => 404,
            SoundError::NoSound | SoundError::Over | SoundError::NoTelephone => 409,
            SoundError::Offer(_) => 400,
        };
        Self::plain(status, error.to_string())
    }
}
