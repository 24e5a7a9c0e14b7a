//! Calls by REST (reference E.1, E.2, E.8).

use carrier::engine::{CallFilter, CreateCall, UpdateCall};
use twilio::CallSid;
use twiml::{Gather, Response, Say};

use crate::support::*;

fn one_call() -> CreateCall {
    CreateCall {
        to: OFFICE.to_owned(),
        from: OURS.to_owned(),
        url: Some(format!("{APP}/voice")),
        ..CreateCall::default()
    }
}

#[test]
fn a_call_is_queued_then_rings_and_its_document_is_asked_for_when_it_is_answered() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("Hello.")));

    let created = world.engine.create_call(one_call()).expect("a good call");
    world.work();
    assert_eq!(created.status, "queued");
    assert_eq!(created.direction, "outbound-api");
    assert_eq!(world.status(&created.sid), "ringing");
    assert!(world.to("/voice").is_empty());
    world.answer(&created.sid);

    assert_eq!(world.told("/voice", "CallStatus"), "in-progress");
    assert_eq!(world.told("/voice", "Direction"), "outbound-api");
    assert_eq!(world.said(&created.sid), ["Hello."]);
    world.pass(5);
    let view = world.view(&created.sid);
    assert_eq!(view.status, "completed");
    assert_eq!(view.duration, Some(0));
}

#[test]
fn what_is_missing_or_wrong_has_its_code() {
    type Change = fn(&mut CreateCall);
    let cases: [(Change, u32); 14] = [
        (|call| *call = CreateCall::default(), 21201),
        (|call| call.to.clear(), 21201),
        (|call| call.from.clear(), 21213),
        (|call| call.to = "hello".into(), 21211),
        (|call| call.from = OFFICE.into(), 21212),
        (|call| call.url = None, 21205),
        (|call| call.url = Some("/voice".into()), 21205),
        (|call| call.url = Some("https://a_b.example/".into()), 21205),
        (|call| call.method = Some("PUT".into()), 21209),
        (|call| call.timeout = Some(601), 21208),
        (|call| call.send_digits = Some("12x".into()), 21206),
        (|call| call.status_callback = Some("nowhere".into()), 21205),
        (
            |call| call.status_callback_events = vec!["ringing".into(), "bogus".into()],
            20001,
        ),
        (
            |call| {
                call.url = None;
                call.twiml = Some("x".repeat(4001));
            },
            32018,
        ),
    ];

    for (change, code) in cases {
        let mut world = World::new();
        let mut call = one_call();
        change(&mut call);

        assert_eq!(refused(world.engine.create_call(call)), (400, code));
    }
}

#[test]
fn a_url_wins_over_a_document() {
    let mut world = World::new();
    world.page("/voice", Response::new().say(Say::new("From the URL.")));

    let twiml = Some("<Response><Say>Given.</Say></Response>".to_owned());
    let call = CreateCall {
        twiml,
        ..one_call()
    };
    let sid = world.engine.create_call(call).expect("a good call").sid;
    world.work();
    world.answer(&sid);

    assert_eq!(world.said(&sid), ["From the URL."]);
    assert_eq!(world.troubles(&sid), [32019]);
}

#[test]
fn a_call_by_rest_has_a_fallback_of_its_own() {
    let mut world = World::new();
    world
        .answers("/voice", vec![http(500, None, "")])
        .page("/fallback", Response::new().say(Say::new("Sorry.")));
    let call = CreateCall {
        fallback_url: Some(format!("{APP}/fallback")),
        fallback_method: Some("GET".to_owned()),
        ..one_call()
    };

    let sid = world.engine.create_call(call).expect("a good call").sid;
    world.work();
    world.answer(&sid);

    assert_eq!(world.to("/fallback")[0].method, "GET");
    assert_eq!(world.told("/fallback", "ErrorCode"), "11200");
    assert_eq!(world.said(&sid), ["Sorry."]);
}

#[test]
fn digits_are_sent_to_whoever_answers() {
    let mut world = World::new();
    world
        .page("/voice", Response::new())
        .page(
            "/other",
            Response::new().gather(Gather::new().action("/keys")),
        )
        .page("/keys", Response::new());
    let call = CreateCall {
        to: OTHER_OF_OURS.to_owned(),
        send_digits: Some("w12W#".to_owned()),
        url: Some(format!("{APP}/waits")),
        ..one_call()
    };
    world.silent.push("/waits".to_owned());

    world.engine.create_call(call).expect("a good call");
    world.work();

    assert_eq!(world.told("/keys", "Digits"), "12");
}

#[test]
fn a_given_document_is_obeyed() {
    let mut world = World::new();

    let twiml = Some("<Response><Say>Given.</Say></Response>".to_owned());
    let call = CreateCall {
        twiml,
        url: None,
        ..one_call()
    };
    let sid = world.engine.create_call(call).expect("a good call").sid;
    world.work();
    world.answer(&sid);

    assert_eq!(world.said(&sid), ["Given."]);
}

#[test]
fn nobody_answers_in_time() {
    let mut world = World::new();

    let sid = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;
    world.work();
    world.pass(59);
    assert_eq!(world.status(&sid), "ringing");
    world.pass(1);

    assert_eq!(world.status(&sid), "no-answer");
    assert_eq!(world.view(&sid).duration, None);
}

