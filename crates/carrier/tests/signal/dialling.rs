//! Calls that browsers make.

use carrier::signal::Out;
use serde_json::json;
use twilio::ApplicationSid;

use crate::support::*;

#[test]
fn a_call_out_is_described_made_and_answered() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.dials(ada, "TJS1", "To=%2B12025550123&Note=a%20b");

    let call = leg(1);
    let wanted = world.wanted();
    let [
        Out::Answer { media, .. },
        Out::Call {
            parameters,
            application,
            identity,
            ..
        },
        Out::Tie { .. },
    ] = &wanted[..]
    else {
        panic!("{wanted:?}");
    };
    assert_eq!(identity, "ada");
    assert_eq!(*application, ApplicationSid::parse(APPLICATION).unwrap());
    let expected = [("To", "+12025550123"), ("Note", "a b"), ("Line", "main")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(*parameters, expected);
    assert_eq!(
        wanted[2],
        Out::Tie {
            media: *media,
            leg: call.clone()
        }
    );

    world.signal.ringing(&call);
    world.signal.answered(&call);
    world.turn();

    let told = world.told(ada);
    assert_eq!(kind(&told[0]), "ringing");
    assert_eq!(
        told[0]["payload"],
        json!({ "callsid": call.as_str(), "sdp": "answer 1" })
    );
    assert_eq!(kind(&told[1]), "answer");
    assert_eq!(told[1]["payload"]["callsid"], call.as_str());
    assert_eq!(told[1]["payload"]["sdp"], "answer 1");
    assert!(told[1]["payload"]["reconnect"].is_string());
    assert_eq!(told.len(), 2);
}

#[test]
fn what_the_token_gives_along_outdoes_the_page() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.dials(ada, "TJS1", "Line=mine&application_sid=AP9&Line=other");

    let wanted = world.wanted();
    let Out::Call {
        application,
        parameters,
        ..
    } = &wanted[1]
    else {
        panic!("{wanted:?}");
    };
    assert_eq!(application.as_str(), APPLICATION);
    let lines = parameters.iter().filter(|(name, _)| name == "Line");
    assert_eq!(
        lines.map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
        ["main"]
    );
}

#[test]
fn who_may_not_call_is_refused_under_the_temporary_name() {
    let mut world = World::new();
    let ada = world.opens();
    let token = world.token("ada").without_outgoing().signed();
    world.shows(ada, &token);
    world.told(ada);

    world.dials(ada, "TJS1", "");

    let hangup = world.only(ada, "hangup");
    assert_eq!(hangup["callsid"], "TJS1");
    assert_eq!(hangup["error"]["code"], 31201);
    assert_eq!(world.wanted(), []);
}

#[test]
fn nobody_calls_without_a_token() {
    let mut world = World::new();
    let stranger = world.opens();

    world.dials(stranger, "TJS1", "");

    assert_eq!(world.heard(stranger), ["error", "hangup"]);
    assert_eq!(world.wanted(), []);
}

#[test]
fn an_offer_of_no_use_ends_the_call_before_it_is_made() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.obliging = false;
    world.dials(ada, "TJS1", "");
    let media = world.media()[0];
    world.outs.clear();

    world.signal.described(media, Err("no audio".to_owned()));
    world.turn();

    assert_eq!(world.only(ada, "hangup")["error"]["message"], "no audio");
    assert_eq!(world.wanted(), []);
}

#[test]
fn a_call_that_the_engine_refuses_is_over() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.obliging = false;
    world.dials(ada, "TJS1", "");
    let media = world.media()[0];
    world.signal.described(media, Ok("answer".to_owned()));
    world.turn();
    world.outs.clear();

    world
        .signal
        .called(media, Err("no such application".to_owned()));
    world.turn();

    let hangup = world.only(ada, "hangup");
    assert_eq!(hangup["callsid"], "TJS1");
    assert_eq!(hangup["error"]["message"], "no such application");
    assert_eq!(world.wanted(), [Out::CloseMedia(media)]);
}

#[test]
fn a_call_that_ends_before_it_rang_ends_under_its_temporary_name() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.dials(ada, "TJS1", "");
    world.dials(ada, "TJS2", "");
    world.signal.ringing(&leg(2));
    world.turn();
    world.told(ada);

    world.over(&leg(1));
    world.over(&leg(2));

    let told = world.told(ada);
    assert_eq!(told[0]["payload"], json!({ "callsid": "TJS1" }));
    assert_eq!(told[1]["payload"], json!({ "callsid": leg(2).as_str() }));
}

#[test]
fn a_browser_hangs_up_under_the_name_it_knows() {
    for until in 0..5 {
        let mut world = World::new();
        let ada = world.browser("ada");
        world.obliging = false;
        world.dials(ada, "TJS1", "");
        let media = world.media()[0];
        let call = world.new_leg();
        if until > 0 {
            world.signal.described(media, Ok("answer".to_owned()));
        }
        if until > 1 {
            world.signal.called(media, Ok(call.clone()));
        }
        if until > 2 {
            world.signal.ringing(&call);
        }
        if until > 3 {
            world.signal.answered(&call);
        }
        world.turn();
        world.told(ada);
        world.outs.clear();

        world.hangs_up(ada, "TJS1");
        world.signal.described(media, Ok("answer".to_owned()));
        world.signal.called(media, Ok(call.clone()));
        world.turn();

        let wanted = world.wanted();
        assert_eq!(world.heard(ada), Vec::<String>::new(), "step {until}");
        assert!(wanted.contains(&Out::CloseMedia(media)), "step {until}");
        assert_eq!(
            wanted.contains(&Out::HangUp(call)),
            until > 0,
            "step {until}"
        );
        assert_eq!(world.signal.clients()[0].calls, [], "step {until}");
    }
}

#[test]
fn a_caller_whose_socket_is_lost_before_the_answer_has_hung_up() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.dials(ada, "TJS1", "");
    world.signal.ringing(&leg(1));
    world.turn();
    world.outs.clear();

    world.closes(ada);

    assert_eq!(world.acts(), [Out::HangUp(leg(1))]);
}

#[test]
fn a_name_is_used_once_at_a_time() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.dials(ada, "TJS1", "");
    world.dials(ada, "TJS1", "");
    world.dials(ada, "", "");

    assert_eq!(world.only(ada, "error")["error"]["code"], 31400);
    let calls = world.wanted();
    let calls = calls.iter().filter(|out| matches!(out, Out::Call { .. }));
    assert_eq!(calls.count(), 1);
}

#[test]
fn a_socket_has_so_many_calls_and_no_more() {
    let mut world = World::new();
    let ada = world.browser("ada");
    for number in 0..8 {
        world.dials(ada, &format!("TJS{number}"), "");
    }
    assert_eq!(world.heard(ada), Vec::<String>::new());

    world.dials(ada, "TJS8", "");

    assert_eq!(world.only(ada, "hangup")["error"]["code"], 31486);
}

#[test]
fn a_call_out_does_not_need_a_registration() {
    let mut world = World::new();
    let ada = world.listens("ada");

    world.dials(ada, "TJS1", "");

    assert!(
        world
            .wanted()
            .iter()
            .any(|out| matches!(out, Out::Call { .. }))
    );
}
