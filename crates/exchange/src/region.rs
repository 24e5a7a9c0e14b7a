//! Regions, and the ways to find out which one a caller belongs to.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::RegionCode;

/// A state, district, territory or province, and what to do with its callers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its code, as carriers report it.
    pub code: RegionCode,
    /// Its name, in English.
    pub name: String,
    /// What it is: `state`, `district`, `territory`, `military`, `associated`, `province`.
    pub kind: String,
    /// The country it belongs to, two letters.
    pub country: String,
    /// What a caller from there is told.
    pub action: RegionAction,
    /// Where most of its people live, as an IANA time zone.
    pub time_zone: Option<String>,
}

/// What is done for a caller from a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionAction {
    /// The region has offices: connect.
    Connect,
    /// The region has no senators; its delegate is offered.
    NoSenators,
    /// A military mail code: the ZIP code of the home address decides.
    AskHomeZip,
    /// Uses ZIP codes and is not part of the United States.
    NoCongress,
    /// Elsewhere: only a ZIP code can tell.
    AskZip,
}

/// A ZIP code: five digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zip(String);

impl Zip {
    /// Takes exactly five digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    /// The five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Zip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Zip {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no ZIP code: it takes five digits"))
    }
}

impl From<Zip> for String {
    fn from(zip: Zip) -> Self {
        zip.0
    }
}

/// A run of ZIP codes that belong to one region, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZipRange {
    /// The lowest code.
    pub first: Zip,
    /// The highest code.
    pub last: Zip,
    /// Whose they are.
    pub region: RegionCode,
}

/// A ZIP code whose people live in more than one region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZipSpan {
    /// The code.
    pub zip: Zip,
    /// Where its mail goes.
    pub region: RegionCode,
    /// Where its other people live.
    pub others: Vec<RegionCode>,
    /// How many of its people live there, from 0 to 1.
    pub other_share: f64,
}

impl ZipSpan {
    /// Whether enough people live across the border to ask which side the caller is on.
    #[must_use]
    pub fn is_worth_asking(&self) -> bool {
        self.other_share >= 0.01
    }
}

/// An area code of the North American plan and where its numbers were issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaCode {
    /// Three digits.
    pub code: String,
    /// The region.
    pub region: RegionCode,
    /// Its country, two letters.
    pub country: String,
}