#[test]
fn more_calls_than_allowed_in_a_second_wait_for_their_turn() {
    let mut settings = settings();
    settings.calls_per_second = Some(1);
    let mut world = World::with(settings);

    let sids: Vec<CallSid> = (0..3)
        .map(|_| {
            world
                .engine
                .create_call(one_call())
                .expect("a good call")
                .sid
        })
        .collect();
    world.work();
    let statuses = |world: &World| sids.iter().map(|sid| world.status(sid)).collect::<Vec<_>>();
    assert_eq!(statuses(&world), ["ringing", "queued", "queued"]);
    world.pass(1);
    assert_eq!(statuses(&world), ["ringing", "ringing", "queued"]);
    world.pass(1);

    assert_eq!(statuses(&world), ["ringing", "ringing", "ringing"]);
    assert_eq!(world.view(&sids[2]).queue_ms, 2000);
}

#[test]
fn a_call_that_waits_can_be_cancelled_and_never_rings() {
    let mut settings = settings();
    settings.calls_per_second = Some(1);
    let mut world = World::with(settings);
    world.engine.create_call(one_call()).expect("a good call");
    let second = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;

    let status = Some("canceled".to_owned());
    let update = UpdateCall {
        status,
        ..UpdateCall::default()
    };
    world.engine.update_call(&second, update).expect("it waits");
    world.pass(5);

    assert_eq!(world.status(&second), "canceled");
    assert_eq!(world.engine.legs().len(), 1);
}

#[test]
fn more_calls_at_once_than_allowed_are_refused() {
    let mut settings = settings();
    settings.concurrent_calls = Some(1);
    let mut world = World::with(settings);
    let first = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;
    world.work();

    assert_eq!(refused(world.engine.create_call(one_call())), (429, 10004));
    world.decline(&first);
    assert!(world.engine.create_call(one_call()).is_ok());
}

#[test]
fn only_live_calls_can_be_changed() {
    let mut world = World::new();
    world.page("/voice", Response::new().echo());
    let call = world.rings();
    let unknown = CallSid::parse(&format!("CA{}", "e".repeat(32))).expect("a SID");
    let to_status = |status: &str| UpdateCall {
        status: Some(status.to_owned()),
        ..UpdateCall::default()
    };
    let to_url = |url: &str| UpdateCall {
        url: Some(url.to_owned()),
        ..UpdateCall::default()
    };

    let engine = &mut world.engine;
    assert_eq!(
        refused(engine.update_call(&unknown, to_status("completed"))),
        (404, 20404)
    );
    assert_eq!(
        refused(engine.update_call(&call, to_status("canceled"))),
        (400, 21220)
    );
    assert_eq!(
        refused(engine.update_call(&call, to_status("gone"))),
        (400, 20001)
    );
    assert_eq!(
        refused(engine.update_call(&call, to_url("x"))),
        (400, 21205)
    );
    world.hang_up(&call);
    let update = to_url("https://app.example/voice");
    assert_eq!(
        refused(world.engine.update_call(&call, update)),
        (400, 21220)
    );
    assert_eq!(
        refused(world.engine.update_call(&call, to_status("completed"))),
        (400, 21220)
    );
}

#[test]
fn a_call_that_rings_can_be_given_another_document() {
    let mut world = World::new();
    world.page("/better", Response::new().say(Say::new("Better.")));
    let sid = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;
    world.work();

    let url = Some(format!("{APP}/better"));
    let update = UpdateCall {
        url,
        ..UpdateCall::default()
    };
    world.engine.update_call(&sid, update).expect("it rings");
    world.answer(&sid);

    assert_eq!(world.said(&sid), ["Better."]);
}

#[test]
fn calls_are_listed_latest_first_and_filtered() {
    let mut world = World::new();
    world.page("/voice", Response::new().echo());
    let inbound = world.rings();
    world.pass(10);
    let outbound = world
        .engine
        .create_call(one_call())
        .expect("a good call")
        .sid;
    world.work();

    let found = |filter: CallFilter| -> Vec<CallSid> {
        world
            .engine
            .calls(&filter)
            .into_iter()
            .map(|call| call.sid)
            .collect()
    };
    assert_eq!(
        found(CallFilter::default()),
        [outbound.clone(), inbound.clone()]
    );
    let to = Some(OURS.to_owned());
    assert_eq!(
        found(CallFilter {
            to,
            ..CallFilter::default()
        }),
        vec![inbound.clone()]
    );
    let from = Some(OURS.to_owned());
    assert_eq!(
        found(CallFilter {
            from,
            ..CallFilter::default()
        }),
        vec![outbound.clone()]
    );
    let status = Some("in-progress".to_owned());
    assert_eq!(
        found(CallFilter {
            status,
            ..CallFilter::default()
        }),
        vec![inbound.clone()]
    );
    let started_from = Some(carrier::engine::Time(10_000));
    assert_eq!(
        found(CallFilter {
            started_from,
            ..CallFilter::default()
        }),
        vec![outbound]
    );
    let started_before = Some(carrier::engine::Time(10_000));
    assert_eq!(
        found(CallFilter {
            started_before,
            ..CallFilter::default()
        }),
        vec![inbound]
    );
}

#[test]
fn only_a_call_that_is_over_can_be_deleted() {
    let mut world = World::new();
    world.page("/voice", Response::new().echo());
    let call = world.rings();

    assert_eq!(refused(world.engine.delete_call(&call)), (409, 20009));
    world.hang_up(&call);
    assert!(world.engine.delete_call(&call).is_ok());
    assert_eq!(refused(world.engine.delete_call(&call)), (404, 20404));
    assert!(world.engine.log(&call).is_empty());
}

#[test]
fn the_same_seed_gives_the_same_names() {
    let sids = |seed: u64| {
        let mut engine = carrier::engine::Engine::new(settings(), seed);
        engine.create_call(one_call()).expect("a good call").sid
    };

    assert_eq!(sids(1), sids(1));
    assert_ne!(sids(1), sids(2));
}
