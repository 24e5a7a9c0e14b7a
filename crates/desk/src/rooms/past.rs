//! Rooms that are over: who was in them, and what was done.

use serde::{Deserialize, Serialize};

use super::PersonRole;

/// One time that a room lived: from the first who came to the last who left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastRoom {
    /// The room's id.
    pub room: String,
    /// Its name for people.
    pub name: String,
    /// The name of its line.
    pub line_name: String,
    /// When the first came; with the room's id it names this one time.
    pub began_ms: i64,
    /// When the last left.
    pub ended_ms: i64,
    /// Who was in, in the order in which they came; once for each time that they came.
    pub attendance: Vec<Attended>,
}

/// Somebody who was in a room, or is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// Their leg.
    pub leg: String,
    /// Their name or number, for people.
    pub label: String,
    /// Their number, E.164; nothing where there is none.
    pub number: Option<String>,
    /// What they were.
    pub role: PersonRole,
    /// When they came in.
    pub joined_ms: i64,
    /// When they first heard others; nothing for who heard nobody.
    pub met_ms: Option<i64>,
    /// When they left; nothing while they are in.
    pub left_ms: Option<i64>,
    /// Why they left, for people; empty while they are in.
    pub why: String,
}

/// Something that was done in a room or with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomLine {
    /// When.
    pub at_ms: i64,
    /// What, as a sentence.
    pub text: String,
}

impl PastRoom {
    /// How long it lived, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> i64 {
        self.ended_ms.saturating_sub(self.began_ms).max(0)
    }

    /// How many came, each of them once.
    #[must_use]
    pub fn people(&self) -> usize {
        let legs = self.attendance.iter().map(|one| one.leg.as_str());
        legs.collect::<std::collections::BTreeSet<_>>().len()
    }
}

impl Attended {
    /// How long they were in, in milliseconds; while they are, until now.
    #[must_use]
    pub fn length_ms(&self, now_ms: i64) -> i64 {
        let until = self.left_ms.unwrap_or(now_ms);
        until.saturating_sub(self.joined_ms).max(0)
    }
}
