//! The forwarding line: which region a caller belongs to, and its offices one after the other.

use serde::{Deserialize, Serialize};

use crate::answer::{Keys, Route};
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    Call, Caller, Digits, DirectoryId, Input, LineKind, Office, Part, Place, Plan, Prompt, Region,
    RegionAction, RegionCode, Zip,
};

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

/// Where a caller may be from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The region.
    pub region: RegionCode,
    /// What tells so.
    pub from: GuessFrom,
}

/// What tells where a caller may be from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuessFrom {
    /// The carrier reported a place.
    Carrier,
    /// Only the area code of their number does.
    AreaCode,
}

impl Guess {
    /// The best guess from what the carrier tells; none where it would be a wild one.
    #[must_use]
    pub fn of(caller: &Caller, place: &Place, plan: &Plan) -> Option<Self> {
        let country = place.country.as_deref().unwrap_or("US");
        let by_state = place
            .state
            .as_deref()
            .and_then(|state| RegionCode::parse(&state.to_ascii_uppercase()).ok())
            .and_then(|code| plan.region(&code))
            .filter(|region| region.country == country || place.country.is_none());
        // Carriers name some territories as countries of their own.
        let by_country = RegionCode::parse(country)
            .ok()
            .and_then(|code| plan.region(&code))
            .filter(|region| matches!(region.kind.as_str(), "territory" | "associated"));
        if let Some(region) = by_state.or(by_country) {
            return Some(Self {
                region: region.code.clone(),
                from: GuessFrom::Carrier,
            });
        }
        if place.country.is_some() && country != "US" {
            return None;
        }
        let region = plan.region_of_area_code(caller.number()?.area_code()?)?;
        Some(Self {
            region: region.code.clone(),
            from: GuessFrom::AreaCode,
        })
    }
}

const ONE_KEY: Keys = Keys {
    most: 1,
    patience: 7,
};
const FIVE_KEYS: Keys = Keys {
    most: 5,
    patience: 10,
};

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
            Some(region) => act_on(turn, state, &region),
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

/// What follows the greeting: the guess is put to the caller, or the ZIP code asked for.
fn begin(turn: &mut Turn<'_>, state: &mut Forward) {
    let Some(guess) = state.guess.clone() else {
        turn.note("Where the caller lives is not known; the ZIP code is asked for.");
        return pose(turn, state, Asked::Zip);
    };
    let Some(region) = turn.plan.region(&guess.region) else {
        return pose(turn, state, Asked::Zip);
    };
    match region.action {
        RegionAction::Connect | RegionAction::NoSenators => {
            pose(turn, state, Asked::Confirm(guess));
        }
        RegionAction::AskHomeZip | RegionAction::NoCongress | RegionAction::AskZip => {
            turn.note(format!(
                "The carrier places the caller in {}; only a ZIP code can tell.",
                region.name
            ));
            elsewhere(turn, region);
            pose(turn, state, Asked::Zip);
        }
    }
}

/// Says why a region alone does not tell whom to call.
fn elsewhere(turn: &mut Turn<'_>, region: &Region) {
    let prompt = match region.action {
        RegionAction::AskHomeZip => Prompt::Military,
        RegionAction::NoCongress => Prompt::NoCongress,
        RegionAction::AskZip => Prompt::Province,
        RegionAction::NoSenators => Prompt::NoSenators,
        RegionAction::Connect => return,
    };
    turn.say(prompt, &[("region", name_of(region))]);
}

/// Asks a question. Another one than before starts counting anew.
fn pose(turn: &mut Turn<'_>, state: &mut Forward, asked: Asked) {
    if state.asked != asked {
        turn.call.tries = 0;
    }
    let (keys, then) = match &asked {
        Asked::Nothing | Asked::Zip => {
            turn.say(Prompt::AskZip, &[]);
            (FIVE_KEYS, ForwardRoute::StateLookup)
        }
        Asked::Confirm(guess) => {
            let prompt = match guess.from {
                GuessFrom::Carrier => Prompt::ConfirmRegion,
                GuessFrom::AreaCode => Prompt::ConfirmGuess,
            };
            turn.say(
                prompt,
                &[("region", name_of_code(turn.plan, &guess.region))],
            );
            (ONE_KEY, ForwardRoute::SetState)
        }
        Asked::Which { zip, options } => {
            turn.say(
                Prompt::WhichRegion,
                &[("zip", Part::Digits(zip.to_string()))],
            );
            for (n, code) in options.iter().enumerate() {
                let key = Part::Text((n + 1).to_string());
                turn.say(
                    Prompt::RegionChoice,
                    &[("key", key), ("region", name_of_code(turn.plan, code))],
                );
            }
            (ONE_KEY, ForwardRoute::SetState)
        }
        Asked::Delegate { region } => {
            if let Some(delegate) = instead(turn, region) {
                turn.say(
                    Prompt::OfferDelegate,
                    &[
                        ("title", Part::Name(delegate.title)),
                        ("name", Part::Name(delegate.name)),
                    ],
                );
            }
            (ONE_KEY, ForwardRoute::SetState)
        }
    };
    if turn.line.person.is_some() {
        turn.say(Prompt::PersonHint, &[]);
    }
    state.asked = asked;
    turn.ask(keys, Route::Forward(then));
}

