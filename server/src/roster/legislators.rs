//! The public legislators file of unitedstates/congress-legislators: who holds which seat.
//!
//! It lists every member of Congress with all their terms. Senators fill the directory
//! `senators`; the House's members for places without senators fill `delegates`.

use std::collections::BTreeMap;

use exchange::{Office, OfficeId, PhoneNumber, RegionAction, RegionCode};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use super::check::{Expected, expected};
use super::file::{BadLine, Format, Found, Row};
use super::people::{self, Person, day, full_name, words};
use super::{Ground, phone};

/// How long after its end a term still fills a seat that nobody else holds, in days. The file
/// ends an appointed senator's term on election day, and the appointee sits until the winner is
/// sworn in, in January at the latest.
const GRACE_DAYS: i32 = 100;

/// Reads the offices of the directory.
///
/// # Errors
/// A file that is no list of people, or a directory that legislators do not fill.
pub(super) fn read(
    text: &str,
    format: Format,
    ground: Ground<'_>,
    today: Date,
) -> Result<Found, Vec<BadLine>> {
    let Some(expected) = expected(ground) else {
        let directory = ground.directory;
        let reason = format!(
            "the public legislators file fills senators or delegates; {directory} takes a CSV file"
        );
        return Err(vec![BadLine::new(1, reason)]);
    };
    let people = match format {
        Format::Json => people::from_json(text)?,
        Format::Yaml | Format::Csv => people::from_yaml(text)?,
    };
    let day = Day {
        expected,
        ground,
        today,
    };
    let mut found = Found::default();
    let mut candidates: BTreeMap<RegionCode, Vec<Holder>> = BTreeMap::new();
    for person in &people {
        match day.standing(person) {
            Ok(Standing::Holds(holder)) => {
                candidates
                    .entry(holder.region.clone())
                    .or_default()
                    .push(*holder);
            }
            Ok(Standing::Elsewhere) => {}
            Ok(Standing::Later(warning)) => found.warnings.push(warning),
            Err(reasons) => found.refuses(person.line, reasons),
        }
    }
    for of_region in candidates.into_values() {
        let rows = day.seated(of_region, &mut found.warnings);
        found.rows.extend(rows);
    }
    Ok(found)
}

/// What a person is to the directory on a day.
enum Standing {
    /// Holds a seat, or held it until a while ago.
    Holds(Box<Holder>),
    /// Has no seat of this kind.
    Elsewhere,
    /// Will hold one; the sentence says when.
    Later(String),
}

/// Somebody with a seat.
struct Holder {
    line: u64,
    id: OfficeId,
    name: String,
    region: RegionCode,
    phone: PhoneNumber,
    /// Seniors first, by the file's own word.
    rank: u8,
    /// The day they first took a seat of this kind.
    since: Date,
    end: Date,
    details: BTreeMap<String, String>,
}

/// A day, and the seats that are looked for.
struct Day<'a> {
    expected: Expected,
    ground: Ground<'a>,
    today: Date,
}

