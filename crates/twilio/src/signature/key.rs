//! The keyed hash of a signature, keyed once and used for every request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::signed_text::{fields, without_fragment};

#[derive(Clone)]
pub(super) enum Key {
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
}

/// Signs a request to `url` the way Twilio does with an account's auth token (C.1): base64 of HMAC-SHA1.
///
/// A fragment is left out of the signed address (S6), and anything else stands as it was given: for voice over https
/// it is the sender that leaves the port out (S7). `params` are the decoded fields of a form body; for a GET and for
/// other bodies there are none.
#[must_use]
pub fn sign<'a>(
    token: &str,
    url: &str,
    params: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    Key::sha1(token).sign(without_fragment(url), &fields(params.into_iter()))
}

impl Key {
    pub(super) fn sha1(secret: &str) -> Self {
        Self::Sha1(
            Hmac::new_from_slice(secret.as_bytes()).expect("a key of any length makes an HMAC"),
        )
    }

    pub(super) fn sha256(secret: &str) -> Self {
        Self::Sha256(
            Hmac::new_from_slice(secret.as_bytes()).expect("a key of any length makes an HMAC"),
        )
    }

    /// The bytes of a signature that this key could have made; there is one spelling for each.
    pub(super) fn read(&self, signature: &str) -> Option<Vec<u8>> {
        let length = match self {
            Self::Sha1(_) => 20,
            Self::Sha256(_) => 32,
        };
        STANDARD
            .decode(signature)
            .ok()
            .filter(|bytes| bytes.len() == length)
    }

    /// Whether this key signed the address, given in parts, and the fields. Takes the same time wherever they differ.
    pub(super) fn made(&self, address: &[&str], fields: &[u8], claimed: &[u8]) -> bool {
        match self {
            Self::Sha1(keyed) => fed(keyed, address, fields).verify_slice(claimed).is_ok(),
            Self::Sha256(keyed) => fed(keyed, address, fields).verify_slice(claimed).is_ok(),
        }
    }

    fn sign(&self, url: &str, fields: &[u8]) -> String {
        match self {
            Self::Sha1(keyed) => {
                STANDARD.encode(fed(keyed, &[url], fields).finalize().into_bytes())
            }
            Self::Sha256(keyed) => {
                STANDARD.encode(fed(keyed, &[url], fields).finalize().into_bytes())
            }
        }
    }
}

fn fed<M: Mac + Clone>(keyed: &M, address: &[&str], fields: &[u8]) -> M {
    let mut mac = keyed.clone();
    for part in address {
        mac.update(part.as_bytes());
    }
    mac.update(fields);
    mac
}
