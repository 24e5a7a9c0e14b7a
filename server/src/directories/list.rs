//! All directories, and making another.

use desk::directory::{DirectoryRow, NewDirectoryForm};
use desk::{DeskError, FieldError};
use exchange::{Directory, DirectoryId, DirectoryShape, LineKind, Moment, Plan};
use store::{ChangeKind, DirectoryChange, ListedDirectory};

use super::{TRIES, broken, day_of, fresh_plan, head, too_busy};
use crate::state::AppState;

/// Every directory, by name.
pub(crate) async fn list(state: &AppState) -> Result<Vec<DirectoryRow>, DeskError> {
    let listed = state.store.directories().await;
    let listed = listed.map_err(|error| broken("list the directories", &error))?;
    let (_, plan) = fresh_plan(state).await?;
    let now = state.clock.now();
    Ok(listed
        .into_iter()
        .map(|row| view(row, &plan, now))
        .collect())
}

fn view(row: ListedDirectory, plan: &Plan, now: Moment) -> DirectoryRow {
    let (changed_ms, changed_by) = match row.changed {
        Some((at, by)) => (Some(at.0), by),
        None => (None, String::new()),
    };
    DirectoryRow {
        head: head(&row.directory, row.is_by_region, day_of(now)),
        offices: row.offices,
        changed_ms,
        changed_by,
        lines: lines(plan, &row.directory.id),
    }
}

/// The names of the lines whose callers a directory serves.
pub(super) fn lines(plan: &Plan, id: &DirectoryId) -> Vec<String> {
    plan.lines()
        .filter(|line| match &line.kind {
            LineKind::Forward { directory, instead } => {
                directory == id || instead.as_ref() == Some(id)
            }
            LineKind::Menu { menu } => plan.menu(menu).is_some_and(|menu| leads_to(menu, id)),
            LineKind::Support(_) | LineKind::Conference(_) => false,
        })
        .map(|line| line.name.clone())
        .collect()
}

fn leads_to(menu: &exchange::Menu, id: &DirectoryId) -> bool {
    let mut choices = menu.nodes.values().flat_map(|node| node.choices.values());
    choices.any(|choice| match &choice.to {
        exchange::Destination::List { directory, .. } => directory == id,
        exchange::Destination::Menu { .. }
        | exchange::Destination::Announce { .. }
        | exchange::Destination::Number { .. }
        | exchange::Destination::Line { .. }
        | exchange::Destination::Person
        | exchange::Destination::Back => false,
    })
}

/// Makes a directory and gives its id.
pub(crate) async fn make(
    state: &AppState,
    by: &str,
    form: &NewDirectoryForm,
) -> Result<String, DeskError> {
    let (directory, shape) = read(form).map_err(DeskError::Invalid)?;
    for _ in 0..TRIES {
        let failed = |error: store::Error| broken("make a directory", &error);
        let decided_on = state.store.plan_version().await.map_err(failed)?;
        let present = state.store.directory(&directory.id).await.map_err(failed)?;
        if let Some(present) = present {
            let words = format!(
                "The id {} belongs to {} already. Choose another.",
                directory.id, present.directory.name
            );
            return Err(DeskError::Invalid(vec![FieldError::new("id", words)]));
        }
        let change = DirectoryChange {
            decided_on,
            directory: &directory,
            shape: Some(shape),
            header: None,
            offices: &[],
            kind: ChangeKind::Made,
            about: &directory.name,
            undoes: None,
            by,
            at: state.clock.now(),
            audit: "Made the directory.",
        };
        let written = state.store.change_directory(&change).await;
        if written.map_err(failed)?.is_some() {
            return Ok(directory.id.to_string());
        }
    }
    Err(too_busy())
}

fn read(form: &NewDirectoryForm) -> Result<(Directory, DirectoryShape), Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = form.name.trim();
    if name.is_empty() {
        errors.push(FieldError::new("name", "Give the directory a name."));
    }
    let id = match form.id.trim() {
        "" => slug(name),
        id => id.to_owned(),
    };
    let id = DirectoryId::parse(&id);
    if let Err(error) = &id
        && !name.is_empty()
    {
        errors.push(FieldError::new("id", format!("{error}.")));
    }
    let shape = DirectoryShape::parse(&form.shape);
    if shape.is_none() {
        errors.push(FieldError::new(
            "shape",
            "Choose whether its offices serve regions or stand in a list.",
        ));
    }
    match (id, shape) {
        (Ok(id), Some(shape)) if errors.is_empty() => Ok((
            Directory {
                id,
                name: name.to_owned(),
                source: String::new(),
                as_of: String::new(),
            },
            shape,
        )),
        (Ok(_) | Err(_), _) => Err(errors),
    }
}

/// A name as an id: small letters, digits, and hyphens between them.
pub(crate) fn slug(name: &str) -> String {
    let folded = super::words::folded(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(48).collect();
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_a_name() {
        for (name, id) in [
            ("Ben Ray Luján", "ben-ray-lujan"),
            ("  City halls (north) ", "city-halls-north"),
            ("東京", ""),
        ] {
            assert_eq!(slug(name), id);
        }
    }

    #[test]
    fn what_a_directory_lacks_is_said_at_its_field() {
        let fields = |form: &NewDirectoryForm| -> Vec<String> {
            let errors = read(form).unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        let form = NewDirectoryForm {
            name: "City halls".to_owned(),
            id: String::new(),
            shape: "regions".to_owned(),
        };

        assert_eq!(read(&form).unwrap().0.id.as_str(), "city-halls");
        assert_eq!(fields(&NewDirectoryForm::default()), ["name", "shape"]);
        let id = "no id".to_owned();
        assert_eq!(fields(&NewDirectoryForm { id, ..form }), ["id"]);
    }
}
