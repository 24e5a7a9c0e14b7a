//! What is wrong with a draft of a menu, each thing at its place and key, as a sentence.

use super::LONGEST_TEXT;
use crate::{DialRefusal, Language, MAX_PROMPTS, NodeId};

/// Something that is wrong with a draft, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place; none where it concerns the menu as a whole.
    pub place: Option<NodeId>,
    /// Which of the place's keys, by its row from 0.
    pub row: Option<usize>,
    /// What it is.
    pub what: What,
}

impl Fault {
    /// Whether the draft may go live with it.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        match self.what {
            What::Unreached | What::ZeroIsTaken { .. } | What::EntryNotDialled { .. } => true,
            What::NoName
            | What::NoPlace
            | What::KeyTwice { .. }
            | What::NoKey { .. }
            | What::Star
            | What::NoWayOn
            | What::Loop
            | What::TooDeep
            | What::NothingSaid { .. }
            | What::NothingSaidFirst { .. }
            | What::NothingAnnounced { .. }
            | What::TooLong { .. }
            | What::Nowhere
            | What::NoSuchPlace { .. }
            | What::NoSuchList { .. }
            | What::NoSuchLine { .. }
            | What::NoPerson { .. }
            | What::NoSuchNumber { .. }
            | What::NotDialled { .. }
            | What::NamelessNumber
            | What::EmptyList { .. }
            | What::LongList { .. }
            | What::ListKey { .. }
            | What::CircleOfLines { .. } => false,
        }
    }
}

/// What is wrong, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The menu has no name.
    #[error("The menu has no name. Give it one that people know it by.")]
    NoName,
    /// The menu has no place.
    #[error("The menu has no place. Add the one where callers begin.")]
    NoPlace,
    /// Two rows of a place have the same key.
    #[error("The key {key} stands here twice. Give one of them another key.")]
    KeyTwice {
        /// The key.
        key: char,
    },
    /// A key that no telephone has.
    #[error("{}. Use one digit, 0 to 9.", none_of(.text, "key"))]
    NoKey {
        /// What stands in its place.
        text: String,
    },
    /// A key that always has its own meaning.
    #[error("* always leads back, and # only ends what was pressed. Use one digit, 0 to 9.")]
    Star,
    /// A place without keys.
    #[error("Nothing leads on from here. Add a key.")]
    NoWayOn,
    /// A place from which callers only come to places like it.
    #[error(
        "Whatever callers press here, they only go round: no key leads to somebody, a list, an announcement or another line."
    )]
    Loop,
    /// A place that no call gets to.
    #[error("Callers never get this far: a call ends kindly after {MAX_PROMPTS} questions.")]
    TooDeep,
    /// A place that says nothing in a language of a line.
    #[error("Nothing is said here in {}. Write the prompt.", .language.name())]
    NothingSaid {
        /// The language.
        language: Language,
    },
    /// A list before which nothing is said.
    #[error("Nothing is said before the list in {}. Write what callers hear first.", .language.name())]
    NothingSaidFirst {
        /// The language.
        language: Language,
    },
    /// An announcement without words.
    #[error("The announcement says nothing in {}. Write it.", .language.name())]
    NothingAnnounced {
        /// The language.
        language: Language,
    },
    /// A text that is longer than anybody hears out, and than the carrier says at once.
    #[error(
        "What is said in {} has {} characters. Take out {}: it takes at most {}.",
        .language.name(),
        grouped(*.characters),
        grouped(*.characters - LONGEST_TEXT),
        grouped(LONGEST_TEXT)
    )]
    TooLong {
        /// The language.
        language: Language,
        /// How many it has.
        characters: usize,
    },
    /// A key without a destination.
    #[error("Nobody has said where this key leads. Choose where.")]
    Nowhere,
    /// A place that does not exist.
    #[error("There is no place {id:?} in this menu. Choose another.")]
    NoSuchPlace {
        /// Its id.
        id: String,
    },
    /// A directory that does not exist.
    #[error("There is no list {id:?}. Choose another.")]
    NoSuchList {
        /// Its id.
        id: String,
    },
    /// A line that does not exist.
    #[error("There is no line {id:?}. Choose another.")]
    NoSuchLine {
        /// Its id.
        id: String,
    },
    /// A person where the line has none.
    #[error("The line {line} has no person at the desk. Give it one, or lead elsewhere.")]
    NoPerson {
        /// The line's name.
        line: String,
    },
    /// A number that is none.
    #[error("{}. Write it with its country code, like +12022246665.", none_of(.text, "telephone number"))]
    NoSuchNumber {
        /// What stands in its place.
        text: String,
    },
    /// A number that a line does not dial.
    #[error("The line {line} would not dial it: {refusal}.")]
    NotDialled {
        /// The line's name.
        line: String,
        /// Why.
        refusal: DialRefusal,
    },
    /// A number of which callers do not hear whose it is.
    #[error("Callers hear whom they are connected to. Say who answers there.")]
    NamelessNumber,
    /// A list without entries.
    #[error("The list {list} has no entries that stand in no region. Add some, or lead elsewhere.")]
    EmptyList {
        /// The directory's id.
        list: String,
    },
    /// A list with more entries than keys.
    #[error(
        "The list {list} has {entries} entries, and callers choose one by the keys 1 to 9. Make two lists of it."
    )]
    LongList {
        /// The directory's id.
        list: String,
        /// How many it has.
        entries: usize,
    },
    /// An entry of a list whose key is none.
    #[error(
        "In the list {list}, {entry} stands under {key}, and callers choose by the keys 1 to 9. Move it."
    )]
    ListKey {
        /// The directory's id.
        list: String,
        /// The entry's name.
        entry: String,
        /// Its position.
        key: u16,
    },
    /// Lines that only lead to each other.
    #[error(
        "The line {line} only leads back to lines like this one: callers would go round for ever."
    )]
    CircleOfLines {
        /// The line's name.
        line: String,
    },
    /// A place that no key leads to.
    #[error("No key leads here.")]
    Unreached,
    /// A 0 that does something else where callers are told that it reaches a person.
    #[error(
        "Callers of the line {line} are told that 0 reaches a person. Here it does something else."
    )]
    ZeroIsTaken {
        /// The line's name.
        line: String,
    },
    /// An entry of a list that a line does not dial.
    #[error("The line {line} would not dial {entry}: {refusal}.")]
    EntryNotDialled {
        /// The line's name.
        line: String,
        /// The entry's name.
        entry: String,
        /// Why.
        refusal: DialRefusal,
    },
}

/// A count with its thousands set apart, as people read it.
fn grouped(count: usize) -> String {
    match (count / 1_000, count % 1_000) {
        (0, rest) => rest.to_string(),
        (more, rest) => format!("{},{rest:03}", grouped(more)),
    }
}

/// What stands in the place of something, or that nothing does.
fn none_of(text: &str, what: &str) -> String {
    if text.is_empty() {
        format!("The {what} is missing")
    } else {
        format!("{text:?} is no {what}")
    }
}
