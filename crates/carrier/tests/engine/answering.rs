//! The first verb decides how a call is answered (reference A.1.3, X10), and its last how it ends.

use twiml::{Dial, Gather, Pause, Redirect, Reject, Response, Say};

use crate::support::*;

#[test]
fn a_call_is_ringing_when_its_document_is_asked_for() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hello.")));

    let call = world.rings();

    assert_eq!(world.told("/voice", "CallStatus"), "ringing");
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn verbs_are_obeyed_from_top_to_bottom_each_to_its_end() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .say(Say::new("1234567890"))
            .pause(Pause::seconds(2))
            .say(Say::new("Second.")),
    );

    let call = world.rings();
    assert_eq!(world.said(&call), ["1234567890"]);
    world.pass_ms(2999);
    assert_eq!(world.said(&call), ["1234567890"]);
    world.pass_ms(1);

    assert_eq!(world.said(&call), ["1234567890", "Second."]);
}

#[test]
fn the_end_of_the_document_hangs_up() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hello.")));

    let call = world.rings();
    world.pass(5);

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.view(&call).duration, Some(0));
}

#[test]
fn an_empty_document_hangs_up() {
    let mut world = World::new();
    world.page("/voice", Response::new());

    let call = world.rings();

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn a_rejected_call_is_never_answered() {
    for (reject, status) in [(Reject::default(), "no-answer"), (Reject::busy(), "busy")] {
        let mut world = World::new();
        world.page(
            "/voice",
            Response::new().reject(reject).say(Say::new("No.")),
        );

        let call = world.rings();

        assert_eq!(world.status(&call), status);
        assert_eq!(world.view(&call).duration, None);
        assert!(world.said(&call).is_empty());
    }
}

#[test]
fn a_rejection_after_the_answer_hangs_up() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .say(Say::new("Hello."))
            .reject(Reject::busy()),
    );

    let call = world.rings();
    world.pass(5);

    assert_eq!(world.status(&call), "completed");
}

#[test]
fn a_pause_delays_the_answer_by_its_length() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .pause(Pause::seconds(3))
            .say(Say::new("Hello.")),
    );

    let call = world.rings();
    world.pass_ms(2999);
    assert_eq!(world.status(&call), "ringing");
    world.pass_ms(1);

    assert_eq!(world.status(&call), "in-progress");
    assert_eq!(world.said(&call), ["Hello."]);
}

#[test]
fn hanging_up_first_answers_before() {
    let mut world = World::new();
    world.page("/voice", Response::new().hangup());

    let call = world.rings();

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.view(&call).duration, Some(0));
}

#[test]
fn the_caller_hears_ringing_until_the_callee_answers_where_the_dial_says_so() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new().dial(Dial::to(OFFICE).answer_on_bridge(true)),
    );

    let call = world.rings();
    assert_eq!(world.status(&call), "ringing");
    let office = world.leg_at(OFFICE);
    world.pass(4);
    world.answer(&office);

    assert_eq!(world.status(&call), "in-progress");
    world.pass(10);
    world.hang_up(&office);
    assert_eq!(world.view(&call).duration, Some(10));
}

#[test]
fn a_call_that_was_never_joined_is_answered_by_the_next_verb() {
    let mut world = World::new();
    world.page(
        "/voice",
        Response::new()
            .dial(Dial::to(OFFICE).answer_on_bridge(true))
            .say(Say::new("Nobody is there.")),
    );

    let call = world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(world.status(&call), "in-progress");
    assert_eq!(world.said(&call), ["Nobody is there."]);
}

#[test]
fn a_call_that_was_never_joined_can_still_be_rejected_by_the_action() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).answer_on_bridge(true).action("/after")),
        )
        .page("/after", Response::new().reject(Reject::busy()));

    let call = world.rings();
    world.decline(&world.leg_at(OFFICE));

    assert_eq!(world.told("/after", "CallStatus"), "ringing");
    assert_eq!(world.status(&call), "busy");
}

#[test]
fn everything_else_answers_at_once() {
    let documents = [
        Response::new().dial(Dial::to(OFFICE)),
        Response::new().gather(Gather::new()),
        Response::new().redirect(Redirect::new("/nowhere")),
        Response::new().echo(),
    ];

    for document in documents {
        let mut world = World::new();
        world.page("/voice", document.clone());
        world.silent.push("/nowhere".to_owned());

        let call = world.rings();

        assert_eq!(world.status(&call), "in-progress", "{document:?}");
    }
}

#[test]
fn a_caller_may_give_up_before_the_answer() {
    let mut world = World::with(settings_told());
    world.page("/voice", Response::new().pause(Pause::seconds(9)));

    let call = world.rings();
    world.hang_up(&call);

    assert_eq!(world.status(&call), "no-answer");
    assert_eq!(world.all_told("/status", "CallStatus"), ["no-answer"]);
}

#[test]
fn no_caller_hears_ringing_longer_than_a_call_may_last() {
    let mut settings = settings_told();
    settings.options.longest_call_s = 60;
    let mut world = World::with(settings);
    world.page(
        "/voice",
        Response::new().dial(Dial::to(OFFICE).answer_on_bridge(true).action("/voice")),
    );

    let call = world.rings();
    world.pass(60);

    assert_eq!(world.status(&call), "no-answer");
    assert_eq!(world.all_told("/status", "CallStatus"), ["no-answer"]);
}

#[test]
fn no_call_lasts_longer_than_four_hours() {
    let mut world = World::new();
    world.page("/voice", Response::new().echo());

    let call = world.rings();
    world.pass(14_399);
    assert_eq!(world.status(&call), "in-progress");
    world.pass(1);

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.view(&call).duration, Some(14_400));
}
