//! The one place where work is put into the background, and brought to an end.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What runs in the background of one server.
#[derive(Clone, Debug)]
pub struct Tasks {
    running: Arc<Mutex<JoinSet<()>>>,
    errands: TaskTracker,
    cut: CancellationToken,
    stop: Arc<watch::Sender<bool>>,
}

/// Tells a task that the server is coming to its end.
#[derive(Clone, Debug)]
pub struct Stopping(watch::Receiver<bool>);

impl Tasks {
    /// Nothing runs yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            running: Arc::default(),
            errands: TaskTracker::new(),
            cut: CancellationToken::new(),
            stop: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Starts a task. It ends by itself once `stopping()` resolves.
    pub fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .spawn(task);
    }

    /// Starts something that comes to its end by itself, whether or not anybody waits for what it gives. It gives nothing
    /// where it was cut off.
    pub fn errand<F>(&self, errand: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let cut = self.cut.clone();
        self.errands.spawn(cut.run_until_cancelled_owned(errand))
    }

    /// Waits for every errand, among them those that are begun meanwhile.
    pub async fn errands_are_done(&self) {
        self.errands.close();
        self.errands.wait().await;
    }

    /// What a task waits on to know its end.
    #[must_use]
    pub fn stopping(&self) -> Stopping {
        Stopping(self.stop.subscribe())
    }

    /// Whether the server is coming to its end.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Tells every task to end.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Tells every task to end and waits for them, at most `within`; what still runs then is cut off.
    pub async fn finish(&self, within: Duration) {
        self.stop();
        let mut running =
            std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        let all = async {
            while running.join_next().await.is_some() {}
            self.errands_are_done().await;
        };
        if tokio::time::timeout(within, all).await.is_err() {
            running.abort_all();
            self.cut.cancel();
        }
    }
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

impl Stopping {
    /// Resolves when the server is coming to its end.
    pub async fn wait(&mut self) {
        // An error means that the server is gone, which is an end too.
        let _ = self.0.wait_for(|is_stopping| *is_stopping).await;
    }
}
