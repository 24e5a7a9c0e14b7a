//! Finding the leg that an earlier try may have made: one to the same telephone or browser that is nobody else's.

use std::collections::BTreeSet;

use exchange::conference::{Room, RoomDeed, RoomId};
use exchange::{Call, CallSid, Effect, LegOf, Moment, Offer, Plan, TransferStep};
use twilio::Party;

use super::shown::shown;
use crate::carrier_api::{LegTo, NotSaid};
use crate::state::AppState;

/// What a leg of ours was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MadeFor {
    /// An offer of a caller to an agent or a telephone.
    Offer(CallSid, u32),
    /// A number that is called into a room.
    Invite(RoomId, u32),
    /// Somebody who came by themselves.
    Other,
}

/// A leg that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) made_for: MadeFor,
    /// Where it rings: a number or browser (`client:…`).
    pub(super) to: String,
    /// The number of ours that is shown there.
    pub(super) from: Party,
    /// When it was asked for.
    pub(super) asked: Moment,
}

/// Something that a leg was made for, or is being made for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    /// The leg, once it is known.
    leg: Option<CallSid>,
    made_for: MadeFor,
    /// Where it rings; nothing where that is over.
    to: String,
    /// The number of ours that is shown there; nothing where it cannot be told.
    from: Option<Party>,
    /// When it was asked for.
    asked: Moment,
}

impl Made {
    fn known(leg: &CallSid, made_for: MadeFor) -> Self {
        Self {
            leg: Some(leg.clone()),
            made_for,
            to: String::new(),
            from: None,
            asked: Moment(0),
        }
    }

    /// Whether a leg to a telephone, made for this, may be taken for one that is wanted. Agents are rung for one caller at
    /// a time, and a call rings nobody while a leg of its own is still to be ended.
    fn is_rival(&self, wanted: &Wanted) -> bool {
        let is_own = match (&self.made_for, &wanted.made_for) {
            (MadeFor::Offer(call, _), MadeFor::Offer(own, _)) => call == own,
            (MadeFor::Offer(..) | MadeFor::Invite(..) | MadeFor::Other, _) => {
                self.made_for == wanted.made_for
            }
        };
        let is_of_telephone = !self.to.starts_with("client:");
        self.leg.is_none() && self.to == wanted.to && is_of_telephone && !is_own
    }

    /// Whether a leg to there may be the one that was made for this: it shows the same number, and is no older.
    fn may_have(&self, leg: &LegTo) -> bool {
        let shows = self.from.as_ref().is_none_or(|from| leg.may_be_from(from));
        shows && leg.may_be_since(self.asked)
    }
}

/// The live leg that is wanted. It is known to be, or nothing is known of it and nothing else is being made there whose
/// leg it might be.
pub(super) async fn leg(
    state: &AppState,
    wanted: &Wanted,
) -> Result<Result<Option<CallSid>, NotSaid>, store::Error> {
    let legs = match state.carrier.legs_to(&wanted.to, wanted.asked).await {
        Ok(legs) => legs,
        Err(why) => return Ok(Err(why)),
    };
    if legs.is_empty() {
        return Ok(Ok(None));
    }
    Ok(judge(legs, &everything(state).await?, wanted))
}

/// Which of the legs is the one that is wanted. Of two who look for a leg of which nothing is known, whoever asked first
/// goes first: what was made before the other asked is not the other's.
fn judge(
    mut legs: Vec<LegTo>,
    all: &[Vec<Made>],
    wanted: &Wanted,
) -> Result<Option<CallSid>, NotSaid> {
    for made in all {
        if let Some(own) = keep(&mut legs, made, &wanted.made_for) {
            return Ok(Some(own));
        }
    }
    legs.retain(|leg| leg.may_be_from(&wanted.from));
    let rivals: Vec<&Made> = all
        .iter()
        .flatten()
        .filter(|one| one.is_rival(wanted))
        .collect();
    let is_anybodys = |leg: &&LegTo| rivals.iter().any(|rival| rival.may_have(leg));
    match legs.iter().find(|leg| !is_anybodys(leg)) {
        Some(own) => Ok(Some(own.sid.clone())),
        None if legs.is_empty() => Ok(None),
        None => Err(NotSaid::Unclear),
    }
}

