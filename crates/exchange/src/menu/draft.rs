//! A menu as people type it: keys may stand twice, places be empty, and nothing of it need lead anywhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Choice, Destination, Menu, Node};
use crate::{DirectoryId, Language, LineId, MenuId, NodeId, PhoneNumber};

/// What is said, in each language; a language in which nothing is said may be missing.
pub type Words = BTreeMap<Language, String>;

/// A menu that need not be right yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name for people.
    pub name: String,
    /// Its places; callers begin at the first.
    pub places: Vec<DraftPlace>,
}

/// A place of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPlace {
    /// Its id.
    pub id: NodeId,
    /// Its name for people; empty where its id says it.
    pub name: String,
    /// What is said there.
    pub prompt: Words,
    /// What the keys do, in the order in which they were typed.
    pub keys: Vec<DraftKey>,
}

/// A key of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftKey {
    /// The key, or what stands in its field.
    pub key: String,
    /// What it is, for the journal and for admins; empty where the destination says it.
    pub label: String,
    /// Where it leads.
    pub to: DraftTo,
}

/// Where a key leads, or is meant to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum DraftTo {
    /// Nobody has said where yet.
    #[default]
    Nowhere,
    /// Another place.
    Menu {
        /// Its id.
        node: String,
    },
    /// The entries of a directory.
    List {
        /// Its id.
        directory: String,
        /// What is said before they are read out.
        intro: Words,
    },
    /// Something said, after which the call ends.
    Announce {
        /// What is said.
        text: Words,
    },
    /// A number.
    Number {
        /// Who answers there.
        name: String,
        /// The number, as typed.
        number: String,
    },
    /// Another line.
    Line {
        /// Its id.
        line: String,
    },
    /// The person at the desk of the line.
    Person,
    /// The place before this one.
    Back,
}

impl Draft {
    /// A menu with one place that says nothing yet.
    #[must_use]
    pub fn new(name: &str, start: NodeId) -> Self {
        Self {
            name: name.to_owned(),
            places: vec![DraftPlace::new(start, "")],
        }
    }

    /// The draft of a menu: its beginning, then its other places by their ids.
    #[must_use]
    pub fn of(menu: &Menu) -> Self {
        let root = menu.nodes.get_key_value(&menu.root);
        let others = menu.nodes.iter().filter(|(id, _)| **id != menu.root);
        Self {
            name: menu.name.clone(),
            places: root
                .into_iter()
                .chain(others)
                .map(|(id, node)| DraftPlace::of(id, node))
                .collect(),
        }
    }

    /// The menu as far as the draft makes one: of a key that stands twice the first counts, and what leads nowhere is
    /// left out. Of a draft that passes the check nothing is. Nothing where it has no place.
    #[must_use]
    pub fn menu(&self, id: &MenuId, version: u32) -> Option<Menu> {
        let root = self.places.first()?.id.clone();
        let nodes = self.places.iter().rev().map(|place| {
            let node = place.node();
            (place.id.clone(), node)
        });
        Some(Menu {
            id: id.clone(),
            name: self.name.clone(),
            root,
            nodes: nodes.collect(),
            version,
        })
    }

    /// Whether it makes just this menu, whatever the order of its places and keys.
    #[must_use]
    pub fn makes(&self, menu: &Menu) -> bool {
        let keys: usize = self.places.iter().map(|place| place.keys.len()).sum();
        let choices: usize = menu.nodes.values().map(|node| node.choices.len()).sum();
        keys == choices && self.menu(&menu.id, menu.version).as_ref() == Some(menu)
    }

    /// A place of it.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<&DraftPlace> {
        self.places.iter().find(|place| place.id.as_str() == id)
    }

    /// The same, to be changed.
    pub fn place_mut(&mut self, id: &str) -> Option<&mut DraftPlace> {
        self.places.iter_mut().find(|place| place.id.as_str() == id)
    }
}

