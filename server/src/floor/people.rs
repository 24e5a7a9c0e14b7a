//! Everybody who takes calls, read anew only when somebody has changed.

use std::sync::Arc;

use exchange::{Moment, Plan};
use store::{AgentsStamp, KnownAgent};

use crate::agents;
use crate::state::AppState;

/// However nothing seems to have changed, everybody is read after so long.
const OLDEST_MS: i64 = 5_000;

/// Everybody as they were when last somebody had changed.
#[derive(Debug, Default)]
pub(super) struct People(Option<Seen>);

#[derive(Debug)]
struct Seen {
    stamp: AgentsStamp,
    at: Moment,
    agents: Arc<[KnownAgent]>,
}

impl People {
    /// Everybody who takes calls, or would once they said so.
    pub(super) async fn look(
        &mut self,
        state: &AppState,
        plan: &Plan,
        now: Moment,
    ) -> Result<Arc<[KnownAgent]>, store::Error> {
        // The stamp comes first: what changes between the two is read again next time.
        let stamp = state.store.agents_stamp().await?;
        if let Some(seen) = &self.0
            && seen.stamp == stamp
            && now.0 - seen.at.0 < OLDEST_MS
        {
            return Ok(Arc::clone(&seen.agents));
        }
        let agents: Arc<[KnownAgent]> = agents::everybody(state, plan).await?.into();
        // Whoever was never an agent has no version to tell them by.
        let can_be_told = agents.iter().all(|known| known.version.0 > 0);
        self.0 = can_be_told.then(|| Seen {
            stamp,
            at: now,
            agents: Arc::clone(&agents),
        });
        Ok(agents)
    }
}
