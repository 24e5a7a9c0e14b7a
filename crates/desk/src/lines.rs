//! Lines as admins look at them: the list of all, and one with everything that it is set to.

mod form;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;

pub use form::{LineForm, RemoveLineForm, RoomForm, TestCallForm, UNSAID, WEEKDAYS};

/// What admins may ask about lines.
#[async_trait]
pub trait Lines: Send + Sync {
    /// Every line; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn lines(&self) -> Result<Vec<LineRow>, DeskError>;

    /// A line with its settings; for admins. The id [`NEW`] is that of one that is to be made, and `kind` a kind that
    /// it might have instead of its own.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Internal`.
    async fn line(&self, id: String, kind: String) -> Result<LineView, DeskError>;

    /// Makes or changes a line; for admins. It counts from the next request of a call on.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Invalid` with what each field expects, `Refused` when somebody else
    /// changed it meanwhile.
    async fn save_line(&self, form: LineForm) -> Result<SavedLine, DeskError>;

    /// Removes a line; for admins.
    ///
    /// # Errors
    /// As for `save_line`; `Refused` while calls are on it or something leads to it.
    async fn remove_line(&self, form: RemoveLineForm) -> Result<(), DeskError>;

    /// Calls a line to try it, and gives the address of the page that shows how it goes; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Invalid` for a number that cannot be called, `Refused` when the carrier
    /// does not take the call.
    async fn test_call(&self, form: TestCallForm) -> Result<String, DeskError>;

    /// How a test call of a line goes, by its SID; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound` for what is no call of the line.
    async fn test_state(&self, id: String, call: String) -> Result<TestState, DeskError>;
}

/// The id in addresses of a line that is to be made. No line may have it.
pub const NEW: &str = "new";

/// What a line does, in the words of its settings.
pub const KINDS: [(&str, &str); 4] = [
    ("forward", "Connects callers to the offices of a directory"),
    ("menu", "Reads a menu of choices"),
    ("support", "Lets callers wait for an agent"),
    ("conference", "Leads callers into rooms"),
];

/// What a kind does; empty for a word that is none.
#[must_use]
pub fn kind_words(kind: &str) -> &'static str {
    let found = KINDS.iter().find(|(word, _)| *word == kind);
    found.map_or("", |(_, words)| words)
}

/// A line that was made or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedLine {
    /// Its id.
    pub id: String,
    /// Its version from now on.
    pub version: i64,
}

/// A line in the list of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its number for people; empty where it has none.
    pub number: String,
    /// A word of [`KINDS`].
    pub kind: String,
    /// Where it leads: the directory, the menu, the team, the rooms.
    pub leads: String,
    /// Its language.
    pub language: String,
    /// Whether it is open at this moment; nothing where it keeps no hours.
    pub is_open: Option<bool>,
    /// How many calls are on it.
    pub calls: u64,
    /// When it was last changed.
    pub changed_ms: Option<i64>,
    /// Who did it.
    pub changed_by: String,
}

/// One line, and what can be chosen for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Its settings.
    pub form: LineForm,
    /// How it stands; the defaults for one that is to be made.
    pub row: LineRow,
    /// What there is to choose from.
    pub choices: LineChoices,
    /// How it can be tried.
    pub test: TestWay,
}

/// What there is to choose from, each by its value and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChoices {
    /// Directories by region.
    pub directories: Vec<(String, String)>,
    /// Menus.
    pub menus: Vec<(String, String)>,
    /// Teams that somebody is in or a line has.
    pub teams: Vec<String>,
    /// Time zones that the server knows.
    pub zones: Vec<String>,
    /// Languages, each by its code.
    pub languages: Vec<(String, String)>,
    /// Voices that are known to speak one of them.
    pub voices: Vec<String>,
}

/// How a line can be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestWay {
    /// Not before it has a number.
    #[default]
    NoNumber,
    /// From a pretend telephone.
    Pretend,
    /// By calling somebody, who is then led to the line.
    CallsOut,
}

/// How a test call goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestState {
    /// In words.
    pub words: String,
    /// Whether it may still become otherwise.
    pub goes_on: bool,
    /// Whether the call has come to the line, so that its page tells what happened.
    pub has_come: bool,
}
