//! What supervisors do with rooms: brought to the rules, and answered in words that say what is true.

use desk::rooms::{self, RoomActForm};
use desk::{DeskError, FieldError, Viewer};
use exchange::conference::{By, ConferenceEvent, Room, RoomAct, RoomId, RoomRefusal};
use exchange::{CallSid, Event, PhoneNumber, Refusal, UserName};

use super::conference::invite_named;
use crate::audit;
use crate::chain::chain;
use crate::commands;
use crate::door::{self, Answered, Knock};
use crate::effects::guard;
use crate::state::AppState;

/// Does something with a room or whoever is in it.
pub(crate) async fn act(
    state: &AppState,
    by: &Viewer,
    form: &RoomActForm,
) -> Result<(), DeskError> {
    let asked = form.parse().map_err(DeskError::Invalid)?;
    let id = RoomId::parse(&form.room).map_err(|_| DeskError::NotFound)?;
    let room = known(state, &id).await?;
    let user = UserName::parse(&by.user_name).map_err(|_| DeskError::Forbidden)?;
    let what = what(asked, |typed| {
        commands::number(state, &user, id.line.as_str(), typed)
    })?;
    let through = through(&room, &what).ok_or_else(|| refused(&RoomRefusal::Empty))?;
    let RoomAct::Add { number } = &what else {
        return enter(state, by, form, (id, what), &through).await;
    };
    // Of the number's own: two who call the same one in at once want one leg.
    let claim = format!("room.{id}.{number}");
    let is_borne = guard::claim(state, &claim).await.map_err(|error| {
        tracing::error!(error = chain(&error), "nobody knows what the account bears");
        DeskError::Internal
    })?;
    if !is_borne {
        // Whom somebody else has just called in took the last leg.
        if known(state, &id).await?.has_number(number) {
            return Err(refused(&RoomRefusal::AlreadyIn(number.formatted())));
        }
        return Err(DeskError::Refused(guard::full(state)));
    }
    let acted = enter(state, by, form, (id, what), &through).await;
    guard::give_back(state, &claim).await;
    acted
}

async fn known(state: &AppState, id: &RoomId) -> Result<Room, DeskError> {
    let known = state.store.room(id).await.map_err(|error| {
        tracing::error!(error = chain(&error), "a click on a room came to nothing");
        DeskError::Internal
    })?;
    Ok(known.ok_or(DeskError::NotFound)?.room)
}

/// Brings it to the rules.
async fn enter(
    state: &AppState,
    by: &Viewer,
    form: &RoomActForm,
    (id, what): (RoomId, RoomAct),
    through: &CallSid,
) -> Result<(), DeskError> {
    let user = UserName::parse(&by.user_name).map_err(|_| DeskError::Forbidden)?;
    let name = name(&what);
    let event = ConferenceEvent::Act {
        room: id,
        by: By {
            user,
            name: by.name.clone(),
        },
        what,
    };
    let knock = Knock {
        sid: through,
        identity: None,
        name,
        request: store::Request::default(),
        settles: None,
    };
    match door::enter(state, knock, Event::Conference(event), |_| None).await {
        Ok(Answered::Decided(_)) => {
            let what = name.trim_end_matches(", by a click");
            audit::note(state, &by.user_name, &form.room, &format!("{what}.")).await;
            Ok(())
        }
        Ok(Answered::NoCall) => Err(DeskError::NotFound),
        // The rules' own words say what is true now.
        Ok(Answered::Refused(Refusal::Room(refusal))) => Err(refused(&refusal)),
        Ok(Answered::Refused(refusal)) => Err(DeskError::Refused(refusal.to_string())),
        Ok(Answered::AgentRefused(refusal)) => Err(DeskError::Refused(format!("{refusal}."))),
        Err(failure) => {
            tracing::error!(error = chain(&failure), call.id = %through, "a click on a room came to nothing");
            Err(DeskError::Internal)
        }
    }
}

/// What the rules are against, at its field where it is one.
fn refused(refusal: &RoomRefusal) -> DeskError {
    let words = refusal.to_string();
    if refusal.is_about_number() {
        DeskError::Invalid(vec![FieldError::new("number", words)])
    } else {
        DeskError::Refused(words)
    }
}

/// The call through which an act goes: of whomever it is about, be they there or just gone; else of the first who is in
/// the room.
fn through(room: &Room, what: &RoomAct) -> Option<CallSid> {
    match what.leg() {
        Some(leg) => {
            let was_there = room.gone.iter().any(|stay| stay.leg == *leg);
            let is_known = room.member(leg).is_some() || was_there;
            is_known
                .then(|| leg.clone())
                .or_else(|| room.anchor().cloned())
        }
        None => room.anchor().cloned(),
    }
}

/// What was asked for, as the rules know it; refused where it is about somebody whom nobody could be, or a number that is
/// none.
fn what(
    asked: rooms::RoomAct,
    number: impl Fn(&str) -> Result<PhoneNumber, DeskError>,
) -> Result<RoomAct, DeskError> {
    let nobody = || FieldError::new("person", "Choose somebody in the room.");
    let leg = |leg: String| {
        let leg = CallSid::parse(&leg);
        leg.map_err(|_| DeskError::Invalid(vec![nobody()]))
    };
    Ok(match asked {
        rooms::RoomAct::Mute { leg: of, on } => RoomAct::Mute { leg: leg(of)?, on },
        rooms::RoomAct::Hold { leg: of, on } => RoomAct::Hold { leg: leg(of)?, on },
        rooms::RoomAct::Remove { leg: of } => match invite_named(&of) {
            Some(invite) => RoomAct::GiveUp { invite },
            None => RoomAct::Remove { leg: leg(of)? },
        },
        rooms::RoomAct::LowerHand { leg: of } => RoomAct::LowerHand { leg: leg(of)? },
        rooms::RoomAct::AnnounceTo { leg: of, text } => RoomAct::Announce {
            leg: Some(leg(of)?),
            text,
        },
        rooms::RoomAct::AnnounceToAll { text } => RoomAct::Announce { leg: None, text },
        rooms::RoomAct::MuteAll => RoomAct::MuteAll,
        rooms::RoomAct::Add { number: typed } => RoomAct::Add {
            number: number(&typed)?,
        },
        rooms::RoomAct::Lock { on } => RoomAct::Lock { on },
        rooms::RoomAct::Record { on } => RoomAct::Record { on },
        rooms::RoomAct::End => RoomAct::End,
    })
}

/// The act in the journal's words.
const fn name(what: &RoomAct) -> &'static str {
    match what {
        RoomAct::Mute { on: true, .. } => "Mute, by a click",
        RoomAct::Mute { on: false, .. } => "Unmute, by a click",
        RoomAct::MuteAll => "Mute all, by a click",
        RoomAct::Hold { on: true, .. } => "Hold, by a click",
        RoomAct::Hold { on: false, .. } => "Off hold, by a click",
        RoomAct::Remove { .. } => "Remove, by a click",
        RoomAct::LowerHand { .. } => "Lower a hand, by a click",
        RoomAct::Announce { .. } => "Announce, by a click",
        RoomAct::Add { .. } => "Call somebody in, by a click",
        RoomAct::GiveUp { .. } => "Call somebody no more, by a click",
        RoomAct::Lock { on: true } => "Lock, by a click",
        RoomAct::Lock { on: false } => "Unlock, by a click",
        RoomAct::Record { on: true } => "Resume the recording, by a click",
        RoomAct::Record { on: false } => "Pause the recording, by a click",
        RoomAct::End => "End the conference, by a click",
    }
}
