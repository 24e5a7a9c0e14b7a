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

/// When a line opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// So many days from today, 0 to 6.
    pub days_on: u8,
    /// At this minute since midnight.
    pub minute: u16,
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

impl Hours {
    /// When it opens next, seen from a moment at which it is closed; nothing where that is a week away or never.
    #[must_use]
    pub fn next_opening(&self, clock: &Civil) -> Option<Opening> {
        let mut day = clock.day.clone();
        for days_on in 0..7_u8 {
            let weekday = (usize::from(clock.weekday) + usize::from(days_on)) % 7;
            let later = self.week[weekday].iter().filter(|span| {
                span.from_minute < span.to_minute
                    && (days_on > 0 || span.from_minute > clock.minute)
            });
            let first = later.map(|span| span.from_minute).min();
            if let Some(minute) = first
                && !self.closed_on.contains_key(&day)
            {
                return Some(Opening { days_on, minute });
            }
            day = day_after(&day)?;
        }
        None
    }
}

/// The day that follows.
fn day_after(day: &Day) -> Option<Day> {
    let mut parts = day.as_str().splitn(3, '-').map(str::parse::<u32>);
    let mut part = || parts.next()?.ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (year, month, day) = match (month, day < length) {
        (_, true) => (year, month, day + 1),
        (12, false) => (year + 1, 1, 1),
        (_, false) => (year, month + 1, 1),
    };
    Day::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
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

    fn nine_to_five(days: &[usize]) -> Hours {
        let mut week: [Vec<Span>; 7] = Default::default();
        for day in days {
            week[*day].push(Span {
                from_minute: 540,
                to_minute: 1_020,
            });
        }
        Hours {
            zone: "UTC".to_owned(),
            week,
            ..Hours::default()
        }
    }

    fn shows(weekday: u8, minute: u16, day: &str) -> Civil {
        Civil {
            weekday,
            minute,
            day: Day::parse(day).unwrap(),
        }
    }

    #[test]
    fn the_next_opening_is_found_across_days_and_years() {
        let weekdays = nine_to_five(&[0, 1, 2, 3, 4]);
        let mut festive = weekdays.clone();
        for day in ["2026-12-31", "2027-01-01"] {
            let day = Day::parse(day).unwrap();
            festive.closed_on.insert(day, String::new());
        }
        let opens = |hours: &Hours, clock: &Civil| {
            let opening = hours.next_opening(clock);
            opening.map(|opening| (opening.days_on, opening.minute))
        };

        let cases = [
            (&weekdays, shows(0, 480, "2026-11-23"), Some((0, 540))),
            (&weekdays, shows(0, 1_020, "2026-11-23"), Some((1, 540))),
            (&weekdays, shows(4, 1_020, "2026-11-27"), Some((3, 540))),
            (&festive, shows(2, 1_200, "2026-12-30"), Some((5, 540))),
            (&nine_to_five(&[3]), shows(3, 600, "2026-11-26"), None),
            (&nine_to_five(&[]), shows(3, 600, "2026-11-26"), None),
        ];
        for (hours, clock, expected) in cases {
            assert_eq!(opens(hours, &clock), expected, "{clock:?}");
        }
    }

    #[test]
    fn a_day_follows_the_one_before() {
        for (day, next) in [
            ("2026-11-30", "2026-12-01"),
            ("2026-12-31", "2027-01-01"),
            ("2028-02-28", "2028-02-29"),
            ("2027-02-28", "2027-03-01"),
            ("2000-02-28", "2000-02-29"),
        ] {
            let day = Day::parse(day).unwrap();
            assert_eq!(day_after(&day).unwrap().as_str(), next);
        }
    }

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
