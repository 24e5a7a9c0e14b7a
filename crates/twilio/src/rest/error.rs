//! What can go wrong with a REST request, and whether it may be repeated (reference E.1, E.8).

use http::{Method, StatusCode};

use super::code::Code;
use super::transport::TransportError;

/// Why a REST request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The account has no such resource (404, code 20404), or the resource is gone.
    #[error("the carrier has no such resource")]
    NotFound {
        /// Twilio's error code, if the answer named one.
        code: Option<Code>,
    },
    /// Twilio refused, or failed with an answer.
    #[error("the carrier answered {status}, code {}", named(*code))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Twilio's error code, if the answer named one.
        code: Option<Code>,
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
        /// Whether the same request may be sent again without doing its work twice.
        repeat_is_safe: bool,
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
            Self::Refused { repeat_is_safe, .. }
            | Self::Transport { repeat_is_safe, .. }
            | Self::Unreadable { repeat_is_safe, .. } => *repeat_is_safe,
        }
    }

    /// Twilio's error code, if an answer named one.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::NotFound { code } | Self::Refused { code, .. } => *code,
            Self::Transport { .. } | Self::Unreadable { .. } => None,
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

    pub(super) fn unreadable(
        method: &Method,
        status: StatusCode,
        source: serde_json::Error,
    ) -> Self {
        Self::Unreadable {
            status: status.as_u16(),
            repeat_is_safe: method.is_safe(),
            source,
        }
    }

    /// A refusal says that the request was not processed, and so does 429, whatever the method. A status of the 500s
    /// says nothing, nor does 408.
    pub(super) fn refused(
        method: &Method,
        status: StatusCode,
        code: Option<Code>,
        message: String,
    ) -> Self {
        let tells = !status.is_server_error() && status != StatusCode::REQUEST_TIMEOUT;
        let repeat_is_safe = tells || method.is_safe();
        Self::Refused {
            status: status.as_u16(),
            code,
            message,
            repeat_is_safe,
        }
    }
}

fn named(code: Option<Code>) -> String {
    code.map_or_else(
        || "none".to_owned(),
        |code| format!("{} ({})", code.number(), code.meaning()),
    )
}
