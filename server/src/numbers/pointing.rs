//! What a number points at, as it is kept, compared and sent.

use serde::{Deserialize, Serialize};
use twilio::rest::{NumberResource, UpdateNumber, WebMethod};
use twilio::{ApplicationSid, TrunkSid};

use crate::digest::sha256;

/// What a number points at; an empty text is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Pointing {
    pub(crate) voice_url: String,
    pub(crate) voice_method: String,
    pub(crate) fallback_url: String,
    pub(crate) fallback_method: String,
    pub(crate) status_callback: String,
    pub(crate) status_method: String,
    pub(crate) application: String,
    pub(crate) trunk: String,
}

impl Pointing {
    /// What a number points at by now.
    pub(crate) fn of(number: &NumberResource) -> Self {
        let url = |url: &Option<String>| url.clone().unwrap_or_default();
        let method =
            |method: Option<WebMethod>| method.unwrap_or(WebMethod::Post).word().to_owned();
        let application = number.voice_application_sid.as_ref();
        let trunk = number.trunk_sid.as_ref();
        Self {
            voice_url: url(&number.voice_url),
            voice_method: method(number.voice_method),
            fallback_url: url(&number.voice_fallback_url),
            fallback_method: method(number.voice_fallback_method),
            status_callback: url(&number.status_callback),
            status_method: method(number.status_callback_method),
            application: application.map(ToString::to_string).unwrap_or_default(),
            trunk: trunk.map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// A mark by which another look at the number tells whether it is as it was.
    pub(crate) fn mark(&self) -> String {
        let mut mark = sha256(self.text());
        mark.truncate(16);
        mark
    }

    /// As it is kept.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From what was kept.
    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// What makes a number point so.
    pub(crate) fn update(&self) -> UpdateNumber {
        let method = |word: &str| WebMethod::parse(word).unwrap_or(WebMethod::Post);
        let update = UpdateNumber::new()
            .voice_url(&self.voice_url)
            .voice_method(method(&self.voice_method))
            .voice_fallback_url(&self.fallback_url)
            .voice_fallback_method(method(&self.fallback_method))
            .status_callback(&self.status_callback)
            .status_callback_method(method(&self.status_method))
            .asking_its_addresses();
        let update = match ApplicationSid::parse(&self.application) {
            Ok(application) => update.voice_application_sid(&application),
            Err(_) => update,
        };
        match TrunkSid::parse(&self.trunk) {
            Ok(trunk) => update.trunk_sid(&trunk),
            Err(_) => update,
        }
    }

    /// What beats the addresses, in words; nothing where they count.
    pub(crate) fn beaten_by(&self) -> Option<String> {
        match (self.trunk.as_str(), self.application.as_str()) {
            ("", "") => None,
            ("", application) => Some(format!("the TwiML app {application}")),
            (trunk, "") => Some(format!("the SIP trunk {trunk}")),
            (trunk, application) => Some(format!(
                "the SIP trunk {trunk} and the TwiML app {application}"
            )),
        }
    }
}
