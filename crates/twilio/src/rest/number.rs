//! Incoming telephone numbers: which addresses their calls ask (reference E.6).

mod change;

pub use change::{NumberFilter, UpdateNumber};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::choices::WebMethod;
use super::parameters::Parameters;
use super::{Client, Error, Pages, read};
use crate::party::E164;
use crate::sid::{AccountSid, ApplicationSid, NumberSid, TrunkSid};

/// One number of the account. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct NumberResource {
    /// Its identifier.
    pub sid: NumberSid,
    /// The account that owns it.
    pub account_sid: AccountSid,
    /// The number; `None` for one without international form.
    #[serde(default, deserialize_with = "read::e164")]
    pub phone_number: Option<E164>,
    /// Its name in the account.
    #[serde(default, deserialize_with = "read::filled")]
    pub friendly_name: Option<String>,
    /// The address that calls ask for their document.
    #[serde(default, deserialize_with = "read::filled")]
    pub voice_url: Option<String>,
    /// How it is asked.
    #[serde(default, deserialize_with = "read::web_method")]
    pub voice_method: Option<WebMethod>,
    /// The address that is asked when the first one fails.
    #[serde(default, deserialize_with = "read::filled")]
    pub voice_fallback_url: Option<String>,
    /// How it is asked.
    #[serde(default, deserialize_with = "read::web_method")]
    pub voice_fallback_method: Option<WebMethod>,
    /// The address that is told of the end of calls.
    #[serde(default, deserialize_with = "read::filled")]
    pub status_callback: Option<String>,
    /// How it is told.
    #[serde(default, deserialize_with = "read::web_method")]
    pub status_callback_method: Option<WebMethod>,
    /// Whether the caller's name is looked up.
    #[serde(default, deserialize_with = "read::truth")]
    pub voice_caller_id_lookup: bool,
    /// The application that handles calls; it beats the addresses.
    #[serde(default, deserialize_with = "read::sid")]
    pub voice_application_sid: Option<ApplicationSid>,
    /// The SIP trunk that takes the calls; it beats addresses and application.
    #[serde(default, deserialize_with = "read::sid")]
    pub trunk_sid: Option<TrunkSid>,
    /// What the number can do.
    #[serde(default)]
    pub capabilities: Option<Capabilities>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// What a number can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Calls.
    #[serde(deserialize_with = "read::truth")]
    pub voice: bool,
    /// Text messages.
    #[serde(deserialize_with = "read::truth")]
    pub sms: bool,
    /// Messages with pictures.
    #[serde(deserialize_with = "read::truth")]
    pub mms: bool,
    /// Faxes.
    #[serde(deserialize_with = "read::truth")]
    pub fax: bool,
}

impl NumberResource {
    /// Whether calls ask the number's own addresses: neither an application nor a trunk beats them.
    #[must_use]
    pub fn asks_its_addresses(&self) -> bool {
        self.voice_application_sid.is_none() && self.trunk_sid.is_none()
    }
}

impl Client {
    /// Fetches a number by its identifier.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_number(&self, sid: &NumberSid) -> Result<NumberResource, Error> {
        self.get(
            &format!("IncomingPhoneNumbers/{sid}.json"),
            &Parameters::default(),
        )
        .await
    }

    /// Fetches a number by its digits; `None` when the account does not have it.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn find_number(&self, number: &E164) -> Result<Option<NumberResource>, Error> {
        let mut pages = self.list_numbers(&NumberFilter::new().phone_number(number.as_str()));
        while let Some(page) = pages.next().await? {
            let found = page
                .into_iter()
                .find(|found| found.phone_number.as_ref() == Some(number));
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Lists the numbers of the account.
    #[must_use]
    pub fn list_numbers(&self, filter: &NumberFilter) -> Pages<NumberResource> {
        self.pages(
            "IncomingPhoneNumbers.json",
            &filter.0,
            "incoming_phone_numbers",
        )
    }

    /// Changes which addresses the calls of a number ask.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn update_number(
        &self,
        sid: &NumberSid,
        update: &UpdateNumber,
    ) -> Result<NumberResource, Error> {
        self.post(&format!("IncomingPhoneNumbers/{sid}.json"), &update.0)
            .await
    }
}
