//! Judges access tokens as the carrier does when a browser shows one (reference D.1).

use std::collections::BTreeMap;

use super::access::{VoiceGrant, is_identity};
use super::claims::{CONTENT_TYPE, Claimed, GrantsClaimed, Header, TYPE};
use super::jwt::{Algorithm, Pieces};
use super::{LONGEST_LIFETIME_S, TokenRefused};
use crate::sid::{AccountSid, ApiKeySid};

/// Knows an account and the secrets of its API keys.
#[derive(Clone)]
pub struct TokenVerifier {
    account: AccountSid,
    secrets: BTreeMap<ApiKeySid, String>,
}

/// What a believed token says.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedToken {
    /// The name of the token itself, if it has one.
    pub id: Option<String>,
    /// The API key that issued it.
    pub api_key: ApiKeySid,
    /// Who the browser is.
    pub identity: String,
    /// What it may do with calls.
    pub voice: VoiceGrant,
    /// When the token ends, in seconds since 1970 UTC.
    pub expires_s: i64,
    /// Twilio's region, if the token names one.
    pub region: Option<String>,
}

impl TokenVerifier {
    /// A verifier that knows no key yet, and so refuses every token.
    #[must_use]
    pub fn new(account: AccountSid) -> Self {
        Self {
            account,
            secrets: BTreeMap::new(),
        }
    }

    /// Adds an API key. One whose secret is empty is not added: everybody could sign with it.
    #[must_use]
    pub fn with_key(mut self, api_key: ApiKeySid, secret: &str) -> Self {
        if !secret.is_empty() {
            self.secrets.insert(api_key, secret.to_owned());
        }
        self
    }

    /// Judges a token at a time, in seconds since 1970 UTC.
    ///
    /// A token holds from its `nbf` to the second before its `exp`. Its lifetime is counted from its `iat`, else its
    /// `nbf`, else the time at hand, since not every helper library writes all of them.
    ///
    /// # Errors
    /// The first reason to refuse it: shape, header, issuer and subject, signature, times, lifetime, grants.
    pub fn verify(&self, token: &str, now_s: i64) -> Result<VerifiedToken, TokenRefused> {
        let pieces = Pieces::of(token).ok_or(TokenRefused::Malformed)?;
        let header: Header = pieces.header().ok_or(TokenRefused::Malformed)?;
        let algorithm = accepted(&header).ok_or(TokenRefused::Header)?;
        let claimed: Claimed = pieces.payload().ok_or(TokenRefused::Malformed)?;

        let (api_key, secret) = self.issuer(&claimed).ok_or(TokenRefused::Issuer)?;
        if !pieces.is_signed_with(algorithm, secret) {
            return Err(TokenRefused::Signature);
        }

        let expires_s = check_times(&claimed, now_s)?;
        let grants: GrantsClaimed =
            serde_json::from_value(claimed.grants).map_err(|_| TokenRefused::Grants)?;
        if !is_identity(&grants.identity) {
            return Err(TokenRefused::Grants);
        }
        Ok(VerifiedToken {
            id: claimed.jti,
            api_key: api_key.clone(),
            identity: grants.identity,
            voice: grants.voice.into(),
            expires_s,
            region: header.twr,
        })
    }

    fn issuer(&self, claimed: &Claimed) -> Option<(&ApiKeySid, &str)> {
        if claimed.sub.as_str() != Some(self.account.as_str()) {
            return None;
        }
        let api_key = ApiKeySid::parse(claimed.iss.as_str()?).ok()?;
        let (api_key, secret) = self.secrets.get_key_value(&api_key)?;
        Some((api_key, secret))
    }
}

impl std::fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("account", &self.account)
            .field("keys", &self.secrets.len())
            .finish()
    }
}

fn accepted(header: &Header) -> Option<Algorithm> {
    let is_access_token =
        header.cty.as_deref() == Some(CONTENT_TYPE) && header.typ.as_deref() == Some(TYPE);
    is_access_token
        .then(|| Algorithm::parse(&header.alg))
        .flatten()
}

fn check_times(claimed: &Claimed, now_s: i64) -> Result<i64, TokenRefused> {
    let expires_s = claimed.exp.ok_or(TokenRefused::Expired)?;
    if expires_s <= now_s {
        return Err(TokenRefused::Expired);
    }
    if claimed.nbf.is_some_and(|begins_s| begins_s > now_s) {
        return Err(TokenRefused::NotYetValid);
    }
    let begins_s = claimed.iat.or(claimed.nbf).unwrap_or(now_s);
    if expires_s.saturating_sub(begins_s) > i64::from(LONGEST_LIFETIME_S) {
        return Err(TokenRefused::TooLong);
    }
    Ok(expires_s)
}
