//! The phone tree: a menu by keypad, its lists, and the way back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::{Keys, Route};
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    Destination, Digits, DirectoryId, Input, Language, LineKind, Menu, NodeId, Part, Prompt,
    VisitOutcome, Whom,
};

/// A step of a phone tree, by the name of its route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MenuRoute {
    /// The beginning.
    Welcome,
    /// The answer to a menu.
    Menu,
    /// The answer to a list, or the end of a call to one of its entries.
    Planets,
    /// A path that means nothing.
    Unknown(String),
}

/// Where a call is in a phone tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneTree {
    /// The places passed, the present one last; empty at the root.
    pub trail: Vec<NodeId>,
    /// The list that is read out, where it is one.
    pub list: Option<DirectoryId>,
}

const PATIENCE: u8 = 7;

/// The beginning of the tree.
pub(crate) fn welcome(turn: &mut Turn<'_>, state: &mut PhoneTree) {
    move_to(turn, state, PhoneTree::default());
    ask(turn, state);
}

pub(crate) fn step(turn: &mut Turn<'_>, state: &mut PhoneTree, route: MenuRoute, input: &Input) {
    match route {
        MenuRoute::Welcome => welcome(turn, state),
        MenuRoute::Unknown(path) => {
            turn.note(format!(
                "There is no step {path:?}; the caller is led back to the beginning."
            ));
            turn.restart();
        }
        MenuRoute::Menu => {
            if state.list.is_some() && input.dial.is_none() {
                let place = PhoneTree {
                    trail: state.trail.clone(),
                    list: None,
                };
                move_to(turn, state, place);
            }
            answer(turn, state, input);
        }
        MenuRoute::Planets => {
            if state.list.is_none() {
                let list = menu(turn).and_then(first_list);
                let place = PhoneTree {
                    trail: state.trail.clone(),
                    list,
                };
                move_to(turn, state, place);
            }
            answer(turn, state, input);
        }
    }
}

/// Being somewhere else starts counting anew.
fn move_to(turn: &mut Turn<'_>, state: &mut PhoneTree, place: PhoneTree) {
    if *state != place {
        turn.call.tries = 0;
        *state = place;
    }
}

fn answer(turn: &mut Turn<'_>, state: &mut PhoneTree, input: &Input) {
    if let Some(visit) = turn.end_visit(input) {
        turn.tell(&visit);
        return match visit.outcome {
            Some(VisitOutcome::Talked(_)) => turn.farewell(Prompt::Goodbye, Outcome::Connected),
            Some(
                VisitOutcome::NotConnected
                | VisitOutcome::Busy
                | VisitOutcome::NoAnswer
                | VisitOutcome::Failed
                | VisitOutcome::Canceled
                | VisitOutcome::NotAllowed(_)
                | VisitOutcome::NotReported
                | VisitOutcome::Other(_),
            )
            | None => ask(turn, state),
        };
    }
    let keys = match &input.digits {
        Digits::None => {
            turn.note("Nothing was pressed.");
            return again(turn, state, Prompt::Silence);
        }
        Digits::Nonsense => {
            turn.note("What came in is no key.");
            return again(turn, state, Prompt::WrongKey);
        }
        Digits::Keys(keys) => keys.as_str(),
    };
    if keys == "*" {
        turn.note("Went back.");
        return back(turn, state);
    }
    match state.list.clone() {
        Some(directory) => choose_entry(turn, state, &directory, keys),
        None => choose(turn, state, input.digits.key(), keys),
    }
}

fn choose(turn: &mut Turn<'_>, state: &mut PhoneTree, key: Option<char>, keys: &str) {
    let choice = key.and_then(|key| {
        let menu = menu(turn)?;
        menu.nodes.get(here(menu, state))?.choices.get(&key)
    });
    if let Some(choice) = choice {
        turn.note(format!("Pressed {keys}: {}.", choice.label));
        return go(turn, state, &choice.to);
    }
    if keys == "0" && turn.dial_person(Route::Menu(MenuRoute::Menu), Outcome::NotReached) {
        return;
    }
    turn.note(format!("Pressed {keys}, which means nothing here."));
    again(turn, state, Prompt::WrongKey);
}

fn choose_entry(turn: &mut Turn<'_>, state: &mut PhoneTree, directory: &DirectoryId, keys: &str) {
    let entry = turn
        .plan
        .entries(directory)
        .iter()
        .find(|entry| entry.position.to_string() == keys);
    let Some(entry) = entry else {
        if keys == "0" && turn.dial_person(Route::Menu(MenuRoute::Planets), Outcome::NotReached) {
            return;
        }
        turn.note(format!("Pressed {keys}, which means nothing here."));
        return again(turn, state, Prompt::WrongKey);
    };
    turn.note(format!("Pressed {keys}: {}.", entry.name));
    turn.say(
        Prompt::ConnectingEntry,
        &[("name", Part::Name(entry.name.clone()))],
    );
    if !turn.dial(
        Whom::office(entry),
        &entry.name,
        &entry.phone,
        Route::Menu(MenuRoute::Planets),
    ) {
        ask(turn, state);
    }
}

