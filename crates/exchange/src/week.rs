//! The opening hours of a week as people write them: `Mon-Fri 09:00-17:00, Sat 10:00-12:00`.

use crate::Span;

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A text that says no opening hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} says no opening hours; write them like Mon-Fri 09:00-17:00, Sat 10:00-12:00")]
pub struct BadWeek(pub String);

/// Reads the open spans of each day, Monday first. A day that is not named is closed; a day named twice has both spans.
///
/// # Errors
/// [`BadWeek`] with the part that makes no sense.
pub fn parse_week(text: &str) -> Result<[Vec<Span>; 7], BadWeek> {
    let mut week: [Vec<Span>; 7] = Default::default();
    for part in text.split([',', ';']).map(str::trim) {
        let bad = || BadWeek(part.to_owned());
        let (days, hours) = part.split_once(char::is_whitespace).ok_or_else(bad)?;
        let (first, last) = ends(days);
        let (first, last) = day(first).zip(day(last)).ok_or_else(bad)?;
        let span = span(hours.trim()).ok_or_else(bad)?;
        if first > last {
            return Err(bad());
        }
        for day in week.iter_mut().take(last + 1).skip(first) {
            day.push(span);
        }
    }
    Ok(week)
}

/// Reads the open spans of one day, such as `09:00-12:00, 13:00-17:00`; an empty text is a closed day.
///
/// # Errors
/// [`BadWeek`] with the part that makes no sense, or that begins before the one before it ends.
pub fn parse_spans(text: &str) -> Result<Vec<Span>, BadWeek> {
    let mut spans: Vec<Span> = Vec::new();
    let parts = text.split([',', ';']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        let span = span(part).ok_or_else(|| BadWeek(part.to_owned()))?;
        let ended = spans.last().map_or(0, |before| before.to_minute);
        if span.from_minute < ended {
            return Err(BadWeek(part.to_owned()));
        }
        spans.push(span);
    }
    Ok(spans)
}

/// Open spans as people write them.
#[must_use]
pub fn spans_text(spans: &[Span]) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let spans: Vec<String> = spans
        .iter()
        .map(|span| format!("{}-{}", clock(span.from_minute), clock(span.to_minute)))
        .collect();
    spans.join(", ")
}

/// Both ends of a range; a thing alone is both.
fn ends(text: &str) -> (&str, &str) {
    text.split_once(['-', '–']).unwrap_or((text, text))
}

/// A day by its English name or the first letters of it, three at least.
fn day(text: &str) -> Option<usize> {
    let text = text.trim().to_lowercase();
    DAYS.iter()
        .position(|day| text.len() >= 3 && day.starts_with(&text))
}

fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once(['-', '–'])?;
    let span = Span {
        from_minute: minute(from)?,
        to_minute: minute(to)?,
    };
    (span.from_minute < span.to_minute).then_some(span)
}

/// Minutes since midnight of a time such as `9:00` or `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let sum = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && sum <= 24 * 60).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_as_people_write_it() {
        let week =
            parse_week("Mon-Fri 09:00-17:00, saturday 10:00–12:30; Mon 18:00-24:00").unwrap();

        let spans = |day: usize| -> Vec<(u16, u16)> {
            let spans = week[day].iter();
            spans
                .map(|span| (span.from_minute, span.to_minute))
                .collect()
        };
        assert_eq!(spans(0), [(540, 1_020), (1_080, 1_440)]);
        assert_eq!(spans(4), [(540, 1_020)]);
        assert_eq!(spans(5), [(600, 750)]);
        assert_eq!(spans(6), []);
    }

    #[test]
    fn the_spans_of_a_day_are_read_and_written() {
        for (text, written) in [
            ("", ""),
            ("9:00-17:00", "09:00-17:00"),
            ("09:00–12:00; 13:00-24:00", "09:00-12:00, 13:00-24:00"),
        ] {
            assert_eq!(spans_text(&parse_spans(text).unwrap()), written);
        }
        for text in ["9-17", "17:00-09:00", "09:00-12:00, 11:00-13:00", "always"] {
            assert!(parse_spans(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_says_no_hours_is_refused() {
        for text in [
            "",
            "9 to 5",
            "Mon",
            "Mon 9-17",
            "Fri-Mon 09:00-17:00",
            "Mo 09:00-17:00",
            "Mon 17:00-09:00",
            "Mon 09:60-17:00",
            "Mon 09:00-24:01",
            "Mon 09:00-17:00,",
        ] {
            assert!(parse_week(text).is_err(), "{text}");
        }
    }
}
