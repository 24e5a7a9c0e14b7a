//! What goes to the carrier, in which order, and what becomes of a transfer when the carrier cannot do it.

use carrier::face::faults::{Fault, FaultPlan};
use exchange::Switch;
use exchange::TransferKind::{self, Cold, Consult, Warm};

use super::cells::At::{Answered, Preparing, Ringing};
use super::cells::{reach, row};
use super::clicks::{Click, clicks};
use super::world::To::{self, Ben, Phone};
use super::world::World;

/// Longer than anything is tried.
const FOR_GOOD_MS: i64 = 14_000;

/// Every request has been given up by the end of this; from then on none fails.
async fn for_good(world: &mut World) {
    world.passes(FOR_GOOD_MS).await;
    world.rest_fails(false);
}

/// Answers come late, some more, some less.
fn is_slow(world: &World) {
    let mut plan = FaultPlan::default();
    plan.per_mille.insert(Fault::SlowAnswer, 700);
    plan.per_mille.insert(Fault::LateCallback, 300);
    world.stage.carrier.set_fault_plan(plan);
}

/// The longest that anything takes where every answer is late.
const LONGEST_MS: i64 = 60_000;

/// Looks at every moment whether something is as it must be, until what was begun is done.
async fn holds(
    world: &mut World,
    law: impl AsyncFn(&World) -> bool,
    is_done: impl AsyncFn(&World) -> bool,
) {
    for at in (0..LONGEST_MS).step_by(100) {
        assert!(law(world).await, "after {at} ms: {}", world.picture().await);
        if is_done(world).await {
            return;
        }
        world.passes(100).await;
    }
    panic!("it is never done: {}", world.picture().await);
}

#[tokio::test]
async fn hold_is_confirmed_and_the_flag_lowered_before_a_consult_is_dialled() {
    let mut world = reach(Preparing, Ben, Consult).await;
    is_slow(&world);

    holds(
        &mut world,
        async |world| {
            let is_rung = world.leg_of("client:ben").is_some();
            let is_held =
                world.support().await.room.hold == Switch::On && world.hears(&world.ida) == "hold";
            !is_rung || (is_held && world.ends_room("ada") == Some(false))
        },
        async |world| world.leg_of("client:ben").is_some(),
    )
    .await;

    world.ends_well().await;
}

#[tokio::test]
async fn the_caller_is_off_hold_before_the_agent_leaves() {
    let mut world = reach(Answered, Ben, Consult).await;
    is_slow(&world);
    clicks(&world, Click::Complete).await.expect("she may");

    holds(
        &mut world,
        async |world| world.leg_of("client:ada").is_some() || world.hears(&world.ida) == "ben",
        async |world| world.leg_of("client:ada").is_none(),
    )
    .await;

    world.ends_well().await;
}

#[tokio::test]
async fn the_one_is_on_hold_before_the_other_is_heard_in_a_swap() {
    let mut world = reach(Answered, Ben, Consult).await;
    is_slow(&world);
    clicks(&world, Click::Swap).await.expect("she may");

    let ben = world.leg_of("client:ben").expect("he is in").sid;
    holds(
        &mut world,
        async |world| world.hears(&world.ida) == "hold" || world.hears(&ben) == "hold",
        async |world| world.hears(&world.ida) == "ada",
    )
    .await;

    assert_eq!(world.picture().await, "ida:ada ada:ida ben:hold | swapped");
    world.ends_well().await;
}