/// An answer that leads nowhere: said so, and the same question again.
fn again(turn: &mut Turn<'_>, state: &mut Forward, why: Prompt, values: &[(&str, Part)]) {
    if turn.may_try_again() {
        turn.say(why, values);
        pose(turn, state, state.asked.clone());
    }
}

fn one_key(turn: &mut Turn<'_>, state: &mut Forward, input: &Input) {
    if state.asked == Asked::Nothing {
        // The greeting was missed; what the carrier tells is the question that was put.
        state.guess = Guess::of(&turn.call.caller, &input.place, turn.plan);
        match state.guess.clone() {
            Some(guess) => state.asked = Asked::Confirm(guess),
            None => return pose(turn, state, Asked::Zip),
        }
    }
    let key = match (&input.digits, input.digits.key()) {
        (Digits::None, _) => {
            turn.note("Nothing was pressed.");
            return again(turn, state, Prompt::Silence, &[]);
        }
        (Digits::Keys(_) | Digits::Nonsense, None) => {
            turn.note("What came in is not one key.");
            return again(turn, state, Prompt::WrongKey, &[]);
        }
        (Digits::Keys(_) | Digits::Nonsense, Some(key)) => key,
    };
    if key == '*' {
        return back(turn, state);
    }
    if key == '0' && turn.dial_person(Route::Forward(ForwardRoute::Goodbye), Outcome::NotReached) {
        return;
    }
    match state.asked.clone() {
        Asked::Nothing | Asked::Zip => pose(turn, state, Asked::Zip),
        Asked::Confirm(guess) => match (key, known_region(turn.plan, guess.region.as_str())) {
            ('1', Some(region)) => {
                turn.note(format!("Confirmed {}.", region.name));
                act_on(turn, state, &region);
            }
            ('2', _) | ('1', None) => {
                turn.note("Said no to the guess; the ZIP code is asked for.");
                pose(turn, state, Asked::Zip);
            }
            (other, _) => wrong_key(turn, state, other),
        },
        Asked::Which { options, .. } => {
            let chosen = key
                .to_digit(10)
                .and_then(|n| options.get((n as usize).checked_sub(1)?));
            match chosen.and_then(|code| known_region(turn.plan, code.as_str())) {
                Some(region) => {
                    turn.note(format!("Chose {}.", region.name));
                    act_on(turn, state, &region);
                }
                None => wrong_key(turn, state, key),
            }
        }
        Asked::Delegate { region } => match (key, instead(turn, &region)) {
            ('1', Some(delegate)) => {
                state.region = Some(region);
                call_one_of(turn, &[delegate], 0);
            }
            ('2', _) | ('1', None) => pose(turn, state, Asked::Zip),
            (other, _) => wrong_key(turn, state, other),
        },
    }
}

fn wrong_key(turn: &mut Turn<'_>, state: &mut Forward, key: char) {
    turn.note(format!("Pressed {key}, which means nothing here."));
    again(turn, state, Prompt::WrongKey, &[]);
}

fn back(turn: &mut Turn<'_>, state: &mut Forward) {
    turn.note("Went back.");
    begin(turn, state);
}

fn look_up(turn: &mut Turn<'_>, state: &mut Forward, input: &Input) {
    if state.asked != Asked::Zip {
        state.asked = Asked::Zip;
        turn.call.tries = 0;
    }
    let keys = match &input.digits {
        Digits::None => {
            turn.note("No ZIP code was keyed in.");
            return again(turn, state, Prompt::Silence, &[]);
        }
        Digits::Nonsense => {
            turn.note("What came in is no ZIP code.");
            return again(turn, state, Prompt::NotAZip, &[]);
        }
        Digits::Keys(keys) => keys.as_str(),
    };
    if keys == "*" {
        return back(turn, state);
    }
    if keys == "0" && turn.dial_person(Route::Forward(ForwardRoute::Goodbye), Outcome::NotReached) {
        return;
    }
    let Some(zip) = Zip::parse(keys) else {
        turn.note(format!("{keys:?} is no ZIP code."));
        return again(turn, state, Prompt::NotAZip, &[]);
    };
    if let Some(regions) = turn.plan.regions_spanned(&zip) {
        let options: Vec<_> = regions.iter().map(|region| region.code.clone()).collect();
        turn.note(format!(
            "The ZIP code {zip} spans {} regions; asked which.",
            options.len()
        ));
        return pose(turn, state, Asked::Which { zip, options });
    }
    let Some(region) = turn.plan.region_of_zip(&zip).cloned() else {
        turn.note(format!("{zip} is nobody's ZIP code."));
        return again(
            turn,
            state,
            Prompt::ZipUnknown,
            &[("zip", Part::Digits(zip.to_string()))],
        );
    };
    turn.note(format!("The ZIP code {zip} is in {}.", region.name));
    match region.action {
        RegionAction::Connect | RegionAction::NoSenators => {
            turn.say(Prompt::RegionFound, &[("region", name_of(&region))]);
            act_on(turn, state, &region);
        }
        RegionAction::AskHomeZip | RegionAction::NoCongress | RegionAction::AskZip => {
            if turn.may_try_again() {
                elsewhere(turn, &region);
                pose(turn, state, Asked::Zip);
            }
        }
    }
}

