//! What is to be done in a room, by REST or in time.

use serde::{Deserialize, Serialize};

use crate::{CallSid, ConferenceSid, Moment, PhoneNumber};

/// Something to be done in a room, by REST. It outlives the call in whose outbox it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum RoomDeed {
    /// Whether a leg's leaving ends the room.
    EndsRoom {
        /// Which leg.
        leg: CallSid,
        /// Whether it does.
        on: bool,
    },
    /// A leg is muted, or heard again.
    Mute {
        /// Which.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// A leg is put on hold, with what [`ConferenceRoute::Hold`] plays, or taken off it.
    Hold {
        /// Which.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// A leg is removed from the room (`DELETE` of the participant); its call goes on.
    Remove {
        /// Which.
        leg: CallSid,
    },
    /// A leg is led to [`ConferenceRoute::Next`], out of whatever it is in.
    Redirect {
        /// Which.
        leg: CallSid,
        /// How many documents had led it somewhere when it was decided.
        round: u32,
    },
    /// Something is said to everybody, or to one: [`super::announcement`] is the document.
    Announce {
        /// Its number in the room.
        announcement: u32,
        /// To whom; everybody, where nothing is said.
        leg: Option<CallSid>,
    },
    /// The recording of the running conference goes on, or pauses (`Twilio.CURRENT`).
    Record {
        /// Which of the two.
        on: bool,
    },
    /// A conference is ended for all who are in it: this one, not one that came after it.
    End {
        /// Which.
        conference: ConferenceSid,
    },
    /// A number is rung by a call of its own, whose document leads it into the room.
    Ring {
        /// Which invitation.
        invite: u32,
        /// The number.
        number: PhoneNumber,
        /// How long it rings, in seconds.
        ring_seconds: u16,
    },
    /// The leg of an invitation is ended: cancelled while it rings.
    EndInvite {
        /// Which.
        invite: u32,
    },
    /// A timer; it is only waited for.
    Tick {
        /// Which.
        timer: RoomTimer,
        /// Not before this moment.
        due: Moment,
    },
    /// The carrier is asked who is in the room, and how the calls of those stand who should be and are
    /// not.
    Sweep {
        /// Its number.
        sweep: u32,
        /// Not before this moment.
        due: Moment,
    },
}

impl RoomDeed {
    /// A word for its kind.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::EndsRoom { .. } => "room_ends",
            Self::Mute { .. } => "room_mute",
            Self::Hold { .. } => "room_hold",
            Self::Remove { .. } => "room_remove",
            Self::Redirect { .. } => "room_redirect",
            Self::Announce { .. } => "room_announce",
            Self::Record { .. } => "room_record",
            Self::End { .. } => "room_end",
            Self::Ring { .. } => "room_ring",
            Self::EndInvite { .. } => "room_end_invite",
            Self::Tick { .. } => "room_tick",
            Self::Sweep { .. } => "room_sweep",
        }
    }

    /// Deeds to one leg are done in the order of their deciding.
    pub(crate) fn lane(&self) -> Option<String> {
        match self {
            Self::EndsRoom { leg, .. }
            | Self::Mute { leg, .. }
            | Self::Hold { leg, .. }
            | Self::Remove { leg }
            | Self::Redirect { leg, .. } => Some(leg.to_string()),
            Self::Announce { .. } | Self::Record { .. } | Self::End { .. } => {
                Some("room".to_owned())
            }
            Self::Ring { invite, .. } | Self::EndInvite { invite } => {
                Some(format!("invite-{invite}"))
            }
            Self::Tick { .. } | Self::Sweep { .. } => None,
        }
    }

    pub(crate) const fn due(&self, decided: Moment) -> Moment {
        match self {
            Self::Tick { due, .. } | Self::Sweep { due, .. } => *due,
            Self::EndsRoom { .. }
            | Self::Mute { .. }
            | Self::Hold { .. }
            | Self::Remove { .. }
            | Self::Redirect { .. }
            | Self::Announce { .. }
            | Self::Record { .. }
            | Self::End { .. }
            | Self::Ring { .. }
            | Self::EndInvite { .. } => decided,
        }
    }
}

/// A timer of a room. One that is about what is past changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "timer")]
pub enum RoomTimer {
    /// A moderator who is gone has had time to come back.
    Grace {
        /// Since when they are gone.
        since: Moment,
    },
    /// Somebody has waited long enough for the conference to begin.
    Patience {
        /// Whose leg.
        leg: CallSid,
    },
    /// Somebody seemed to be alone in a conference that has started, where nothing is heard.
    Alone {
        /// Since when.
        since: Moment,
    },
    /// Somebody should have asked where to go by now.
    Regroup {
        /// Whose leg.
        leg: CallSid,
        /// How many documents had led it somewhere when it was set.
        round: u32,
    },
    /// Who came and went is to be said.
    Tell,
    /// A recording that the carrier did not know of yet is switched once more.
    Record,
    /// What the carrier refused is looked at again.
    Again,
}