#[tokio::test]
async fn the_flag_is_raised_when_one_agent_remains() {
    for (click, one) in [(Click::Cancel, "ada"), (Click::Complete, "ben")] {
        let mut world = reach(Answered, Ben, Warm).await;
        let both = [world.ends_room("ada"), world.ends_room("ben")];

        clicks(&world, click).await.expect("she may");
        world.passes(2_000).await;

        assert_eq!(both, [Some(false), Some(false)]);
        assert_eq!(world.ends_room(one), Some(true), "{click:?}");
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_room_that_cannot_be_made_ready_rings_nobody() {
    let flag = "What an agent's leaving does to the room could not be set";
    // Both are asked for at once in a consult: the first of them that fails is told.
    let hold = "The caller could not be put on hold";
    for (kind, reasons) in [(Warm, vec![flag]), (Consult, vec![flag, hold])] {
        let mut world = reach(Preparing, Ben, kind).await;
        world.rest_fails(true);
        for_good(&mut world).await;
        world.passes(20_000).await;

        let seen = world.picture().await;
        let kept = "ida:ada ada:ida ben(available) | - | ";
        let told = seen.strip_prefix(kept).unwrap_or_default();
        let is_told = reasons.iter().any(|reason| told.starts_with(reason));
        assert!(is_told, "{kind:?}: {seen}");
        assert_eq!(world.legs_ever("client:ben"), 0);
        assert_eq!(world.ends_room("ada"), Some(true));
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_leg_that_cannot_be_created_is_as_if_not_answered() {
    let cells: [(To, TransferKind, &str); 3] = [
        (
            Ben,
            Warm,
            "ida:ada ada:ida ben(available) | - | Ben could not be rung",
        ),
        (
            Ben,
            Consult,
            "ida:ada ada:ida ben(available) | - | Ben could not be rung",
        ),
        (
            Phone,
            Consult,
            "ida:ada ada:ida ben(available) | - | +1 (202) 555-0177 could not be rung",
        ),
    ];
    for (to, kind, then) in cells {
        let mut world = reach(Preparing, to, kind).await;
        world.is_made_ready().await;
        world.rest_fails(true);
        for_good(&mut world).await;
        world.passes(6_000).await;

        let seen = world.picture().await;
        assert!(seen.starts_with(then), "{to:?} {kind:?}: {seen}");
        world.ends_well().await;
    }
}

#[tokio::test]
async fn an_unhold_that_fails_for_good_is_tried_until_it_succeeds() {
    for (click, expected) in [
        (Click::Cancel, "ada"),
        (Click::Complete, "ben"),
        (Click::JoinAll, "ada+ben"),
    ] {
        let mut world = reach(Answered, Ben, Consult).await;
        world.rest_fails(true);
        clicks(&world, click).await.expect("she may");
        world.passes(FOR_GOOD_MS).await;
        let meanwhile = world.hears(&world.ida);
        let is_there = world.leg_of("client:ada").is_some();
        world.rest_fails(false);
        world.passes(8_000).await;

        assert_eq!((meanwhile.as_str(), is_there), ("hold", true), "{click:?}");
        assert_eq!(world.hears(&world.ida), expected, "{click:?}");
        world.passes(40_000).await;
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_swap_that_cannot_be_made_leaves_everybody_where_they_are() {
    let mut world = reach(Answered, Ben, Consult).await;
    world.rest_fails(true);
    clicks(&world, Click::Swap).await.expect("she may");
    for_good(&mut world).await;
    world.passes(3_000).await;

    assert_eq!(world.picture().await, "ida:hold ada:ben ben:ada | briefing");
    world.ends_well().await;
}

#[tokio::test]
async fn a_leg_that_cannot_be_ended_is_let_go_when_it_is_answered() {
    let mut world = reach(Ringing, Ben, Warm).await;
    world.rest_fails(true);
    clicks(&world, Click::Cancel).await.expect("she may");
    world.passes(1_000).await;
    world.answers("ben").await;
    let ben = world.leg_of("client:ben").expect("he answered").sid;
    world.passes(6_000).await;
    let said = world.stage.said_to(&ben).join(" ");
    world.rest_fails(false);
    world.passes(3_000).await;

    assert!(!said.is_empty());
    assert_eq!(
        world.picture().await,
        "ida:ada ada:ida ben(available) | - | Ada cancelled the transfer."
    );
    world.ends_well().await;
}

#[tokio::test]
async fn a_leg_in_the_room_that_cannot_be_ended_is_ended_by_the_sweep() {
    let mut world = reach(Answered, Ben, Warm).await;
    world.rest_fails(true);
    clicks(&world, Click::Cancel).await.expect("she may");
    world.passes(80_000).await;
    let meanwhile = world.leg_of("client:ben").is_some();
    world.rest_fails(false);
    world.passes(40_000).await;

    assert!(meanwhile);
    assert_eq!(
        world.picture().await,
        "ida:ada ada:ida ben(available) | - | Ada cancelled the transfer."
    );
    world.ends_well().await;
}

#[tokio::test]
async fn a_cold_transfer_whose_leg_cannot_be_created_brings_the_caller_back_to_the_queue() {
    let mut world = reach(Preparing, Ben, Cold).await;
    world.rest_fails(true);
    for_good(&mut world).await;
    world.passes(20_000).await;

    let seen = world.picture().await;
    // Ben, who is free, is rung as the next of the queue.
    assert!(
        seen.starts_with("ida:music ada(") && seen.contains("ben(ringing)"),
        "{seen}"
    );
    world.ends_well().await;
}

#[tokio::test]
async fn lost_callbacks_change_nothing_but_the_time() {
    let lost = |world: &World| {
        let mut plan = FaultPlan::default();
        plan.per_mille.insert(Fault::LostCallback, 1_000);
        world.stage.carrier.set_fault_plan(plan);
    };
    row(
        &[
            (Answered, Ben, Warm, "ida:ben ada(wrap-up) ben:ida | -"),
            (Answered, Ben, Consult, "ida:ben ada(wrap-up) ben:ida | -"),
        ],
        async |world| {
            lost(world);
            clicks(world, Click::Complete).await.expect("she may");
        },
    )
    .await;
}
