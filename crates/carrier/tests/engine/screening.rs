//! The document that a callee hears before the parties are joined (reference A.3.7, A.2).

use twiml::{Dial, Gather, Number, Redirect, Response, Say};

use crate::support::*;

fn screening(document: Response) -> World {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(
                Dial::new(Number::new(OFFICE).url("/screen").send_digits("12ww3")).action("/after"),
            ),
        )
        .page("/screen", document)
        .page("/accept", Response::new())
        .page("/after", Response::new().say(Say::new("After.")));
    world
}

fn outcome(world: &World) -> [String; 2] {
    ["DialCallStatus", "DialBridged"].map(|name| world.told("/after", name))
}

#[test]
fn the_parties_are_joined_when_the_document_is_done() {
    let mut world = screening(Response::new().say(Say::new("A call for you.")));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.speak(&office, "Early.");
    world.pass(5);
    world.speak(&office, "Hello.");
    world.hang_up(&office);

    assert_eq!(world.said(&office), ["A call for you."]);
    assert_eq!(world.heard(&call), ["Hello."]);
    assert_eq!(outcome(&world), ["completed", "true"]);
}

#[test]
fn the_document_is_asked_for_about_the_callees_leg() {
    let mut world = screening(Response::new());

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);

    let expected = [
        ("CallSid", office.to_string()),
        ("ParentCallSid", call.to_string()),
        ("Direction", "outbound-dial".to_owned()),
        ("CallStatus", "in-progress".to_owned()),
        ("From", CALLER.to_owned()),
        ("To", OFFICE.to_owned()),
    ];
    for (name, value) in expected {
        assert_eq!(world.told("/screen", name), value, "{name}");
    }
}

#[test]
fn a_callee_who_is_hung_up_by_the_document_was_never_joined() {
    let mut world = screening(Response::new().hangup());

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);

    assert_eq!(outcome(&world), ["completed", "false"]);
    assert_eq!(world.status(&office), "completed");
    assert_eq!(world.said(&call), ["After."]);
}

#[test]
fn a_callee_who_hangs_up_during_the_document_was_never_joined() {
    let mut world = screening(Response::new().say(Say::new("A call for you.")));

    world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.hang_up(&office);

    assert_eq!(outcome(&world), ["completed", "false"]);
}

#[test]
fn a_callee_may_be_asked_and_accept() {
    let ask = Gather::new()
        .num_digits(1)
        .action("/accept")
        .say(Say::new("Press one."));
    let mut world = screening(Response::new().gather(ask).hangup());

    world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.press(&office, "1");
    world.pass(10);
    world.hang_up(&office);

    assert_eq!(outcome(&world), ["completed", "true"]);
}

#[test]
fn a_callee_may_be_asked_and_say_nothing() {
    let ask = Gather::new().num_digits(1).action("/accept");
    let mut world = screening(Response::new().gather(ask).hangup());

    world.rings();
    world.answer(&world.leg_at(OFFICE));
    world.pass(5);

    assert_eq!(outcome(&world), ["completed", "false"]);
}

#[test]
fn a_caller_who_hangs_up_meanwhile_ends_it_all() {
    let mut world = screening(Response::new().say(Say::new("A call for you.")));

    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.hang_up(&call);
    world.pass(10);

    assert_eq!(world.status(&office), "completed");
    assert_eq!(outcome(&world), ["completed", "false"]);
}

#[test]
fn the_document_may_not_dial() {
    let mut world = screening(
        Response::new()
            .dial(Dial::to(SECOND_OFFICE))
            .redirect(Redirect::new("/accept")),
    );

    world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.hang_up(&office);

    assert_eq!(world.troubles(&office), [13201]);
    assert_eq!(outcome(&world), ["completed", "true"]);
}

#[test]
fn a_document_that_cannot_be_had_keeps_the_parties_apart() {
    let mut world = screening(Response::new());
    world.answers("/screen", vec![http(500, None, "")]);

    world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(10);

    assert_eq!(world.troubles(&office), [11200]);
    assert_eq!(outcome(&world), ["completed", "false"]);
}
