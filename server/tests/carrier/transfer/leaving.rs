//! The caller or the agent who hands over leaves, by a click or without one, or comes back.

use desk::Desk;
use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::{Answered, Joined, Preparing, Ringing, Seeking, Swapped};
use super::cells::{later, reach, row};
use super::world::To::{Ben, Phone, Team};
use super::world::World;

#[tokio::test]
async fn the_caller_hangs_up_and_everybody_is_free() {
    let free = "ida(gone) ada(wrap-up) ben(available) | -";
    let away = "ida(gone) ada(wrap-up) ben(away) | -";
    let both = "ida(gone) ada(wrap-up) ben(wrap-up) | -";
    row(
        &[
            (Preparing, Ben, Warm, free),
            (Preparing, Ben, Consult, free),
            (Seeking, Team, Consult, away),
            (Ringing, Ben, Warm, free),
            (Ringing, Ben, Consult, free),
            (Ringing, Ben, Cold, free),
            (Ringing, Phone, Consult, free),
            (Answered, Ben, Warm, both),
            (Answered, Ben, Consult, both),
            (Swapped, Ben, Consult, both),
            (Joined, Ben, Consult, both),
            (Answered, Phone, Consult, free),
        ],
        async |world| world.stage.hangs_up(&world.ida).await,
    )
    .await;
}

/// As the page does it: the click, then the phone.
async fn ada_hangs_up(world: &mut World) {
    let call = world.ida.to_string();
    world.desk("ada").hang_up(call).await.expect("she may");
    if world.leg_of("client:ada").is_some() {
        world.hangs_up_leg("ada");
    }
}

#[tokio::test]
async fn an_agent_who_hangs_up_has_handed_over() {
    let cold = "ida:music ada(wrap-up) ben(ringing) | -";
    let handed = "ida:ben ada(wrap-up) ben:ida | -";
    row(
        &[
            (Preparing, Ben, Warm, cold),
            (Preparing, Ben, Consult, cold),
            (Seeking, Team, Warm, "ida:music ada(wrap-up) ben(away) | -"),
            (Ringing, Ben, Warm, cold),
            (Ringing, Ben, Consult, cold),
            (
                Ringing,
                Phone,
                Warm,
                "ida:music ada(wrap-up) ben(available) phone(ringing) | -",
            ),
            (Answered, Ben, Warm, handed),
            (Answered, Ben, Consult, handed),
            (Swapped, Ben, Consult, handed),
            (Joined, Ben, Consult, handed),
            (
                Answered,
                Phone,
                Warm,
                "ida:phone ada(wrap-up) ben(available) phone:ida | -",
            ),
        ],
        ada_hangs_up,
    )
    .await;
}

#[tokio::test]
async fn an_agent_who_is_lost_leaves_the_caller_to_the_target_or_comes_back() {
    let kept = "ida:music ada(on-call) ben(ringing) | ringing";
    let theirs = "ida:ben ada(wrap-up) ben:ida | -";
    row(
        &[
            (Preparing, Ben, Warm, kept),
            (Preparing, Ben, Consult, kept),
            (
                Seeking,
                Team,
                Consult,
                "ida:music ada(on-call) ben(away) | seeking",
            ),
            (Ringing, Ben, Warm, kept),
            (Ringing, Ben, Consult, kept),
            (Answered, Ben, Warm, theirs),
            (Answered, Ben, Consult, theirs),
            (Swapped, Ben, Consult, theirs),
            (Joined, Ben, Consult, theirs),
        ],
        async |world| world.goes("ada").await,
    )
    .await;
}

#[tokio::test]
async fn a_lost_agent_who_hangs_up_after_all_has_left_the_caller_to_the_target() {
    let cold = "ida:music ada(wrap-up) ben(ringing) | -";
    row(
        &[(Ringing, Ben, Warm, cold), (Ringing, Ben, Consult, cold)],
        async |world| {
            world.loses_ada().await;
            let call = world.ida.to_string();
            world.desk("ada").hang_up(call).await.expect("she may");
        },
    )
    .await;
}

#[tokio::test]
async fn a_lost_agent_who_stays_away_leaves_the_caller_to_the_next_of_the_team() {
    later(
        21_000,
        &[(
            Seeking,
            Team,
            Consult,
            "ida:music ada(not-responding) ben(away) | -",
        )],
        async |world| world.goes("ada").await,
    )
    .await;
}

#[tokio::test]
async fn an_agent_who_comes_back_talks_while_the_target_rings_on() {
    for (kind, heard) in [(Warm, "ida:ada ada:ida"), (Consult, "ida:hold ada:silence")] {
        let mut world = reach(Ringing, Ben, kind).await;

        world.loses_ada().await;
        world.opens("ada").await;
        world.passes(3_000).await;
        world.answers("ada").await;
        world.passes(3_000).await;

        let seen = world.picture().await;
        assert_eq!(seen, format!("{heard} ben(ringing) | ringing"));
        world.answers("ben").await;
        world.passes(2_000).await;
        let seen = world.picture().await;
        let answered = match kind {
            Consult => "ida:hold ada:ben ben:ada | briefing",
            Warm | Cold => "ida:ada+ben ada:ben+ida ben:ada+ida | three_way",
        };
        assert_eq!(seen, answered);
        world.ends_well().await;
    }
}

#[tokio::test]
async fn the_target_who_answers_before_a_lost_agent_is_back_has_the_caller() {
    let mut world = reach(Ringing, Ben, Consult).await;

    world.loses_ada().await;
    world.answers("ben").await;
    world.passes(3_000).await;
    world.opens("ada").await;
    world.passes(3_000).await;

    assert_eq!(world.picture().await, "ida:ben ada(wrap-up) ben:ida | -");
    world.ends_well().await;
}

#[tokio::test]
async fn a_lost_agent_who_declines_to_come_back_has_left_the_caller_to_the_target() {
    let cold = "ida:music ada(not-responding) ben(ringing) | -";
    row(
        &[(Ringing, Ben, Warm, cold), (Ringing, Ben, Consult, cold)],
        async |world| {
            world.loses_ada().await;
            world.opens("ada").await;
            world.passes(3_000).await;
            let call = world.ida.to_string();
            let offer = u32::try_from(world.support().await.offers.len()).expect("a number");
            let declined = world.desk("ada").decline(call, offer).await;
            declined.expect("she may");
            world.declines_leg("ada");
        },
    )
    .await;
}

#[tokio::test]
async fn a_lost_agent_who_stays_away_has_left_the_caller_to_the_target_that_rings_on() {
    // A telephone rings for longer than the caller is kept for whoever lost them.
    let cold = "ida:music ada(not-responding) ben(available) phone(ringing) | -";
    later(
        20_600,
        &[
            (Ringing, Phone, Warm, cold),
            (Ringing, Phone, Consult, cold),
        ],
        async |world| world.goes("ada").await,
    )
    .await;
}
