//! The life of a leg: put through, ringing, answered, over (reference F.1, F.2).

use twilio::{CallSid, Party};

use super::agenda::Task;
use super::leg::{Direction, Moment, OnAnswer, Status, Wire};
use super::runner::{Leaving, Purpose, Runner, Slot, Source};
use super::timers::Due;
use super::{Engine, Time};

impl Engine {
    /// Calls whoever the leg is for: a number of the account, a browser, or a telephone outside.
    pub(crate) fn put_through(&mut self, sid: &CallSid) {
        self.enter(sid, Status::Initiated, Moment::Initiated);
        let Some(leg) = self.leg(sid) else { return };
        if leg.direction == Direction::OutboundDial && leg.application.is_some() {
            self.ring_own_application(sid);
            return;
        }
        let to = leg.to.clone();
        if let Party::Client(identity) = Party::parse_called(&to)
            && !self.clients.contains(&identity)
        {
            let status = status_named(self.settings.options.unregistered_client_is);
            self.finish(sid, status);
            return;
        }
        if self
            .own_number(&to)
            .is_some_and(|number| number.voice_url.as_ref().is_some_and(|url| !url.is_empty()))
        {
            self.ring_own_number(sid);
        } else {
            self.ring_telephone(sid);
        }
    }

    /// The far end rings; after a while it is given up.
    pub(crate) fn start_ringing(&mut self, sid: &CallSid) {
        let buffer = i64::from(self.settings.options.ring_buffer_ms);
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        leg.rang = Some(now);
        let gives_up = now.plus(i64::from(leg.ring_seconds) * 1000 + buffer);
        let key = self.timers.set(gives_up, Due::RingsOut(sid.clone()));
        if let Some(leg) = self.leg_mut(sid) {
            leg.timers.ring = Some(key);
        }
        self.enter(sid, Status::Ringing, Moment::Ringing);
        self.order_ring(sid);
    }

    pub(crate) fn ring_out(&mut self, sid: &CallSid) {
        self.finish(sid, Status::NoAnswer);
    }

    /// The far end of an outgoing leg, or the first verb of an incoming one, answers.
    pub(crate) fn pick_up(&mut self, sid: &CallSid) {
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        if leg.answered.is_some() || leg.status.is_final() {
            return;
        }
        leg.answered = Some(now);
        let limit = now.plus(i64::from(leg.limit_seconds) * 1000);
        let ring = leg.timers.ring.take();
        let habit = leg.timers.habit.take();
        self.timers.take_back(ring);
        self.timers.take_back(habit);
        self.limit_until(sid, limit);
        self.enter(sid, Status::InProgress, Moment::Answered);
        self.order_answered(sid);
        self.plan_own_hang_up(sid);
        self.send_opening_digits(sid);
        if let Some(order) = self.leg_mut(sid).and_then(|leg| leg.record.take()) {
            self.start_recording(order, Some(sid.clone()), None);
        }

        let Some(leg) = self.leg_mut(sid) else { return };
        match std::mem::replace(&mut leg.on_answer, OnAnswer::Nothing) {
            OnAnswer::Nothing => {
                if let Wire::Leg(outer) = leg.wire.clone() {
                    self.agenda.push_back(Task::FarEndAnswered(outer));
                }
            }
            OnAnswer::Obey(source) => self.begin_document(sid, source),
            OnAnswer::Enter(room) => self.arrive_in(sid, &room),
            OnAnswer::Join { screening } => {
                leg.on_answer = OnAnswer::Join { screening };
                self.agenda.push_front(Task::ChildAnswered(sid.clone()));
            }
        }
    }

    /// The leg's own document begins.
    pub(crate) fn begin_document(&mut self, sid: &CallSid, source: Source) {
        self.run(
            sid,
            Slot::Main,
            Runner::new(Purpose::Call, Default::default()),
            source,
        );
    }

