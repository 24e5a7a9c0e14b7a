//! The agenda: what follows from a change, done one after the other.

use twilio::CallSid;

use super::runner::Slot;
use super::timers::Due;
use super::{ConferenceSid, Engine};

/// Something that follows from a change of a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// The next verb begins, if none is in progress.
    Step(CallSid, Slot),
    /// A dialled leg was answered.
    ChildAnswered(CallSid),
    /// A leg is over; whoever was at its other end is told.
    Over(CallSid),
    /// A conference is over.
    RoomOver(ConferenceSid),
    /// A leg to a number of the account was answered there.
    FarEndAnswered(CallSid),
    /// Words reach a leg from the number of the account that it called.
    Voice(CallSid, String),
}

impl Engine {
    /// Does what is on the agenda. Every public method that changes something ends with it.
    pub(crate) fn settle(&mut self) {
        self.changes_made += 1;
        self.forget();
        while let Some(task) = self.agenda.pop_front() {
            match task {
                Task::Step(sid, slot) => self.step(&sid, slot),
                Task::ChildAnswered(sid) => self.child_answered(&sid),
                Task::Over(sid) => {
                    self.tell_the_other_end(&sid);
                    self.remember_call(&sid);
                }
                Task::RoomOver(sid) => self.remember_conference(&sid),
                Task::FarEndAnswered(sid) => self.pick_up(&sid),
                Task::Voice(sid, text) => self.voice(&sid, &text),
            }
        }
    }

    pub(crate) fn fall_due(&mut self, due: Due) {
        match due {
            Due::Turn(sid) => self.take_turn(&sid),
            Due::RingsOut(sid) => self.ring_out(&sid),
            Due::Limit(sid) => self.limit_reached(&sid),
            Due::Habit(sid) => self.follow_habit(&sid),
            Due::Verb(sid, slot) => self.verb_due(&sid, slot),
            Due::Quiet(sid) => self.quiet(&sid),
            Due::Announcement(id) => self.announce_next(id),
            Due::Written(sid) => self.recording_written(&sid),
        }
    }
}
