//! Twilio's wire: request signatures, webhook parameters, status callbacks and the REST client.
//!
//! The crate translates and decides nothing. Section numbers in its documentation are those of the project's protocol
//! reference for Twilio Programmable Voice (B: webhooks, C: signatures, E: REST).

#![warn(missing_docs)]

mod words;

pub mod callback;
pub mod form;
pub mod headers;
pub mod party;
pub mod place;
pub mod rest;
pub mod sid;
pub mod signature;
pub mod status;
pub mod webhook;

pub use callback::CallStatusCallback;
pub use form::Form;
pub use party::{E164, Party, Withheld};
pub use place::Place;
pub use sid::{AccountSid, BadSid, CallSid};
pub use signature::{PublicUrl, Refused, Signed, Verifier, sign};
pub use status::{CallStatus, DialCallStatus, Direction};
pub use webhook::VoiceRequest;
