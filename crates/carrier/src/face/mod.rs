//! The carrier over HTTP: it fetches documents, sends callbacks, answers REST and control requests, and talks to browsers.
//!
//! [`Carrier`] is the whole of it, running. Inside, the engine decides what happens to calls and the signalling what
//! browsers are told; everything here translates between them, the sound and the wire.

mod agenda;
mod browsers;
mod carrier;
mod chance;
mod clients;
mod clock;
mod config;
mod control;
mod driver;
mod fetch;
mod heard;
mod here;
mod rest;
mod signal;
mod sockets;
mod sound;
mod tasks;

pub mod faults;

pub use carrier::Carrier;
pub use clients::{ClientFault, NoClient};
pub use clock::ClockKind;
pub use config::{
    ApiKey, Config, DEMONSTRATION_KEY_SECRET, DEMONSTRATION_KEY_SID, DEMONSTRATION_TOKEN,
    StartError,
};
pub use heard::SoundError;
