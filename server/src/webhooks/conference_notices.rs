//! What the carrier tells of rooms of conference lines: who comes, goes and speaks, recordings, and legs that ring.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use exchange::conference::{ConferenceEvent, ConferenceSaid, RoomId, Said};
use exchange::{CallSid, ConferenceSid, Event, Recording};
use twilio::callback::{CallStatusCallback, ConferenceCallback, ConferenceEvent as Notice};

use super::conference::{number_named, room_named};
use super::incoming::Incoming;
use super::legs::status;
use super::notice::{passed_over, take};
use super::room::because;
use crate::carrier_api::reported;
use crate::chain::chain;
use crate::state::AppState;

/// What a conference's status callback tells of a room.
pub(super) async fn told(
    state: &AppState,
    incoming: &Incoming,
    room: RoomId,
    conference: ConferenceSid,
    notice: &ConferenceCallback,
) -> Response {
    let said = ConferenceSaid {
        conference,
        sequence: notice.sequence_number.unwrap_or(0),
        what: said(notice),
    };
    let about = notice.participant.as_ref();
    let about = about.and_then(|one| CallSid::parse(one.call_sid.as_str()).ok());
    let identity = notice.identity();
    enter(state, incoming, room, about, &identity, said).await
}

/// A recording of a conference is ready.
pub(super) async fn recorded(
    state: &AppState,
    incoming: &Incoming,
    room: RoomId,
    conference: ConferenceSid,
    ready: Recording,
) -> Response {
    let identity = format!("recording {}", ready.sid);
    let said = ConferenceSaid {
        conference,
        sequence: 0,
        what: Said::Recorded(ready),
    };
    enter(state, incoming, room, None, &identity, said).await
}

/// Takes a notice to the call that it is about; where it is about none, to one that is in the room, or was last.
async fn enter(
    state: &AppState,
    incoming: &Incoming,
    room: RoomId,
    about: Option<CallSid>,
    identity: &str,
    said: ConferenceSaid,
) -> Response {
    let known = match state.store.room(&room).await {
        Ok(known) => known,
        Err(error) => {
            let error = chain(&error);
            tracing::error!(error, "a room's callback could not be written down");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let through = known.and_then(|known| {
        let room = known.room;
        let is_there = |leg: &CallSid| {
            room.member(leg).is_some() || room.gone.iter().any(|stay| stay.leg == *leg)
        };
        about
            .filter(|leg| is_there(leg))
            .or_else(|| room.anchor().cloned())
            .or_else(|| room.gone.last().map(|stay| stay.leg.clone()))
    });
    let Some(through) = through else {
        return passed_over(incoming, "nobody has been in this room");
    };
    let identity = format!("{room} room {identity}");
    let event = Event::Conference(ConferenceEvent::Said(room, said));
    take(state, incoming, &through, identity, event).await
}

fn said(notice: &ConferenceCallback) -> Said {
    let told = notice.participant.as_ref();
    let leg = told.and_then(|told| CallSid::parse(told.call_sid.as_str()).ok());
    let switched = |event: fn(CallSid, bool) -> Said, on| leg.clone().map(|leg| event(leg, on));
    let known = match &notice.event {
        Notice::Started => Some(Said::Started),
        Notice::Ended => Some(Said::Ended),
        Notice::Joined => leg.clone().map(Said::Joined),
        Notice::Left => leg.clone().map(|leg| Said::Left(leg, because(told))),
        Notice::Muted => switched(Said::Muted, true),
        Notice::Unmuted => switched(Said::Muted, false),
        Notice::Held => switched(Said::Held, true),
        Notice::Unheld => switched(Said::Held, false),
        Notice::SpeechStarted => switched(Said::Speaks, true),
        Notice::SpeechStopped => switched(Said::Speaks, false),
        Notice::Modified => told
            .and_then(|told| told.end_conference_on_exit)
            .and_then(|on| switched(Said::EndsRoom, on)),
        Notice::AnnouncementEnded
        | Notice::AnnouncementFailed
        | Notice::RecordingEnded
        | Notice::Other(_) => None,
    };
    known.unwrap_or(Said::Other)
}

/// `/twilio/invite-status?room=…&invite=…&call=…`: how the leg of somebody stands who is called into a room. Once they
/// have answered, the leg is a call of its own.
pub(super) async fn invite_status(State(state): State<AppState>, incoming: Incoming) -> Response {
    let Ok(notice) = CallStatusCallback::parse(&incoming.form) else {
        return passed_over(&incoming, "it names no leg");
    };
    let Ok(leg) = CallSid::parse(notice.call_sid.as_str()) else {
        return passed_over(&incoming, "it names no leg");
    };
    let through = CallSid::parse(incoming.query.get("call").unwrap_or_default());
    let (Some(room), Ok(through)) = (room_named(&incoming), through) else {
        return passed_over(&incoming, "its URL names no room");
    };
    let Some(stands) = status(&notice.call_status) else {
        return passed_over(&incoming, "its status means nothing to us");
    };
    let identity = notice.identity();
    let own = Event::Reported(reported(&notice.call_status));
    let own = take(
        &state,
        &incoming,
        &leg,
        format!("{leg} own {identity}"),
        own,
    )
    .await;
    if own.status() != StatusCode::NO_CONTENT {
        return own;
    }
    let invite = number_named(&incoming, "invite");
    let identity = format!("{room} invite {invite} {identity}");
    let event = ConferenceEvent::Invited {
        room,
        invite,
        leg,
        status: stands,
    };
    take(
        &state,
        &incoming,
        &through,
        identity,
        Event::Conference(event),
    )
    .await
}
