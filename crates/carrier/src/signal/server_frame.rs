//! The frames of the carrier: JSON texts of a type, a version and a payload, as the Voice SDK 2.18.5 reads them.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// The version of the protocol that every frame names.
pub const VERSION: &str = "1.6";

/// What the carrier says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "payload", rename_all = "lowercase")]
pub enum ServerFrame {
    /// The token is believed.
    Connected {
        /// Where the carrier stands. None of the three is a place of Twilio's, so that no SDK goes there by itself.
        region: String,
        /// The same.
        edge: String,
        /// The same.
        home: String,
        /// What answers on the socket.
        gateway: String,
        /// What the token says.
        token: Believed,
    },
    /// It may be called.
    Ready {},
    /// It is not called.
    Offline {},
    /// It is called.
    Invite {
        /// The call.
        callsid: String,
        /// The carrier's offer.
        sdp: String,
        /// What gives the right to come back to the call.
        reconnect: String,
        /// `CallSid`, `From`, `To` and so on; `Params` is a form of its own.
        parameters: Map<String, Value>,
    },
    /// It need not answer any more: the caller gave up, or somebody else answered.
    Cancel {
        /// The call.
        callsid: String,
    },
    /// The far end of its call rings.
    Ringing {
        /// The call's lasting name.
        callsid: String,
        /// The carrier's answer to its offer: it may hear something already.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdp: Option<String>,
    },
    /// Its call is answered, or its new description, or it has come back to a call.
    Answer {
        /// The call.
        callsid: String,
        /// The carrier's answer to its offer, unless the media go on as they were.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdp: Option<String>,
        /// What gives the right to come back to the call.
        reconnect: String,
    },
    /// The call is over.
    HangUp {
        /// The call, under its temporary name if it has no other.
        callsid: String,
        /// Why, if not in the ordinary way.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Fault>,
    },
    /// Something was refused.
    Error {
        /// What and why.
        error: Fault,
        /// The call it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        callsid: Option<String>,
        /// The message it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        voiceeventsid: Option<String>,
    },
    /// The browser is to end the socket and not to come back by itself.
    Close {},
}

/// What the token says, as `connected` repeats it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Believed {
    /// Who the browser is.
    pub identity: String,
    /// For how many seconds the token still holds.
    pub ttl: i64,
}

/// A code of the SDK's and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The code.
    pub code: u32,
    /// The words.
    pub message: String,
}

impl Fault {
    /// A code with its words.
    pub fn new(code: u32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl ServerFrame {
    /// The text to be sent over the socket.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut frame = json!(self);
        if let Some(frame) = frame.as_object_mut() {
            frame.insert("version".to_owned(), json!(VERSION));
        }
        frame.to_string()
    }
}
