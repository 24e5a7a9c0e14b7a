//! A line on its way into the plan, and out of it.

use desk::lines::{LineForm, RemoveLineForm, SavedLine};
use desk::{DeskError, FieldError};
use exchange::{Line, LineId, Plan, PlanEdit, PlanError};
use store::{PlanEditing, Thing};

use super::{Known, TRIES, broken, circle, meanwhile, read, too_busy, words};
use crate::state::AppState;

/// Makes or changes a line.
pub(crate) async fn save(
    state: &AppState,
    by: &str,
    form: &LineForm,
) -> Result<SavedLine, DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state).await?;
        let before = match form.line.as_str() {
            "" => None,
            id => Some(unchanged(state, &known, id, form.version).await?.clone()),
        };
        let line = read::read(form, before.as_ref(), &known.rows).map_err(DeskError::Invalid)?;
        let id = line.id.to_string();
        if before.as_ref() == Some(&line) {
            let version = form.version;
            return Ok(SavedLine { id, version });
        }
        let audit = match &before {
            None => words::sentence("Made the line", &line.name, &[]),
            Some(before) => {
                let changes = words::changes(before, &line);
                words::sentence("Changed the line", &line.name, &changes)
            }
        };
        let edit = PlanEdit::PutLine {
            line: Box::new(line),
        };
        if let Some(version) = write(state, by, known, edit, (&id, &audit)).await? {
            if let Some(phones) = &state.phones {
                phones.give_numbers(state);
            }
            return Ok(SavedLine { id, version });
        }
    }
    Err(too_busy())
}

/// Removes a line that nobody is on and nothing leads to.
pub(crate) async fn remove(
    state: &AppState,
    by: &str,
    form: &RemoveLineForm,
) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state).await?;
        let line = unchanged(state, &known, &form.line, form.version).await?;
        let calls = super::live_calls(state).await?;
        match calls.get(line.id.as_str()).copied().unwrap_or(0) {
            0 => {}
            1 => return refuse("A call is on this line. Remove it when that is over."),
            calls => {
                let words =
                    format!("{calls} calls are on this line. Remove it when they are over.");
                return refuse(&words);
            }
        }
        let (id, audit) = (line.id.clone(), format!("Removed the line {}.", line.name));
        let edit = PlanEdit::RemoveLine { line: id.clone() };
        let written = write(state, by, known, edit, (id.as_str(), &audit)).await?;
        if written.is_some() {
            return Ok(());
        }
    }
    Err(too_busy())
}

fn refuse<T>(words: &str) -> Result<T, DeskError> {
    Err(DeskError::Refused(words.to_owned()))
}

/// The line, if it is as it was shown; else who changed it meanwhile, and what.
async fn unchanged<'a>(
    state: &AppState,
    known: &'a Known,
    id: &str,
    version: i64,
) -> Result<&'a Line, DeskError> {
    let id = LineId::parse(id).map_err(|_| DeskError::NotFound)?;
    let line = known.line(&id);
    let name = line.map_or("this line", |line| &line.name).to_owned();
    meanwhile(state, &Thing::Line(id), &name, version).await?;
    line.ok_or(DeskError::NotFound)
}

/// Writes one change if the plan holds with it and is still as it was read, and gives the version that it makes; nothing
/// when it is not.
pub(crate) async fn write(
    state: &AppState,
    by: &str,
    known: Known,
    edit: PlanEdit,
    (about, audit): (&str, &str),
) -> Result<Option<i64>, DeskError> {
    let decided_on = known.version;
    let was = known.rows.clone();
    let plan = Plan::new(known.rows.with(&edit)).map_err(|error| refusal(&edit, &error))?;
    if is_line(&edit)
        && let Some(line) = circle::closed(was, &plan)
    {
        return Err(DeskError::Invalid(vec![FieldError::new(
            "menu",
            format!(
                "The line {line} would only lead back to lines like this one: callers would go round for ever. Choose another menu."
            ),
        )]));
    }
    let written = state
        .store
        .edit_plan(&PlanEditing {
            decided_on,
            edits: std::slice::from_ref(&edit),
            by,
            at: state.clock.now(),
            about,
            audit,
        })
        .await;
    let written = written.map_err(|error| broken("change the plan", &error))?;
    if written.is_some() {
        // Whoever looks next sees it. A failure is made good by the next request of a call.
        if let Err(problem) = state.plans.refresh(&state.store).await {
            tracing::warn!(%problem, "the plan was changed and could not be read again");
        }
    }
    Ok(written.map(|version| version.0))
}

const fn is_line(edit: &PlanEdit) -> bool {
    matches!(edit, PlanEdit::PutLine { .. })
}

/// Why the plan would not hold, at the field that it concerns.
fn refusal(edit: &PlanEdit, error: &PlanError) -> DeskError {
    let at = |field: &str, words: String| DeskError::Invalid(vec![FieldError::new(field, words)]);
    let is_removal = matches!(edit, PlanEdit::RemoveLine { .. });
    match error {
        PlanError::LeadsNowhere { from, .. } if is_removal => {
            let from = capital(from);
            DeskError::Refused(format!("{from} leads to this line. Change that first."))
        }
        PlanError::LeadsNowhere { .. } => DeskError::Refused(sentence(error)),
        PlanError::Prompt { .. } => at("text", sentence(error)),
        PlanError::NoText { .. } => at(
            "language",
            "Not everything is said in this language yet. Choose another.".to_owned(),
        ),
        PlanError::SameNumber(..) => at("number", sentence(error)),
        PlanError::BadConference { .. } => at("rooms-0-name", sentence(error)),
        PlanError::NoPerson { .. } => at(
            "person",
            "The menu of this line leads callers to a person. Say who that is.".to_owned(),
        ),
        PlanError::SilentMenu { .. } => at(
            "menu",
            "Not every place of this menu is said in the language of the line. Choose another, or complete the menu.".to_owned(),
        ),
    }
}

fn sentence(error: &PlanError) -> String {
    format!("{}.", capital(&error.to_string()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
