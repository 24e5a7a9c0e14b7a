//! The request for the `referUrl` of a `<Dial>`: the other end asks to be connected elsewhere (reference B.3).

use super::VoiceRequest;
use crate::field::filled;
use crate::party::Party;
use crate::sid::CallSid;

/// A wish to be connected elsewhere, which came by SIP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// The leg.
    pub call_sid: CallSid,
    /// Whom the other end asks for: `ReferTransferTarget`.
    pub target: Party,
}

impl Referred {
    /// Takes the wish out of a request; `None` when the request tells of none.
    #[must_use]
    pub fn of(request: &VoiceRequest) -> Option<Self> {
        let target = filled(&request.rest, "ReferTransferTarget")?;
        Some(Self {
            call_sid: request.call_sid.clone(),
            target: Party::parse(target),
        })
    }

    /// What every delivery of this request has in common: the leg and whom it asks for.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{} referred to {}", self.call_sid, self.target)
    }
}
