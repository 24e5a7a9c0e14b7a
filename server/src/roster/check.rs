//! What must hold among the offices of a roster, and what should.

use std::collections::BTreeMap;

use exchange::{DialRules, DirectoryId, Office, OfficeId, PhoneNumber, RegionAction, RegionCode};

use super::Ground;
use super::file::{BadLine, Found, Row};

/// What is known about a directory beforehand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// The title of an office whose line names none.
    pub(super) title: &'static str,
    /// Which regions have offices in it.
    pub(super) action: RegionAction,
    /// How many each of them has.
    pub(super) seats: usize,
}

/// What is expected of the directories that Congress fills; nothing of others.
pub(super) fn expected(ground: Ground<'_>) -> Option<Expected> {
    match ground.directory.as_str() {
        "senators" => Some(Expected {
            title: "Senator",
            action: RegionAction::Connect,
            seats: 2,
        }),
        "delegates" => Some(Expected {
            title: "Delegate",
            action: RegionAction::NoSenators,
            seats: 1,
        }),
        _ => None,
    }
}

/// The title of an office whose line names none.
#[must_use]
pub fn usual_title(directory: &DirectoryId) -> &'static str {
    let regions = BTreeMap::new();
    let ground = Ground {
        directory,
        regions: &regions,
    };
    expected(ground).map_or("", |expected| expected.title)
}

/// Refuses what cannot be told apart, and gives warnings for what is only unusual.
pub(super) fn check(found: Found, ground: Ground<'_>) -> Found {
    let Found {
        rows,
        mut bad,
        mut warnings,
        header,
        unread,
    } = found;
    let mut ids: BTreeMap<&OfficeId, u64> = BTreeMap::new();
    let mut places: BTreeMap<(Option<&RegionCode>, u16), u64> = BTreeMap::new();
    let mut phones: BTreeMap<&PhoneNumber, u64> = BTreeMap::new();

    for Row { line, office } in &rows {
        if let Some(first) = ids.get(&office.id) {
            bad.push(BadLine::new(
                *line,
                format!("the id {} is already on line {first}", office.id),
            ));
        }
        ids.entry(&office.id).or_insert(*line);

        let place = (office.region.as_ref(), office.position);
        if let Some(first) = places.get(&place) {
            let region = office
                .region
                .as_ref()
                .map_or(String::new(), |code| format!("{code} "));
            let position = office.position;
            bad.push(BadLine::new(
                *line,
                format!("position {region}{position} is already on line {first}"),
            ));
        }
        places.entry(place).or_insert(*line);

        if let Some(first) = phones.get(&office.phone) {
            let (name, phone) = (&office.name, office.phone.formatted());
            warnings.push(format!(
                "{name} (line {line}) has the same number as line {first}: {phone}."
            ));
        }
        phones.entry(&office.phone).or_insert(*line);

        if let Err(refusal) = DialRules::default().check(&office.phone) {
            let (name, phone) = (&office.name, office.phone.formatted());
            warnings.push(format!(
                "{name} (line {line}) would not be dialled at {phone}: {refusal}."
            ));
        }
    }
    if rows.is_empty() && bad.is_empty() {
        bad.push(BadLine::new(1, "the file has no offices"));
    }
    bad.sort_by_key(|bad| bad.line);
    if bad.is_empty() {
        let offices: Vec<&Office> = rows.iter().map(|row| &row.office).collect();
        warnings.extend(unusual_counts(&offices, ground));
    }
    Found {
        rows,
        bad,
        warnings,
        header,
        unread,
    }
}

/// What is unusual about how many offices the regions have, in whole sentences.
#[must_use]
pub fn unusual_counts(offices: &[&Office], ground: Ground<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut counts: BTreeMap<&RegionCode, usize> = BTreeMap::new();
    for region in offices.iter().filter_map(|office| office.region.as_ref()) {
        *counts.entry(region).or_default() += 1;
    }
    let placeless = offices
        .iter()
        .filter(|office| office.region.is_none())
        .count();
    if placeless > 0 && !counts.is_empty() {
        warnings.push(format!(
            "{placeless} of {} offices have no region; no caller reaches them.",
            offices.len()
        ));
    }
    let Some(expected) = expected(ground) else {
        return warnings;
    };
    let plural = if expected.seats == 1 { "" } else { "s" };
    for region in ground.regions.values() {
        let count = counts.get(&region.code).copied().unwrap_or(0);
        let (name, seats, title) = (&region.name, expected.seats, expected.title.to_lowercase());
        if region.action == expected.action && count != seats {
            warnings.push(format!("{name} has {count} of {seats} {title}{plural}."));
        } else if region.action != expected.action && count > 0 {
            warnings.push(format!(
                "{name} has no {title}s in Congress, and {count} here."
            ));
        }
    }
    warnings
}
