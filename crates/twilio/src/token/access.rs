//! Access tokens: what lets a browser call and be called under an identity (reference D.1).

use std::collections::BTreeMap;

use serde_json::Value;

use super::claims::{CONTENT_TYPE, Claims, Grants, Header, Incoming, OutgoingClaim, TYPE, Voice};
use super::jwt::{self, Algorithm};
use super::{LONGEST_IDENTITY, LONGEST_LIFETIME_S};
use crate::sid::{AccountSid, ApiKeySid, ApplicationSid, CredentialSid};

/// What a token will say. It becomes a token by [`sign`](Self::sign), which asks nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessToken {
    /// The account in which the browser acts.
    pub account: AccountSid,
    /// The API key whose secret signs.
    pub api_key: ApiKeySid,
    /// Who the browser is: it is called as `client:` and this, at most 121 characters.
    pub identity: String,
    /// How long the token holds, in seconds from its making: at most 86,400.
    pub ttl_s: u32,
    /// When the token begins to hold, in seconds since 1970 UTC, if not at once.
    pub not_before_s: Option<i64>,
    /// Twilio's region, such as `ie1`, if not the one in the United States; the key must be of the same.
    pub region: Option<String>,
    /// What the browser may do with calls. Without it the token does not open the Voice SDK.
    pub voice: Option<VoiceGrant>,
    /// The keyed hash.
    pub algorithm: Algorithm,
}

/// What a browser may do with calls.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VoiceGrant {
    /// Whether it may be called.
    pub incoming_allow: bool,
    /// Whether it may call, and what then answers.
    pub outgoing: Option<Outgoing>,
    /// The credential with which mobile apps are woken.
    pub push_credential: Option<CredentialSid>,
    /// The endpoint; of no use for browsers.
    pub endpoint_id: Option<String>,
}

/// The right to call.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The application whose address is asked what to do with the call.
    pub application: ApplicationSid,
    /// Sent to that address with every call. Unlike what the browser sends there, these are signed by us.
    pub params: BTreeMap<String, Value>,
}

/// Why a token cannot be made: nobody would accept it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsignable {
    /// The secret is empty: everybody could sign with it.
    #[error("the secret of the API key is empty")]
    NoSecret,
    /// The identity is empty or too long.
    #[error("an identity has 1 to {LONGEST_IDENTITY} characters")]
    Identity,
    /// The lifetime is nothing or too long.
    #[error("a token holds for 1 to {LONGEST_LIFETIME_S} seconds")]
    Lifetime,
}

impl AccessToken {
    /// A token for one hour from its making, signed with HMAC SHA-256, that grants nothing yet.
    #[must_use]
    pub fn new(account: AccountSid, api_key: ApiKeySid, identity: &str) -> Self {
        Self {
            account,
            api_key,
            identity: identity.to_owned(),
            ttl_s: 3600,
            not_before_s: None,
            region: None,
            voice: None,
            algorithm: Algorithm::Hs256,
        }
    }

    /// Lets the browser do something with calls.
    #[must_use]
    pub fn with_voice(mut self, grant: VoiceGrant) -> Self {
        self.voice = Some(grant);
        self
    }

    /// Makes the token with the secret of the API key. `now_s` is the time of the making in seconds since 1970 UTC.
    ///
    /// # Errors
    /// When nobody would accept the token: an empty secret, a wrong identity, a wrong lifetime.
    pub fn sign(&self, secret: &str, now_s: i64) -> Result<String, Unsignable> {
        if secret.is_empty() {
            return Err(Unsignable::NoSecret);
        }
        if !is_identity(&self.identity) {
            return Err(Unsignable::Identity);
        }
        if !(1..=LONGEST_LIFETIME_S).contains(&self.ttl_s) {
            return Err(Unsignable::Lifetime);
        }
        let header = Header {
            alg: self.algorithm.word().to_owned(),
            typ: Some(TYPE.to_owned()),
            cty: Some(CONTENT_TYPE.to_owned()),
            twr: self.region.clone(),
        };
        let claims = Claims {
            jti: format!("{}-{now_s}", self.api_key),
            grants: Grants {
                identity: &self.identity,
                voice: self.voice.clone().map(Voice::from),
            },
            iat: now_s,
            nbf: self.not_before_s,
            exp: now_s.saturating_add(i64::from(self.ttl_s)),
            iss: self.api_key.as_str(),
            sub: self.account.as_str(),
        };
        Ok(jwt::sign(self.algorithm, secret, &header, &claims))
    }
}

pub(super) fn is_identity(text: &str) -> bool {
    (1..=LONGEST_IDENTITY).contains(&text.chars().count())
}

impl From<VoiceGrant> for Voice {
    fn from(grant: VoiceGrant) -> Self {
        Self {
            incoming: grant.incoming_allow.then_some(Incoming { allow: true }),
            outgoing: grant.outgoing.map(|outgoing| OutgoingClaim {
                application_sid: outgoing.application,
                params: outgoing.params,
            }),
            push_credential_sid: grant.push_credential,
            endpoint_id: grant.endpoint_id,
        }
    }
}

impl From<Voice> for VoiceGrant {
    fn from(voice: Voice) -> Self {
        Self {
            incoming_allow: voice.incoming.is_some_and(|incoming| incoming.allow),
            outgoing: voice.outgoing.map(|outgoing| Outgoing {
                application: outgoing.application_sid,
                params: outgoing.params,
            }),
            push_credential: voice.push_credential_sid,
            endpoint_id: voice.endpoint_id,
        }
    }
}
