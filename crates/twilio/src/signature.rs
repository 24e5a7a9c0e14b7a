//! Request signatures: whether a request was signed by Twilio for one of our public addresses (reference C).

mod key;
mod public_url;
mod signed_text;

pub use key::sign;
pub use public_url::{BadPublicUrl, PublicUrl};

use http::Method;
use sha2::{Digest, Sha256};

use crate::form::Form;
use key::Key;
use signed_text::{fields, without_fragment};

/// Checks signatures with the auth tokens of an account and the public addresses of this installation.
///
/// The signed address is one of ours plus the raw request target; no header takes part in it.
#[derive(Clone)]
pub struct Verifier {
    tokens: Vec<Key>,
    shared: Vec<(String, Key)>,
    bases: Vec<PublicUrl>,
}

/// What arrived, as far as a signature covers it.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The method of the request.
    pub method: &'a Method,
    /// The path and the query exactly as received: not decoded, not re-ordered, not cut.
    pub target: &'a str,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body, whole.
    pub body: &'a [u8],
    /// The header [`SIGNATURE`](crate::headers::SIGNATURE).
    pub signature: Option<&'a str>,
    /// The header [`SIGNATURE_SETTINGS`](crate::headers::SIGNATURE_SETTINGS).
    pub settings: Option<&'a str>,
}

/// Why a request is not believed to come from Twilio. The words are fit for a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The header is absent.
    #[error("the request carries no signature")]
    Missing,
    /// The header cannot be a signature of the algorithm in use.
    #[error("the signature is not the base64 of a hash of the expected length")]
    Malformed,
    /// No token and no public address give this signature.
    #[error("the signature fits none of the auth tokens and public addresses")]
    Mismatch,
    /// The body is no form, and the query does not hold its hash.
    #[error("the body is no form and the signed query carries no bodySHA256 for it")]
    Unhashed,
    /// The body is not the one whose hash stands in the signed query.
    #[error("the body does not have the hash that the signed query carries as bodySHA256")]
    BodyHash,
    /// The request is signed with a webhook shared key that was not configured.
    #[error("the request is signed with a webhook shared key that is not configured here")]
    UnknownKey,
    /// The settings of the signature name another algorithm than HMAC-SHA256, or cannot be read.
    #[error("the settings of the signature are not a webhook shared key with HMAC_SHA256")]
    UnsupportedSettings,
}

/// Why no verifier can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is no token, or one of them is empty: everybody could sign with it.
    #[error("an auth token is needed, and none may be empty")]
    NoToken,
    /// There is no public address.
    #[error("a public address is needed")]
    NoAddress,
}

impl Verifier {
    /// Makes a verifier that accepts any of the tokens (two while a token is being rotated, S13) at any of the
    /// addresses; the likeliest first of each is the fastest.
    ///
    /// # Errors
    /// When there is no token, an empty one, or no address.
    pub fn new<T: AsRef<str>>(
        tokens: impl IntoIterator<Item = T>,
        bases: impl IntoIterator<Item = PublicUrl>,
    ) -> Result<Self, Unusable> {
        let mut keys = Vec::new();
        for token in tokens {
            let token = token.as_ref().trim();
            if token.is_empty() {
                return Err(Unusable::NoToken);
            }
            keys.push(Key::sha1(token));
        }
        let bases: Vec<_> = bases.into_iter().collect();
        if keys.is_empty() {
            return Err(Unusable::NoToken);
        }
        if bases.is_empty() {
            return Err(Unusable::NoAddress);
        }
        Ok(Self {
            tokens: keys,
            shared: Vec::new(),
            bases,
        })
    }

    /// Adds a webhook shared key: its identifier (`webhooks_sharedkey_…`) and its secret (C.3, public beta).
    ///
    /// # Errors
    /// When the secret is empty.
    pub fn with_shared_key(mut self, id: &str, secret: &str) -> Result<Self, Unusable> {
        if secret.is_empty() {
            return Err(Unusable::NoToken);
        }
        self.shared.push((id.to_owned(), Key::sha256(secret)));
        Ok(self)
    }

    /// Checks one request.
    ///
    /// A form body is signed with its fields; any other body, and any body of a GET, must have its SHA-256 in the
    /// signed query. Signatures are compared in constant time.
    ///
    /// # Errors
    /// When the request is not signed by one of the keys for one of the addresses; the reason says which check failed.
    pub fn verify(&self, request: &Signed<'_>) -> Result<(), Refused> {
        self.signed_form(request).map(|_| ())
    }

    /// Checks one request as [`verify`](Self::verify) does and gives its parameters: those of a form body, and those of
    /// a GET's query (B.1). Other requests have none.
    ///
    /// # Errors
    /// As of [`verify`](Self::verify).
    pub fn parameters(&self, request: &Signed<'_>) -> Result<Form, Refused> {
        match self.signed_form(request)? {
            Some(form) => Ok(form),
            None if *request.method == Method::GET => {
                Ok(Form::parse(query(request.target).as_bytes()))
            }
            None => Ok(Form::new()),
        }
    }

    /// Checks a request and gives the form whose fields were signed with it, where there is one.
    fn signed_form(&self, request: &Signed<'_>) -> Result<Option<Form>, Refused> {
        let signature = request.signature.ok_or(Refused::Missing)?;
        let keys = self.keys(request.settings)?;
        let is_get = matches!(*request.method, Method::GET | Method::HEAD);
        let signs_fields =
            !is_get && !request.body.is_empty() && Form::is_announced_by(request.content_type);
        let form = signs_fields.then(|| Form::parse(request.body));
        let fields = fields(form.iter().flat_map(Form::iter));
        let target = without_fragment(request.target);
        for key in keys {
            let claimed = key.read(signature).ok_or(Refused::Malformed)?;
            if self
                .bases
                .iter()
                .flat_map(|base| base.addresses(target))
                .any(|parts| key.made(&parts, &fields, &claimed))
            {
                if form.is_none() {
                    check_hash(target, request.body)?;
                }
                return Ok(form);
            }
        }
        Err(Refused::Mismatch)
    }

    fn keys(&self, settings: Option<&str>) -> Result<&[Key], Refused> {
        let Some(settings) = settings else {
            return Ok(&self.tokens);
        };
        let setting = |name| {
            let mut pairs = settings.split(',').filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(found, _)| found.trim() == name)
                .map(|(_, value)| value.trim())
        };
        let (Some(id), Some("HMAC_SHA256")) = (setting("key"), setting("algorithm")) else {
            return Err(Refused::UnsupportedSettings);
        };
        let key = self
            .shared
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, key)| key);
        key.map(std::slice::from_ref).ok_or(Refused::UnknownKey)
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier")
            .field("tokens", &self.tokens.len())
            .field("shared", &self.shared.len())
            .field("bases", &self.bases)
            .finish()
    }
}

fn check_hash(target: &str, body: &[u8]) -> Result<(), Refused> {
    let hash = query(target)
        .split('&')
        .find_map(|pair| pair.strip_prefix("bodySHA256="));
    match hash {
        Some(hash) if *hash == hex(&Sha256::digest(body)) => Ok(()),
        Some(_) => Err(Refused::BodyHash),
        None if body.is_empty() => Ok(()),
        None => Err(Refused::Unhashed),
    }
}

fn query(target: &str) -> &str {
    target.split_once('?').map_or("", |(_, query)| query)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
