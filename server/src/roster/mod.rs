//! Rosters: a directory's offices, in from a file and out to one.
//!
//! Reading a file and comparing it with what is there are pure ([`read`], [`Changes::between`]);
//! [`import`] and [`export`] add the store.

mod check;
mod decode;
mod file;
mod legislators;
mod people;
pub(crate) mod phone;
mod report;
pub(crate) mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use exchange::{
    Directory, DirectoryId, Moment, Office, OfficeId, Plan, PlanError, Region, RegionCode,
};
use jiff::civil::Date;
use store::{ChangeKind, DirectoryChange, Store};

use self::file::Found;
pub use check::{unusual_counts, usual_title};
pub use decode::{Text, decode};
pub use file::{BadLine, Format};
pub use report::{Changed, Changes, FieldChange, Report};
pub(crate) use report::{differences, particulars};

/// Why a roster was not taken, or not written.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Lines of the file cannot be read; every one of them is named.
    #[error("{}", file::refusal(name, lines))]
    File {
        /// The file's name, as handed in.
        name: String,
        /// What is wrong, by line.
        lines: Vec<BadLine>,
    },
    /// The rows are sound by themselves, and the plan as a whole would not be.
    #[error("nothing of {name} was taken: with it, the lines would not work: {cause}")]
    Plan {
        /// The file's name, as handed in.
        name: String,
        /// What would not work.
        #[source]
        cause: PlanError,
    },
    /// Somebody changed the plan meanwhile.
    #[error(
        "nothing was taken: somebody changed a directory, a line or a menu meanwhile; try again"
    )]
    Changed,
    /// The day handed in is no day.
    #[error("{0:?} is no date; it takes year, month and day: 2026-11-20")]
    Day(String),
    /// There is nothing to write.
    #[error("there is no directory {asked}; there are: {known}")]
    NoDirectory {
        /// The directory asked for.
        asked: DirectoryId,
        /// The directories there are, separated by commas.
        known: String,
    },
    /// The database did not answer.
    #[error("the roster could not be read from or written to the database: {0}")]
    Store(#[from] store::Error),
}

/// What a file is read against.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The directory it is for.
    pub directory: &'a DirectoryId,
    /// The regions there are.
    pub regions: &'a BTreeMap<RegionCode, Region>,
}

/// The offices of a file, and what is remarkable about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// In the order of regions and positions.
    pub offices: Vec<Office>,
    /// What a person should look at, in whole sentences; none of it keeps the file out.
    pub warnings: Vec<String>,
    /// The form the file had.
    pub format: Format,
    /// The columns of a sheet, as they stand there; none for the public legislators file.
    pub header: Vec<String>,
}

/// A file with its good lines and its bad ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The offices of the good lines, and the line of each.
    pub roster: Roster,
    /// On which line each office stands.
    pub lines: BTreeMap<OfficeId, u64>,
    /// The bad lines, in their order.
    pub bad: Vec<BadLine>,
    /// What stands in the id's place on bad lines.
    pub unread: BTreeSet<String>,
}

/// Reads a roster: our CSV, or the public legislators file as YAML or JSON. `today` decides whose
/// terms run.
///
/// # Errors
/// Every line that cannot be taken, with the reason. A file is taken whole or not at all.
pub fn read(
    bytes: &[u8],
    name: &str,
    ground: Ground<'_>,
    today: Date,
) -> Result<Roster, Vec<BadLine>> {
    let Text { text, guess } = decode(bytes)?;
    let mut reading = look(&text, name, ground, today);
    if !reading.bad.is_empty() {
        return Err(reading.bad);
    }
    reading.roster.warnings.splice(0..0, guess);
    Ok(reading.roster)
}

