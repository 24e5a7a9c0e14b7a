//! What admins send about lines. Texts are as people typed them; the server says what each field expects.

use serde::{Deserialize, Serialize};

/// The days of the week, Monday first, as labels of [`LineForm::week`].
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Everything that a line is set to. A choice of yes is any text, of no an empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineForm {
    /// The line that is changed, by id; empty for one that is made.
    pub line: String,
    /// Its version as it was shown.
    pub version: i64,
    /// The id of a line that is made; empty for one made from the name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// A language's code.
    pub language: String,
    /// A voice; empty for the language's own.
    pub voice: String,
    /// A word of [`super::KINDS`].
    pub kind: String,
    /// Who answers callers who press 0.
    pub person: String,
    /// Beginnings of numbers that may be dialled.
    pub prefixes: String,
    /// Area codes that look domestic and are not.
    pub area_codes: String,
    /// How long a dialled party rings, in seconds.
    pub dial_seconds: String,
    /// The zone of its clock.
    pub zone: String,
    /// The open spans of each day, Monday first.
    pub week: Vec<String>,
    /// Days on which it is closed, one in each line, with their names.
    pub closed_on: String,
    /// Whose offices are called.
    pub directory: String,
    /// The directory for regions that have no office in the first one.
    pub instead: String,
    /// Which menu is read.
    pub menu: String,
    /// Whose agents answer.
    pub team: String,
    /// How long a call rings at one agent, in seconds.
    pub ring_seconds: String,
    /// What callers meet while it is closed or full.
    pub closed: String,
    /// How long a caller waits at most, in seconds.
    pub nobody_after_s: String,
    /// What they meet then.
    pub nobody: String,
    /// How often they are asked whether to go on, in seconds; empty for never.
    pub choices_after_s: String,
    /// Whether they are told their place.
    pub tell_place: String,
    /// How long an agent writes about a call afterwards, in seconds.
    pub wrap_up_s: String,
    /// Whether callers are asked two questions after the call.
    pub survey: String,
    /// How many may wait at once; empty for any number.
    pub queue_limit: String,
    /// Whether agents see who listens.
    pub watchers_shown: String,
    /// The rooms of a conference line.
    pub rooms: Vec<RoomForm>,
}

/// What stands for a PIN that is not said: it stays as it was.
pub const UNSAID: &str = "•••";

impl LineForm {
    /// The form as it may travel in an address: without its PINs.
    #[must_use]
    pub fn without_pins(mut self) -> Self {
        let rooms = self.rooms.iter_mut();
        for pin in rooms.flat_map(|room| [&mut room.pin, &mut room.moderator_pin]) {
            if !pin.is_empty() {
                UNSAID.clone_into(pin);
            }
        }
        self
    }
}

/// A room of a conference line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    /// Its key; empty for a room that is made.
    pub key: String,
    /// Its name; a room that is made and has none is passed over.
    pub name: String,
    /// The keys that lead there.
    pub code: String,
    /// Whether everybody waits for a moderator.
    pub is_moderated: String,
    /// Whose calls come in as a moderator's.
    pub moderators: String,
    /// What makes a moderator of anybody who keys it in.
    pub moderator_pin: String,
    /// What everybody else has to key in.
    pub pin: String,
    /// How long everybody waits for a moderator who is gone, in seconds.
    pub grace_s: String,
    /// How long somebody waits for the conference to begin, in seconds.
    pub patience_s: String,
    /// How others are told that somebody comes or goes.
    pub told: String,
    /// Whether it is recorded.
    pub recording: String,
    /// How many may be in it.
    pub limit: String,
    /// Whether it is to go.
    pub gone: String,
}

/// A line that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveLineForm {
    /// Its id.
    pub line: String,
    /// Its version as it was shown.
    pub version: i64,
}

/// A line that is to be tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestCallForm {
    /// Its id.
    pub line: String,
    /// Whom to call; nobody, where a pretend telephone calls.
    pub to: String,
}
