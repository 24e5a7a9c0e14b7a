//! What requests say about how a call came here: SIP, applications, forwarding, attestation (reference B.2).

use super::VoiceRequest;
use crate::field::{filled, sid, text};
use crate::party::Party;
use crate::sid::ApplicationSid;

/// The SIP side of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SipLeg {
    /// The domain that was called.
    pub domain: String,
    /// The identifier that SIP gave the call.
    pub call_id: Option<String>,
    /// The caller's name as SIP tells it.
    pub display_name: Option<String>,
}

impl VoiceRequest {
    /// The SIP side of the leg, if it has one.
    #[must_use]
    pub fn sip(&self) -> Option<SipLeg> {
        Some(SipLeg {
            domain: text(&self.rest, "SipDomain")?,
            call_id: text(&self.rest, "SipCallId"),
            display_name: text(&self.rest, "DisplayName"),
        })
    }

    /// The SIP headers that were passed on: their names without `SipHeader_`, in the order in which they came.
    pub fn sip_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rest
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("SipHeader_")?, value)))
    }

    /// The application that handles the call: for a call from a browser, always.
    #[must_use]
    pub fn application_sid(&self) -> Option<ApplicationSid> {
        sid(&self.rest, "ApplicationSid")
    }

    /// With which a call may be passed on under its original caller's number.
    #[must_use]
    pub fn call_token(&self) -> Option<&str> {
        filled(&self.rest, "CallToken")
    }

    /// The number through which the call was forwarded.
    #[must_use]
    pub fn called_via(&self) -> Option<Party> {
        filled(&self.rest, "CalledVia").map(Party::parse)
    }

    /// How far the caller's number was attested, such as `TN-Validation-Passed-A`.
    #[must_use]
    pub fn attestation(&self) -> Option<&str> {
        filled(&self.rest, "StirVerstat")
    }
}
