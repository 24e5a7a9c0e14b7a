//! What happened: the logs of all legs, and a feed that says whose log or state changed.

use std::convert::Infallible;

use axum::Json;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::Stream;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;

use crate::engine::{CallFilter, LogEntry};
use crate::face::carrier::Carrier;

/// A leg's entry in the log of all.
#[derive(Serialize)]
pub(super) struct Line {
    leg: String,
    #[serde(flatten)]
    entry: LogEntry,
}

/// The logs of all legs in one, by time.
pub(super) async fn log(State(carrier): State<Carrier>) -> Json<Vec<Line>> {
    let mut lines: Vec<Line> = carrier.with(|engine| {
        let calls = engine.calls(&CallFilter::default());
        let legs = calls.iter().rev().map(|call| &call.sid);
        legs.flat_map(|sid| {
            let entries = engine.log(sid).iter();
            entries.map(|entry| Line {
                leg: sid.to_string(),
                entry: entry.clone(),
            })
        })
        .collect()
    });
    lines.sort_by_key(|line| line.entry.at);
    Json(lines)
}

/// Server-sent events: `changed` with a leg's SID, `missed` when a reader was too slow and should look at everything.
pub(super) async fn feed(
    State(carrier): State<Carrier>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = carrier.subscribe();
    let stream = futures::stream::unfold(changes, |mut changes| async move {
        let event = match changes.recv().await {
            Ok(sid) => Event::default().event("changed").data(sid.as_str()),
            Err(RecvError::Lagged(_)) => Event::default().event("missed").data(""),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(event), changes))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