/// Reads a roster as far as it can be read, good lines and bad.
#[must_use]
pub fn look(text: &str, name: &str, ground: Ground<'_>, today: Date) -> Reading {
    let format = Format::of(name, text);
    let found = match format {
        Format::Csv => sheet::read(text, ground),
        Format::Yaml | Format::Json => legislators::read(text, format, ground, today),
    };
    let found = found.unwrap_or_else(|bad| Found {
        bad,
        ..Found::default()
    });
    let mut checked = check::check(found, ground);
    let lines = checked
        .rows
        .iter()
        .map(|row| (row.office.id.clone(), row.line))
        .collect();
    let mut offices: Vec<Office> = checked.rows.drain(..).map(|row| row.office).collect();
    report::sort(&mut offices);
    Reading {
        roster: Roster {
            offices,
            warnings: checked.warnings,
            format,
            header: checked.header,
        },
        lines,
        bad: checked.bad,
        unread: checked.unread,
    }
}

/// The offices of our CSV, for those who hold it as text already.
///
/// # Errors
/// As [`read`].
pub(crate) fn offices(text: &str, ground: Ground<'_>) -> Result<Vec<Office>, Vec<BadLine>> {
    let found = check::check(sheet::read(text, ground)?, ground);
    if found.bad.is_empty() {
        Ok(found.rows.into_iter().map(|row| row.office).collect())
    } else {
        Err(found.bad)
    }
}

/// Replaces a directory's offices by those of a file and says what changed. A directory that did
/// not exist is made.
///
/// `name` is the file's name, `today` the day as `yyyy-mm-dd`, `by` who does it.
///
/// # Errors
/// See [`Problem`]; then nothing was changed.
pub async fn import(
    store: &Store,
    directory: &DirectoryId,
    bytes: &[u8],
    name: &str,
    today: &str,
    by: &str,
    at: Moment,
) -> Result<Report, Problem> {
    let day: Date = today.parse().map_err(|_| Problem::Day(today.to_owned()))?;
    let (version, mut rows) = store.plan().await?;

    let regions = rows
        .regions
        .iter()
        .map(|region| (region.code.clone(), region.clone()))
        .collect();
    let ground = Ground {
        directory,
        regions: &regions,
    };
    let roster = read(bytes, name, ground, day).map_err(|lines| Problem::File {
        name: name.to_owned(),
        lines,
    })?;

    let (before, others): (Vec<Office>, Vec<Office>) = rows
        .offices
        .into_iter()
        .partition(|office| &office.directory == directory);
    rows.offices = others
        .into_iter()
        .chain(roster.offices.iter().cloned())
        .collect();
    let known = rows
        .directories
        .iter()
        .find(|known| &known.id == directory)
        .cloned();
    let renewed = Directory {
        id: directory.clone(),
        name: known
            .as_ref()
            .map_or_else(|| directory.to_string(), |known| known.name.clone()),
        source: roster.format.source(name),
        as_of: day.to_string(),
    };
    rows.directories.retain(|other| &other.id != directory);
    rows.directories.push(renewed.clone());
    Plan::new(rows).map_err(|cause| Problem::Plan {
        name: name.to_owned(),
        cause,
    })?;

    let report = Report {
        directory: directory.clone(),
        is_new: known.is_none(),
        changes: Changes::between(&before, &roster.offices),
        warnings: roster.warnings,
    };
    let written = store
        .change_directory(&DirectoryChange {
            decided_on: version,
            directory: &renewed,
            shape: None,
            header: Some(&roster.header),
            offices: &roster.offices,
            kind: ChangeKind::Import,
            about: name,
            undoes: None,
            by,
            at,
            audit: &report.changes.sentence(name),
        })
        .await?;
    written.map(|_| report).ok_or(Problem::Changed)
}

/// A directory as our CSV: what [`import`] reads back to the same offices.
///
/// # Errors
/// [`Problem::NoDirectory`] and [`Problem::Store`].
pub async fn export(store: &Store, directory: &DirectoryId) -> Result<String, Problem> {
    let (_, rows) = store.plan().await?;
    if !rows.directories.iter().any(|known| &known.id == directory) {
        let mut known: Vec<&str> = rows
            .directories
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        known.sort_unstable();
        return Err(Problem::NoDirectory {
            asked: directory.clone(),
            known: known.join(", "),
        });
    }
    let kept = store.directory(directory).await?;
    Ok(kept.map_or_else(String::new, |kept| {
        sheet::write(&kept.offices, &kept.header, usual_title(directory))
    }))
}
