//! Opening hours, by the clock on the wall of the line.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Day;

/// When a line is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The time zone of its clock, by its IANA name.
    pub zone: String,
    /// The open spans of each day, Monday first.
    pub week: [Vec<Span>; 7],
    /// Days on which it is closed whatever the week says.
    #[serde(default)]
    pub closed_on: BTreeSet<Day>,
}

/// A part of a day, in minutes since midnight; a span that ends before it begins is never open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first minute, 0 to 1439.
    pub from_minute: u16,
    /// The minute after the last one, 1 to 1440.
    pub to_minute: u16,
}

/// What a clock on a wall shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The day of the week, 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    /// Minutes since midnight.
    pub minute: u16,
    /// The date.
    pub day: Day,
}

/// What the clocks show in every zone that a plan names ([`crate::Plan::zones`]).
pub type WallClocks = BTreeMap<String, Civil>;

impl Hours {
    /// Whether the line is open. Where nobody knows what the clock shows, it is.
    #[must_use]
    pub fn are_open(&self, clocks: &WallClocks) -> bool {
        let Some(civil) = clocks.get(&self.zone) else {
            return true;
        };
        let spans = self.week.get(usize::from(civil.weekday));
        !self.closed_on.contains(&civil.day)
            && spans.is_some_and(|spans| {
                spans
                    .iter()
                    .any(|span| (span.from_minute..span.to_minute).contains(&civil.minute))
            })
    }
}
