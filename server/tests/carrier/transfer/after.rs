//! After a transfer: the target is the agent, and another transfer may follow.

use desk::Desk;
use exchange::TransferKind::{Consult, Warm};

use super::cells::At::Answered;
use super::cells::reach;
use super::world::To::{self, Ben, Phone};
use super::world::World;

async fn handed_over(to: To) -> World {
    let mut world = reach(Answered, to, Consult).await;
    let call = world.ida.to_string();
    world.desk("ada").complete(call).await.expect("she may");
    world.passes(2_000).await;
    world
}

#[tokio::test]
async fn the_target_ends_the_call_kindly() {
    let mut world = handed_over(Ben).await;

    let call = world.ida.to_string();
    world.desk("ben").hang_up(call).await.expect("he may");
    world.hangs_up_leg("ben");
    world.passes(4_000).await;
    let said = world.stage.said_to(&world.ida).join(" ");
    world.passes(60_000).await;

    let story = world.stage.story(&world.ida).await.expect("it is written");
    assert_eq!(story.call.outcome.as_deref(), Some("connected"), "{said}");
    assert!(story.call.ended_ms.is_some());
    world.ends_well().await;
}

#[tokio::test]
async fn a_target_who_is_lost_is_rung_first() {
    let mut world = handed_over(Ben).await;

    world.goes("ben").await;
    world.passes(3_000).await;
    let lost = world.picture().await;
    world.opens("ben").await;
    world.passes(3_000).await;
    world.answers("ben").await;
    world.passes(2_000).await;

    assert_eq!(lost, "ida:music ada(wrap-up) ben(on-call) | -");
    assert_eq!(world.picture().await, "ida:ben ada(wrap-up) ben:ida | -");
    world.ends_well().await;
}

#[tokio::test]
async fn a_telephone_that_has_the_caller_ends_kindly() {
    let mut world = handed_over(Phone).await;

    world.hangs_up_leg("phone");
    world.passes(4_000).await;
    let picture = world.picture().await;
    world.passes(60_000).await;

    assert_eq!(picture, "ida:other words ada(wrap-up) ben(available) | -");
    let story = world.stage.story(&world.ida).await.expect("it is written");
    assert_eq!(story.call.outcome.as_deref(), Some("connected"));
    world.ends_well().await;
}

#[tokio::test]
async fn the_target_may_hand_over_in_turn() {
    let mut world = handed_over(Ben).await;
    world.passes(40_000).await;

    let mut back = world.form(Ben, Warm);
    back.agent = "ada".to_owned();
    let begun = world.desk("ben").hand_over(back).await;
    world.passes(1_500).await;
    world.answers("ada").await;
    world.passes(1_500).await;
    let call = world.ida.to_string();
    world.desk("ben").complete(call).await.expect("he may");
    world.passes(2_000).await;

    assert_eq!(begun, Ok(()));
    assert_eq!(world.picture().await, "ida:ada ada:ida ben(wrap-up) | -");
    world.ends_well().await;
}
