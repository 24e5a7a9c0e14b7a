//! A webhook as it comes in: its size bounded, its signature checked, its form read.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use exchange::{
    CallSid, Caller, DialReport, DialStatus, Digits, Input, PhoneNumber, Place, WallClocks,
};
use twilio::form::Form;
use twilio::headers::{IDEMPOTENCY_TOKEN, SIGNATURE, SIGNATURE_SETTINGS};
use twilio::signature::Signed;
use twilio::webhook::VoiceRequest;
use twilio::{DialCallStatus, Party};

use crate::door::{KEYS, NOT_KEPT};
use crate::state::AppState;

/// The longest body that is read, in bytes.
pub const MAX_BODY: usize = 64 * 1024;

/// Parameters that prove an identity to others: they are no part of the story of a call.
const SECRETS: [&str; 2] = ["CallToken", "StirPassportToken"];

/// A webhook that Twilio signed for our account.
pub struct Incoming {
    /// The event in the journal's words.
    pub name: String,
    /// Every parameter, as sent.
    pub form: Form,
    /// What the URL itself says, whichever way the parameters were sent.
    pub query: Form,
    /// The same for every delivery of one request.
    pub token: Option<String>,
    /// Whether what is keyed in may be a PIN: then the journal has nothing of it.
    pub may_be_pin: bool,
}

impl FromRequest<AppState> for Incoming {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| {
            tracing::warn!("a webhook's body is over 64 kB or broke off");
            StatusCode::PAYLOAD_TOO_LARGE.into_response()
        })?;
        let header = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let target = parts
            .extensions
            .get::<axum::extract::OriginalUri>()
            .map_or(&parts.uri, |uri| &uri.0);
        let target = target
            .path_and_query()
            .map_or("/", |target| target.as_str());
        let signed = Signed {
            method: &parts.method,
            target,
            content_type: header(CONTENT_TYPE.as_str()),
            body: &body,
            signature: header(SIGNATURE),
            settings: header(SIGNATURE_SETTINGS),
        };
        let form = state
            .verifier
            .parameters(&signed)
            .map_err(|reason| refuse(&reason.to_string()))?;
        let account = state.config.carrier.account().sid.as_str();
        if form.get("AccountSid").is_some_and(|sid| sid != account) {
            return Err(refuse("the request is for another account"));
        }
        Ok(Self {
            name: format!("{} {}", parts.method, parts.uri.path()),
            form,
            query: Form::parse(parts.uri.query().unwrap_or_default().as_bytes()),
            token: header(IDEMPOTENCY_TOKEN).map(str::to_owned),
            may_be_pin: false,
        })
    }
}

fn refuse(reason: &str) -> Response {
    tracing::warn!(reason, "a webhook was refused");
    (
        StatusCode::FORBIDDEN,
        "The request is not signed by our carrier.\n",
    )
        .into_response()
}

impl Incoming {
    /// The request in types; nothing when it names no call.
    pub fn voice(&self) -> Option<(CallSid, VoiceRequest)> {
        let request = VoiceRequest::parse(&self.form).ok()?;
        let sid = CallSid::parse(request.call_sid.as_str()).ok()?;
        Some((sid, request))
    }

    /// What the journal keeps of the request.
    pub fn kept(&self) -> store::Request {
        let is_sent_twice = |(name, _): &(&str, &str)| self.form.get(name).is_some();
        let query = self.query.iter().filter(|pair| !is_sent_twice(pair));
        query
            .chain(self.form.iter())
            .filter(|(name, _)| !SECRETS.contains(name))
            .map(|(name, value)| match name {
                KEYS if self.may_be_pin && !value.is_empty() => (name, NOT_KEPT),
                _ => (name, value),
            })
            .collect()
    }
}

/// Who calls, in the words of the rules.
pub(super) fn caller(party: &Party) -> Caller {
    match party {
        Party::Number(number) => match PhoneNumber::parse(number.as_str()) {
            Ok(number) => Caller::Number(number),
            Err(_) => Caller::Other(number.as_str().to_owned()),
        },
        Party::Client(identity) => Caller::Client(identity.clone()),
        Party::Sip(address) => Caller::Sip(address.clone()),
        Party::Withheld(_) => Caller::Withheld,
        Party::Other(text) => Caller::Other(text.clone()),
    }
}

/// The number that was dialled, where it is one.
pub(super) fn dialled(party: &Party) -> Option<PhoneNumber> {
    party
        .number()
        .and_then(|number| PhoneNumber::parse(number.as_str()).ok())
}

/// Where the carrier thinks the caller is: `From…`, and where that is silent, its older twin
/// `Caller…` (reference B.2).
pub(super) fn place(request: &VoiceRequest) -> Place {
    let (from, twin) = (&request.from_place, &request.caller_place);
    Place {
        city: from.city.clone().or_else(|| twin.city.clone()),
        state: from.state.clone().or_else(|| twin.state.clone()),
        zip: from.zip.clone().or_else(|| twin.zip.clone()),
        country: from.country.clone().or_else(|| twin.country.clone()),
    }
}

/// What the caller pressed and what became of a dialled party.
pub(super) fn input(request: &VoiceRequest) -> Input {
    Input {
        digits: Digits::parse(request.digits.as_deref()),
        dial: request.dial.as_ref().map(|dial| DialReport {
            status: dial_status(&dial.status),
            bridged: dial.bridged,
            seconds: dial.duration_s,
        }),
        caller_is_gone: request.call_status.is_final(),
        place: place(request),
        queue: None,
        too_many: false,
        clocks: WallClocks::new(),
        trial: None,
    }
}

fn dial_status(status: &DialCallStatus) -> DialStatus {
    match status {
        DialCallStatus::Completed | DialCallStatus::Answered => DialStatus::Completed,
        DialCallStatus::Busy => DialStatus::Busy,
        DialCallStatus::NoAnswer => DialStatus::NoAnswer,
        DialCallStatus::Failed => DialStatus::Failed,
        DialCallStatus::Canceled => DialStatus::Canceled,
        DialCallStatus::Other(word) => DialStatus::Other(word.clone()),
    }
}
