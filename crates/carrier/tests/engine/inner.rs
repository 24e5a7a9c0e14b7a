//! Numbers of the account that are called from within get an incoming call of their own.

use twiml::{Dial, Gather, Number, Reject, Response, Say};

use crate::support::*;

fn dialling_ourselves() -> World {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(Dial::new(Number::new(OTHER_OF_OURS)).action("/after")),
        )
        .page("/after", Response::new().say(Say::new("After.")));
    world
}

#[test]
fn the_other_number_answers_for_itself() {
    let mut world = dialling_ourselves();
    world.page(
        "/other",
        Response::new()
            .gather(
                Gather::new()
                    .num_digits(1)
                    .action("/menu")
                    .say(Say::new("Press four.")),
            )
            .say(Say::new("No key.")),
    );
    world.page("/menu", Response::new().say(Say::new("Menu.")));

    let call = world.rings();
    assert_eq!(world.told("/other", "Direction"), "inbound");
    assert_eq!(world.told("/other", "From"), CALLER);
    world.press(&call, "4");
    world.pass(10);

    assert_eq!(world.told("/menu", "Digits"), "4");
    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "DialBridged"), "true");
    assert_eq!(world.heard(&call), ["Press four.", "Menu."]);
    assert_eq!(world.said(&call), ["After."]);
}

#[test]
fn a_rejection_there_is_not_reached_here() {
    for (reject, status) in [(Reject::busy(), "busy"), (Reject::default(), "no-answer")] {
        let mut world = dialling_ourselves();
        world.page("/other", Response::new().reject(reject));

        world.rings();

        assert_eq!(world.told("/after", "DialCallStatus"), status);
    }
}

#[test]
fn the_inner_call_is_over_with_the_outer_one() {
    let mut world = dialling_ourselves();
    world.page("/other", Response::new().echo());

    let call = world.rings();
    world.hang_up(&call);

    let open = world
        .engine
        .calls(&Default::default())
        .into_iter()
        .filter(|call| call.ended.is_none())
        .count();
    assert_eq!(open, 0);
}

#[test]
fn numbers_that_call_each_other_in_a_circle_come_to_an_end() {
    let mut world = World::new();
    world.page("/voice", Response::new().dial(Dial::to(OURS)));

    let call = world.rings();
    world.pass(60);

    assert_eq!(world.status(&call), "completed");
    assert!(world.to("/voice").len() < 10);
}
