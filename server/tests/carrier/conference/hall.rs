//! Visitors of a conference line at their telephones, and Sue, a supervisor, at the monitor.

use carrier::engine::{
    ConferenceFilter, ConferenceView, EarSound, ParticipantFilter, ParticipantView, Place,
};
use carrier::face::faults::FaultPlan;
use desk::rooms::{PersonView, RoomActForm, RoomStage, RoomStory, RoomView};
use desk::{Desk, DeskError, Role, Viewer};
use server::desk::ViewersDesk;
use twilio::CallSid;

use crate::stage::Stage;

/// The moderator of the weekly meeting.
pub(super) const MOIRA: &str = "+12025550142";
/// Visitors.
pub(super) const IDA: &str = "+13125550123";
pub(super) const TESS: &str = "+12145550137";
pub(super) const NIA: &str = "+442079460123";
/// The seeds' rooms.
pub(super) const MEETING: &str = "conference.main";
pub(super) const BOARD: &str = "rooms.board";
pub(super) const OPEN: &str = "rooms.open";

/// How long a visitor takes to be led in once nothing is asked any more.
pub(super) const SOON_MS: i64 = 8_000;

/// A stage with conference lines.
pub(super) struct Hall {
    pub(super) stage: Stage,
}

impl Hall {
    pub(super) async fn new() -> Self {
        Self::with(7, FaultPlan::default()).await
    }

    pub(super) async fn with(seed: u64, faults: FaultPlan) -> Self {
        Self {
            stage: Stage::new(seed, faults).await,
        }
    }

    /// Somebody calls a line and hears what is said there first.
    pub(super) async fn calls(&mut self, from: &str, line: &str) -> CallSid {
        let sid = self
            .stage
            .somebody_calls(from, Place::default(), line)
            .await;
        self.stage.passes(500).await;
        sid
    }

    /// Somebody calls a line and is led in.
    pub(super) async fn enters(&mut self, from: &str, line: &str) -> CallSid {
        let sid = self.calls(from, line).await;
        self.stage.passes(SOON_MS).await;
        sid
    }

    /// Somebody calls the line with several rooms and keys something in at each question; then a while passes.
    pub(super) async fn keys_in(&mut self, from: &str, keys: &[&str]) -> CallSid {
        let leg = self.calls(from, "rooms").await;
        for keys in keys {
            self.presses(&leg, keys).await;
        }
        self.stage.passes(SOON_MS).await;
        leg
    }

    pub(super) async fn presses(&mut self, leg: &CallSid, keys: &str) {
        self.stage.presses(leg, keys).await;
        self.stage.passes(500).await;
    }

    pub(super) async fn hangs_up(&mut self, leg: &CallSid) {
        self.stage.hangs_up(leg).await;
        self.stage.passes(500).await;
    }

    /// What Sue sees of a room.
    pub(super) async fn story(&self, id: &str) -> RoomStory {
        let story = desk_of(&self.stage, Role::Supervisor)
            .room(id.to_owned())
            .await;
        story.expect("there is such a room")
    }

    /// What Sue sees of a room that lives.
    pub(super) async fn room(&self, id: &str) -> RoomView {
        let story = self.story(id).await;
        story.live.expect("somebody is in the room")
    }

    /// What Sue sees of somebody in a room.
    pub(super) async fn person(&self, id: &str, leg: &CallSid) -> PersonView {
        let room = self.room(id).await;
        let found = room.person(leg.as_str()).cloned();
        found.unwrap_or_else(|| panic!("{leg} is not in {room:#?}"))
    }

    pub(super) async fn stage_of(&self, id: &str) -> RoomStage {
        self.room(id).await.stage
    }

    /// Sue does something with a room.
    pub(super) async fn acts(&self, form: RoomActForm) -> Result<(), DeskError> {
        desk_of(&self.stage, Role::Supervisor)
            .act_in_room(form)
            .await
    }

    /// The conference of a room's name that is not over, as the carrier has it.
    pub(super) fn conference(&self, id: &str) -> Option<ConferenceView> {
        let filter = ConferenceFilter {
            name: Some(id.to_owned()),
            ..ConferenceFilter::default()
        };
        let all = self
            .stage
            .carrier
            .with(|engine| engine.conferences(&filter));
        all.into_iter().find(|one| one.status != "completed")
    }

    /// Who is in a room, as the carrier has it.
    pub(super) fn participants(&self, id: &str) -> Vec<ParticipantView> {
        let Some(conference) = self.conference(id) else {
            return Vec::new();
        };
        let filter = ParticipantFilter::default();
        self.stage.carrier.with(|engine| {
            engine
                .participants(&conference.sid, &filter)
                .unwrap_or_default()
        })
    }

    pub(super) fn participant(&self, id: &str, leg: &CallSid) -> Option<ParticipantView> {
        let all = self.participants(id);
        all.into_iter().find(|one| one.call == *leg)
    }

    /// What somebody in a room has in their ear.
    pub(super) fn ear(&self, leg: &CallSid) -> Option<EarSound> {
        let ear = self.stage.carrier.with(|engine| engine.ear(leg));
        ear.map(|ear| ear.sound)
    }

    /// Whom somebody hears; nobody who hears something else.
    pub(super) fn hears(&self, leg: &CallSid) -> Vec<CallSid> {
        match self.ear(leg) {
            Some(EarSound::Others(mut others)) => {
                others.sort();
                others
            }
            Some(EarSound::Music | EarSound::Silence | EarSound::Document(_)) | None => Vec::new(),
        }
    }

    /// Whether somebody hears what waiting visitors hear.
    pub(super) fn hears_music(&self, leg: &CallSid) -> bool {
        match self.ear(leg) {
            Some(EarSound::Document(url)) => url.contains("/voice/"),
            Some(EarSound::Music | EarSound::Silence | EarSound::Others(_)) | None => false,
        }
    }

    /// The last document that led somebody into a room.
    pub(super) fn way_in(&self, leg: &CallSid) -> String {
        let documents = self.stage.documents_of(leg);
        let last = documents.into_iter().rev();
        let mut last = last.filter(|document| document.contains("<Conference"));
        last.next().expect("they were led into a room")
    }

    pub(super) fn said(&self, leg: &CallSid) -> String {
        self.stage.said_to(leg).join(" ")
    }
}

/// The desk of somebody of a role.
pub(super) fn desk_of(stage: &Stage, role: Role) -> ViewersDesk {
    ViewersDesk {
        state: stage.state.clone(),
        viewer: Some(Viewer {
            user_name: "sue".to_owned(),
            name: "Sue".to_owned(),
            role,
        }),
        is_denied: false,
        is_from_here: true,
        visit: server::auth::Visit::default(),
    }
}

/// Something done with a room as a whole.
pub(super) fn whole(room: &str, act: &str) -> RoomActForm {
    RoomActForm {
        room: room.to_owned(),
        act: act.to_owned(),
        ..RoomActForm::default()
    }
}

/// Something done with somebody in a room.
pub(super) fn one(room: &str, act: &str, leg: &CallSid) -> RoomActForm {
    RoomActForm {
        person: leg.to_string(),
        ..whole(room, act)
    }
}
