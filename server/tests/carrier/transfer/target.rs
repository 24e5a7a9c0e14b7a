//! The target declines, does not answer, cannot be reached, hangs up or is lost.

use carrier::engine::Habit;
use desk::Desk;
use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::{Answered, Joined, Preparing, Ringing, Swapped};
use super::cells::{later, row};
use super::world::To::{Ben, Phone, Team};
use super::world::{PHONE, World};

/// As the page does it: the click, then the phone.
async fn ben_declines(world: &mut World) {
    let call = world.ida.to_string();
    let number = world.support().await.offers.len();
    let offer = u32::try_from(number).expect("a number");
    world
        .desk("ben")
        .decline(call, offer)
        .await
        .expect("he may");
    world.declines_leg("ben");
}

#[tokio::test]
async fn a_target_who_declines_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(not-responding) | - | Ben declined.";
    row(
        &[
            (Ringing, Ben, Warm, kept),
            (Ringing, Ben, Consult, kept),
            (
                Ringing,
                Ben,
                Cold,
                "ida:music ada(wrap-up) ben(not-responding) | -",
            ),
            // From a queue: the next one, and there is none.
            (
                Ringing,
                Team,
                Consult,
                "ida:hold ada:silence ben(not-responding) | seeking",
            ),
        ],
        ben_declines,
    )
    .await;
}

#[tokio::test]
async fn a_target_whose_phone_alone_declines_has_declined() {
    let kept = "ida:ada ada:ida ben(not-responding) | - | Ben declined.";
    row(
        &[(Ringing, Ben, Warm, kept), (Ringing, Ben, Consult, kept)],
        async |world| world.declines_leg("ben"),
    )
    .await;
}

#[tokio::test]
async fn a_target_who_does_not_answer_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(not-responding) | - | Ben did not answer.";
    later(
        23_000,
        &[
            (Preparing, Ben, Warm, kept),
            (Ringing, Ben, Consult, kept),
            (
                Ringing,
                Ben,
                Cold,
                "ida:music ada(wrap-up) ben(not-responding) | -",
            ),
        ],
        async |_| {},
    )
    .await;
}

#[tokio::test]
async fn a_target_whose_console_goes_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(not-responding) | - | Ben declined.";
    row(
        &[(Ringing, Ben, Warm, kept), (Ringing, Ben, Consult, kept)],
        // A browser that goes takes its ringing leg along.
        async |world| world.goes("ben").await,
    )
    .await;
}

#[tokio::test]
async fn a_target_whose_network_goes_is_not_waited_for() {
    let kept = "ida:ada ada:ida ben(not-responding) | - | Ben could not be reached.";
    later(
        18_000,
        &[(Ringing, Ben, Warm, kept), (Ringing, Ben, Consult, kept)],
        async |world| world.falls_silent("ben"),
    )
    .await;
}

#[tokio::test]
async fn a_telephone_that_is_busy_fails_or_does_not_answer_leaves_the_caller_with_the_agent() {
    for (habit, ms, reason) in [
        (Habit::Busy, 4_000, "is busy"),
        (Habit::Declines, 4_000, "is busy"),
        (Habit::Fails, 4_000, "could not be reached"),
        (Habit::NeverAnswers, 32_000, "did not answer"),
    ] {
        let kept = format!("ida:ada ada:ida ben(available) | - | +1 (202) 555-0177 {reason}.");
        later(ms, &[(Preparing, Phone, Consult, &kept)], async |world| {
            world.stage.carrier.set_phone(PHONE, habit);
        })
        .await;
    }
}

#[tokio::test]
async fn a_target_who_hangs_up_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(wrap-up) | - | Ben left the call.";
    let cells = [
        (Answered, Ben, Warm, kept),
        (Answered, Ben, Consult, kept),
        (Swapped, Ben, Consult, kept),
        (Joined, Ben, Consult, kept),
    ];
    row(&cells, async |world| {
        let call = world.ida.to_string();
        world.desk("ben").hang_up(call).await.expect("he may");
        world.hangs_up_leg("ben");
    })
    .await;
    // By hanging up the phone alone, or by losing it.
    row(&cells, async |world| world.hangs_up_leg("ben")).await;
    row(&cells, async |world| world.goes("ben").await).await;
    let kept = "ida:ada ada:ida ben(available) | - | +1 (202) 555-0177 left the call.";
    row(
        &[
            (Answered, Phone, Warm, kept),
            (Answered, Phone, Consult, kept),
            (Swapped, Phone, Consult, kept),
        ],
        async |world| world.hangs_up_leg("phone"),
    )
    .await;
}

#[tokio::test]
async fn a_cold_target_who_answers_has_the_caller() {
    row(
        &[
            (Ringing, Ben, Cold, "ida:ben ada(wrap-up) ben:ida | -"),
            (Preparing, Ben, Cold, "ida:ben ada(wrap-up) ben:ida | -"),
            (Preparing, Team, Cold, "ida:ben ada(wrap-up) ben:ida | -"),
        ],
        async |world| {
            world.passes(1_500).await;
            world.answers("ben").await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_queue_gives_the_caller_to_whoever_is_free() {
    row(
        &[
            (
                Ringing,
                Team,
                Warm,
                "ida:ada+ben ada:ben+ida ben:ada+ida | three_way",
            ),
            (
                Ringing,
                Team,
                Consult,
                "ida:hold ada:ben ben:ada | briefing",
            ),
        ],
        async |world| world.answers("ben").await,
    )
    .await;
}
