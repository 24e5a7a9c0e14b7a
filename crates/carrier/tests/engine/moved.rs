//! Live calls that REST gives another document or ends (reference F.2, F.7).

use carrier::engine::UpdateCall;
use twilio::CallSid;
use twiml::{Dial, Gather, Redirect, Response, Say};

use crate::support::*;

fn talking() -> (World, CallSid, CallSid) {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).action("/after")),
        )
        .page("/after", Response::new().say(Say::new("After.")))
        .page("/moved", Response::new().say(Say::new("Moved.")).echo());
    let call = world.rings();
    let office = world.leg_at(OFFICE);
    world.answer(&office);
    world.pass(10);
    (world, call, office)
}

fn to_url(path: &str) -> UpdateCall {
    UpdateCall {
        url: Some(format!("{APP}{path}")),
        ..UpdateCall::default()
    }
}

fn to_status(status: &str) -> UpdateCall {
    UpdateCall {
        status: Some(status.to_owned()),
        ..UpdateCall::default()
    }
}

fn update(world: &mut World, call: &CallSid, update: UpdateCall) {
    world
        .engine
        .update_call(call, update)
        .expect("the call is in progress");
    world.work();
}

#[test]
fn a_parent_that_is_moved_loses_its_child_and_its_action_is_told_in_vain() {
    let (mut world, call, office) = talking();

    update(&mut world, &call, to_url("/moved"));
    world.pass(5);

    assert_eq!(world.status(&office), "completed");
    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "DialBridged"), "true");
    assert_eq!(world.told("/after", "CallStatus"), "in-progress");
    assert_eq!(world.said(&call), ["Moved."]);
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn a_parent_that_is_moved_while_it_rings_cancels() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).action("/after")),
        )
        .page("/after", Response::new())
        .page("/moved", Response::new().echo());
    let call = world.rings();
    let office = world.leg_at(OFFICE);

    update(&mut world, &call, to_url("/moved"));

    assert_eq!(world.status(&office), "canceled");
    assert_eq!(world.told("/after", "DialCallStatus"), "canceled");
}

#[test]
fn without_an_action_a_redirect_behind_the_dial_is_told_in_vain() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new()
                .dial(Dial::to(OFFICE))
                .redirect(Redirect::new("/next")),
        )
        .page("/next", Response::new().say(Say::new("Next.")))
        .page("/moved", Response::new().echo());
    let call = world.rings();

    update(&mut world, &call, to_url("/moved"));

    assert_eq!(world.to("/next").len(), 1);
    assert!(world.said(&call).is_empty());
}

#[test]
fn a_child_that_is_moved_goes_its_own_way_and_the_parent_goes_on() {
    let (mut world, call, office) = talking();

    update(&mut world, &office, to_url("/moved"));

    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "DialCallDuration"), "-");
    assert_eq!(world.told("/after", "DialCallSid"), office.to_string());
    assert_eq!(world.said(&call), ["After."]);
    assert_eq!(world.said(&office), ["Moved."]);
    assert_eq!(world.told("/moved", "ParentCallSid"), call.to_string());
    world.pass(10);
    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.status(&office), "in-progress");
}

#[test]
fn both_can_be_kept_if_the_child_is_moved_first() {
    let (mut world, call, office) = talking();

    update(&mut world, &office, to_url("/moved"));
    update(&mut world, &call, to_url("/moved"));

    assert_eq!(world.status(&office), "in-progress");
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn a_child_that_is_ended_is_like_one_that_hung_up() {
    let (mut world, call, office) = talking();

    update(&mut world, &office, to_status("completed"));

    assert_eq!(world.told("/after", "DialCallStatus"), "completed");
    assert_eq!(world.told("/after", "DialBridged"), "true");
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn a_child_that_is_cancelled_while_it_rings_tells_so() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().dial(Dial::to(OFFICE).action("/after")),
        )
        .page("/after", Response::new());
    world.rings();
    let office = world.leg_at(OFFICE);

    update(&mut world, &office, to_status("canceled"));

    assert_eq!(world.told("/after", "DialCallStatus"), "canceled");
    assert_eq!(world.told("/after", "DialBridged"), "false");
}

#[test]
fn a_call_that_is_ended_is_completed() {
    let (mut world, call, office) = talking();

    update(&mut world, &call, to_status("completed"));

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.status(&office), "completed");
}

#[test]
fn a_gather_is_dropped_at_once() {
    let mut world = World::new();
    world
        .page(
            "/voice",
            Response::new().gather(Gather::new().num_digits(2).action("/keys")),
        )
        .page("/moved", Response::new().echo());
    let call = world.rings();
    world.press(&call, "1");

    update(&mut world, &call, to_url("/moved"));
    world.press(&call, "2");
    world.pass(60);

    assert!(world.to("/keys").is_empty());
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn a_document_can_be_given_in_the_request() {
    let (mut world, call, _office) = talking();

    let twiml = Response::new()
        .say(Say::new("Given."))
        .redirect(Redirect::new(format!("{APP}/moved")))
        .to_xml();
    update(
        &mut world,
        &call,
        UpdateCall {
            twiml: Some(twiml),
            ..UpdateCall::default()
        },
    );
    world.pass(3);

    assert_eq!(world.said(&call), ["Given.", "Moved."]);
}

#[test]
fn a_document_without_a_url_needs_absolute_actions() {
    for (document, code) in [
        (
            Response::new().gather(Gather::new().num_digits(1).action("/keys")),
            15004,
        ),
        (Response::new().gather(Gather::new().num_digits(1)), 11100),
    ] {
        let (mut world, call, _office) = talking();

        let twiml = Some(document.to_xml());
        update(
            &mut world,
            &call,
            UpdateCall {
                twiml,
                ..UpdateCall::default()
            },
        );
        world.press(&call, "1");
        world.pass(10);

        assert_eq!(world.troubles(&call), [code]);
        assert_eq!(world.status(&call), "completed");
    }
}

#[test]
fn an_answer_to_a_dropped_document_is_not_obeyed() {
    let mut world = World::new();
    world
        .page("/voice", Response::new().redirect(Redirect::new("/slow")))
        .page("/moved", Response::new().say(Say::new("Moved.")));
    world.silent.push("/slow".to_owned());
    let call = world.rings();

    update(&mut world, &call, to_url("/moved"));
    let slow = world.to("/slow")[0].id;
    world
        .engine
        .answered(slow, xml("<Response><Say>Slow.</Say></Response>"));
    world.work();

    assert_eq!(world.said(&call), ["Moved."]);
}

#[test]
fn who_is_told_and_who_stands_in_can_be_changed() {
    let (mut world, call, _office) = talking();
    let change = UpdateCall {
        status_callback: Some(format!("{APP}/status")),
        fallback_url: Some(format!("{APP}/fallback")),
        ..UpdateCall::default()
    };
    world.page("/fallback", Response::new().say(Say::new("Sorry.")));

    update(&mut world, &call, change);
    update(&mut world, &call, to_url("/broken"));
    world.pass(5);

    assert_eq!(world.said(&call), ["Sorry."]);
    assert_eq!(world.all_told("/status", "CallStatus"), ["completed"]);
}

#[test]
fn a_time_limit_given_later_counts_from_the_answer() {
    let (mut world, call, office) = talking();

    let time_limit = Some(30);
    update(
        &mut world,
        &call,
        UpdateCall {
            time_limit,
            ..UpdateCall::default()
        },
    );
    world.pass(20);

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.status(&office), "completed");
}
