//! What can go wrong with a REST request, and whether it may be repeated (reference E.1, E.8).

use http::{Method, StatusCode};

use super::transport::TransportError;

/// Why a REST request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The account has no such resource (404, code 20404), or the resource is gone.
    #[error("the carrier has no such resource")]
    NotFound {
        /// Twilio's error code, if the answer named one.
        code: Option<u32>,
    },
    /// Twilio refused, or failed with an answer.
    #[error("the carrier answered {status}, code {}", code.map_or_else(|| "none".to_owned(), |code| code.to_string()))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Twilio's error code, if the answer named one.
        code: Option<u32>,
        /// Twilio's words, empty if there were none. They may name a telephone number: not for a log.
        message: String,
        /// Whether the same request may be sent again without doing its work twice.
        repeat_is_safe: bool,
    },
    /// No answer came.
    #[error("the carrier was not reached")]
    Transport {
        /// Whether the same request may be sent again without doing its work twice.
        repeat_is_safe: bool,
        /// What the transport met.
        #[source]
        source: TransportError,
    },
    /// The answer is good by its status but not what was asked for.
    #[error("the carrier's answer with status {status} cannot be read")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What is wrong with the body.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// Whether the same request may be sent again without doing its work twice. It need not be of use: a refusal of
    /// the request itself comes again.
    #[must_use]
    pub fn repeat_is_safe(&self) -> bool {
        match self {
            Self::NotFound { .. } => true,
            Self::Refused { repeat_is_safe, .. } | Self::Transport { repeat_is_safe, .. } => {
                *repeat_is_safe
            }
            Self::Unreadable { .. } => false,
        }
    }

    pub(super) fn transport(method: &Method, source: TransportError) -> Self {
        let never_arrived = match &source {
            TransportError::NotSent(_) => true,
            TransportError::Unanswered(_) => false,
        };
        Self::Transport {
            repeat_is_safe: never_arrived || method.is_safe(),
            source,
        }
    }

    /// A status of 429 says that the request was not processed, whatever its method; a status of the 500s says nothing.
    pub(super) fn refused(
        method: &Method,
        status: StatusCode,
        code: Option<u32>,
        message: String,
    ) -> Self {
        let repeat_is_safe = !status.is_server_error() || method.is_safe();
        Self::Refused {
            status: status.as_u16(),
            code,
            message,
            repeat_is_safe,
        }
    }
}
