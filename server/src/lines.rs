//! What admins do with lines: read field by field, held against the whole plan, and written.

mod circle;
mod list;
mod meanwhile;
mod read;
mod save;
mod show;
mod test_call;
mod words;

use std::collections::BTreeMap;

use desk::DeskError;
use exchange::{LONGEST_CALL_S, Line, LineId, PlanRows};
use store::PlanVersion;

use crate::chain::chain;
use crate::state::AppState;

pub(crate) use list::list;
pub(crate) use meanwhile::meanwhile;
pub(crate) use save::{remove, save, write};
pub(crate) use show::show;
pub(crate) use test_call::{call, state};

/// How often a change is decided again because somebody else changed the plan meanwhile.
pub(crate) const TRIES: u32 = 5;

/// The plan as it stands in the database.
pub(crate) struct Known {
    pub(crate) version: PlanVersion,
    pub(crate) rows: PlanRows,
}

impl Known {
    pub(crate) async fn read(state: &AppState) -> Result<Self, DeskError> {
        let plan = state.store.plan().await;
        let (version, rows) = plan.map_err(|error| broken("read the plan", &error))?;
        Ok(Self { version, rows })
    }

    pub(crate) fn line(&self, id: &LineId) -> Option<&Line> {
        self.rows.lines.iter().find(|line| line.id == *id)
    }
}

/// How many calls are on each line.
async fn live_calls(state: &AppState) -> Result<BTreeMap<String, u64>, DeskError> {
    let since = state.clock.now().plus_seconds(-LONGEST_CALL_S);
    let calls = state.store.live_calls_by_line(since).await;
    calls.map_err(|error| broken("count the calls of lines", &error))
}

pub(crate) fn broken(what: &'static str, error: &store::Error) -> DeskError {
    tracing::error!(error = chain(error), "could not {what}");
    DeskError::Internal
}

/// What is said when others change the plan again and again.
pub(crate) fn too_busy() -> DeskError {
    DeskError::Refused("Others are making changes at this moment. Try again.".to_owned())
}
