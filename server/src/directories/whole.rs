//! A directory as a whole: called something else, or taken away while nobody is led to it.

use desk::directory::{DeleteDirectoryForm, RenameForm};
use desk::{DeskError, FieldError};
use exchange::{Plan, PlanError};
use store::ChangeKind;

use super::change::{Wanted, write};
use super::list::lines;
use super::{Known, TRIES, broken, known, too_busy};
use crate::state::AppState;

/// The most characters of a name.
const LONGEST: usize = 120;

/// Gives a directory another name, and the version of doing so.
pub(crate) async fn rename(
    state: &AppState,
    by: &str,
    form: &RenameForm,
) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let name = read_name(&form.name).map_err(|words| {
            let error = FieldError::new("name", words);
            DeskError::Invalid(vec![error])
        })?;
        if name == known.kept.directory.name {
            return Err(DeskError::Refused(format!("It is called {name} already.")));
        }
        let offices = known.kept.offices.clone();
        let mut wanted = Wanted::of(&known, ChangeKind::Renamed, &name, offices);
        wanted.audit = format!("Renamed {} to {name}.", known.kept.directory.name);
        wanted.directory.name = name;
        if let Some(version) = write(state, &known, &wanted, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// Takes a directory away. Its history stays, and one that is made under its id has it again.
pub(crate) async fn delete(
    state: &AppState,
    by: &str,
    form: &DeleteDirectoryForm,
) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        is_free(state, &known).await?;
        let name = known.kept.directory.name.clone();
        let wanted = Wanted::of(&known, ChangeKind::Deleted, &name, Vec::new());
        if write(state, &known, &wanted, by).await?.is_some() {
            return Ok(());
        }
    }
    Err(too_busy())
}

fn read_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        return Err("Give the directory a name.".to_owned());
    }
    if name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(format!(
            "It takes one line of at most {LONGEST} characters."
        ));
    }
    Ok(name.to_owned())
}

/// Whether nobody is led to a directory. The plan without it is put together as it would be for callers, so that no use
/// of a directory is forgotten here.
async fn is_free(state: &AppState, known: &Known) -> Result<(), DeskError> {
    let doing = "read the plan";
    let (version, mut rows) = state
        .store
        .plan()
        .await
        .map_err(|error| broken(doing, &error))?;
    if version < known.kept.plan {
        return Err(too_busy());
    }
    let used_by = Plan::new(rows.clone())
        .map(|plan| lines(&plan, known.id()))
        .unwrap_or_default();
    rows.directories.retain(|other| other.id != *known.id());
    rows.offices
        .retain(|office| office.directory != *known.id());
    let name = &known.kept.directory.name;
    match (Plan::new(rows), used_by.as_slice()) {
        (Ok(_), _) => Ok(()),
        (Err(PlanError::LeadsNowhere { from, .. }), []) => Err(DeskError::Refused(format!(
            "{from} leads callers to {name}. Lead it elsewhere first."
        ))),
        (Err(_), []) => Err(DeskError::Refused(format!(
            "Callers are led to {name}. Lead them elsewhere first."
        ))),
        (Err(_), lines) => Err(DeskError::Refused(format!(
            "Callers of {} are led to {name}. Lead them elsewhere first.",
            lines.join(", ")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_bearable_length() {
        assert_eq!(read_name("  City halls "), Ok("City halls".to_owned()));
        for name in ["", "  ", "two\nlines", &"x".repeat(LONGEST + 1)] {
            assert!(read_name(name).is_err(), "{name:?}");
        }
    }
}
