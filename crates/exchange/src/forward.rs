//! The forwarding line: which region a caller belongs to, and its offices one after the other.

mod guess;
mod offices;
mod questions;

use serde::{Deserialize, Serialize};

pub use guess::{Guess, GuessFrom};

use self::offices::{act_on, finish, next_office};
use self::questions::{begin, look_up, one_key, pose};
use crate::turn::Turn;
use crate::{Input, LineKind, Office, Part, Plan, Prompt, Region, RegionCode, Zip};

/// A step of a forwarding line, by the name of its route. Texts come from the URL, unchecked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForwardRoute {
    /// The beginning.
    Welcome,
    /// The answer to a question of one key.
    SetState,
    /// The ZIP code is to be asked for.
    CollectZip,
    /// The ZIP code, keyed in.
    StateLookup,
    /// The offices of a region are to be called.
    CallSenators(String),
    /// The next office is to be called.
    CallSecondSenator(String),
    /// The end.
    Goodbye,
    /// A path that means nothing.
    Unknown(String),
}

/// How far a call is on a forwarding line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forward {
    /// The question that waits for an answer.
    pub asked: Asked,
    /// Where the caller may be from.
    pub guess: Option<Guess>,
    /// The region whose offices are called.
    pub region: Option<RegionCode>,
}

/// A question of a forwarding line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// None yet.
    #[default]
    Nothing,
    /// Whether the guess is right.
    Confirm(Guess),
    /// The ZIP code.
    Zip,
    /// Which of the regions that share a ZIP code.
    Which {
        /// The ZIP code.
        zip: Zip,
        /// The regions, by key from 1.
        options: Vec<RegionCode>,
    },
    /// Whether to call the delegate of a region without senators.
    Delegate {
        /// The region.
        region: RegionCode,
    },
}

/// The beginning of the line.
pub(crate) fn welcome(turn: &mut Turn<'_>, state: &mut Forward) {
    state.guess = Guess::of(&turn.call.caller, &turn.call.place, turn.plan);
    turn.say(Prompt::ForwardWelcome, &[]);
    begin(turn, state);
}

pub(crate) fn step(turn: &mut Turn<'_>, state: &mut Forward, route: ForwardRoute, input: &Input) {
    match route {
        ForwardRoute::Welcome => welcome(turn, state),
        ForwardRoute::SetState => one_key(turn, state, input),
        ForwardRoute::CollectZip => pose(turn, state, Asked::Zip),
        ForwardRoute::StateLookup => look_up(turn, state, input),
        ForwardRoute::CallSenators(code) => match known_region(turn.plan, &code) {
            Some(region) => act_on(turn, state, &region, &input.clocks),
            None => {
                turn.note(format!(
                    "There is no region {code:?}; the ZIP code is asked for."
                ));
                pose(turn, state, Asked::Zip);
            }
        },
        ForwardRoute::CallSecondSenator(id) => next_office(turn, state, &id, input),
        ForwardRoute::Goodbye => {
            if let Some(visit) = turn.end_visit(input) {
                turn.tell(&visit);
            }
            finish(turn);
        }
        ForwardRoute::Unknown(path) => {
            turn.note(format!(
                "There is no step {path:?}; the caller is led back to the beginning."
            ));
            turn.restart();
        }
    }
}

/// Who stands in for the offices of a region without any.
fn instead(turn: &Turn<'_>, region: &RegionCode) -> Option<Office> {
    match &turn.line.kind {
        LineKind::Forward {
            instead: Some(directory),
            ..
        } => turn.plan.offices(directory, region).first().cloned(),
        LineKind::Forward { instead: None, .. }
        | LineKind::Menu { .. }
        | LineKind::Support(_)
        | LineKind::Conference(_) => None,
    }
}

fn known_region(plan: &Plan, code: &str) -> Option<Region> {
    plan.region(&RegionCode::parse(&code.to_ascii_uppercase()).ok()?)
        .cloned()
}

fn name_of(region: &Region) -> Part {
    Part::Name(region.name.clone())
}

fn name_of_code(plan: &Plan, code: &RegionCode) -> Part {
    plan.region(code)
        .map_or_else(|| Part::Name(code.to_string()), name_of)
}
