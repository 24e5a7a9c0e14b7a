//! Reads an answer of the REST interface: the resource, or what the error body says (reference E.1).

use http::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::code::Code;
use super::error::Error;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: Option<u32>,
    message: Option<String>,
}

/// Reads the body of a good answer.
pub(super) fn read<R: DeserializeOwned>(
    method: &Method,
    response: &Response<Vec<u8>>,
) -> Result<R, Error> {
    let status = check(method, response)?;
    serde_json::from_slice(response.body())
        .map_err(|source| Error::unreadable(method, status, source))
}

/// The status of a good answer, whatever its body.
pub(super) fn check(method: &Method, response: &Response<Vec<u8>>) -> Result<StatusCode, Error> {
    let status = response.status();
    if status.is_success() {
        return Ok(status);
    }
    let body: ErrorBody = serde_json::from_slice(response.body()).unwrap_or_default();
    let code = body.code.map(Code::of);
    if status == StatusCode::NOT_FOUND {
        return Err(Error::NotFound { code });
    }
    Err(Error::refused(
        method,
        status,
        code,
        body.message.unwrap_or_default(),
    ))
}
