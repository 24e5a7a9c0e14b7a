//! What the server answers a test's request with.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("a header of text"))
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// Where the answer leads a page with script.
    pub(crate) fn leads_to(&self) -> &str {
        assert!(self.header("serverfnredirect").is_some(), "{}", self.body);
        self.location().expect("a way on")
    }

    /// Where the person was sent back to, and why.
    pub(crate) fn problem(&self) -> Option<&str> {
        let query = self.location()?.split_once('?')?.1;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix("problem="))
    }
}

/// Sends a request as it is.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .expect("the router always answers");
    let (parts, body) = response.into_parts();
    let bytes = body
        .collect()
        .await
        .expect("the answer arrives whole")
        .to_bytes()
        .to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
        bytes,
    }
}
