//! Calls as the pages list, filter and explain them.

use exchange::{Outcome, Visit, VisitOutcome};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::times;
use crate::tone::Tone;

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
                    "Write the day as year-month-day, like 2026-11-20.",
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
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
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

/// One page of a list of calls, and what the list can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPage {
    /// The calls of this page, latest first.
    pub rows: Vec<CallRow>,
    /// Every line: its id and name.
    pub lines: Vec<(String, String)>,
    /// Every outcome's word.
    pub outcomes: Vec<String>,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many rows a full page has.
    pub per_page: u32,
    /// How many calls match on all pages.
    pub total: u64,
}

impl CallPage {
    /// The number of the last page, at least 1.
    #[must_use]
    pub fn last(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.per_page.max(1))))
            .unwrap_or(u32::MAX)
            .max(1)
    }

    /// The page before this one; from beyond the end, the last.
    #[must_use]
    pub fn previous(&self) -> Option<u32> {
        (self.page > 1).then(|| (self.page - 1).min(self.last()))
    }

    /// The page after this one.
    #[must_use]
    pub fn next(&self) -> Option<u32> {
        (self.page < self.last()).then(|| self.page.max(1) + 1)
    }

    /// The first and last row of this page, counted from 1 over all pages; `None` when it has no rows.
    #[must_use]
    pub fn shown(&self) -> Option<(u64, u64)> {
        let before = offset(self.page, self.per_page);
        let here = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        (here > 0).then_some((before + 1, before.saturating_add(here)))
    }
}

/// One call in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRow {
    /// The carrier's id of the call: "CA" and 32 hexadecimal digits.
    pub sid: String,
    /// The id of the line that was called.
    pub line: String,
    /// That line's name.
    pub line_name: String,
    /// Who called, for people.
    pub caller: String,
    /// Where from, as the carrier reported it, for people; may be empty.
    pub place: String,
    /// When the call came in, in milliseconds since 1970 UTC.
    pub started_ms: i64,
    /// When it ended; `None` while it goes on.
    pub ended_ms: Option<i64>,
    /// How it ended, as the word the filter knows; `None` while it goes on.
    pub outcome: Option<String>,
    /// How it stands or ended, as a sentence for people.
    pub outcome_text: String,
}

impl CallRow {
    /// How long the call took, in milliseconds; `None` while it goes on.
    #[must_use]
    pub fn length_ms(&self) -> Option<i64> {
        self.ended_ms
            .map(|ended| ended.saturating_sub(self.started_ms).max(0))
    }

    /// How the call's state is to be taken.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match &self.outcome {
            None => Tone::Live,
            Some(word) => Outcome::parse(word).map_or(Tone::Unknown, Tone::of),
        }
    }
}

/// One office that a call was led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeLine {
    /// Whose office, for people.
    pub name: String,
    /// Its number, for people.
    pub number: String,
    /// What came of it, for people.
    pub outcome: String,
    /// How that is to be taken.
    pub tone: Tone,
}

impl From<&Visit> for OfficeLine {
    fn from(visit: &Visit) -> Self {
        let outcome = visit
            .outcome
            .as_ref()
            .map_or_else(|| "on the line".to_owned(), VisitOutcome::sentence);
        Self {
            name: visit.name.clone(),
            number: visit.number.formatted(),
            outcome,
            tone: Tone::of_visit(visit.outcome.as_ref()),
        }
    }
}

/// One step of a call, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What happened, each line a plain sentence.
    pub lines: Vec<String>,
    /// What set it off: a webhook's method and path, or what we did.
    pub event: String,
    /// The webhook's parameters in the order they came; empty when it was none.
    pub request: Vec<(String, String)>,
    /// The TwiML that answered, if there was an answer.
    pub document: Option<String>,
}

/// One call, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallStory {
    /// The call as a list shows it.
    pub call: CallRow,
    /// The offices it was led to, in order.
    pub offices: Vec<OfficeLine>,
    /// Its journal, earliest first.
    pub entries: Vec<StoryEntry>,
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
    fn pages_lead_to_their_neighbours_and_no_further() {
        let cases = [
            ((1, 0, 0), (1, None, None, None)),
            ((1, 50, 50), (1, None, None, Some((1, 50)))),
            ((1, 50, 51), (2, None, Some(2), Some((1, 50)))),
            ((2, 1, 51), (2, Some(1), None, Some((51, 51)))),
            ((9, 0, 51), (2, Some(2), None, None)),
        ];

        for ((page, rows, total), expected) in cases {
            let list = CallPage {
                rows: vec![CallRow::default(); rows],
                page,
                per_page: 50,
                total,
                ..CallPage::default()
            };

            assert_eq!(
                (list.last(), list.previous(), list.next(), list.shown()),
                expected,
                "page {page} of {total}"
            );
        }
    }

    #[test]
    fn a_call_that_goes_on_has_no_length() {
        let ended = CallRow {
            started_ms: 1_000,
            ended_ms: Some(4_000),
            ..CallRow::default()
        };
        let open = CallRow {
            ended_ms: None,
            ..ended.clone()
        };

        assert_eq!(open.tone(), Tone::Live);
        assert_eq!((ended.length_ms(), open.length_ms()), (Some(3_000), None));
    }
}
