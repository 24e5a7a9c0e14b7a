//! Tokens for browser clients: made for an agent's browser, and judged as the carrier judges them (reference D).

mod access;
mod capability;
mod claims;
mod jwt;
mod refused;
mod verifier;

pub use access::{AccessToken, Outgoing, Unsignable, VoiceGrant};
pub use capability::{CapabilityToken, OutgoingCapability};
pub use jwt::Algorithm;
pub use refused::TokenRefused;
pub use verifier::{TokenVerifier, VerifiedToken};

/// The longest lifetime of a token that Twilio accepts, in seconds: 24 hours (reference D.1).
pub const LONGEST_LIFETIME_S: u32 = 86_400;

/// The longest identity that Twilio accepts for voice, in characters (reference D.1).
pub const LONGEST_IDENTITY: usize = 121;
