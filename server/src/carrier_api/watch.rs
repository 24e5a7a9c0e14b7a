//! By whom a leg in a room is heard: by nobody, by one alone, by everybody (reference G.4).

use exchange::{CallSid, HeardBy};
use twilio::rest::{ParticipantResource, UpdateParticipant};

use super::{CarrierApi, NotSaid, leg, our_leg};

impl CarrierApi {
    /// Decides by whom a leg is heard, in one request: at no time is it heard by more than before or
    /// after. False when it is not in the room.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn set_heard(
        &self,
        name: &CallSid,
        sid: &CallSid,
        by: &HeardBy,
    ) -> Result<bool, NotSaid> {
        let update = UpdateParticipant::new();
        let update = match by {
            HeardBy::Nobody => update.muted(true).coaching(false),
            HeardBy::Only(coached) => update
                .muted(false)
                .coaching(true)
                .call_sid_to_coach(&leg(coached)),
            HeardBy::Everybody => update.muted(false).coaching(false),
        };
        self.change(name, sid, &update).await
    }
}

/// By whom somebody is heard, as the carrier shows them.
pub(super) fn heard_by(one: &ParticipantResource) -> HeardBy {
    if one.muted {
        return HeardBy::Nobody;
    }
    match &one.call_sid_to_coach {
        Some(coached) if one.coaching => HeardBy::Only(our_leg(coached)),
        Some(_) | None => HeardBy::Everybody,
    }
}
