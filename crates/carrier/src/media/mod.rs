//! Sound between the carrier and whoever has a browser: ports, and the mixer that runs between them.
//!
//! [`Sound`] is the whole of it. A port is one end of a connection (WebRTC); tied to a leg, it is the leg's far end: what
//! comes in is the leg's voice, what goes out is what the plan lets the leg hear. Every 20 ms a step is mixed. Nothing
//! here knows calls: a [`SoundPlan`](crate::engine::SoundPlan) says who hears what.

mod canned;
mod connection;
mod desk;
mod headset;
mod pace;
mod port;
mod sound;

use std::net::IpAddr;

use twilio::CallSid;

pub use headset::Headset;
pub use pace::Pace;
pub use sound::Sound;

/// Whether there is sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaKind {
    /// None: session descriptions are exchanged, but nothing flows and nothing is mixed. For quick tests.
    #[default]
    None,
    /// WebRTC, µ-law only, with a UDP socket for each port.
    WebRtc {
        /// Where browsers reach this machine.
        address: IpAddr,
    },
}

/// Names a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortId(pub u64);

/// What ports report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundEvent {
    /// Somebody pressed a key at the far end of this leg (RFC 4733).
    Pressed {
        /// The leg that the port is tied to.
        leg: CallSid,
        /// `0` to `9`, `*`, `#`, `A` to `D`.
        key: char,
    },
    /// Somebody spoke at the far end of this leg in the last half second.
    Spoke {
        /// The leg.
        leg: CallSid,
    },
    /// Sound can flow, for the first time or again.
    Connected(PortId),
    /// Nothing comes from the other side any more. It may come again, after a new offer or without.
    Lost(PortId),
}

/// Why a port cannot do that.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// There is no such port, or it is closed.
    #[error("there is no such port")]
    NoPort,
    /// The other side's session description cannot be used.
    #[error("the session description cannot be used: {0}")]
    Description(String),
    /// An answer came without an offer, or a second time.
    #[error("no offer waits for an answer")]
    NotOffered,
    /// Browsers cannot be told this address.
    #[error("nobody can be reached on {0}")]
    Address(IpAddr),
    /// No socket could be opened.
    #[error("no socket for sound on {address}")]
    Socket {
        /// Where.
        address: IpAddr,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}
