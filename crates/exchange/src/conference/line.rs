//! What a conference line is set to: its rooms, who moderates them, and who may come in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{LineId, PhoneNumber, Pin, RoomCode, RoomKey};

/// What a conference line is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceLine {
    /// Its rooms. Where there is one, whoever calls is led there; of several, a code tells which.
    pub rooms: Vec<ConferenceRoom>,
}

/// What a room of a conference line is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceRoom {
    /// Its name on its line, for the machine.
    pub key: RoomKey,
    /// Its name for people.
    pub name: String,
    /// The keys that lead there; needed where the line has several rooms.
    #[serde(default)]
    pub code: Option<RoomCode>,
    /// Whether everybody waits for a moderator; else the second who comes starts it.
    #[serde(default = "yes")]
    pub is_moderated: bool,
    /// Whose calls come in as a moderator's.
    #[serde(default)]
    pub moderators: Vec<PhoneNumber>,
    /// What makes a moderator of anybody who keys it in.
    #[serde(default)]
    pub moderator_pin: Option<Pin>,
    /// What everybody else has to key in.
    #[serde(default)]
    pub pin: Option<Pin>,
    /// How long everybody waits for a moderator who is gone, in seconds.
    #[serde(default = "grace_s")]
    pub grace_s: u32,
    /// How long somebody waits at most for the conference to begin, in seconds.
    #[serde(default = "patience_s")]
    pub patience_s: u32,
    /// How others are told that somebody comes or goes.
    #[serde(default)]
    pub told: Told,
    /// Whether it is recorded; everybody is told so.
    #[serde(default)]
    pub recording: Recorded,
    /// How many may be in it, 2 to 250 (reference A.3.9).
    #[serde(default = "limit")]
    pub limit: u8,
}

/// How others are told that somebody comes or goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Not at all.
    Nothing,
    /// By a beep.
    #[default]
    Beep,
    /// In words, with how many are there.
    Spoken,
}

/// Whether a room is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// Never.
    #[default]
    Never,
    /// From the start.
    FromStart,
    /// It can be, and is paused from the start: a conference that was not recorded from its start
    /// cannot be later (reference E.4), so its first moment is recorded.
    Paused,
}

/// A room of a conference line, across the conferences that the carrier makes of it: their friendly
/// name. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId {
    /// The line.
    pub line: LineId,
    /// Its room.
    pub room: RoomKey,
}

/// A text that names no room of a conference line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no room of a line: it takes the line's id, a dot and the room's key")]
pub struct BadRoomId(pub String);

impl RoomId {
    /// Reads a room's text form, such as `board.main`.
    ///
    /// # Errors
    /// [`BadRoomId`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadRoomId> {
        let bad = || BadRoomId(text.to_owned());
        let (line, room) = text.split_once('.').ok_or_else(bad)?;
        Ok(Self {
            line: LineId::parse(line).map_err(|_| bad())?,
            room: RoomKey::parse(room).map_err(|_| bad())?,
        })
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.line, self.room)
    }
}

impl TryFrom<String> for RoomId {
    type Error = BadRoomId;
    fn try_from(text: String) -> Result<Self, BadRoomId> {
        Self::parse(&text)
    }
}

impl From<RoomId> for String {
    fn from(id: RoomId) -> Self {
        id.to_string()
    }
}

impl ConferenceLine {
    /// The room of a key.
    #[must_use]
    pub fn room(&self, key: &RoomKey) -> Option<&ConferenceRoom> {
        self.rooms.iter().find(|room| room.key == *key)
    }

    /// Whether calls from a number come in as a moderator's in one of its rooms.
    #[must_use]
    pub fn is_moderated_by(&self, number: &PhoneNumber) -> bool {
        let mut rooms = self.rooms.iter();
        rooms.any(|room| room.moderators.contains(number))
    }

    /// The room that keys lead to.
    #[must_use]
    pub fn room_of_code(&self, keys: &str) -> Option<&ConferenceRoom> {
        self.rooms
            .iter()
            .find(|room| room.code.as_ref().is_some_and(|code| code.as_str() == keys))
    }

    /// The room that whoever calls is led to, where no code tells which.
    #[must_use]
    pub fn only_room(&self) -> Option<&ConferenceRoom> {
        match self.rooms.as_slice() {
            [room] => Some(room),
            [] | [_, _, ..] => None,
        }
    }

    /// What would leave a caller without a room, or a room without a limit that the carrier takes.
    pub(crate) fn trouble(&self) -> Option<&'static str> {
        let keys = |of: fn(&ConferenceRoom) -> Option<&str>| {
            let mut keys: Vec<&str> = self.rooms.iter().filter_map(of).collect();
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            (all, keys.len())
        };
        let (names, different_names) = keys(|room| Some(room.key.as_str()));
        let (codes, different_codes) = keys(|room| room.code.as_ref().map(RoomCode::as_str));
        if self.rooms.is_empty() {
            Some("it has no room")
        } else if names != different_names {
            Some("two of its rooms have the same key")
        } else if codes != different_codes {
            Some("two of its rooms have the same code")
        } else if names > 1 && codes != names {
            Some("it has several rooms, and one of them has no code")
        } else if self
            .rooms
            .iter()
            .any(|room| !(2..=250).contains(&room.limit))
        {
            Some("the limit of a room is not between 2 and 250")
        } else if self
            .rooms
            .iter()
            .any(|room| room.pin.is_some() && room.pin == room.moderator_pin)
        {
            Some("the moderators of a room have the PIN of everybody else")
        } else {
            None
        }
    }
}

impl ConferenceRoom {
    /// The usual settings of a room with a moderator.
    #[must_use]
    pub fn of(key: RoomKey, name: &str) -> Self {
        Self {
            key,
            name: name.to_owned(),
            code: None,
            is_moderated: true,
            moderators: Vec::new(),
            moderator_pin: None,
            pin: None,
            grace_s: grace_s(),
            patience_s: patience_s(),
            told: Told::default(),
            recording: Recorded::default(),
            limit: limit(),
        }
    }
}

const fn yes() -> bool {
    true
}

const fn grace_s() -> u32 {
    60
}

const fn patience_s() -> u32 {
    3600
}

const fn limit() -> u8 {
    50
}
