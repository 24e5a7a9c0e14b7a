//! Who may ask, how many at once, and the marks that every answer carries (reference E.1).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use twilio::AccountSid;

use super::super::chance::Chance;
use super::super::config::Config;
use super::super::here::is_from_here;
use crate::engine::RestError;

/// Lets in whoever knows the account's token or one of its keys.
pub(in super::super) struct Doorkeeper {
    account: AccountSid,
    pairs: Vec<(String, String)>,
    is_public: bool,
    most_at_once: Option<usize>,
    names: Mutex<Chance>,
}

impl Doorkeeper {
    pub(in super::super) fn new(config: &Config) -> Self {
        let account = config.settings.account.clone();
        let own = (account.to_string(), config.auth_token.clone());
        let keys = config.api_keys.iter();
        let keys = keys.map(|key| (key.sid.clone(), key.secret.clone()));
        Self {
            account,
            pairs: std::iter::once(own).chain(keys).collect(),
            is_public: config.is_public(),
            most_at_once: config.rest_concurrency,
            names: Mutex::new(Chance::from_seed(config.seed ^ 0x8e)),
        }
    }

    pub(super) const fn account(&self) -> &AccountSid {
        &self.account
    }

    /// Wants HTTP Basic with a name and password that are known; where everybody knows them, this machine alone.
    pub(super) fn admit(&self, request: &Request) -> Result<(), RestError> {
        if self.is_public && !is_from_here(request) {
            let text = "The auth token or a key is the public one, with which REST is for this machine only";
            return Err(RestError::new(403, 20003, text));
        }
        let pair = request
            .headers()
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, pair)| STANDARD.decode(pair.trim()).ok())
            .and_then(|pair| String::from_utf8(pair).ok());
        let is_known = pair
            .as_deref()
            .and_then(|pair| pair.split_once(':'))
            .is_some_and(|(user, password)| {
                self.pairs
                    .iter()
                    .any(|(name, secret)| name == user && secret == password)
            });
        if is_known { Ok(()) } else { Err(unknown()) }
    }

    /// Whether the account has an API key of this SID.
    pub(super) fn has_key(&self, sid: &str) -> bool {
        self.pairs
            .iter()
            .any(|(name, _)| name == sid && name.starts_with("SK"))
    }

    pub(super) fn has_room_beside(&self, others: usize) -> Result<(), RestError> {
        match self.most_at_once {
            Some(most) if others >= most => Err(too_many()),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn marks(&self, at_once: usize, took: Duration) -> [(&'static str, String); 4] {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        [
            ("Twilio-Request-Id", names.sid("RQ")),
            (
                "Twilio-Request-Duration",
                format!("{:.3}", took.as_secs_f64()),
            ),
            ("Twilio-Concurrent-Requests", at_once.to_string()),
            ("X-Home-Region", "us1".to_owned()),
        ]
    }
}

pub(super) fn unknown() -> RestError {
    RestError::new(401, 20003, "Authenticate")
}

pub(super) fn too_many() -> RestError {
    RestError::new(429, 20429, "Too Many Requests")
}
