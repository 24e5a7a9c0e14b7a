//! The offices of a region, called one after the other.

use super::questions::{elsewhere, pose};
use super::{Asked, Forward, ForwardRoute, instead, name_of};
use crate::answer::Route;
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{
    Input, LineKind, Office, Part, PhoneNumber, Prompt, Region, RegionAction, RegionCode,
    VisitOutcome, Whom,
};

/// What is done for a caller of a region that is certain.
pub(super) fn act_on(turn: &mut Turn<'_>, state: &mut Forward, region: &Region) {
    match region.action {
        RegionAction::Connect => {
            state.region = Some(region.code.clone());
            let offices = offices_of(turn, &region.code);
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

/// Dials the first office from `start` on that has a number which was not called yet and may be dialled. An office that
/// was talked with is called no more.
pub(super) fn call_one_of(turn: &mut Turn<'_>, offices: &[Office], start: usize) {
    for (i, office) in offices.iter().enumerate().skip(start) {
        while let Some((place, number)) = next_number(turn, office) {
            let following = offices.get(i + 1);
            announce(turn, office, i + 1, offices.len(), following);
            let then = match (office.numbers().nth(place + 1), following) {
                (Some(_), _) => {
                    ForwardRoute::CallSecondSenator(format!("{}.{}", office.id, place + 2))
                }
                (None, Some(next)) => ForwardRoute::CallSecondSenator(next.id.to_string()),
                (None, None) => ForwardRoute::Goodbye,
            };
            if turn.dial(
                Whom::office(office),
                &office.name,
                &number,
                Route::Forward(then),
            ) {
                return;
            }
        }
    }
    finish(turn);
}

/// The first number of an office that was not called yet, and its place among them.
fn next_number(turn: &Turn<'_>, office: &Office) -> Option<(usize, PhoneNumber)> {
    let whom = Whom::office(office);
    let visits = || turn.call.visits.iter().filter(|visit| visit.whom == whom);
    if visits().any(|visit| matches!(visit.outcome, Some(VisitOutcome::Talked(_)))) {
        return None;
    }
    let is_over = |number: &PhoneNumber| {
        visits().any(|visit| visit.number == *number && visit.outcome.is_some())
    };
    office
        .numbers()
        .enumerate()
        .find(|(_, number)| !is_over(number))
}

/// The office that a step names, and which of its numbers: `M001153` is its first, `M001153.2` its second.
fn target(id: &str) -> (&str, usize) {
    let named = id.rsplit_once('.');
    named
        .and_then(|(office, place)| Some((office, place.parse::<usize>().ok()?.checked_sub(1)?)))
        .unwrap_or((id, 0))
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
    let (named, place) = target(id);
    let found = office_of(turn, named);
    // The request comes when the number before this one is over. Where this one is being called
    // already, it has come before, and what it reports is known.
    let number = found.and_then(|office| office.numbers().nth(place));
    let is_repeated = found.is_some_and(|office| turn.is_under_way(&Whom::office(office)))
        && turn.call.visits.last().map(|visit| &visit.number) == number.as_ref();
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
        .position(|office| office.id.as_str() == named)
        .unwrap_or(0);
    state.region = Some(region);
    call_one_of(turn, offices, start);
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
