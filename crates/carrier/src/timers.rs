//! What falls due when: an ordered list of which every entry can be taken back.

use std::collections::BTreeMap;

use crate::engine::Time;

/// Names an entry, so that it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TimerKey {
    at: Time,
    serial: u64,
}

/// All entries; those of one moment fall due in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Timers<Due> {
    entries: BTreeMap<TimerKey, Due>,
    made: u64,
}

impl<Due> Default for Timers<Due> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            made: 0,
        }
    }
}

impl<Due> Timers<Due> {
    pub(crate) fn set(&mut self, at: Time, due: Due) -> TimerKey {
        self.made += 1;
        let key = TimerKey {
            at,
            serial: self.made,
        };
        self.entries.insert(key, due);
        key
    }

    pub(crate) fn take_back(&mut self, key: impl Into<Option<TimerKey>>) {
        if let Some(key) = key.into() {
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
