//! The data a fresh database begins with, carried inside the binary.

use std::collections::BTreeMap;

use exchange::{
    AreaCode, Directory, DirectoryId, Language, Line, Menu, Office, PlanRows, PromptRow, Region,
    RegionCode, Zip, ZipRange, ZipSpan,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::roster::{self, Ground};

/// A seed file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("seeds/{file}, line {line}: {reason}")]
pub struct SeedProblem {
    /// The file, below `seeds/`.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// A file of `seeds/`.
#[derive(Clone, Copy)]
struct Seed {
    file: &'static str,
    text: &'static str,
}

macro_rules! seed {
    ($file:literal) => {
        Seed {
            file: $file,
            text: include_str!(concat!("../../../seeds/", $file)),
        }
    };
}

const OFFICES: [(&str, Seed); 3] = [
    ("senators", seed!("senators.csv")),
    ("delegates", seed!("delegates.csv")),
    ("planets", seed!("planets.csv")),
];

const PROMPTS: [(Language, Seed); 3] = [
    (Language::English, seed!("prompts/en.json")),
    (Language::Spanish, seed!("prompts/es.json")),
    (Language::Japanese, seed!("prompts/ja.json")),
];

/// Every row of the seeds.
///
/// # Errors
/// The first line that cannot be read, which the tests keep from reaching anybody.
pub fn rows() -> Result<PlanRows, SeedProblem> {
    let regions: Vec<Region> = seed!("states.csv").rows()?;
    let known: BTreeMap<RegionCode, Region> = regions
        .iter()
        .map(|region| (region.code.clone(), region.clone()))
        .collect();
    let mut offices = Vec::new();
    for (directory, seed) in OFFICES {
        offices.extend(seed.offices(directory, &known)?);
    }
    Ok(PlanRows {
        lines: seed!("lines.json").json::<Vec<Line>>()?,
        directories: seed!("directories.json").json::<Vec<Directory>>()?,
        offices,
        regions,
        zip_ranges: seed!("zip_ranges.csv").rows::<ZipRange>()?,
        zip_spans: zip_spans()?,
        area_codes: seed!("area_codes.csv").rows::<AreaCode>()?,
        menus: seed!("menus.json").json::<Vec<Menu>>()?,
        past_menus: Vec::new(),
        trials: Vec::new(),
        prompts: prompts()?,
    })
}

/// What this release says, as it came.
///
/// # Errors
/// The first line that cannot be read, which the tests keep from reaching anybody.
pub fn prompts() -> Result<Vec<PromptRow>, SeedProblem> {
    let mut prompts = Vec::new();
    for (language, seed) in PROMPTS {
        let texts: BTreeMap<String, String> = seed.json()?;
        prompts.extend(texts.into_iter().map(|(key, text)| PromptRow {
            line: None,
            language,
            key,
            text,
        }));
    }
    Ok(prompts)
}

/// A line of `zip_multistate.csv`.
#[derive(Deserialize)]
struct SpanLine {
    zip: Zip,
    region: RegionCode,
    /// Codes with a space between them.
    others: String,
    other_share: f64,
}

fn zip_spans() -> Result<Vec<ZipSpan>, SeedProblem> {
    let seed = seed!("zip_multistate.csv");
    let lines: Vec<SpanLine> = seed.rows()?;
    let mut spans = Vec::new();
    for (number, line) in (2..).zip(lines) {
        let others = line
            .others
            .split(' ')
            .map(RegionCode::parse)
            .collect::<Result<_, _>>()
            .map_err(|error| seed.problem(number, error.to_string()))?;
        let SpanLine {
            zip,
            region,
            other_share,
            ..
        } = line;
        spans.push(ZipSpan {
            zip,
            region,
            others,
            other_share,
        });
    }
    Ok(spans)
}

impl Seed {
    fn problem(self, line: u64, reason: String) -> SeedProblem {
        SeedProblem {
            file: self.file.to_owned(),
            line,
            reason,
        }
    }

    /// A CSV file whose columns are the fields of a type.
    fn rows<T: DeserializeOwned>(self) -> Result<Vec<T>, SeedProblem> {
        let mut reader = csv::Reader::from_reader(self.text.as_bytes());
        reader
            .deserialize()
            .map(|row| {
                row.map_err(|error| {
                    let line = error.position().map_or(1, csv::Position::line);
                    self.problem(line, error.to_string())
                })
            })
            .collect()
    }

    fn json<T: DeserializeOwned>(self) -> Result<T, SeedProblem> {
        serde_json::from_str(self.text).map_err(|error| {
            self.problem(u64::try_from(error.line()).unwrap_or(1), error.to_string())
        })
    }

    /// A directory's offices, in the form that `switchboard import` takes.
    fn offices(
        self,
        directory: &str,
        regions: &BTreeMap<RegionCode, Region>,
    ) -> Result<Vec<Office>, SeedProblem> {
        let directory =
            DirectoryId::parse(directory).map_err(|error| self.problem(1, error.to_string()))?;
        let ground = Ground {
            directory: &directory,
            regions,
        };
        roster::offices(self.text, ground).map_err(|bad| {
            let (line, reason) = bad
                .into_iter()
                .next()
                .map_or((1, String::new()), |bad| (bad.line, bad.reason));
            self.problem(line, reason)
        })
    }
}

#[cfg(test)]
mod tests;
