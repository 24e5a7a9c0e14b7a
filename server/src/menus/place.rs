//! Places of a draft: saved whatever is wrong with them, added, removed. Nothing of it is heard before it goes live.

use std::collections::BTreeMap;

use desk::menus::{AddPlaceForm, PlaceForm, RemovePlaceForm, RenameMenuForm};
use desk::{DeskError, FieldError};
use exchange::NodeId;
use exchange::menu::{Draft, DraftPlace, compare};
use store::{Mark, MenuDraft};

use super::list::LONGEST_NAME;
use super::{Known, TRIES, broken, drafted, form, refuse, too_busy};
use crate::directories::slug;
use crate::state::AppState;

/// The most places of a menu.
const MOST_PLACES: usize = 100;

/// The mark of what concerns the menu as a whole.
const WHOLE: &str = "";

/// Saves a place, and gives the draft's revision.
pub(crate) async fn save(state: &AppState, by: &str, form: &PlaceForm) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let mut draft = known.draft();
        let mut taken = taken(&draft);
        let Some(place) = draft.place_mut(&form.place) else {
            return gone(&known, &form.place, state);
        };
        let read = form::read(form, place.id.clone(), &mut taken).map_err(DeskError::Invalid)?;
        if form.over.is_empty() {
            unchanged(&known, place, &read.place, form.revision, state)?;
        }
        if *place == read.place && read.made.is_empty() {
            return Ok(known.revision());
        }
        *place = read.place;
        draft.places.extend(read.made);
        if draft.places.len() > MOST_PLACES {
            return refuse(too_many());
        }
        let title = title(&draft, &form.place);
        let what = format!("Saved {title} in the draft.");
        if let Some(revision) = keep(state, &known, draft, &form.place, (by, what)).await? {
            return Ok(revision);
        }
    }
    Err(too_busy())
}

/// Adds a place, and gives its id.
pub(crate) async fn add(
    state: &AppState,
    by: &str,
    form: &AddPlaceForm,
) -> Result<String, DeskError> {
    let name = name_of(&form.name, "Say what the place is about.")?;
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let mut draft = known.draft();
        if draft.places.len() >= MOST_PLACES {
            return refuse(too_many());
        }
        let id = free_id(name, &mut taken(&draft)).ok_or(DeskError::Internal)?;
        let place = id.to_string();
        draft.places.push(DraftPlace::new(id, name));
        let what = format!("Added {name} to the draft.");
        if keep(state, &known, draft, &place, (by, what))
            .await?
            .is_some()
        {
            return Ok(place);
        }
    }
    Err(too_busy())
}

/// Removes a place. Keys that lead there stay, as faults that the check names.
pub(crate) async fn remove(
    state: &AppState,
    by: &str,
    form: &RemovePlaceForm,
) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let mut draft = known.draft();
        let Some(place) = draft.place(&form.place) else {
            return gone(&known, &form.place, state);
        };
        if draft.places.first() == Some(place) {
            return refuse("Callers begin here: this place stays.");
        }
        unchanged(&known, place, place, form.revision, state)?;
        let what = format!("Removed {} from the draft.", title(&draft, &form.place));
        draft.places.retain(|place| place.id.as_str() != form.place);
        if let Some(revision) = keep(state, &known, draft, &form.place, (by, what)).await? {
            return Ok(revision);
        }
    }
    Err(too_busy())
}

/// Gives the menu another name.
pub(crate) async fn rename(
    state: &AppState,
    by: &str,
    form: &RenameMenuForm,
) -> Result<i64, DeskError> {
    let name = name_of(&form.name, "Give the menu a name.")?;
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let before = known.draft();
        if before.name == name {
            return Ok(known.revision());
        }
        if let Some(mark) = mark(&known, WHOLE).filter(|mark| mark.revision > form.revision) {
            let ago = desk::ago(mark.at.0, state.clock.now().0);
            return refuse(format!(
                "Meanwhile {} named the menu {}, {ago}. Your name is not saved.",
                mark.by, before.name
            ));
        }
        let what = format!(
            "Named the menu {name} in the draft, {} before.",
            before.name
        );
        let draft = Draft {
            name: name.to_owned(),
            ..before
        };
        if let Some(revision) = keep(state, &known, draft, WHOLE, (by, what)).await? {
            return Ok(revision);
        }
    }
    Err(too_busy())
}

