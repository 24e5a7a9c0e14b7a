//! Conferences and participants as REST asks for and shows them (reference E.3).

use twilio::CallSid;

use super::participant::Participant;
use super::room::{Room, Stage};
use crate::engine::leg::{Leg, Status};
use crate::engine::{ConferenceSid, Time};

/// A conference as REST shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConferenceView {
    /// Its SID.
    pub sid: ConferenceSid,
    /// Its name.
    pub name: String,
    /// `init`, `in-progress` or `completed`.
    pub status: String,
    /// Where it is mixed.
    pub region: String,
    /// Why it ended, with hyphens.
    pub reason_ended: Option<String>,
    /// The leg whose leaving ended it.
    pub ended_by: Option<CallSid>,
    /// When its first participant came or was dialled.
    pub created: Time,
    /// When something happened in it last.
    pub updated: Time,
}

/// A participant as REST shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantView {
    /// Its leg.
    pub call: CallSid,
    /// Its label.
    pub label: Option<String>,
    /// The conference.
    pub conference: ConferenceSid,
    /// Whether nobody hears it.
    pub muted: bool,
    /// Whether it is on hold.
    pub hold: bool,
    /// Whether only one other hears it.
    pub coaching: bool,
    /// That other.
    pub coached: Option<CallSid>,
    /// Whether its entering starts the conference.
    pub starts_on_enter: bool,
    /// Whether its leaving ends the conference.
    pub ends_on_exit: bool,
    /// `queued`, `connecting`, `ringing`, `connected`, `complete` or `failed`.
    pub status: String,
    /// Milliseconds its call waited to be made.
    pub queue_ms: i64,
    /// When it came or was dialled.
    pub created: Time,
    /// When it was last changed.
    pub updated: Time,
}

/// Which conferences are listed; everything that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConferenceFilter {
    /// `FriendlyName`.
    pub name: Option<String>,
    /// `Status`.
    pub status: Option<String>,
    /// Created at or after this moment.
    pub created_from: Option<Time>,
    /// Created before this moment.
    pub created_before: Option<Time>,
    /// Updated at or after this moment.
    pub updated_from: Option<Time>,
    /// Updated before this moment.
    pub updated_before: Option<Time>,
}

/// Which participants are listed; everything that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParticipantFilter {
    /// `Muted`.
    pub muted: Option<bool>,
    /// `Hold`.
    pub hold: Option<bool>,
    /// `Coaching`.
    pub coaching: Option<bool>,
}

/// A change of a conference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateConference {
    /// `Status`: `completed` ends it for all.
    pub status: Option<String>,
    /// `AnnounceUrl`: all hear it.
    pub announce_url: Option<String>,
    /// `AnnounceMethod`; POST.
    pub announce_method: Option<String>,
}

/// A change of a participant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateParticipant {
    /// `Muted`.
    pub muted: Option<bool>,
    /// `Hold`.
    pub hold: Option<bool>,
    /// `HoldUrl`; hold music by default.
    pub hold_url: Option<String>,
    /// `HoldMethod`; GET.
    pub hold_method: Option<String>,
    /// `AnnounceUrl`: this one alone hears it.
    pub announce_url: Option<String>,
    /// `AnnounceMethod`; POST.
    pub announce_method: Option<String>,
    /// `WaitUrl`.
    pub wait_url: Option<String>,
    /// `WaitMethod`; POST.
    pub wait_method: Option<String>,
    /// `BeepOnExit`.
    pub beep_on_exit: Option<bool>,
    /// `EndConferenceOnExit`.
    pub end_conference_on_exit: Option<bool>,
    /// `Coaching`.
    pub coaching: Option<bool>,
    /// `CallSidToCoach`.
    pub call_sid_to_coach: Option<String>,
}

impl ConferenceFilter {
    pub(super) fn fits(&self, room: &Room) -> bool {
        let name = self.name.as_ref();
        let status = self.status.as_ref();
        name.is_none_or(|name| *name == room.name)
            && status.is_none_or(|status| status == room.stage.word())
            && self.created_from.is_none_or(|from| room.created >= from)
            && self
                .created_before
                .is_none_or(|before| room.created < before)
            && self.updated_from.is_none_or(|from| room.updated >= from)
            && self
                .updated_before
                .is_none_or(|before| room.updated < before)
    }
}

impl ParticipantFilter {
    pub(super) fn fits(&self, one: &Participant) -> bool {
        self.muted.is_none_or(|muted| muted == one.is_muted)
            && self.hold.is_none_or(|hold| hold == one.is_held())
            && self
                .coaching
                .is_none_or(|coaching| coaching == one.coached().is_some())
    }
}

impl ConferenceView {
    pub(super) fn of(room: &Room) -> Self {
        let (reason_ended, ended_by) = match &room.stage {
            Stage::Over { reason, by } => (
                Some(reason.word().to_owned()),
                by.as_ref().map(|(call, _)| call.clone()),
            ),
            Stage::Gathering | Stage::Open => (None, None),
        };
        Self {
            sid: room.sid.clone(),
            name: room.name.clone(),
            status: room.stage.word().to_owned(),
            region: room.region().to_owned(),
            reason_ended,
            ended_by,
            created: room.created,
            updated: room.updated,
        }
    }
}

impl ParticipantView {
    pub(super) fn of(one: &Participant, room: &Room, leg: Option<&Leg>) -> Self {
        let status = match leg.map(|leg| leg.status) {
            _ if one.is_present() => "connected",
            Some(Status::Queued) => "queued",
            Some(Status::Initiated | Status::InProgress) => "connecting",
            Some(Status::Ringing) => "ringing",
            Some(Status::Completed) => "complete",
            Some(Status::Busy | Status::Failed | Status::NoAnswer | Status::Canceled) | None => {
                "failed"
            }
        };
        Self {
            call: one.call.clone(),
            label: one.label.clone(),
            conference: room.sid.clone(),
            muted: one.is_muted,
            hold: one.is_held(),
            coaching: one.coached().is_some(),
            coached: one.coached().cloned(),
            starts_on_enter: one.starts_on_enter,
            ends_on_exit: one.ends_on_exit,
            status: status.to_owned(),
            queue_ms: leg.map_or(0, |leg| leg.queue_ms),
            created: one.created,
            updated: one.updated,
        }
    }
}