fn go(turn: &mut Turn<'_>, state: &mut PhoneTree, to: &Destination) {
    match to {
        Destination::Menu { node } => {
            let mut place = PhoneTree {
                trail: state.trail.clone(),
                list: None,
            };
            place.trail.push(node.clone());
            move_to(turn, state, place);
            ask(turn, state);
        }
        Destination::List { directory, .. } => {
            let place = PhoneTree {
                trail: state.trail.clone(),
                list: Some(directory.clone()),
            };
            move_to(turn, state, place);
            ask(turn, state);
        }
        Destination::Announce { text } => {
            turn.say_words(words(text, turn.line.language));
            turn.farewell(Prompt::Goodbye, Outcome::Informed);
        }
        Destination::Number { name, number } => {
            turn.say(
                Prompt::ConnectingEntry,
                &[("name", Part::Name(name.clone()))],
            );
            if !turn.dial(Whom::Number, name, number, Route::Menu(MenuRoute::Menu)) {
                ask(turn, state);
            }
        }
        Destination::Line { line } => turn.change_line(line),
        Destination::Back => back(turn, state),
    }
}

/// Back to the place before; at the root, the root again.
fn back(turn: &mut Turn<'_>, state: &mut PhoneTree) {
    let mut place = state.clone();
    if place.list.take().is_none() {
        place.trail.pop();
    }
    move_to(turn, state, place);
    ask(turn, state);
}

/// An answer that leads nowhere: said so, and the same place again.
fn again(turn: &mut Turn<'_>, state: &PhoneTree, why: Prompt) {
    if turn.may_try_again() {
        turn.say(why, &[]);
        ask(turn, state);
    }
}

fn ask(turn: &mut Turn<'_>, state: &PhoneTree) {
    let Some(menu) = menu(turn) else {
        turn.note("The menu of the line does not exist.");
        return turn.farewell(Prompt::Apology, Outcome::Apologised);
    };
    let (most, then) = match &state.list {
        Some(directory) => (read_out(turn, menu, directory), MenuRoute::Planets),
        None => {
            if let Some(node) = menu.nodes.get(here(menu, state)) {
                turn.say_words(words(&node.prompt, turn.line.language));
            }
            if !state.trail.is_empty() {
                turn.say(Prompt::BackHint, &[]);
            }
            (1, MenuRoute::Menu)
        }
    };
    if turn.line.person.is_some() {
        turn.say(Prompt::PersonHint, &[]);
    }
    turn.ask(
        Keys {
            most,
            patience: PATIENCE,
        },
        Route::Menu(then),
    );
}

/// Reads out a list. Gives how many keys its longest entry takes.
fn read_out(turn: &mut Turn<'_>, menu: &Menu, directory: &DirectoryId) -> u8 {
    if let Some(intro) = intro_of(menu, directory) {
        turn.say_words(words(intro, turn.line.language));
    }
    let entries = turn.plan.entries(directory);
    if entries.is_empty() {
        turn.say(Prompt::ListEmpty, &[]);
    }
    for entry in entries {
        let key = Part::Text(entry.position.to_string());
        turn.say(
            Prompt::ListEntry,
            &[("key", key), ("name", Part::Name(entry.name.clone()))],
        );
    }
    turn.say(Prompt::BackHint, &[]);
    let longest = entries
        .iter()
        .map(|entry| entry.position)
        .max()
        .unwrap_or(1);
    if longest > 99 {
        3
    } else if longest > 9 {
        2
    } else {
        1
    }
}

fn menu<'a>(turn: &Turn<'a>) -> Option<&'a Menu> {
    match &turn.line.kind {
        LineKind::Menu { menu } => turn.plan.menu(menu),
        LineKind::Forward { .. } | LineKind::Support(_) | LineKind::Conference(_) => None,
    }
}

/// Where the caller is. A place that an edit took away leads back to the root.
fn here<'m>(menu: &'m Menu, state: &'m PhoneTree) -> &'m NodeId {
    state
        .trail
        .iter()
        .rev()
        .find(|node| menu.nodes.contains_key(*node))
        .unwrap_or(&menu.root)
}

fn lists(menu: &Menu) -> impl Iterator<Item = (&DirectoryId, &BTreeMap<Language, String>)> {
    menu.nodes
        .values()
        .flat_map(|node| node.choices.values())
        .filter_map(|choice| match &choice.to {
            Destination::List { directory, intro } => Some((directory, intro)),
            Destination::Menu { .. }
            | Destination::Announce { .. }
            | Destination::Number { .. }
            | Destination::Line { .. }
            | Destination::Back => None,
        })
}

fn first_list(menu: &Menu) -> Option<DirectoryId> {
    lists(menu).next().map(|(directory, _)| directory.clone())
}

fn intro_of<'m>(menu: &'m Menu, directory: &DirectoryId) -> Option<&'m BTreeMap<Language, String>> {
    lists(menu)
        .find(|(of, _)| *of == directory)
        .map(|(_, intro)| intro)
}

fn words(texts: &BTreeMap<Language, String>, language: Language) -> &str {
    texts
        .get(&language)
        .or_else(|| texts.get(&Language::English))
        .or_else(|| texts.values().next())
        .map_or("", String::as_str)
}
