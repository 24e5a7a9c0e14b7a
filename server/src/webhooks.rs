//! Twilio's webhooks: verified, read into types, taken through the door, answered with TwiML.

mod browser;
mod incoming;
mod routes;
mod spoken;

pub use incoming::{Incoming, MAX_BODY};
pub use routes::{paths, router};
