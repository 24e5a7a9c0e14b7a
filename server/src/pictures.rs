//! Pictures that screens follow: one for all of them, drawn again whenever something may have changed.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use exchange::Moment;
use futures::future::select_all;
use tokio::sync::{Mutex, Notify, watch};

use crate::chain::chain;
use crate::state::AppState;

/// How long nothing is looked at, at most, while somebody follows.
const REST_MS: i64 = 5_000;

/// How long the first of many changes waits for the others, so that a busy floor costs no more than a lively one.
const GATHER: Duration = Duration::from_millis(10);

/// Draws pictures of one thing, and remembers what it takes from one picture to the next.
pub trait Draw: Debug + Default + Send + 'static {
    /// What is drawn.
    type Picture: Debug + Default + Send + Sync + 'static;

    /// A word for the thing, for the log.
    const OF: &'static str;

    /// Where a server keeps its pictures of it.
    fn pictures(state: &AppState) -> &Pictures<Self>;

    /// What tells that it may have changed; at least one.
    fn wakes(state: &AppState) -> Vec<watch::Receiver<()>>;

    /// Draws a picture; hands `last` back where nobody can tell the two apart.
    fn draw(
        &mut self,
        state: &AppState,
        last: Option<&Arc<Self::Picture>>,
        is_followed: bool,
    ) -> impl Future<Output = Result<Arc<Self::Picture>, store::Error>> + Send;

    /// When the picture changes though nothing is told.
    fn changes_at(&self) -> Option<Moment>;
}

/// The pictures of one server; clones are the same. None is drawn while nobody looks.
#[derive(Debug)]
pub struct Pictures<D: Draw>(Arc<Inner<D>>);

#[derive(Debug)]
struct Inner<D: Draw> {
    shown: watch::Sender<Arc<D::Picture>>,
    drawing: Mutex<Drawing<D>>,
    /// How many have asked for a picture.
    asked: AtomicU64,
    /// Somebody began to follow.
    followed: Notify,
}

#[derive(Debug)]
struct Drawing<D: Draw> {
    draws: D,
    last: Option<Arc<D::Picture>>,
    /// Which askers have seen it.
    covers: u64,
}

impl<D: Draw> Clone for Pictures<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Draw> Default for Pictures<D> {
    fn default() -> Self {
        Self(Arc::new(Inner {
            shown: watch::Sender::new(Arc::default()),
            drawing: Mutex::new(Drawing {
                draws: D::default(),
                last: None,
                covers: 0,
            }),
            asked: AtomicU64::new(0),
            followed: Notify::new(),
        }))
    }
}

impl<D: Draw> Pictures<D> {
    /// The picture as it now is, and the ones that come after it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn follow(
        &self,
        state: &AppState,
    ) -> Result<(Arc<D::Picture>, watch::Receiver<Arc<D::Picture>>), store::Error> {
        let following = self.0.shown.subscribe();
        self.0.followed.notify_one();
        Ok((self.look(state).await?, following))
    }

    /// The picture as it now is. Many who ask at once share one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn look(&self, state: &AppState) -> Result<Arc<D::Picture>, store::Error> {
        let ticket = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut drawing = self.0.drawing.lock().await;
        if let Some(last) = drawing.last.clone().filter(|_| drawing.covers >= ticket) {
            return Ok(last);
        }
        let covers = self.0.asked.load(Ordering::SeqCst);
        let last = drawing.last.take();
        let drawn = drawing
            .draws
            .draw(state, last.as_ref(), self.is_followed())
            .await;
        drawing.last = drawn.as_ref().ok().cloned().or(last);
        let picture = drawn?;
        drawing.covers = covers;
        self.0.shown.send_if_modified(|shown| {
            let is_other = !Arc::ptr_eq(shown, &picture);
            *shown = Arc::clone(&picture);
            is_other
        });
        Ok(picture)
    }

    fn is_followed(&self) -> bool {
        self.0.shown.receiver_count() > 0
    }

    async fn changes_at(&self) -> Option<Moment> {
        self.0.drawing.lock().await.draws.changes_at()
    }
}

/// Draws the picture again whenever something may have changed, while anybody follows, until the server stops.
pub async fn run<D: Draw>(state: AppState) {
    let mut stopping = state.tasks.stopping();
    let mut wakes = D::wakes(&state);
    let pictures = D::pictures(&state);
    loop {
        if !pictures.is_followed() {
            tokio::select! {
                () = stopping.wait() => return,
                () = pictures.0.followed.notified() => {}
            }
        }
        for wake in &mut wakes {
            wake.mark_unchanged();
        }
        let mut rest = Moment(state.clock.now().0 + REST_MS);
        match pictures.look(&state).await {
            Ok(_) => rest = rest.min(pictures.changes_at().await.unwrap_or(rest)),
            Err(error) => tracing::warn!(
                error = chain(&error),
                "screens do not follow the {}: the database does not answer",
                D::OF
            ),
        }
        state.clock.gather(GATHER).await;
        // Their senders live in the store.
        let woken = select_all(wakes.iter_mut().map(|wake| Box::pin(wake.changed())));
        tokio::select! {
            () = stopping.wait() => return,
            _ = woken => {}
            () = state.clock.wait_until(rest) => {}
        }
    }
}
