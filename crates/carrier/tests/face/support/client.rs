//! A client of the REST and control APIs, through the router.

use axum::Router;
use axum::body::Body;
use axum::http::response::Parts;
use axum::http::{HeaderMap, Method, Request, request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrier::face::Carrier;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use twilio::Form;

use super::{ACCOUNT, TOKEN};

/// Asks with a name and a password.
pub(crate) struct Client {
    router: Router,
    pair: Option<(String, String)>,
    account: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

impl Got {
    /// A text field.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.json[field]
            .as_str()
            .unwrap_or_else(|| panic!("{field} is no text: {}", self.json))
    }

    /// The HTTP status and Twilio's code.
    pub(crate) fn refusal(&self) -> (u16, u64) {
        (self.status, self.json["code"].as_u64().unwrap_or_default())
    }
}

impl Client {
    pub(crate) fn new(carrier: &Carrier) -> Self {
        Self {
            router: carrier.router(),
            pair: Some((ACCOUNT.to_owned(), TOKEN.to_owned())),
            account: ACCOUNT.to_owned(),
        }
    }

    /// The same with other credentials.
    pub(crate) fn with_pair(mut self, pair: Option<(&str, &str)>) -> Self {
        self.pair = pair.map(|(user, password)| (user.to_owned(), password.to_owned()));
        self
    }

    /// The same for another account's paths.
    pub(crate) fn of_account(mut self, account: &str) -> Self {
        account.clone_into(&mut self.account);
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.rest(Method::GET, path, &[]).await
    }

    pub(crate) async fn post(&self, path: &str, params: &[(&str, &str)]) -> Got {
        self.rest(Method::POST, path, params).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Got {
        self.rest(Method::DELETE, path, &[]).await
    }

    /// Below the account's path, or from the root where the path begins so.
    pub(crate) async fn rest(&self, method: Method, path: &str, params: &[(&str, &str)]) -> Got {
        let uri = if path.starts_with("/2010") {
            path.to_owned()
        } else {
            format!("/2010-04-01/Accounts/{}/{path}", self.account)
        };
        let mut request = self.authorized().method(&method).uri(uri);
        let body = if method == Method::POST {
            request = request.header("content-type", "application/x-www-form-urlencoded");
            params.iter().copied().collect::<Form>().write()
        } else {
            String::new()
        };
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    /// The sound of a recording.
    pub(crate) async fn wav(&self, recording: &str) -> Vec<u8> {
        let uri = format!(
            "/2010-04-01/Accounts/{}/Recordings/{recording}.wav",
            self.account
        );
        let request = self.authorized().uri(uri).body(Body::empty());
        let (parts, body) = self.fetch(request.expect("a request")).await;
        assert_eq!(parts.status, 200, "there is no sound of {recording}");
        body
    }

    fn authorized(&self) -> request::Builder {
        let request = Request::builder().header("host", "localhost");
        match &self.pair {
            Some((user, password)) => {
                let pair = STANDARD.encode(format!("{user}:{password}"));
                request.header("authorization", format!("Basic {pair}"))
            }
            None => request,
        }
    }

    /// A control request with JSON.
    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Got {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = Request::builder()
            .method(method)
            .uri(format!("/control/{path}"))
            .header("host", "localhost")
            .header("content-type", "application/json");
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Got {
        let (parts, body) = self.fetch(request).await;
        let json = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).expect("answers are JSON")
        };
        Got {
            status: parts.status.as_u16(),
            headers: parts.headers,
            json,
        }
    }

    /// The answer as it is; a body that breaks off is empty.
    pub(crate) async fn fetch(&self, request: Request<Body>) -> (Parts, Vec<u8>) {
        let response = self.router.clone().oneshot(request).await;
        let response = response.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes().to_vec());
        (parts, body.unwrap_or_default())
    }
}
