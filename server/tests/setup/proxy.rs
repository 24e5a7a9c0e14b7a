//! What stands before the server at its public address: a proxy that hands on, and what it does wrong.

use std::sync::{Mutex, OnceLock, PoisonError};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use http::{Request, Response, Uri, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use twilio::rest::{Transport, TransportError};

/// Where proxies note from where somebody asks.
const CLIENT: &str = "x-forwarded-for";

/// What the proxy does.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// It hands on what comes.
    Straight,
    /// It writes the path and query anew.
    Target(fn(&str) -> String),
    /// It hands on the address that somebody claims to ask from.
    Believing,
    /// It leaves a header out.
    Without(&'static str),
    /// It answers itself, with a status and a page of its own.
    Answers(u16),
    /// Nobody is there; why, in the system's words.
    Nobody(&'static str),
}

/// A proxy before a server.
pub(crate) struct Proxy {
    router: OnceLock<Router>,
    way: Mutex<Way>,
}

impl Proxy {
    pub(crate) fn new() -> Self {
        Self {
            router: OnceLock::new(),
            way: Mutex::new(Way::Straight),
        }
    }

    /// Stands before this server.
    pub(crate) fn before(&self, router: Router) {
        assert!(self.router.set(router).is_ok(), "one server");
    }

    pub(crate) fn goes(&self, way: Way) {
        *self.way.lock().unwrap_or_else(PoisonError::into_inner) = way;
    }
}

#[async_trait]
impl Transport for Proxy {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let way = self
            .way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (mut parts, body) = request.into_parts();
        let host = parts.uri.authority().expect("a host").to_string();
        let mut target = parts.uri.path_and_query().expect("a path").to_string();
        let claimed = parts.headers.remove(CLIENT);
        let asks_from = "203.0.113.9".parse().expect("an address");
        parts.headers.insert(CLIENT, asks_from);
        match way {
            Way::Straight => {}
            Way::Believing => {
                let claimed = claimed.expect("an address is claimed");
                parts.headers.insert(CLIENT, claimed);
            }
            Way::Target(rewrite) => target = rewrite(&target),
            Way::Without(name) => {
                parts.headers.remove(name);
            }
            Way::Answers(status) => {
                let page = Response::builder().status(status);
                return Ok(page.body(b"<html>".to_vec()).expect("a page"));
            }
            Way::Nobody(why) => return Err(TransportError::NotSent(why.into())),
        }
        parts.uri = target.parse::<Uri>().expect("a target");
        parts
            .headers
            .insert(header::HOST, host.parse().expect("a host"));
        parts
            .headers
            .insert("x-forwarded-proto", "https".parse().expect("a scheme"));
        let router = self.router.get().expect("a server").clone();
        let request = Request::from_parts(parts, Body::from(body));
        let answer = router.oneshot(request).await.expect("it always answers");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("a whole answer").to_bytes();
        Ok(Response::from_parts(parts, body.to_vec()))
    }
}
