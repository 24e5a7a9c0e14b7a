//! How a request of the REST client reaches Twilio and its answer comes back.

use async_trait::async_trait;
use http::{Request, Response};

/// Sends one request and waits for its answer, whatever its status. It neither follows redirects nor sends again.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends one request.
    ///
    /// # Errors
    /// When no answer came; a refusal by status is an answer.
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>;
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The request did not leave: no connection, or it could not be written down as one.
    #[error("the request could not be sent")]
    NotSent(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The request may have arrived: time ran out or the connection broke while waiting.
    #[error("the request may have arrived, but no answer came")]
    Unanswered(#[source] Box<dyn std::error::Error + Send + Sync>),
}
