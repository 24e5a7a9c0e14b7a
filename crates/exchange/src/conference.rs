//! The conference line: rooms in which visitors wait for a moderator, and what people at the monitor
//! do in them.

mod event;
mod line;
mod room;
mod toggle;
mod visitor;

use serde::{Deserialize, Serialize};

pub use event::{
    By, ConferenceEvent, ConferenceRoute, ConferenceSaid, RoomAct, RoomDeed, RoomRefusal, RoomSeen,
    RoomTimer, Said, SeenInRoom, Undone,
};
pub use line::{BadRoomId, ConferenceLine, ConferenceRoom, Recorded, RoomId, Told};
pub use room::{
    ActKind, ActState, Acted, Announcement, Gathering, Invite, InviteOutcome, Leaving, Locked,
    Member, Phase, Role, Room, Stay, Untold, Whereabouts, WhyLeft, Words,
};
pub use toggle::Toggle;
pub use visitor::{Guest, Visitor, VisitorStage, WaitWords};

use crate::{
    Act, Answer, Call, CallSid, Caller, Event, Moment, PhoneNumber, Place, Plan, Progress, Route,
    Step,
};

/// What a step makes of a room. It is written with the call, in one commit; a room that has moved on
/// since it was read is a conflict, and the step is taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomStep {
    /// The room as it stands.
    pub room: Room,
    /// Stays that are over: rows of the attendance.
    pub stays: Vec<Stay>,
    /// The gathering that is over.
    pub over: Option<Gathering>,
}

impl Call {
    /// The room that an event concerns: it is handed in with it ([`Call::in_room`]).
    #[must_use]
    pub fn room_of(&self, event: &Event, _plan: &Plan) -> Option<RoomId> {
        match event {
            Event::Conference(
                ConferenceEvent::Said(room, _)
                | ConferenceEvent::Invited { room, .. }
                | ConferenceEvent::Act { room, .. }
                | ConferenceEvent::Did { room, .. }
                | ConferenceEvent::Rang { room, .. }
                | ConferenceEvent::Due(room, _)
                | ConferenceEvent::Seen { room, .. },
            ) => Some(room.clone()),
            Event::Conference(ConferenceEvent::Visits(..))
            | Event::Arrived(_)
            | Event::Reported(_)
            | Event::Asked(_) => self.visitor()?.room.clone(),
            Event::Forward(..) | Event::Menu(..) | Event::CallOut(..) | Event::Support(_) => None,
        }
    }

    /// What becomes of the call, and of the room that [`Call::room_of`] names, when `event` happens.
    #[must_use]
    pub fn in_room(
        &self,
        _room: &Room,
        event: Event,
        is_first: bool,
        now: Moment,
        plan: &Plan,
    ) -> Step {
        self.on(event, is_first, now, plan)
    }

    /// Somebody of ours who comes to a room by their browser, as a moderator. Nothing where there is
    /// no such room.
    #[must_use]
    pub fn at_browser(
        sid: CallSid,
        by: &By,
        room: &RoomId,
        plan: &Plan,
        now: Moment,
    ) -> Option<Self> {
        let guest = Guest::Person {
            user: by.user.clone(),
            name: by.name.clone(),
        };
        let caller = Caller::Client(by.user.to_string());
        Self::into_room(sid, caller, guest, room, plan, now)
    }

    /// A number that was called into a room, and has answered. Nothing where there is no such room.
    #[must_use]
    pub fn invited(
        sid: CallSid,
        number: PhoneNumber,
        invite: u32,
        room: &RoomId,
        plan: &Plan,
        now: Moment,
    ) -> Option<Self> {
        let guest = Guest::Invited { invite };
        Self::into_room(sid, Caller::Number(number), guest, room, plan, now)
    }

    fn into_room(
        sid: CallSid,
        caller: Caller,
        guest: Guest,
        room: &RoomId,
        plan: &Plan,
        now: Moment,
    ) -> Option<Self> {
        let line = plan.line(&room.line)?;
        plan.conference_room(room)?;
        let mut call = Self::new(sid, line, caller, None, Place::default(), now);
        let visitor = Visitor::arrived(guest, Some(room.clone()));
        call.progress = Progress::Conference(Box::new(visitor));
        Some(call)
    }

    /// The visit to a conference line that it is, if it is one.
    #[must_use]
    pub fn visitor(&self) -> Option<&Visitor> {
        match &self.progress {
            Progress::Conference(visitor) => Some(visitor),
            Progress::Forward(_)
            | Progress::Menu(_)
            | Progress::CallingOut(_)
            | Progress::Support(_) => None,
        }
    }
}

/// What somebody on hold in a room hears, for as long as it takes.
#[must_use]
pub fn hold_document() -> Answer {
    Answer(vec![
        Act::Music,
        Act::Goto(Route::Conference(ConferenceRoute::Hold)),
    ])
}

/// What an announcement says. Nothing, where it is too old to be known.
#[must_use]
pub fn announcement(room: &Room, number: u32, _plan: &Plan) -> Option<Answer> {
    let found = room.announcements.iter();
    let found = found.into_iter().find(|one| one.number == number);
    found.map(|_| Answer::default())
}

impl Room {
    /// Whether a deed is still to be done. Asked right before it is, with the room as it stands then:
    /// what has been overtaken meanwhile is dropped without a word.
    #[must_use]
    pub fn wants(&self, deed: &RoomDeed) -> bool {
        match deed {
            RoomDeed::Redirect { leg, round } => self
                .member(leg)
                .is_some_and(|member| member.moving.is_some() && member.round == *round),
            RoomDeed::Sweep { sweep, .. } => self.sweep == *sweep,
            RoomDeed::Ring { invite, .. } => self
                .invite(*invite)
                .is_some_and(|invite| invite.outcome.is_none() && invite.leg.is_none()),
            RoomDeed::EndsRoom { .. }
            | RoomDeed::Mute { .. }
            | RoomDeed::Hold { .. }
            | RoomDeed::Remove { .. }
            | RoomDeed::Announce { .. }
            | RoomDeed::Record { .. }
            | RoomDeed::End { .. }
            | RoomDeed::EndInvite { .. }
            | RoomDeed::Tick { .. } => true,
        }
    }
}
