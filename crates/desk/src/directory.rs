//! Directories as admins look at them: the list of all, and one as a table.

mod filter;
mod form;
mod history;
mod import;

use serde::{Deserialize, Serialize};

use crate::filter::offset;

pub use filter::{DirectoryFilter, OfficeSort};
pub use form::{
    ConfirmForm, DeleteDirectoryForm, FurtherNumber, NewDirectoryForm, OfficeForm, RemoveForm,
    RenameForm, UndoForm,
};
pub use history::{ChangeView, DirectoryHistory, FieldChange, OfficeChangeView};
pub use import::{ImportLine, ImportView};

/// How many further numbers an office may have beside its first.
pub const FURTHER_NUMBERS: usize = 3;

/// A directory in the list of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryRow {
    /// What it is.
    pub head: DirectoryHead,
    /// How many offices it has.
    pub offices: u64,
    /// When it last changed, in milliseconds since 1970 UTC.
    pub changed_ms: Option<i64>,
    /// Who changed it.
    pub changed_by: String,
    /// The names of the lines whose callers it serves.
    pub lines: Vec<String>,
}

/// What a directory is, whatever stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryHead {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its rows come from.
    pub source: String,
    /// The day they were true, `yyyy-mm-dd`; empty where that has no meaning.
    pub as_of: String,
    /// How many days ago that was.
    pub age_days: Option<i64>,
    /// Its offices serve regions; else it is a list.
    pub by_region: bool,
}

impl DirectoryHead {
    /// Where its rows come from and how old they are, for people.
    #[must_use]
    pub fn origin(&self) -> String {
        let source = if self.source.is_empty() {
            "entered here"
        } else {
            &self.source
        };
        match self.age_days {
            None => source.to_owned(),
            Some(..=0) => format!("{source}, of today"),
            Some(1) => format!("{source}, of yesterday"),
            Some(days) => format!("{source}, {} days old", crate::grouped(days.unsigned_abs())),
        }
    }
}

/// Which part of many rows is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// Which page this is, from 1.
    pub page: u32,
    /// How many rows a full page has.
    pub per_page: u32,
    /// How many rows there are on all pages.
    pub total: u64,
}

impl Pages {
    /// The number of the last page, at least 1.
    #[must_use]
    pub fn last(self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.per_page.max(1))))
            .unwrap_or(u32::MAX)
            .max(1)
    }

    /// How many rows come before this page.
    #[must_use]
    pub fn offset(self) -> u64 {
        offset(self.page, self.per_page)
    }

    /// The page before this one; from beyond the end, the last.
    #[must_use]
    pub fn previous(self) -> Option<u32> {
        (self.page > 1).then(|| (self.page - 1).min(self.last()))
    }

    /// The page after this one.
    #[must_use]
    pub fn next(self) -> Option<u32> {
        (self.page < self.last()).then(|| self.page.max(1) + 1)
    }
}

/// One page of a directory's table, and what belongs around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryView {
    /// What it is.
    pub head: DirectoryHead,
    /// The names of the lines whose callers it serves.
    pub lines: Vec<String>,
    /// The rows of this page.
    pub rows: Vec<OfficeRow>,
    /// Which page of those that were found.
    pub pages: Pages,
    /// How many offices it has, found or not.
    pub total: u64,
    /// What somebody should look at, in whole sentences.
    pub warnings: Vec<String>,
    /// How many warnings there are beside these.
    pub more_warnings: u64,
    /// The regions there are, code and name, where the form needs them.
    pub regions: Vec<(String, String)>,
    /// The office that is being changed, or the one that is to be added.
    pub form: Option<OfficeForm>,
    /// What was done a moment ago.
    pub done: Option<ChangeView>,
}

/// An office in a directory's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRow {
    /// Its id.
    pub id: String,
    /// The code of its region; empty in a list.
    pub region: String,
    /// The region's name.
    pub region_name: String,
    /// Its place in its region; in a list, its key.
    pub position: u16,
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its numbers for people, in the order in which they are called.
    pub numbers: Vec<String>,
    /// When its term ends, as its source writes it; may be empty.
    pub term_end: String,
    /// When it is open, as it was written down; may be empty.
    pub hours: String,
    /// Whether it is open at this moment, where that is known.
    pub is_open: Option<bool>,
    /// What somebody should look at.
    pub warnings: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_where_it_comes_from_and_how_old_it_is() {
        for (source, age_days, words) in [
            ("", None, "entered here"),
            ("written for this project", None, "written for this project"),
            ("senators.csv", Some(0), "senators.csv, of today"),
            ("senators.csv", Some(1), "senators.csv, of yesterday"),
            ("senators.csv", Some(1_234), "senators.csv, 1,234 days old"),
        ] {
            let head = DirectoryHead {
                source: source.to_owned(),
                age_days,
                ..DirectoryHead::default()
            };

            assert_eq!(head.origin(), words);
        }
    }

    #[test]
    fn pages_lead_to_each_other_and_end() {
        let page = |page| Pages {
            page,
            per_page: 100,
            total: 250,
        };

        assert_eq!((page(1).previous(), page(1).next()), (None, Some(2)));
        assert_eq!((page(3).previous(), page(3).next()), (Some(2), None));
        assert_eq!((page(9).previous(), page(9).next()), (Some(3), None));
        assert_eq!(Pages::default().last(), 1);
    }
}
