//! The offices of a region, called one after the other.

use super::questions::{elsewhere, pose};
use super::{Asked, Forward, ForwardRoute, instead, name_of};
use crate::answer::Route;
use crate::outcome::Outcome;
use crate::turn::Turn;
use crate::{Input, LineKind, Office, Part, Prompt, Region, RegionAction, RegionCode, Whom};

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

/// Dials the first office from `start` on that has not been called yet and may be dialled.
pub(super) fn call_one_of(turn: &mut Turn<'_>, offices: &[Office], start: usize) {
    for (i, office) in offices.iter().enumerate().skip(start) {
        if turn.is_visited(&Whom::office(office)) {
            continue;
        }
        let following = offices.get(i + 1);
        announce(turn, office, i + 1, offices.len(), following);
        let then = match following {
            Some(next) => ForwardRoute::CallSecondSenator(next.id.to_string()),
            None => ForwardRoute::Goodbye,
        };
        if turn.dial(
            Whom::office(office),
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

pub(super) fn next_office(turn: &mut Turn<'_>, state: &mut Forward, id: &str, input: &Input) {
    let found = office_of(turn, id);
    // The request comes when the office before this one is over. Where this one is being called
    // already, it has come before, and what it reports is known.
    let is_repeated = found.is_some_and(|office| turn.is_under_way(&Whom::office(office)));
    if !is_repeated && let Some(visit) = turn.end_visit(input) {
        turn.tell(&visit);
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
        .position(|office| office.id.as_str() == id)
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
