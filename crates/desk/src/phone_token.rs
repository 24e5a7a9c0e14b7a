//! What a browser's phone is given so that the carrier knows it.

use serde::{Deserialize, Serialize};

/// The answer to `POST /token`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneToken {
    /// As whom the phone is called: the user name of whoever is signed in.
    pub identity: String,
    /// The access token.
    pub token: String,
    /// How long it holds, in seconds from its making.
    pub ttl_s: u32,
    /// Host and port of the local carrier's gateway; `None` at Twilio, whose address the SDK knows itself.
    pub signalling: Option<String>,
    /// Whether the carrier lets it call out.
    pub calls_out: bool,
}

/// Every other answer to `POST /token`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRefusal {
    /// Why there is no token, as sentences for the person who asked.
    pub message: String,
}

impl std::fmt::Debug for PhoneToken {
    /// Without the token: whoever holds it is called in its owner's place.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PhoneToken")
            .field("identity", &self.identity)
            .field("ttl_s", &self.ttl_s)
            .field("signalling", &self.signalling)
            .field("calls_out", &self.calls_out)
            .finish_non_exhaustive()
    }
}
