//! The offices of a region, called one after the other.

use super::questions::{elsewhere, pose};
use super::{Asked, Forward, ForwardRoute, instead, name_of};
use crate::answer::Route;
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    Input, LineKind, Office, Part, Prompt, Region, RegionAction, RegionCode, WallClocks, Whom,
    reach,
};

/// What is done for a caller of a region that is certain.
pub(super) fn act_on(
    turn: &mut Turn<'_>,
    state: &mut Forward,
    region: &Region,
    clocks: &WallClocks,
) {
    match region.action {
        RegionAction::Connect => {
            state.region = Some(region.code.clone());
            let offices = offices_of(turn, &region.code);
            if offices.is_empty() {
                turn.note(format!("{} has no office in the directory.", region.name));
                turn.say(Prompt::NoOffices, &[("region", name_of(region))]);
                return turn.farewell(Prompt::Goodbye, Outcome::NoOffice);
            }
            call_one_of(turn, offices, 0, clocks);
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

/// Dials the first office from `start` on that has a number which was not called yet and may be dialled.
pub(super) fn call_one_of(
    turn: &mut Turn<'_>,
    offices: &[Office],
    start: usize,
    clocks: &WallClocks,
) {
    call_from(turn, offices, start, None, clocks);
}

/// The same, and of the first office the number that the step named, unless it was called.
fn call_from(
    turn: &mut Turn<'_>,
    offices: &[Office],
    start: usize,
    named: Option<usize>,
    clocks: &WallClocks,
) {
    for (i, office) in offices.iter().enumerate().skip(start) {
        let named = named.filter(|_| i == start);
        while let Some(attempt) = reach::next(turn, office, 0, named, clocks) {
            let next = offices.get(i + 1);
            announce(turn, office, i + 1, offices.len(), next);
            let then = match (attempt.following, next) {
                (Some(place), _) => ForwardRoute::CallSecondSenator(reach::step_of(office, place)),
                (None, Some(next)) => ForwardRoute::CallSecondSenator(next.id.to_string()),
                (None, None) => ForwardRoute::Goodbye,
            };
            if turn.dial(
                Whom::office(office),
                &office.name,
                &attempt.number,
                Route::Forward(then),
            ) {
                return;
            }
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

pub(super) fn next_office(turn: &mut Turn<'_>, state: &mut Forward, id: &str, input: &Input) {
    let (office, place) = reach::target(id);
    let found = office_of(turn, office);
    // The request comes when the number before this one is over. Where this one is being called
    // already, it has come before, and what it reports is known.
    let is_repeated = found.is_some_and(|office| reach::is_repeated(turn, office, 0, place));
    if !is_repeated {
        match turn.end_visit(input) {
            Some(visit) => turn.tell(&visit),
            None => turn.miss_visit(),
        }
    }
    if found.is_none() {
        turn.note(format!("There is no office {id:?}."));
    }
    let region = found
        .and_then(|office| office.region.clone())
        .or_else(|| state.region.clone());
    let Some(region) = region else {
        return finish(turn);
    };
    let offices = offices_of(turn, &region);
    let start = offices
        .iter()
        .position(|other| other.id.as_str() == office)
        .unwrap_or(0);
    state.region = Some(region);
    call_from(turn, offices, start, place, &input.clocks);
}

pub(super) fn finish(turn: &mut Turn<'_>) {
    turn.farewell(Prompt::ForwardGoodbye, Outcome::NoOffice);
}

/// The offices of a region in the directory of the call's line.
fn offices_of<'a>(turn: &Turn<'a>, region: &RegionCode) -> &'a [Office] {
    match &turn.line.kind {
        LineKind::Forward { directory, .. } => turn.plan.offices(directory, region),
        LineKind::Menu { .. } | LineKind::Support(_) | LineKind::Conference(_) => &[],
    }
}

/// An office in the directory of the call's line.
fn office_of<'a>(turn: &Turn<'a>, id: &str) -> Option<&'a Office> {
    match &turn.line.kind {
        LineKind::Forward { directory, .. } => turn.plan.office(directory, id),
        LineKind::Menu { .. } | LineKind::Support(_) | LineKind::Conference(_) => None,
    }
}
