//! Calls as the pages list and explain them.

use exchange::Outcome;
use serde::{Deserialize, Serialize};

use crate::filter::offset;
use crate::tone::Tone;

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
    /// Who called, for people: "+1 (202) 555-0123", or "Called out by Ana".
    pub caller: String,
    /// The number that was called out to, for people; empty for a call that came in.
    pub called_out_to: String,
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
    /// The call as the title of its page.
    #[must_use]
    pub fn title(&self) -> String {
        if self.called_out_to.is_empty() {
            format!("Call of {}", self.caller)
        } else {
            format!("{} to {}", self.caller, self.called_out_to)
        }
    }

    /// What a list shows below who called: where from, or where to.
    #[must_use]
    pub fn aside(&self) -> String {
        if self.called_out_to.is_empty() {
            self.place.clone()
        } else {
            format!("to {}", self.called_out_to)
        }
    }

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
    fn a_call_is_told_by_where_it_came_from_or_went() {
        let came_in = CallRow {
            caller: "+1 (312) 555-0123".to_owned(),
            place: "Chicago, IL, US".to_owned(),
            ..CallRow::default()
        };
        let went_out = CallRow {
            caller: "Called out by Ana".to_owned(),
            called_out_to: "+1 (202) 224-6665".to_owned(),
            ..CallRow::default()
        };

        assert_eq!(
            (came_in.title(), came_in.aside()),
            (
                "Call of +1 (312) 555-0123".to_owned(),
                "Chicago, IL, US".to_owned()
            )
        );
        assert_eq!(
            (went_out.title(), went_out.aside()),
            (
                "Called out by Ana to +1 (202) 224-6665".to_owned(),
                "to +1 (202) 224-6665".to_owned()
            )
        );
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
