//! What was changed in a directory, by whom and when, as people read it.

use serde::{Deserialize, Serialize};

use super::{DirectoryHead, Pages};

/// One page of a directory's changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryHistory {
    /// The directory.
    pub head: DirectoryHead,
    /// Its changes, latest first.
    pub changes: Vec<ChangeView>,
    /// Which page of them.
    pub pages: Pages,
}

/// A change of a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Its version.
    pub version: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Who did it.
    pub by: String,
    /// What was done, as a sentence.
    pub words: String,
    /// What it did to offices, one by one; few of them where it did much.
    pub offices: Vec<OfficeChangeView>,
    /// How many offices it touched.
    pub touched: u64,
    /// It was taken back since.
    pub is_undone: bool,
    /// It can be asked to be taken back.
    pub can_be_undone: bool,
}

/// What a change did to an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeChangeView {
    /// The office's id.
    pub id: String,
    /// Added, changed or removed, and which office, as people name it.
    pub words: String,
    /// What changed of one that stayed.
    pub fields: Vec<FieldChange>,
}

/// One particular of an office, before and after; empty means that there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What it is called.
    pub field: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl FieldChange {
    /// The change in words: `phone: +1 (202) 224-0001, was +1 (202) 224-0002`.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.before.as_str(), self.after.as_str()) {
            ("", after) => format!("{}: {after}, was empty", self.field),
            (before, "") => format!("{}: empty, was {before}", self.field),
            (before, after) => format!("{}: {after}, was {before}", self.field),
        }
    }
}
