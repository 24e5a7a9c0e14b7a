//! One office, added, changed or removed by hand.

use std::collections::BTreeMap;

use desk::directory::{OfficeForm, RemoveForm};
use desk::{DeskError, FieldError};
use exchange::{DialRules, Office, OfficeId, PhoneNumber, RegionCode};
use jiff::civil::Date;
use store::{ChangeKind, PlanVersion};

use super::change::{Wanted, at_place, next_place, write};
use super::list::slug;
use super::{Known, TRIES, broken, known, too_busy, words};
use crate::roster::phone;
use crate::state::AppState;

/// The most characters of a name or a title: more is said to nobody's pleasure.
const LONGEST: usize = 120;

/// Adds or changes an office, and gives the change's version; 0 where nothing is different.
pub(crate) async fn save(state: &AppState, by: &str, form: &OfficeForm) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let before = match form.office.as_str() {
            "" => None,
            id => Some(unchanged(state, &known, id, form.version).await?.clone()),
        };
        let office = read(form, &known, before.as_ref()).map_err(DeskError::Invalid)?;
        if before.as_ref() == Some(&office) {
            return Ok(0);
        }
        let kind = match before {
            None => ChangeKind::Added,
            Some(_) => ChangeKind::Edited,
        };
        let name = office.name.clone();
        let mut offices = known.kept.offices.clone();
        offices.retain(|other| other.id != office.id);
        offices.push(office);
        let wanted = Wanted::of(&known, kind, &name, offices);
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// Removes an office, and gives the change's version.
pub(crate) async fn remove(
    state: &AppState,
    by: &str,
    form: &RemoveForm,
) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let office = unchanged(state, &known, &form.office, form.version).await?;
        let mut offices = known.kept.offices.clone();
        offices.retain(|other| other.id != office.id);
        let wanted = Wanted::of(&known, ChangeKind::Removed, &office.name, offices);
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// The office, if it is as the row was shown; else who changed it meanwhile, and what.
async fn unchanged<'a>(
    state: &AppState,
    known: &'a Known,
    id: &str,
    version: i64,
) -> Result<&'a Office, DeskError> {
    let parsed = OfficeId::parse(id).map_err(|_| DeskError::NotFound)?;
    let latest = known.kept.versions.get(&parsed).copied();
    match known.office(id) {
        Some(office) if known.version(office) == version => Ok(office),
        Some(_) | None => Err(meanwhile(state, known, &parsed, latest).await?),
    }
}

async fn meanwhile(
    state: &AppState,
    known: &Known,
    id: &OfficeId,
    latest: Option<PlanVersion>,
) -> Result<DeskError, DeskError> {
    let Some(version) = latest else {
        return Ok(DeskError::NotFound);
    };
    let failed = |error: store::Error| broken("read who changed an office", &error);
    let change = state.store.directory_change(known.id(), version).await;
    let office = state.store.one_office_change(known.id(), version, id).await;
    let (Some(change), Some(office)) = (change.map_err(failed)?, office.map_err(failed)?) else {
        return Ok(DeskError::NotFound);
    };
    let ago = desk::ago(change.at.0, state.clock.now().0);
    let view = words::office_change(&office);
    let fields: Vec<String> = view.fields.iter().map(|field| field.words()).collect();
    let fields = match fields.as_slice() {
        [] => String::new(),
        fields => format!(" ({})", fields.join("; ")),
    };
    Ok(DeskError::Refused(format!(
        "Meanwhile somebody else was here: {}{fields}, by {}, {ago}. Nothing of yours was taken. Open the row again to see it as it is.",
        view.words, change.by
    )))
}

/// Reads the form, field by field.
fn read(
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
