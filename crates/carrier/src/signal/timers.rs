//! What falls due when in the signalling: an ordered list of which every entry can be taken back.

use std::collections::BTreeMap;

use twilio::CallSid;

use super::ConnId;
use crate::engine::Time;

/// What is to be done when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A socket is sent a heartbeat.
    Beat(ConnId),
    /// A socket has had long enough to show a token.
    NoToken(ConnId),
    /// The token of a socket ends.
    Expires(ConnId),
    /// A call has waited long enough for its browser to come back.
    GivesUp(CallSid),
    /// A browser's answer comes that was held up.
    LateAnswer {
        conn: ConnId,
        call: String,
        sdp: String,
    },
    /// A browser is told of an answer that was held up.
    LateAnswered(CallSid),
}

/// Names an entry, so that it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimerKey {
    at: Time,
    serial: u64,
}

/// All entries; those of one moment fall due in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Timers {
    entries: BTreeMap<TimerKey, Due>,
    made: u64,
}

impl Timers {
    pub(super) fn set(&mut self, at: Time, due: Due) -> TimerKey {
        self.made += 1;
        let key = TimerKey {
            at,
            serial: self.made,
        };
        self.entries.insert(key, due);
        key
    }

    pub(super) fn take_back(&mut self, key: TimerKey) {
        self.entries.remove(&key);
    }

    pub(super) fn next(&self) -> Option<Time> {
        self.entries.first_key_value().map(|(key, _)| key.at)
    }

    /// The first entry that is due by then, with its moment.
    pub(super) fn pop(&mut self, by: Time) -> Option<(Time, Due)> {
        if self.next()? > by {
            return None;
        }
        self.entries.pop_first().map(|(key, due)| (key.at, due))
    }
}
