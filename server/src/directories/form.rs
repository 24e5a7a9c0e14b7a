//! The form of an office, read field by field.

use std::collections::BTreeMap;

use desk::FieldError;
use desk::directory::OfficeForm;
use exchange::{DialRules, Office, OfficeId, PhoneNumber, RegionCode};
use jiff::civil::Date;

use super::Known;
use super::change::{at_place, next_place};
use super::list::slug;
use crate::roster::phone;

/// The most characters of a name or a title: more is said to nobody's pleasure.
const LONGEST: usize = 120;

/// Reads the form, field by field.
pub(super) fn read(
    form: &OfficeForm,
    known: &Known,
    before: Option<&Office>,
) -> Result<Office, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, words: String| errors.push(FieldError::new(field, words));

    let name = text(&form.name, "name", &mut refuse);
    if name.is_empty() {
        refuse(
            "name",
            "Say who or what it is, as callers are to hear it.".to_owned(),
        );
    }
    let title = text(&form.title, "title", &mut refuse);
    let id = match before {
        Some(office) => Some(office.id.clone()),
        None => read_id(form, known, &name, &mut refuse),
    };
    let region = read_region(form, known, &mut refuse);
    let position = read_position(form, known, region.as_ref(), &mut refuse);
    let phone = read_number("phone", &form.phone, &mut refuse);
    let mut details = before.map_or_else(BTreeMap::new, |office| office.details.clone());
    for (field, number) in further(form, phone.as_ref(), &mut refuse) {
        put(&mut details, field, number);
    }
    put(&mut details, "term_end", read_term_end(form, &mut refuse));
    let (hours, zone) = read_hours(form, before, &mut refuse);
    put(&mut details, "hours", hours);
    put(&mut details, "time_zone", zone);

    let (Some(id), Some(phone), Some(position)) = (id, phone, position) else {
        return Err(errors);
    };
    let office = Office {
        directory: known.id().clone(),
        id,
        region,
        position,
        name,
        title,
        phone,
        details,
    };
    if let Some(other) = at_place(&known.kept.offices, &office) {
        let words = format!(
            "Position {position} is taken by {}. Choose another.",
            other.name
        );
        errors.push(FieldError::new("position", words));
    }
    if errors.is_empty() {
        Ok(office)
    } else {
        Err(errors)
    }
}

fn text(text: &str, field: &str, refuse: &mut impl FnMut(&str, String)) -> String {
    let text = text.trim();
    if text.chars().count() > LONGEST || text.contains(char::is_control) {
        refuse(
            field,
            format!("It takes one line of at most {LONGEST} characters."),
        );
    }
    text.to_owned()
}

fn read_id(
    form: &OfficeForm,
    known: &Known,
    name: &str,
    refuse: &mut impl FnMut(&str, String),
) -> Option<OfficeId> {
    let wanted = form.id.trim();
    let is_taken = |id: &str| known.office(id).is_some();
    if wanted.is_empty() {
        let slug = match slug(name) {
            slug if slug.is_empty() => "office".to_owned(),
            slug => slug,
        };
        let mut tries =
            std::iter::once(slug.clone()).chain((2..=u32::MAX).map(|n| format!("{slug}-{n}")));
        return tries
            .find(|id| !is_taken(id))
            .and_then(|id| OfficeId::parse(&id).ok());
    }
    match OfficeId::parse(wanted) {
        Err(error) => {
            refuse("id", format!("{error}."));
            None
        }
        Ok(_) if is_taken(wanted) => {
            refuse("id", format!("{wanted} is in this directory already."));
            None
        }
        Ok(id) => Some(id),
    }
}

fn read_region(
    form: &OfficeForm,
    known: &Known,
    refuse: &mut impl FnMut(&str, String),
) -> Option<RegionCode> {
    let code = form.region.trim();
    if !known.is_by_region() {
        return None;
    }
    let found = RegionCode::parse(code)
        .ok()
        .filter(|code| known.regions.contains_key(code));
    if found.is_none() {
        refuse(
            "region",
            "Choose the region whose callers it serves.".to_owned(),
        );
    }
    found
}

fn read_position(
    form: &OfficeForm,
    known: &Known,
    region: Option<&RegionCode>,
    refuse: &mut impl FnMut(&str, String),
) -> Option<u16> {
    match form.position.trim() {
        "" => Some(next_place(&known.kept.offices, region)),
        text => match text.parse() {
            Ok(position) if position > 0 => Some(position),
            Ok(_) | Err(_) => {
                refuse("position", "It takes a whole number from 1.".to_owned());
                None
            }
        },
    }
}

fn read_number(
    field: &str,
    text: &str,
    refuse: &mut impl FnMut(&str, String),
) -> Option<PhoneNumber> {
    match phone::read(text) {
        Err(reason) => {
            refuse(field, sentence(&reason));
            None
        }
        Ok(number) => match DialRules::default().check(&number) {
            // What another line may dial is that line's to say: only what none may is refused here.
            Err(refusal) if number.north_american().is_some() => {
                refuse(
                    field,
                    sentence(&format!("it would not be dialled: {refusal}")),
                );
                None
            }
            Ok(()) | Err(_) => Some(number),
        },
    }
}

/// The further numbers, without gaps between them.
fn further(
    form: &OfficeForm,
    first: Option<&PhoneNumber>,
    refuse: &mut impl FnMut(&str, String),
) -> Vec<(&'static str, String)> {
    let mut numbers: Vec<PhoneNumber> = Vec::new();
    for (field, text) in form.further() {
        if text.trim().is_empty() {
            continue;
        }
        let Some(number) = read_number(field, text, refuse) else {
            continue;
        };
        if first == Some(&number) || numbers.contains(&number) {
            refuse(field, "This office has the number already.".to_owned());
        }
        numbers.push(number);
    }
    let texts = numbers.iter().map(ToString::to_string);
    Office::FURTHER
        .into_iter()
        .zip(texts.chain(std::iter::repeat(String::new())))
        .collect()
}

fn read_term_end(form: &OfficeForm, refuse: &mut impl FnMut(&str, String)) -> String {
    let text = form.term_end.trim();
    if !text.is_empty() && text.parse::<Date>().is_err() {
        refuse("term_end", "It takes a day like 2031-01-03.".to_owned());
    }
    text.to_owned()
}

/// The hours and their zone. What a file brought in its own words may stay as it is.
fn read_hours(
    form: &OfficeForm,
    before: Option<&Office>,
    refuse: &mut impl FnMut(&str, String),
) -> (String, String) {
    let (hours, zone) = (form.hours.trim(), form.time_zone.trim());
    let was = |key: &str| {
        before
            .and_then(|office| office.details.get(key))
            .map(String::as_str)
    };
    if !hours.is_empty() && was("hours") != Some(hours) {
        if let Err(error) = exchange::parse_week(hours) {
            refuse("hours", sentence(&error.to_string()));
        }
        if zone.is_empty() {
            refuse(
                "time_zone",
                "Say by which clock, like America/New_York.".to_owned(),
            );
        }
    }
    if !zone.is_empty() && jiff::tz::TimeZone::get(zone).is_err() {
        refuse(
            "time_zone",
            "There is no such time zone. Write it like America/New_York.".to_owned(),
        );
    }
    (hours.to_owned(), zone.to_owned())
}

fn put(details: &mut BTreeMap<String, String>, key: &str, value: String) {
    if value.is_empty() {
        details.remove(key);
    } else {
        details.insert(key.to_owned(), value);
    }
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| {
        let first: String = first.to_uppercase().collect();
        format!("{first}{}.", letters.as_str().trim_end_matches('.'))
    })
}
