//! Which participants are listed (reference E.3, E.7 ListParticipant).

use crate::rest::parameters::parameters;

parameters! {
    optional
    /// Which participants are listed: those that everything fits that is set.
    pub struct ParticipantFilter {
        /// Whether they are muted.
        muted: bool => "Muted",
        /// Whether they are on hold.
        hold: bool => "Hold",
        /// Whether they coach.
        coaching: bool => "Coaching",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}
