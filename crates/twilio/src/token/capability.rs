//! Capability tokens: the tokens of the SDK before access tokens, signed with the auth token (reference D.2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::claims::TYPE;
use super::jwt::{self, Algorithm};
use super::{LONGEST_LIFETIME_S, Unsignable};
use crate::form::Form;
use crate::sid::{AccountSid, ApplicationSid};

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a capability token will say: any of the three capabilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityToken {
    /// The account in which the browser acts, and which signs.
    pub account: AccountSid,
    /// How long the token holds, in seconds from its making: at most 86,400.
    pub ttl_s: u32,
    /// The name under which the browser may be called.
    pub incoming: Option<String>,
    /// Whether the browser may call, and what then answers.
    pub outgoing: Option<OutgoingCapability>,
    /// Whether the browser may listen to the account's events.
    pub events: bool,
}

/// The capability to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingCapability {
    /// The application whose address is asked what to do with the call.
    pub application: ApplicationSid,
    /// Sent to that address with every call.
    pub params: Form,
}

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    scope: String,
    iss: &'a str,
    exp: i64,
    iat: i64,
}

impl CapabilityToken {
    /// A token for one hour from its making that is capable of nothing yet.
    #[must_use]
    pub fn new(account: AccountSid) -> Self {
        Self {
            account,
            ttl_s: 3600,
            incoming: None,
            outgoing: None,
            events: false,
        }
    }

    /// Makes the token with the account's auth token. `now_s` is the time of the making in seconds since 1970 UTC.
    ///
    /// # Errors
    /// When nobody would accept the token: an empty auth token, an empty name, a wrong lifetime.
    pub fn sign(&self, auth_token: &str, now_s: i64) -> Result<String, Unsignable> {
        if auth_token.is_empty() {
            return Err(Unsignable::NoSecret);
        }
        if self.incoming.as_deref().is_some_and(str::is_empty) {
            return Err(Unsignable::Identity);
        }
        if !(1..=LONGEST_LIFETIME_S).contains(&self.ttl_s) {
            return Err(Unsignable::Lifetime);
        }
        let header = Header {
            alg: Algorithm::Hs256.word(),
            typ: TYPE,
        };
        let claims = Claims {
            scope: self.scope(),
            iss: self.account.as_str(),
            exp: now_s.saturating_add(i64::from(self.ttl_s)),
            iat: now_s,
        };
        Ok(jwt::sign(Algorithm::Hs256, auth_token, &header, &claims))
    }

    fn scope(&self) -> String {
        let name = self
            .incoming
            .as_deref()
            .map(|name| format!("clientName={}", escaped(name)));
        let incoming = name
            .iter()
            .map(|name| format!("scope:client:incoming?{name}"));
        let outgoing = self.outgoing.iter().map(|outgoing| {
            let mut query = vec![format!("appSid={}", outgoing.application)];
            query.extend(name.clone());
            if !outgoing.params.is_empty() {
                query.push(format!("appParams={}", escaped(&twice(&outgoing.params))));
            }
            format!("scope:client:outgoing?{}", query.join("&"))
        });
        let events = self
            .events
            .then(|| "scope:stream:subscribe?path=/2010-04-01/Events".to_owned());
        let scopes: Vec<_> = incoming.chain(outgoing).chain(events).collect();
        scopes.join(" ")
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The inner encoding writes a space as `%20`, which a form would write as a plus.
fn twice(params: &Form) -> String {
    let pairs: Vec<_> = params
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}
