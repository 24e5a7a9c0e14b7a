//! The phone trees of a plan: looked up by version, tried, and checked.

use std::collections::BTreeMap;

use super::{Plan, PlanError};
use crate::{Destination, DirectoryId, Edition, Language, Line, Menu, MenuAt, MenuId, Node};

impl Plan {
    /// The phone tree of an id, as it is live.
    #[must_use]
    pub fn menu(&self, id: &MenuId) -> Option<&Menu> {
        self.menus.get(id)
    }

    /// Every phone tree, by id.
    pub fn menus(&self) -> impl Iterator<Item = &Menu> {
        self.menus.values()
    }

    /// A phone tree as it stood at some time, while it is still known.
    #[must_use]
    pub fn menu_at(&self, at: &MenuAt) -> Option<&Menu> {
        let live = self.menus.get(&at.menu);
        live.filter(|menu| MenuAt::live(menu) == *at)
            .or_else(|| self.other_menus.get(at))
    }

    /// Whether there is a directory of this id.
    #[must_use]
    pub fn has_directory(&self, id: &DirectoryId) -> bool {
        self.directories.contains(id)
    }

    /// The same with a line and a draft of its menu, to be tried by nobody but whoever asks.
    #[must_use]
    pub fn trying(mut self, line: Line, draft: Menu) -> Self {
        let at = MenuAt {
            menu: draft.id.clone(),
            edition: Edition::Trial(draft.version),
        };
        if !self.menus.contains_key(&draft.id) {
            self.menus.insert(draft.id.clone(), draft.clone());
        }
        self.other_menus.insert(at, draft);
        self.lines.insert(line.id.clone(), line);
        self
    }

    pub(super) fn check_menus(&self) -> Result<(), PlanError> {
        let nowhere = |from: String, to: String| Err(PlanError::LeadsNowhere { from, to });
        for menu in self.menus.values() {
            let from = format!("the menu {}", menu.id);
            if !menu.nodes.contains_key(&menu.root) {
                return nowhere(from, format!("the place {}", menu.root));
            }
            for choice in menu.nodes.values().flat_map(|node| node.choices.values()) {
                match &choice.to {
                    Destination::Menu { node } if !menu.nodes.contains_key(node) => {
                        return nowhere(from, format!("the place {node}"));
                    }
                    Destination::List { directory, .. } if !self.has_directory(directory) => {
                        return nowhere(from, format!("the directory {directory}"));
                    }
                    Destination::Line { line } if !self.lines.contains_key(line) => {
                        return nowhere(from, format!("the line {line}"));
                    }
                    Destination::Menu { .. }
                    | Destination::List { .. }
                    | Destination::Line { .. }
                    | Destination::Announce { .. }
                    | Destination::Number { .. }
                    | Destination::Person
                    | Destination::Back => {}
                }
            }
        }
        Ok(())
    }
}

pub(super) fn other_menus(past: Vec<Menu>, trials: Vec<Menu>) -> BTreeMap<MenuAt, Menu> {
    let at = |menu: Menu, edition| {
        let id = menu.id.clone();
        (MenuAt { menu: id, edition }, menu)
    };
    let past = past.into_iter().map(|menu| {
        let version = Edition::Version(menu.version);
        at(menu, version)
    });
    let trials = trials.into_iter().map(|menu| {
        let trial = Edition::Trial(menu.version);
        at(menu, trial)
    });
    past.chain(trials).collect()
}

pub(super) fn check_person(menu: &Menu, line: &Line) -> Result<(), PlanError> {
    let mut choices = menu.nodes.values().flat_map(|node| node.choices.values());
    if line.person.is_none() && choices.any(|choice| choice.to == Destination::Person) {
        return Err(PlanError::NoPerson {
            menu: menu.id.clone(),
            line: line.id.clone(),
        });
    }
    Ok(())
}

pub(super) fn check_words(menu: &Menu, language: Language) -> Result<(), PlanError> {
    let is_silent = |words: &BTreeMap<Language, String>| {
        words
            .get(&language)
            .is_none_or(|text| text.trim().is_empty())
    };
    let is_silent_node = |node: &Node| {
        is_silent(&node.prompt)
            || node.choices.values().any(|choice| match &choice.to {
                Destination::List { intro: words, .. } | Destination::Announce { text: words } => {
                    is_silent(words)
                }
                Destination::Menu { .. }
                | Destination::Number { .. }
                | Destination::Line { .. }
                | Destination::Person
                | Destination::Back => false,
            })
    };
    match menu.nodes.iter().find(|(_, node)| is_silent_node(node)) {
        None => Ok(()),
        Some((node, _)) => Err(PlanError::SilentMenu {
            menu: menu.id.clone(),
            node: node.to_string(),
            language,
        }),
    }
}
