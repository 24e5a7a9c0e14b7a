//! What browsers are told of the calls they are in (reference A.3.8, D.4, F.4).

use carrier::engine::{ClientOrder, CreateCall, CreateParticipant, Habit, Options, Settings};
use twilio::CallSid;
use twiml::{Client, Dial, DialTarget, Number, Parties, Party, Reject, Response, Say};

use crate::applications::{ADA, calls_out};
use crate::support::*;

fn ring(leg: &CallSid, parameters: &[(&str, &str)]) -> ClientOrder {
    ClientOrder::Ring {
        leg: leg.clone(),
        identity: "ada".to_owned(),
        from: CALLER.to_owned(),
        parameters: parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

fn answered(leg: &CallSid) -> ClientOrder {
    ClientOrder::Answered { leg: leg.clone() }
}

fn over(leg: &CallSid) -> ClientOrder {
    let leg = leg.clone();
    ClientOrder::Over { leg, error: None }
}

fn over_with(leg: &CallSid, code: u32) -> (CallSid, Option<u32>) {
    (leg.clone(), Some(code))
}

/// How the last leg of a browser ended.
fn end(world: &World) -> (CallSid, Option<u32>) {
    match world.orders.last() {
        Some(ClientOrder::Over { leg, error }) => {
            (leg.clone(), error.as_ref().map(|(code, _)| *code))
        }
        other => panic!("no leg of a browser is over: {other:?}"),
    }
}

/// Somebody calls for Ada, at whose browser it rings.
fn rings_at_ada(dial: Dial) -> (World, CallSid, CallSid) {
    let mut world = World::new();
    world.engine.register_client("ada");
    world.page("/voice", Response::new().dial(dial.action("/after")));
    world.page("/after", Response::new().say(Say::new("After.")));
    let caller = world.rings();
    let browser = world.leg_at(ADA);
    (world, caller, browser)
}

fn both(one: impl Into<Party>, other: impl Into<Party>) -> Dial {
    let parties = Parties::new(vec![one.into(), other.into()]);
    Dial::new(DialTarget::from(parties.expect("two can be dialled")))
}

fn ada() -> Dial {
    Dial::new(Client::new("ada"))
}

#[test]
fn a_browser_rings_with_what_the_document_gives_along_and_is_told_how_it_goes() {
    let client = Client::new("ada").parameter("line", "Sales & more");
    let (mut world, caller, browser) = rings_at_ada(Dial::new(client));
    assert_eq!(world.orders, [ring(&browser, &[("line", "Sales & more")])]);

    world.answer(&browser);
    world.speak(&browser, "Good day.");
    world.hang_up(&caller);

    assert_eq!(world.heard(&caller), ["Good day."]);
    assert_eq!(world.orders[1..], [answered(&browser), over(&browser)]);
}

#[test]
fn whoever_ends_a_browsers_leg_its_end_is_told_once() {
    type End = fn(&mut World, &CallSid, &CallSid);
    let ends: [(End, &str); 7] = [
        (
            |world, _, browser| {
                world.engine.unreachable(browser).expect("it rings");
                world.work();
            },
            "no-answer",
        ),
        (|world, _, browser| world.decline(browser), "busy"),
        (|world, _, browser| world.hang_up(browser), "busy"),
        (|world, caller, _| world.hang_up(caller), "canceled"),
        (|world, _, _| world.pass(40), "no-answer"),
        (
            |world, _, browser| {
                world.answer(browser);
                world.hang_up(browser);
            },
            "completed",
        ),
        (
            |world, caller, browser| {
                world.answer(browser);
                world.hang_up(caller);
            },
            "completed",
        ),
    ];

    for (end, status) in ends {
        let (mut world, caller, browser) = rings_at_ada(ada().timeout(30));
        end(&mut world, &caller, &browser);
        world.pass(100);

        let of_it = world
            .orders
            .iter()
            .filter(|order| **order == over(&browser));
        assert_eq!(of_it.count(), 1, "{status}");
        assert_eq!(world.status(&browser), status);
    }
}

#[test]
fn how_a_decline_counts_is_settled_beforehand() {
    let settings = Settings {
        options: Options {
            declined_is: "no-answer",
            ring_buffer_ms: 0,
            ..Options::default()
        },
        ..settings()
    };
    let mut world = World::with(settings);
    world.engine.register_client("ada");
    world.page("/voice", Response::new().dial(ada().action("/after")));
    world.rings();

    world.decline(&world.leg_at(ADA));

    assert_eq!(world.told("/after", "DialCallStatus"), "no-answer");
}

#[test]
fn of_two_browsers_the_one_that_is_late_is_told_that_it_is_over() {
    let mut world = World::new();
    world.engine.register_client("ada");
    world.engine.register_client("ben");
    let both = both(Client::new("ada"), Client::new("ben"));
    world.page("/voice", Response::new().dial(both));
    world.rings();
    let (first, second) = (world.leg_at(ADA), world.leg_at("client:ben"));

    world.answer(&second);

    assert!(world.orders.contains(&over(&first)));
    assert_eq!(world.status(&first), "canceled");
    assert_eq!(world.status(&second), "in-progress");
}

#[test]
fn a_browser_that_is_not_registered_is_not_rung() {
    let mut world = World::new();
    world.page("/voice", Response::new().dial(ada().action("/after")));

    world.rings();

    assert_eq!(world.told("/after", "DialCallStatus"), "no-answer");
    let rings = |order: &ClientOrder| matches!(order, ClientOrder::Ring { .. });
    assert!(!world.orders.iter().any(rings), "{:?}", world.orders);
}

#[test]
fn a_browsers_habits_act_as_those_of_a_telephone() {
    let mut world = World::new();
    world.engine.register_client("ada");
    let habit = Habit::Answers {
        after_ms: 2_000,
        hangs_up_after_ms: Some(5_000),
    };
    world.phone(ADA, habit);
    world.page("/voice", Response::new().dial(ada()));
    world.rings();
    let browser = world.leg_at(ADA);

    world.pass(10);

    assert_eq!(
        world.orders,
        [ring(&browser, &[]), answered(&browser), over(&browser)]
    );
}

#[test]
fn rest_gives_parameters_along_behind_the_identity() {
    let mut world = World::new();
    world.engine.register_client("ada");
    let create = CreateCall {
        to: "client:ada?task=call%20back&n=1".to_owned(),
        from: CALLER.to_owned(),
        twiml: Some("<Response/>".to_owned()),
        ..CreateCall::default()
    };

    let call = world.engine.create_call(create).expect("it can be made");
    world.work();

    let given = [("task", "call back"), ("n", "1")];
    assert_eq!(world.orders, [ring(&call.sid, &given)]);
    assert_eq!(world.view(&call.sid).to, ADA);
}

#[test]
fn a_participant_at_a_browser_is_given_parameters_too() {
    let mut world = World::new();
    world.engine.register_client("ada");
    let create = CreateParticipant {
        to: "client:ada?visit=7".to_owned(),
        from: CALLER.to_owned(),
        ..CreateParticipant::default()
    };

    let added = world.engine.create_participant("desk", &create);
    world.work();

    let call = added.expect("it can be dialled").call;
    assert_eq!(world.orders, [ring(&call, &[("visit", "7")])]);
}

#[test]
fn a_browser_that_calls_hears_ringing_once_and_then_the_answer() {
    let mut world = World::new();
    let numbers = both(Number::new(OFFICE), Number::new(SECOND_OFFICE))
        .caller_id(OURS)
        .answer_on_bridge(true);
    world.page("/browser", Response::new().dial(numbers));

    let call = calls_out(&mut world, &[]);
    let rings = ClientOrder::Ringing { leg: call.clone() };
    assert_eq!(world.orders, [rings]);
    world.answer(&world.leg_at(OFFICE));
    world.hang_up(&world.leg_at(OFFICE));

    assert_eq!(world.orders[1..], [answered(&call), over(&call)]);
}

#[test]
fn a_call_that_is_answered_before_anybody_rings_is_not_said_to_ring() {
    let mut world = World::new();
    let dial = Dial::new(Number::new(OFFICE)).caller_id(OURS);
    world.page("/browser", Response::new().dial(dial));

    let call = calls_out(&mut world, &[]);

    assert_eq!(world.orders, [answered(&call)]);
}

#[test]
fn a_browser_is_told_why_its_call_was_not_answered() {
    for (reject, code) in [(Reject::busy(), 31486), (Reject::default(), 31480)] {
        let mut world = World::new();
        world.page("/browser", Response::new().reject(reject));

        let call = calls_out(&mut world, &[]);

        assert_eq!(end(&world), over_with(&call, code));
    }
}
