//! The certificate of the public address, shown by a server of the test's own.

use desk::setup::CheckState::{Good, Unknown, Warning, Wrong};

use crate::tls::{Shown, shows};
use crate::world::World;

#[tokio::test]
async fn a_certificate_is_believed_or_it_is_said_why_not() {
    let cases = [
        (
            Shown::good(),
            Good,
            "for calls.example.org, for another 71 days",
        ),
        (
            Shown {
                until: (2026, 11, 29),
                ..Shown::good()
            },
            Warning,
            "ends in 9 days",
        ),
        (
            Shown {
                until: (2026, 11, 10),
                ..Shown::good()
            },
            Wrong,
            "It ended 10 days ago",
        ),
        (
            Shown {
                from: (2026, 12, 1),
                until: (2027, 3, 1),
                ..Shown::good()
            },
            Wrong,
            "does not hold yet",
        ),
        (
            Shown {
                name: "other.example.org",
                ..Shown::good()
            },
            Wrong,
            "for another name than calls.example.org",
        ),
    ];
    for (shown, state, words) in cases {
        let mut world = World::good().await;
        let (address, root) = shows(&shown, &world.state.tasks).await;
        world.state.outside.found_at = Some(address);
        world.state.outside.roots = vec![root];
        world.ada = world.ada.at(server::router(world.state.clone()));

        world.says("certificate", state, words).await;
        world.close().await;
    }
}

#[tokio::test]
async fn a_certificate_that_one_has_signed_oneself_is_not_believed() {
    let mut world = World::good().await;
    let (address, _) = shows(&Shown::good(), &world.state.tasks).await;
    world.state.outside.found_at = Some(address);
    world.ada = world.ada.at(server::router(world.state.clone()));

    world
        .says(
            "certificate",
            Wrong,
            "Nobody whom this machine trusts has signed it",
        )
        .await;
    world.close().await;
}

#[tokio::test]
async fn without_https_or_without_anybody_there_nothing_is_said_of_a_certificate() {
    let mut plain = World::with(
        &[("PUBLIC_URL", "http://calls.example.org")],
        |_| (),
        |_| (),
    )
    .await;
    plain.says("certificate", Unknown, "without https").await;
    plain.close().await;

    let mut gone = World::with(
        &[],
        |_| (),
        |state| {
            state.outside.found_at = Some(([127, 0, 0, 1], 1).into());
        },
    )
    .await;
    gone.says("certificate", Unknown, "could not be looked at from here")
        .await;
    gone.close().await;
}
