//! Messages that were left: as their `<Record>` tells of them, and as their callback does.

use axum::extract::State;
use axum::response::Response;
use exchange::{CallSid, ConferenceSid, Event, Recording, RecordingSid, SupportEvent};
use twilio::callback::{RecordingCallback, RecordingStatus};
use twilio::webhook::{Recorded, VoiceRequest};

use super::conference::room_named;
use super::conference_notices;
use super::incoming::Incoming;
use super::notice::{passed_over, take};
use crate::state::AppState;

/// The message that a request for the action of `<Record>` tells of. Its SID is sent though nobody
/// promises it (reference B.3); it also ends the message's URL.
pub(super) fn message(request: &VoiceRequest) -> Option<Recording> {
    let recorded = Recorded::of(request)?;
    let sid = match &recorded.recording_sid {
        Some(sid) => sid.as_str(),
        None => recorded.url.rsplit('/').next().unwrap_or_default(),
    };
    Some(Recording {
        sid: RecordingSid::parse(sid).ok()?,
        seconds: recorded.duration_s.unwrap_or(0),
        url: recorded.url,
    })
}

/// `/twilio/recording-status`: a message is ready to be fetched (reference B.6).
pub(super) async fn recording_status(
    State(state): State<AppState>,
    incoming: Incoming,
) -> Response {
    let Ok(notice) = RecordingCallback::parse(&incoming.form) else {
        return passed_over(&incoming, "it names no recording");
    };
    match &notice.status {
        RecordingStatus::Completed => {}
        RecordingStatus::InProgress
        | RecordingStatus::Paused
        | RecordingStatus::Stopped
        | RecordingStatus::Processing
        | RecordingStatus::Absent
        | RecordingStatus::Failed
        | RecordingStatus::Deleted
        | RecordingStatus::Other(_) => {
            return passed_over(&incoming, "there is nothing to fetch yet");
        }
    }
    let (Ok(sid), Some(url)) = (
        RecordingSid::parse(notice.recording_sid.as_str()),
        notice.url.clone(),
    ) else {
        return passed_over(&incoming, "it does not say where the recording is");
    };
    let ready = Recording {
        sid,
        url,
        seconds: notice.duration_s.unwrap_or(0),
    };
    let conference = notice.conference_sid.as_ref();
    let conference = conference.and_then(|sid| ConferenceSid::parse(sid.as_str()).ok());
    if let (Some(room), Some(conference)) = (room_named(&incoming), conference) {
        return conference_notices::recorded(&state, &incoming, room, conference, ready).await;
    }
    let call = notice.call_sid.as_ref();
    let Some(call) = call.and_then(|sid| CallSid::parse(sid.as_str()).ok()) else {
        return passed_over(&incoming, "it names no call");
    };
    let identity = format!("{call} recording {}", notice.identity());
    let event = Event::Support(SupportEvent::RecordingReady(ready));
    take(&state, &incoming, &call, identity, event).await
}
