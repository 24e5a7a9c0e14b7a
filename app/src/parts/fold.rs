//! A menu that folds out of its summary.

use leptos::attr::Attribute;
use leptos::attr::custom::custom_attribute;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// The menu and its summary.
#[derive(Clone, Copy)]
pub(crate) struct Fold {
    pub(crate) menu: NodeRef<html::Details>,
    pub(crate) summary: NodeRef<html::Summary>,
}

impl Fold {
    pub(crate) fn new() -> Self {
        Self {
            menu: NodeRef::new(),
            summary: NodeRef::new(),
        }
    }

    /// Folds the menu away and leaves the focus where it came from.
    pub(crate) fn away(self) {
        let Some(menu) = self.menu.get_untracked() else {
            return;
        };
        menu.set_open(false);
        if let Some(summary) = self.summary.get_untracked() {
            // It fails for elements that are not in the page.
            _ = summary.focus();
        }
    }

    /// Folds it away by the key that leaves things.
    pub(crate) fn left_by(self, event: &KeyboardEvent) {
        if event.key() == "Escape" {
            self.away();
        }
    }
}

/// The browser folds the other menus of this name when one is opened.
pub(crate) fn one_open(name: &'static str) -> impl Attribute + Clone {
    custom_attribute("name", name)
}
