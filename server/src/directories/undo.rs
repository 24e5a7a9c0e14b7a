//! Taking a change back: itself a change, and only while what it did still stands.

use desk::DeskError;
use desk::directory::UndoForm;
use exchange::{Directory, Office};
use store::{ChangeKind, OfficeChange, PastChange, PlanVersion};

use super::change::{Wanted, at_place, write};
use super::history::sentence;
use super::{Known, TRIES, broken, known, too_busy};
use crate::state::AppState;

/// Takes a change back, all of it or what it did to one office, and gives the version of doing so.
pub(crate) async fn undo(state: &AppState, by: &str, form: &UndoForm) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let failed = |error: store::Error| broken("read a change", &error);
        let version = PlanVersion(form.change);
        let change = state.store.directory_change(known.id(), version).await;
        let change = change.map_err(failed)?.ok_or(DeskError::NotFound)?;
        let touched = state
            .store
            .office_changes(known.id(), version, u32::MAX)
            .await;
        let mut touched = touched.map_err(failed)?;
        let is_whole = form.office.is_empty();
        touched.retain(|office| is_whole || office.id.as_str() == form.office);
        let wanted = wanted(&known, &change, &touched, is_whole)?;
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

fn wanted(
    known: &Known,
    change: &PastChange,
    touched: &[OfficeChange],
    is_whole: bool,
) -> Result<Wanted, DeskError> {
    let was_renamed = is_whole && directory(known, change) != known.kept.directory;
    if touched.is_empty() && !was_renamed {
        return Err(DeskError::Refused("There is nothing to undo.".to_owned()));
    }
    let mut offices = known.kept.offices.clone();
    for office in touched {
        let stands = known.office(office.id.as_str());
        if stands != office.after.as_ref() {
            return Err(moved_on(office));
        }
        offices.retain(|other| other.id != office.id);
        offices.extend(office.before.clone());
    }
    for back in touched.iter().filter_map(|office| office.before.as_ref()) {
        if let Some(other) = at_place(&offices, back) {
            return Err(DeskError::Refused(format!(
                "{} cannot come back: its place is taken by {}.",
                back.name, other.name
            )));
        }
    }
    let about = match (is_whole, touched) {
        (false, [office]) => format!("{} ({})", sentence(change), name(office)),
        (true | false, _) => sentence(change),
    };
    let mut wanted = Wanted::of(known, ChangeKind::Undo, &about, offices);
    wanted.audit = format!("Undid: {about}");
    if is_whole {
        wanted.undoes = Some(change.version);
        wanted.directory = directory(known, change);
    }
    Ok(wanted)
}

/// The directory as it was before the change, where nobody changed that since.
fn directory(known: &Known, change: &PastChange) -> Directory {
    match &change.directory {
        (Some(before), Some(after)) if *after == known.kept.directory => before.clone(),
        (Some(_) | None, _) => known.kept.directory.clone(),
    }
}

fn moved_on(office: &OfficeChange) -> DeskError {
    DeskError::Refused(format!(
        "{} is not as this change left it: it was changed or undone since. Undo that first.",
        name(office)
    ))
}

fn name(office: &OfficeChange) -> &str {
    let office: Option<&Office> = office.after.as_ref().or(office.before.as_ref());
    office.map_or("An office", |office| office.name.as_str())
}
