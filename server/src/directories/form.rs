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
    for (field, value) in further(form, phone.as_ref(), before, &mut refuse) {
        put(&mut details, &field, value);
    }
    put(&mut details, "term_end", read_term_end(form, &mut refuse));
    let times = Times {
        suffix: "",
        hours: form.hours.trim(),
        zone: form.time_zone.trim(),
        else_zone: "",
    };
    times.check(before, &mut refuse);
    put(&mut details, "hours", times.hours.to_owned());
    put(&mut details, "time_zone", times.zone.to_owned());

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

/// The further numbers, each with hours of its own, without gaps between them: the hours go with their number.
fn further(
    form: &OfficeForm,
    first: Option<&PhoneNumber>,
    before: Option<&Office>,
    refuse: &mut impl FnMut(&str, String),
) -> Vec<(String, String)> {
    let mut numbers: Vec<(PhoneNumber, Times<'_>)> = Vec::new();
    for further in form.further() {
        let field = format!("phone{}", further.suffix);
        let times = Times {
            suffix: further.suffix,
            hours: further.hours.trim(),
            zone: further.time_zone.trim(),
            else_zone: form.time_zone.trim(),
        };
        if further.phone.trim().is_empty() {
            if !times.hours.is_empty() || !times.zone.is_empty() {
                let words = "Say which number keeps these hours, or take the hours out.";
                refuse(&field, words.to_owned());
            }
            continue;
        }
        times.check(before, refuse);
        let Some(number) = read_number(&field, further.phone, refuse) else {
            continue;
        };
        if first == Some(&number) || numbers.iter().any(|(other, _)| *other == number) {
            refuse(&field, "This office has the number already.".to_owned());
        }
        numbers.push((number, times));
    }
    let kept = numbers.iter().map(|(number, times)| {
        let [hours, zone] = [times.hours, times.zone].map(str::to_owned);
        [number.to_string(), hours, zone]
    });
    Office::FURTHER
        .into_iter()
        .zip(kept.chain(std::iter::repeat_with(Default::default)))
        .flat_map(|(phone, kept)| {
            let suffix = phone.trim_start_matches("phone");
            let fields = [
                phone.to_owned(),
                format!("hours{suffix}"),
                format!("time_zone{suffix}"),
            ];
            fields.into_iter().zip(kept)
        })
        .collect()
}

fn read_term_end(form: &OfficeForm, refuse: &mut impl FnMut(&str, String)) -> String {
    let text = form.term_end.trim();
    if !text.is_empty() && text.parse::<Date>().is_err() {
        refuse("term_end", "It takes a day like 2031-01-03.".to_owned());
    }
    text.to_owned()
}

/// Hours and their zone, of an office or of one of its further numbers.
struct Times<'a> {
    /// What the names of the fields end in.
    suffix: &'static str,
    hours: &'a str,
    zone: &'a str,
    /// The zone that holds where none is said.
    else_zone: &'a str,
}

impl Times<'_> {
    /// What is wrong with them. What a file brought in its own words may stay as it is.
    fn check(&self, before: Option<&Office>, refuse: &mut impl FnMut(&str, String)) {
        let field = |name: &str| format!("{name}{}", self.suffix);
        let was = |key: &str| before.and_then(|office| office.details.get(key));
        let is_new = was(&field("hours")).map(String::as_str) != Some(self.hours);
        if !self.hours.is_empty() {
            if is_new && let Err(error) = exchange::parse_week(self.hours) {
                refuse(&field("hours"), sentence(&error.to_string()));
            }
            let had_zone = was(&field("time_zone"))
                .or_else(|| was("time_zone"))
                .is_some();
            // Hours that stay do not lose the clock that they had, be it the office's.
            if (is_new || had_zone) && self.zone.is_empty() && self.else_zone.is_empty() {
                let words = "Say by which clock, like America/New_York.";
                refuse(&field("time_zone"), words.to_owned());
            }
        }
        if !self.zone.is_empty() && jiff::tz::TimeZone::get(self.zone).is_err() {
            let words = "There is no such time zone. Write it like America/New_York.";
            refuse(&field("time_zone"), words.to_owned());
        }
    }
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
