//! One picture of the rooms, written once for all who follow, and what of it is news to one of them.

use std::sync::{Arc, OnceLock};

use desk::LiveEvent;
use desk::rooms::{Rooms, RoomsChange, RoomsPart};
use exchange::Moment;

/// How the rooms stand.
#[derive(Debug, Default)]
pub struct Picture {
    /// The rooms.
    pub rooms: Rooms,
    /// What led here from the picture before, as a live event's text.
    change: Arc<str>,
    whole: OnceLock<Arc<str>>,
}

impl Picture {
    /// The picture that follows another one; the same one where nobody can tell them apart.
    pub(super) fn after(before: Option<&Arc<Self>>, mut rooms: Rooms) -> Arc<Self> {
        rooms.sort();
        let Some(before) = before else {
            rooms.number = 1;
            return Arc::new(Self {
                rooms,
                ..Self::default()
            });
        };
        if before.rooms.rooms == rooms.rooms {
            return Arc::clone(before);
        }
        rooms.number = before.rooms.number + 1;
        let change = RoomsChange::between(&before.rooms, &rooms);
        Arc::new(Self {
            rooms,
            change: text(RoomsPart::Change(change)),
            whole: OnceLock::new(),
        })
    }

    /// The rooms, with what time it is.
    #[must_use]
    pub fn at(&self, now: Moment) -> Rooms {
        Rooms {
            now_ms: now.0,
            ..self.rooms.clone()
        }
    }

    /// What is news to whoever was sent the picture of a number, as a live event's text; nothing where nothing is.
    #[must_use]
    pub fn news(&self, sent: &mut u64) -> Option<Arc<str>> {
        let number = self.rooms.number;
        let before = std::mem::replace(sent, number);
        if before == number {
            None
        } else if before + 1 == number {
            Some(Arc::clone(&self.change))
        } else {
            let whole = || text(RoomsPart::Whole(self.rooms.clone()));
            Some(Arc::clone(self.whole.get_or_init(whole)))
        }
    }
}

fn text(part: RoomsPart) -> Arc<str> {
    serde_json::to_string(&LiveEvent::Rooms(Box::new(part)))
        .expect("a view is made of texts and numbers")
        .into()
}