impl DraftPlace {
    /// A place at which nothing is said yet.
    #[must_use]
    pub fn new(id: NodeId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            prompt: Words::new(),
            keys: Vec::new(),
        }
    }

    fn of(id: &NodeId, node: &Node) -> Self {
        let key = |(key, choice): (&char, &Choice)| DraftKey {
            key: key.to_string(),
            label: choice.label.clone(),
            to: DraftTo::of(&choice.to),
        };
        Self {
            id: id.clone(),
            name: node.name.clone(),
            prompt: node.prompt.clone(),
            keys: node.choices.iter().map(key).collect(),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "" => self.id.as_str(),
            name => name,
        }
    }

    fn node(&self) -> Node {
        let choices = self.keys.iter().rev().filter_map(|row| {
            let choice = Choice {
                label: row.title(),
                to: row.to.destination()?,
            };
            Some((row.sign()?, choice))
        });
        Node {
            name: self.name.clone(),
            prompt: said(&self.prompt),
            choices: choices.collect(),
        }
    }
}

impl DraftKey {
    /// The key that callers can press for it; nothing where it is none. `*` always leads back, and `#` only ends what
    /// was pressed before it.
    #[must_use]
    pub fn sign(&self) -> Option<char> {
        let mut characters = self.key.trim().chars();
        let first = characters.next().filter(char::is_ascii_digit)?;
        characters.next().is_none().then_some(first)
    }

    /// What it is called: its label, else what its destination says.
    #[must_use]
    pub fn title(&self) -> String {
        match self.label.trim() {
            "" => self.to.title(),
            label => label.to_owned(),
        }
    }
}

impl DraftTo {
    /// What was meant by a destination.
    #[must_use]
    pub fn of(to: &Destination) -> Self {
        match to {
            Destination::Menu { node } => Self::Menu {
                node: node.to_string(),
            },
            Destination::List { directory, intro } => Self::List {
                directory: directory.to_string(),
                intro: intro.clone(),
            },
            Destination::Announce { text } => Self::Announce { text: text.clone() },
            Destination::Number { name, number } => Self::Number {
                name: name.clone(),
                number: number.to_string(),
            },
            Destination::Line { line } => Self::Line {
                line: line.to_string(),
            },
            Destination::Person => Self::Person,
            Destination::Back => Self::Back,
        }
    }

    /// The destination, where it is written as one. Whether there is such a thing is not known here.
    fn destination(&self) -> Option<Destination> {
        match self {
            Self::Nowhere => None,
            Self::Menu { node } => {
                let node = NodeId::parse(node).ok()?;
                Some(Destination::Menu { node })
            }
            Self::List { directory, intro } => {
                let directory = DirectoryId::parse(directory).ok()?;
                let intro = said(intro);
                Some(Destination::List { directory, intro })
            }
            Self::Announce { text } => Some(Destination::Announce { text: said(text) }),
            Self::Number { name, number } => {
                let name = name.trim().to_owned();
                let number = PhoneNumber::parse(number).ok()?;
                Some(Destination::Number { name, number })
            }
            Self::Line { line } => {
                let line = LineId::parse(line).ok()?;
                Some(Destination::Line { line })
            }
            Self::Person => Some(Destination::Person),
            Self::Back => Some(Destination::Back),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Nowhere => "nothing yet".to_owned(),
            Self::Menu { node: id }
            | Self::List { directory: id, .. }
            | Self::Line { line: id } => id.clone(),
            Self::Announce { .. } => "an announcement".to_owned(),
            Self::Number { name, number } if name.trim().is_empty() => number.clone(),
            Self::Number { name, .. } => name.trim().to_owned(),
            Self::Person => "the person at the desk".to_owned(),
            Self::Back => "back".to_owned(),
        }
    }
}

/// The languages in which something is said.
fn said(words: &Words) -> Words {
    let said = words.iter().filter(|(_, text)| !text.trim().is_empty());
    said.map(|(language, text)| (*language, text.trim().to_owned()))
        .collect()
}
