//! One line with everything that it is set to, as its form holds it.

use std::collections::BTreeSet;

use desk::DeskError;
use desk::lines::{LineChoices, LineForm, LineRow, LineView, NEW, RoomForm, TestWay};
use exchange::conference::{ConferenceLine, ConferenceRoom, Recorded, Told};
use exchange::{
    DialRules, Instead, Language, Line, LineId, LineKind, PhoneNumber, PlanRows, SupportLine,
    TeamId, spans_text,
};
use store::{PlanVersion, Thing};

use super::list::{Around, kind};
use super::{Known, broken};
use crate::state::AppState;

/// The team of a line that is made, where nobody is in any yet.
const FIRST_TEAM: &str = "support";

/// The page of a line, or of one that is to be made. It may be shown as if it were of another kind.
pub(crate) async fn show(state: &AppState, id: &str, wanted: &str) -> Result<LineView, DeskError> {
    let known = Known::read(state).await?;
    let choices = choices(state, &known.rows).await?;
    if id == NEW {
        let form = blank(wanted, &choices);
        return Ok(LineView {
            form,
            row: LineRow::default(),
            choices,
            test: TestWay::NoNumber,
        });
    }
    let id = LineId::parse(id).map_err(|_| DeskError::NotFound)?;
    let line = known.line(&id).ok_or(DeskError::NotFound)?;
    let version = version(state, &id).await?;
    let mut form = form_of(line, version);
    if !wanted.is_empty() && wanted != form.kind {
        form = as_kind(form, wanted, &choices);
    }
    let test = match (&line.number, &state.phones) {
        (None, _) => TestWay::NoNumber,
        (Some(_), Some(_)) => TestWay::Pretend,
        (Some(_), None) => TestWay::CallsOut,
    };
    Ok(LineView {
        form,
        row: Around::of(state).await?.row(line, &known.rows),
        choices,
        test,
    })
}

/// The version of a line's row; 0 for one that never changed.
pub(super) async fn version(state: &AppState, id: &LineId) -> Result<PlanVersion, DeskError> {
    let change = state.store.latest_change(&Thing::Line(id.clone())).await;
    let change = change.map_err(|error| broken("read when a line changed", &error))?;
    Ok(change.map_or(PlanVersion(0), |change| change.version))
}

async fn choices(state: &AppState, rows: &PlanRows) -> Result<LineChoices, DeskError> {
    let agents = state.store.agents().await;
    let agents = agents.map_err(|error| broken("read the agents", &error))?;
    let mut teams: BTreeSet<String> = agents
        .iter()
        .flat_map(|known| &known.agent.teams)
        .map(TeamId::to_string)
        .collect();
    teams.extend(rows.lines.iter().filter_map(|line| match &line.kind {
        LineKind::Support(settings) => Some(settings.team.to_string()),
        LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => None,
    }));
    let directories = rows.directories.iter();
    let menus = rows.menus.iter();
    Ok(LineChoices {
        directories: directories
            .map(|directory| (directory.id.to_string(), directory.name.clone()))
            .collect(),
        menus: menus
            .map(|menu| (menu.id.to_string(), menu.name.clone()))
            .collect(),
        teams: teams.into_iter().collect(),
        zones: jiff::tz::db()
            .available()
            .map(|zone| zone.to_string())
            .collect(),
        languages: Language::ALL
            .map(|language| (language.code().to_owned(), language.name().to_owned()))
            .to_vec(),
        voices: Language::ALL
            .map(|language| language.voice().to_owned())
            .to_vec(),
    })
}

/// The form of a line that is to be made.
fn blank(wanted: &str, choices: &LineChoices) -> LineForm {
    let dial = dial_fields(&DialRules::default());
    let form = LineForm {
        language: Language::English.code().to_owned(),
        week: vec![String::new(); 7],
        ..dial
    };
    let kinds = desk::lines::KINDS.map(|(kind, _)| kind);
    let wanted = kinds.into_iter().find(|kind| *kind == wanted);
    as_kind(form, wanted.unwrap_or(kinds[0]), choices)
}

/// The form with the usual settings of a kind.
fn as_kind(form: LineForm, kind: &str, choices: &LineChoices) -> LineForm {
    let first = |choices: &[(String, String)]| {
        let first = choices.first().map(|(value, _)| value.clone());
        first.unwrap_or_default()
    };
    let form = LineForm {
        kind: kind.to_owned(),
        ..form
    };
    match kind {
        "forward" => LineForm {
            directory: first(&choices.directories),
            ..form
        },
        "menu" => LineForm {
            menu: first(&choices.menus),
            ..form
        },
        "support" => {
            let team = choices.teams.first().map_or(FIRST_TEAM, String::as_str);
            match TeamId::parse(team) {
                Ok(team) => with_support(form, &SupportLine::of(team)),
                Err(_) => form,
            }
        }
        "conference" => LineForm {
            rooms: vec![blank_room()],
            ..form
        },
        _ => form,
    }
}

