//! The one place where the carrier puts work into the background, and brings it to an end.

use std::future::Future;

use tokio::runtime::Handle;
use tokio::sync::watch;

/// What runs in the background of one carrier.
#[derive(Debug)]
pub(super) struct Tasks {
    runtime: Handle,
    running: watch::Sender<usize>,
    is_stopping: watch::Sender<bool>,
}

/// Counts a task until it is gone, however it goes.
struct Counted(watch::Sender<usize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running -= 1);
    }
}

impl Tasks {
    /// Nothing runs yet; what is started later runs on the runtime of now.
    pub(super) fn new() -> Self {
        Self {
            runtime: Handle::current(),
            running: watch::Sender::new(0),
            is_stopping: watch::Sender::new(false),
        }
    }

    /// Starts a task. It is cut off where it stands when the carrier stops.
    pub(super) fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.running.send_modify(|running| *running += 1);
        let counted = Counted(self.running.clone());
        let stopping = self.stopping();
        let _detached = self.runtime.spawn(async move {
            tokio::select! {
                () = stopping => {}
                () = task => {}
            }
            drop(counted);
        });
    }

    /// Resolves when the carrier is coming to its end.
    pub(super) fn stopping(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut is_stopping = self.is_stopping.subscribe();
        async move {
            // An error means that the carrier is gone, which is an end too.
            let _ = is_stopping.wait_for(|is_stopping| *is_stopping).await;
        }
    }

    /// Ends every task and waits until they are gone.
    pub(super) async fn stop(&self) {
        self.is_stopping.send_replace(true);
        // The sender lives in `self`, so the channel cannot end.
        let _ = self
            .running
            .subscribe()
            .wait_for(|running| *running == 0)
            .await;
    }
}
