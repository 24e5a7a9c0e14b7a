//! Two versions of a menu beside each other: what differs, place by place, in words.

use std::collections::BTreeSet;

use super::draft::Words;
use super::{Choice, Destination, Menu, Node};
use crate::{Language, NodeId};

/// What is different about one place, or about the menu as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceChange {
    /// The place; none for the menu as a whole.
    pub place: Option<NodeId>,
    /// What people call it.
    pub title: String,
    /// What is different, each a sentence.
    pub words: Vec<String>,
}

/// What differs from one version of a menu to another; nothing where they say and do the same.
#[must_use]
pub fn compare(before: &Menu, after: &Menu) -> Vec<PlaceChange> {
    let mut changes = Vec::new();
    let whole = whole(before, after);
    if !whole.is_empty() {
        changes.push(PlaceChange {
            place: None,
            title: "The menu".to_owned(),
            words: whole,
        });
    }
    let ids: BTreeSet<&NodeId> = before.nodes.keys().chain(after.nodes.keys()).collect();
    for id in ids {
        let (was, is) = (before.nodes.get(id), after.nodes.get(id));
        let words = match (was, is) {
            (Some(was), Some(is)) => place((was, before), (is, after)),
            (None, Some(_)) => vec!["Added.".to_owned()],
            (Some(_), None) => vec!["Removed.".to_owned()],
            (None, None) => Vec::new(),
        };
        if !words.is_empty() {
            let title = is
                .or(was)
                .map_or_else(String::new, |node| node.title(id).to_owned());
            changes.push(PlaceChange {
                place: Some(id.clone()),
                title,
                words,
            });
        }
    }
    changes
}

fn whole(before: &Menu, after: &Menu) -> Vec<String> {
    let mut words = Vec::new();
    if before.name != after.name {
        words.push(format!(
            "Its name is “{}”, was “{}”.",
            after.name, before.name
        ));
    }
    if before.root != after.root {
        let title = |menu: &Menu| title(menu, &menu.root);
        words.push(format!(
            "Callers begin at {}, began at {}.",
            title(after),
            title(before)
        ));
    }
    words
}

fn place((was, before): (&Node, &Menu), (is, after): (&Node, &Menu)) -> Vec<String> {
    let mut words = Vec::new();
    if was.name != is.name {
        words.push(format!("Its name is “{}”, was “{}”.", is.name, was.name));
    }
    texts("It says", &was.prompt, &is.prompt, &mut words);
    let keys: BTreeSet<char> = was
        .choices
        .keys()
        .chain(is.choices.keys())
        .copied()
        .collect();
    for key in keys {
        match (was.choices.get(&key), is.choices.get(&key)) {
            (None, Some(is)) => words.push(format!(
                "Key {key} is new: {}, leads to {}.",
                is.label,
                leads(&is.to, after)
            )),
            (Some(was), None) => words.push(format!(
                "Key {key} is gone: it was {}, and led to {}.",
                was.label,
                leads(&was.to, before)
            )),
            (Some(was), Some(is)) => choice(key, (was, before), (is, after), &mut words),
            (None, None) => {}
        }
    }
    words
}

fn choice(
    key: char,
    (was, before): (&Choice, &Menu),
    (is, after): (&Choice, &Menu),
    words: &mut Vec<String>,
) {
    if was.label != is.label {
        words.push(format!("Key {key} is “{}”, was “{}”.", is.label, was.label));
    }
    let (led, leads) = (leads(&was.to, before), leads(&is.to, after));
    let is_same = match (&was.to, &is.to) {
        (Destination::Menu { node: was }, Destination::Menu { node: is }) => was == is,
        (
            Destination::Menu { .. }
            | Destination::List { .. }
            | Destination::Announce { .. }
            | Destination::Number { .. }
            | Destination::Line { .. }
            | Destination::Person
            | Destination::Back,
            _,
        ) => led == leads,
    };
    if !is_same {
        words.push(format!("Key {key} leads to {leads}, led to {led}."));
    }
    match (&was.to, &is.to) {
        (Destination::List { intro: was, .. }, Destination::List { intro: is, .. }) => {
            texts(
                &format!("Before the list of key {key} it says"),
                was,
                is,
                words,
            );
        }
        (Destination::Announce { text: was }, Destination::Announce { text: is }) => {
            texts(
                &format!("The announcement of key {key} says"),
                was,
                is,
                words,
            );
        }
        (
            Destination::Menu { .. }
            | Destination::List { .. }
            | Destination::Announce { .. }
            | Destination::Number { .. }
            | Destination::Line { .. }
            | Destination::Person
            | Destination::Back,
            _,
        ) => {}
    }
}

fn texts(what: &str, was: &Words, is: &Words, words: &mut Vec<String>) {
    for language in Language::ALL {
        let (was, is) = (was.get(&language), is.get(&language));
        let name = language.name();
        match (was, is) {
            _ if was == is => {}
            (_, Some(is)) => {
                let was = was.map_or_else(|| "nothing".to_owned(), |was| format!("“{was}”"));
                words.push(format!("{what} in {name}: “{is}”, said {was}."));
            }
            (Some(was), None) => words.push(format!("{what} nothing in {name}, said “{was}”.")),
            (None, None) => {}
        }
    }
}

fn leads(to: &Destination, menu: &Menu) -> String {
    match to {
        Destination::Menu { node } => title(menu, node),
        Destination::List { directory, .. } => format!("the list {directory}"),
        Destination::Announce { .. } => "an announcement".to_owned(),
        Destination::Number { name, number } => format!("{name}, {}", number.formatted()),
        Destination::Line { line } => format!("the line {line}"),
        Destination::Person => "the person at the desk".to_owned(),
        Destination::Back => "the place before".to_owned(),
    }
}

fn title(menu: &Menu, id: &NodeId) -> String {
    let node = menu.nodes.get(id);
    format!("“{}”", node.map_or(id.as_str(), |node| node.title(id)))
}