fn dial_fields(dial: &DialRules) -> LineForm {
    let (codes, others) = dial.by_kind();
    LineForm {
        prefixes: others.join(" "),
        area_codes: codes.join(" "),
        dial_seconds: dial.ring_seconds.to_string(),
        ..LineForm::default()
    }
}

/// A line as its form holds it.
pub(super) fn form_of(line: &Line, version: PlanVersion) -> LineForm {
    let number = |number: &Option<PhoneNumber>| {
        let number = number.as_ref();
        number.map_or_else(String::new, PhoneNumber::formatted)
    };
    let form = LineForm {
        line: line.id.to_string(),
        version: version.0,
        name: line.name.clone(),
        number: number(&line.number),
        language: line.language.code().to_owned(),
        voice: line.voice.clone().unwrap_or_default(),
        kind: kind(&line.kind).to_owned(),
        person: number(&line.person),
        ..with_hours(dial_fields(&line.dial), line)
    };
    match &line.kind {
        LineKind::Forward { directory, instead } => LineForm {
            directory: directory.to_string(),
            instead: instead
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            ..form
        },
        LineKind::Menu { menu } => LineForm {
            menu: menu.to_string(),
            ..form
        },
        LineKind::Support(settings) => with_support(form, settings),
        LineKind::Conference(settings) => LineForm {
            rooms: rooms(settings),
            ..form
        },
    }
}

fn with_hours(form: LineForm, line: &Line) -> LineForm {
    let Some(hours) = &line.hours else {
        return LineForm {
            week: vec![String::new(); 7],
            ..form
        };
    };
    let closed = hours.closed_on.iter();
    let closed: Vec<String> = closed
        .map(|(day, name)| format!("{day} {name}").trim_end().to_owned())
        .collect();
    LineForm {
        zone: hours.zone.clone(),
        week: hours.week.iter().map(|spans| spans_text(spans)).collect(),
        closed_on: closed.join("\n"),
        ..form
    }
}

/// A choice of yes or no as a form holds it.
fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "" }.to_owned()
}

fn optional(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn with_support(form: LineForm, settings: &SupportLine) -> LineForm {
    LineForm {
        team: settings.team.to_string(),
        ring_seconds: settings.ring_seconds.to_string(),
        closed: instead(settings.closed).to_owned(),
        nobody_after_s: settings.nobody_after_s.to_string(),
        nobody: instead(settings.nobody).to_owned(),
        choices_after_s: optional(settings.choices_after_s),
        tell_place: yes(settings.tell_place),
        wrap_up_s: settings.wrap_up_s.to_string(),
        survey: yes(settings.survey),
        queue_limit: optional(settings.queue_limit),
        watchers_shown: yes(settings.watchers_shown),
        ..form
    }
}

pub(super) const fn instead(instead: Instead) -> &'static str {
    match instead {
        Instead::Voicemail => "voicemail",
        Instead::Callback => "callback",
        Instead::Goodbye => "goodbye",
    }
}

pub(super) const fn told(told: Told) -> &'static str {
    match told {
        Told::Nothing => "nothing",
        Told::Beep => "beep",
        Told::Spoken => "spoken",
    }
}

pub(super) const fn recorded(recorded: Recorded) -> &'static str {
    match recorded {
        Recorded::Never => "never",
        Recorded::FromStart => "from_start",
        Recorded::Paused => "paused",
    }
}

/// The rooms, and behind them a blank one for another.
fn rooms(settings: &ConferenceLine) -> Vec<RoomForm> {
    let rooms = settings.rooms.iter().map(room);
    rooms.chain(std::iter::once(blank_room())).collect()
}

fn blank_room() -> RoomForm {
    let key = exchange::RoomKey::parse("room").expect("the word is a room's key");
    RoomForm {
        key: String::new(),
        ..room(&ConferenceRoom::of(key, ""))
    }
}

fn room(room: &ConferenceRoom) -> RoomForm {
    let moderators: Vec<String> = room.moderators.iter().map(PhoneNumber::formatted).collect();
    let code = room.code.as_ref();
    let pin = |pin: &Option<exchange::Pin>| {
        let pin = pin.as_ref();
        pin.map_or_else(String::new, ToString::to_string)
    };
    RoomForm {
        key: room.key.to_string(),
        name: room.name.clone(),
        code: code.map_or_else(String::new, ToString::to_string),
        is_moderated: yes(room.is_moderated),
        moderators: moderators.join("\n"),
        moderator_pin: pin(&room.moderator_pin),
        pin: pin(&room.pin),
        grace_s: room.grace_s.to_string(),
        patience_s: room.patience_s.to_string(),
        told: told(room.told).to_owned(),
        recording: recorded(room.recording).to_owned(),
        limit: room.limit.to_string(),
        gone: String::new(),
    }
}
