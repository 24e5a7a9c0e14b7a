//! Directories: the offices and places that lines connect callers to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DirectoryId, OfficeId, PhoneNumber, RegionCode};

/// A list of offices, by region or plain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// Its id.
    pub id: DirectoryId,
    /// Its name for people.
    pub name: String,
    /// Where its rows come from.
    pub source: String,
    /// The day its rows were true, `yyyy-mm-dd`; empty where that has no meaning.
    pub as_of: String,
}

/// How the offices of a directory stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryShape {
    /// Each serves a region.
    ByRegion,
    /// One after the other, each under a key.
    List,
}

impl DirectoryShape {
    /// Its word, as rows and forms write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ByRegion => "regions",
            Self::List => "list",
        }
    }

    /// The shape of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::ByRegion, Self::List]
            .into_iter()
            .find(|shape| shape.word() == word)
    }
}

/// Somebody a caller can be connected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The directory it stands in.
    pub directory: DirectoryId,
    /// Its id, unique in its directory.
    pub id: OfficeId,
    /// The region it serves; none in a plain list.
    pub region: Option<RegionCode>,
    /// Its place among the offices of its region, from 1; in a plain list, the key that reaches it.
    pub position: u16,
    /// Its name, as it is spoken.
    pub name: String,
    /// What it is: "Senator", "Delegate", "Planet".
    pub title: String,
    /// Its number.
    pub phone: PhoneNumber,
    /// Further columns of its source, kept as they came.
    pub details: BTreeMap<String, String>,
}

impl Office {
    /// The details that hold further numbers, in the order in which they are called after the first.
    pub const FURTHER: [&str; 3] = ["phone_2", "phone_3", "phone_4"];

    /// Its numbers, in the order in which they are called. A detail that is no number is passed over.
    pub fn numbers(&self) -> impl Iterator<Item = PhoneNumber> {
        let further = Self::FURTHER
            .into_iter()
            .filter_map(|key| self.details.get(key));
        std::iter::once(self.phone.clone())
            .chain(further.filter_map(|number| PhoneNumber::parse(number).ok()))
    }
}
