//! A roster file before its contents are understood: its text, its form, its bad lines.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use exchange::Office;

/// A line that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: u64,
    /// Why not, for a person.
    pub reason: String,
}

impl BadLine {
    pub(super) fn new(line: u64, reason: impl Into<String>) -> Self {
        Self {
            line,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// An office and the line it was read from.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) office: Office,
}

/// What a file holds, line by line, good and bad.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    pub(super) bad: Vec<BadLine>,
    /// What a person should look at.
    pub(super) warnings: Vec<String>,
    /// The columns, as they stand in the file; none where it has none.
    pub(super) header: Vec<String>,
    /// What stands in the id's place on bad lines: these offices are not missing in the file.
    pub(super) unread: BTreeSet<String>,
}

impl Found {
    pub(super) fn refuses(&mut self, line: u64, reasons: Vec<String>) {
        self.bad
            .extend(reasons.into_iter().map(|reason| BadLine::new(line, reason)));
    }
}

/// The forms a roster comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Ours: a header row, then an office a line.
    Csv,
    /// The public legislators file.
    Yaml,
    /// The same as JSON.
    Json,
}

impl Format {
    /// The form of a file by the end of its name, or else by how it begins.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let ending = Path::new(name)
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv" | "tsv") => return Self::Csv,
            Some("yaml" | "yml") => return Self::Yaml,
            Some("json") => return Self::Json,
            Some(_) | None => {}
        }
        let start = text.trim_start();
        if start.starts_with(['[', '{']) {
            Self::Json
        } else if start.starts_with('-') {
            Self::Yaml
        } else {
            Self::Csv
        }
    }

    /// Where offices of such a file come from, as the directory remembers it.
    pub(crate) fn source(self, name: &str) -> String {
        let file = Path::new(name)
            .file_name()
            .map_or(name.into(), |file| file.to_string_lossy());
        match self {
            Self::Csv => file.into_owned(),
            Self::Yaml | Self::Json => format!("{file} of unitedstates/congress-legislators"),
        }
    }
}

/// How many lines end in these bytes.
pub(super) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// What a person is told about a file that is not taken.
pub(super) fn refusal(name: &str, lines: &[BadLine]) -> String {
    let count = match lines.len() {
        1 => "one problem".to_owned(),
        many => format!("{many} problems"),
    };
    let mut text = format!("nothing of {name} was taken, because of {count}:");
    for line in lines {
        text.push_str(&format!("\n  {line}"));
    }
    text
}
