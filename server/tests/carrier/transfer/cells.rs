//! Cells of the table in ARCHITECTURE.md: a transfer that is so far, an event, and how everything stands after it.

use exchange::TransferKind;

use super::world::{To, World};
use desk::Desk;

/// How far a transfer is when the event comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// Nothing has been asked of the carrier yet.
    Preparing,
    /// Nobody of the team is free.
    Seeking,
    Ringing,
    /// The target has answered: in a consult Ada speaks with them, else all three.
    Answered,
    /// She has turned back to Ida.
    Swapped,
    /// She has joined all three.
    Joined,
}

/// A cell: from where, and how everything stands after the event.
pub(super) type Cell<'a> = (At, To, TransferKind, &'a str);

/// How long after the event it is looked, in milliseconds.
const THEN_MS: i64 = 4_000;
/// Between two clicks, in milliseconds.
const BETWEEN_MS: i64 = 1_500;

/// Brings about the event of a row in each of its cells.
pub(super) async fn row(cells: &[Cell<'_>], event: impl AsyncFn(&mut World)) {
    later(THEN_MS, cells, event).await;
}

/// The same for an event that takes a while.
pub(super) async fn later(ms: i64, cells: &[Cell<'_>], event: impl AsyncFn(&mut World)) {
    let mut wrong = Vec::new();
    for (at, to, kind, then) in cells {
        let about = format!("{at:?} {to:?} {kind:?}");
        let mut world = reach(*at, *to, *kind).await;
        event(&mut world).await;
        world.passes(ms).await;
        let seen = world.picture().await;
        if seen != *then {
            wrong.push(format!("{about}:\n  expected {then}\n  but it is {seen}"));
        }
        wrong.extend(world.ends().await.map(|found| format!("{about}: {found}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A transfer that is so far.
pub(super) async fn reach(at: At, to: To, kind: TransferKind) -> World {
    let mut world = World::new().await;
    if at == At::Seeking {
        let ben = world.desk("ben");
        let chosen = ben.choose_status("away-meal".to_owned()).await;
        chosen.expect("it is written");
    }
    let begun = world.hands_over(to, kind).await;
    begun.expect("it can be handed over");
    if at == At::Preparing {
        return world;
    }
    world.passes(BETWEEN_MS).await;
    if matches!(at, At::Answered | At::Swapped | At::Joined) {
        let target = if to == To::Phone { "phone" } else { "ben" };
        world.answers(target).await;
        world.passes(BETWEEN_MS).await;
    }
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    match at {
        At::Preparing | At::Seeking | At::Ringing | At::Answered => {}
        At::Swapped => desk.swap(call).await.expect("it can be swapped"),
        At::Joined => desk.join_all(call).await.expect("all can be joined"),
    }
    world.passes(BETWEEN_MS).await;
    world
}
