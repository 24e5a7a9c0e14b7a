//! API keys: whether the account has one; its secret is shown to nobody again (reference E.1).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::{Client, Error, read};
use crate::sid::ApiKeySid;

/// A key. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct KeyResource {
    /// Its identifier.
    pub sid: ApiKeySid,
    /// Its name in the console.
    #[serde(default, deserialize_with = "read::filled")]
    pub friendly_name: Option<String>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Client {
    /// Fetches an API key of the account. The client has to sign in with the auth token or a main key.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_key(&self, sid: &ApiKeySid) -> Result<KeyResource, Error> {
        self.get(&format!("Keys/{sid}.json"), &Parameters::default())
            .await
    }
}
