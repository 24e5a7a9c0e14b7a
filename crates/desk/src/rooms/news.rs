//! What a monitor is sent when rooms change.

use serde::{Deserialize, Serialize};

use super::{RoomView, Rooms};

/// The rooms, or what of them changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomsPart {
    /// All of them.
    Whole(Rooms),
    /// What changed since another picture.
    Change(RoomsChange),
}

/// What changed since a picture of the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsChange {
    /// The number of that picture.
    pub since: u64,
    /// The number of this one.
    pub number: u64,
    /// What time it was when it was taken, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// Rooms that came, or stand differently.
    pub rooms: Vec<RoomView>,
    /// The ids of rooms that live no more.
    pub gone: Vec<String>,
}

impl RoomsChange {
    /// What leads from one picture to another.
    #[must_use]
    pub fn between(before: &Rooms, after: &Rooms) -> Self {
        let rooms = after.rooms.iter();
        let gone = before.rooms.iter();
        Self {
            since: before.number,
            number: after.number,
            now_ms: after.now_ms,
            rooms: rooms
                .filter(|room| before.room(&room.id) != Some(room))
                .cloned()
                .collect(),
            gone: gone
                .filter(|room| after.room(&room.id).is_none())
                .map(|room| room.id.clone())
                .collect(),
        }
    }
}

impl Rooms {
    /// Takes a part in. A change since a picture that this is not is left out.
    pub fn take(&mut self, part: RoomsPart) {
        match part {
            RoomsPart::Whole(rooms) => *self = rooms,
            RoomsPart::Change(change) if change.since != self.number => {}
            RoomsPart::Change(change) => {
                self.number = change.number;
                self.now_ms = change.now_ms;
                self.rooms.retain(|room| {
                    let is_replaced = change.rooms.iter().any(|new| new.id == room.id);
                    !is_replaced && !change.gone.contains(&room.id)
                });
                self.rooms.extend(change.rooms);
                self.sort();
            }
        }
    }

    /// Puts the rooms into the order in which they began.
    pub fn sort(&mut self) {
        self.rooms
            .sort_by(|a, b| (a.began_ms, &a.id).cmp(&(b.began_ms, &b.id)));
    }
}
