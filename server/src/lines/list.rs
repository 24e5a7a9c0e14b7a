//! All lines, each with what an admin looks for first.

use std::collections::BTreeMap;

use desk::DeskError;
use desk::lines::LineRow;
use exchange::{Directory, DirectoryId, Line, LineKind, Moment, PhoneNumber, PlanRows, WallClocks};

use super::{Known, broken};
use crate::civil;
use crate::state::AppState;

/// Every line, by number; those without one come last.
pub(crate) async fn list(state: &AppState) -> Result<Vec<LineRow>, DeskError> {
    let known = Known::read(state).await?;
    let around = Around::of(state).await?;
    let mut lines: Vec<&Line> = known.rows.lines.iter().collect();
    lines.sort_by_key(|line| (line.number.is_none(), &line.number, &line.id));
    Ok(lines
        .into_iter()
        .map(|line| around.row(line, &known.rows))
        .collect())
}

/// What a row says beyond the line itself.
pub(super) struct Around {
    calls: BTreeMap<String, u64>,
    changes: BTreeMap<String, (Moment, String)>,
    now: Moment,
}

impl Around {
    pub(super) async fn of(state: &AppState) -> Result<Self, DeskError> {
        let changes = state.store.line_changes().await;
        Ok(Self {
            calls: super::live_calls(state).await?,
            changes: changes.map_err(|error| broken("read when lines changed", &error))?,
            now: state.clock.now(),
        })
    }

    pub(super) fn row(&self, line: &Line, rows: &PlanRows) -> LineRow {
        let id = line.id.as_str();
        let (changed_ms, changed_by) = match self.changes.get(id) {
            Some((at, by)) => (Some(at.0), by.clone()),
            None => (None, String::new()),
        };
        LineRow {
            id: id.to_owned(),
            name: line.name.clone(),
            number: line
                .number
                .as_ref()
                .map_or_else(String::new, PhoneNumber::formatted),
            kind: kind(&line.kind).to_owned(),
            leads: leads(&line.kind, rows),
            language: line.language.name().to_owned(),
            is_open: self.is_open(line),
            calls: self.calls.get(id).copied().unwrap_or(0),
            changed_ms,
            changed_by,
        }
    }

    fn is_open(&self, line: &Line) -> Option<bool> {
        let zone = &line.hours.as_ref()?.zone;
        let civil = civil::civil(zone, self.now)?;
        Some(line.is_open(&WallClocks::from([(zone.clone(), civil)])))
    }
}

/// A kind as forms name it.
pub(super) const fn kind(kind: &LineKind) -> &'static str {
    match kind {
        LineKind::Forward { .. } => "forward",
        LineKind::Menu { .. } => "menu",
        LineKind::Support(_) => "support",
        LineKind::Conference(_) => "conference",
    }
}

/// Where a line leads its callers.
fn leads(kind: &LineKind, rows: &PlanRows) -> String {
    match kind {
        LineKind::Forward { directory, instead } => {
            let first = named(&rows.directories, directory);
            match instead {
                Some(instead) => format!("{first}, else {}", named(&rows.directories, instead)),
                None => first,
            }
        }
        LineKind::Menu { menu } => {
            let found = rows.menus.iter().find(|one| one.id == *menu);
            found.map_or_else(|| menu.to_string(), |menu| menu.name.clone())
        }
        LineKind::Support(settings) => format!("the team {}", settings.team),
        LineKind::Conference(settings) => {
            let rooms: Vec<&str> = settings.rooms.iter().map(|room| &*room.name).collect();
            rooms.join(", ")
        }
    }
}

pub(super) fn named(directories: &[Directory], id: &DirectoryId) -> String {
    let found = directories.iter().find(|directory| directory.id == *id);
    found.map_or_else(|| id.to_string(), |directory| directory.name.clone())
}
