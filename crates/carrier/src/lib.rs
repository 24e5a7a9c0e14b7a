//! A stand-in for Twilio Programmable Voice on this machine.
//!
//! [`engine`] is pure: calls, documents, rooms and queues as state machines that are told the time.
//! It asks for HTTP requests to be made and is told their answers; it makes none itself.
//! [`signal`] is pure too: what browsers with the Voice SDK say and are told over their sockets.
//! [`mix`] is pure as well, and mixes sound; [`media`] carries it to and from browsers.
//! [`face`] surrounds them: it makes those requests, answers REST and control requests, and has the sockets of browsers.

#![warn(missing_docs)]

pub mod engine;
pub mod face;
pub mod media;
pub mod mix;
pub mod signal;
mod timers;
pub mod wave;
