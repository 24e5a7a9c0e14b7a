//! The check of a draft before it goes live: whatever callers press, they are told something and come somewhere.

use std::collections::BTreeSet;

use super::draft::{Draft, DraftKey, DraftPlace, DraftTo, Words};
use super::fault::{Fault, What};
use super::ways::{Ways, distances};
use super::{LONGEST_TEXT, Menu, ONE_KEY_ENTRIES};
use crate::{
    DialRefusal, DialRules, DirectoryId, Language, Line, LineId, LineKind, MAX_PROMPTS, MenuId,
    NodeId, PhoneNumber, Plan,
};

/// Everything that is wrong with a draft of a menu, place by place, and what is worth a look.
#[must_use]
pub fn check(id: &MenuId, draft: &Draft, plan: &Plan) -> Vec<Fault> {
    let lines = lines_of(id, plan);
    let mut faults = Vec::new();
    let mut of_all = |what| {
        faults.push(Fault {
            place: None,
            row: None,
            what,
        });
    };
    if draft.name.trim().is_empty() {
        of_all(What::NoName);
    }
    let Some(menu) = draft.menu(id, 0) else {
        of_all(What::NoPlace);
        return faults;
    };
    let checking = Checking {
        draft,
        plan,
        languages: languages(draft, &lines),
        lines,
        menu: &menu,
        ways: Ways::of(&menu, plan),
    };
    let known = distances(&menu);
    for place in &draft.places {
        checking.place(place, &mut faults);
        checking.way_to(place, known.get(&place.id).copied(), &mut faults);
    }
    faults
}

/// The lines that use a menu.
pub(super) fn lines_of<'p>(id: &MenuId, plan: &'p Plan) -> Vec<&'p Line> {
    plan.lines()
        .filter(|line| match &line.kind {
            LineKind::Menu { menu } => menu == id,
            LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => false,
        })
        .collect()
}

/// The languages that it must speak: those of its lines; where it has none, those that it begins in.
fn languages(draft: &Draft, lines: &[&Line]) -> BTreeSet<Language> {
    if !lines.is_empty() {
        return lines.iter().map(|line| line.language).collect();
    }
    let start = draft.places.first().map(|place| &place.prompt);
    let begun = start.into_iter().flatten();
    let begun: BTreeSet<_> = begun
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(language, _)| *language)
        .collect();
    if begun.is_empty() {
        BTreeSet::from([Language::English])
    } else {
        begun
    }
}

struct Checking<'a> {
    draft: &'a Draft,
    plan: &'a Plan,
    lines: Vec<&'a Line>,
    languages: BTreeSet<Language>,
    menu: &'a Menu,
    ways: Ways<'a>,
}

