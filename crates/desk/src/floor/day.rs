//! What a day has brought on each support line: how many were answered in time, and how many gave up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A call that was answered within so many seconds was answered in time; one who gives up within as many is not
/// counted against the line.
pub const IN_TIME_S: i64 = 20;

/// What a day has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    /// Every support line, in the order of the plan. Its day begins at midnight in its own zone.
    pub lines: Vec<LineDay>,
}

/// What a day has brought on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDay {
    /// The line's id.
    pub line: String,
    /// Its name.
    pub name: String,
    /// The zone whose midnight began its day, by its IANA name.
    pub zone: String,
    /// How many called.
    pub calls: u32,
    /// How many an agent talked with.
    pub answered: u32,
    /// How many of them within [`IN_TIME_S`].
    pub answered_in_time: u32,
    /// How many gave up while they waited.
    pub abandoned: u32,
    /// How many of them after [`IN_TIME_S`].
    pub abandoned_late: u32,
    /// How many left a message, or asked to be called back.
    pub left_word: u32,
    /// The hours of the day, 0 to 23.
    pub hours: Vec<HourCount>,
}

/// What an hour has brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourCount {
    /// How many called.
    pub calls: u32,
    /// How many of them an agent talked with.
    pub answered: u32,
    /// How many of them gave up.
    pub abandoned: u32,
}

/// What counts of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallFact {
    /// The hour of the line's day in which it began, 0 to 23.
    pub hour: u8,
    /// What came of it.
    pub met: Met,
}

/// What a caller met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// An agent, after so many milliseconds.
    Agent(i64),
    /// Nobody: they gave up after so many milliseconds.
    NobodyInTime(i64),
    /// They left a message, or asked to be called back.
    LeftWord,
    /// Anything else, or nothing so far.
    Else,
}

impl DayView {
    /// What the day has brought on all lines together, without hours: theirs may be of different zones.
    #[must_use]
    pub fn total(&self) -> LineDay {
        self.lines
            .iter()
            .fold(LineDay::default(), |sum, line| LineDay {
                calls: sum.calls + line.calls,
                answered: sum.answered + line.answered,
                answered_in_time: sum.answered_in_time + line.answered_in_time,
                abandoned: sum.abandoned + line.abandoned,
                abandoned_late: sum.abandoned_late + line.abandoned_late,
                left_word: sum.left_word + line.left_word,
                ..sum
            })
    }
}

impl LineDay {
    /// How many in a hundred were answered in time, of those who were answered or gave up late; nothing while there are
    /// none.
    #[must_use]
    pub fn service_level(&self) -> Option<u32> {
        let all = self.answered + self.abandoned_late;
        (self.answered_in_time * 100).checked_div(all)
    }

    /// The most calls that an hour has brought: what a chart is scaled by.
    #[must_use]
    pub fn busiest(&self) -> u32 {
        self.hours.iter().map(|hour| hour.calls).max().unwrap_or(0)
    }

    /// The service level as a sentence.
    #[must_use]
    pub fn service_text(&self) -> String {
        match self.service_level() {
            None => "There is no service level yet.".to_owned(),
            Some(level) => format!("{level} % answered within {IN_TIME_S} s."),
        }
    }

    fn count(&mut self, fact: CallFact) {
        let in_time = IN_TIME_S * 1_000;
        self.hours.resize(24, HourCount::default());
        let mut none = HourCount::default();
        let hour = self
            .hours
            .get_mut(usize::from(fact.hour))
            .unwrap_or(&mut none);
        self.calls += 1;
        hour.calls += 1;
        match fact.met {
            Met::Agent(after) => {
                self.answered += 1;
                hour.answered += 1;
                self.answered_in_time += u32::from(after <= in_time);
            }
            Met::NobodyInTime(after) => {
                self.abandoned += 1;
                hour.abandoned += 1;
                self.abandoned_late += u32::from(after > in_time);
            }
            Met::LeftWord => self.left_word += 1,
            Met::Else => {}
        }
    }
}

/// Counts the calls of each line's day. `lines` are the rows to fill, by the line's id.
#[must_use]
pub fn count_day(lines: Vec<LineDay>, facts: &BTreeMap<String, Vec<CallFact>>) -> DayView {
    let lines = lines.into_iter().map(|mut line| {
        line.hours.resize(24, HourCount::default());
        for fact in facts.get(&line.line).into_iter().flatten() {
            line.count(*fact);
        }
        line
    });
    DayView {
        lines: lines.collect(),
    }
}
