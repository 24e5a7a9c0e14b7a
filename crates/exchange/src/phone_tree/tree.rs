//! What the rules look up in the tree that a call is led through.

use std::collections::BTreeMap;

use super::PhoneTree;
use crate::turn::Turn;
use crate::{Destination, DirectoryId, Language, LineKind, Menu, Node, NodeId};

/// The tree that the call is led through. Where its version is no longer known, the live one.
pub(super) fn menu<'a>(turn: &Turn<'a>, state: &PhoneTree) -> Option<&'a Menu> {
    let begun = state.begun.as_ref();
    begun
        .and_then(|begun| turn.plan.menu_at(begun))
        .or_else(|| live_menu(turn))
}

pub(super) fn live_menu<'a>(turn: &Turn<'a>) -> Option<&'a Menu> {
    match &turn.line.kind {
        LineKind::Menu { menu } => turn.plan.menu(menu),
        LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => None,
    }
}

/// Where the caller is. A place that an edit took away leads back to the root.
pub(super) fn here<'m>(menu: &'m Menu, state: &'m PhoneTree) -> &'m NodeId {
    state
        .trail
        .iter()
        .rev()
        .find(|node| menu.nodes.contains_key(*node))
        .unwrap_or(&menu.root)
}

fn list_of(node: &Node) -> impl Iterator<Item = (&DirectoryId, &BTreeMap<Language, String>)> {
    node.choices.values().filter_map(|choice| match &choice.to {
        Destination::List { directory, intro } => Some((directory, intro)),
        Destination::Menu { .. }
        | Destination::Announce { .. }
        | Destination::Number { .. }
        | Destination::Line { .. }
        | Destination::Person
        | Destination::Back => None,
    })
}

pub(super) fn first_list(menu: &Menu) -> Option<DirectoryId> {
    let mut lists = menu.nodes.values().flat_map(list_of);
    lists.next().map(|(directory, _)| directory.clone())
}

/// What is said before a list: as the place that leads there has it, else as the first that does.
pub(super) fn intro_of<'m>(
    menu: &'m Menu,
    from: &NodeId,
    directory: &DirectoryId,
) -> Option<&'m BTreeMap<Language, String>> {
    let here = menu.nodes.get(from).into_iter();
    here.chain(menu.nodes.values())
        .flat_map(list_of)
        .find(|(of, _)| *of == directory)
        .map(|(_, intro)| intro)
}

pub(super) fn words(texts: &BTreeMap<Language, String>, language: Language) -> &str {
    let preferred = [texts.get(&language), texts.get(&Language::English)];
    preferred
        .into_iter()
        .flatten()
        .chain(texts.values())
        .map(String::as_str)
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
}
