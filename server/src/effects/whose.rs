//! Finding the leg that an earlier try may have made: one to the same telephone or browser that is nobody else's.

use std::collections::BTreeSet;

use exchange::conference::{Room, RoomDeed, RoomId};
use exchange::{Call, CallSid, Effect, LegOf, Moment, Offer, TransferStep};

use crate::carrier_api::NotSaid;
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

/// Something that a leg was made for, or is being made for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    /// The leg, once it is known.
    leg: Option<CallSid>,
    made_for: MadeFor,
    /// Where it rings; nothing where that is over.
    to: String,
}

impl Made {
    fn known(leg: &CallSid, made_for: MadeFor) -> Self {
        Self {
            leg: Some(leg.clone()),
            made_for,
            to: String::new(),
        }
    }

    /// Whether a leg to a telephone, made for this, may be taken for one that is wanted. Agents are rung for one caller at
    /// a time, and a call rings nobody while a leg of its own is still to be ended.
    fn is_rival(&self, to: &str, wanted: &MadeFor) -> bool {
        let is_own = match (&self.made_for, wanted) {
            (MadeFor::Offer(call, _), MadeFor::Offer(own, _)) => call == own,
            (MadeFor::Offer(..) | MadeFor::Invite(..) | MadeFor::Other, _) => {
                self.made_for == *wanted
            }
        };
        self.leg.is_none() && self.to == to && !to.starts_with("client:") && !is_own
    }
}

/// The live leg to a number or browser (`client:…`), made since a moment, that was made for this. It is known to be, or
/// nothing is known of it and nothing else is being made there whose leg it might be.
pub(super) async fn leg(
    state: &AppState,
    to: &str,
    since: Moment,
    wanted: &MadeFor,
) -> Result<Result<Option<CallSid>, NotSaid>, store::Error> {
    let mut legs = match state.carrier.legs_to(to, since).await {
        Ok(legs) => legs,
        Err(why) => return Ok(Err(why)),
    };
    if legs.is_empty() {
        return Ok(Ok(None));
    }
    let mut has_rival = false;
    for made in everything(state).await? {
        if let Some(own) = keep(&mut legs, &made, wanted) {
            return Ok(Ok(Some(own)));
        }
        has_rival |= made.iter().any(|one| one.is_rival(to, wanted));
    }
    Ok(match legs.into_iter().next() {
        Some(_) if has_rival => Err(NotSaid::Unclear),
        leg => Ok(leg),
    })
}

/// What was made or is being made, by the call or room that it is for.
async fn everything(state: &AppState) -> Result<Vec<Vec<Made>>, store::Error> {
    let store = &state.store;
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
    let made = rooms
        .iter()
        .map(|room| of_room(room, &|invite| is_rung(room, invite)));
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
            all.push(of_call(&call, &|offer| {
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
fn keep(legs: &mut Vec<CallSid>, made: &[Made], wanted: &MadeFor) -> Option<CallSid> {
    let own = made
        .iter()
        .filter(|one| one.made_for == *wanted)
        .find_map(|one| one.leg.clone().filter(|leg| legs.contains(leg)));
    legs.retain(|leg| !made.iter().any(|one| one.leg.as_ref() == Some(leg)));
    own
}

/// The legs in a support call, or on their way in or out. `is_ending` tells whether the leg of an offer that is over is
/// still to be ended.
fn of_call(call: &Call, is_ending: &dyn Fn(u32) -> bool) -> Vec<Made> {
    let Some(support) = call.support() else {
        return Vec::new();
    };
    let step = support.transfer.as_ref().map(|transfer| &transfer.step);
    let is_prepared = |number| matches!(step, Some(TransferStep::Preparing { offer: Some(offer) }) if *offer == number);
    let offered = (1..).zip(&support.offers).filter_map(|(number, offer)| {
        let is_open = offer.outcome.is_none() && !is_prepared(number);
        (offer.leg.is_some() || is_open || is_ending(number)).then(|| Made {
            leg: offer.leg.clone(),
            made_for: MadeFor::Offer(call.sid.clone(), number),
            to: address(offer),
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

/// The legs in a room, or on their way in or out. `is_ending` tells whether the leg of an invitation that is over is
/// still to be ended.
fn of_room(room: &Room, is_ending: &dyn Fn(u32) -> bool) -> Vec<Made> {
    let invite = |number| MadeFor::Invite(room.id.clone(), number);
    let invited = room
        .invites
        .iter()
        .filter(|one| one.leg.is_some() || one.outcome.is_none() || is_ending(one.id))
        .map(|one| Made {
            leg: one.leg.clone(),
            made_for: invite(one.id),
            to: one.number.to_string(),
        });
    let inside = room.members.iter().map(|member| {
        let made_for = member.invite.map_or(MadeFor::Other, invite);
        Made::known(&member.leg, made_for)
    });
    invited.chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use exchange::conference::{By, Invite, InviteOutcome};
    use exchange::{PhoneNumber, UserName};

    use super::*;

    fn leg(n: u32) -> CallSid {
        CallSid::parse(&format!("CA{n:032x}")).expect("a SID")
    }

    #[test]
    fn a_leg_of_something_else_is_struck_out_and_the_own_one_is_told() {
        let (call, other) = (leg(100), leg(200));
        let wanted = MadeFor::Offer(call.clone(), 2);
        let theirs = [
            Made::known(&leg(1), MadeFor::Offer(other, 2)),
            Made::known(&leg(2), MadeFor::Offer(call.clone(), 1)),
            Made::known(&leg(3), MadeFor::Other),
        ];

        let mut legs = vec![leg(3), leg(1), leg(2)];
        assert_eq!(keep(&mut legs, &theirs, &wanted), None);
        assert_eq!(legs, []);

        let mut legs = vec![leg(1), leg(4)];
        assert_eq!(keep(&mut legs, &theirs, &wanted), None);
        assert_eq!(legs, [leg(4)]);

        let mut legs = vec![leg(4), leg(5)];
        let own = [Made::known(&leg(5), wanted.clone())];
        assert_eq!(keep(&mut legs, &own, &wanted), Some(leg(5)));

        let mut legs = vec![leg(4)];
        assert_eq!(keep(&mut legs, &own, &wanted), None);
        assert_eq!(legs, [leg(4)]);
    }

    #[test]
    fn the_leg_of_an_invitation_that_was_given_up_is_nobody_elses_until_it_is_ended() {
        let number = PhoneNumber::parse("+12145550137").expect("a number");
        let mut room = Room::new(RoomId::parse("conference.main").expect("a room"));
        room.invites.push(Invite {
            id: 1,
            number: number.clone(),
            by: By {
                user: UserName::parse("sue").expect("a user name"),
                name: "Sue".to_owned(),
            },
            began: Moment(0),
            via: leg(100),
            leg: None,
            outcome: Some(InviteOutcome::GivenUp),
        });
        let wanted = MadeFor::Offer(leg(200), 1);
        let is_rival = |made: Vec<Made>| {
            made.iter()
                .any(|one| one.is_rival(number.as_str(), &wanted))
        };

        assert!(is_rival(of_room(&room, &|invite| invite == 1)));
        assert!(!is_rival(of_room(&room, &|_| false)), "it is ended");
    }
}