/// What is done for a caller of a region that is certain.
fn act_on(turn: &mut Turn<'_>, state: &mut Forward, region: &Region) {
    match region.action {
        RegionAction::Connect => {
            state.region = Some(region.code.clone());
            let offices = turn.plan.offices(directory(turn), &region.code);
            if offices.is_empty() {
                turn.note(format!("{} has no office in the directory.", region.name));
                turn.say(Prompt::NoOffices, &[("region", name_of(region))]);
                return turn.farewell(Prompt::Goodbye, Outcome::NoOffice);
            }
            call_one_of(turn, offices, 0);
        }
        RegionAction::NoSenators => {
            turn.note(format!("{} has no senators.", region.name));
            elsewhere(turn, region);
            if instead(turn, &region.code).is_some() {
                pose(
                    turn,
                    state,
                    Asked::Delegate {
                        region: region.code.clone(),
                    },
                );
            } else {
                turn.farewell(Prompt::Goodbye, Outcome::NoOffice);
            }
        }
        RegionAction::AskHomeZip | RegionAction::NoCongress | RegionAction::AskZip => {
            elsewhere(turn, region);
            pose(turn, state, Asked::Zip);
        }
    }
}

/// Dials the first office from `start` on that has not been called yet and may be dialled.
fn call_one_of(turn: &mut Turn<'_>, offices: &[Office], start: usize) {
    for (i, office) in offices.iter().enumerate().skip(start) {
        if turn.is_visited(office.id.as_str()) {
            continue;
        }
        let following = offices.get(i + 1);
        announce(turn, office, i + 1, offices.len(), following);
        let then = match following {
            Some(next) => ForwardRoute::CallSecondSenator(next.id.to_string()),
            None => ForwardRoute::Goodbye,
        };
        if turn.dial(
            office.id.as_str(),
            &office.name,
            &office.phone,
            Route::Forward(then),
        ) {
            return;
        }
    }
    finish(turn);
}

fn announce(
    turn: &mut Turn<'_>,
    office: &Office,
    n: usize,
    total: usize,
    following: Option<&Office>,
) {
    let title = ("title", Part::Name(office.title.clone()));
    let name = ("name", Part::Name(office.name.clone()));
    let (n, count) = (
        ("n", Part::Text(n.to_string())),
        ("total", Part::Text(total.to_string())),
    );
    match following {
        Some(next) => {
            let next_title = ("next_title", Part::Name(next.title.clone()));
            let next = ("next", Part::Name(next.name.clone()));
            turn.say(
                Prompt::Connecting,
                &[title, name, n, count, next_title, next],
            );
            turn.say(Prompt::LeaveHint, &[]);
        }
        None if total == 1 => turn.say(Prompt::ConnectingOnly, &[title, name]),
        None => turn.say(Prompt::ConnectingLast, &[title, name, n, count]),
    }
}

fn next_office(turn: &mut Turn<'_>, state: &mut Forward, id: &str, input: &Input) {
    if let Some(visit) = turn.end_visit(input) {
        turn.tell(&visit);
    }
    let plan = turn.plan;
    let found = plan.office(directory(turn), id);
    if found.is_none() {
        turn.note(format!("There is no office {id:?}."));
    }
    let region = found
        .and_then(|office| office.region.clone())
        .or_else(|| state.region.clone());
    let Some(region) = region else {
        return finish(turn);
    };
    let offices = plan.offices(directory(turn), &region);
    let start = offices
        .iter()
        .position(|office| office.id.as_str() == id)
        .unwrap_or(0);
    state.region = Some(region);
    call_one_of(turn, offices, start);
}

fn finish(turn: &mut Turn<'_>) {
    turn.farewell(Prompt::ForwardGoodbye, Outcome::NoOffice);
}

/// The directory of the call's line.
fn directory<'a>(turn: &Turn<'a>) -> &'a DirectoryId {
    match &turn.line.kind {
        LineKind::Forward { directory, .. } => directory,
        LineKind::Menu { .. } => unreachable!("progress fits its line's kind"),
    }
}

/// Who stands in for the offices of a region without any.
fn instead(turn: &Turn<'_>, region: &RegionCode) -> Option<Office> {
    match &turn.line.kind {
        LineKind::Forward {
            instead: Some(directory),
            ..
        } => turn.plan.offices(directory, region).first().cloned(),
        LineKind::Forward { instead: None, .. } | LineKind::Menu { .. } => None,
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

impl Call {
    /// Whom the caller was to be connected to, in order.
    #[must_use]
    pub fn offices(&self) -> &[crate::Visit] {
        &self.visits
    }
}
