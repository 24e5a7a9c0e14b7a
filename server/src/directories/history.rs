//! What was changed in a directory, as people read it.

use desk::DeskError;
use desk::directory::{ChangeView, DirectoryHistory, Pages};
use store::{ChangeKind, PastChange, PlanVersion};

use super::looked::looked;
use super::{Known, broken, words};
use crate::state::AppState;

/// How many changes a page has.
const PER_PAGE: u32 = 25;
/// How many offices of a change are shown before somebody asks for all.
const FEW: u32 = 5;
/// How many are shown then.
const MANY: u32 = 500;

/// One page of the changes; `open` is the one that is unfolded, by version.
pub(crate) async fn history(
    state: &AppState,
    id: &str,
    page: u32,
    open: i64,
) -> Result<DirectoryHistory, DeskError> {
    let looked = looked(state, id).await?;
    let known = &looked.known;
    let mut pages = Pages {
        page: page.max(1),
        per_page: PER_PAGE,
        total: 0,
    };
    let found = state
        .store
        .directory_history(known.id(), pages.offset(), PER_PAGE)
        .await;
    let (total, past) = found.map_err(|error| broken("read a directory's history", &error))?;
    pages.total = total;
    let mut changes = Vec::new();
    for change in &past {
        let most = if change.version.0 == open { MANY } else { FEW };
        changes.push(view(state, known, change, most).await?);
    }
    Ok(DirectoryHistory {
        head: known.head(),
        changes,
        pages,
    })
}

/// One change, where there is such a one.
pub(super) async fn view_of(
    state: &AppState,
    known: &Known,
    version: PlanVersion,
) -> Result<Option<ChangeView>, DeskError> {
    let change = state.store.directory_change(known.id(), version).await;
    match change.map_err(|error| broken("read a change", &error))? {
        Some(change) => view(state, known, &change, FEW).await.map(Some),
        None => Ok(None),
    }
}

async fn view(
    state: &AppState,
    known: &Known,
    change: &PastChange,
    most: u32,
) -> Result<ChangeView, DeskError> {
    let offices = state
        .store
        .office_changes(known.id(), change.version, most)
        .await;
    let offices = offices.map_err(|error| broken("read a change", &error))?;
    let touched = change.counts.iter().sum();
    let is_undone = is_undone(state, known, change).await?;
    Ok(ChangeView {
        version: change.version.0,
        at_ms: change.at.0,
        by: change.by.clone(),
        words: sentence(change),
        offices: offices.iter().map(words::office_change).collect(),
        touched,
        is_undone,
        can_be_undone: (touched > 0 || change.kind == ChangeKind::Renamed) && !is_undone,
    })
}

/// Whether a change was taken back, and that not taken back in its turn.
async fn is_undone(
    state: &AppState,
    known: &Known,
    change: &PastChange,
) -> Result<bool, DeskError> {
    let (mut is_undone, mut undone_by) = (false, change.undone_by);
    while let Some(version) = undone_by {
        is_undone = !is_undone;
        let undo = state.store.directory_change(known.id(), version).await;
        let undo = undo.map_err(|error| broken("read a change", &error))?;
        undone_by = undo.and_then(|undo| undo.undone_by);
    }
    Ok(is_undone)
}

/// What was done, as a sentence.
pub(super) fn sentence(change: &PastChange) -> String {
    let about = match change.about.as_str() {
        "" => "a file",
        about => about,
    };
    let [added, changed, removed] = change.counts;
    match change.kind {
        ChangeKind::Made => "Made the directory.".to_owned(),
        ChangeKind::Added => format!("Added {about}."),
        ChangeKind::Edited => format!("Changed {about}."),
        ChangeKind::Removed => format!("Removed {about}."),
        ChangeKind::Import => {
            format!("Took {about}: {added} added, {changed} changed, {removed} removed.")
        }
        ChangeKind::Undo => format!("Undid: {about}"),
        ChangeKind::Renamed => format!("Renamed the directory to {about}."),
        ChangeKind::Deleted => "Deleted the directory with all its offices.".to_owned(),
    }
}
