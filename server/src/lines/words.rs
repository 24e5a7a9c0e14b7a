//! Lines and what became different of them, as people read it. PINs are never said.

use desk::directory::FieldChange;
use exchange::conference::{ConferenceLine, ConferenceRoom};
use exchange::{Hours, Line, LineKind, PhoneNumber, SupportLine, spans_text};

use super::list::kind;
use super::show::{instead, recorded, told};

/// A setting that is a secret: whether there is one, and which change of it this is, is said without it.
const SECRET: &str = "•••";

/// What became different, setting by setting.
pub(super) fn changes(before: &Line, after: &Line) -> Vec<FieldChange> {
    let (before, after) = (settings(before), settings(after));
    let mut changes = Vec::new();
    let names: Vec<&String> = before.iter().chain(&after).map(|one| &one.name).collect();
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let of = |all: &[Setting]| all.iter().find(|one| one.name == *name).cloned();
        let (was, is) = (of(&before), of(&after));
        let value = |one: &Option<Setting>| one.as_ref().map(|one| one.value.clone());
        if value(&was) != value(&is) {
            changes.push(FieldChange {
                field: name.clone(),
                before: was.map_or_else(String::new, Setting::shown),
                after: is.map_or_else(String::new, Setting::shown),
            });
        }
    }
    changes
}

/// The same as one sentence for the audit.
pub(super) fn sentence(verb: &str, name: &str, changes: &[FieldChange]) -> String {
    let changes: Vec<String> = changes.iter().map(FieldChange::words).collect();
    match changes.as_slice() {
        [] => format!("{verb} {name}."),
        changes => format!("{verb} {name}: {}.", changes.join("; ")),
    }
}

/// A setting with its name and value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Setting {
    name: String,
    value: String,
    is_secret: bool,
}

impl Setting {
    fn shown(self) -> String {
        if self.is_secret && !self.value.is_empty() {
            SECRET.to_owned()
        } else {
            self.value
        }
    }
}

#[derive(Default)]
struct Settings(Vec<Setting>);

impl Settings {
    fn say(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push(Setting {
            name: name.into(),
            value: value.into(),
            is_secret: false,
        });
    }

    fn hide(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push(Setting {
            name: name.into(),
            value: value.into(),
            is_secret: true,
        });
    }
}

fn settings(line: &Line) -> Vec<Setting> {
    let mut all = Settings::default();
    all.say("name", &line.name);
    all.say("number", number(line.number.as_ref()));
    all.say("language", line.language.name());
    all.say("voice", line.voice.clone().unwrap_or_default());
    all.say("person for 0", number(line.person.as_ref()));
    all.say("may dial", line.dial.allowed.join(" "));
    all.say("dialled rings", seconds(line.dial.ring_seconds.into()));
    if let Some(hours) = &line.hours {
        say_hours(&mut all, hours);
    }
    all.say("does", kind(&line.kind));
    match &line.kind {
        LineKind::Forward { directory, instead } => {
            all.say("directory", directory.as_str());
            let instead = instead.as_ref();
            all.say("else", instead.map_or("", |id| id.as_str()));
        }
        LineKind::Menu { menu } => all.say("menu", menu.as_str()),
        LineKind::Support(settings) => say_support(&mut all, settings),
        LineKind::Conference(settings) => say_rooms(&mut all, settings),
    }
    all.0
}

fn number(number: Option<&PhoneNumber>) -> String {
    number.map_or_else(String::new, PhoneNumber::formatted)
}

fn seconds(seconds: u32) -> String {
    format!("{seconds} s")
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn optional(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn say_hours(all: &mut Settings, hours: &Hours) {
    all.say("time zone", &hours.zone);
    for (day, spans) in desk::lines::WEEKDAYS.iter().zip(&hours.week) {
        let spans = spans_text(spans);
        let words = if spans.is_empty() { "closed" } else { &spans };
        all.say(format!("open on {day}"), words);
    }
    for (day, name) in &hours.closed_on {
        let words = format!("closed {name}");
        all.say(day.as_str(), words.trim_end());
    }
}

fn say_support(all: &mut Settings, settings: &SupportLine) {
    all.say("team", settings.team.as_str());
    all.say("rings an agent", seconds(settings.ring_seconds.into()));
    all.say("closed or full", instead(settings.closed));
    all.say("longest wait", seconds(settings.nobody_after_s));
    all.say("after the longest wait", instead(settings.nobody));
    all.say("asked to wait on after", optional(settings.choices_after_s));
    all.say("place is told", yes(settings.tell_place));
    all.say("wrap-up", seconds(settings.wrap_up_s));
    all.say("questions afterwards", yes(settings.survey));
    all.say("most who wait", optional(settings.queue_limit));
    all.say("listeners are shown", yes(settings.watchers_shown));
}

fn say_rooms(all: &mut Settings, settings: &ConferenceLine) {
    for room in &settings.rooms {
        say_room(all, room);
    }
}

fn say_room(all: &mut Settings, room: &ConferenceRoom) {
    let of = |what: &str| format!("room {}: {what}", room.key);
    let moderators: Vec<String> = room.moderators.iter().map(PhoneNumber::formatted).collect();
    let pin = |pin: &Option<exchange::Pin>| {
        let pin = pin.as_ref();
        pin.map_or_else(String::new, ToString::to_string)
    };
    let code = room.code.as_ref();
    all.say(of("name"), &room.name);
    all.hide(
        of("code"),
        code.map_or_else(String::new, ToString::to_string),
    );
    all.say(of("moderated"), yes(room.is_moderated));
    all.say(of("moderators"), moderators.join(" "));
    all.hide(of("moderators' PIN"), pin(&room.moderator_pin));
    all.hide(of("PIN"), pin(&room.pin));
    all.say(of("grace"), seconds(room.grace_s));
    all.say(of("patience"), seconds(room.patience_s));
    all.say(of("told"), told(room.told));
    all.say(of("recording"), recorded(room.recording));
    all.say(of("limit"), room.limit.to_string());
}

#[cfg(test)]
mod tests {
    use exchange::conference::ConferenceRoom;
    use exchange::{DialRules, Language, LineId, Pin, RoomKey};

    use super::*;

    fn line(change: impl FnOnce(&mut ConferenceRoom)) -> Line {
        let mut room = ConferenceRoom::of(RoomKey::parse("main").unwrap(), "Board");
        change(&mut room);
        Line {
            id: LineId::parse("board").unwrap(),
            name: "Board".into(),
            number: None,
            language: Language::English,
            voice: None,
            kind: LineKind::Conference(Box::new(ConferenceLine { rooms: vec![room] })),
            person: None,
            dial: DialRules::default(),
            hours: None,
        }
    }

    #[test]
    fn what_became_different_is_said_without_pins() {
        let before = line(|room| room.pin = Pin::parse("1234").ok());
        let after = line(|room| {
            room.pin = Pin::parse("9876").ok();
            room.limit = 12;
        });

        let said = sentence("Changed", "Board", &changes(&before, &after));

        assert!(said.contains("PIN"), "{said}");
        assert!(said.contains("50") && said.contains("12"), "{said}");
        assert!(!said.contains("1234") && !said.contains("9876"), "{said}");
    }
}
