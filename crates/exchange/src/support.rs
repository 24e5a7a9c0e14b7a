//! The support call: a caller who waits in a room until an agent talks with them.

mod event;
mod line;
mod state;

pub use event::{
    Command, Done, Filed, LeftBecause, LegOf, LegStatus, Present, QueuePlace, Recording, Refusal,
    RoomEvent, RoomSaid, Seen, SupportEvent, SupportRoute, Timer,
};
pub use line::{Instead, SupportLine};
pub use state::{
    Ending, FloorRow, Hold, Offer, OfferOutcome, Priority, Question, Room, Seat, Stage, Support,
    Switch, Waiting,
};

use crate::{Act, Answer, Call, LineKind, Moment, Outcome, Plan, Route, Step};

/// What becomes of a call when something of a support line happens to it.
pub(crate) fn on(
    call: &Call,
    event: SupportEvent,
    is_first: bool,
    now: Moment,
    plan: &Plan,
) -> Step {
    let _ = (event, is_first, now, plan);
    Step::nothing(call.clone())
}

/// What a held caller hears, for as long as it takes.
#[must_use]
pub fn hold_document(call: &crate::CallSid) -> Answer {
    Answer(vec![
        Act::Music,
        Act::Goto(Route::Support(call.clone(), SupportRoute::Hold)),
    ])
}

impl Support {
    /// What the caller got of what they came for.
    pub(crate) const fn reached(&self) -> Option<Outcome> {
        if self.talked.is_some() {
            Some(Outcome::Connected)
        } else if self.message.is_some() {
            Some(Outcome::Voicemail)
        } else if self.callback {
            Some(Outcome::CallbackAsked)
        } else {
            None
        }
    }

    /// Whether a redirect that was decided at `round` is still wanted: not when the caller has asked
    /// where to go meanwhile.
    #[must_use]
    pub const fn wants_redirect(&self, round: u32) -> bool {
        self.room.moving_since.is_some() && self.room.round == round
    }
}

impl Call {
    /// The support call that it is, if it is one.
    #[must_use]
    pub fn support(&self) -> Option<&Support> {
        match &self.progress {
            crate::Progress::Support(support) => Some(support),
            crate::Progress::Forward(_)
            | crate::Progress::Menu(_)
            | crate::Progress::CallingOut(_) => None,
        }
    }

    /// Its row on the floor: nothing when it is no support call, or over.
    #[must_use]
    pub fn floor(&self, plan: &Plan) -> Option<FloorRow> {
        let support = self.support().filter(|_| self.ended.is_none())?;
        let team = match plan.line(&self.line).map(|line| &line.kind) {
            Some(LineKind::Support(settings)) => Some(settings.team.clone()),
            Some(LineKind::Forward { .. } | LineKind::Menu { .. }) | None => None,
        };
        Some(support.row(team))
    }
}
