//! Opening hours, by the clock on the wall of the line.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};

use crate::Day;

/// When a line is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The time zone of its clock, by its IANA name.
    pub zone: String,
    /// The open spans of each day, Monday first.
    pub week: [Vec<Span>; 7],
    /// Days on which it is closed whatever the week says, and what each of them is called; that may be empty.
    #[serde(default, deserialize_with = "named_days")]
    pub closed_on: BTreeMap<Day, String>,
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
        !self.closed_on.contains_key(&civil.day)
            && spans.is_some_and(|spans| {
                spans
                    .iter()
                    .any(|span| (span.from_minute..span.to_minute).contains(&civil.minute))
            })
    }
}

/// Days with their names; earlier releases wrote them down without.
fn named_days<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Day, String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Days {
        Named(BTreeMap<Day, String>),
        Nameless(BTreeSet<Day>),
    }
    Ok(match Days::deserialize(from)? {
        Days::Named(days) => days,
        Days::Nameless(days) => days.into_iter().map(|day| (day, String::new())).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_days_without_names_are_read() {
        let read = |days: &str| -> Hours {
            let json =
                format!(r#"{{"zone":"UTC","week":[[],[],[],[],[],[],[]],"closed_on":{days}}}"#);
            serde_json::from_str(&json).unwrap()
        };

        let nameless = read(r#"["2026-12-25"]"#);
        let named = read(r#"{"2026-12-25":"Christmas"}"#);

        let day = Day::parse("2026-12-25").unwrap();
        assert_eq!(nameless.closed_on, [(day.clone(), String::new())].into());
        assert_eq!(named.closed_on, [(day, "Christmas".to_owned())].into());
    }
}
