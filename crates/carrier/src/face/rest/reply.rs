//! Answers: resources as JSON with their status, refusals with Twilio's code (reference E.1).

use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::engine::{RestError, Time};

/// What is answered when nothing is wrong.
#[derive(Debug)]
pub(super) enum Reply {
    /// 200.
    Shown(Vec<u8>),
    /// 201.
    Created(Vec<u8>),
    /// 204.
    Gone,
    /// 200 with a WAV file.
    Sound(Vec<u8>),
}

#[derive(Serialize)]
struct Refusal<'a> {
    code: u32,
    message: &'a str,
    more_info: String,
    status: u16,
}

impl Reply {
    pub(super) fn shown(resource: &impl Serialize) -> Self {
        Self::Shown(written(resource))
    }

    pub(super) fn created(resource: &impl Serialize) -> Self {
        Self::Created(written(resource))
    }
}

pub(super) fn render(outcome: Result<Reply, RestError>) -> Response {
    match outcome {
        Ok(Reply::Shown(body)) => json(StatusCode::OK, body),
        Ok(Reply::Created(body)) => json(StatusCode::CREATED, body),
        Ok(Reply::Gone) => StatusCode::NO_CONTENT.into_response(),
        Ok(Reply::Sound(file)) => ([(CONTENT_TYPE, "audio/x-wav")], file).into_response(),
        Err(refused) => refusal(&refused),
    }
}

/// A moment as the header `Date` has it.
pub(super) fn date(time: Time) -> String {
    twilio::date::to_rfc2822(time.0).replace("+0000", "GMT")
}

fn refusal(refused: &RestError) -> Response {
    let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = written(&Refusal {
        code: refused.code,
        message: &refused.message,
        more_info: format!("https://www.twilio.com/docs/errors/{}", refused.code),
        status: refused.status,
    });
    let mut response = json(status, body);
    if status == StatusCode::UNAUTHORIZED {
        let realm = HeaderValue::from_static("Basic realm=\"Twilio API\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, realm);
    }
    response
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

fn written(resource: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(resource).expect("a resource has names for keys and is written to memory")
}
