//! The floor as people see it: who takes calls, who waits, and what is left to do.

mod change;
mod chart;
mod day;
mod inbox;
mod mine;
mod standing;
mod wrap_up;

use serde::{Deserialize, Serialize};

use crate::OwnNumber;

pub use change::{FloorChange, FloorNews, FloorPart};
pub use chart::{Scale, hour_span};
pub use day::{CallFact, DayView, HourCount, IN_TIME_S, LineDay, Met, count_day};
pub use inbox::{InboxItem, InboxWhat, TickedOff};
pub use mine::{
    CallState, CallerView, Doing, EarlierCall, HoldState, MyCall, MyDesk, RecentCall, Rung,
    StatusChoice, WrappingUp, chosen, status_choices,
};
pub use standing::StandingView;
pub use wrap_up::{Disposition, WrapUpForm, WrapUpWords};

/// How the floor stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Its number: each picture's is greater than the one before.
    pub number: u64,
    /// What time it was when it was taken, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// Everybody who takes calls, by name.
    pub agents: Vec<AgentRow>,
    /// Every support line, in the order of the plan.
    pub lines: Vec<LineNow>,
    /// Who waits for an agent, whoever is served first first.
    pub queue: Vec<WaitingRow>,
    /// How many callers talk with an agent.
    pub talking: u32,
    /// How many messages nobody has seen to.
    pub voicemails: u32,
    /// How many callers wish to be called back.
    pub callbacks: u32,
    /// Why agents who are free are not rung, as a sentence: the account bears no further call.
    pub guard: Option<String>,
    /// Why nobody more can be brought into a call, as a sentence: the account bears no further leg.
    #[serde(default)]
    pub full: Option<String>,
    /// Every line on whose number agents may call out; those that they answer first.
    #[serde(default)]
    pub calls_out: Vec<OwnNumber>,
}

/// Somebody who takes calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRow {
    /// Their user name.
    pub user: String,
    /// Their name.
    pub name: String,
    /// The teams whose calls they take.
    pub teams: Vec<String>,
    /// How they stand.
    pub standing: StandingView,
    /// What they are busy with, where it is a call.
    pub call: Option<AgentCall>,
    /// What they will be after the call, for people; nothing where they stay what they are.
    #[serde(default)]
    pub next: Option<String>,
}

/// The call that somebody is busy with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentCall {
    /// Its CallSid.
    pub sid: String,
    /// With whom, for people.
    pub other: String,
    /// On which line, by its name.
    pub line_name: String,
    /// Since when they ask for help in it.
    #[serde(default)]
    pub help_since_ms: Option<i64>,
}

/// A support line at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNow {
    /// Its id.
    pub line: String,
    /// Its name.
    pub name: String,
    /// Whose agents answer it.
    pub team: String,
    /// How many wait.
    pub waiting: u32,
    /// Since when the one has waited who has waited longest.
    pub longest_since_ms: Option<i64>,
    /// How many talk with an agent.
    pub talking: u32,
    /// How many of its agents a call of the line could ring at: they are free, and speak its language.
    pub free: u32,
    /// The line's language, where agents of its team are free and none of them speaks it.
    #[serde(default)]
    pub unspoken: Option<String>,
}

/// A caller who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingRow {
    /// The call.
    pub call: String,
    /// Who waits.
    pub caller: CallerView,
    /// On which line, by its id.
    pub line: String,
    /// That line's name.
    pub line_name: String,
    /// Since when.
    pub since_ms: i64,
    /// Whether they come before others: somebody was talking with them already.
    pub is_first: bool,
    /// The name of whoever is being rung for them.
    pub rings_at: Option<String>,
}

/// What the board shows as it is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    /// The floor.
    pub floor: Floor,
    /// What the day has brought.
    pub day: DayView,
}

/// What the console shows as it is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleView {
    /// The floor.
    pub floor: Floor,
    /// What concerns whoever looks.
    pub mine: MyDesk,
    /// What callers left for their teams.
    pub inbox: Vec<InboxItem>,
}

impl Floor {
    /// How long the one has waited who has waited longest, in milliseconds; nobody waits, nothing.
    #[must_use]
    pub fn longest_wait_ms(&self, now_ms: i64) -> Option<i64> {
        let since = self.queue.iter().map(|row| row.since_ms).min()?;
        Some(now_ms.saturating_sub(since).max(0))
    }

    /// How many agents a call could ring at.
    #[must_use]
    pub fn free(&self) -> usize {
        let rows = self.agents.iter();
        rows.filter(|row| row.standing.word == "available").count()
    }

    /// The row of somebody.
    #[must_use]
    pub fn agent(&self, user: &str) -> Option<&AgentRow> {
        self.agents.iter().find(|row| row.user == user)
    }

    /// How the queue stands, as a sentence.
    #[must_use]
    pub fn queue_text(&self) -> String {
        match self.queue.len() {
            0 => "Nobody waits.".to_owned(),
            1 => "1 caller waits.".to_owned(),
            many => format!("{many} callers wait."),
        }
    }
}

impl Floor {
    /// How many agents stand how, the most first: `Available 2 · On call 1`.
    #[must_use]
    pub fn agents_text(&self) -> String {
        let mut labels: Vec<(&str, usize)> = Vec::new();
        for row in &self.agents {
            let label = row.standing.label.as_str();
            match labels.iter_mut().find(|(known, _)| *known == label) {
                Some((_, count)) => *count += 1,
                None => labels.push((label, 1)),
            }
        }
        if labels.is_empty() {
            return "Nobody takes calls.".to_owned();
        }
        labels.sort_by_key(|(label, count)| (std::cmp::Reverse(*count), *label));
        let parts = labels.iter();
        let parts = parts.map(|(label, count)| format!("{label} {count}"));
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// What callers left that nobody has seen to, for people: `2 messages, 1 callback`.
    #[must_use]
    pub fn left_text(&self) -> Option<String> {
        let one = |count: u32, what: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            many => Some(format!("{many} {what}s")),
        };
        let parts = [
            one(self.voicemails, "message"),
            one(self.callbacks, "callback"),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl AgentRow {
    /// What they can be freed from, as it follows `Free from`; nothing where they are not busy.
    #[must_use]
    pub fn stuck_in(&self) -> Option<&'static str> {
        match self.standing.word.as_str() {
            "ringing" => Some("ringing"),
            "on-call" => Some("the call"),
            "wrap-up" => Some("wrap-up"),
            "not-responding" => Some("not responding"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
