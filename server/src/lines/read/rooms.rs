//! The rooms of a conference line's form.

use desk::lines::{RoomForm, UNSAID};
use exchange::conference::{ConferenceLine, ConferenceRoom, Recorded, Told};
use exchange::{PhoneNumber, Pin, RoomCode, RoomKey};

use super::fields::Fields;
use crate::directories::slug;

/// The most rooms of a line.
const MOST_ROOMS: usize = 50;
/// The most numbers of moderators.
const MOST_MODERATORS: usize = 100;
/// A day, which nobody waits for longer.
const DAY_S: u32 = 86_400;

pub(super) fn read(
    forms: &[RoomForm],
    before: Option<&ConferenceLine>,
    fields: &mut Fields,
) -> Vec<ConferenceRoom> {
    let mut rooms: Vec<ConferenceRoom> = Vec::new();
    for (number, form) in forms.iter().enumerate() {
        let is_blank = form.key.is_empty() && form.name.trim().is_empty();
        if is_blank || !form.gone.is_empty() {
            continue;
        }
        let mut field = RoomFields { fields, number };
        let room = field.room(form, before, &rooms);
        field.differs(&room, &rooms);
        rooms.push(room);
    }
    if rooms.is_empty() {
        fields.refuse(
            "rooms-0-name",
            "A conference line needs a room. Give it a name.",
        );
    }
    if rooms.len() > MOST_ROOMS {
        let words = format!("A line has at most {MOST_ROOMS} rooms.");
        fields.refuse("rooms-0-name", words);
    }
    if rooms.len() > 1 {
        let shown = forms.iter().enumerate().filter(|(_, form)| {
            form.gone.is_empty() && !form.name.trim().is_empty() && form.code.trim().is_empty()
        });
        for (number, _) in shown {
            fields.refuse(
                &format!("rooms-{number}-code"),
                "With several rooms, callers key in a code: give each its own.",
            );
        }
    }
    rooms
}

/// The fields of one room.
struct RoomFields<'a> {
    fields: &'a mut Fields,
    number: usize,
}

impl RoomFields<'_> {
    fn name_of(&self, field: &str) -> String {
        format!("rooms-{}-{field}", self.number)
    }

    fn refuse(&mut self, field: &str, words: impl Into<String>) {
        let name = self.name_of(field);
        self.fields.refuse(&name, words);
    }

    fn seconds(&mut self, field: &str, text: &str, usual: u32) -> u32 {
        let name = self.name_of(field);
        let seconds = self.fields.within(&name, text, 0..=DAY_S, "seconds");
        seconds.unwrap_or(usual)
    }

    fn room(
        &mut self,
        form: &RoomForm,
        before: Option<&ConferenceLine>,
        others: &[ConferenceRoom],
    ) -> ConferenceRoom {
        let name_of = self.name_of("name");
        let name = self.fields.text(&name_of, &form.name);
        if name.is_empty() {
            self.refuse("name", "Give the room a name, as callers are to hear it.");
        }
        let mut rooms = before.iter().flat_map(|line| &line.rooms);
        let earlier = rooms.find(|room| room.key.as_str() == form.key);
        let usual = ConferenceRoom::of(key(form, &name, before, others), &name);
        let limit = self.name_of("limit");
        let limit = self
            .fields
            .within(&limit, &form.limit, 2..=250_u8, "people");
        ConferenceRoom {
            code: self.code(&form.code),
            is_moderated: !form.is_moderated.is_empty(),
            moderators: self.moderators(&form.moderators),
            moderator_pin: self.pin(
                "moderator_pin",
                &form.moderator_pin,
                earlier.and_then(|room| room.moderator_pin.as_ref()),
            ),
            pin: self.pin("pin", &form.pin, earlier.and_then(|room| room.pin.as_ref())),
            grace_s: self.seconds("grace_s", &form.grace_s, usual.grace_s),
            patience_s: self.seconds("patience_s", &form.patience_s, usual.patience_s),
            told: self.told(&form.told),
            recording: self.recording(&form.recording),
            limit: limit.unwrap_or(usual.limit),
            ..usual
        }
    }

    /// What callers key in leads to one room, and makes one thing of them.
    fn differs(&mut self, room: &ConferenceRoom, others: &[ConferenceRoom]) {
        let same = others
            .iter()
            .find(|other| other.code.is_some() && other.code == room.code);
        if let Some(other) = same {
            self.refuse(
                "code",
                format!("The room {} has this code already.", other.name),
            );
        }
        if room.pin.is_some() && room.pin == room.moderator_pin {
            self.refuse(
                "moderator_pin",
                "It is the PIN of everybody else as well. Choose another.",
            );
        }
    }

    fn code(&mut self, text: &str) -> Option<RoomCode> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let code = RoomCode::parse(text).ok();
        if code.is_none() {
            self.refuse("code", "It takes 1 to 10 digits.");
        }
        code
    }

    fn pin(&mut self, field: &str, text: &str, before: Option<&Pin>) -> Option<Pin> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text == UNSAID {
            if before.is_none() {
                self.refuse(field, "Type the PIN again.");
            }
            return before.cloned();
        }
        let pin = Pin::parse(text).ok();
        if pin.is_none() {
            self.refuse(field, "It takes 4 to 12 digits.");
        }
        pin
    }

    fn moderators(&mut self, text: &str) -> Vec<PhoneNumber> {
        let name = self.name_of("moderators");
        let mut numbers = Vec::new();
        for line in text.split(['\n', ',', ';']) {
            if let Some(number) = self.fields.number(&name, line)
                && !numbers.contains(&number)
            {
                numbers.push(number);
            }
        }
        if numbers.len() > MOST_MODERATORS {
            self.refuse(
                "moderators",
                format!("At most {MOST_MODERATORS} numbers fit."),
            );
        }
        numbers
    }

    fn told(&mut self, word: &str) -> Told {
        match word {
            "nothing" => Told::Nothing,
            "beep" => Told::Beep,
            "spoken" => Told::Spoken,
            _ => {
                self.refuse("told", "Choose how others are told.");
                Told::default()
            }
        }
    }

    fn recording(&mut self, word: &str) -> Recorded {
        match word {
            "never" => Recorded::Never,
            "from_start" => Recorded::FromStart,
            "paused" => Recorded::Paused,
            _ => {
                self.refuse("recording", "Choose whether it is recorded.");
                Recorded::default()
            }
        }
    }
}

/// The key of a room: as it was, else from the name. Rooms live under it, so it never changes.
fn key(
    form: &RoomForm,
    name: &str,
    before: Option<&ConferenceLine>,
    others: &[ConferenceRoom],
) -> RoomKey {
    let rooms = before.map_or(&[] as &[ConferenceRoom], |line| &line.rooms);
    let kept = rooms.iter().find(|room| room.key.as_str() == form.key);
    if let Some(room) = kept {
        return room.key.clone();
    }
    let slug: String = slug(name).chars().take(24).collect();
    let slug = match slug.trim_end_matches('-') {
        "" => "room",
        slug => slug,
    };
    let is_taken = |key: &RoomKey| rooms.iter().chain(others).any(|room| room.key == *key);
    let tries = std::iter::once(slug.to_owned()).chain((2..).map(|n: u32| format!("{slug}-{n}")));
    let mut keys = tries.filter_map(|key| RoomKey::parse(&key).ok());
    keys.find(|key| !is_taken(key))
        .expect("some number is not taken yet")
}
