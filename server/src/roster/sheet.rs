//! Our CSV: a header row, then an office a line, as spreadsheets write it and read it.
//!
//! The columns are `id`, `region`, `position`, `name`, `title`, `phone`, in any order; every other
//! column is kept as a detail of the office under its own name.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use exchange::{Office, OfficeId, RegionCode};

use super::file::{BadLine, Found, Row, newlines};
use super::{Ground, check, phone};

mod formulas;
mod written;

pub(crate) use self::formulas::guarded;
use self::formulas::unguarded;
pub(crate) use self::written::write;

/// Our columns, each with the other names it is known by. A column of the name itself comes first.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("id", &["bioguide_id", "bioguide"]),
    ("region", &["state", "state_code"]),
    ("position", &["key"]),
    ("name", &["full_name"]),
    ("title", &[]),
    ("phone", &["telephone", "phone_number", "number"]),
];

/// Reads the offices; lines whose cells are all empty are passed over.
///
/// # Errors
/// A header that leaves nothing to read.
pub(super) fn read(text: &str, ground: Ground<'_>) -> Result<Found, Vec<BadLine>> {
    let mut lines = Lines::of(text);
    let Some(first) = lines.next() else {
        return Err(vec![BadLine::new(1, "the file is empty")]);
    };
    let (head_line, head) = first.map_err(|bad| vec![bad])?;
    let header = Header::read(head_line, &head)?;
    let mut found = Found {
        header: head,
        ..Found::default()
    };
    let mut counts: BTreeMap<Option<RegionCode>, u16> = BTreeMap::new();
    for line in lines {
        let (line, cells) = match line {
            Ok(line) => line,
            Err(bad) => {
                found.bad.push(bad);
                continue;
            }
        };
        match header.office(&cells, &mut counts, ground) {
            Ok(office) => found.rows.push(Row { line, office }),
            Err(reasons) => {
                found.unread.extend(header.id(&cells));
                found.refuses(line, reasons);
            }
        }
    }
    Ok(found)
}

/// The records of a text with the numbers of the lines they begin on.
struct Lines<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    counted_to: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        Self {
            text,
            reader,
            counted_to: 0,
            line: 1,
        }
    }

    /// The line of a record that begins here or after the line ends that stand here.
    fn line_at(&mut self, byte: u64) -> u64 {
        let bytes = self.text.as_bytes();
        let mut start = usize::try_from(byte)
            .unwrap_or(bytes.len())
            .min(bytes.len());
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        self.line += newlines(bytes.get(self.counted_to..start).unwrap_or_default());
        self.counted_to = self.counted_to.max(start);
        self.line
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<(u64, Vec<String>), BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let begin = self.reader.position().byte();
            let mut record = StringRecord::new();
            match self.reader.read_record(&mut record) {
                Ok(false) => return None,
                Ok(true) => {
                    let line = self.line_at(begin);
                    let cells: Vec<String> =
                        record.iter().map(|cell| cell.trim().to_owned()).collect();
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        return Some(Ok((line, cells)));
                    }
                }
                Err(error) => {
                    let line = self.line_at(begin);
                    return Some(Err(BadLine::new(
                        line,
                        format!("the line cannot be read: {error}"),
                    )));
                }
            }
        }
    }
}

