//! Reads an answer of the REST interface: the resource, or what the error body says (reference E.1).

use http::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::Error;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: Option<u32>,
    message: Option<String>,
}

pub(super) fn read<R: DeserializeOwned>(
    method: &Method,
    response: &Response<Vec<u8>>,
) -> Result<R, Error> {
    let status = response.status();
    if status.is_success() {
        return serde_json::from_slice(response.body()).map_err(|source| Error::Unreadable {
            status: status.as_u16(),
            source,
        });
    }
    let body: ErrorBody = serde_json::from_slice(response.body()).unwrap_or_default();
    if status == StatusCode::NOT_FOUND {
        return Err(Error::NotFound { code: body.code });
    }
    Err(Error::refused(
        method,
        status,
        body.code,
        body.message.unwrap_or_default(),
    ))
}
