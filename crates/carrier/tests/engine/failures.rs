//! Documents that cannot be had: the fallback, and the apology where there is none (reference A.1.5).

use carrier::engine::Answer;
use twiml::{Gather, Redirect, Response, Say};

use crate::support::*;

fn with_fallback() -> World {
    let mut settings = settings_told();
    settings.numbers[0].voice_fallback_url = Some(format!("{APP}/fallback"));
    World::with(settings)
}

#[test]
fn every_failure_has_its_code() {
    let cases = [
        (http(500, Some("text/xml"), "<Response/>"), 11200),
        (http(404, None, ""), 11200),
        (http(200, Some("text/xml"), "<Response>"), 12100),
        (http(200, Some("text/xml"), "<Answer/>"), 12102),
        (http(200, Some("application/json"), "{}"), 12300),
        (http(200, None, "<Response/>"), 12300),
        (http(200, Some("text/xml"), ""), 11770),
        (http(204, None, ""), 11770),
        (Answer::Failed { code: 11205 }, 11205),
    ];

    for (answer, code) in cases {
        let mut world = with_fallback();
        world
            .answers("/voice", vec![answer.clone()])
            .page("/fallback", Response::new().say(Say::new("Sorry.")));

        let call = world.rings();

        assert_eq!(world.troubles(&call), [code], "{answer:?}");
        assert_eq!(world.told("/fallback", "ErrorCode"), code.to_string());
        assert_eq!(world.told("/fallback", "ErrorUrl"), format!("{APP}/voice"));
        assert_eq!(world.told("/fallback", "CallSid"), call.to_string());
        assert_eq!(world.said(&call), ["Sorry."]);
    }
}

#[test]
fn the_fallback_stands_in_for_any_document_of_the_call() {
    let mut world = with_fallback();
    world
        .page(
            "/voice",
            Response::new().gather(Gather::new().num_digits(1).action("/broken")),
        )
        .page("/fallback", Response::new().say(Say::new("Sorry.")));

    let call = world.rings();
    world.press(&call, "1");

    assert_eq!(world.told("/fallback", "ErrorUrl"), format!("{APP}/broken"));
    assert_eq!(world.said(&call), ["Sorry."]);
}

#[test]
fn without_a_fallback_the_caller_hears_an_apology_and_the_call_is_over() {
    let mut world = World::with(settings_told());

    let call = world.rings();

    assert_eq!(world.status(&call), "in-progress");
    assert_eq!(world.said(&call).len(), 1);
    world.pass(10);
    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.all_told("/status", "CallStatus"), ["completed"]);
}

#[test]
fn there_is_no_fallback_for_the_fallback() {
    let mut world = with_fallback();

    let call = world.rings();
    world.pass(10);

    assert_eq!(world.troubles(&call), [11200, 11200]);
    assert_eq!(world.to("/fallback").len(), 1);
    assert_eq!(world.status(&call), "completed");
}

#[test]
fn a_fallback_that_leads_to_another_failure_is_asked_again() {
    let mut world = with_fallback();
    world.page(
        "/fallback",
        Response::new().redirect(Redirect::new("/broken")),
    );

    let call = world.rings();

    assert_eq!(
        world.all_told("/fallback", "ErrorUrl")[..2],
        [format!("{APP}/voice"), format!("{APP}/broken")]
    );
    assert_eq!(world.status(&call), "in-progress");
}

#[test]
fn a_number_that_nobody_answers_for_apologises() {
    let mut settings = settings();
    settings.numbers[0].voice_url = None;
    let mut world = World::with(settings);

    let call = world.rings();
    world.pass(10);

    assert_eq!(world.status(&call), "completed");
    assert_eq!(world.said(&call).len(), 1);
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing() {
    let mut world = World::new();
    world.silent.push("/voice".to_owned());

    let call = world.rings();
    world.hang_up(&call);
    assert!(!world.engine.at_rest());
    let id = world.to("/voice")[0].id;
    world
        .engine
        .answered(id, xml("<Response><Say>Late.</Say></Response>"));
    world
        .engine
        .answered(id, xml("<Response><Say>Twice.</Say></Response>"));
    world.work();

    assert!(world.engine.at_rest());
    assert!(world.said(&call).is_empty());
    assert_eq!(world.status(&call), "no-answer");
}
