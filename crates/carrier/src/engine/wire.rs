//! What passes between the engine and whoever makes its HTTP requests.

use twilio::{CallSid, Form};

use super::ClientOrder;

/// What the engine wants done or known outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// An HTTP request is to be made; its answer goes to `Engine::answered`.
    Request(Request),
    /// Something about a leg changed that somebody may be looking at.
    Changed(CallSid),
    /// Browsers are to be told something.
    Client(ClientOrder),
}

/// Names a request until it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// An HTTP request to the application.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its name.
    pub id: RequestId,
    /// What is done with the answer.
    pub kind: RequestKind,
    /// The leg it belongs to; cookies are kept for each. None for those of a conference.
    pub call: Option<CallSid>,
    /// `GET` or `POST`.
    pub method: String,
    /// The whole URL. A fragment holds connection overrides (reference A.1.4) and is not sent.
    pub url: String,
    /// The parameters, in alphabetical order; empty for media.
    pub params: Form,
}

/// What is done with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// It is a document, to be obeyed.
    Document,
    /// It is ignored.
    Callback,
    /// It is a sound.
    Media,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An answer by HTTP, after redirects.
    Http {
        /// The status.
        status: u16,
        /// `Content-Type`, where there was one.
        content_type: Option<String>,
        /// The body.
        body: Vec<u8>,
        /// Where it came from in the end; relative URLs in it are resolved against this.
        url: String,
    },
    /// None. The code says why (11200 to 11243, reference A.8).
    Failed {
        /// The code.
        code: u32,
    },
}

/// A refusal by REST (reference E.8).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RestError {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's code.
    pub code: u32,
    /// What is wrong, in words.
    pub message: String,
}

impl RestError {
    /// A refusal.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// 404, 20404: there is no such thing.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(
            404,
            20404,
            format!("The requested resource {what} was not found"),
        )
    }
}

/// Why a person cannot do that with a telephone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// There is no such leg.
    #[error("there is no such leg")]
    NoLeg,
    /// The leg is in another state.
    #[error("that cannot be done while the leg is {0}")]
    NotNow(&'static str),
    /// A value that makes no sense; the field is named.
    #[error("{field}: {reason}")]
    Bad {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The number that was called belongs to nobody.
    #[error("the number is not in service")]
    NotInService,
}
