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
