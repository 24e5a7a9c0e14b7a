//! What answered a leg, in the request for its first document after blocking detection (reference B.7).

use super::VoiceRequest;
use crate::callback::AnsweredBy;
use crate::field::filled;

impl VoiceRequest {
    /// What answered the leg, if the request waited for machine detection.
    #[must_use]
    pub fn answered_by(&self) -> Option<AnsweredBy> {
        filled(&self.rest, "AnsweredBy").map(AnsweredBy::parse)
    }
}
