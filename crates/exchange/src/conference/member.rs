//! Somebody in a room: where their leg is, what is true of them, and their stay once it is over.

use serde::{Deserialize, Serialize};

use super::{Acted, By, Toggle};
use crate::{CallSid, Moment, PhoneNumber, UserName};

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their leg: the call itself.
    pub leg: CallSid,
    /// Their name or number for people.
    pub name: String,
    /// Their telephone.
    pub number: Option<PhoneNumber>,
    /// Who they are, where they joined by a browser of ours.
    pub user: Option<UserName>,
    /// The invitation that they followed.
    pub invite: Option<u32>,
    /// What they are in the room.
    pub role: Role,
    /// When they came.
    pub came: Moment,
    /// Where their leg is.
    pub place: Whereabouts,
    /// When they were first in, which the others may be told.
    #[serde(default)]
    pub entered: Option<Moment>,
    /// Since when they wait for others.
    pub waiting: Option<Moment>,
    /// When they first heard others.
    pub met: Option<Moment>,
    /// Whether they are muted.
    pub mute: Toggle,
    /// Whether they are on hold.
    pub hold: Toggle,
    /// Whether they are on hold only because everybody else is: they are the only one left to hear.
    pub is_company: bool,
    /// Whether their leaving ends the room.
    pub ends: Toggle,
    /// When they raised their hand.
    pub hand: Option<Moment>,
    /// Since when they speak.
    pub speaking: Option<Moment>,
    /// That they are on their way out, and why.
    pub leaving: Option<Leaving>,
    /// How many documents have led them somewhere.
    pub round: u32,
    /// When the last one did.
    pub led: Moment,
    /// Since when they are to be led elsewhere, and have not asked where yet.
    pub moving: Option<Moment>,
    /// The number of the latest of their events in the present conference.
    pub heard: u32,
    /// What was last done with them at the monitor, one of each kind.
    pub acts: Vec<Acted>,
}

/// Where the leg of a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "place")]
pub enum Whereabouts {
    /// A document led it in; the carrier has not said so yet.
    OnTheWay {
        /// Since when.
        since: Moment,
        /// When what is said to it before is over, at the latest.
        #[serde(default)]
        due: Moment,
    },
    /// In the conference.
    Inside {
        /// Since when.
        since: Moment,
    },
    /// Out of it, on the line, and has not asked where to go.
    Outside {
        /// Since when.
        since: Moment,
    },
    /// Out of it, on the line, in the star menu or on the way there.
    Aside {
        /// Since when.
        since: Moment,
    },
}

/// What somebody is in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Starts and ends it.
    Moderator,
    /// Takes part.
    #[default]
    Participant,
}

/// That somebody is on their way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// Why.
    pub why: WhyLeft,
    /// Since when.
    pub since: Moment,
}

/// Why somebody is out of a room, for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum WhyLeft {
    /// They hung up, or were lost.
    HungUp,
    /// They were removed.
    Removed {
        /// By whom.
        by: By,
    },
    /// The conference was ended for everybody.
    Ended {
        /// By whom.
        by: By,
    },
    /// No moderator came back in time.
    GraceOver,
    /// The conference did not begin in time.
    NobodyCame,
    /// They could not be led in.
    Trouble,
}

/// Somebody's stay in a room, once it is over: a row of the attendance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The gathering.
    pub gathering: u32,
    /// Their leg.
    pub leg: CallSid,
    /// Their name or number for people.
    pub name: String,
    /// Their telephone.
    pub number: Option<PhoneNumber>,
    /// Who they are, where they joined by a browser of ours.
    pub user: Option<UserName>,
    /// What they were.
    pub role: Role,
    /// Whether they came because they were called.
    #[serde(default)]
    pub was_called: bool,
    /// When they came.
    pub came: Moment,
    /// When they first heard others.
    pub met: Option<Moment>,
    /// When they left.
    pub left: Moment,
    /// Why.
    pub why: WhyLeft,
}

impl Member {
    /// Somebody who has just come.
    pub(super) fn new(leg: CallSid, name: String, role: Role, now: Moment) -> Self {
        let off = Toggle::settled(false, now);
        Self {
            leg,
            name,
            number: None,
            user: None,
            invite: None,
            role,
            came: now,
            place: Whereabouts::OnTheWay {
                since: now,
                due: now,
            },
            entered: None,
            waiting: None,
            met: None,
            mute: off,
            hold: off,
            is_company: false,
            ends: off,
            hand: None,
            speaking: None,
            leaving: None,
            round: 0,
            led: now,
            moving: None,
            heard: 0,
            acts: Vec::new(),
        }
    }
}

impl Member {
    /// Whether the leg is in the conference, or on its way there.
    pub(super) const fn is_in(&self) -> bool {
        match self.place {
            Whereabouts::OnTheWay { .. } | Whereabouts::Inside { .. } => true,
            Whereabouts::Outside { .. } | Whereabouts::Aside { .. } => false,
        }
    }

    /// Whether the leg is in the conference, or will be by then.
    pub(super) const fn is_in_by(&self, by: Moment) -> bool {
        match self.place {
            Whereabouts::OnTheWay { due, .. } => due.0 <= by.0,
            Whereabouts::Inside { .. } => true,
            Whereabouts::Outside { .. } | Whereabouts::Aside { .. } => false,
        }
    }

    /// Whether the carrier said that the leg is in the conference.
    pub(super) const fn is_inside(&self) -> bool {
        matches!(self.place, Whereabouts::Inside { .. })
    }
}

impl Whereabouts {
    /// Since when.
    #[must_use]
    pub const fn since(self) -> Moment {
        match self {
            Self::OnTheWay { since, .. }
            | Self::Inside { since }
            | Self::Outside { since }
            | Self::Aside { since } => since,
        }
    }
}

impl Whereabouts {
    /// Since when the leg is there, or should be.
    pub(super) const fn settled(self) -> Moment {
        match self {
            Self::OnTheWay { since, due } => {
                if due.0 > since.0 {
                    due
                } else {
                    since
                }
            }
            Self::Inside { since } | Self::Outside { since } | Self::Aside { since } => since,
        }
    }
}

impl WhyLeft {
    /// What happened, to follow a name.
    #[must_use]
    pub fn sentence(&self, room: &str) -> String {
        match self {
            Self::HungUp => format!("left {room}."),
            Self::Removed { by } => format!("was removed from {room} by {}.", by.name),
            Self::Ended { by } => format!("left {room}, which {} ended for everybody.", by.name),
            Self::GraceOver => {
                format!("was thanked and left {room}: no moderator came back in time.")
            }
            Self::NobodyCame => {
                format!("was thanked and left {room}: it did not begin in time.")
            }
            Self::Trouble => format!("could not be led into {room}."),
        }
    }
}