    /// The call ends at that moment at the latest, answered or not.
    pub(crate) fn limit_until(&mut self, sid: &CallSid, at: Time) {
        let key = self.timers.set(at, Due::Limit(sid.clone()));
        let old = match self.leg_mut(sid) {
            Some(leg) => leg.timers.limit.replace(key),
            None => Some(key),
        };
        self.timers.take_back(old);
    }

    pub(crate) fn limit_reached(&mut self, sid: &CallSid) {
        let unanswered = status_named(self.settings.options.given_up_is);
        let status = self.end_of(sid, unanswered);
        self.finish(sid, status);
    }

    /// The leg is over, with this final status. A second end is nothing.
    pub(crate) fn finish(&mut self, sid: &CallSid, status: Status) {
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        if leg.status.is_final() {
            return;
        }
        leg.status = status;
        leg.ended = Some(now);
        let timers = std::mem::take(&mut leg.timers);
        for key in [timers.ring, timers.limit, timers.habit] {
            self.timers.take_back(key);
        }
        self.give_up(sid, Leaving::HungUp);
        self.part(sid);
        self.end_recordings_of(sid.as_str());
        self.enter(sid, status, Moment::Completed);
        self.order_over(sid);
        self.agenda.push_back(Task::Over(sid.clone()));
    }

    /// The status with which a leg ends when it is told to, answered or not.
    pub(crate) fn end_of(&self, sid: &CallSid, unanswered: Status) -> Status {
        let answered = self.leg(sid).is_some_and(|leg| leg.answered.is_some());
        if answered {
            Status::Completed
        } else {
            unanswered
        }
    }

    /// A leg is over: its parent's `<Dial>` and the other half of an inner call hear of it.
    pub(crate) fn tell_the_other_end(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid) else { return };
        let status = leg.status;
        let wire = leg.wire.clone();
        let direction = leg.direction;
        let parent = leg.parent.clone();
        let room = match &leg.on_answer {
            OnAnswer::Enter(room) => Some(room.clone()),
            OnAnswer::Nothing | OnAnswer::Obey(_) | OnAnswer::Join { .. } => None,
        };
        if let Wire::Leg(other) = wire {
            let unanswered = match direction {
                Direction::Inbound => match status {
                    Status::Busy | Status::Failed => status,
                    Status::Completed
                    | Status::NoAnswer
                    | Status::Canceled
                    | Status::Queued
                    | Status::Initiated
                    | Status::Ringing
                    | Status::InProgress => Status::NoAnswer,
                },
                Direction::OutboundApi | Direction::OutboundDial => {
                    status_named(self.settings.options.given_up_is)
                }
            };
            let end = self.end_of(&other, unanswered);
            self.finish(&other, end);
        }
        if let Some(room) = room {
            self.never_arrived(sid, &room);
        }
        if let Some(parent) = parent {
            self.child_over(&parent, sid);
        }
    }

    /// Joins two legs, so that what one says the other hears.
    pub(crate) fn join(&mut self, one: &CallSid, other: &CallSid) {
        for (leg, to) in [(one, other), (other, one)] {
            if let Some(leg) = self.leg_mut(leg) {
                leg.talks_to = Some(to.clone());
            }
        }
    }

    /// Parts a leg from whoever it talks to.
    pub(crate) fn part(&mut self, sid: &CallSid) {
        let other = self.leg_mut(sid).and_then(|leg| leg.talks_to.take());
        if let Some(other) = other.and_then(|other| self.legs.get_mut(&other)) {
            other.talks_to = None;
        }
    }
}

/// The final status that an option names; a word that is none of them counts as nobody answering.
pub(crate) fn status_named(word: &str) -> Status {
    [
        Status::Completed,
        Status::Busy,
        Status::Failed,
        Status::NoAnswer,
        Status::Canceled,
    ]
    .into_iter()
    .find(|status| status.word() == word)
    .unwrap_or(Status::NoAnswer)
}
