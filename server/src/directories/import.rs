//! A file that is to take a directory's place: looked through line by line, then taken whole or not at all.

use desk::DeskError;
use desk::directory::{ConfirmForm, ImportLine, ImportView};
use exchange::{DirectoryId, Office};
use store::{ChangeKind, Upload};

use super::change::{Wanted, write};
use super::{Known, TRIES, broken, known, too_busy, words};
use crate::roster::{self, Changes, Reading};
use crate::state::AppState;

/// How many lines of a kind are shown.
const MOST_LINES: usize = 500;

/// What a file would change; without a file, where one can be handed in.
pub(crate) async fn preview(
    state: &AppState,
    by: &str,
    directory: &str,
    upload: &str,
) -> Result<ImportView, DeskError> {
    let known = known(state, directory).await?;
    if upload.is_empty() {
        return Ok(ImportView {
            head: known.head(),
            ..ImportView::default()
        });
    }
    let upload = kept(state, known.id(), upload, by).await?;
    let upload = upload.ok_or(DeskError::NotFound)?;
    let (reading, changes) = compared(&known, &upload);
    Ok(view(&known, upload, &reading, &changes))
}

/// Takes a file as it was looked through, and gives the version of the change.
pub(crate) async fn confirm(
    state: &AppState,
    by: &str,
    form: &ConfirmForm,
) -> Result<i64, DeskError> {
    for _ in 0..TRIES {
        let known = known(state, &form.directory).await?;
        let upload = kept(state, known.id(), &form.upload, by).await?;
        let upload = upload.ok_or_else(gone)?;
        if latest(&known) != form.version {
            return Err(DeskError::Refused(
                "Somebody changed the directory since you looked at the file. Nothing was taken. Look at the file again."
                    .to_owned(),
            ));
        }
        let (reading, changes) = compared(&known, &upload);
        if !reading.bad.is_empty() {
            return Err(DeskError::Refused(
                "The file has lines that cannot be taken. Nothing was taken.".to_owned(),
            ));
        }
        let wanted = wanted(&known, &upload, reading, &changes);
        if let Some(version) = write(state, &known, &wanted, by).await? {
            let dropped = state.store.drop_upload(&upload.id).await;
            dropped.map_err(|error| broken("put a file away", &error))?;
            return Ok(version);
        }
    }
    Err(too_busy())
}

async fn kept(
    state: &AppState,
    directory: &DirectoryId,
    upload: &str,
    by: &str,
) -> Result<Option<Upload>, DeskError> {
    let upload = state.store.upload(upload, directory, by).await;
    upload.map_err(|error| broken("read a file", &error))
}

fn gone() -> DeskError {
    DeskError::Refused(
        "The file is gone: it was taken already, or a day has passed. Choose it again.".to_owned(),
    )
}

/// The version of the latest change of any office.
fn latest(known: &Known) -> i64 {
    let versions = known.kept.versions.values();
    versions.max().map_or(0, |version| version.0)
}

fn compared(known: &Known, upload: &Upload) -> (Reading, Changes) {
    let reading = roster::look(&upload.content, &upload.name, known.ground(), known.today);
    let mut changes = Changes::between(&known.kept.offices, &reading.roster.offices);
    // Of a file that cannot be read at all nobody can say who is missing in it.
    let is_read = !reading.roster.offices.is_empty();
    changes
        .removed
        .retain(|office| is_read && !reading.unread.contains(office.id.as_str()));
    (reading, changes)
}

fn wanted(known: &Known, upload: &Upload, reading: Reading, changes: &Changes) -> Wanted {
    let Reading { roster, .. } = reading;
    let mut wanted = Wanted::of(known, ChangeKind::Import, &upload.name, roster.offices);
    wanted.directory.source = roster.format.source(&upload.name);
    wanted.directory.as_of = known.today.to_string();
    wanted.header = Some(roster.header);
    wanted.audit = changes.sentence(&upload.name);
    wanted
}

fn view(known: &Known, upload: Upload, reading: &Reading, changes: &Changes) -> ImportView {
    let line = |office: &Office| reading.lines.get(&office.id).copied();
    let of = |office: &Office| ImportLine {
        line: line(office),
        words: words::label(office),
        fields: Vec::new(),
    };
    let changed = changes.changed.iter().map(|changed| {
        let before = known.office(changed.office.id.as_str());
        ImportLine {
            fields: before.map_or_else(Vec::new, |before| words::fields(before, &changed.office)),
            ..of(&changed.office)
        }
    });
    let bad = bad_lines(reading);
    let counts = [
        bad.len(),
        changes.added.len(),
        changes.changed.len(),
        changes.removed.len(),
    ];
    ImportView {
        head: known.head(),
        upload: upload.id,
        file: upload.name,
        version: latest(known),
        bad: bad.into_iter().take(MOST_LINES).collect(),
        added: changes.added.iter().take(MOST_LINES).map(of).collect(),
        changed: changed.take(MOST_LINES).collect(),
        removed: changes.removed.iter().take(MOST_LINES).map(of).collect(),
        counts: counts.map(|count| u64::try_from(count).unwrap_or(u64::MAX)),
        unchanged: u64::try_from(changes.unchanged).unwrap_or(u64::MAX),
        warnings: reading.roster.warnings.clone(),
    }
}

/// Each line that cannot be taken once, with every reason.
fn bad_lines(reading: &Reading) -> Vec<ImportLine> {
    let mut lines: Vec<ImportLine> = Vec::new();
    for bad in &reading.bad {
        match lines.last_mut().filter(|last| last.line == Some(bad.line)) {
            Some(last) => last.words = format!("{}; {}", last.words, bad.reason),
            None => lines.push(ImportLine {
                line: Some(bad.line),
                words: bad.reason.clone(),
                fields: Vec::new(),
            }),
        }
    }
    lines
}
