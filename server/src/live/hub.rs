//! How everything stands that screens follow, and who is told when it changes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::{Board, Change, LiveEvent, News, Sight};
use tokio::sync::broadcast;

/// How many changes a reader may fall behind before it gets a fresh picture instead.
const MOST_UNREAD: usize = 256;

/// The board of one server. What a screen shows is what this holds: both take changes in by the same reducer.
#[derive(Clone, Debug)]
pub struct Hub {
    board: Arc<Mutex<Board>>,
    told: broadcast::Sender<Told>,
}

/// A change as it is sent to everybody who may see it, written once for all.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) news: Arc<News>,
    pub(super) text: Arc<str>,
}

impl Hub {
    /// How everything stands.
    #[must_use]
    pub fn board(&self) -> Board {
        self.lock().clone()
    }

    /// Changes the board: what `changes` finds when it looks at it. Everybody who follows is told in the same order.
    pub fn change(&self, changes: impl FnOnce(&Board) -> Vec<Change>) {
        let mut board = self.lock();
        for change in changes(&board) {
            let news = News {
                number: board.number + 1,
                change,
            };
            let event = LiveEvent::News(news.clone());
            if let Some(text) = written(&event) {
                // Nobody may be following.
                let _ = self.told.send(Told {
                    news: Arc::new(news),
                    text: text.into(),
                });
            }
            board.apply(event);
        }
    }

    /// A picture of what may be seen, and all that comes after it.
    pub(super) fn follow(&self, sight: Sight) -> (Board, broadcast::Receiver<Told>) {
        let board = self.lock();
        (board.seen_with(sight), self.told.subscribe())
    }

    fn lock(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            board: Arc::default(),
            told: broadcast::Sender::new(MOST_UNREAD),
        }
    }
}

/// An event as text; an event that cannot be written is noted and left out.
pub(super) fn written(event: &LiveEvent) -> Option<String> {
    serde_json::to_string(event)
        .map_err(|error| tracing::error!(%error, "a live event cannot be written"))
        .ok()
}
