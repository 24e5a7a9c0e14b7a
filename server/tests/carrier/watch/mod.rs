//! A supervisor in a support call, told from both ends of the wire: what each leg is told, by whom each is heard, and
//! what the carrier has of it.

mod world;

use carrier::engine::ParticipantView;
use desk::{Doing, Role};
use exchange::{Stage as At, WatchMode};

use world::{World, conflict};

/// By whom somebody is heard, as the carrier has it.
fn voice(one: &ParticipantView) -> (bool, bool) {
    (one.muted, one.coaching)
}

#[tokio::test]
async fn one_leg_listens_coaches_and_speaks() {
    let mut world = World::talking().await;

    let sam = world.watches("sam", "listen").await;
    assert_eq!(voice(&world.participant(&sam)), (true, false));
    assert!(!world.participant(&sam).starts_on_enter && !world.participant(&sam).ends_on_exit);
    assert_eq!(world.hears(&sam), "ada+ida");
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida".to_owned(), "ada".to_owned())
    );
    assert_eq!(world.watchers_of("ada").await, ["Sam is listening"]);

    world.clicks("sam", "coach").await.expect("it can be");
    let wanted = world.watching("sam").await;
    assert_eq!(
        (wanted.wanted, wanted.confirmed),
        (WatchMode::Coach, Some(WatchMode::Listen))
    );
    world.passes(1_000).await;
    let seen = world.participant(&sam);
    assert_eq!(seen.coached, Some(world.leg_of("client:ada")));
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida+sam".to_owned(), "ada".to_owned())
    );
    assert_eq!(
        world.watching("sam").await.confirmed,
        Some(WatchMode::Coach)
    );

    world.clicks("sam", "speak").await.expect("it can be");
    world
        .clicks("sam", "speak")
        .await
        .expect("a second click is as good");
    world.passes(1_000).await;
    assert_eq!(voice(&world.participant(&sam)), (false, false));
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida+sam".to_owned(), "ada+sam".to_owned())
    );

    world.clicks("sam", "listen").await.expect("it can be");
    world.passes(1_000).await;
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida".to_owned(), "ada".to_owned())
    );
    assert_eq!(world.people().len(), 3, "one leg all the while");
    let audited = world.audited().await;
    assert_eq!(
        audited,
        [
            "sam: Sam joined the call: listens.",
            "sam: Sam: coaches Ada.",
            "sam: Sam: speaks with everybody.",
            "sam: Sam: listens.",
        ]
    );
    world.ends().await;
}

#[tokio::test]
async fn the_mode_that_is_wanted_from_the_beginning_stands_in_the_document() {
    let mut world = World::talking().await;

    let coach = world.watches("sam", "coach").await;
    let heard = (world.ada_hears(), world.ida_hears());
    world.hangs_up(&coach).await;
    world.passes(1_000).await;
    let speaker = world.watches("sam", "speak").await;

    assert_eq!(heard, ("ida+sam".to_owned(), "ada".to_owned()));
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida+sam".to_owned(), "ada+sam".to_owned())
    );
    assert_eq!(world.stage.status_of(&coach).0, "completed");
    assert_eq!(world.stage.status_of(&speaker).0, "in-progress");
    world.ends().await;
}

#[tokio::test]
async fn a_supervisor_takes_over_and_the_agent_is_let_go_with_words() {
    let mut world = World::talking().await;
    let (ada, sam) = (
        world.leg_of("client:ada"),
        world.watches("sam", "listen").await,
    );

    world.takes_over("sam").await.expect("it can be");
    world
        .takes_over("sam")
        .await
        .expect("a second click is as good");
    world.passes(8_000).await;

    let support = world.support().await;
    assert!(matches!(support.stage, At::Talking { agent, .. } if agent.as_str() == "sam"));
    assert_eq!(
        (world.hears(&sam), world.ida_hears()),
        ("ida".to_owned(), "sam".to_owned())
    );
    assert!(
        world.participant(&sam).ends_on_exit,
        "the only agent's leaving ends the room"
    );
    assert_eq!(world.stage.status_of(&ada).0, "completed");
    let said = world.stage.said_to(&ada).join(" ");
    assert!(
        said.contains("A supervisor has taken this call over."),
        "{said}"
    );
    assert!(matches!(world.doing("ada").await, Doing::WrapUp(_)));
    assert!(matches!(world.doing("sam").await, Doing::Call(_)));

    // The caller is Sam's: a hang-up ends the call kindly.
    world.hangs_up_kindly("sam").await;
    world.passes(3_000).await;
    assert!(matches!(
        world.support().await.stage,
        At::Ending(_) | At::Survey { .. }
    ));
    world.ends().await;
}

