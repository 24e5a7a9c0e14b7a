//! The request to the fallback address: what failed and with which code (reference B.3, A.1.5).

use super::VoiceRequest;
use crate::sid::CallSid;

/// A document that could not be had or could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The leg that asked for it.
    pub call_sid: CallSid,
    /// Twilio's error code, such as 11200.
    pub error_code: u32,
    /// The address that failed.
    pub error_url: Option<String>,
}

impl Fallback {
    /// Takes the failure out of a request; `None` when the request tells of none.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        Some(Self {
            call_sid: request.call_sid.clone(),
            error_code: request.error_code?,
            error_url: request.error_url.clone(),
        })
    }

    /// What every delivery of this request has in common. An address that fails twice in one call has one identity:
    /// the idempotency token tells such requests apart.
    #[must_use]
    pub fn identity(&self) -> String {
        let url = self.error_url.as_deref().unwrap_or("-");
        format!("{} failed {} {url}", self.call_sid, self.error_code)
    }
}
