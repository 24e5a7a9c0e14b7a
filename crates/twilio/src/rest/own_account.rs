//! The account itself: whether it may make calls, and whether it is a trial (reference E.1).

use serde::Deserialize;

use super::{Client, Error, read};
use crate::sid::AccountSid;
use crate::words::words;

words! {
    /// Whether an account may do anything.
    pub enum AccountStatus {
        /// It may.
        Active = "active",
        /// Twilio has stopped it, for a bill or a breach.
        Suspended = "suspended",
        /// It is over.
        Closed = "closed",
    }
}

/// The account. Its other fields are not kept: the auth token is among them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AccountResource {
    /// Its identifier.
    pub sid: AccountSid,
    /// Its name in the console.
    #[serde(default, deserialize_with = "read::filled")]
    pub friendly_name: Option<String>,
    /// Whether it may do anything.
    pub status: AccountStatus,
    /// `Trial` or `Full`.
    #[serde(rename = "type", default, deserialize_with = "read::filled")]
    pub kind: Option<String>,
}

impl AccountResource {
    /// Whether it calls verified numbers only, for ten minutes at most.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.kind
            .as_deref()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("trial"))
    }
}

impl Client {
    /// Fetches the account that the client asks for.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_account(&self) -> Result<AccountResource, Error> {
        self.get_target(&format!("{}.json", self.account)).await
    }
}
