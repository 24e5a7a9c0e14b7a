//! What admins do with menus: drafts kept, checked and tried, and versions that go live.

mod form;
mod history;
mod list;
mod live;
mod outline;
mod place;
mod show;
mod trial;

use std::sync::Arc;

use desk::DeskError;
use desk::menus::{Difference, MenuHead, MenuLine, VersionView};
use exchange::menu::{Draft, Fault, compare};
use exchange::{Line, LineKind, Menu, MenuId, Plan, PlanEdit};
use store::{Audited, MenuDraft, MenuVersion, PlanVersion};

use crate::lines::{self, TRIES, broken};
use crate::state::AppState;

pub(crate) use history::history;
pub(crate) use list::{delete, list, make};
pub(crate) use live::{go_live, restore};
pub(crate) use place::{add, remove, rename, save};
pub(crate) use show::show;
pub(crate) use trial::{call, rehearsal};

/// A menu with its draft, and the plan that it stands in.
pub(crate) struct Known {
    id: MenuId,
    /// The plan's version before anything of this was read.
    version: PlanVersion,
    plan: Arc<Plan>,
    /// Every version that was live, the latest first.
    versions: Vec<MenuVersion>,
    /// The draft as it was last saved.
    kept: Option<MenuDraft>,
}

impl Known {
    async fn read(state: &AppState, id: &str) -> Result<Self, DeskError> {
        let id = MenuId::parse(id).map_err(|_| DeskError::NotFound)?;
        let (version, plan) = fresh_plan(state).await?;
        let versions = state.store.menu_versions(&id).await;
        let versions = versions.map_err(|error| broken("read a menu", &error))?;
        let kept = state.store.menu_draft(&id).await;
        let kept = kept.map_err(|error| broken("read a menu", &error))?;
        let known = Self {
            id,
            version,
            plan,
            versions,
            kept,
        };
        if known.kept.is_none() && known.live().is_none() {
            return Err(DeskError::NotFound);
        }
        Ok(known)
    }

    /// The version that is live.
    fn live(&self) -> Option<&MenuVersion> {
        self.versions.iter().find(|version| version.gone.is_none())
    }

    /// What is being written: the draft that was saved, else what is live.
    fn draft(&self) -> Draft {
        match (&self.kept, self.live()) {
            (Some(kept), _) => kept.draft.clone(),
            (None, Some(live)) => Draft::of(&live.menu),
            (None, None) => Draft::default(),
        }
    }

    /// The draft as it would go live.
    fn next(&self) -> Option<Menu> {
        self.draft().menu(&self.id, self.next_version())
    }

    fn next_version(&self) -> u32 {
        let last = self.versions.first();
        last.map_or(1, |version| version.menu.version + 1)
    }

    fn revision(&self) -> i64 {
        self.kept.as_ref().map_or(0, |kept| kept.revision)
    }

    fn faults(&self) -> Vec<Fault> {
        exchange::menu::check(&self.id, &self.draft(), &self.plan)
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        lines_of(&self.id, &self.plan)
    }

    /// The draft says something else than what is live.
    fn is_changed(&self) -> bool {
        let live = self.live();
        live.is_none_or(|live| !self.draft().makes(&live.menu))
    }

    fn head(&self) -> MenuHead {
        let changed = self.kept.as_ref().filter(|_| self.is_changed());
        MenuHead {
            id: self.id.to_string(),
            name: self.draft().name,
            live: self.live().map(version_view),
            lines: self.lines().map(line_view).collect(),
            revision: self.revision(),
            saved: changed.map(|kept| (kept.at.0, kept.by.clone())),
        }
    }
}

/// The plan as it stands in the database.
async fn fresh_plan(state: &AppState) -> Result<(PlanVersion, Arc<Plan>), DeskError> {
    let fresh = state.plans.fresh(&state.store).await;
    fresh.map_err(|problem| {
        tracing::error!(
            error = crate::chain::chain(&problem),
            "could not read the plan"
        );
        DeskError::Internal
    })
}

/// Changes the plan by what was decided about a menu. False when the plan has moved on since that was read.
async fn write(
    state: &AppState,
    known: &Known,
    edit: PlanEdit,
    (by, audit): (&str, &str),
) -> Result<bool, DeskError> {
    let plan = lines::Known::read(state).await?;
    if plan.version != known.version {
        return Ok(false);
    }
    let about = (known.id.as_str(), audit);
    let written = lines::write(state, by, plan, edit, about).await?;
    Ok(written.is_some())
}

/// What the audit says of a draft that is saved.
fn drafted(id: &MenuId, draft: &MenuDraft, what: String) -> Audited {
    Audited {
        at: draft.at,
        by: draft.by.clone(),
        about: id.to_string(),
        what,
    }
}

/// The lines that use a menu.
fn lines_of<'p>(id: &MenuId, plan: &'p Plan) -> impl Iterator<Item = &'p Line> {
    plan.lines().filter(move |line| match &line.kind {
        LineKind::Menu { menu } => menu == id,
        LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => false,
    })
}

fn line_view(line: &Line) -> MenuLine {
    MenuLine {
        id: line.id.to_string(),
        name: line.name.clone(),
        language: line.language.code().to_owned(),
        has_number: line.number.is_some(),
    }
}

fn version_view(version: &MenuVersion) -> VersionView {
    VersionView {
        version: version.menu.version,
        live_ms: version.live.map(|at| at.0),
        by: version.by.clone(),
        note: version.note.clone(),
        is_live: version.gone.is_none(),
        differences: Vec::new(),
    }
}

/// What differs from one version to another, for people.
fn differences(before: &Menu, after: &Menu) -> Vec<Difference> {
    compare(before, after)
        .into_iter()
        .map(|change| Difference {
            title: change.title,
            words: change.words,
        })
        .collect()
}

/// How many faults keep a draft from going live.
fn stops(faults: &[Fault]) -> usize {
    faults.iter().filter(|fault| !fault.is_warning()).count()
}

fn refuse<T>(words: impl Into<String>) -> Result<T, DeskError> {
    Err(DeskError::Refused(words.into()))
}

fn too_busy() -> DeskError {
    DeskError::Refused("Others are changing the menus at this moment. Try again.".to_owned())
}
