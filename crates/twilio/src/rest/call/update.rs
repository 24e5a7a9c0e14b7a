//! The request that changes a live call (reference E.2, E.7 UpdateCall; F.7).

use crate::rest::choices::WebMethod;
use crate::rest::parameters::{Parameters, parameters};

/// Where a call gets its document from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallDocument {
    /// From an address that is asked for it.
    Url(String),
    /// From here: TwiML of at most 4,000 characters.
    Twiml(String),
}

parameters! {
    optional
    /// What is to become of a live call.
    pub struct UpdateCall {
        /// How our address is asked for the document.
        method: WebMethod => "Method",
        /// The address that is asked when the first one fails.
        fallback_url: &str => "FallbackUrl",
        /// How it is asked.
        fallback_method: WebMethod => "FallbackMethod",
        /// The address that is told of the call's end.
        status_callback: &str => "StatusCallback",
        /// How it is told.
        status_callback_method: WebMethod => "StatusCallbackMethod",
        /// How long the call may last, in seconds.
        time_limit_s: u32 => "TimeLimit",
    }
}

impl UpdateCall {
    /// Takes the call out of whatever it does and gives it another document.
    #[must_use]
    pub fn redirecting(document: &CallDocument) -> Self {
        let mut update = Self::new();
        document.set(&mut update.0);
        update
    }

    /// Ends the call, answered or not.
    #[must_use]
    pub fn completing() -> Self {
        Self::to_status("completed")
    }

    /// Ends the call if it is still waiting for its turn or ringing.
    #[must_use]
    pub fn cancelling() -> Self {
        Self::to_status("canceled")
    }

    fn to_status(status: &str) -> Self {
        let mut update = Self::new();
        update.0.set("Status", status);
        update
    }
}

impl CallDocument {
    /// Never both: Twilio refuses that for a live call, and for another one drops the document (32019).
    pub(super) fn set(&self, parameters: &mut Parameters) {
        match self {
            Self::Url(url) => parameters.set("Url", url),
            Self::Twiml(twiml) => parameters.set("Twiml", twiml),
        }
    }
}
