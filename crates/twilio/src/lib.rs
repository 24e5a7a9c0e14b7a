//! Twilio's wire: request signatures, webhook parameters, callbacks, browser tokens and the REST client.
//!
//! The crate translates and decides nothing. Section numbers in its documentation are those of the project's protocol
//! reference for Twilio Programmable Voice (B: webhooks, C: signatures, D: tokens, E: REST).

#![warn(missing_docs)]

mod field;
mod words;

pub mod callback;
pub mod date;
pub mod form;
pub mod headers;
pub mod party;
pub mod place;
pub mod rest;
pub mod sid;
pub mod signature;
pub mod status;
pub mod token;
pub mod webhook;

pub use callback::{CallStatusCallback, ConferenceCallback, RecordingCallback};
pub use form::Form;
pub use party::{E164, Party, Withheld};
pub use place::Place;
pub use sid::{
    AccountSid, ApiKeySid, ApplicationSid, BadSid, ByocSid, CallSid, ConferenceSid, CredentialSid,
    NumberSid, QueueSid, RecordingSid, TranscriptionSid, TrunkSid,
};
pub use signature::{PublicUrl, Refused, Signed, Verifier, sign};
pub use status::{CallStatus, DialCallStatus, Direction};
pub use token::{AccessToken, TokenRefused, TokenVerifier, VoiceGrant};
pub use webhook::VoiceRequest;