impl Checking<'_> {
    fn place(&self, place: &DraftPlace, faults: &mut Vec<Fault>) {
        let mut add = |row, what| {
            faults.push(Fault {
                place: Some(place.id.clone()),
                row,
                what,
            });
        };
        for language in self.silent_in(&place.prompt) {
            add(None, What::NothingSaid { language });
        }
        too_long(&place.prompt, &mut |what| add(None, what));
        let mut seen = BTreeSet::new();
        for (row, key) in place.keys.iter().enumerate() {
            match key.sign() {
                None => add(Some(row), no_key(&key.key)),
                Some(sign) if !seen.insert(sign) => {
                    add(Some(row), What::KeyTwice { key: sign });
                }
                Some('0') => self.zero(key, &mut |what| add(Some(row), what)),
                Some(_) => {}
            }
            self.destination(&key.to, &mut |what| add(Some(row), what));
        }
        if place.keys.is_empty() {
            add(None, What::NoWayOn);
        }
    }

    fn way_to(&self, place: &DraftPlace, distance: Option<usize>, faults: &mut Vec<Fault>) {
        let is_stuck = !place.keys.is_empty()
            && self.is_led_somewhere(place)
            && !self.ways.leads_on(&self.menu.id, &place.id);
        let reached = match distance {
            None => Some(What::Unreached),
            Some(distance) if distance >= usize::from(MAX_PROMPTS) => Some(What::TooDeep),
            Some(_) => None,
        };
        let stuck = is_stuck.then_some(What::Loop);
        faults.extend(stuck.into_iter().chain(reached).map(|what| Fault {
            place: Some(place.id.clone()),
            row: None,
            what,
        }));
    }

    /// Whether every key of a place has a destination that exists: one that has none is told of by itself, and makes no
    /// loop.
    fn is_led_somewhere(&self, place: &DraftPlace) -> bool {
        place.keys.iter().all(|key| match &key.to {
            DraftTo::Nowhere => false,
            DraftTo::Menu { node } => self.draft.place(node).is_some(),
            DraftTo::Line { line } => match self.line(line) {
                None => false,
                Some(line) => match &line.kind {
                    // A circle of lines is told of at its key.
                    LineKind::Menu { menu } => *menu == self.menu.id,
                    LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => {
                        true
                    }
                },
            },
            DraftTo::List { .. }
            | DraftTo::Announce { .. }
            | DraftTo::Number { .. }
            | DraftTo::Person
            | DraftTo::Back => true,
        })
    }

    fn destination(&self, to: &DraftTo, add: &mut impl FnMut(What)) {
        match to {
            DraftTo::Nowhere => add(What::Nowhere),
            DraftTo::Menu { node } => {
                if NodeId::parse(node).is_err() || self.draft.place(node).is_none() {
                    add(What::NoSuchPlace { id: node.clone() });
                }
            }
            DraftTo::List { directory, intro } => {
                for language in self.silent_in(intro) {
                    add(What::NothingSaidFirst { language });
                }
                too_long(intro, add);
                self.list(directory, add);
            }
            DraftTo::Announce { text } => {
                for language in self.silent_in(text) {
                    add(What::NothingAnnounced { language });
                }
                too_long(text, add);
            }
            DraftTo::Number { name, number } => {
                if name.trim().is_empty() {
                    add(What::NamelessNumber);
                }
                match PhoneNumber::parse(number) {
                    Err(_) => add(What::NoSuchNumber {
                        text: number.clone(),
                    }),
                    Ok(number) => {
                        for (line, refusal) in self.refusals(&number) {
                            add(What::NotDialled { line, refusal });
                        }
                    }
                }
            }
            DraftTo::Line { line: id } => match self.line(id) {
                None => add(What::NoSuchLine { id: id.clone() }),
                Some(line) if !self.ways.line_leads_on(&line.kind) => {
                    add(What::CircleOfLines {
                        line: line.name.clone(),
                    });
                }
                Some(_) => {}
            },
            DraftTo::Person => {
                for line in self.lines.iter().filter(|line| line.person.is_none()) {
                    add(What::NoPerson {
                        line: line.name.clone(),
                    });
                }
            }
            DraftTo::Back => {}
        }
    }

    fn list(&self, id: &str, add: &mut impl FnMut(What)) {
        let directory = DirectoryId::parse(id).ok();
        let directory = directory.filter(|directory| self.plan.has_directory(directory));
        let Some(directory) = directory else {
            return add(What::NoSuchList { id: id.to_owned() });
        };
        let (entries, list) = (self.plan.entries(&directory), id.to_owned());
        if entries.is_empty() {
            return add(What::EmptyList { list });
        }
        if entries.len() > ONE_KEY_ENTRIES {
            let entries = entries.len();
            return add(What::LongList { list, entries });
        }
        for entry in entries {
            if !(1..=ONE_KEY_ENTRIES).contains(&usize::from(entry.position)) {
                add(What::ListKey {
                    list: list.clone(),
                    entry: entry.name.clone(),
                    key: entry.position,
                });
            }
            for (line, refusal) in self.refusals(&entry.phone) {
                add(What::EntryNotDialled {
                    line,
                    entry: entry.name.clone(),
                    refusal,
                });
            }
        }
    }

    fn zero(&self, key: &DraftKey, add: &mut impl FnMut(What)) {
        if key.to == DraftTo::Person {
            return;
        }
        for line in self.lines.iter().filter(|line| line.person.is_some()) {
            add(What::ZeroIsTaken {
                line: line.name.clone(),
            });
        }
    }

    fn line(&self, id: &str) -> Option<&Line> {
        self.plan.line(&LineId::parse(id).ok()?)
    }

    /// The languages in use in which these words say nothing.
    fn silent_in(&self, words: &Words) -> impl Iterator<Item = Language> {
        let is_silent = |language: &Language| {
            let text = words.get(language);
            text.is_none_or(|text| text.trim().is_empty())
        };
        self.languages.iter().copied().filter(is_silent)
    }

    /// The lines that do not dial a number. A menu without a line is held against the usual rules.
    fn refusals(&self, number: &PhoneNumber) -> Vec<(String, DialRefusal)> {
        if self.lines.is_empty() {
            let refusal = DialRules::default().check(number).err();
            let of_none = |refusal| ("that comes to use it".to_owned(), refusal);
            return refusal.map(of_none).into_iter().collect();
        }
        let lines = self.lines.iter();
        lines
            .filter_map(|line| Some((line.name.clone(), line.dial.check(number).err()?)))
            .collect()
    }
}

/// The texts that nobody would hear out, also in languages that are not in use yet.
fn too_long(words: &Words, add: &mut impl FnMut(What)) {
    for (language, text) in words {
        let characters = text.chars().count();
        if characters > LONGEST_TEXT {
            add(What::TooLong {
                language: *language,
                characters,
            });
        }
    }
}

fn no_key(text: &str) -> What {
    match text.trim() {
        "*" | "#" => What::Star,
        text => What::NoKey {
            text: text.to_owned(),
        },
    }
}
