//! What WebRTC needs of cryptography, from ring where ring has it.
//!
//! str0m leaves this open. The providers that come with it bring OpenSSL or aws-lc, each with C to build and none of them
//! the one that the rest of the program uses.

mod certificate;
mod dtls;
mod srtp;

use std::sync::{Arc, OnceLock};

use ring::{digest, hmac};
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::{Sha1HmacProvider, Sha256Provider};

use dtls::Handshakes;
use srtp::Packets;

/// Hashes, from ring.
#[derive(Debug)]
struct Hashes;

impl Sha1HmacProvider for Hashes {
    fn sha1_hmac(&self, key: &[u8], payloads: &[&[u8]]) -> [u8; 20] {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
        let mut hash = hmac::Context::with_key(&key);
        for payload in payloads {
            hash.update(payload);
        }
        let mut signed = [0; 20];
        signed.copy_from_slice(hash.sign().as_ref());
        signed
    }
}

impl Sha256Provider for Hashes {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
        hash
    }
}

/// The provider, and the one certificate of this process: making one takes its time, and nobody looks at it but by its
/// fingerprint.
pub(super) fn crypto() -> &'static (Arc<CryptoProvider>, Option<DtlsCert>) {
    static CRYPTO: OnceLock<(Arc<CryptoProvider>, Option<DtlsCert>)> = OnceLock::new();
    CRYPTO.get_or_init(|| {
        let provider = CryptoProvider {
            srtp_provider: &Packets,
            sha1_hmac_provider: &Hashes,
            sha256_provider: &Hashes,
            dtls_provider: &Handshakes,
        };
        (Arc::new(provider), certificate::make())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn hashes_are_those_of_the_standards() {
        // RFC 2202, case 2; FIPS 180, "abc".
        let signed = Hashes.sha1_hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);

        assert_eq!(hex(&signed), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            hex(&Hashes.sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