fn name_of<'a>(text: &'a str, missing: &str) -> Result<&'a str, DeskError> {
    let refuse = |words: &str| Err(DeskError::Invalid(vec![FieldError::new("name", words)]));
    let name = text.trim();
    if name.is_empty() {
        return refuse(missing);
    }
    if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return refuse("It takes one line of at most 60 characters.");
    }
    Ok(name)
}

/// What people call a place.
fn title(draft: &Draft, place: &str) -> String {
    let found = draft.place(place);
    found.map_or_else(|| place.to_owned(), |place| place.title().to_owned())
}

fn too_many() -> String {
    format!("A menu has at most {MOST_PLACES} places. Lead to another line instead.")
}

/// The ids that are in use.
fn taken(draft: &Draft) -> Vec<NodeId> {
    draft.places.iter().map(|place| place.id.clone()).collect()
}

/// An id that no place has, made from a name. It is taken from then on.
pub(super) fn free_id(name: &str, taken: &mut Vec<NodeId>) -> Option<NodeId> {
    let slug = match slug(name) {
        slug if slug.is_empty() => "place".to_owned(),
        slug => slug,
    };
    let mut tries =
        std::iter::once(slug.clone()).chain((2..=u32::MAX).map(|n| format!("{slug}-{n}")));
    let free = tries.find_map(|id| NodeId::parse(&id).ok().filter(|id| !taken.contains(id)))?;
    taken.push(free.clone());
    Some(free)
}

/// Saves the draft with the mark of who changed what; nothing when somebody else saved it since it was read.
async fn keep(
    state: &AppState,
    known: &Known,
    draft: Draft,
    place: &str,
    (by, what): (&str, String),
) -> Result<Option<i64>, DeskError> {
    let (revision, at) = (known.revision() + 1, state.clock.now());
    let mut marks = known
        .kept
        .as_ref()
        .map_or_else(BTreeMap::new, |kept| kept.marks.clone());
    let mark = Mark {
        revision,
        at,
        by: by.to_owned(),
    };
    marks.insert(place.to_owned(), mark);
    let kept = MenuDraft {
        revision,
        draft,
        marks,
        at,
        by: by.to_owned(),
    };
    let line = drafted(&known.id, &kept, what);
    let saved = state.store.save_menu_draft(&known.id, &kept, &line).await;
    let saved = saved.map_err(|error| broken("save the draft of a menu", &error))?;
    Ok(saved.then_some(revision))
}

/// The draft's revision that last changed a place; 0 where none did.
pub(super) fn revision_of(known: &Known, place: &str) -> i64 {
    mark(known, place).map_or(0, |mark| mark.revision)
}

fn mark<'k>(known: &'k Known, place: &str) -> Option<&'k Mark> {
    known.kept.as_ref()?.marks.get(place)
}

/// Refuses when somebody else saved the place since it was shown, and says where they differ, so that nothing of either
/// is lost.
fn unchanged(
    known: &Known,
    theirs: &DraftPlace,
    yours: &DraftPlace,
    shown: i64,
    state: &AppState,
) -> Result<(), DeskError> {
    let Some(mark) = mark(known, theirs.id.as_str()).filter(|mark| mark.revision != shown) else {
        return Ok(());
    };
    let alone = |place: &DraftPlace| {
        let draft = Draft {
            name: String::new(),
            places: vec![place.clone()],
        };
        draft.menu(&known.id, 0)
    };
    let differences: Vec<String> = match (alone(theirs), alone(yours)) {
        (Some(theirs), Some(yours)) => compare(&theirs, &yours)
            .into_iter()
            .flat_map(|change| change.words)
            .collect(),
        _ => Vec::new(),
    };
    let ago = desk::ago(mark.at.0, state.clock.now().0);
    let differs = match differences.as_slice() {
        [] => String::new(),
        words => format!(" With yours: {}", words.join(" ")),
    };
    refuse(format!(
        "Meanwhile {} saved this place, {ago}. Yours is not saved.{differs}",
        mark.by
    ))
}

/// The place is not there any longer, or never was.
fn gone<T>(known: &Known, place: &str, state: &AppState) -> Result<T, DeskError> {
    match mark(known, place) {
        Some(mark) => {
            let ago = desk::ago(mark.at.0, state.clock.now().0);
            refuse(format!("Meanwhile {} removed this place, {ago}.", mark.by))
        }
        None => Err(DeskError::NotFound),
    }
}
