//! The tree at a glance: its keys in their order, each with where it leads.

use std::collections::BTreeSet;

use desk::menus::OutlineRow;
use exchange::menu::{Draft, DraftKey, DraftPlace, DraftTo, Fault};
use exchange::{DirectoryId, LineId, PhoneNumber, Plan};

/// How deep the outline goes; what lies deeper is shown by its place.
const DEEPEST: usize = 8;

/// The outline of a draft: from its beginning, then the places that no key leads to.
pub(super) fn outline(
    draft: &Draft,
    faults: &[Fault],
    plan: &Plan,
    names: &dyn Fn(&DirectoryId) -> Option<String>,
) -> Vec<OutlineRow> {
    let mut drawing = Drawing {
        draft,
        faults,
        plan,
        names,
        seen: BTreeSet::new(),
        rows: Vec::new(),
    };
    for place in &draft.places {
        if drawing.seen.insert(place.id.as_str()) {
            drawing.place(place, "", &[]);
        }
    }
    drawing.rows
}

struct Drawing<'a> {
    draft: &'a Draft,
    faults: &'a [Fault],
    plan: &'a Plan,
    names: &'a dyn Fn(&DirectoryId) -> Option<String>,
    seen: BTreeSet<&'a str>,
    rows: Vec<OutlineRow>,
}

impl<'a> Drawing<'a> {
    fn place(&mut self, place: &'a DraftPlace, label: &str, path: &[String]) {
        let own = self.faults_at(place, None);
        let title = match label {
            "" => place.title().to_owned(),
            label if label == place.title() => label.to_owned(),
            label => format!("{label}: {}", place.title()),
        };
        self.rows.push(OutlineRow {
            path: path.to_vec(),
            label: title,
            leads: String::new(),
            place: place.id.to_string(),
            is_place: true,
            is_again: false,
            faults: own,
        });
        for (row, key) in place.keys.iter().enumerate() {
            let sign = match key.key.as_str() {
                "" => "?".to_owned(),
                key => key.to_owned(),
            };
            let path: Vec<String> = path.iter().cloned().chain([sign]).collect();
            self.key(place, row, key, path);
        }
    }

    fn key(&mut self, place: &'a DraftPlace, row: usize, key: &'a DraftKey, path: Vec<String>) {
        let faults = self.faults_at(place, Some(row));
        let leads_to = match &key.to {
            DraftTo::Menu { node } => self.draft.place(node),
            DraftTo::Nowhere
            | DraftTo::List { .. }
            | DraftTo::Announce { .. }
            | DraftTo::Number { .. }
            | DraftTo::Line { .. }
            | DraftTo::Person
            | DraftTo::Back => None,
        };
        match leads_to {
            Some(next) if path.len() < DEEPEST && self.seen.insert(next.id.as_str()) => {
                let at = self.rows.len();
                self.place(next, key.label.trim(), &path);
                if let Some(shown) = self.rows.get_mut(at) {
                    shown.faults += faults;
                }
            }
            next => self.rows.push(OutlineRow {
                path,
                label: key.label.trim().to_owned(),
                leads: self.leads(&key.to),
                place: next.unwrap_or(place).id.to_string(),
                is_place: next.is_some(),
                is_again: next.is_some(),
                faults,
            }),
        }
    }

    fn leads(&self, to: &DraftTo) -> String {
        match to {
            DraftTo::Nowhere => "nowhere yet".to_owned(),
            DraftTo::Menu { node } => match self.draft.place(node) {
                Some(place) => place.title().to_owned(),
                None => format!("{node}, which is gone"),
            },
            DraftTo::List { directory, .. } => {
                let id = DirectoryId::parse(directory).ok();
                let name = id.and_then(|id| (self.names)(&id));
                format!("list {}", name.as_deref().unwrap_or(directory))
            }
            DraftTo::Announce { .. } => "announcement".to_owned(),
            DraftTo::Number { name, number } => {
                let number = PhoneNumber::parse(number)
                    .map_or_else(|_| number.clone(), |number| number.formatted());
                format!("{name} {number}").trim().to_owned()
            }
            DraftTo::Line { line } => {
                let found = LineId::parse(line).ok().and_then(|id| self.plan.line(&id));
                format!("line {}", found.map_or(line.as_str(), |line| &line.name))
            }
            DraftTo::Person => "the person at the desk".to_owned(),
            DraftTo::Back => "back".to_owned(),
        }
    }

    fn faults_at(&self, place: &DraftPlace, row: Option<usize>) -> usize {
        let here = self.faults.iter().filter(|fault| {
            fault.place.as_ref() == Some(&place.id) && fault.row == row && !fault.is_warning()
        });
        here.count()
    }
}
