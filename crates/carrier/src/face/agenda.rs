//! Deliveries that wait: late ones for their time, overtaken ones for whatever overtakes them.

use std::collections::BTreeMap;

use crate::engine::{Request, Time};

/// A request on its way to the application.
#[derive(Clone, Debug)]
pub(super) struct Parcel {
    pub(super) request: Request,
    /// The same for all deliveries of one request.
    pub(super) idempotency: String,
    /// A second delivery is nothing to the engine.
    pub(super) is_copy: bool,
}

impl Parcel {
    /// Deliveries of one lane are made one after the other: a call's, or a conference's.
    pub(super) fn lane(&self) -> String {
        let params = &self.request.params;
        let conference = || params.get("ConferenceSid").map(str::to_owned);
        match &self.request.call {
            Some(call) => call.to_string(),
            None => conference().unwrap_or_else(|| self.request.url.clone()),
        }
    }
}

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    waiting: BTreeMap<(Time, u64), Waiting>,
    made: u64,
}

#[derive(Debug)]
struct Waiting {
    parcel: Parcel,
    goes_behind_next: bool,
}

impl Agenda {
    /// Keeps a delivery until `until`; one that `goes_behind_next` leaves earlier when another of its lane comes.
    pub(super) fn keep(&mut self, parcel: Parcel, until: Time, goes_behind_next: bool) {
        self.made += 1;
        let waiting = Waiting {
            parcel,
            goes_behind_next,
        };
        self.waiting.insert((until, self.made), waiting);
    }

    /// Takes out what the next delivery of a lane overtakes.
    pub(super) fn overtaken_in(&mut self, lane: &str) -> Vec<Parcel> {
        let keys: Vec<_> = self
            .waiting
            .iter()
            .filter(|(_, waiting)| waiting.goes_behind_next && waiting.parcel.lane() == lane)
            .map(|(key, _)| *key)
            .collect();
        keys.iter()
            .filter_map(|key| self.waiting.remove(key))
            .map(|waiting| waiting.parcel)
            .collect()
    }

    /// Takes out the first delivery whose time has come.
    pub(super) fn due(&mut self, now: Time) -> Option<Parcel> {
        let first = self.waiting.first_entry()?;
        (first.key().0 <= now).then(|| first.remove().parcel)
    }

    pub(super) fn next_due(&self) -> Option<Time> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }
}
