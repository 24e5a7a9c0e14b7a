//! One office, added, changed or removed by hand.

use desk::DeskError;
use desk::directory::{OfficeForm, RemoveForm};
use exchange::{Office, OfficeId};
use store::{ChangeKind, PlanVersion};

use super::change::{Wanted, write};
use super::{Known, TRIES, broken, form, known, too_busy, words};
use crate::state::AppState;

/// Adds or changes an office, and gives the change's version; 0 where nothing is different.
pub(crate) async fn save(state: &AppState, by: &str, form: &OfficeForm) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let before = match form.office.as_str() {
            "" => None,
            id => Some(unchanged(state, &known, id, form.version).await?.clone()),
        };
        let office = form::read(form, &known, before.as_ref()).map_err(DeskError::Invalid)?;
        if before.as_ref() == Some(&office) {
            return Ok(0);
        }
        let kind = match before {
            None => ChangeKind::Added,
            Some(_) => ChangeKind::Edited,
        };
        let name = office.name.clone();
        let mut offices = known.kept.offices.clone();
        offices.retain(|other| other.id != office.id);
        offices.push(office);
        let wanted = Wanted::of(&known, kind, &name, offices);
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// Removes an office, and gives the change's version.
pub(crate) async fn remove(
    state: &AppState,
    by: &str,
    form: &RemoveForm,
) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let office = unchanged(state, &known, &form.office, form.version).await?;
        let mut offices = known.kept.offices.clone();
        offices.retain(|other| other.id != office.id);
        let wanted = Wanted::of(&known, ChangeKind::Removed, &office.name, offices);
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// The office, if it is as the row was shown; else who changed it meanwhile, and what.
async fn unchanged<'a>(
    state: &AppState,
    known: &'a Known,
    id: &str,
    version: i64,
) -> Result<&'a Office, DeskError> {
    let parsed = OfficeId::parse(id).map_err(|_| DeskError::NotFound)?;
    let latest = known.kept.versions.get(&parsed).copied();
    match known.office(id) {
        Some(office) if known.version(office) == version => Ok(office),
        Some(_) | None => Err(meanwhile(state, known, &parsed, latest).await?),
    }
}

async fn meanwhile(
    state: &AppState,
    known: &Known,
    id: &OfficeId,
    latest: Option<PlanVersion>,
) -> Result<DeskError, DeskError> {
    let Some(version) = latest else {
        return Ok(DeskError::NotFound);
    };
    let failed = |error: store::Error| broken("read who changed an office", &error);
    let change = state.store.directory_change(known.id(), version).await;
    let office = state.store.one_office_change(known.id(), version, id).await;
    let (Some(change), Some(office)) = (change.map_err(failed)?, office.map_err(failed)?) else {
        return Ok(DeskError::NotFound);
    };
    let ago = desk::ago(change.at.0, state.clock.now().0);
    let view = words::office_change(&office);
    let fields: Vec<String> = view.fields.iter().map(|field| field.words()).collect();
    let fields = match fields.as_slice() {
        [] => String::new(),
        fields => format!(" ({})", fields.join("; ")),
    };
    Ok(DeskError::Refused(format!(
        "Meanwhile somebody else was here: {}{fields}, by {}, {ago}. Nothing of yours was taken. Open the row again to see it as it is.",
        view.words, change.by
    )))
}
