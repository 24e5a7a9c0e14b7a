//! A telephone that answers for a caller who is with nobody has to press a key.

use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::Ringing;
use super::cells::{later, reach, row};
use super::world::To::Phone;
use desk::Desk;

#[tokio::test]
async fn whoever_presses_a_key_has_the_caller() {
    let theirs = "ida:phone ada(wrap-up) ben(available) phone:ida | -";
    row(&[(Ringing, Phone, Cold, theirs)], async |world| {
        world.answers("phone").await;
        world.passes(3_000).await;
        assert_eq!(world.hears(&world.ida), "music");
        world.presses_at_phone("1").await;
    })
    .await;
    // Also where whoever handed over left while it rang.
    row(
        &[
            (Ringing, Phone, Warm, theirs),
            (Ringing, Phone, Consult, theirs),
        ],
        async |world| {
            let call = world.ida.to_string();
            world.desk("ada").hang_up(call).await.expect("she may");
            world.passes(1_500).await;
            world.answers("phone").await;
            world.passes(3_000).await;
            world.presses_at_phone("5").await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_machine_that_answers_does_not_have_the_caller() {
    // Ben is rung as the next of the queue.
    later(
        40_000,
        &[(
            Ringing,
            Phone,
            Cold,
            "ida:music ada(available) ben(ringing) | -",
        )],
        async |world| world.answers("phone").await,
    )
    .await;
}

#[tokio::test]
async fn what_the_telephone_is_told_is_in_the_journal() {
    let mut world = reach(Ringing, Phone, Cold).await;

    world.answers("phone").await;
    world.passes(25_000).await;

    let journal = world.journal().await;
    let told = |words: &str| journal.iter().any(|line| line == words);
    assert!(told(
        "+1 (202) 555-0177 answered, and is asked to press a key."
    ));
    assert!(told(
        "+1 (202) 555-0177 answered, and did not take the caller."
    ));
    world.ends_well().await;
}
