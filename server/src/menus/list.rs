//! Every menu, another one, and one less.

use std::collections::BTreeSet;

use desk::menus::{DeleteMenuForm, MenuRow, NewMenuForm};
use desk::{DeskError, FieldError};
use exchange::menu::Draft;
use exchange::{MenuId, NodeId, PlanEdit};
use store::{Audited, MenuDraft};

use super::{Known, TRIES, broken, drafted, fresh_plan, refuse, stops, too_busy, write};
use crate::directories::slug;
use crate::state::AppState;

/// The longest name of a menu or a place, in characters.
pub(super) const LONGEST_NAME: usize = 60;

/// Every menu, by name.
pub(crate) async fn list(state: &AppState) -> Result<Vec<MenuRow>, DeskError> {
    let (_, plan) = fresh_plan(state).await?;
    let drafts = state.store.menu_drafts().await;
    let drafts = drafts.map_err(|error| broken("list the menus", &error))?;
    let live = plan.menus().map(|menu| menu.id.clone());
    let ids: BTreeSet<MenuId> = live.chain(drafts.into_keys()).collect();
    let mut rows = Vec::new();
    for id in ids {
        let known = match Known::read(state, id.as_str()).await {
            // Somebody deleted it a moment ago.
            Err(DeskError::NotFound) => continue,
            known => known?,
        };
        let head = known.head();
        rows.push(MenuRow {
            faults: stops(&known.faults()),
            can_be_deleted: head.lines.is_empty(),
            head,
        });
    }
    rows.sort_by(|one, other| one.head.name.cmp(&other.head.name));
    Ok(rows)
}

/// Begins a menu, and gives its id.
pub(crate) async fn make(
    state: &AppState,
    by: &str,
    form: &NewMenuForm,
) -> Result<String, DeskError> {
    let invalid =
        |field: &str, words: &str| Err(DeskError::Invalid(vec![FieldError::new(field, words)]));
    let name = form.name.trim();
    if name.is_empty() {
        return invalid("name", "Give the menu a name.");
    }
    if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return invalid("name", "It takes one line of at most 60 characters.");
    }
    let id = match form.id.trim() {
        "" => slug(name),
        id => id.to_owned(),
    };
    let Ok(id) = MenuId::parse(&id) else {
        let words = "Give it an id of lower-case letters, digits and hyphens.";
        return invalid("id", words);
    };
    let draft = match form.like.as_str() {
        "" => Draft::new(name, start()?),
        like => Draft {
            name: name.to_owned(),
            ..Known::read(state, like).await?.draft()
        },
    };
    let taken = || invalid("id", "Another menu has this id. Choose another.");
    match Known::read(state, id.as_str()).await {
        Err(DeskError::NotFound) => {}
        Err(error) => return Err(error),
        Ok(_) => return taken(),
    }
    let begun = MenuDraft {
        revision: 1,
        draft,
        marks: std::collections::BTreeMap::new(),
        at: state.clock.now(),
        by: by.to_owned(),
    };
    let line = drafted(&id, &begun, format!("Began the menu {name}."));
    let saved = state.store.save_menu_draft(&id, &begun, &line).await;
    if saved.map_err(|error| broken("begin a menu", &error))? {
        Ok(id.to_string())
    } else {
        taken()
    }
}

/// The id of the place where callers of a new menu begin.
fn start() -> Result<NodeId, DeskError> {
    NodeId::parse("start").map_err(|_| DeskError::Internal)
}

/// Deletes a menu that no line uses. Its versions are kept, and calls that began with it finish on it.
pub(crate) async fn delete(
    state: &AppState,
    by: &str,
    form: &DeleteMenuForm,
) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let lines: Vec<_> = known.lines().map(|line| line.name.as_str()).collect();
        if !lines.is_empty() {
            let words = format!(
                "The menu is used by {}. Give the line another menu first.",
                lines.join(", ")
            );
            return refuse(words);
        }
        if known.revision() != form.revision {
            let who = known.kept.as_ref().map_or("somebody", |kept| &kept.by);
            return refuse(format!(
                "Meanwhile {who} saved the draft, which stays. Load the page again, and look at it."
            ));
        }
        let is_gone = match known.live() {
            None => true,
            Some(live) => {
                let audit = format!("Deleted the menu {}.", live.menu.name);
                let edit = PlanEdit::RemoveMenu {
                    menu: known.id.clone(),
                };
                write(state, &known, edit, (by, &audit)).await?
            }
        };
        let Some(kept) = known.kept.as_ref().filter(|_| is_gone) else {
            match is_gone {
                true => return Ok(()),
                false => continue,
            }
        };
        let line = Audited {
            at: state.clock.now(),
            by: by.to_owned(),
            about: known.id.to_string(),
            what: format!("Deleted the draft of the menu {}.", kept.draft.name),
        };
        let dropped = state
            .store
            .drop_menu_draft(&known.id, kept.revision, &line)
            .await;
        if dropped.map_err(|error| broken("delete a menu", &error))? {
            return Ok(());
        }
    }
    Err(too_busy())
}
