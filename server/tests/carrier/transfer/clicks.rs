//! The buttons of a transfer, in time, twice, and too late.

use desk::{Desk, DeskError};
use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::{Answered, Joined, Preparing, Ringing, Seeking, Swapped};
use super::cells::{Cell, reach, row};
use super::world::To::{Ben, Phone, Team};
use super::world::World;

/// A click of Ada's.
#[derive(Clone, Copy, Debug)]
pub(super) enum Click {
    Cancel,
    Complete,
    Swap,
    JoinAll,
}

pub(super) async fn clicks(world: &World, click: Click) -> Result<(), DeskError> {
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    match click {
        Click::Cancel => desk.cancel_transfer(call).await,
        Click::Complete => desk.complete(call).await,
        Click::Swap => desk.swap(call).await,
        Click::JoinAll => desk.join_all(call).await,
    }
}

const NOT_ANSWERED: &str =
    "Ben has not answered yet. Hang up, and the caller hears music until they do.";

/// A click that is done, and a second one that is as good as the first.
async fn does(cells: &[Cell<'_>], click: Click) {
    row(cells, async |world| {
        clicks(world, click).await.expect("it can be done");
        clicks(world, click).await.expect("twice is as good");
    })
    .await;
}

/// A click that is refused in these words, and changes nothing.
async fn is_refused(cells: &[Cell<'_>], click: Click, words: &str) {
    row(cells, async |world| {
        let refused = clicks(world, click).await;
        assert_eq!(refused, Err(DeskError::Refused(words.to_owned())));
    })
    .await;
}

#[tokio::test]
async fn a_cancel_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(available) | - | Ada cancelled the transfer.";
    does(
        &[
            (Preparing, Ben, Warm, kept),
            (Preparing, Ben, Consult, kept),
            (
                Seeking,
                Team,
                Consult,
                "ida:ada ada:ida ben(away) | - | Ada cancelled the transfer.",
            ),
            (Ringing, Ben, Warm, kept),
            (Ringing, Ben, Consult, kept),
            (Ringing, Team, Consult, kept),
            (Ringing, Phone, Warm, kept),
            (Answered, Ben, Warm, kept),
            (Answered, Ben, Consult, kept),
            (Swapped, Ben, Consult, kept),
            (Joined, Ben, Consult, kept),
            (Answered, Phone, Consult, kept),
        ],
        Click::Cancel,
    )
    .await;
    is_refused(
        &[(
            Ringing,
            Ben,
            Cold,
            "ida:music ada(wrap-up) ben(ringing) | -",
        )],
        Click::Cancel,
        "No transfer is under way: Ben is being rung.",
    )
    .await;
}

#[tokio::test]
async fn a_lost_agent_who_cancels_is_rung_alone() {
    row(
        &[(
            Ringing,
            Ben,
            Consult,
            "ida:music ada(on-call) ben(available) | - | Ada cancelled the transfer.",
        )],
        async |world| {
            world.loses_ada().await;
            clicks(world, Click::Cancel).await.expect("she may");
        },
    )
    .await;
}

#[tokio::test]
async fn complete_is_refused_until_somebody_has_answered_and_hands_over_then() {
    is_refused(
        &[
            (
                Preparing,
                Ben,
                Warm,
                "ida:ada ada:ida ben(ringing) | ringing",
            ),
            (
                Ringing,
                Ben,
                Consult,
                "ida:hold ada:silence ben(ringing) | ringing",
            ),
        ],
        Click::Complete,
        NOT_ANSWERED,
    )
    .await;
    let handed = "ida:ben ada(wrap-up) ben:ida | -";
    does(
        &[
            (Answered, Ben, Warm, handed),
            (Answered, Ben, Consult, handed),
            (Swapped, Ben, Consult, handed),
            (Joined, Ben, Consult, handed),
            (
                Answered,
                Phone,
                Consult,
                "ida:phone ada(wrap-up) ben(available) phone:ida | -",
            ),
        ],
        Click::Complete,
    )
    .await;
}

#[tokio::test]
async fn a_swap_turns_to_the_other_one() {
    is_refused(
        &[(
            Ringing,
            Ben,
            Consult,
            "ida:hold ada:silence ben(ringing) | ringing",
        )],
        Click::Swap,
        NOT_ANSWERED,
    )
    .await;
    is_refused(
        &[(
            Answered,
            Ben,
            Warm,
            "ida:ada+ben ada:ben+ida ben:ada+ida | three_way",
        )],
        Click::Swap,
        "No transfer is under way: all three hear each other.",
    )
    .await;
    // The second click comes while the first is being done.
    does(
        &[
            (Answered, Ben, Consult, "ida:ada ada:ida ben:hold | swapped"),
            (Swapped, Ben, Consult, "ida:hold ada:ben ben:ada | briefing"),
            (
                Answered,
                Phone,
                Consult,
                "ida:ada ada:ida ben(available) phone:hold | swapped",
            ),
        ],
        Click::Swap,
    )
    .await;
}

#[tokio::test]
async fn all_three_are_joined() {
    is_refused(
        &[(
            Ringing,
            Ben,
            Consult,
            "ida:hold ada:silence ben(ringing) | ringing",
        )],
        Click::JoinAll,
        NOT_ANSWERED,
    )
    .await;
    let three = "ida:ada+ben ada:ben+ida ben:ada+ida | three_way";
    does(
        &[
            (Answered, Ben, Warm, three),
            (Answered, Ben, Consult, three),
            (Swapped, Ben, Consult, three),
        ],
        Click::JoinAll,
    )
    .await;
}

#[tokio::test]
async fn a_second_click_on_hand_over_is_the_first_and_another_transfer_is_refused() {
    for (at, kind, words) in [
        (Preparing, Warm, "Ben is about to be rung"),
        (Ringing, Consult, "Ben is being rung"),
        (
            Answered,
            Consult,
            "Ben has answered, and the caller hears music",
        ),
        (
            Swapped,
            Consult,
            "Ben hears music, and the caller is spoken with",
        ),
        (Joined, Consult, "Ben and the caller are in the call"),
    ] {
        let world = reach(at, Ben, kind).await;

        let again = world.hands_over(Ben, kind).await;
        let other = world.hands_over(Team, kind).await;
        let number = world.hands_over(Phone, kind).await;

        assert_eq!(again, Ok(()), "{at:?}");
        let refused = format!("The caller is being handed over already: {words}.");
        assert_eq!(other, Err(DeskError::Refused(refused.clone())));
        assert_eq!(number, Err(DeskError::Refused(refused)));
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_late_click_is_told_what_is_true() {
    let mut world = reach(Answered, Ben, Warm).await;
    clicks(&world, Click::Complete)
        .await
        .expect("it can be done");
    world.passes(2_000).await;

    let late = [
        clicks(&world, Click::Cancel).await,
        clicks(&world, Click::Swap).await,
        world.hands_over(Phone, Warm).await,
    ];
    world.stage.hangs_up(&world.ida).await;
    world.passes(2_000).await;
    let over = clicks(&world, Click::Cancel).await;

    let words = [
        "No transfer is under way: Ada handed the caller over to Ben.",
        "Ben is talking with this caller.",
        "Ben is talking with this caller.",
    ];
    let words = words.map(|words| Err(DeskError::Refused(words.to_owned())));
    assert_eq!(late, words);
    let ended = DeskError::Refused("This call has ended.".to_owned());
    assert_eq!(over, Err(ended));
    world.ends_well().await;
}
