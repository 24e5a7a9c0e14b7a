//! The transport over the network: the one place that knows reqwest.

use std::time::Duration;

use async_trait::async_trait;
use http::{Request, Response};
use reqwest::redirect::Policy;

use super::transport::{Transport, TransportError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends requests over HTTP and TLS: 5 s to connect, 15 s in all, no redirects.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// The transport could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the HTTPS client could not be set up; are the system's root certificates installed?")]
pub struct NoTransport(#[source] reqwest::Error);

impl ReqwestTransport {
    /// Sets the transport up with the root certificates of the system.
    ///
    /// # Errors
    /// When the system has no root certificates that can be read.
    ///
    /// # Panics
    /// When the process has not installed a default crypto provider for rustls.
    pub fn new() -> Result<Self, NoTransport> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .redirect(Policy::none())
            .build()
            .map_err(NoTransport)?;
        Ok(Self { client })
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(sorted)?;
        let mut answer = self.client.execute(request).await.map_err(sorted)?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        *response.body_mut() = answer.bytes().await.map_err(sorted)?.into();
        Ok(response)
    }
}

/// Takes the address out of the error: it holds identifiers, and the caller knows it.
fn sorted(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::NotSent(Box::new(error))
    } else {
        TransportError::Unanswered(Box::new(error))
    }
}