/// The sign between the cells: the one of comma, semicolon and tab that the header has most of.
fn delimiter(text: &str) -> u8 {
    let head = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

/// A column's name, however it is written.
fn folded(name: &str) -> String {
    name.to_lowercase().replace([' ', '-'], "_")
}

/// Where each of [`COLUMNS`] stands among these names.
fn places(names: &[String]) -> [Option<usize>; COLUMNS.len()] {
    let place = |name: &str| names.iter().position(|other| other == name);
    COLUMNS
        .map(|(name, others)| place(name).or_else(|| others.iter().find_map(|other| place(other))))
}

/// Which column is where.
struct Header {
    /// Where each of [`COLUMNS`] stands.
    ours: [Option<usize>; 6],
    /// The other columns.
    details: Vec<(usize, String)>,
    width: usize,
}

impl Header {
    fn read(line: u64, cells: &[String]) -> Result<Self, Vec<BadLine>> {
        let names: Vec<String> = cells.iter().map(|cell| folded(cell)).collect();
        let mut bad = Vec::new();
        for (i, name) in names.iter().enumerate() {
            if !name.is_empty() && names.iter().take(i).any(|other| other == name) {
                bad.push(BadLine::new(
                    line,
                    format!("two columns are called {name:?}"),
                ));
            }
        }
        let ours = places(&names);
        for ((name, _), at) in COLUMNS.iter().zip(ours) {
            if at.is_none() && matches!(*name, "id" | "name" | "phone") {
                bad.push(BadLine::new(
                    line,
                    format!("there is no column {name:?} in the header"),
                ));
            }
        }
        if !bad.is_empty() {
            return Err(bad);
        }
        let details = cells
            .iter()
            .enumerate()
            .filter(|(i, cell)| !cell.is_empty() && !ours.contains(&Some(*i)))
            .map(|(i, cell)| (i, cell.clone()))
            .collect();
        Ok(Self {
            ours,
            details,
            width: cells.len(),
        })
    }

    /// What stands in the id's place.
    fn id(&self, cells: &[String]) -> Option<String> {
        let [id, ..] = self.ours;
        cells.get(id?).map(|cell| unguarded(cell).to_owned())
    }

    fn office(
        &self,
        cells: &[String],
        counts: &mut BTreeMap<Option<RegionCode>, u16>,
        ground: Ground<'_>,
    ) -> Result<Office, Vec<String>> {
        let width = cells
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1);
        if width > self.width || cells.len() < self.width {
            let (has, wants) = (cells.len(), self.width);
            return Err(vec![format!(
                "there are {has} cells, and the header has {wants}"
            )]);
        }
        let [id, region, position, name, title, number] = self
            .ours
            .map(|at| at.and_then(|at| cells.get(at)).map(|cell| unguarded(cell)));
        let mut reasons = Vec::new();
        let mut note = |reason: String| reasons.push(reason);

        let id = OfficeId::parse(id.unwrap_or_default())
            .map_err(|e| note(e.to_string()))
            .ok();
        let region = self::region(region.unwrap_or_default(), ground)
            .map_err(&mut note)
            .ok();
        let count = counts.entry(region.clone().flatten()).or_default();
        *count += 1;
        let position = match position {
            None => Some(*count),
            Some(text) => match text.parse::<u16>() {
                Ok(position) if position > 0 => Some(position),
                Ok(_) | Err(_) => {
                    note(format!(
                        "{text:?} is no position; it takes a whole number from 1"
                    ));
                    None
                }
            },
        };
        let name = name.filter(|name| !name.is_empty());
        if name.is_none() {
            note("the name is missing".to_owned());
        }
        let usual = check::expected(ground).map_or("", |expected| expected.title);
        let title = title.filter(|title| !title.is_empty()).unwrap_or(usual);
        let number = phone::read(number.unwrap_or_default())
            .map_err(&mut note)
            .ok();
        let mut details: BTreeMap<String, String> = self
            .details
            .iter()
            .filter_map(|(at, key)| {
                cells
                    .get(*at)
                    .map(|cell| (key.clone(), unguarded(cell).to_owned()))
            })
            .filter(|(_, value)| !value.is_empty())
            .collect();
        for key in Office::FURTHER {
            if let Some(number) = details.get_mut(key) {
                match phone::read(number) {
                    Ok(read) => *number = read.to_string(),
                    Err(reason) => note(format!("{key}: {reason}")),
                }
            }
        }

        match (id, region, position, name, number) {
            (Some(id), Some(region), Some(position), Some(name), Some(phone))
                if reasons.is_empty() =>
            {
                Ok(Office {
                    directory: ground.directory.clone(),
                    id,
                    region,
                    position,
                    name: name.to_owned(),
                    title: title.to_owned(),
                    phone,
                    details,
                })
            }
            _ => Err(reasons),
        }
    }
}

/// A region by its code or its name; none where the cell is empty, unless the directory needs one.
fn region(text: &str, ground: Ground<'_>) -> Result<Option<RegionCode>, String> {
    if text.is_empty() {
        let needed = check::expected(ground).is_some();
        return if needed {
            Err("the region is missing".to_owned())
        } else {
            Ok(None)
        };
    }
    let by_code = RegionCode::parse(&text.to_uppercase())
        .ok()
        .filter(|code| ground.regions.contains_key(code));
    let by_name = || {
        let named = ground
            .regions
            .values()
            .find(|region| region.name.eq_ignore_ascii_case(text));
        named.map(|region| region.code.clone())
    };
    by_code
        .or_else(by_name)
        .map(Some)
        .ok_or_else(|| format!("there is no region {text:?}"))
}
