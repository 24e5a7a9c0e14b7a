//! The questions of a forwarding line, and their answers.

use super::offices::{act_on, call_one_of};
use super::{Asked, Forward, ForwardRoute, Guess, GuessFrom};
use super::{instead, known_region, name_of, name_of_code};
use crate::answer::{Keys, Route};
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{Digits, Input, Part, Prompt, Region, RegionAction, Zip};

const ONE_KEY: Keys = Keys {
    most: 1,
    patience: 7,
};
const FIVE_KEYS: Keys = Keys {
    most: 5,
    patience: 10,
};

/// What follows the greeting: the guess is put to the caller, or the ZIP code asked for.
pub(super) fn begin(turn: &mut Turn<'_>, state: &mut Forward) {
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
pub(super) fn elsewhere(turn: &mut Turn<'_>, region: &Region) {
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
pub(super) fn pose(turn: &mut Turn<'_>, state: &mut Forward, asked: Asked) {
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

pub(super) fn one_key(turn: &mut Turn<'_>, state: &mut Forward, input: &Input) {
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
                act_on(turn, state, &region, &input.clocks);
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
                    act_on(turn, state, &region, &input.clocks);
                }
                None => wrong_key(turn, state, key),
            }
        }
        Asked::Delegate { region } => match (key, instead(turn, &region)) {
            ('1', Some(delegate)) => {
                state.region = Some(region);
                call_one_of(turn, &[delegate], 0, &input.clocks);
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

pub(super) fn look_up(turn: &mut Turn<'_>, state: &mut Forward, input: &Input) {
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
            act_on(turn, state, &region, &input.clocks);
        }
        RegionAction::AskHomeZip | RegionAction::NoCongress | RegionAction::AskZip => {
            if turn.may_try_again() {
                elsewhere(turn, &region);
                pose(turn, state, Asked::Zip);
            }
        }
    }
}
