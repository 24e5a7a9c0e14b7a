//! Dates of resources and list filters: RFC 2822 out, `YYYY-MM-DD` or ISO 8601 in (reference E.1, E.2).

use crate::engine::{RestError, Time};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY_MS: i64 = 86_400_000;
const SECOND_MS: i64 = 1_000;

/// A moment as a resource shows it.
pub(super) fn shown(time: Time) -> String {
    twilio::date::to_rfc2822(time.0)
}

/// From a moment on, and before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<Time>,
    pub(super) before: Option<Time>,
}

impl Span {
    /// Reads the three filters of a date: on it, on or after it (`>`), on or before it (`<`).
    pub(super) fn read(
        name: &str,
        on: Option<&str>,
        after: Option<&str>,
        before: Option<&str>,
    ) -> Result<Self, RestError> {
        let parse = |text: Option<&str>| {
            text.filter(|text| !text.is_empty())
                .map(|text| {
                    parsed(text).ok_or_else(|| {
                        RestError::new(400, 20001, format!("{name} {text} is not a date"))
                    })
                })
                .transpose()
        };
        let (on, after, before) = (parse(on)?, parse(after)?, parse(before)?);
        let from = [on, after].into_iter().flatten().map(|(from, _)| from);
        let until = [on, before].into_iter().flatten();
        Ok(Self {
            from: from.max(),
            before: until.map(|(from, length)| from.plus(length)).min(),
        })
    }

    pub(super) fn holds(self, time: Option<Time>) -> bool {
        let has = |end: Option<Time>, holds: fn(Time, Time) -> bool| {
            end.is_none_or(|end| time.is_some_and(|time| holds(time, end)))
        };
        has(self.from, |time, from| time >= from) && has(self.before, |time, before| time < before)
    }
}

/// The beginning of a day or a second, and how long that is in milliseconds.
fn parsed(text: &str) -> Option<(Time, i64)> {
    // Some clients put the comparison's second character into the value.
    let text = text.trim_start_matches('=').trim();
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let mut parts = day.splitn(3, '-');
    let year = number(parts.next()?, 4)?;
    let month = MONTHS.get(number(parts.next()?, 2)?.checked_sub(1)?)?;
    let day = number(parts.next()?, 2)?;
    let written = |clock: &str| {
        let time = twilio::date::from_rfc2822(&format!("{day} {month} {year:04} {clock} +0000"));
        time.map(Time)
    };
    if time.is_empty() {
        return Some((written("00:00:00")?, DAY_MS));
    }
    let time = time.strip_suffix('Z').unwrap_or(time);
    let time = time.split('.').next()?;
    Some((written(time)?, SECOND_MS))
}

fn number(digits: &str, length: usize) -> Option<usize> {
    let is_number = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Time = Time(1_795_176_000_000);

    fn span(on: Option<&str>, after: Option<&str>, before: Option<&str>) -> Span {
        Span::read("StartTime", on, after, before).unwrap()
    }

    #[test]
    fn a_day_holds_its_moments() {
        let day = span(Some("2026-11-20"), None, None);

        assert!(day.holds(Some(NOON)));
        assert!(!day.holds(Some(NOON.plus(DAY_MS))));
        assert!(!day.holds(None));
    }

    #[test]
    fn before_and_after_count_the_day_itself() {
        assert!(span(None, Some("2026-11-20"), None).holds(Some(NOON)));
        assert!(span(None, None, Some("2026-11-20")).holds(Some(NOON)));
        assert!(!span(None, Some("2026-11-21"), None).holds(Some(NOON)));
        assert!(!span(None, None, Some("2026-11-19")).holds(Some(NOON)));
        assert!(span(None, Some("=2026-11-20"), None).holds(Some(NOON)));
    }

    #[test]
    fn a_filter_may_name_a_second() {
        assert!(span(None, Some("2026-11-20T12:00:00Z"), None).holds(Some(NOON)));
        assert!(!span(None, Some("2026-11-20T12:00:01Z"), None).holds(Some(NOON)));
        assert!(span(None, None, Some("2026-11-20T12:00:00.000Z")).holds(Some(NOON.plus(999))));
    }

    #[test]
    fn without_filters_everything_fits() {
        assert!(Span::default().holds(None));
        assert_eq!(span(Some(""), None, None), Span::default());
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "yesterday",
            "2026-13-01",
            "2026-02-31",
            "26-1-1",
            "2026-11-20T25:00:00Z",
        ] {
            assert!(
                Span::read("StartTime", Some(text), None, None).is_err(),
                "{text}"
            );
        }
    }
}
