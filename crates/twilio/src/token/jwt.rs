//! The envelope of both kinds of token: three pieces of base64, the last one a keyed hash of the others.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Sha256, Sha384, Sha512};

use crate::words::choices;

choices! {
    /// The keyed hash of a token (reference D.1).
    pub enum Algorithm {
        /// HMAC with SHA-256: what every helper library takes unless told otherwise.
        Hs256 = "HS256",
        /// HMAC with SHA-384.
        Hs384 = "HS384",
        /// HMAC with SHA-512.
        Hs512 = "HS512",
    }
}

/// A token in its pieces, not yet believed.
pub(super) struct Pieces<'a> {
    header: &'a str,
    payload: &'a str,
    signed: &'a str,
    signature: Vec<u8>,
}

pub(super) fn sign(
    algorithm: Algorithm,
    secret: &str,
    header: &impl Serialize,
    payload: &impl Serialize,
) -> String {
    let signed = format!("{}.{}", encoded(header), encoded(payload));
    let signature = match algorithm {
        Algorithm::Hs256 => URL_SAFE_NO_PAD.encode(
            keyed::<Hmac<Sha256>>(secret, &signed)
                .finalize()
                .into_bytes(),
        ),
        Algorithm::Hs384 => URL_SAFE_NO_PAD.encode(
            keyed::<Hmac<Sha384>>(secret, &signed)
                .finalize()
                .into_bytes(),
        ),
        Algorithm::Hs512 => URL_SAFE_NO_PAD.encode(
            keyed::<Hmac<Sha512>>(secret, &signed)
                .finalize()
                .into_bytes(),
        ),
    };
    format!("{signed}.{signature}")
}

impl<'a> Pieces<'a> {
    pub(super) fn of(token: &'a str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        (!payload.contains('.')).then_some(())?;
        Some(Self {
            header,
            payload,
            signed,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    pub(super) fn header<T: DeserializeOwned>(&self) -> Option<T> {
        decoded(self.header)
    }

    pub(super) fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        decoded(self.payload)
    }

    /// Whether the secret made the signature. Takes the same time wherever they differ.
    pub(super) fn is_signed_with(&self, algorithm: Algorithm, secret: &str) -> bool {
        let claimed = &self.signature;
        match algorithm {
            Algorithm::Hs256 => keyed::<Hmac<Sha256>>(secret, self.signed).verify_slice(claimed),
            Algorithm::Hs384 => keyed::<Hmac<Sha384>>(secret, self.signed).verify_slice(claimed),
            Algorithm::Hs512 => keyed::<Hmac<Sha512>>(secret, self.signed).verify_slice(claimed),
        }
        .is_ok()
    }
}

fn encoded(piece: &impl Serialize) -> String {
    let json = serde_json::to_vec(piece).expect("a token holds texts, numbers and maps of texts");
    URL_SAFE_NO_PAD.encode(json)
}

fn decoded<T: DeserializeOwned>(piece: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(piece).ok()?).ok()
}

fn keyed<M: Mac + hmac::digest::KeyInit>(secret: &str, signed: &str) -> M {
    let mut mac =
        <M as Mac>::new_from_slice(secret.as_bytes()).expect("a key of any length makes an HMAC");
    mac.update(signed.as_bytes());
    mac
}
