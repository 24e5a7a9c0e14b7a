//! Applications: who answers the calls that browsers make.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use twilio::ApplicationSid;

use super::Refused;
use super::fields::Fields;
use crate::engine::Application;
use crate::face::carrier::Carrier;

/// Sets an application up, as a whole.
pub(super) async fn set(
    State(carrier): State<Carrier>,
    Path(sid): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let sid = ApplicationSid::parse(&sid)
        .map_err(|_| Refused::field("sid", "is not AP and 32 hexadecimal digits"))?;
    let mut fields = Fields::read(&body)?;
    let application = Application {
        sid,
        friendly_name: fields.text("friendly_name")?.unwrap_or_default(),
        voice_url: fields.text("voice_url")?,
        voice_method: fields.text("voice_method")?,
        voice_fallback_url: fields.text("voice_fallback_url")?,
        voice_fallback_method: fields.text("voice_fallback_method")?,
        status_callback: fields.text("status_callback")?,
        status_callback_method: fields.text("status_callback_method")?,
    };
    fields.end()?;
    carrier.set_application(application);
    Ok(StatusCode::NO_CONTENT)
}
