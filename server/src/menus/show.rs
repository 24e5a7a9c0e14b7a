//! The draft of a menu as its page shows it.

use std::collections::BTreeMap;

use desk::DeskError;
use desk::menus::{FaultView, MenuLanguage, MenuView, WayGroup};
use exchange::menu::{Draft, Fault};
use exchange::{DirectoryId, Language};

use super::place::revision_of;
use super::{Known, broken, differences, form, outline};
use crate::state::AppState;

/// The draft with one of its places; with the one where callers begin where there is no such place.
pub(crate) async fn show(state: &AppState, id: &str, place: &str) -> Result<MenuView, DeskError> {
    let known = Known::read(state, id).await?;
    let draft = known.draft();
    let faults = known.faults();
    let directories = state.store.directories().await;
    let directories = directories.map_err(|error| broken("list the directories", &error))?;
    let names: BTreeMap<DirectoryId, String> = directories
        .into_iter()
        .map(|listed| (listed.directory.id, listed.directory.name))
        .collect();
    let first = draft.places.first().ok_or(DeskError::Internal)?;
    let shown = draft.place(place).unwrap_or(first);
    let changes = match (known.live(), known.next()) {
        (Some(live), Some(next)) => differences(&live.menu, &next),
        (None, _) | (_, None) => Vec::new(),
    };
    Ok(MenuView {
        head: known.head(),
        outline: outline::outline(&draft, &faults, &known.plan, &|id| names.get(id).cloned()),
        faults: fault_views(&draft, &faults),
        place: form::write(id, shown, revision_of(&known, shown.id.as_str())),
        is_start: shown.id == first.id,
        ways: ways(&known, &draft, &names),
        languages: languages(&known),
        changes,
        has_phones: state.phones.is_some(),
    })
}

/// What is wrong, then what is worth a look.
pub(super) fn fault_views(draft: &Draft, faults: &[Fault]) -> Vec<FaultView> {
    let mut views: Vec<FaultView> = faults
        .iter()
        .map(|fault| {
            let id = fault.place.as_ref().map_or("", |id| id.as_str());
            let place = draft.place(id);
            let row = fault.row.and_then(|row| place?.keys.get(row));
            FaultView {
                place: id.to_owned(),
                title: place.map_or("", |place| place.title()).to_owned(),
                row: fault.row,
                key: row.map_or_else(String::new, |row| row.key.clone()),
                words: fault.what.to_string(),
                is_warning: fault.is_warning(),
            }
        })
        .collect();
    views.sort_by_key(|view| view.is_warning);
    views
}

fn ways(known: &Known, draft: &Draft, lists: &BTreeMap<DirectoryId, String>) -> Vec<WayGroup> {
    let group = |name: &str, ways: Vec<(String, String)>| WayGroup {
        name: name.to_owned(),
        ways,
    };
    let places = draft
        .places
        .iter()
        .map(|place| (format!("place:{}", place.id), place.title().to_owned()));
    let lists = lists
        .iter()
        .map(|(id, name)| (format!("list:{id}"), name.clone()));
    let lines = known
        .plan
        .lines()
        .map(|line| (format!("line:{}", line.id), line.name.clone()));
    vec![
        group("A place of this menu", places.collect()),
        group("A list to choose from", lists.collect()),
        group("Another line", lines.collect()),
    ]
}

/// Every language; the menu must speak those of its lines.
fn languages(known: &Known) -> Vec<MenuLanguage> {
    let needed: Vec<Language> = known.lines().map(|line| line.language).collect();
    let mut languages: Vec<MenuLanguage> = Language::ALL
        .into_iter()
        .map(|language| MenuLanguage {
            code: language.code().to_owned(),
            name: language.name().to_owned(),
            is_needed: needed.contains(&language)
                || (needed.is_empty() && language == Language::English),
        })
        .collect();
    languages.sort_by_key(|language| !language.is_needed);
    languages
}
