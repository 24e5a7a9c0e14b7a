//! Phone trees as data: prompts, keys, and where each key leads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DirectoryId, Language, LineId, MenuId, NodeId, PhoneNumber};

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
}

/// A place in the tree: what is said there, and what the keys do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What is said, in each language; the choices are part of the text.
    pub prompt: BTreeMap<Language, String>,
    /// What each key leads to; `*` always goes back and `0` to a person, where the line has one.
    pub choices: BTreeMap<char, Choice>,
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
    /// The place before this one.
    Back,
}
