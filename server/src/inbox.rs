//! `/inbox/{call}/voicemail`: a message that a caller left, for the agents it is for. We fetch it from the carrier; its
//! address there is nobody's business.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use desk::{DeskError, Viewer};
use exchange::{CallSid, Moment};
use store::{InboxEntry, InboxKind};

use crate::carrier_api::NotSaid;
use crate::chain::chain;
use crate::state::AppState;
use crate::{audit, commands};

/// How long after a part of a message another one belongs to the same listening, in milliseconds.
const LISTENING_MS: i64 = 60_000;

/// The route.
pub const VOICEMAIL: &str = "/inbox/{call}/voicemail";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(VOICEMAIL, get(voicemail))
}

async fn voicemail(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(call): Path<String>,
    headers: HeaderMap,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match find(&state, viewer.as_ref(), &call).await {
        Ok(entry) => {
            let played = play(&state, &entry, headers.get(header::RANGE)).await;
            if let Some(viewer) = viewer.filter(|_| played.status().is_success()) {
                note(&state, &viewer, &entry.call).await;
            }
            played
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            refuse(
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                &error.to_string(),
            )
        }
    }
}

/// Whoever has heard any part of a message has listened to it. A player asks for it piece by piece: what the same person
/// asks for within a while is one listening.
async fn note(state: &AppState, viewer: &Viewer, call: &CallSid) {
    let now = state.clock.now();
    if state.listening.begins(&viewer.user_name, call, now) {
        let what = "Listened to the message that the caller left.";
        audit::note(state, &viewer.user_name, call.as_str(), what).await;
    }
}

/// Who listens to which message, so that each listening is noted once in this process.
#[derive(Clone, Debug, Default)]
pub struct Listening(Arc<Mutex<BTreeMap<(String, CallSid), Moment>>>);

impl Listening {
    /// Whether a listening begins with what is asked for now; then it is known from now on.
    fn begins(&self, user_name: &str, call: &CallSid, now: Moment) -> bool {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, at| now.0 - at.0 < LISTENING_MS);
        let before = asked.insert((user_name.to_owned(), call.clone()), now);
        before.is_none()
    }
}

async fn find(
    state: &AppState,
    viewer: Option<&Viewer>,
    call: &str,
) -> Result<InboxEntry, DeskError> {
    let viewer = viewer.ok_or(DeskError::SignedOut)?;
    let may_see = commands::may_see(state, viewer).await?;
    let call = CallSid::parse(call).map_err(|_| DeskError::NotFound)?;
    let entry = state.store.voicemail(&call).await.map_err(|error| {
        tracing::error!(error = chain(&error), "a message could not be found");
        DeskError::Internal
    })?;
    match entry {
        None => Err(DeskError::NotFound),
        Some(entry) if !may_see(&entry) => Err(DeskError::Forbidden),
        Some(entry) => Ok(entry),
    }
}

async fn play(state: &AppState, entry: &InboxEntry, range: Option<&HeaderValue>) -> Response {
    let InboxKind::Voicemail { recording, .. } = &entry.what else {
        return refuse(StatusCode::NOT_FOUND, "Nobody left a message in this call.");
    };
    match state.carrier.sound(recording).await {
        Ok(sound) => part(sound, range.and_then(|range| range.to_str().ok())),
        Err(not_said) => {
            let (status, advice) = match &not_said {
                NotSaid::NotNow(_) | NotSaid::Unclear => {
                    (StatusCode::BAD_GATEWAY, "Try again in a moment.")
                }
                NotSaid::NoCarrier | NotSaid::Never(_) | NotSaid::NotThere => {
                    (StatusCode::NOT_FOUND, "It may have been deleted there.")
                }
            };
            tracing::warn!(call.id = %entry.call, why = not_said.words(), "a message could not be fetched");
            let words = not_said.words();
            refuse(
                status,
                &format!("The message could not be fetched: {words}. {advice}"),
            )
        }
    }
}

/// The sound, or the part of it that a player asks for when somebody moves within it.
fn part(sound: Vec<u8>, range: Option<&str>) -> Response {
    let whole = sound.len();
    let asked = range.and_then(|range| span(range, whole));
    let mut response = match asked.clone() {
        None => sound.into_response(),
        Some(span) => (StatusCode::PARTIAL_CONTENT, sound[span].to_vec()).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("audio/x-wav"),
    );
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(Range { start, end }) = asked {
        let text = format!("bytes {start}-{}/{whole}", end - 1);
        let value = HeaderValue::try_from(text).expect("it is made of digits");
        headers.insert(header::CONTENT_RANGE, value);
    }
    response
}

/// The bytes that a `Range` header means; nothing where it is not understood or meets none, and then all are sent.
fn span(range: &str, whole: usize) -> Option<Range<usize>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let span = match (first, last) {
        ("", last) => whole.saturating_sub(last.parse().ok()?)..whole,
        (first, "") => first.parse().ok()?..whole,
        (first, last) => {
            let last: usize = last.parse().ok()?;
            first.parse().ok()?..last.saturating_add(1).min(whole)
        }
    };
    (span.start < span.end).then_some(span)
}

fn refuse(status: StatusCode, words: &str) -> Response {
    (status, format!("{words}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_that_it_asks_for() {
        let cases = [
            ("bytes=0-", Some(0..10)),
            ("bytes=4-6", Some(4..7)),
            ("bytes=4-99", Some(4..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-99", Some(0..10)),
            ("bytes=10-", None),
            ("bytes=6-4", None),
            ("bytes=0-1,4-5", None),
            ("lines=1-2", None),
        ];

        for (range, expected) in cases {
            assert_eq!(span(range, 10), expected, "{range}");
        }
    }
}
