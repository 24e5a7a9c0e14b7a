//! Drawing a picture of the rooms: the calls that have changed are read, the others are remembered.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::rooms::Rooms;
use exchange::{Call, CallSid};
use store::Version;

use super::picture::Picture;
use super::{conference, support};
use crate::state::AppState;

/// What is remembered from one picture to the next.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    last: Option<Arc<Picture>>,
    /// Which askers have seen it.
    covers: u64,
    /// The calls on the floor.
    calls: BTreeMap<CallSid, (Version, Call)>,
}

impl Drawing {
    /// The last picture, when it was drawn after somebody asked.
    pub(super) fn since(&self, ticket: u64) -> Option<Arc<Picture>> {
        self.last.clone().filter(|_| self.covers >= ticket)
    }

    /// Draws a picture. The last one stays where nothing has changed.
    pub(super) async fn draw(
        &mut self,
        state: &AppState,
        covers: u64,
    ) -> Result<Arc<Picture>, store::Error> {
        let now = state.clock.now();
        let (_, plan) = state.plans.current();
        self.catch_up(state).await?;
        let conferences = state.store.live_rooms().await?;
        let conferences = conferences.iter().map(|room| conference::room(room, &plan));
        let calls = self.calls.values();
        let calls = calls.filter_map(|(_, call)| support::room(call, &plan));
        let rooms = Rooms {
            number: 0,
            now_ms: now.0,
            rooms: conferences.chain(calls).collect(),
        };
        let picture = Picture::after(self.last.as_ref(), rooms);
        self.covers = covers;
        self.last = Some(Arc::clone(&picture));
        Ok(picture)
    }

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
                Some(_) | None => state.store.load(&sid).await?,
            };
            if let Some(found) = found {
                self.calls.insert(sid, found);
            }
        }
        Ok(())
    }
}
