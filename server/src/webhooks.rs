//! Twilio's webhooks: verified, read into types, taken through the door, answered with TwiML.

mod browser;
mod conference;
mod conference_notices;
mod incoming;
mod legs;
mod notice;
mod paths;
mod queue;
mod recordings;
mod room;
mod routes;
mod spoken;
mod support;
mod watch;

pub use incoming::{Incoming, MAX_BODY};
pub use routes::{paths, router};
