//! Handing over to a team: whoever is free next, and nobody for a while.

use desk::Desk;
use exchange::Stage;
use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::{Ringing, Seeking};
use super::cells::{later, reach, row};
use super::world::To::Team;

#[tokio::test]
async fn whoever_of_the_team_comes_is_rung_with_the_note() {
    row(
        &[
            (
                Seeking,
                Team,
                Warm,
                "ida:ada ada:ida ben(away) cleo(ringing) | ringing",
            ),
            (
                Seeking,
                Team,
                Consult,
                "ida:hold ada:silence ben(away) cleo(ringing) | ringing",
            ),
            (
                Seeking,
                Team,
                Cold,
                "ida:music ada(wrap-up) ben(away) cleo(ringing) | -",
            ),
        ],
        async |world| world.comes("cleo").await,
    )
    .await;
}

#[tokio::test]
async fn the_next_of_the_team_is_rung_when_one_declines() {
    let mut world = reach(Ringing, Team, Consult).await;
    world.comes("cleo").await;

    let call = world.ida.to_string();
    world.desk("ben").decline(call, 2).await.expect("he may");
    world.passes(2_000).await;
    let desk::Doing::Rung(rung) = world.console("cleo").await.mine.doing else {
        panic!("no call rings at Cleo");
    };
    let handed = rung.handed;
    world.answers("cleo").await;
    world.passes(1_500).await;

    assert_eq!(
        handed.map(|handed| handed.note).as_deref(),
        Some("She lost her keys.")
    );
    assert_eq!(
        world.picture().await,
        "ida:hold ada:cleo ben(not-responding) cleo:ada | briefing"
    );
    world.ends_well().await;
}

#[tokio::test]
async fn nobody_of_the_team_for_two_minutes_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(away) | - | Nobody of the team support was free in time.";
    later(
        121_000,
        &[(Seeking, Team, Warm, kept), (Seeking, Team, Consult, kept)],
        async |_| {},
    )
    .await;
}

#[tokio::test]
async fn a_caller_left_to_a_team_to_whom_nobody_comes_has_what_every_waiting_caller_has() {
    let mut world = reach(Seeking, Team, Cold).await;
    let ada = world.desk("ada");
    let next = ada.choose_next("offline".to_owned()).await;
    next.expect("it is written");

    // She is asked now and then whether she wishes to go on waiting.
    while !matches!(world.support().await.stage, Stage::Asked(_)) {
        world.passes(1_000).await;
    }
    world.passes(1_000).await;
    world.stage.presses(&world.ida, "2").await;
    world.passes(8_000).await;
    world
        .stage
        .carrier
        .speak(&world.ida, "Call me.")
        .expect("she records");
    world.passes(4_000).await;
    world.stage.presses(&world.ida, "#").await;
    world.passes(5_000).await;

    let story = world.stage.story(&world.ida).await.expect("it is written");
    // She talked with Ada, and left a message for the others.
    let journal = world.journal().await;
    assert!(story.call.outcome.is_some(), "{journal:?}");
    let sid = exchange::CallSid::parse(world.ida.as_str()).expect("a SID");
    let kept = world.stage.state.store.voicemail(&sid).await;
    assert!(kept.expect("the database answers").is_some(), "{journal:?}");
    world.ends_well().await;
}
