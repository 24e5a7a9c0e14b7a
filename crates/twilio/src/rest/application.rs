//! TwiML applications: which addresses the calls ask that browsers make (reference D, E.6).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::choices::WebMethod;
use super::parameters::{Parameters, parameters};
use super::{Client, Error, Pages, read};
use crate::sid::ApplicationSid;

/// One application of the account. Fields without a place of their own are in [`rest`](Self::rest).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ApplicationResource {
    /// Its identifier.
    pub sid: ApplicationSid,
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
    /// The address that is told of the end of calls.
    #[serde(default, deserialize_with = "read::filled")]
    pub status_callback: Option<String>,
    /// Every other field, as sent.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

parameters! {
    optional
    /// What is to become of an application. An empty address takes the one away that is there.
    pub struct UpdateApplication {
        /// Its name in the account.
        friendly_name: &str => "FriendlyName",
        /// The address that calls ask for their document.
        voice_url: &str => "VoiceUrl",
        /// How it is asked.
        voice_method: WebMethod => "VoiceMethod",
        /// The address that is asked when the first one fails.
        voice_fallback_url: &str => "VoiceFallbackUrl",
        /// How it is asked.
        voice_fallback_method: WebMethod => "VoiceFallbackMethod",
        /// The address that is told of the end of calls.
        status_callback: &str => "StatusCallback",
        /// How it is told.
        status_callback_method: WebMethod => "StatusCallbackMethod",
    }
}

parameters! {
    optional
    /// Which applications are listed: those that everything fits that is set.
    pub struct ApplicationFilter {
        /// Their name in the account.
        friendly_name: &str => "FriendlyName",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}

impl Client {
    /// Fetches an application.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_application(
        &self,
        sid: &ApplicationSid,
    ) -> Result<ApplicationResource, Error> {
        self.get(&format!("Applications/{sid}.json"), &Parameters::default())
            .await
    }

    /// Lists the applications of the account.
    #[must_use]
    pub fn list_applications(&self, filter: &ApplicationFilter) -> Pages<ApplicationResource> {
        self.pages("Applications.json", &filter.0, "applications")
    }

    /// Makes an application.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn create_application(
        &self,
        settings: &UpdateApplication,
    ) -> Result<ApplicationResource, Error> {
        self.post("Applications.json", &settings.0).await
    }

    /// Changes an application.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn update_application(
        &self,
        sid: &ApplicationSid,
        update: &UpdateApplication,
    ) -> Result<ApplicationResource, Error> {
        self.post(&format!("Applications/{sid}.json"), &update.0)
            .await
    }
}
