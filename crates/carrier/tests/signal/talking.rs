//! Calls in progress: keys, new media, messages, both ends hanging up.

use carrier::signal::Out;
use serde_json::json;

use crate::support::*;

#[test]
fn a_browser_ends_its_call_and_hears_nothing_of_it() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);

    world.hangs_up(ada, call.as_str());
    world.over(&call);
    world.hangs_up(ada, call.as_str());

    assert_eq!(world.heard(ada), Vec::<String>::new());
    assert_eq!(world.acts(), [Out::HangUp(call)]);
}

#[test]
fn a_call_that_the_other_side_ends_is_over_in_the_browser() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);

    world.signal.over(&call, Some((31404, "gone".to_owned())));
    world.turn();

    assert_eq!(
        world.only(ada, "hangup"),
        json!({ "callsid": call.as_str(), "error": { "code": 31404, "message": "gone" } })
    );
    assert!(matches!(world.wanted()[..], [Out::CloseMedia(_)]));
}

#[test]
fn keys_reach_the_call_and_nothing_but_keys_does() {
    let mut world = World::new();
    let (ada, bea) = (world.browser("ada"), world.browser("bea"));
    let call = world.talks("ada", ada);
    let pressed = |keys: &str| json!({ "callsid": call.as_str(), "dtmf": keys });

    world.says(ada, "dtmf", pressed("1w2#*D!"));
    world.says(ada, "dtmf", pressed("w"));
    world.says(bea, "dtmf", pressed("9"));

    let keys = "12#*D".to_owned();
    assert_eq!(world.acts(), [Out::Press { leg: call, keys }]);
}

#[test]
fn media_are_negotiated_anew() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let leg = world.new_leg();
    world.signal.ring(&leg, "ada", "+13125550142", &[]);
    world.turn();
    let media = world.media()[0];
    let token = world.reconnect_token(ada);
    world.answers(ada, &leg);
    world.outs.clear();

    world.says(
        ada,
        "reinvite",
        json!({ "callsid": leg.as_str(), "sdp": "anew" }),
    );

    let offer = "anew".to_owned();
    assert_eq!(
        world.only(ada, "answer"),
        json!({ "callsid": leg.as_str(), "sdp": "answer 1", "reconnect": token })
    );
    assert_eq!(world.wanted(), [Out::Reoffer { media, offer }]);
}

#[test]
fn a_new_negotiation_that_fails_leaves_the_call() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);
    world.obliging = false;
    world.says(
        ada,
        "reinvite",
        json!({ "callsid": call.as_str(), "sdp": "anew" }),
    );
    let wanted = world.wanted();
    let [Out::Reoffer { media, .. }] = wanted[..] else {
        panic!("{wanted:?}");
    };

    world.signal.described(media, Err("nonsense".to_owned()));
    world.turn();

    assert_eq!(world.heard(ada), Vec::<String>::new());
    world.hangs_up(ada, call.as_str());
    assert_eq!(world.acts(), [Out::HangUp(call)]);
}

#[test]
fn media_of_a_call_that_is_over_cannot_be_negotiated() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.says(
        ada,
        "reinvite",
        json!({ "callsid": leg(9).as_str(), "sdp": "anew" }),
    );

    assert_eq!(world.only(ada, "hangup")["callsid"], leg(9).as_str());
}

#[test]
fn a_message_is_refused_under_its_own_name() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);

    let message = json!({ "callsid": call.as_str(), "content": "{}", "voiceeventsid": "KX1" });
    world.says(ada, "message", message);

    let error = world.only(ada, "error");
    assert_eq!(error["voiceeventsid"], "KX1");
    assert_eq!(error["callsid"], call.as_str());
}

#[test]
fn one_socket_may_have_several_calls() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let (one, two) = (world.talks("ada", ada), world.talks("ada", ada));

    world.hangs_up(ada, one.as_str());
    assert_eq!(world.acts(), [Out::HangUp(one)]);
    world.hangs_up(ada, two.as_str());

    assert_eq!(world.acts(), [Out::HangUp(two)]);
}
