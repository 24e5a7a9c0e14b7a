//! A creation whose answer was lost: its own leg is found, and nobody else's is taken or ended.

use std::time::Duration;

use carrier::engine::{LegState, Noted};
use carrier::face::faults::{Fault, FaultPlan};
use desk::Desk;
use exchange::TransferKind::Warm;
use twilio::CallSid;

use super::cells::At::Preparing;
use super::cells::reach;
use super::world::To::{Ben, Phone};
use super::world::{PHONE, World};

/// From now on no callback arrives, or every one does.
fn callbacks_are_lost(world: &World, are: bool) {
    let mut plan = FaultPlan::default();
    if are {
        plan.per_mille.insert(Fault::LostCallback, 1_000);
    }
    world.stage.carrier.set_fault_plan(plan);
}

#[tokio::test]
async fn creation_finds_an_earlier_attempt_before_it_repeats() {
    for (to, address) in [(Ben, "client:ben"), (Phone, PHONE)] {
        for fault in [Fault::LostAnswer, Fault::DroppedConnection] {
            let mut world = reach(Preparing, to, Warm).await;
            world.is_made_ready().await;
            world.stage.carrier.order_fault(fault, 1);
            world.passes(6_000).await;

            let rings = world.picture().await;

            assert_eq!(world.legs_ever(address), 1, "{fault:?}: {rings}");
            assert!(rings.contains("(ringing)"), "{fault:?}: {rings}");
            world.ends_well().await;
        }
    }
}

#[tokio::test]
async fn an_earlier_attempt_is_found_by_a_server_whose_clock_is_ahead() {
    for (to, address) in [(Ben, "client:ben"), (Phone, PHONE)] {
        let mut world = reach(Preparing, to, Warm).await;
        world.stage.state.clock.advance(Duration::from_secs(3));
        world.is_made_ready().await;
        // Only by asking can the leg be known of.
        let mut silent = FaultPlan::default();
        silent.per_mille.insert(Fault::LostCallback, 1_000);
        world.stage.carrier.set_fault_plan(silent);
        world.stage.carrier.order_fault(Fault::LostAnswer, 1);
        world.passes(9_000).await;

        let rings = world.picture().await;
        world.stage.carrier.set_fault_plan(FaultPlan::default());

        assert_eq!(world.legs_ever(address), 1, "{rings}");
        assert!(rings.contains("(ringing)"), "{rings}");
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_leg_that_is_known_to_be_somebody_elses_is_neither_taken_nor_ended() {
    let mut world = World::new().await;
    let (invited, visitors) = world.phone_is_invited().await;
    let begun = world.hands_over(Phone, Warm).await;
    begun.expect("it can be handed over");
    world.is_made_ready().await;
    world.stage.carrier.order_fault(Fault::ServerError, 1);
    world.passes(6_000).await;

    let made = world.support().await.offers[1].leg.clone();

    let made = made.expect("it rings");
    assert_ne!(made.as_str(), invited.as_str());
    assert_eq!(world.legs_ever(PHONE), 2);
    let call = world.ida.to_string();
    let cancelled = world.desk("ada").cancel_transfer(call).await;
    cancelled.expect("she may");
    world.passes(2_000).await;
    let left = world.leg_of(PHONE).expect("it rings on");
    assert_eq!(left.sid, invited);
    for visitor in visitors {
        world.stage.hangs_up(&visitor).await;
    }
    world.ends_well().await;
}

#[tokio::test]
async fn a_cancel_waits_for_the_creation_that_it_cancels() {
    for fault in [Fault::SlowAnswer, Fault::LostAnswer, Fault::ServerError] {
        let mut world = reach(Preparing, Ben, Warm).await;
        world.is_made_ready().await;
        world.stage.carrier.order_fault(fault, 1);
        world.passes(100).await;
        let call = world.ida.to_string();
        world
            .desk("ada")
            .cancel_transfer(call)
            .await
            .expect("she may");
        world.passes(8_000).await;

        assert_eq!(
            world.picture().await,
            "ida:ada ada:ida ben(available) | - | Ada cancelled the transfer.",
            "{fault:?}"
        );
        world.ends_well().await;
    }
}

#[tokio::test]
async fn of_two_legs_to_one_telephone_each_is_known_by_the_line_that_it_shows() {
    for silent_ms in [2_000, 20_000] {
        let mut world = World::new().await;
        let visitors = world.visitors_meet().await;
        let begun = world.hands_over(Phone, Warm).await;
        begun.expect("it can be handed over");
        world.is_made_ready().await;
        callbacks_are_lost(&world, true);
        world.stage.carrier.order_fault(Fault::LostAnswer, 2);
        world.invites_phone().await;

        world.passes(silent_ms).await;
        let found = world.support().await.offers[1].leg.clone();
        let found = (found, invited_leg(&world).await);
        callbacks_are_lost(&world, false);
        // Whoever answers asks for the document that the leg was made with.
        while let Some(leg) = ringing_at_phone(&world) {
            world.stage.carrier.answer(&leg).expect("it rings");
            world.passes(1_000).await;
        }

        let offered = world.support().await.offers[1].leg.clone();
        let invited = invited_leg(&world).await;
        assert!(offered.is_some() && invited.is_some());
        assert_eq!(found, (offered.clone(), invited.clone()));
        assert_eq!(world.legs_ever(PHONE), 2, "after {silent_ms} ms");
        let legs = [(offered, "/leg-status"), (invited, "/invite-status")];
        let told: Vec<(String, &str)> = legs
            .into_iter()
            .filter_map(|(leg, made_for)| Some((tells(&world, &leg?), made_for)))
            .collect();
        let is_own = |(url, made_for): &(String, &str)| url.contains(made_for);
        assert!(told.iter().all(is_own), "after {silent_ms} ms: {told:?}");
        assert_eq!(told.len(), 2, "after {silent_ms} ms: {told:?}");
        while world.leg_of(PHONE).is_some() {
            world.hangs_up_leg("phone");
        }
        for visitor in visitors {
            world.stage.hangs_up(&visitor).await;
        }
        world.passes(60_000).await;
        world.ends_well().await;
    }
}

/// The leg to the telephone that is known to have been called into the room.
async fn invited_leg(world: &World) -> Option<exchange::CallSid> {
    let store = &world.stage.state.store;
    let rooms = store.live_rooms().await.expect("the database answers");
    let invites = rooms.iter().flat_map(|known| &known.room.invites);
    invites.last().and_then(|invite| invite.leg.clone())
}

/// A leg to the telephone that nobody has answered.
fn ringing_at_phone(world: &World) -> Option<CallSid> {
    let mut legs = world.stage.carrier.legs().into_iter();
    legs.find(|leg| leg.number == PHONE && leg.state == LegState::Ringing)
        .map(|leg| leg.sid)
}

/// Where the carrier tells how a leg stands.
fn tells(world: &World, leg: &exchange::CallSid) -> String {
    let sid = CallSid::parse(leg.as_str()).expect("a SID");
    let log = world.stage.carrier.log(&sid).into_iter();
    let mut urls = log.filter_map(|entry| match entry.what {
        Noted::Callback { url, .. } => Some(url),
        Noted::Status { .. }
        | Noted::Document { .. }
        | Noted::Verb { .. }
        | Noted::Said { .. }
        | Noted::Played { .. }
        | Noted::Spoke { .. }
        | Noted::Heard { .. }
        | Noted::Pressed { .. }
        | Noted::Trouble { .. }
        | Noted::Note { .. } => None,
    });
    urls.next().expect("it is told of")
}
