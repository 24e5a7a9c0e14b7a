//! Phone trees as data: prompts, keys, and where each key leads.

mod check;
mod compare;
mod draft;
mod fault;
mod rehearsal;
mod ways;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DirectoryId, Language, LineId, MenuId, NodeId, PhoneNumber};

pub use check::check;
pub use compare::{PlaceChange, compare};
pub use draft::{Draft, DraftKey, DraftPlace, DraftTo, Words};
pub use fault::{Fault, What};
pub use rehearsal::{Press, Rehearsal, Scene, Stands, rehearse};

/// How many entries of a list callers can choose by one key: 1 to 9, since 0 is for a person. A list that grows longer
/// while it is read out is chosen from by two keys, with a pause after the first: nobody would hear it to its end.
pub const ONE_KEY_ENTRIES: usize = 9;

/// How many characters are said at once at most: over two minutes.
pub const LONGEST_TEXT: usize = 2_000;

/// A tree of choices by keypad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// Its id.
    pub id: MenuId,
    /// Its name for people.
    pub name: String,
    /// Where callers begin.
    pub root: NodeId,
    /// Its places.
    pub nodes: BTreeMap<NodeId, Node>,
    /// Which version of it this is, from 1; of one that is only tried, the number of the trial.
    #[serde(default = "first")]
    pub version: u32,
}

const fn first() -> u32 {
    1
}

/// A tree that a call is led through, as it stood when the call came to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MenuAt {
    /// Which menu.
    pub menu: MenuId,
    /// As it stood when.
    pub edition: Edition,
}

/// One of the forms that a menu has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// A version that went live.
    Version(u32),
    /// A draft that somebody tries with a call of their own.
    Trial(u32),
}

impl MenuAt {
    /// The live version of a menu.
    #[must_use]
    pub fn live(menu: &Menu) -> Self {
        Self {
            menu: menu.id.clone(),
            edition: Edition::Version(menu.version),
        }
    }
}

/// A place in the tree: what is said there, and what the keys do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its name for people; empty where its id says it.
    #[serde(default)]
    pub name: String,
    /// What is said, in each language; the choices are part of the text.
    pub prompt: BTreeMap<Language, String>,
    /// What each key leads to; `*` always goes back and `0` to a person, where the line has one.
    pub choices: BTreeMap<char, Choice>,
}

impl Node {
    /// What people call it.
    #[must_use]
    pub fn title<'a>(&'a self, id: &'a NodeId) -> &'a str {
        match self.name.as_str() {
            "" => id.as_str(),
            name => name,
        }
    }
}

/// What a key leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it is, for the journal and for admins.
    pub label: String,
    /// Where it leads.
    pub to: Destination,
}

/// Where a key leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Destination {
    /// Another place in the tree.
    Menu {
        /// Which.
        node: NodeId,
    },
    /// The entries of a directory, each by its key; `intro` is said before they are read out.
    List {
        /// Whose entries.
        directory: DirectoryId,
        /// What is said first, in each language.
        intro: BTreeMap<Language, String>,
    },
    /// Something said, after which the call ends.
    Announce {
        /// What is said, in each language.
        text: BTreeMap<Language, String>,
    },
    /// A number.
    Number {
        /// Who answers there.
        name: String,
        /// The number.
        number: PhoneNumber,
    },
    /// Another line.
    Line {
        /// Which.
        line: LineId,
    },
    /// The person at the desk of the line.
    Person,
    /// The place before this one.
    Back,
}
