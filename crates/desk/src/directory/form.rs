//! What admins send: an office, a directory, what to undo, which file to take.

use serde::{Deserialize, Serialize};

use super::{DirectoryFilter, FURTHER_NUMBERS};

/// An office as the form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeForm {
    /// The directory's id.
    pub directory: String,
    /// The office that is changed, by id; empty for one that is added.
    pub office: String,
    /// The row's version as it was shown.
    pub version: i64,
    /// The id of an office that is added; empty for one made from the name.
    pub id: String,
    /// A region's code.
    pub region: String,
    /// Its place; empty for the next free one.
    pub position: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its first number.
    pub phone: String,
    /// Its second number.
    pub phone_2: String,
    /// Its third number.
    pub phone_3: String,
    /// Its fourth number.
    pub phone_4: String,
    /// When its term ends.
    pub term_end: String,
    /// When it is open.
    pub hours: String,
    /// By which clock.
    pub time_zone: String,
    /// When the second number is open, where it keeps hours of its own.
    pub hours_2: String,
    /// By which clock; the office's where nothing is said.
    pub time_zone_2: String,
    /// When the third number is open.
    pub hours_3: String,
    /// By which clock.
    pub time_zone_3: String,
    /// When the fourth number is open.
    pub hours_4: String,
    /// By which clock.
    pub time_zone_4: String,
    /// What the table was searched for.
    pub search: String,
    /// How it was sorted.
    pub sort: String,
    /// Which page of it was shown.
    pub page: u32,
}

/// A further number of an office as the form holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurtherNumber<'a> {
    /// What the names of its fields end in, such as `_2`.
    pub suffix: &'static str,
    /// The number.
    pub phone: &'a str,
    /// When it is open; as the office where nothing is said.
    pub hours: &'a str,
    /// By which clock; by the office's where nothing is said.
    pub time_zone: &'a str,
}

impl OfficeForm {
    /// The further numbers, in the order in which they are called.
    #[must_use]
    pub fn further(&self) -> [FurtherNumber<'_>; FURTHER_NUMBERS] {
        [
            ("_2", &self.phone_2, &self.hours_2, &self.time_zone_2),
            ("_3", &self.phone_3, &self.hours_3, &self.time_zone_3),
            ("_4", &self.phone_4, &self.hours_4, &self.time_zone_4),
        ]
        .map(|(suffix, phone, hours, time_zone)| FurtherNumber {
            suffix,
            phone,
            hours,
            time_zone,
        })
    }

    /// The table that the form stood in.
    #[must_use]
    pub fn table(&self) -> DirectoryFilter {
        table(&self.search, &self.sort, self.page)
    }
}

/// An office that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveForm {
    /// The directory's id.
    pub directory: String,
    /// The office's id.
    pub office: String,
    /// The row's version as it was shown.
    pub version: i64,
    /// What the table was searched for.
    pub search: String,
    /// How it was sorted.
    pub sort: String,
    /// Which page of it was shown.
    pub page: u32,
}

impl RemoveForm {
    /// The table that the form stood in.
    #[must_use]
    pub fn table(&self) -> DirectoryFilter {
        table(&self.search, &self.sort, self.page)
    }
}

fn table(search: &str, sort: &str, page: u32) -> DirectoryFilter {
    DirectoryFilter {
        search: search.to_owned(),
        sort: sort.to_owned(),
        page: page.max(1),
        ..DirectoryFilter::default()
    }
}

/// A directory that is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewDirectoryForm {
    /// Its name.
    pub name: String,
    /// Its id; empty for one made from the name.
    pub id: String,
    /// A word of [`exchange::DirectoryShape`].
    pub shape: String,
}

/// Another name for a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RenameForm {
    /// The directory's id, which stays.
    pub directory: String,
    /// The name.
    pub name: String,
}

/// A directory that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeleteDirectoryForm {
    /// Its id.
    pub directory: String,
}

/// A change that is to be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    /// The directory's id.
    pub directory: String,
    /// The change, by its version.
    pub change: i64,
    /// What it did to one office alone, by that one's id; empty for all that it did.
    pub office: String,
}

/// A file that was looked through and is to count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// The directory's id.
    pub directory: String,
    /// The file's id.
    pub upload: String,
    /// The plan's version as the file was looked through.
    pub version: i64,
}
