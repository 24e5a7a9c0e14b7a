//! Dates on Twilio's wire: RFC 2822 in callbacks and resources, ISO 8601 in filters (reference B.4, E.1).
//!
//! Inside, an instant is a number of milliseconds since 1970-01-01 UTC.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

static RFC_2822: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Reads a date such as `Fri, 20 Nov 2026 04:30:00 +0000`, of any zone; `None` when it is none.
#[must_use]
pub fn from_rfc2822(text: &str) -> Option<i64> {
    let read = RFC_2822.parse_timestamp(text.trim()).ok()?;
    Some(read.as_millisecond())
}

/// Writes an instant as Twilio does, in UTC; the part of a second is left out. An instant beyond the years that a
/// calendar holds is written as its first or last one.
#[must_use]
pub fn to_rfc2822(unix_ms: i64) -> String {
    written(unix_ms, "%a, %d %b %Y %H:%M:%S +0000")
}

/// Writes an instant with its time, as filters of lists take it: `2026-11-20T04:30:00Z`.
pub(crate) fn to_iso_time(unix_ms: i64) -> String {
    written(unix_ms, "%Y-%m-%dT%H:%M:%SZ")
}

/// Writes the day of an instant in UTC, as filters of lists take it: `2026-11-20`.
pub(crate) fn to_iso_day(unix_ms: i64) -> String {
    written(unix_ms, "%Y-%m-%d")
}

fn written(unix_ms: i64, format: &str) -> String {
    let nearest = if unix_ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let instant = Timestamp::from_millisecond(unix_ms).unwrap_or(nearest);
    instant.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_of_every_zone_are_read() {
        let cases = [
            ("Fri, 20 Nov 2026 04:30:00 +0000", 1_795_149_000_000),
            ("Fri, 20 Nov 2026 04:30:00 GMT", 1_795_149_000_000),
            ("Fri, 20 Nov 2026 13:30:00 +0900", 1_795_149_000_000),
            (" 20 Nov 2026 04:30:00 +0000 ", 1_795_149_000_000),
            ("Mon, 20 Nov 2026 04:30:00 +0000", 1_795_149_000_000),
            ("Thu, 01 Jan 1970 00:00:00 +0000", 0),
        ];

        for (text, unix_ms) in cases {
            assert_eq!(from_rfc2822(text), Some(unix_ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "now",
            "2026-11-20T04:30:00Z",
            "Fri, 31 Feb 2026 04:30:00 +0000",
        ] {
            assert_eq!(from_rfc2822(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_twilio_writes_them() {
        assert_eq!(
            to_rfc2822(1_298_063_239_000),
            "Fri, 18 Feb 2011 21:07:19 +0000"
        );
        assert_eq!(to_rfc2822(-1), "Wed, 31 Dec 1969 23:59:59 +0000");
        assert_eq!(to_iso_day(1_795_149_000_000), "2026-11-20");
        assert_eq!(to_iso_time(1_795_149_000_000), "2026-11-20T04:30:00Z");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(second in 0_i64..4_102_444_800) {
            prop_assert_eq!(from_rfc2822(&to_rfc2822(second * 1000)), Some(second * 1000));
        }

        #[test]
        fn any_instant_is_written(unix_ms in any::<i64>()) {
            prop_assert!(to_rfc2822(unix_ms).ends_with("+0000"));
        }
    }
}
