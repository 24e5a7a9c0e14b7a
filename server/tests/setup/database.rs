//! The database, the room for it, and what is in it.

use desk::setup::CheckState::{Good, Unknown, Warning, Wrong};

use crate::world::World;

#[tokio::test]
async fn room_that_runs_out_is_a_warning_and_then_wrong() {
    for (free, state, words) in [
        (50_000_000_000, Good, "50 GB are free"),
        (900_000_000, Warning, "900 MB are free"),
        (50_000_000, Wrong, "no call can be written down"),
    ] {
        let vars = [("DISK_LEAST_MB", "1000")];
        let mut world = World::with(&vars, |_| (), |own| own.outside.free = Some(free)).await;

        world.says("disk", state, words).await;
        world.close().await;
    }
}

#[tokio::test]
async fn a_database_of_another_machine_says_nothing_of_its_disk() {
    let vars = [(
        "DATABASE_URL",
        "postgres://desk:hush-hush-token@db.example.org/desk",
    )];
    let mut world = World::with(&vars, |_| (), |_| ()).await;

    world.says("disk", Unknown, "its own machine").await;
    world.close().await;
}

#[tokio::test]
async fn a_database_that_is_lost_is_told() {
    let world = World::good().await;
    let ground = world.state.clone();

    world.house.db_lose().await;
    let checks = server::setup::check_all(&ground).await;
    world.house.db_find_again().await;

    let of = |id: &str| {
        checks
            .iter()
            .find(|check| check.id.word() == id)
            .expect("a check")
    };
    assert_eq!(of("database").state, Wrong, "{:#?}", of("database"));
    assert_eq!(of("plan").state, Wrong);
    assert_eq!(of("numbers").state, Unknown);
    assert!(
        of("numbers").found.contains("the database does not tell"),
        "{:#?}",
        of("numbers")
    );
    world.close().await;
}

#[tokio::test]
async fn what_is_in_the_database_is_looked_at() {
    let mut world = World::good().await;

    world.says("plan", Good, "fit together").await;
    world.says("people", Good, "There is an admin").await;
    world.says("database", Good, "migrations").await;
    world.says("database", Good, "Backup").await;
    world.close().await;
}
