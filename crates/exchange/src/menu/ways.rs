//! Where callers can get to in menus: which places are reached, and from which of them somebody or something is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Destination, Menu, Node};
use crate::{LineKind, MenuId, NodeId, Plan};

/// A place among those of all menus.
type Spot = (MenuId, NodeId);

/// How many keys lie between the beginning and each place that is reached at all.
pub(super) fn distances(menu: &Menu) -> BTreeMap<NodeId, usize> {
    let mut known = BTreeMap::from([(menu.root.clone(), 0)]);
    let mut edge = vec![menu.root.clone()];
    for steps in 1.. {
        let mut next = Vec::new();
        for to in edge.iter().flat_map(|id| leads_to(menu, id)) {
            if menu.nodes.contains_key(to) && !known.contains_key(to) {
                known.insert(to.clone(), steps);
                next.push(to.clone());
            }
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    known
}

fn leads_to<'m>(menu: &'m Menu, id: &NodeId) -> impl Iterator<Item = &'m NodeId> {
    let choices = menu
        .nodes
        .get(id)
        .into_iter()
        .flat_map(|node| node.choices.values());
    choices.filter_map(|choice| match &choice.to {
        Destination::Menu { node } => Some(node),
        Destination::List { .. }
        | Destination::Announce { .. }
        | Destination::Number { .. }
        | Destination::Line { .. }
        | Destination::Person
        | Destination::Back => None,
    })
}

/// The places of all menus from which some keys lead to somebody, a list, an announcement, or a line that is no menu.
///
/// A key that leads back counts where every place that leads here has such a way without it: only then does nobody go
/// back and forth for ever.
pub(super) struct Ways<'a> {
    menus: BTreeMap<&'a MenuId, &'a Menu>,
    plan: &'a Plan,
    lead_on: BTreeSet<Spot>,
}

impl<'a> Ways<'a> {
    /// Of the plan's menus, one of which is as the draft has it.
    pub(super) fn of(draft: &'a Menu, plan: &'a Plan) -> Self {
        let mut menus: BTreeMap<_, _> = plan.menus().map(|menu| (&menu.id, menu)).collect();
        menus.insert(&draft.id, draft);
        let mut ways = Self {
            menus,
            plan,
            lead_on: BTreeSet::new(),
        };
        while ways.grow() {}
        ways
    }

    /// Whether some keys lead on from a place.
    pub(super) fn leads_on(&self, menu: &MenuId, place: &NodeId) -> bool {
        self.lead_on.contains(&(menu.clone(), place.clone()))
    }

    /// Whether a line leads somewhere, whatever its menu needs to be pressed.
    pub(super) fn line_leads_on(&self, line: &LineKind) -> bool {
        match line {
            LineKind::Menu { menu } => self
                .menus
                .get(menu)
                .is_some_and(|menu| self.leads_on(&menu.id, &menu.root)),
            LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => true,
        }
    }

    /// Adds the places that are next to those that are known. False when there are none.
    fn grow(&mut self) -> bool {
        let mut found = Vec::new();
        for menu in self.menus.values() {
            for (id, node) in &menu.nodes {
                if !self.leads_on(&menu.id, id) && self.has_way(menu, id, node) {
                    found.push((menu.id.clone(), id.clone()));
                }
            }
        }
        let is_more = !found.is_empty();
        self.lead_on.extend(found);
        is_more
    }

    fn has_way(&self, menu: &Menu, id: &NodeId, node: &Node) -> bool {
        node.choices.values().any(|choice| match &choice.to {
            Destination::Menu { node } => self.leads_on(&menu.id, node),
            Destination::List { .. }
            | Destination::Announce { .. }
            | Destination::Number { .. }
            | Destination::Person => true,
            Destination::Line { line } => self
                .plan
                .line(line)
                .is_some_and(|line| self.line_leads_on(&line.kind)),
            Destination::Back => self.all_before_lead_on(menu, id),
        })
    }

    fn all_before_lead_on(&self, menu: &Menu, id: &NodeId) -> bool {
        let mut before = menu
            .nodes
            .keys()
            .filter(|from| leads_to(menu, from).any(|to| to == id))
            .peekable();
        *id != menu.root
            && before.peek().is_some()
            && before.all(|from| self.leads_on(&menu.id, from))
    }
}
