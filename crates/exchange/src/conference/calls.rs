//! The calls of a conference line: how they begin, and which room an event concerns.

use super::{
    By, ConferenceEvent, ConferenceRoute, Guest, Room, RoomId, Visitor, VisitorStage, keyed,
};
use crate::{
    Call, CallSid, Caller, Event, Input, LineKind, Moment, PhoneNumber, Place, Plan, Progress, Step,
};

impl Call {
    /// The room that an event concerns: it is handed in with it ([`Call::in_room`]).
    #[must_use]
    pub fn room_of(&self, event: &Event, plan: &Plan) -> Option<RoomId> {
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
            Event::Conference(ConferenceEvent::Visits(step, input)) => {
                self.own_room(*step, input, plan)
            }
            Event::Arrived(input) => self.own_room(ConferenceRoute::Enter, input, plan),
            Event::Reported(_) | Event::Asked(_) => self.visitor()?.room.clone(),
            Event::Forward(..) | Event::Menu(..) | Event::CallOut(..) | Event::Support(_) => None,
        }
    }

    /// The room that the visitor comes to: the one they are in, the line's only one, or the one to
    /// which the keys lead.
    fn own_room(&self, step: ConferenceRoute, input: &Input, plan: &Plan) -> Option<RoomId> {
        if let Some(room) = self.visitor().and_then(|visitor| visitor.room.clone()) {
            return Some(room);
        }
        if !self.is_for_conference(plan) {
            return None;
        }
        let line = plan.line(&self.line)?;
        let LineKind::Conference(settings) = &line.kind else {
            return None;
        };
        let by_code = match step {
            ConferenceRoute::Code => {
                keyed(&input.digits).and_then(|keys| settings.room_of_code(keys))
            }
            ConferenceRoute::Enter
            | ConferenceRoute::Pin
            | ConferenceRoute::Wait
            | ConferenceRoute::Hold
            | ConferenceRoute::Left
            | ConferenceRoute::Next
            | ConferenceRoute::Menu => None,
        };
        settings.only_room().or(by_code).map(|room| RoomId {
            line: line.id.clone(),
            room: room.key.clone(),
        })
    }

    /// Whether the entry of the call's line is that of a conference line.
    pub(crate) fn is_for_conference(&self, plan: &Plan) -> bool {
        match &self.progress {
            Progress::Conference(_) => true,
            Progress::CallingOut(_) | Progress::Support(_) => false,
            Progress::Forward(_) | Progress::Menu(_) => plan
                .line(&self.line)
                .is_some_and(|line| matches!(line.kind, LineKind::Conference(_))),
        }
    }

    /// What becomes of the call, and of the room that [`Call::room_of`] names, when `event` happens.
    #[must_use]
    pub fn in_room(
        &self,
        room: &Room,
        event: Event,
        is_first: bool,
        now: Moment,
        plan: &Plan,
    ) -> Step {
        let mut call = self.clone();
        if let (Progress::Conference(visitor), Some(member)) =
            (&mut call.progress, room.member(&self.sid))
        {
            visitor.met = visitor.met.or(member.met);
        }
        call.decide(event, Some(room), is_first, now, plan)
    }

    /// Whether keys that come now may be a code or PIN, whatever they were sent to: on a conference line all but those
    /// of the star menu.
    #[must_use]
    pub fn may_key_secrets(&self, plan: &Plan) -> bool {
        match self.visitor() {
            Some(visitor) => visitor.stage != VisitorStage::Menu,
            None => self.is_for_conference(plan),
        }
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
