//! Twilio's wire: request signatures, webhook parameters, callbacks, browser tokens and the REST client.
//!
//! The crate translates and decides nothing. Section numbers in its documentation are those of the project's protocol
//! reference for Twilio Programmable Voice (B: webhooks, C: signatures, D: tokens, E: REST).
//!
//! A request is believed when its signature fits, and then read:
//!
//! ```
//! use http::Method;
//! use twilio::{Form, PublicUrl, Signed, Verifier, VoiceRequest, sign};
//!
//! let body = "CallSid=CA00000000000000000000000000000001&From=%2B12025550100&Digits=1";
//! let form = Form::parse(body.as_bytes());
//! let signature = sign("the auth token", "https://desk.example/ivr/menu", form.iter());
//!
//! let verifier = Verifier::new(["the auth token"], [PublicUrl::parse("https://desk.example")?])?;
//! verifier.verify(&Signed {
//!     method: &Method::POST,
//!     target: "/ivr/menu",
//!     content_type: Some("application/x-www-form-urlencoded"),
//!     body: body.as_bytes(),
//!     signature: Some(&signature),
//!     settings: None,
//! })?;
//!
//! let request = VoiceRequest::parse(&form)?;
//! assert_eq!(request.digits.as_deref(), Some("1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A browser is given a token, which the other side judges:
//!
//! ```
//! use twilio::{AccessToken, AccountSid, ApiKeySid, TokenVerifier, VoiceGrant};
//!
//! let account = AccountSid::parse("AC00000000000000000000000000000001")?;
//! let api_key = ApiKeySid::parse("SK00000000000000000000000000000001")?;
//! let now_s = 1_795_132_800;
//!
//! let grant = VoiceGrant { incoming_allow: true, ..VoiceGrant::default() };
//! let token = AccessToken::new(account.clone(), api_key.clone(), "ada")
//!     .with_voice(grant)
//!     .sign("the secret of the key", now_s)?;
//!
//! let verifier = TokenVerifier::new(account).with_key(api_key, "the secret of the key");
//! assert_eq!(verifier.verify(&token, now_s)?.identity, "ada");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The REST interface is asked by a client, over the network or over a transport of a test:
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use twilio::rest::reqwest_transport::ReqwestTransport;
//! use twilio::rest::{Account, CallDocument, Client, CreateCall, Error};
//! use twilio::{AccountSid, Party};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let account = AccountSid::parse("AC00000000000000000000000000000001")?;
//! let account = Account::with_auth_token(account, "the auth token");
//! let client = Client::new(Arc::new(ReqwestTransport::new()?), &account)?;
//!
//! let document = CallDocument::Url("https://desk.example/welcome".to_owned());
//! let (to, from) = (Party::parse("+12025550100"), Party::parse("+12025550101"));
//! match client.create_call(&CreateCall::new(&to, &from, &document).timeout_s(20)).await {
//!     Ok(call) => println!("{} is {}", call.sid, call.status),
//!     Err(error) if error.repeat_is_safe() => println!("not placed: {error}"),
//!     Err(error) => println!("perhaps placed: {error}"),
//! }
//! # Ok(())
//! # }
//! ```

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
