//! What is over is forgotten, the oldest first, so that a carrier can run for days.

use std::collections::VecDeque;

use twilio::CallSid;

use super::{ConferenceSid, Engine, RecordingSid};

/// What is over and remembered, in the order in which it ended.
#[derive(Debug, Default)]
pub(crate) struct Past {
    calls: VecDeque<CallSid>,
    conferences: VecDeque<ConferenceSid>,
    recordings: VecDeque<RecordingSid>,
}

impl Engine {
    /// A call is over, and everybody concerned has heard of it.
    pub(crate) fn remember_call(&mut self, sid: &CallSid) {
        self.past.calls.push_back(sid.clone());
    }

    /// A conference is over. It may be said again.
    pub(crate) fn remember_conference(&mut self, sid: &ConferenceSid) {
        if !self.past.conferences.contains(sid) {
            self.past.conferences.push_back(sid.clone());
        }
    }

    /// A recording is written.
    pub(crate) fn remember_recording(&mut self, sid: &RecordingSid) {
        self.past.recordings.push_back(sid.clone());
    }

    /// A call is deleted before its time.
    pub(crate) fn forget_call(&mut self, sid: &CallSid) {
        self.past.calls.retain(|one| one != sid);
        self.legs.remove(sid);
    }

    /// A recording is deleted before its time.
    pub(crate) fn forget_recording(&mut self, sid: &RecordingSid) {
        self.past.recordings.retain(|one| one != sid);
        self.tapes.remove(sid);
    }

    /// Forgets what is over and too much. What ended last is still there for the operation that ended it, because this
    /// comes before the agenda and not after it.
    pub(crate) fn forget(&mut self) {
        let kept = self.settings.kept;
        for sid in too_many(&mut self.past.calls, kept) {
            self.legs.remove(&sid);
        }
        for sid in too_many(&mut self.past.conferences, kept) {
            self.rooms.remove(&sid);
        }
        for sid in too_many(&mut self.past.recordings, kept) {
            self.tapes.remove(&sid);
        }
    }
}

fn too_many<T>(ended: &mut VecDeque<T>, kept: usize) -> impl Iterator<Item = T> {
    let many = ended.len().saturating_sub(kept);
    ended.drain(..many)
}
