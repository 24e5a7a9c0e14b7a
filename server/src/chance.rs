//! The one source of randomness.

use rand::RngCore;

use crate::digest::hex;

/// A secret of 256 bits, as 64 hexadecimal digits.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks for randomness"
)]
pub fn secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// Something to begin a sequence with that looks like chance.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks for randomness"
)]
pub fn seed() -> u64 {
    rand::rng().next_u64()
}
