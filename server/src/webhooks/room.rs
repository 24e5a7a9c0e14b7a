//! Conference callbacks: what the carrier says of a caller's room (reference B.5).

use axum::extract::State;
use axum::response::Response;
use exchange::conference::RoomId;
use exchange::{CallSid, ConferenceSid, Event, LeftBecause, RoomEvent, RoomSaid, SupportEvent};
use twilio::callback::{ConferenceCallback, ConferenceEvent, LeaveReason, ParticipantState};

use super::conference_notices;
use super::incoming::Incoming;
use super::notice::{passed_over, take};
use crate::state::AppState;

/// `/twilio/conference-status`: the room bears the name of a caller's call, or is one of a conference line.
pub(super) async fn conference_status(
    State(state): State<AppState>,
    incoming: Incoming,
) -> Response {
    let Ok(notice) = ConferenceCallback::parse(&incoming.form) else {
        return passed_over(&incoming, "it names no conference");
    };
    let Ok(conference) = ConferenceSid::parse(notice.conference_sid.as_str()) else {
        return passed_over(&incoming, "it names no conference");
    };
    let name = notice.friendly_name.as_deref().unwrap_or_default();
    if let Ok(room) = RoomId::parse(name) {
        return conference_notices::told(&state, &incoming, room, conference, &notice).await;
    }
    let Ok(call) = CallSid::parse(name) else {
        return passed_over(&incoming, "its conference is no room of ours");
    };
    let said = RoomSaid {
        conference,
        sequence: notice.sequence_number.unwrap_or(0),
        event: event(&notice),
    };
    let identity = format!("{call} room {}", notice.identity());
    let event = Event::Support(SupportEvent::Room(said));
    take(&state, &incoming, &call, identity, event).await
}

fn event(notice: &ConferenceCallback) -> RoomEvent {
    let told = notice.participant.as_ref();
    let leg = told.and_then(|told| CallSid::parse(told.call_sid.as_str()).ok());
    let of = |event: fn(CallSid) -> RoomEvent| leg.clone().map(event);
    let known = match &notice.event {
        ConferenceEvent::Started => Some(RoomEvent::Started),
        ConferenceEvent::Ended => Some(RoomEvent::Ended),
        ConferenceEvent::Joined => of(RoomEvent::Joined),
        ConferenceEvent::Left => leg.map(|leg| RoomEvent::Left(leg, because(told))),
        ConferenceEvent::Held => of(|leg| RoomEvent::Held(leg, true)),
        ConferenceEvent::Unheld => of(|leg| RoomEvent::Held(leg, false)),
        ConferenceEvent::Modified => leg
            .zip(told.and_then(|told| told.end_conference_on_exit))
            .map(|(leg, on)| RoomEvent::EndsRoom(leg, on)),
        ConferenceEvent::Muted
        | ConferenceEvent::Unmuted
        | ConferenceEvent::SpeechStarted
        | ConferenceEvent::SpeechStopped
        | ConferenceEvent::AnnouncementEnded
        | ConferenceEvent::AnnouncementFailed
        | ConferenceEvent::RecordingEnded
        | ConferenceEvent::Other(_) => None,
    };
    known.unwrap_or(RoomEvent::Other)
}

pub(super) fn because(told: Option<&ParticipantState>) -> LeftBecause {
    match told.and_then(|told| told.left.as_ref()) {
        Some(LeaveReason::HungUp) => LeftBecause::HungUp,
        Some(LeaveReason::ConferenceEndedViaApi | LeaveReason::ModeratorEndedConference) => {
            LeftBecause::RoomEnded
        }
        Some(LeaveReason::UpdatedViaApi) => LeftBecause::Moved,
        Some(LeaveReason::AddFailed) => LeftBecause::NeverCame,
        Some(LeaveReason::Other(_)) | None => LeftBecause::Unknown,
    }
}
