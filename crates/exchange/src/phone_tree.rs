//! The phone tree: a menu by keypad, its lists, and the way back.

mod tree;

use serde::{Deserialize, Serialize};

use crate::answer::{Keys, Route};
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    Destination, Digits, DirectoryId, Edition, Input, Menu, MenuAt, NodeId, Office, Part, Plan,
    Prompt, VisitOutcome, Whom, reach,
};
use tree::{first_list, here, intro_of, live_menu, menu, words};

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
    /// The next number of an entry is to be called.
    Entry(String),
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
    /// The tree as it stood when the call came to it: the call finishes on that, whatever goes live meanwhile. Calls of
    /// releases that did not know versions have none.
    #[serde(default)]
    pub begun: Option<MenuAt>,
    /// How many attempts there had been when an entry was chosen: each choice tries all its numbers.
    #[serde(default)]
    pub since: usize,
}

impl PhoneTree {
    /// The place that the caller is at.
    #[must_use]
    pub fn place<'a>(&'a self, plan: &'a Plan) -> Option<&'a NodeId> {
        let menu = plan.menu_at(self.begun.as_ref()?)?;
        Some(here(menu, self))
    }

    /// Another place of the same tree.
    fn at(&self, trail: Vec<NodeId>, list: Option<DirectoryId>) -> Self {
        Self {
            trail,
            list,
            begun: self.begun.clone(),
            since: self.since,
        }
    }
}

const PATIENCE: u8 = 7;

/// The beginning of the tree.
pub(crate) fn welcome(turn: &mut Turn<'_>, state: &mut PhoneTree, input: &Input) {
    begin(turn, state, input);
    let root = state.at(Vec::new(), None);
    move_to(turn, state, root);
    ask(turn, state);
}

/// Keeps which version of the tree the call is led through: the live one, or the draft that it was placed to try.
fn begin(turn: &mut Turn<'_>, state: &mut PhoneTree, input: &Input) {
    if state.begun.is_some() {
        return;
    }
    let Some(live) = live_menu(turn) else {
        return;
    };
    let trial = input.trial.map(|number| MenuAt {
        menu: live.id.clone(),
        edition: Edition::Trial(number),
    });
    let trial = trial.filter(|trial| turn.plan.menu_at(trial).is_some());
    if trial.is_some() {
        turn.note(format!("A draft of the menu {} is tried.", live.name));
    }
    state.begun = Some(trial.unwrap_or_else(|| MenuAt::live(live)));
}

pub(crate) fn step(turn: &mut Turn<'_>, state: &mut PhoneTree, route: MenuRoute, input: &Input) {
    begin(turn, state, input);
    match route {
        MenuRoute::Welcome => welcome(turn, state, input),
        MenuRoute::Unknown(path) => {
            turn.note(format!(
                "There is no step {path:?}; the caller is led back to the beginning."
            ));
            turn.restart();
        }
        MenuRoute::Menu => {
            if state.list.is_some() && input.dial.is_none() {
                let place = state.at(state.trail.clone(), None);
                move_to(turn, state, place);
            }
            answer(turn, state, input);
        }
        MenuRoute::Planets => {
            if state.list.is_none() {
                let list = menu(turn, state).and_then(first_list);
                let place = state.at(state.trail.clone(), list);
                move_to(turn, state, place);
            }
            answer(turn, state, input);
        }
        MenuRoute::Entry(id) => next_number(turn, state, &id, input),
    }
}

/// The number of an entry before this one is over.
fn next_number(turn: &mut Turn<'_>, state: &mut PhoneTree, id: &str, input: &Input) {
    let (named, place) = reach::target(id);
    let list = state.list.clone();
    let entries = list.map_or(&[][..], |list| turn.plan.entries(&list));
    let entry = entries.iter().find(|entry| entry.id.as_str() == named);
    let Some(entry) = entry else {
        turn.note(format!("There is no entry {id:?}."));
        return answer(turn, state, input);
    };
    if !reach::is_repeated(turn, entry, state.since, place) {
        match turn.end_visit(input) {
            Some(visit) if matches!(visit.outcome, Some(VisitOutcome::Talked(_))) => {
                turn.tell(&visit);
                return turn.farewell(Prompt::Goodbye, Outcome::Connected);
            }
            Some(visit) => turn.tell(&visit),
            None => turn.miss_visit(),
        }
    }
    call(turn, state, entry, place, input);
}

/// Calls an entry at its next number; when all were called, the list is read out again.
fn call(
    turn: &mut Turn<'_>,
    state: &mut PhoneTree,
    entry: &Office,
    named: Option<usize>,
    input: &Input,
) {
    while let Some(attempt) = reach::next(turn, entry, state.since, named, &input.clocks) {
        let name = ("name", Part::Name(entry.name.clone()));
        turn.say(Prompt::ConnectingEntry, &[name]);
        let then = match attempt.following {
            Some(place) => MenuRoute::Entry(reach::step_of(entry, place)),
            None => MenuRoute::Planets,
        };
        let whom = Whom::office(entry);
        if turn.dial(whom, &entry.name, &attempt.number, Route::Menu(then)) {
            return;
        }
    }
    ask(turn, state);
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
        Some(directory) => choose_entry(turn, state, &directory, keys, input),
        None => choose(turn, state, input.digits.key(), keys),
    }
}

fn choose(turn: &mut Turn<'_>, state: &mut PhoneTree, key: Option<char>, keys: &str) {
    let choice = key.and_then(|key| {
        let menu = menu(turn, state)?;
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

fn choose_entry(
    turn: &mut Turn<'_>,
    state: &mut PhoneTree,
    directory: &DirectoryId,
    keys: &str,
    input: &Input,
) {
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
    // A request that comes twice finds the entry ringing already.
    if !turn.is_under_way(&Whom::office(entry)) {
        state.since = turn.call.visits.len();
    }
    call(turn, state, entry, None, input);
}

fn go(turn: &mut Turn<'_>, state: &mut PhoneTree, to: &Destination) {
    match to {
        Destination::Menu { node } => {
            let mut place = state.at(state.trail.clone(), None);
            place.trail.push(node.clone());
            move_to(turn, state, place);
            ask(turn, state);
        }
        Destination::List { directory, .. } => {
            let place = state.at(state.trail.clone(), Some(directory.clone()));
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
        Destination::Person => {
            if !turn.dial_person(Route::Menu(MenuRoute::Menu), Outcome::NotReached) {
                turn.note("The line has no person at the desk.");
                ask(turn, state);
            }
        }
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
    let Some(menu) = menu(turn, state) else {
        turn.note("The menu of the line does not exist.");
        return turn.farewell(Prompt::Apology, Outcome::Apologised);
    };
    let (most, then) = match &state.list {
        Some(directory) => (
            read_out(turn, menu, here(menu, state), directory),
            MenuRoute::Planets,
        ),
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
fn read_out(turn: &mut Turn<'_>, menu: &Menu, from: &NodeId, directory: &DirectoryId) -> u8 {
    if let Some(intro) = intro_of(menu, from, directory) {
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
