//! The opening hours of a line's form.

use std::collections::BTreeMap;

use desk::lines::{LineForm, WEEKDAYS};
use exchange::{Day, Hours, Span, parse_spans};
use jiff::civil::Date;

use super::fields::Fields;

/// The most days that a line is closed on.
const MOST_DAYS: usize = 400;
/// The most characters of a day's name.
const LONGEST_NAME: usize = 80;

/// When it is open; always, where nothing is said.
pub(super) fn read(form: &LineForm, fields: &mut Fields) -> Option<Hours> {
    let zone = form.zone.trim();
    let is_silent = |text: &String| text.trim().is_empty();
    if zone.is_empty() && form.week.iter().all(is_silent) && is_silent(&form.closed_on) {
        return None;
    }
    if zone.is_empty() {
        fields.refuse("zone", "Say by which clock, like America/New_York.");
    } else if jiff::tz::TimeZone::get(zone).is_err() {
        fields.refuse(
            "zone",
            "There is no such time zone. Choose one of the list, like America/New_York.",
        );
    }
    let week = week(form, fields);
    if fields.are_fine() && week.iter().all(Vec::is_empty) {
        fields.refuse(
            "week-0",
            "It would never be open. Write when it is, or empty the time zone and the closed days for always.",
        );
    }
    let closed_on = closed_on(&form.closed_on, fields);
    Some(Hours {
        zone: zone.to_owned(),
        week,
        closed_on,
    })
}

fn week(form: &LineForm, fields: &mut Fields) -> [Vec<Span>; 7] {
    let mut week: [Vec<Span>; 7] = Default::default();
    let days = week.iter_mut().zip(WEEKDAYS).enumerate();
    for (number, (day, name)) in days {
        let text = form.week.get(number).map_or("", String::as_str);
        match parse_spans(text) {
            Ok(spans) => *day = spans,
            Err(error) => {
                let words = format!(
                    "{:?} is no time on a {name}: write it like 09:00-17:00, or 09:00-12:00, 13:00-17:00; empty for closed.",
                    error.0
                );
                fields.refuse(&format!("week-{number}"), words);
            }
        }
    }
    week
}

/// Days, one in each line, with their names.
fn closed_on(text: &str, fields: &mut Fields) -> BTreeMap<Day, String> {
    let mut days = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let name = name.trim();
        let is_real = day.len() == 10 && day.parse::<Date>().is_ok();
        match Day::parse(day).ok().filter(|_| is_real) {
            None => {
                let words = format!(
                    "{line:?} begins with no day: write it like 2026-12-25 Christmas, one in each line."
                );
                fields.refuse("closed_on", words);
            }
            Some(_) if name.chars().count() > LONGEST_NAME => {
                let words = format!("A day's name has at most {LONGEST_NAME} characters.");
                fields.refuse("closed_on", words);
            }
            Some(day) => {
                days.insert(day, name.to_owned());
            }
        }
    }
    if days.len() > MOST_DAYS {
        let words = format!("It takes at most {MOST_DAYS} days. Take out those that are over.");
        fields.refuse("closed_on", words);
    }
    days
}
