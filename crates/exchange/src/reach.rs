//! An office's numbers, tried one after the other until somebody talks: one rule for every line that calls offices.

use crate::turn::Turn;
use crate::{Hours, Office, PhoneNumber, VisitOutcome, WallClocks, Whom, parse_week};

/// A number of an office that is to be called.
pub(crate) struct Attempt {
    pub(crate) number: PhoneNumber,
    /// The place of the one after it among the office's numbers, from 0.
    pub(crate) following: Option<usize>,
}

impl Office {
    /// The office's numbers in the order in which they are called, each with its place among all. One that is known to
    /// be closed comes after those that are not: an answering machine is better than nothing.
    #[must_use]
    pub fn to_call(&self, clocks: &WallClocks) -> Vec<(usize, PhoneNumber)> {
        let mut numbers: Vec<_> = self.numbers().enumerate().collect();
        numbers.sort_by_key(|(place, _)| self.is_open_at(*place, clocks) == Some(false));
        numbers
    }

    /// Whether somebody is at one of its numbers; nothing where nobody knows.
    #[must_use]
    pub fn is_open_at(&self, place: usize, clocks: &WallClocks) -> Option<bool> {
        let hours = self.hours_at(place)?;
        clocks
            .contains_key(&hours.zone)
            .then(|| hours.are_open(clocks))
    }

    /// The time zones by which its numbers keep hours that decide in which order they are called.
    pub fn zones(&self) -> impl Iterator<Item = String> {
        let count = self.numbers().count();
        let decides = count > 1;
        (0..count)
            .filter(move |_| decides)
            .filter_map(|place| Some(self.hours_at(place)?.zone))
    }

    /// A number's own hours, else the office's.
    fn hours_at(&self, place: usize) -> Option<Hours> {
        let own = |key: &str| {
            let suffix = self.suffix_of(place)?;
            let detail = self.details.get(&format!("{key}{suffix}"));
            detail.or_else(|| self.details.get(key))
        };
        Some(Hours {
            zone: own("time_zone")?.clone(),
            week: parse_week(own("hours")?).ok()?,
            ..Hours::default()
        })
    }

    /// What the names of a further number's details end in, such as `_2`; nothing for the first.
    fn suffix_of(&self, place: usize) -> Option<&'static str> {
        let Some(further) = place.checked_sub(1) else {
            return Some("");
        };
        let is_number = |key: &&&str| {
            let detail = self.details.get(**key);
            detail.is_some_and(|number| PhoneNumber::parse(number).is_ok())
        };
        let key = Self::FURTHER.iter().filter(is_number).nth(further)?;
        key.strip_prefix("phone")
    }
}

/// The number of an office that is to be called next: of those that were not called yet since there were `since` visits,
/// the one under way, else the one that the step names, else the first that is not known to be closed. An office that
/// was talked with is called no more.
pub(crate) fn next(
    turn: &Turn<'_>,
    office: &Office,
    since: usize,
    named: Option<usize>,
    clocks: &WallClocks,
) -> Option<Attempt> {
    let whom = Whom::office(office);
    let visits = || {
        let visits = turn.call.visits.iter().skip(since);
        visits.filter(|visit| visit.whom == whom)
    };
    if visits().any(|visit| matches!(visit.outcome, Some(VisitOutcome::Talked(_)))) {
        return None;
    }
    let is_over = |number: &PhoneNumber| {
        visits().any(|visit| visit.number == *number && visit.outcome.is_some())
    };
    let rings = |number: &PhoneNumber| {
        visits().any(|visit| visit.number == *number && visit.outcome.is_none())
    };
    let mut left = office.to_call(clocks);
    left.retain(|(_, number)| !is_over(number));
    left.sort_by_key(|(place, number)| (!rings(number), named != Some(*place)));
    let mut left = left.into_iter();
    let (_, number) = left.next()?;
    Some(Attempt {
        number,
        following: left.next().map(|(place, _)| place),
    })
}

/// The office that a step names, and which of its numbers: `M001153` is whichever comes first, `M001153.2` the second.
pub(crate) fn target(id: &str) -> (&str, Option<usize>) {
    let named = id.rsplit_once('.');
    named
        .and_then(|(office, place)| {
            Some((office, Some(place.parse::<usize>().ok()?.checked_sub(1)?)))
        })
        .unwrap_or((id, None))
}

/// The name of a step that calls a number of an office.
pub(crate) fn step_of(office: &Office, place: usize) -> String {
    format!("{}.{}", office.id, place + 1)
}

/// Whether a step that names an office's number comes again, as a request may: it was called before, and the office is
/// being called.
pub(crate) fn is_repeated(
    turn: &Turn<'_>,
    office: &Office,
    since: usize,
    named: Option<usize>,
) -> bool {
    let whom = Whom::office(office);
    let number = named.and_then(|place| office.numbers().nth(place));
    let mut visits = turn.call.visits.iter().skip(since);
    turn.is_under_way(&whom)
        && visits.any(|visit| {
            visit.whom == whom && number.as_ref().is_none_or(|number| visit.number == *number)
        })
}
