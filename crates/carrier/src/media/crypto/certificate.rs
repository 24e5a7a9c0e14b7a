//! A certificate that signs for itself, written in DER by hand: in WebRTC only its fingerprint is looked at.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use str0m::config::DtlsCert;

// DER: the tags that are needed.
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const OBJECT: u8 = 0x06;
const TEXT: u8 = 0x0c;
const TIME: u8 = 0x17;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;

/// 1.2.840.10045.4.3.2, ECDSA with SHA-256.
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
/// 1.2.840.10045.2.1, a key on an elliptic curve.
const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.2.840.10045.3.1.7, the curve P-256.
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// 2.5.4.3, a common name.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

/// A new key and its certificate; nothing if the machine has no chance to give.
pub(super) fn make() -> Option<DtlsCert> {
    let chance = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let private_key = EcdsaKeyPair::generate_pkcs8(algorithm, &chance).ok()?;
    let key = EcdsaKeyPair::from_pkcs8(algorithm, private_key.as_ref(), &chance).ok()?;

    let signed = contents(key.public_key().as_ref());
    let signature = key.sign(&chance, &signed).ok()?;
    let certificate = der(
        SEQUENCE,
        &[
            &signed,
            &der(SEQUENCE, &[&der(OBJECT, &[ECDSA_SHA256])]),
            &bits(signature.as_ref()),
        ],
    );
    Some(DtlsCert {
        certificate,
        private_key: private_key.as_ref().to_vec(),
    })
}

/// What is signed (RFC 5280, 4.1).
fn contents(public_key: &[u8]) -> Vec<u8> {
    let name = der(
        SEQUENCE,
        &[&der(
            SET,
            &[&der(
                SEQUENCE,
                &[&der(OBJECT, &[COMMON_NAME]), &der(TEXT, &[b"carrier"])],
            )],
        )],
    );
    // For as long as years are written with two digits.
    let validity = der(
        SEQUENCE,
        &[
            &der(TIME, &[b"200101000000Z"]),
            &der(TIME, &[b"491231235959Z"]),
        ],
    );
    let kind = der(SEQUENCE, &[&der(OBJECT, &[EC_KEY]), &der(OBJECT, &[P256])]);
    der(
        SEQUENCE,
        &[
            // The third version, which counts from zero.
            &der(VERSION, &[&der(INTEGER, &[&[2]])]),
            &der(INTEGER, &[&[1]]),
            &der(SEQUENCE, &[&der(OBJECT, &[ECDSA_SHA256])]),
            &name,
            &validity,
            &name,
            &der(SEQUENCE, &[&kind, &bits(public_key)]),
        ],
    )
}

/// A string of bits that ends with a whole byte.
fn bits(content: &[u8]) -> Vec<u8> {
    der(BITS, &[&[0], content])
}

/// A value with its tag and its length.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let leading = length.iter().take_while(|byte| **byte == 0).count();
    let length = &length[leading.min(length.len() - 1)..];
    let mut written = vec![tag];
    if content.len() >= 0x80 {
        let bytes = u8::try_from(length.len()).expect("a length has at most eight bytes");
        written.push(0x80 | bytes);
    }
    written.extend_from_slice(length);
    written.extend(content);
    written
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

    use super::*;

    /// The parts of a sequence, each with its tag.
    fn parts(sequence: &[u8]) -> Vec<&[u8]> {
        let (mut rest, mut parts) = (content(sequence), Vec::new());
        while !rest.is_empty() {
            let whole = header(rest) + length(rest);
            parts.push(&rest[..whole]);
            rest = &rest[whole..];
        }
        parts
    }

    fn header(value: &[u8]) -> usize {
        match value[1] {
            short @ 0..0x80 => {
                assert_eq!(usize::from(short), length(value));
                2
            }
            long => 2 + usize::from(long & 0x7f),
        }
    }

    fn length(value: &[u8]) -> usize {
        match value[1] {
            short @ 0..0x80 => usize::from(short),
            long => value[2..2 + usize::from(long & 0x7f)]
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte)),
        }
    }

    fn content(value: &[u8]) -> &[u8] {
        &value[header(value)..]
    }

    #[test]
    fn a_certificate_is_signed_with_its_own_key() {
        let made = make().expect("there is chance");

        let certificate = parts(&made.certificate);
        let signed = parts(certificate[0]);
        let key = parts(signed[6])[1];
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &content(key)[1..]);
        let signature = &content(certificate[2])[1..];
        assert_eq!(key.verify(certificate[0], signature), Ok(()));
        assert_eq!((certificate.len(), signed.len()), (3, 7));
        assert_eq!(signed[3], signed[5]);
    }

    #[test]
    fn no_two_certificates_are_the_same() {
        let (one, other) = (make(), make());

        assert_ne!(
            one.map(|made| made.certificate),
            other.map(|made| made.certificate)
        );
    }

    #[test]
    fn lengths_are_written_as_short_as_they_can_be() {
        assert_eq!(der(TEXT, &[]), [TEXT, 0]);
        assert_eq!(der(TEXT, &[&[7; 127]])[..2], [TEXT, 127]);
        assert_eq!(der(TEXT, &[&[7; 128]])[..3], [TEXT, 0x81, 128]);
        assert_eq!(der(TEXT, &[&[7; 300]])[..4], [TEXT, 0x82, 1, 44]);
    }
}