#[tokio::test]
async fn a_watchers_leg_outlives_neither_the_call_nor_a_loss_and_harms_nobody() {
    let mut world = World::talking().await;
    let sam = world.watches("sam", "speak").await;

    // The agent's connection is lost: music for the caller, whoever watches is led back with them.
    world.hangs_up(&world.leg_of("client:ada")).await;
    world.passes(1_000).await;
    assert_eq!(world.stage.status_of(&sam).0, "in-progress");
    assert!(matches!(
        world.support().await.stage,
        At::Waiting(_) | At::Offered { .. }
    ));
    world.passes(2_000).await;
    world.answers("client:ada").await;
    world.passes(2_000).await;
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida+sam".to_owned(), "ada+sam".to_owned())
    );

    // Whoever watches goes without a word: nothing changes for the others.
    let late = world.watches("ben", "listen").await;
    assert_eq!(
        world.stage.status_of(&late).0,
        "completed",
        "Ben is no supervisor"
    );
    world.hangs_up(&sam).await;
    world.passes(20_000).await;
    assert_eq!(
        (world.ada_hears(), world.ida_hears()),
        ("ida".to_owned(), "ada".to_owned())
    );

    let again = world.watches("sam", "listen").await;
    world.hangs_up(&world.ida.clone()).await;
    world.passes(3_000).await;
    assert_eq!(world.stage.status_of(&again).0, "completed");
    let over = world.watches("sam", "listen").await;
    let said = world.stage.said_to(&over).join(" ");
    assert!(said.contains("This call is over"), "{said}");
    world.ends().await;
}

#[tokio::test]
async fn lost_callbacks_are_made_good_by_the_sweep() {
    let mut world = World::talking().await;
    world.loses_callbacks(true);
    let sam = world.watches("sam", "listen").await;
    world.passes(9_000).await;
    let seen = world.watching("sam").await;
    assert_eq!(seen.confirmed, Some(WatchMode::Listen));

    world.hangs_up(&sam).await;
    world.passes(40_000).await;

    assert!(world.support().await.watching().next().is_none());
    world.loses_callbacks(false);
    world.ends().await;
}

#[tokio::test]
async fn who_may_not_is_told_so() {
    let mut world = World::talking().await;

    let stranger = world.watches("ben", "listen").await;
    let said = world.stage.said_to(&stranger).join(" ");
    assert!(
        said.contains("Only supervisors can listen to calls."),
        "{said}"
    );
    assert_eq!(
        world
            .clicks("ben", "coach")
            .await
            .map_err(|error| error.status()),
        Err(403)
    );
    assert_eq!(
        world
            .takes_over("ada")
            .await
            .map_err(|error| error.status()),
        Err(403)
    );
    assert_eq!(
        world
            .clicks("sam", "shout")
            .await
            .map_err(|error| error.status()),
        Err(422)
    );
    assert_eq!(
        conflict(world.clicks("sam", "coach").await),
        "Your phone is not in this call. Listen to it first."
    );
    assert_eq!(world.people().len(), 2);

    // A supervisor who is the agent of the call.
    world.becomes("ada", Role::Supervisor).await;
    let own = world.watches("ada", "listen").await;
    let said = world.stage.said_to(&own).join(" ");
    assert!(
        said.contains("You are talking in this call yourself."),
        "{said}"
    );
    assert_eq!(
        conflict(world.clicks("ada", "listen").await),
        "You are talking in this call yourself."
    );
    world.ends().await;
}

#[tokio::test]
async fn an_agent_asks_for_help_and_supervisors_see_it() {
    let mut world = World::talking().await;

    world.asks_help("ada", true).await.expect("it can be");
    let asked = world.help_of("ada").await;
    let others = world.asks_help("ben", true).await;
    world.watches("sam", "listen").await;

    assert!(asked.is_some());
    assert_eq!(others.map_err(|error| error.status()), Err(403));
    assert_eq!(world.help_of("ada").await, None, "Sam has come");
    world.ends().await;
}
