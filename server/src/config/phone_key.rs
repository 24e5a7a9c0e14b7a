//! `TWILIO_API_KEY`, `TWILIO_API_SECRET`, `TWILIO_TWIML_APP_SID`: what lets browsers have telephones.

use std::fmt;

use ::carrier::face::{DEMONSTRATION_KEY_SECRET, DEMONSTRATION_KEY_SID};
use twilio::{ApiKeySid, ApplicationSid};

use super::{ConfigError, Secret, Vars};

/// The TwiML application of the demonstration.
pub const DEMONSTRATION_APPLICATION: &str = "AP00000000000000000000000000000000";

const KEY: &str = "TWILIO_API_KEY";
const SECRET: &str = "TWILIO_API_SECRET";
const APPLICATION: &str = "TWILIO_TWIML_APP_SID";

/// The key that signs the tokens with which browsers come to the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneKey {
    /// The key's name.
    pub sid: ApiKeySid,
    /// What signs.
    pub secret: Secret<String>,
    /// The application that is asked what to do when a browser calls; without it browsers are only called.
    pub application: Option<ApplicationSid>,
}

impl PhoneKey {
    /// Reads the three variables; nothing where none is set.
    ///
    /// # Errors
    /// When a key is set by half or cannot be read.
    pub(super) fn from_vars(vars: &Vars) -> Result<Option<Self>, ConfigError> {
        let names = [KEY, SECRET, APPLICATION];
        let (set, missing): (Vec<&str>, Vec<&str>) = names
            .into_iter()
            .partition(|name| vars.text(name).is_some());
        if set.is_empty() {
            return Ok(None);
        }
        let (Some(key), Some(secret)) = (vars.text(KEY), vars.text(SECRET)) else {
            let missing: Vec<&str> = missing
                .into_iter()
                .filter(|name| *name != APPLICATION)
                .collect();
            let verb = if missing.len() == 1 { "is" } else { "are" };
            let advice = format!(
                "{verb} not set although {} is; make an API key in Twilio's console and copy both its SID and its secret",
                set.join(", ")
            );
            return Err(ConfigError::new(missing.join(" and "), advice));
        };
        let sid = ApiKeySid::parse(key).map_err(|_| {
            ConfigError::new(
                KEY,
                "is not an API key's SID; copy the one that begins with SK and has 34 characters from Twilio's console",
            )
        })?;
        let application = vars.text(APPLICATION).map(ApplicationSid::parse);
        let application = application.transpose().map_err(|_| {
            ConfigError::new(
                APPLICATION,
                "is not a TwiML app's SID; copy the one that begins with AP and has 34 characters from Twilio's console, or leave it out",
            )
        })?;
        Ok(Some(Self {
            sid,
            secret: Secret::new(secret.to_owned()),
            application,
        }))
    }

    /// The key that every local carrier of a demonstration knows.
    pub(super) fn of_demonstration() -> Self {
        Self {
            sid: ApiKeySid::parse(DEMONSTRATION_KEY_SID).expect("the demonstration's key is one"),
            secret: Secret::new(DEMONSTRATION_KEY_SECRET.to_owned()),
            application: Some(
                ApplicationSid::parse(DEMONSTRATION_APPLICATION)
                    .expect("the demonstration's application is one"),
            ),
        }
    }
}

impl fmt::Display for PhoneKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{KEY}={} {SECRET}={}", self.sid, self.secret)?;
        match &self.application {
            Some(application) => write!(f, " {APPLICATION}={application}"),
            None => Ok(()),
        }
    }
}
