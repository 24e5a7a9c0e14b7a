//! Which calls to list: what a form sends, and what it means.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::times;

/// Which calls to list, as the form sends it; every field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallFilter {
    /// Part of the caller's number, however punctuated, or of a CallSid.
    pub search: String,
    /// A line's id.
    pub line: String,
    /// An outcome's word.
    pub outcome: String,
    /// First day, `yyyy-mm-dd`, in UTC.
    pub from_day: String,
    /// Last day, `yyyy-mm-dd`, in UTC; it belongs to what is listed.
    pub to_day: String,
    /// From 1; 0 is read as 1.
    pub page: u32,
}

/// What a search looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Digits that are part of a number, or of a CallSid.
    Digits(String),
    /// Part of a CallSid, or of a caller who has no number.
    Text(String),
}

/// A [`CallFilter`] whose fields are known to mean something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallQuery {
    /// What is looked for, or everything.
    pub search: Option<Search>,
    /// The line's id, or any line.
    pub line: Option<String>,
    /// The outcome's word, or any outcome.
    pub outcome: Option<String>,
    /// Calls that started at this instant or later, in milliseconds since 1970 UTC.
    pub from_ms: Option<i64>,
    /// Calls that started before this instant, in milliseconds since 1970 UTC.
    pub before_ms: Option<i64>,
    /// From 1.
    pub page: u32,
}

impl CallFilter {
    /// Reads the filter from the fields of a form or query string; the last of several wins, unknown ones are ignored.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                "search" => filter.search = value.to_owned(),
                "line" => filter.line = value.to_owned(),
                "outcome" => filter.outcome = value.to_owned(),
                "from" => filter.from_day = value.to_owned(),
                "to" => filter.to_day = value.to_owned(),
                "page" => filter.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        filter
    }

    /// The fields of this filter that say something, by their names in the form.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        [
            ("search", self.search.clone()),
            ("line", self.line.clone()),
            ("outcome", self.outcome.clone()),
            ("from", self.from_day.clone()),
            ("to", self.to_day.clone()),
            ("page", page),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// Whether anything but the page is asked for.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(name, _)| *name != "page")
    }

    /// The same filter on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same filter with the fields that `errors` name left empty.
    #[must_use]
    pub fn without(&self, errors: &[FieldError]) -> Self {
        let refused = |field: &str| errors.iter().any(|error| error.field == field);
        let keep = |field: &str, value: &str| {
            if refused(field) {
                String::new()
            } else {
                value.to_owned()
            }
        };
        Self {
            from_day: keep("from", &self.from_day),
            to_day: keep("to", &self.to_day),
            ..self.clone()
        }
    }

    /// What the filter asks for.
    ///
    /// # Errors
    /// One for each field that means nothing: a day that is none, a last day before the first.
    pub fn query(&self) -> Result<CallQuery, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut bound = |field: &str, text: &str| match (text, times::day(text)) {
            ("", _) => None,
            (_, None) => {
                errors.push(FieldError::new(
                    field,
                    format!("“{text}” is no day. Write it as 2026-11-20."),
                ));
                None
            }
            (_, found) => found,
        };
        let from_ms = bound("from", &self.from_day).map(|(first, _)| first);
        let before_ms = bound("to", &self.to_day).map(|(_, after)| after);
        if let (Some(from), Some(before)) = (from_ms, before_ms)
            && from >= before
        {
            errors.push(FieldError::new("to", "The last day is before the first."));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let some = |text: &str| Some(writable(text)).filter(|text| !text.is_empty());
        Ok(CallQuery {
            search: Search::parse(&self.search),
            line: some(&self.line),
            outcome: some(&self.outcome),
            from_ms,
            before_ms,
            page: self.page.max(1),
        })
    }
}

impl Search {
    /// Reads what a person typed or pasted; `None` when that says nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = &writable(text);
        let text = text.trim();
        let is_number = text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '/' | ' '));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match (is_number, digits.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Self::Digits(digits)),
            (false, _) => Some(Self::Text(text.to_owned())),
        }
    }
}

/// How many rows come before `page` (from 1; 0 is read as 1) with `per_page` rows on each.
#[must_use]
pub fn offset(page: u32, per_page: u32) -> u64 {
    u64::from(page.max(1) - 1) * u64::from(per_page)
}

/// A text without what no database column holds.
fn writable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_from_the_form_and_written_back() {
        let pairs = [
            ("search", "202 224"),
            ("line", "senators"),
            ("outcome", "completed"),
            ("from", "2026-11-01"),
            ("to", "2026-11-20"),
            ("page", "3"),
        ];

        let filter = CallFilter::from_pairs(pairs);

        let written = filter.pairs();
        assert_eq!(
            written
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect::<Vec<_>>(),
            pairs
        );
    }

    #[test]
    fn unknown_fields_are_ignored_and_pages_that_are_none_are_the_first() {
        for page in ["0", "-1", "two", "", "99999999999"] {
            let filter = CallFilter::from_pairs([("colour", "red"), ("page", page)]);

            assert_eq!(
                filter,
                CallFilter {
                    page: 1,
                    ..CallFilter::default()
                },
                "{page}"
            );
        }
    }

    #[test]
    fn only_fields_that_say_something_narrow_a_list() {
        assert!(!CallFilter::from_pairs([("search", "  "), ("page", "2")]).is_narrowed());
        assert!(CallFilter::from_pairs([("line", "senators")]).is_narrowed());
    }

    #[test]
    fn days_become_bounds_that_hold_both_days() {
        let filter = CallFilter::from_pairs([("from", "1970-01-02"), ("to", "1970-01-02")]);

        let query = filter.query().unwrap();

        assert_eq!(
            (query.from_ms, query.before_ms),
            (Some(86_400_000), Some(2 * 86_400_000))
        );
    }

    #[test]
    fn bad_days_are_refused_at_their_fields_and_can_be_left_out() {
        let filter =
            CallFilter::from_pairs([("from", "soon"), ("to", "2026-02-30"), ("line", "senators")]);

        let errors = filter.query().unwrap_err();

        assert_eq!(
            errors
                .iter()
                .map(|error| error.field.as_str())
                .collect::<Vec<_>>(),
            ["from", "to"]
        );
        assert_eq!(
            filter.without(&errors),
            CallFilter::from_pairs([("line", "senators")])
        );
    }

    #[test]
    fn a_last_day_before_the_first_is_refused_at_the_last() {
        let errors = CallFilter::from_pairs([("from", "2026-11-20"), ("to", "2026-11-19")])
            .query()
            .unwrap_err();

        assert_eq!(
            errors,
            [FieldError::new("to", "The last day is before the first.")]
        );
    }

    #[test]
    fn searches_are_digits_text_or_nothing() {
        let cases = [
            ("", None),
            (" +() ", None),
            (
                "+1 (202) 224-6665",
                Some(Search::Digits("12022246665".to_owned())),
            ),
            ("ca12ab", Some(Search::Text("ca12ab".to_owned()))),
            (" ada ", Some(Search::Text("ada".to_owned()))),
        ];

        for (text, search) in cases {
            assert_eq!(Search::parse(text), search, "{text}");
        }
    }

    #[test]
    fn control_characters_are_not_looked_for() {
        let filter = CallFilter {
            search: "a\0b".to_owned(),
            line: "\0".to_owned(),
            ..CallFilter::default()
        };

        let query = filter.query().unwrap();

        assert_eq!(query.search, Some(Search::Text("ab".to_owned())));
        assert_eq!(query.line, None);
    }
}
