//! Rooms as monitors follow them: one picture for all, drawn again whenever something may have changed.

mod acts;
mod attendance;
mod conference;
mod draw;
mod picture;
mod story;
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use exchange::Moment;
use tokio::sync::{Mutex, Notify, watch};

use crate::chain::chain;
use crate::state::AppState;
use draw::Drawing;

pub(crate) use acts::act;
pub use attendance::{ATTENDANCE, router};
pub use picture::Picture;
pub(crate) use story::{page, story};

/// How long nothing is looked at, at most, while somebody follows.
const REST_MS: i64 = 5_000;

/// How long the first of many changes waits for the others.
const GATHER: std::time::Duration = std::time::Duration::from_millis(10);

/// The pictures of one server; clones are the same. None is drawn while nobody looks.
#[derive(Clone, Debug, Default)]
pub struct Monitor(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    shown: Shown,
    drawing: Mutex<Drawing>,
    /// How many have asked for a picture.
    asked: AtomicU64,
    /// Somebody began to follow.
    followed: Notify,
}

#[derive(Debug)]
struct Shown(watch::Sender<Arc<Picture>>);

impl Default for Shown {
    fn default() -> Self {
        Self(watch::Sender::new(Arc::default()))
    }
}

impl Monitor {
    /// The picture as it now is, and the ones that come after it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn follow(
        &self,
        state: &AppState,
    ) -> Result<(Arc<Picture>, watch::Receiver<Arc<Picture>>), store::Error> {
        let following = self.0.shown.0.subscribe();
        self.0.followed.notify_one();
        Ok((self.look(state).await?, following))
    }

    /// The picture as it now is. Many who ask at once share one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn look(&self, state: &AppState) -> Result<Arc<Picture>, store::Error> {
        let ticket = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut drawing = self.0.drawing.lock().await;
        if let Some(picture) = drawing.since(ticket) {
            return Ok(picture);
        }
        let covers = self.0.asked.load(Ordering::SeqCst);
        let picture = drawing.draw(state, covers).await?;
        self.0.shown.0.send_if_modified(|shown| {
            let is_other = !Arc::ptr_eq(shown, &picture);
            *shown = Arc::clone(&picture);
            is_other
        });
        Ok(picture)
    }

    fn is_followed(&self) -> bool {
        self.0.shown.0.receiver_count() > 0
    }
}

/// Draws the picture again whenever something may have changed, while anybody follows, until the server stops.
pub async fn run(state: AppState) {
    let mut stopping = state.tasks.stopping();
    let (mut floor, mut rooms) = (state.store.floor_wakes(), state.store.rooms_wakes());
    loop {
        if !state.rooms.is_followed() {
            tokio::select! {
                () = stopping.wait() => return,
                () = state.rooms.0.followed.notified() => {}
            }
        }
        floor.mark_unchanged();
        rooms.mark_unchanged();
        let rest = Moment(state.clock.now().0 + REST_MS);
        if let Err(error) = state.rooms.look(&state).await {
            tracing::warn!(
                error = chain(&error),
                "monitors do not follow the rooms: the database does not answer"
            );
        }
        state.clock.gather(GATHER).await;
        tokio::select! {
            () = stopping.wait() => return,
            // The senders live in the store.
            _ = floor.changed() => {}
            _ = rooms.changed() => {}
            () = state.clock.wait_until(rest) => {}
        }
    }
}
