//! Directories as they were looked at last: read and looked through again only when the plan has moved on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use desk::DeskError;
use exchange::{DirectoryId, Office, Plan};
use jiff::civil::Date;
use store::PlanVersion;

use super::warnings::Standing;
use super::{Known, day_of, fresh_plan, known, region_name, words};
use crate::state::AppState;

/// A directory, and what takes longer to find out about all of its offices than to show some of them.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) known: Known,
    /// The plan that it is part of.
    pub(super) plan: Arc<Plan>,
    /// What is remarkable about it, whoever calls.
    pub(super) standing: Standing,
    haystacks: OnceLock<Vec<String>>,
}

impl Looked {
    /// Its offices, each with everything in its row that somebody may search for.
    pub(super) fn searchable(&self) -> impl Iterator<Item = (&Office, &str)> {
        let offices = &self.known.kept.offices;
        let haystack = |office| words::haystack(office, region_name(&self.known, office));
        let haystacks = self
            .haystacks
            .get_or_init(|| offices.iter().map(haystack).collect());
        offices.iter().zip(haystacks.iter().map(String::as_str))
    }

    /// Whether it is still as it would be read.
    fn is_of(&self, plan: PlanVersion, today: Date) -> bool {
        (self.known.kept.plan, self.known.today) == (plan, today)
    }
}

/// The directories that somebody looked at since the plan changed.
#[derive(Debug, Default)]
pub(crate) struct LookedAt(Mutex<BTreeMap<DirectoryId, Arc<Looked>>>);

impl LookedAt {
    fn find(&self, id: &str, plan: PlanVersion, today: Date) -> Option<Arc<Looked>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = DirectoryId::parse(id).ok()?;
        let found = all.get(&id).filter(|looked| looked.is_of(plan, today));
        found.cloned()
    }

    fn keep(&self, looked: &Arc<Looked>, plan: PlanVersion, today: Date) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, other| other.is_of(plan, today));
        // One that changed while it was read is read again by whoever looks next.
        if looked.is_of(plan, today) {
            all.insert(looked.known.id().clone(), Arc::clone(looked));
        }
    }
}

/// A directory as it stands in the database.
pub(super) async fn looked(state: &AppState, id: &str) -> Result<Arc<Looked>, DeskError> {
    let (version, plan) = fresh_plan(state).await?;
    let (looked_at, today) = (state.plans.looked_at(), day_of(state.clock.now()));
    if let Some(looked) = looked_at.find(id, version, today) {
        return Ok(looked);
    }
    let known = known(state, id).await?;
    let looked = Arc::new(Looked {
        standing: Standing::of(&known, &plan),
        known,
        plan,
        haystacks: OnceLock::new(),
    });
    looked_at.keep(&looked, version, today);
    Ok(looked)
}
