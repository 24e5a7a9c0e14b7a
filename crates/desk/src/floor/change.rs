//! What a console is sent when the floor changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AgentRow, DayView, Floor, InboxItem, MyDesk};

/// What has changed for one viewer. What is not there is as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorNews {
    /// What time it was, in milliseconds since 1970 UTC.
    #[serde(default)]
    pub now_ms: i64,
    /// The floor.
    #[serde(default)]
    pub floor: Option<FloorPart>,
    /// What concerns the viewer.
    #[serde(default)]
    pub mine: Option<MyDesk>,
    /// What callers left for their teams.
    #[serde(default)]
    pub inbox: Option<Vec<InboxItem>>,
    /// What the day has brought; only for those who may see the board.
    #[serde(default)]
    pub day: Option<DayView>,
}

/// The floor, or what of it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorPart {
    /// All of it.
    Whole(Floor),
    /// What changed since another picture.
    Change(FloorChange),
}

/// What changed since a picture of the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorChange {
    /// The number of that picture.
    pub since: u64,
    /// Agents who came, or stand differently.
    pub agents: Vec<AgentRow>,
    /// The user names of agents who are there no more.
    pub gone: Vec<String>,
    /// The floor as it now stands, without its agents.
    pub rest: Floor,
}

impl FloorChange {
    /// What leads from one picture to another.
    #[must_use]
    pub fn between(before: &Floor, after: &Floor) -> Self {
        let rest = Floor {
            agents: Vec::new(),
            lines: after.lines.clone(),
            queue: after.queue.clone(),
            guard: after.guard.clone(),
            full: after.full.clone(),
            calls_out: after.calls_out.clone(),
            ..*after
        };
        let (was, is) = (rows(before), rows(after));
        Self {
            since: before.number,
            agents: is
                .iter()
                .filter(|(user, row)| was.get(*user) != Some(row))
                .map(|(_, row)| AgentRow::clone(row))
                .collect(),
            gone: was
                .keys()
                .filter(|user| !is.contains_key(*user))
                .map(|user| (*user).to_owned())
                .collect(),
            rest,
        }
    }
}

fn rows(floor: &Floor) -> BTreeMap<&str, &AgentRow> {
    let rows = floor.agents.iter();
    rows.map(|row| (row.user.as_str(), row)).collect()
}

impl Floor {
    /// Takes a part in. A change since a picture that this is not is left out.
    pub fn take(&mut self, part: FloorPart) {
        match part {
            FloorPart::Whole(floor) => *self = floor,
            FloorPart::Change(change) if change.since != self.number => {}
            FloorPart::Change(change) => {
                let mut agents = std::mem::take(&mut self.agents);
                agents.retain(|row| {
                    let is_replaced = change.agents.iter().any(|new| new.user == row.user);
                    !is_replaced && !change.gone.contains(&row.user)
                });
                agents.extend(change.agents);
                agents.sort_by(|a, b| (&a.name, &a.user).cmp(&(&b.name, &b.user)));
                *self = Self {
                    agents,
                    ..change.rest
                };
            }
        }
    }
}
