//! Offices as our CSV: in the columns of the file that they came from, or in our own.

use std::collections::{BTreeMap, BTreeSet};

use csv::WriterBuilder;
use exchange::Office;

use super::formulas::guarded;
use super::{COLUMNS, folded};
use crate::roster::report;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds<'a> {
    /// One of [`COLUMNS`], by its place there.
    Ours(usize),
    /// A detail, by its name.
    Detail(&'a str),
    /// Nothing.
    Nothing,
}

/// Writes offices, in the order of regions and positions, so that [`super::read`] gives them back.
///
/// `header` are the columns of the file that they came from. It is kept as it is; columns that have become necessary
/// come behind it. `usual_title` is the title that an office has whose line names none.
pub(crate) fn write(offices: &[Office], header: &[String], usual_title: &str) -> String {
    let mut offices = offices.to_vec();
    report::sort(&mut offices);
    let columns = columns(&offices, header, usual_title);
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut written = writer.write_record(columns.iter().map(|(name, _)| *name));
    for office in &offices {
        let cells = columns.iter().map(|(_, holds)| cell(office, *holds));
        written = written.and_then(|()| writer.write_record(cells));
    }
    written.expect("a vector takes every record, and all records are as long as the header");
    let bytes = writer.into_inner().expect("a vector takes every byte");
    String::from_utf8(bytes).expect("cells are text")
}

fn columns<'a>(
    offices: &'a [Office],
    header: &'a [String],
    usual_title: &str,
) -> Vec<(&'a str, Holds<'a>)> {
    let names: Vec<String> = header.iter().map(|name| folded(name)).collect();
    let ours = super::places(&names);
    let mut columns: Vec<(&str, Holds<'_>)> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let holds = match ours.iter().position(|place| *place == Some(at)) {
                Some(column) => Holds::Ours(column),
                None if name.is_empty() => Holds::Nothing,
                None => Holds::Detail(name),
            };
            (name.as_str(), holds)
        })
        .collect();
    let needed = needed(offices, header.is_empty(), usual_title);
    for (column, (name, _)) in COLUMNS.iter().enumerate() {
        let is_there = columns
            .iter()
            .any(|(_, holds)| *holds == Holds::Ours(column));
        if !is_there && needed[column] {
            columns.push((name, Holds::Ours(column)));
        }
    }
    let details: BTreeSet<&str> = offices
        .iter()
        .flat_map(|office| office.details.keys().map(String::as_str))
        .collect();
    for detail in details {
        if !columns.contains(&(detail, Holds::Detail(detail))) {
            columns.push((detail, Holds::Detail(detail)));
        }
    }
    columns
}

/// Which of our columns a file cannot do without: what it leaves out is read as what is usual.
fn needed(offices: &[Office], is_fresh: bool, usual_title: &str) -> [bool; COLUMNS.len()] {
    let mut counts: BTreeMap<_, u16> = BTreeMap::new();
    let are_in_turn = offices.iter().all(|office| {
        let count = counts.entry(&office.region).or_default();
        *count = count.saturating_add(1);
        *count == office.position
    });
    let region = offices.iter().any(|office| office.region.is_some());
    let title = offices.iter().any(|office| office.title != usual_title);
    [
        true,
        is_fresh || region,
        is_fresh || !are_in_turn,
        true,
        is_fresh || title,
        true,
    ]
}

fn cell(office: &Office, holds: Holds<'_>) -> String {
    match holds {
        Holds::Ours(0) => office.id.to_string(),
        Holds::Ours(1) => office
            .region
            .as_ref()
            .map_or(String::new(), ToString::to_string),
        Holds::Ours(2) => office.position.to_string(),
        Holds::Ours(3) => guarded(&office.name),
        Holds::Ours(4) => guarded(&office.title),
        Holds::Ours(_) => office.phone.to_string(),
        Holds::Detail(key) => office
            .details
            .get(key)
            .map_or(String::new(), |value| guarded(value)),
        Holds::Nothing => String::new(),
    }
}
