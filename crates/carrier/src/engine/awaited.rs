//! What a live call waits for, by the verb in progress.

use twilio::CallSid;

use super::Engine;
use super::leg::{Leg, Status};
use super::runner::{Doing, Runner};
use super::verbs::Cues;
use crate::timers::TimerKey;

/// What makes a live call go on, beside its time limit and whoever hangs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitsFor {
    /// A moment: its turn, the end of the ringing, or the next step of the verb in progress.
    Time,
    /// An answer of the application: a document or a sound.
    Application,
    /// Other people: on the legs that it dialled or talks to, in a conference or in a queue.
    People,
}

impl Engine {
    /// What a live call waits for, when all that the engine wants was polled; nothing for one that is over.
    ///
    /// A live call that waits for nothing would stand still until its time limit: there is none.
    #[must_use]
    pub fn waits_for(&self, call: &CallSid) -> Option<WaitsFor> {
        let leg = self.live(call)?;
        if let Some(side) = &leg.side {
            self.runner_waits_for(call, side)?;
        }
        match &leg.main {
            Some(main) => self.runner_waits_for(call, main),
            None => self.wire_waits_for(leg),
        }
    }

    fn runner_waits_for(&self, sid: &CallSid, runner: &Runner) -> Option<WaitsFor> {
        let for_time = || self.falls_due(runner.timer);
        match &runner.doing {
            Doing::Ready => None,
            Doing::Fetching(id, _) => self
                .pending
                .contains_key(id)
                .then_some(WaitsFor::Application),
            Doing::Breathing(_) | Doing::Recording(_) => for_time(),
            Doing::Giving(cues) => self.sounds_come(cues).or_else(for_time),
            Doing::Gathering(gathering) => self.sounds_come(&gathering.cues).or_else(for_time),
            Doing::Dialling(dialling) => for_people(dialling.legs().any(|leg| self.is_live(leg))),
            Doing::InConference(_) => for_people(self.room_of(sid).is_some_and(|room| {
                self.rooms
                    .get(room)
                    .is_some_and(|room| !room.is_over() && room.participant(sid).is_some())
            })),
            Doing::Queued(waiting) => for_people(match waiting.taker() {
                Some(taker) => self.is_live(taker),
                None => self.is_in_line(sid),
            }),
            Doing::Taking(taking) => match taking.member() {
                Some(member) => for_people(self.is_live(member)),
                None => for_time(),
            },
            Doing::Echoing => Some(WaitsFor::People),
        }
    }

    /// Before the answer somebody has to come in time; afterwards, without a document, the leg talks to another.
    fn wire_waits_for(&self, leg: &Leg) -> Option<WaitsFor> {
        match leg.status {
            Status::Queued | Status::Initiated | Status::Ringing => self
                .falls_due(leg.timers.ring)
                .or_else(|| self.falls_due(leg.timers.habit)),
            Status::InProgress => for_people(
                leg.talks_to
                    .as_ref()
                    .and_then(|other| self.live(other))
                    .is_some_and(|other| other.talks_to.as_ref() == Some(&leg.sid)),
            ),
            Status::Completed
            | Status::Busy
            | Status::Failed
            | Status::NoAnswer
            | Status::Canceled => None,
        }
    }

    fn sounds_come(&self, cues: &Cues) -> Option<WaitsFor> {
        let mut fetched = cues.fetched();
        let comes = fetched.any(|id| self.pending.contains_key(&id));
        comes.then_some(WaitsFor::Application)
    }

    fn falls_due(&self, timer: Option<TimerKey>) -> Option<WaitsFor> {
        let is_set = timer.is_some_and(|key| self.timers.holds(key));
        is_set.then_some(WaitsFor::Time)
    }

    fn live(&self, sid: &CallSid) -> Option<&Leg> {
        self.leg(sid).filter(|leg| !leg.status.is_final())
    }

    fn is_live(&self, sid: &CallSid) -> bool {
        self.live(sid).is_some()
    }
}

fn for_people(are_there: bool) -> Option<WaitsFor> {
    are_there.then_some(WaitsFor::People)
}
