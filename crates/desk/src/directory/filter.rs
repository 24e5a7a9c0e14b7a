//! Which offices of a directory to show, in which order, and what is done with one of them meanwhile.

use serde::{Deserialize, Serialize};

/// What the address of a directory's page says; every field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DirectoryFilter {
    /// Words that all stand somewhere in the row.
    pub search: String,
    /// A word of [`OfficeSort`], after a hyphen when the last comes first.
    pub sort: String,
    /// From 1; 0 is read as 1.
    pub page: u32,
    /// The office that is being changed, by id.
    pub edit: String,
    /// An office is being added.
    pub add: bool,
    /// The change that was made a moment ago, by its version; 0 for none.
    pub done: i64,
}

/// What a directory's rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OfficeSort {
    /// Region and position, as callers meet them.
    #[default]
    Place,
    /// The name.
    Name,
    /// The first number.
    Number,
    /// The day the term ends.
    TermEnd,
}

impl OfficeSort {
    /// Every order there is.
    pub const ALL: [Self; 4] = [Self::Place, Self::Name, Self::Number, Self::TermEnd];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Name => "name",
            Self::Number => "number",
            Self::TermEnd => "term",
        }
    }
}

impl DirectoryFilter {
    /// Reads it from the fields of an address; the last of several wins, unknown ones are ignored.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                "search" => filter.search = value.to_owned(),
                "sort" => filter.sort = value.to_owned(),
                "page" => filter.page = value.parse().unwrap_or(1).max(1),
                "edit" => filter.edit = value.to_owned(),
                "add" => filter.add = !value.is_empty(),
                "done" => filter.done = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        filter
    }

    /// The fields that say something, by their names in an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let said = |is_said: bool, value: String| if is_said { value } else { String::new() };
        [
            ("search", self.search.clone()),
            ("sort", self.sort.clone()),
            ("page", said(self.page > 1, self.page.to_string())),
            ("edit", self.edit.clone()),
            ("add", said(self.add, "yes".to_owned())),
            ("done", said(self.done > 0, self.done.to_string())),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// What the rows are sorted by, and whether the last comes first.
    #[must_use]
    pub fn order(&self) -> (OfficeSort, bool) {
        let (word, is_reversed) = match self.sort.strip_prefix('-') {
            Some(word) => (word, true),
            None => (self.sort.as_str(), false),
        };
        let sort = OfficeSort::ALL.into_iter().find(|sort| sort.word() == word);
        (sort.unwrap_or_default(), is_reversed)
    }

    /// The same rows with nothing being done to any of them.
    #[must_use]
    pub fn at_rest(&self) -> Self {
        Self {
            edit: String::new(),
            add: false,
            done: 0,
            ..self.clone()
        }
    }

    /// The first page of the same rows sorted by something; a second time, the last comes first.
    #[must_use]
    pub fn sorted_by(&self, sort: OfficeSort) -> Self {
        let turns = self.order() == (sort, false);
        let hyphen = if turns { "-" } else { "" };
        Self {
            sort: format!("{hyphen}{}", sort.word()),
            page: 1,
            ..self.at_rest()
        }
    }

    /// Another page of the same rows.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self {
            page,
            ..self.at_rest()
        }
    }

    /// The same page while an office of it is changed.
    #[must_use]
    pub fn editing(&self, office: &str) -> Self {
        Self {
            edit: office.to_owned(),
            ..self.at_rest()
        }
    }

    /// The same page while an office is added.
    #[must_use]
    pub fn adding(&self) -> Self {
        Self {
            add: true,
            ..self.at_rest()
        }
    }

    /// The same page after a change was made.
    #[must_use]
    pub fn after(&self, change: i64) -> Self {
        Self {
            done: change,
            ..self.at_rest()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_it_all() {
        let filter = DirectoryFilter {
            search: "ann (202)".to_owned(),
            sort: "-name".to_owned(),
            page: 3,
            edit: "A000001".to_owned(),
            add: false,
            done: 0,
        };

        let pairs = filter.pairs();
        let read =
            DirectoryFilter::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));

        assert_eq!(read, filter);
        assert_eq!(read.order(), (OfficeSort::Name, true));
    }

    #[test]
    fn a_column_turns_round_the_second_time() {
        let once = DirectoryFilter::default().sorted_by(OfficeSort::Name);
        let twice = once.sorted_by(OfficeSort::Name);

        assert_eq!((once.sort.as_str(), twice.sort.as_str()), ("name", "-name"));
        assert_eq!(twice.sorted_by(OfficeSort::Name).sort, "name");
        assert_eq!(
            DirectoryFilter::default().sorted_by(OfficeSort::Place).sort,
            "-place"
        );
    }
}
