//! The room of a support call, as the monitor shows it.

use desk::rooms::{
    HelpView, PersonRole, PersonStage, PersonView, RoomKind, RoomStage, RoomView, WatchMode,
};
use exchange::{Call, Help, Offer, Plan, Seat, Stage, Support, Watcher};

/// The room of a caller who waits or talks; nothing for one who is not in their room, and is not coming.
pub(super) fn room(call: &Call, plan: &Plan) -> Option<RoomView> {
    let support = call.support()?;
    let (stage, since) = match &support.stage {
        Stage::Waiting(_) | Stage::Offered { .. } => (RoomStage::Waiting, support.waiting_since),
        Stage::Talking { since, .. } | Stage::Outside { since, .. } => (RoomStage::Running, *since),
        Stage::Ending(ending) => (RoomStage::Ending, ending.since),
        Stage::Arrived
        | Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Survey { .. } => return None,
    };
    let (name, line_name) = names(call, plan);
    let mut people = vec![caller(call, support)];
    let live = support.seats.iter().filter(|seat| seat.gone.is_none());
    people.extend(live.map(|seat| seated(seat, support)));
    people.extend(support.offers.iter().filter_map(ringing));
    people.extend(support.watching().map(watcher));
    Some(RoomView {
        id: call.sid.to_string(),
        kind: RoomKind::Support,
        name,
        line_name,
        stage,
        since_ms: since.0,
        began_ms: call.started.0,
        people,
        reconciled_ms: support.reconciled.map(|at| at.0),
        help: support.help.as_ref().map(|help| help_view(help, support)),
        ..RoomView::default()
    })
}

/// What the room of a call is called, and its line.
pub(super) fn names(call: &Call, plan: &Plan) -> (String, String) {
    let line = plan.line(&call.line);
    let line_name = line.map_or_else(|| call.line.to_string(), |line| line.name.clone());
    (format!("Call of {}", call.caller.label()), line_name)
}

fn caller(call: &Call, support: &Support) -> PersonView {
    let is_there = support.room.moving_since.is_none();
    PersonView {
        leg: call.sid.to_string(),
        label: call.caller.label(),
        role: PersonRole::Caller,
        stage: if is_there {
            PersonStage::In
        } else {
            PersonStage::Aside
        },
        since_ms: call.started.0,
        is_muted: support.room.mute.is_meant_on(),
        is_held: support.room.hold.is_meant_on(),
        ..PersonView::default()
    }
}

fn seated(seat: &Seat, support: &Support) -> PersonView {
    let offer = seat.offer.and_then(|offer| support.offer(offer));
    let (label, user, role) = match &seat.number {
        Some(number) => (number.formatted(), None, PersonRole::Outside),
        None => {
            let user = seat.agent.to_string();
            let name = offer.map_or_else(|| user.clone(), |offer| offer.name.clone());
            (name, Some(user), PersonRole::Agent)
        }
    };
    PersonView {
        leg: seat.leg.to_string(),
        label,
        user,
        role,
        stage: if seat.joined.is_some() {
            PersonStage::In
        } else {
            PersonStage::Coming
        },
        since_ms: seat.joined.unwrap_or(seat.answered).0,
        is_muted: seat.mute.is_meant_on(),
        is_held: seat.hold.is_meant_on(),
        ..PersonView::default()
    }
}

/// A supervisor who listens, coaches or speaks.
fn watcher(watcher: &Watcher) -> PersonView {
    let mode = watcher.confirmed().unwrap_or(watcher.mode);
    PersonView {
        leg: watcher.leg.to_string(),
        label: watcher.name.clone(),
        user: Some(watcher.user.to_string()),
        role: PersonRole::Watcher(mode),
        stage: if watcher.joined.is_some() {
            PersonStage::In
        } else {
            PersonStage::Coming
        },
        since_ms: watcher.joined.unwrap_or(watcher.since).0,
        is_muted: mode == WatchMode::Listen,
        ..PersonView::default()
    }
}

/// Who asks for help.
fn help_view(help: &Help, support: &Support) -> HelpView {
    let mut offers = support.offers.iter().rev();
    let made = offers.find(|offer| offer.agent == help.by && offer.number.is_none());
    HelpView {
        by: made.map_or_else(|| help.by.to_string(), |offer| offer.name.clone()),
        since_ms: help.since.0,
    }
}

/// Somebody who rings.
fn ringing(offer: &Offer) -> Option<PersonView> {
    if offer.outcome.is_some() {
        return None;
    }
    let is_outside = offer.number.is_some();
    Some(PersonView {
        leg: offer
            .leg
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        label: offer.name.clone(),
        user: (!is_outside).then(|| offer.agent.to_string()),
        role: if is_outside {
            PersonRole::Outside
        } else {
            PersonRole::Agent
        },
        stage: PersonStage::Ringing,
        since_ms: offer.began.0,
        ..PersonView::default()
    })
}
