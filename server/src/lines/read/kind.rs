//! What a line does, and the settings of that.

use desk::lines::LineForm;
use exchange::conference::ConferenceLine;
use exchange::{
    Directory, DirectoryId, Instead, Line, LineKind, MenuId, PlanRows, SupportLine, TeamId,
};

use super::fields::Fields;
use super::rooms;

/// A day, which nobody waits for longer.
const DAY_S: u32 = 86_400;

pub(super) fn read(
    form: &LineForm,
    before: Option<&Line>,
    rows: &PlanRows,
    fields: &mut Fields,
) -> Option<LineKind> {
    match form.kind.as_str() {
        "forward" => {
            let directory = directory("directory", &form.directory, rows, fields);
            let instead = match form.instead.trim() {
                "" => None,
                id => directory_of(id, &rows.directories).or_else(|| {
                    fields.refuse("instead", "There is no such directory. Choose another.");
                    None
                }),
            };
            if directory.is_some() && directory == instead {
                fields.refuse("instead", "It is the first directory already.");
            }
            Some(LineKind::Forward {
                directory: directory?,
                instead,
            })
        }
        "menu" => {
            let menu = MenuId::parse(form.menu.trim()).ok();
            let menu = menu.filter(|id| rows.menus.iter().any(|menu| menu.id == *id));
            if menu.is_none() {
                fields.refuse("menu", "Choose the menu that callers hear.");
            }
            Some(LineKind::Menu { menu: menu? })
        }
        "support" => Some(LineKind::Support(Box::new(support(form, fields)?))),
        "conference" => {
            let earlier = before.and_then(|line| match &line.kind {
                LineKind::Conference(settings) => Some(settings.as_ref()),
                LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Support(_) => None,
            });
            let rooms = rooms::read(&form.rooms, earlier, fields);
            Some(LineKind::Conference(Box::new(ConferenceLine { rooms })))
        }
        _ => {
            fields.refuse("kind", "Choose what the line does.");
            None
        }
    }
}

fn directory_of(id: &str, directories: &[Directory]) -> Option<DirectoryId> {
    let found = directories.iter().find(|one| one.id.as_str() == id.trim());
    found.map(|directory| directory.id.clone())
}

fn directory(field: &str, id: &str, rows: &PlanRows, fields: &mut Fields) -> Option<DirectoryId> {
    let found = directory_of(id, &rows.directories);
    if found.is_none() {
        fields.refuse(field, "Choose the directory whose offices are called.");
    }
    found
}

fn support(form: &LineForm, fields: &mut Fields) -> Option<SupportLine> {
    let team = TeamId::parse(form.team.trim()).ok();
    if team.is_none() {
        fields.refuse(
            "team",
            "Name the team that answers: small letters, digits and hyphens, like support.",
        );
    }
    let usual = SupportLine::of(team.clone()?);
    let ring_seconds = fields.within("ring_seconds", &form.ring_seconds, 5..=120, "seconds");
    let nobody_after_s = fields.within(
        "nobody_after_s",
        &form.nobody_after_s,
        10..=DAY_S,
        "seconds",
    );
    let wrap_up_s = fields.within("wrap_up_s", &form.wrap_up_s, 0..=3_600, "seconds");
    let choices_after_s = fields.within_or_none(
        "choices_after_s",
        &form.choices_after_s,
        10..=DAY_S,
        "seconds",
    );
    let queue_limit =
        fields.within_or_none("queue_limit", &form.queue_limit, 1..=10_000, "callers");
    Some(SupportLine {
        ring_seconds: ring_seconds.unwrap_or(usual.ring_seconds),
        closed: instead("closed", &form.closed, fields).unwrap_or(usual.closed),
        nobody_after_s: nobody_after_s.unwrap_or(usual.nobody_after_s),
        nobody: instead("nobody", &form.nobody, fields).unwrap_or(usual.nobody),
        choices_after_s,
        tell_place: !form.tell_place.is_empty(),
        wrap_up_s: wrap_up_s.unwrap_or(usual.wrap_up_s),
        survey: !form.survey.is_empty(),
        queue_limit,
        watchers_shown: !form.watchers_shown.is_empty(),
        ..usual
    })
}

fn instead(field: &str, word: &str, fields: &mut Fields) -> Option<Instead> {
    match word {
        "voicemail" => Some(Instead::Voicemail),
        "callback" => Some(Instead::Callback),
        "goodbye" => Some(Instead::Goodbye),
        _ => {
            fields.refuse(field, "Choose what callers meet then.");
            None
        }
    }
}
