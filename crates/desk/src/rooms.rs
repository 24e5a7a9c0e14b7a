//! Rooms as people see them on the monitor: who is in, how they stand, and what was done with them.

mod acts;
mod glance;
mod news;
mod past;
mod words;

use serde::{Deserialize, Serialize};

pub use exchange::WatchMode;

pub use acts::{ActKind, RoomAct, RoomActForm};
pub use glance::Sign;
pub use news::{RoomsChange, RoomsPart};
pub use past::{Attended, PastRoom, RoomLine};

/// Every room that lives now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rooms {
    /// The picture's number: each one's is greater than the one before.
    pub number: u64,
    /// What time it was when it was taken, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The rooms, in the order in which they began.
    pub rooms: Vec<RoomView>,
}

/// What `/conferences` shows as it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsPage {
    /// What lives now.
    pub live: Rooms,
    /// One page of what is over, latest first.
    pub past: Vec<PastRoom>,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many rows a full page has.
    pub per_page: u32,
    /// How many are over on all pages.
    pub total: u64,
}

/// What `/conferences/{id}` shows as it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomStory {
    /// What names the room in addresses.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The name of its line.
    pub line_name: String,
    /// What time it was, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The room, while somebody is in it or on the way; on the page the live feed's picture takes its place.
    pub live: Option<RoomView>,
    /// What was done in it and with it, latest first.
    pub log: Vec<RoomLine>,
    /// When it lived before, latest first.
    pub past: Vec<PastRoom>,
}

/// A room that lives now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    /// What names it in addresses and forms.
    pub id: String,
    /// What kind of room it is.
    pub kind: RoomKind,
    /// Its name for people.
    pub name: String,
    /// The name of its line.
    pub line_name: String,
    /// The number that is called to come in, for people; nothing where there is none.
    pub number: Option<String>,
    /// How it stands.
    pub stage: RoomStage,
    /// Since when it stands like that.
    pub since_ms: i64,
    /// When the first came.
    pub began_ms: i64,
    /// Who is in, and who is on the way, in the order in which they came.
    pub people: Vec<PersonView>,
    /// Whether nobody else comes in.
    pub is_locked: bool,
    /// The most who may be in; nothing where only the carrier sets a limit.
    pub limit: Option<u32>,
    /// How it is recorded.
    pub recording: RecordingView,
    /// Who asks for help in it, and since when; rooms of support calls only.
    pub help: Option<HelpView>,
    /// What is wanted of the whole room, or was lately: at most one of a kind, and of each number that is called in.
    pub acts: Vec<ActView>,
    /// When it was last held against what the carrier says; nothing before the first time.
    pub reconciled_ms: Option<i64>,
}

/// What kind of room it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Of a conference line.
    #[default]
    Conference,
    /// Of a support call: the caller, their agents, and who watches.
    Support,
}

/// How a room stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomStage {
    /// Whoever is in hears music: nobody who starts it has come, or nobody else.
    #[default]
    Waiting,
    /// A moderator is in alone and hears music: it starts with a second person.
    Alone,
    /// People hear each other.
    Running,
    /// The moderator has gone; the others hear music until this moment.
    Grace {
        /// When it is over for them.
        until_ms: i64,
    },
    /// It is being ended.
    Ending,
}

/// How a room is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingView {
    /// Not at all.
    #[default]
    None,
    /// It will be, once people hear each other.
    Awaited,
    /// It is.
    Running,
    /// It is, and pauses.
    Paused,
}

/// Somebody who asks for help.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpView {
    /// Their name.
    pub by: String,
    /// Since when.
    pub since_ms: i64,
}

/// Somebody in a room, or on the way into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Their leg: names them in forms.
    pub leg: String,
    /// Their name or number, for people.
    pub label: String,
    /// Their user name, where they are one of ours.
    pub user: Option<String>,
    /// What they are in the room.
    pub role: PersonRole,
    /// Whether they are in.
    pub stage: PersonStage,
    /// Since when they are in, or on the way.
    pub since_ms: i64,
    /// Since when they speak; nothing while they do not.
    pub speaking_since_ms: Option<i64>,
    /// Whether the others do not hear them.
    pub is_muted: bool,
    /// Whether they hear music instead of the others.
    pub is_held: bool,
    /// Since when their hand is raised.
    pub hand_since_ms: Option<i64>,
    /// What is wanted of them, or was lately: at most one of a kind.
    pub acts: Vec<ActView>,
}

/// What somebody is in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// The room begins and ends with them.
    Moderator,
    /// One of many.
    #[default]
    Participant,
    /// The caller of a support call.
    Caller,
    /// An agent of a support call.
    Agent,
    /// Somebody outside who was called.
    Outside,
    /// A supervisor who listens, coaches or speaks.
    Watcher(WatchMode),
}

/// Whether somebody is in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStage {
    /// Their telephone is being called.
    Ringing,
    /// They have answered or called, and are being led in.
    Coming,
    /// They are in.
    #[default]
    In,
    /// They are out for a moment: at the star menu, or while the room begins anew.
    Aside,
    /// They are on their way out for good.
    Leaving,
}

/// Something that was wanted, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActView {
    /// What.
    pub kind: ActKind,
    /// Whom it is about, where several of the kind may be under way: a number that is called in.
    pub about: Option<String>,
    /// Whether it was to be so, or no longer; true for what cannot be taken back.
    pub on: bool,
    /// What became of it.
    pub state: ActState,
    /// When it was wanted, or when that became of it.
    pub at_ms: i64,
    /// Who wanted it, by name.
    pub by: String,
}

/// What became of something that was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActState {
    /// It is on its way.
    Wanted,
    /// The carrier has done it.
    Done,
    /// It was not done; why, as a sentence.
    Refused(String),
}

impl Rooms {
    /// The room of an id.
    #[must_use]
    pub fn room(&self, id: &str) -> Option<&RoomView> {
        self.rooms.iter().find(|room| room.id == id)
    }
}

impl RoomView {
    /// Whoever has this leg.
    #[must_use]
    pub fn person(&self, leg: &str) -> Option<&PersonView> {
        self.people.iter().find(|person| person.leg == leg)
    }

    /// Whoever is in, without those on the way.
    #[must_use]
    pub fn present(&self) -> usize {
        let people = self.people.iter();
        people
            .filter(|person| person.stage == PersonStage::In)
            .count()
    }

    /// What became of the last wish of a kind for the whole room.
    #[must_use]
    pub fn act(&self, kind: ActKind) -> Option<&ActView> {
        self.acts.iter().find(|act| act.kind == kind)
    }

    /// How long it has lived, in milliseconds.
    #[must_use]
    pub fn length_ms(&self, now_ms: i64) -> i64 {
        now_ms.saturating_sub(self.began_ms).max(0)
    }
}

impl PersonView {
    /// What became of the last wish of a kind for them.
    #[must_use]
    pub fn act(&self, kind: ActKind) -> Option<&ActView> {
        self.acts.iter().find(|act| act.kind == kind)
    }
}

#[cfg(test)]
mod tests;
