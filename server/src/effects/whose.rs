//! Finding the leg that an earlier try may have made: one to the same telephone or browser that is nobody else's.

use exchange::conference::{Room, RoomId};
use exchange::{Call, CallSid, Moment};

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

/// The live leg to a number or browser (`client:…`), made since a moment, that was made for this: it is known to be, or
/// nothing else is known of it.
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
    for one in state.store.live_rooms().await? {
        if let Some(own) = keep(&mut legs, &of_room(&one.room), wanted) {
            return Ok(Ok(Some(own)));
        }
    }
    let mut calls: Vec<CallSid> = state
        .store
        .floor()
        .await?
        .into_iter()
        .map(|one| one.call)
        .collect();
    // A call that is over may have legs that are still to be ended.
    calls.extend(
        state
            .store
            .pending("end_leg")
            .await?
            .into_iter()
            .map(|(call, _)| call),
    );
    calls.sort();
    calls.dedup();
    for sid in calls {
        if legs.is_empty() {
            break;
        }
        let Some((_, call)) = state.store.load(&sid).await? else {
            continue;
        };
        if let Some(own) = keep(&mut legs, &of_call(&call), wanted) {
            return Ok(Ok(Some(own)));
        }
    }
    Ok(Ok(legs.into_iter().next()))
}

/// Strikes out the legs that are known to be for something else. One that is known to be for this is told.
fn keep(
    legs: &mut Vec<CallSid>,
    known: &[(CallSid, MadeFor)],
    wanted: &MadeFor,
) -> Option<CallSid> {
    let own = known
        .iter()
        .find(|(leg, made_for)| made_for == wanted && legs.contains(leg));
    legs.retain(|leg| !known.iter().any(|(other, _)| other == leg));
    own.map(|(leg, _)| leg.clone())
}

/// The legs in a support call, or on their way in or out.
fn of_call(call: &Call) -> Vec<(CallSid, MadeFor)> {
    let Some(support) = call.support() else {
        return Vec::new();
    };
    let offered = (1..).zip(&support.offers).filter_map(|(number, offer)| {
        let leg = offer.leg.clone()?;
        Some((leg, MadeFor::Offer(call.sid.clone(), number)))
    });
    let seated = support.seats.iter().map(|seat| {
        let offer = |number| MadeFor::Offer(call.sid.clone(), number);
        (seat.leg.clone(), seat.offer.map_or(MadeFor::Other, offer))
    });
    let watching = support
        .watchers
        .iter()
        .map(|one| (one.leg.clone(), MadeFor::Other));
    offered.chain(seated).chain(watching).collect()
}

/// The legs in a room, or on their way in or out.
fn of_room(room: &Room) -> Vec<(CallSid, MadeFor)> {
    let invite = |number| MadeFor::Invite(room.id.clone(), number);
    let invited = room
        .invites
        .iter()
        .filter_map(|one| Some((one.leg.clone()?, invite(one.id))));
    let inside = room.members.iter().map(|member| {
        (
            member.leg.clone(),
            member.invite.map_or(MadeFor::Other, invite),
        )
    });
    invited.chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(n: u32) -> CallSid {
        CallSid::parse(&format!("CA{n:032x}")).expect("a SID")
    }

    #[test]
    fn a_leg_of_something_else_is_struck_out_and_the_own_one_is_told() {
        let (call, other) = (leg(100), leg(200));
        let wanted = MadeFor::Offer(call.clone(), 2);
        let theirs = [
            (leg(1), MadeFor::Offer(other, 2)),
            (leg(2), MadeFor::Offer(call.clone(), 1)),
            (leg(3), MadeFor::Other),
        ];

        let mut legs = vec![leg(3), leg(1), leg(2)];
        assert_eq!(keep(&mut legs, &theirs, &wanted), None);
        assert_eq!(legs, []);

        let mut legs = vec![leg(1), leg(4)];
        assert_eq!(keep(&mut legs, &theirs, &wanted), None);
        assert_eq!(legs, [leg(4)]);

        let mut legs = vec![leg(4), leg(5)];
        let own = [(leg(5), wanted.clone())];
        assert_eq!(keep(&mut legs, &own, &wanted), Some(leg(5)));

        let mut legs = vec![leg(4)];
        assert_eq!(keep(&mut legs, &own, &wanted), None);
        assert_eq!(legs, [leg(4)]);
    }
}
