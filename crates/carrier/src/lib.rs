//! A stand-in for Twilio Programmable Voice on this machine.
//!
//! [`engine`] is pure: calls, documents, rooms and queues as state machines that are told the time.
//! It asks for HTTP requests to be made and is told their answers; it makes none itself.

#![warn(missing_docs)]

pub mod engine;
