//! A change of a directory on its way into the store.

use desk::DeskError;
use exchange::{Directory, Office, RegionCode};
use store::{ChangeKind, DirectoryChange, PlanVersion};

use super::{Known, broken};
use crate::state::AppState;

/// What a directory is to become.
pub(super) struct Wanted {
    /// The directory itself.
    pub(super) directory: Directory,
    /// Its offices.
    pub(super) offices: Vec<Office>,
    /// The columns of the file that it comes from, where it comes from one.
    pub(super) header: Option<Vec<String>>,
    /// How it comes about.
    pub(super) kind: ChangeKind,
    /// What it is about, for people.
    pub(super) about: String,
    /// The change that it takes back.
    pub(super) undoes: Option<PlanVersion>,
    /// What the audit says of it.
    pub(super) audit: String,
}

impl Wanted {
    /// The directory with other offices.
    pub(super) fn of(known: &Known, kind: ChangeKind, about: &str, offices: Vec<Office>) -> Self {
        let verb = match kind {
            ChangeKind::Made => "Made",
            ChangeKind::Added => "Added",
            ChangeKind::Edited => "Changed",
            ChangeKind::Removed => "Removed",
            ChangeKind::Import => "Took",
            ChangeKind::Undo => "Undid:",
            ChangeKind::Renamed => "Renamed",
            ChangeKind::Deleted => "Deleted",
        };
        Self {
            directory: known.kept.directory.clone(),
            offices,
            header: None,
            kind,
            about: about.to_owned(),
            undoes: None,
            audit: format!("{verb} {about}."),
        }
    }
}

/// Writes it; nothing when somebody changed the plan since it was read.
pub(super) async fn write(
    state: &AppState,
    known: &Known,
    wanted: &Wanted,
    by: &str,
) -> Result<Option<i64>, DeskError> {
    let change = DirectoryChange {
        decided_on: known.kept.plan,
        directory: &wanted.directory,
        shape: None,
        header: wanted.header.as_deref(),
        offices: &wanted.offices,
        kind: wanted.kind,
        about: &wanted.about,
        undoes: wanted.undoes,
        by,
        at: state.clock.now(),
        audit: &wanted.audit,
    };
    let written = state.store.change_directory(&change).await;
    let version = written.map_err(|error| broken("change a directory", &error))?;
    Ok(version.map(|version| version.0))
}

/// Whoever stands at a place beside this office.
pub(super) fn at_place<'a>(offices: &'a [Office], office: &Office) -> Option<&'a Office> {
    offices.iter().find(|other| {
        other.id != office.id && other.region == office.region && other.position == office.position
    })
}

/// The next place after all of a region.
pub(super) fn next_place(offices: &[Office], region: Option<&RegionCode>) -> u16 {
    let places = offices
        .iter()
        .filter(|office| office.region.as_ref() == region)
        .map(|office| office.position);
    places.max().unwrap_or(0).saturating_add(1)
}
