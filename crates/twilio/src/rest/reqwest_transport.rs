//! The transport over the network: the one place that knows reqwest.

use std::time::Duration;

use async_trait::async_trait;
use http::{Request, Response};
use reqwest::redirect::Policy;

use super::transport::{Transport, TransportError};

/// How long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To reach the host.
    pub connect: Duration,
    /// From the beginning to the end of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 5 s to connect, 15 s in all.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
        }
    }
}

/// Sends requests over HTTP and TLS, within time-outs and without following redirects.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// The transport could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the HTTPS client could not be set up; are the system's root certificates installed?")]
pub struct NoTransport(#[source] reqwest::Error);

impl ReqwestTransport {
    /// Sets the transport up with the root certificates of the system and the usual time-outs.
    ///
    /// # Errors
    /// When the system has no root certificates that can be read.
    ///
    /// # Panics
    /// When the process has not installed a default crypto provider for rustls.
    pub fn new() -> Result<Self, NoTransport> {
        Self::with_timeouts(Timeouts::default())
    }

    /// Sets the transport up with the root certificates of the system and time-outs of one's own.
    ///
    /// # Errors
    /// When the system has no root certificates that can be read.
    ///
    /// # Panics
    /// When the process has not installed a default crypto provider for rustls.
    pub fn with_timeouts(timeouts: Timeouts) -> Result<Self, NoTransport> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
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