/// What was made or is being made, by the call or room that it is for.
async fn everything(state: &AppState) -> Result<Vec<Vec<Made>>, store::Error> {
    let store = &state.store;
    let (_, plan) = state.plans.current();
    // So may a room, though nobody is in it any more.
    let rung = store.pending("room_end_invite").await?.into_iter();
    let rung: BTreeSet<(RoomId, u32)> = rung.filter_map(invite_that_ends).collect();
    let live = store.live_rooms().await?.into_iter();
    let mut rooms: Vec<Room> = live.map(|known| known.room).collect();
    for (id, _) in &rung {
        if !rooms.iter().any(|room| room.id == *id) {
            rooms.extend(store.room(id).await?.map(|known| known.room));
        }
    }
    let is_rung = |room: &Room, invite| rung.contains(&(room.id.clone(), invite));
    let made = rooms.iter().map(|room| {
        of_room(room, shown_by(room, &plan).as_ref(), &|invite| {
            is_rung(room, invite)
        })
    });
    let mut all: Vec<Vec<Made>> = made.collect();
    // A call that is over may have legs that are still to be ended.
    let ending = store.pending("end_leg").await?.into_iter();
    let ending: BTreeSet<(CallSid, u32)> = ending.filter_map(offer_that_ends).collect();
    let floor = store.floor().await?.into_iter().map(|one| one.call);
    let calls: BTreeSet<CallSid> = floor
        .chain(ending.iter().map(|(call, _)| call.clone()))
        .collect();
    for sid in calls {
        if let Some((_, call)) = store.load(&sid).await? {
            all.push(of_call(&call, &plan, &|offer| {
                ending.contains(&(sid.clone(), offer))
            }));
        }
    }
    Ok(all)
}

fn offer_that_ends((call, payload): (CallSid, String)) -> Option<(CallSid, u32)> {
    let Ok(Effect::EndLeg {
        leg: LegOf::Offer(offer),
    }) = serde_json::from_str(&payload)
    else {
        return None;
    };
    Some((call, offer))
}

fn invite_that_ends((_, payload): (CallSid, String)) -> Option<(RoomId, u32)> {
    let Ok(Effect::InRoom {
        room,
        what: RoomDeed::EndInvite { invite },
    }) = serde_json::from_str(&payload)
    else {
        return None;
    };
    Some((room, invite))
}

/// Strikes out the legs that are known to be for something else. One that is known to be for this is told.
fn keep(legs: &mut Vec<LegTo>, made: &[Made], wanted: &MadeFor) -> Option<CallSid> {
    let is_there = |leg: &&CallSid| legs.iter().any(|one| one.sid == **leg);
    let own = made
        .iter()
        .filter(|one| one.made_for == *wanted)
        .find_map(|one| one.leg.as_ref().filter(is_there).cloned());
    legs.retain(|leg| !made.iter().any(|one| one.leg.as_ref() == Some(&leg.sid)));
    own
}

/// The legs in a support call, or on their way in or out. `is_ending` tells whether the leg of an offer that is over is
/// still to be ended.
fn of_call(call: &Call, plan: &Plan, is_ending: &dyn Fn(u32) -> bool) -> Vec<Made> {
    let Some(support) = call.support() else {
        return Vec::new();
    };
    let from = shown(plan, &call.line, call.dialled.as_ref());
    let step = support.transfer.as_ref().map(|transfer| &transfer.step);
    let is_prepared = |number| matches!(step, Some(TransferStep::Preparing { offer: Some(offer) }) if *offer == number);
    let offered = (1..).zip(&support.offers).filter_map(|(number, offer)| {
        let is_open = offer.outcome.is_none() && !is_prepared(number);
        (offer.leg.is_some() || is_open || is_ending(number)).then(|| Made {
            leg: offer.leg.clone(),
            made_for: MadeFor::Offer(call.sid.clone(), number),
            to: address(offer),
            from: Some(from.clone()),
            asked: offer.began,
        })
    });
    let seated = support.seats.iter().map(|seat| {
        let offer = |number| MadeFor::Offer(call.sid.clone(), number);
        Made::known(&seat.leg, seat.offer.map_or(MadeFor::Other, offer))
    });
    let watching = support
        .watchers
        .iter()
        .map(|one| Made::known(&one.leg, MadeFor::Other));
    offered.chain(seated).chain(watching).collect()
}

/// Where an offer rings.
pub(super) fn address(offer: &Offer) -> String {
    match &offer.number {
        Some(number) => number.to_string(),
        None => format!("client:{}", offer.agent),
    }
}

/// What telephones show that are called into a room; nothing where it depends on the call through which they are.
fn shown_by(room: &Room, plan: &Plan) -> Option<Party> {
    let line = plan.line(&room.id.line)?;
    line.number.as_ref()?;
    Some(shown(plan, &line.id, None))
}

/// The legs in a room, or on their way in or out. `is_ending` tells whether the leg of an invitation that is over is
/// still to be ended.
fn of_room(room: &Room, from: Option<&Party>, is_ending: &dyn Fn(u32) -> bool) -> Vec<Made> {
    let invite = |number| MadeFor::Invite(room.id.clone(), number);
    let invited = room
        .invites
        .iter()
        .filter(|one| one.leg.is_some() || one.outcome.is_none() || is_ending(one.id))
        .map(|one| Made {
            leg: one.leg.clone(),
            made_for: invite(one.id),
            to: one.number.to_string(),
            from: from.cloned(),
            asked: one.began,
        });
    let inside = room.members.iter().map(|member| {
        let made_for = member.invite.map_or(MadeFor::Other, invite);
        Made::known(&member.leg, made_for)
    });
    invited.chain(inside).collect()
}

#[cfg(test)]
mod tests;
