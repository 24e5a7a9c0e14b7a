//! Whose REST interface is asked, with which credentials (reference E.1).

use std::fmt;

use http::Uri;

use crate::sid::{AccountSid, ApiKeySid};

/// An account and how to sign in to it: the auth token of the account, or an API key and its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The account whose resources are asked for.
    pub sid: AccountSid,
    /// The account's identifier, or that of an API key (`SK…`).
    pub username: String,
    /// The auth token, or the secret of the API key.
    pub password: String,
    /// Scheme and host of the interface, perhaps with a path; a slash at the end is tolerated.
    pub base_url: String,
}

/// Why no client can be made for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAccount {
    /// The base address cannot be asked.
    #[error(
        "the base address of the REST interface is not an http or https address without a query"
    )]
    BaseUrl,
}

impl Account {
    /// The base address of Twilio's own interface.
    pub const TWILIO: &str = "https://api.twilio.com";

    /// An account that is signed in to with its auth token, at Twilio.
    #[must_use]
    pub fn with_auth_token(sid: AccountSid, auth_token: &str) -> Self {
        Self {
            username: sid.as_str().to_owned(),
            sid,
            password: auth_token.to_owned(),
            base_url: Self::TWILIO.to_owned(),
        }
    }

    /// An account that is signed in to with an API key and its secret, at Twilio.
    #[must_use]
    pub fn with_api_key(sid: AccountSid, api_key: &ApiKeySid, secret: &str) -> Self {
        Self {
            sid,
            username: api_key.as_str().to_owned(),
            password: secret.to_owned(),
            base_url: Self::TWILIO.to_owned(),
        }
    }

    /// The base address without a slash at its end.
    pub(super) fn base(&self) -> Result<&str, BadAccount> {
        let base = self.base_url.trim().trim_end_matches('/');
        let address: Uri = base.parse().map_err(|_| BadAccount::BaseUrl)?;
        let is_web = matches!(address.scheme_str(), Some("http" | "https"));
        if !is_web || address.host().is_none_or(str::is_empty) || base.contains(['?', '#']) {
            return Err(BadAccount::BaseUrl);
        }
        Ok(base)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("sid", &self.sid)
            .field("username", &self.username)
            .field("password", &"[hidden]")
            .field("base_url", &self.base_url)
            .finish()
    }
}
