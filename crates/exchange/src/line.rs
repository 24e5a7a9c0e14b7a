//! Lines: the numbers we answer, and what each of them does.

use serde::{Deserialize, Serialize};

use crate::{
    ConferenceLine, DialRules, DirectoryId, Hours, Language, LineId, MenuId, PhoneNumber,
    SupportLine, WallClocks,
};

/// A number that we answer, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id; `/line/{id}` is its entry.
    pub id: LineId,
    /// Its name for people.
    pub name: String,
    /// The number callers dial.
    pub number: Option<PhoneNumber>,
    /// The language it speaks.
    pub language: Language,
    /// The voice it speaks with, where the language's own is not wanted.
    pub voice: Option<String>,
    /// What it does.
    #[serde(flatten)]
    pub kind: LineKind,
    /// Who answers a caller who presses 0.
    pub person: Option<PhoneNumber>,
    /// What it may dial.
    pub dial: DialRules,
    /// When it is open; always, where nothing is said.
    #[serde(default)]
    pub hours: Option<Hours>,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineKind {
    /// Connects callers, by region, to the offices of a directory, one after the other.
    Forward {
        /// Whose offices.
        directory: DirectoryId,
        /// The directory offered to callers whose region has no office in the first one.
        #[serde(default)]
        instead: Option<DirectoryId>,
    },
    /// Reads a tree of choices.
    Menu {
        /// Which tree.
        menu: MenuId,
    },
    /// Lets callers wait until an agent answers.
    Support(Box<SupportLine>),
    /// Leads callers into rooms in which they hear each other.
    Conference(Box<ConferenceLine>),
}

impl Line {
    /// Whether it is open. Where nobody knows what its clock shows, it is.
    #[must_use]
    pub fn is_open(&self, clocks: &WallClocks) -> bool {
        let hours = self.hours.as_ref();
        hours.is_none_or(|hours| hours.are_open(clocks))
    }

    /// The voice it speaks with.
    #[must_use]
    pub fn voice(&self) -> &str {
        self.voice
            .as_deref()
            .unwrap_or_else(|| self.language.voice())
    }
}
