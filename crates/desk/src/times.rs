//! Instants and lengths as people read them; the time now is always handed in.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// An instant in the forms a `<time>` element wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocked {
    /// For machines: `2026-11-20T05:51:29Z`.
    pub iso: String,
    /// For people: `20 Nov 2026, 05:51:29 UTC`.
    pub exact: String,
}

impl Clocked {
    /// Both forms of an instant in milliseconds since 1970 UTC.
    #[must_use]
    pub fn new(ms: i64) -> Self {
        Self {
            iso: iso(ms),
            exact: exact(ms),
        }
    }
}

/// The instant for machines: `2026-11-20T05:51:29Z`.
#[must_use]
pub fn iso(ms: i64) -> String {
    written(ms, "%Y-%m-%dT%H:%M:%SZ")
}

/// The instant for people, to the second: `20 Nov 2026, 05:51:29 UTC`.
#[must_use]
pub fn exact(ms: i64) -> String {
    written(ms, "%-d %b %Y, %H:%M:%S UTC")
}

/// The time of day in UTC, to the second: `05:51:29`.
#[must_use]
pub fn time_of_day(ms: i64) -> String {
    written(ms, "%H:%M:%S")
}

/// How long ago `ms` was at `now`, both in milliseconds since 1970 UTC; after a week, the day.
#[must_use]
pub fn ago(ms: i64, now: i64) -> String {
    match now.saturating_sub(ms) {
        ..MINUTE => "just now".to_owned(),
        past @ MINUTE..HOUR => format!("{} min ago", past / MINUTE),
        past @ HOUR..DAY => format!("{} h ago", past / HOUR),
        past if past < 2 * DAY => "1 day ago".to_owned(),
        past if past < 7 * DAY => format!("{} days ago", past / DAY),
        _ => written(ms, "%-d %b %Y"),
    }
}

/// A length of time in its two largest units: `42 s`, `2 min 14 s`, `1 h 5 min`. Below nothing is nothing.
#[must_use]
pub fn duration(ms: i64) -> String {
    let ms = ms.max(0);
    let (hours, minutes, seconds) = (ms / HOUR, ms % HOUR / MINUTE, ms % MINUTE / SECOND);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {seconds} s"),
        (_, _) => format!("{hours} h {minutes} min"),
    }
}

/// A length of time as a running clock shows it: `0:42`, `12:05`, `1:02:03`. Below nothing is nothing.
#[must_use]
pub fn clock(ms: i64) -> String {
    let ms = ms.max(0);
    let (hours, minutes, seconds) = (ms / HOUR, ms % HOUR / MINUTE, ms % MINUTE / SECOND);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// The first millisecond of a day written `yyyy-mm-dd` and of the day after it, in UTC; `None` when it is no day.
#[must_use]
pub fn day(text: &str) -> Option<(i64, i64)> {
    let is_written_out = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if matches!(at, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    if !is_written_out {
        return None;
    }
    let date: Date = text.parse().ok()?;
    Some((midnight(date)?, midnight(date.tomorrow().ok()?)?))
}

fn midnight(date: Date) -> Option<i64> {
    Offset::UTC
        .to_timestamp(date.to_datetime(Time::midnight()))
        .ok()
        .map(Timestamp::as_millisecond)
}

fn written(ms: i64, format: &str) -> String {
    let edge = if ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_millisecond(ms)
        .unwrap_or(edge)
        .strftime(format)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_176_000_000;

    #[test]
    fn an_instant_is_written_for_machines_and_for_people() {
        let clocked = Clocked::new(NOON + 7_250);

        assert_eq!(clocked.iso, "2026-11-20T12:00:07Z");
        assert_eq!(clocked.exact, "20 Nov 2026, 12:00:07 UTC");
        assert_eq!(time_of_day(NOON + 7_250), "12:00:07");
    }

    #[test]
    fn an_instant_beyond_the_calendar_is_its_edge() {
        assert_eq!(&iso(i64::MAX)[..4], "9999");
        assert_eq!(&iso(i64::MIN)[..5], "-9999");
    }

    #[test]
    fn how_long_ago_grows_coarser_with_distance() {
        let cases = [
            (-5 * MINUTE, "just now"),
            (0, "just now"),
            (59 * SECOND, "just now"),
            (MINUTE, "1 min ago"),
            (59 * MINUTE + 59 * SECOND, "59 min ago"),
            (HOUR, "1 h ago"),
            (23 * HOUR, "23 h ago"),
            (DAY, "1 day ago"),
            (6 * DAY, "6 days ago"),
            (7 * DAY, "13 Nov 2026"),
        ];

        for (past, words) in cases {
            assert_eq!(ago(NOON - past, NOON), words);
        }
    }

    #[test]
    fn lengths_show_their_two_largest_units() {
        let cases = [
            (-1, "0 s", "0:00"),
            (999, "0 s", "0:00"),
            (42 * SECOND, "42 s", "0:42"),
            (2 * MINUTE + 4 * SECOND, "2 min 4 s", "2:04"),
            (HOUR + 5 * MINUTE + 9 * SECOND, "1 h 5 min", "1:05:09"),
        ];

        for (ms, words, digits) in cases {
            assert_eq!((duration(ms).as_str(), clock(ms).as_str()), (words, digits));
        }
    }

    #[test]
    fn a_day_reaches_from_its_midnight_to_the_next() {
        assert_eq!(
            day("2026-11-20"),
            Some((NOON - 12 * HOUR, NOON + 12 * HOUR))
        );
        assert_eq!(day("1970-01-01"), Some((0, DAY)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        let cases = [
            "",
            "today",
            "2026-02-29",
            "2026-13-01",
            "20261120",
            "2026-1-1",
            "20.11.2026",
            "2026-11-20T00",
            "9999-12-31",
        ];

        for text in cases {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
