//! Coming to an end without losing a request: connections are let go one answer at a time.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::Listener;
use tokio::sync::oneshot;

use crate::state::AppState;

/// How long the server goes on accepting after it was told to stop, so that whoever keeps a
/// connection open learns with an answer that it is the last one.
pub const GRACE: Duration = Duration::from_secs(1);

/// Ends a connection with the answer that is being given, once the server is coming to its end.
pub async fn let_go(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if state.tasks.is_stopping() {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A listener that, once told, still gives every connection that has been made, and then says that
/// there is none left: closed before, it would reset them.
pub struct Draining<L> {
    listener: L,
    told: Option<oneshot::Receiver<()>>,
    empty: Option<oneshot::Sender<()>>,
}

impl<L> Draining<L> {
    /// Wraps a listener. It is told through `told` and says through `empty`.
    pub fn new(listener: L, told: oneshot::Receiver<()>, empty: oneshot::Sender<()>) -> Self {
        Self {
            listener,
            told: Some(told),
            empty: Some(empty),
        }
    }
}

impl<L: Listener> Listener for Draining<L> {
    type Io = L::Io;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        if let Some(told) = &mut self.told {
            tokio::select! {
                biased;
                connection = self.listener.accept() => return connection,
                _ = told => {}
            }
            self.told = None;
        }
        tokio::select! {
            biased;
            connection = self.listener.accept() => return connection,
            () = std::future::ready(()) => {}
        }
        if let Some(empty) = self.empty.take() {
            // Nobody listens any more where the server has ended already.
            empty.send(()).ok();
        }
        std::future::pending().await
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