impl Day<'_> {
    fn standing(&self, person: &Person) -> Result<Standing, Vec<String>> {
        let name = full_name(&person.value);
        let whose = name.as_deref().unwrap_or("somebody without a name");
        let of_person = |reason: String| format!("{whose}: {reason}");
        let terms = terms(&person.value).map_err(|reason| vec![of_person(reason)])?;

        let Some((_, term)) = terms.iter().rev().find(|(start, _)| *start <= self.today) else {
            return Ok(terms.iter().find(|(_, term)| self.is_seat(term)).map_or(
                Standing::Elsewhere,
                |(start, _)| {
                    Standing::Later(format!(
                        "{whose} takes a seat on {start}; import again then."
                    ))
                },
            ));
        };
        if !self.is_seat(term) {
            return Ok(Standing::Elsewhere);
        }
        let end = day(term, "end").map_err(|reason| vec![of_person(reason)])?;
        if self.today > end.saturating_add(GRACE_DAYS.days()) {
            return Ok(Standing::Elsewhere);
        }

        let mut reasons = Vec::new();
        let mut kept = |reason: String| reasons.push(of_person(reason));
        let id = person
            .value
            .get("id")
            .and_then(|ids| words(ids, "bioguide"))
            .unwrap_or_default();
        let id = OfficeId::parse(&id)
            .map_err(|error| kept(format!("the Bioguide id: {error}")))
            .ok();
        let region = self.region(term).map_err(&mut kept).ok();
        let phone = phone::read(&words(term, "phone").unwrap_or_default())
            .map_err(&mut kept)
            .ok();
        if name.is_none() {
            kept("the name is missing".to_owned());
        }
        let since = terms
            .iter()
            .find(|(_, term)| self.is_seat(term))
            .map_or(end, |(start, _)| *start);
        match (id, name, region, phone) {
            (Some(id), Some(name), Some(region), Some(phone)) => {
                Ok(Standing::Holds(Box::new(Holder {
                    line: person.line,
                    id,
                    name,
                    region,
                    phone,
                    rank: rank(term),
                    since,
                    end,
                    details: details(term),
                })))
            }
            _ => Err(reasons),
        }
    }

    /// Whether a term is one in a seat of the directory.
    fn is_seat(&self, term: &Value) -> bool {
        let chamber = words(term, "type");
        if self.expected.action == RegionAction::Connect {
            return chamber.as_deref() == Some("sen");
        }
        let action = self
            .region(term)
            .ok()
            .and_then(|code| self.ground.regions.get(&code));
        chamber.as_deref() == Some("rep")
            && action.is_some_and(|region| region.action == self.expected.action)
    }

    fn region(&self, term: &Value) -> Result<RegionCode, String> {
        let state = words(term, "state").unwrap_or_default();
        RegionCode::parse(&state)
            .ok()
            .filter(|code| self.ground.regions.contains_key(code))
            .ok_or_else(|| format!("there is no state {state:?}"))
    }

    /// The offices of one region: whose terms run, and in seats left over those whose terms ended
    /// last.
    fn seated(&self, candidates: Vec<Holder>, warnings: &mut Vec<String>) -> Vec<Row> {
        let (mut seated, mut ended): (Vec<Holder>, Vec<Holder>) = candidates
            .into_iter()
            .partition(|holder| holder.end > self.today);
        ended.sort_by(|a, b| b.end.cmp(&a.end).then_with(|| a.id.cmp(&b.id)));
        for holder in ended {
            if seated.len() < self.expected.seats {
                let Holder {
                    name, region, end, ..
                } = &holder;
                warnings.push(format!(
                    "{name} ({region}): the term ended on {end}, and the file names nobody else for the seat; kept."
                ));
                seated.push(holder);
            }
        }
        seated.sort_by(|a, b| (a.rank, a.since, &a.id).cmp(&(b.rank, b.since, &b.id)));
        let positions = 1u16..;
        seated
            .into_iter()
            .zip(positions)
            .map(|(holder, position)| self.row(holder, position))
            .collect()
    }

    fn row(&self, holder: Holder, position: u16) -> Row {
        let title = match (self.expected.action, holder.region.as_str()) {
            (RegionAction::NoSenators, "PR") => "Resident Commissioner",
            _ => self.expected.title,
        };
        let office = Office {
            directory: self.ground.directory.clone(),
            id: holder.id,
            region: Some(holder.region),
            position,
            name: holder.name,
            title: title.to_owned(),
            phone: holder.phone,
            details: holder.details,
        };
        Row {
            line: holder.line,
            office,
        }
    }
}

/// A person's terms by the day they begin.
fn terms(person: &Value) -> Result<Vec<(Date, &Value)>, String> {
    let terms = person
        .get("terms")
        .and_then(Value::as_array)
        .filter(|terms| !terms.is_empty());
    let mut dated = terms
        .ok_or("there are no terms")?
        .iter()
        .map(|term| Ok((day(term, "start")?, term)))
        .collect::<Result<Vec<_>, String>>()?;
    dated.sort_by_key(|(start, _)| *start);
    Ok(dated)
}

fn rank(term: &Value) -> u8 {
    match words(term, "state_rank").as_deref() {
        Some("senior") => 0,
        Some("junior") => 1,
        Some(_) | None => 2,
    }
}

/// The particulars that are kept, under the names of our columns.
fn details(term: &Value) -> BTreeMap<String, String> {
    [
        ("caucus", "caucus"),
        ("class", "class"),
        ("contact_form_url", "contact_form"),
        ("party", "party"),
        ("term_end", "end"),
        ("term_start", "start"),
        ("website_url", "url"),
    ]
    .into_iter()
    .filter_map(|(ours, theirs)| Some((ours.to_owned(), words(term, theirs)?)))
    .collect()
}
