//! The plan in memory, replaced when the database holds a newer one.

use std::sync::{Arc, PoisonError, RwLock};

use exchange::{Plan, PlanError};
use store::{PlanVersion, Store};

use crate::directories::LookedAt;

/// The plan as last read.
#[derive(Debug)]
pub struct Plans {
    current: RwLock<(PlanVersion, Arc<Plan>)>,
    /// What pages found out about its directories.
    looked_at: LookedAt,
}

/// Why the plan cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlanProblem {
    /// The database does not give it.
    #[error("the plan cannot be read")]
    Store(#[from] store::Error),
    /// The database gives one that would leave a caller without an answer.
    #[error("the plan in the database is unusable: {0}")]
    Plan(#[from] PlanError),
}

impl Plans {
    /// Reads the plan.
    ///
    /// # Errors
    /// [`PlanProblem`]; a server without a plan cannot answer anybody.
    pub async fn read(store: &Store) -> Result<Self, PlanProblem> {
        Ok(Self {
            current: RwLock::new(read(store).await?),
            looked_at: LookedAt::default(),
        })
    }

    /// The plan as last read, and its version.
    #[must_use]
    pub fn current(&self) -> (PlanVersion, Arc<Plan>) {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        (current.0, Arc::clone(&current.1))
    }

    /// The plan as it stands in the database, and its version: read again where anybody has moved it on.
    ///
    /// # Errors
    /// [`PlanProblem`]; the plan as last read stays.
    pub async fn fresh(&self, store: &Store) -> Result<(PlanVersion, Arc<Plan>), PlanProblem> {
        let version = store.plan_version().await?;
        if self.current().0 != version {
            self.refresh(store).await?;
        }
        Ok(self.current())
    }

    pub(crate) const fn looked_at(&self) -> &LookedAt {
        &self.looked_at
    }

    /// Reads the plan again.
    ///
    /// # Errors
    /// [`PlanProblem`]; the plan as last read stays.
    pub async fn refresh(&self, store: &Store) -> Result<(), PlanProblem> {
        let newer = read(store).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = newer;
        Ok(())
    }
}

async fn read(store: &Store) -> Result<(PlanVersion, Arc<Plan>), PlanProblem> {
    let (version, rows) = store.plan().await?;
    Ok((version, Arc::new(Plan::new(rows)?)))
}
