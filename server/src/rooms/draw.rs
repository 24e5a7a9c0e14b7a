//! Drawing a picture of the rooms: the calls that have changed are read, the others are remembered.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::rooms::Rooms;
use exchange::{Call, CallSid, Moment};
use store::Version;
use tokio::sync::watch;

use super::picture::Picture;
use super::{conference, support};
use crate::pictures::{Draw, Pictures};
use crate::state::AppState;

/// What is remembered from one picture to the next.
#[derive(Debug, Default)]
pub struct Drawing {
    /// The calls on the floor.
    calls: BTreeMap<CallSid, (Version, Call)>,
}

impl Draw for Drawing {
    type Picture = Picture;

    const OF: &'static str = "rooms";

    fn pictures(state: &AppState) -> &Pictures<Self> {
        &state.rooms
    }

    fn wakes(state: &AppState) -> Vec<watch::Receiver<()>> {
        vec![state.store.floor_wakes(), state.store.rooms_wakes()]
    }

    async fn draw(
        &mut self,
        state: &AppState,
        last: Option<&Arc<Picture>>,
        _is_followed: bool,
    ) -> Result<Arc<Picture>, store::Error> {
        let now = state.clock.now();
        let (_, plan) = state.plans.current();
        self.catch_up(state).await?;
        let conferences = state.store.readable_rooms().await?;
        let conferences = conferences.iter().map(|room| conference::room(room, &plan));
        let calls = self.calls.values();
        let calls = calls.filter_map(|(_, call)| support::room(call, &plan));
        let rooms = Rooms {
            number: 0,
            now_ms: now.0,
            rooms: conferences.chain(calls).collect(),
        };
        Ok(Picture::after(last, rooms))
    }

    fn changes_at(&self) -> Option<Moment> {
        None
    }
}

impl Drawing {
    /// Reads the calls on the floor that have changed.
    async fn catch_up(&mut self, state: &AppState) -> Result<(), store::Error> {
        let versions = state.store.versions_on_floor().await?;
        self.calls.retain(|sid, _| versions.contains_key(sid));
        for (sid, version) in versions {
            if self.calls.get(&sid).map(|(known, _)| *known) == Some(version) {
                continue;
            }
            let found = match state.store.recall(&sid) {
                Some(known) if known.0 == version => Some(known),
                Some(_) | None => state.store.load_readable(&sid).await?,
            };
            if let Some(found) = found {
                self.calls.insert(sid, found);
            }
        }
        Ok(())
    }
}
