//! What falls due when: an ordered list of which every entry can be taken back.

use std::collections::BTreeMap;

use twilio::CallSid;

use super::runner::Slot;
use super::{RecordingSid, Time};

/// What is to be done when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// A call that waited for its turn is made.
    Turn(CallSid),
    /// Nobody has answered in time.
    RingsOut(CallSid),
    /// The call has lasted as long as it may.
    Limit(CallSid),
    /// The outside telephone does what it is wont to do.
    Habit(CallSid),
    /// The verb in progress goes on.
    Verb(CallSid, Slot),
    /// Somebody in a room has stopped speaking.
    Quiet(CallSid),
    /// What was announced is over.
    Announcement(u64),
    /// A recording is written.
    Written(RecordingSid),
}

/// Names an entry, so that it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TimerKey {
    at: Time,
    serial: u64,
}

/// All entries; those of one moment fall due in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    entries: BTreeMap<TimerKey, Due>,
    made: u64,
}

impl Timers {
    pub(crate) fn set(&mut self, at: Time, due: Due) -> TimerKey {
        self.made += 1;
        let key = TimerKey {
            at,
            serial: self.made,
        };
        self.entries.insert(key, due);
        key
    }

    pub(crate) fn take_back(&mut self, key: Option<TimerKey>) {
        if let Some(key) = key {
            self.entries.remove(&key);
        }
    }

    /// Whether an entry is still to fall due.
    pub(crate) fn holds(&self, key: TimerKey) -> bool {
        self.entries.contains_key(&key)
    }

    pub(crate) fn next(&self) -> Option<Time> {
        self.entries.first_key_value().map(|(key, _)| key.at)
    }

    /// The first entry that is due by then, with its moment.
    pub(crate) fn pop(&mut self, by: Time) -> Option<(Time, Due)> {
        if self.next()? > by {
            return None;
        }
        self.entries.pop_first().map(|(key, due)| (key.at, due))
    }
}
