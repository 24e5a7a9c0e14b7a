//! A menu goes live: a draft without faults, or an earlier version once more.

use desk::DeskError;
use desk::menus::{GoLiveForm, RestoreForm};
use exchange::menu::{Draft, check};
use exchange::{Menu, Moment, PlanEdit};
use store::{Mark, MenuDraft};

use super::{Known, TRIES, broken, drafted, refuse, stops, too_busy, write};
use crate::state::AppState;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 200;

/// The draft goes live, and gives its version.
pub(crate) async fn go_live(
    state: &AppState,
    by: &str,
    form: &GoLiveForm,
) -> Result<u32, DeskError> {
    let note = form.note.trim();
    if note.chars().count() > LONGEST_NOTE || note.contains(char::is_control) {
        let words = "It takes one line of at most 200 characters.";
        return Err(DeskError::Invalid(vec![desk::FieldError::new(
            "note", words,
        )]));
    }
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        if known.revision() != form.revision {
            let by = known.kept.as_ref().map_or("somebody", |kept| &kept.by);
            return refuse(format!(
                "Meanwhile {by} saved the draft. Nothing went live. Load the page again, and look at what would."
            ));
        }
        let menu = checked(&known, &known.draft())?;
        if !known.is_changed() {
            return refuse("The draft is what is live already.");
        }
        if let Some(version) = put(state, &known, menu, note, by).await? {
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// An earlier version goes live again, as a new one. A draft that says what was live follows it; another stays.
pub(crate) async fn restore(
    state: &AppState,
    by: &str,
    form: &RestoreForm,
) -> Result<u32, DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let live = known.live().map_or(0, |live| live.menu.version);
        if live != form.live {
            return refuse("Meanwhile another version went live. Load the page again.");
        }
        let mut versions = known.versions.iter();
        let earlier = versions.find(|version| version.menu.version == form.version);
        let earlier = earlier.ok_or(DeskError::NotFound)?;
        if earlier.gone.is_none() {
            return refuse("This version is live already.");
        }
        let draft = Draft::of(&earlier.menu);
        let menu = checked(&known, &draft)?;
        let follows = !known.is_changed();
        let note = format!("As version {}", form.version);
        if let Some(version) = put(state, &known, menu, &note, by).await? {
            if follows && let Some(kept) = &known.kept {
                // Whoever saves the draft at this moment keeps theirs.
                let followed = followed(kept, draft, by, state.clock.now());
                let what = format!("The draft follows version {}.", form.version);
                let line = drafted(&known.id, &followed, what);
                let saved = state
                    .store
                    .save_menu_draft(&known.id, &followed, &line)
                    .await;
                saved.map_err(|error| broken("save the draft of a menu", &error))?;
            }
            return Ok(version);
        }
    }
    Err(too_busy())
}

/// The draft as it follows a version that went live; each place that differs was changed by whoever did that.
fn followed(kept: &MenuDraft, draft: Draft, by: &str, at: Moment) -> MenuDraft {
    let revision = kept.revision + 1;
    let mut marks = kept.marks.clone();
    let places = kept.draft.places.iter().chain(&draft.places);
    for id in places.map(|place| place.id.as_str()) {
        if kept.draft.place(id) != draft.place(id) {
            let by = by.to_owned();
            marks.insert(id.to_owned(), Mark { revision, at, by });
        }
    }
    MenuDraft {
        revision,
        draft,
        marks,
        at,
        by: by.to_owned(),
    }
}

/// The menu of a draft that may go live.
pub(super) fn checked(known: &Known, draft: &Draft) -> Result<Menu, DeskError> {
    let faults = check(&known.id, draft, &known.plan);
    match stops(&faults) {
        0 => draft
            .menu(&known.id, known.next_version())
            .ok_or(DeskError::Internal),
        count => {
            let first = faults.iter().find(|fault| !fault.is_warning());
            let first = first.map_or_else(String::new, |fault| {
                let id = fault.place.as_ref().map_or("", |id| id.as_str());
                let at = draft
                    .place(id)
                    .map(|place| format!(" At {}:", place.title()));
                format!("{} {}", at.unwrap_or_default(), fault.what)
            });
            let faults = if count == 1 { "fault" } else { "faults" };
            refuse(format!(
                "It has {count} {faults}, and cannot go live.{first}"
            ))
        }
    }
}

async fn put(
    state: &AppState,
    known: &Known,
    menu: Menu,
    note: &str,
    by: &str,
) -> Result<Option<u32>, DeskError> {
    let version = menu.version;
    let said = if note.is_empty() {
        String::new()
    } else {
        format!(": {note}")
    };
    let audit = format!(
        "Version {version} of the menu {} went live{said}.",
        menu.name
    );
    let edit = PlanEdit::PutMenu {
        menu: Box::new(menu),
        note: note.to_owned(),
    };
    let is_written = write(state, known, edit, (by, &audit)).await?;
    Ok(is_written.then_some(version))
}
