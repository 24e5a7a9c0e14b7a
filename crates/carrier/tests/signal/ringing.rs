//! Incoming calls: ringing in every browser, first answer, declining, nobody left.

use carrier::signal::Out;
use serde_json::{Value, json};

use crate::support::*;

const NOTHING: [Value; 0] = [];

#[test]
fn a_browser_is_told_who_calls_and_what_the_document_gives_along() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let leg = world.new_leg();

    let given = [("case", "12 & more"), ("größe", "ü")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    world.signal.ring(&leg, "ada", "+13125550142", &given);
    world.turn();

    let invite = world.only(ada, "invite");
    assert_eq!(invite["callsid"], leg.as_str());
    assert_eq!(invite["sdp"], "offer 1");
    assert!(invite["reconnect"].as_str().unwrap().starts_with("RT"));
    assert_eq!(
        invite["parameters"],
        json!({
            "CallSid": leg.as_str(),
            "From": "+13125550142",
            "To": "client:ada",
            "AccountSid": ACCOUNT,
            "ApiVersion": "2010-04-01",
            "Params": "case=12+%26+more&gr%C3%B6%C3%9Fe=%C3%BC",
        })
    );
}

#[test]
fn the_first_browser_to_answer_has_the_call_and_the_others_stop_ringing() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let stranger = world.browser("bea");
    let call = world.rings("ada");
    let names = [first, second].map(|tab| world.only(tab, "invite")["callsid"].clone());
    assert_eq!(names, [call.as_str(), call.as_str()]);
    let media = world.media();
    world.outs.clear();

    world.answers(second, &call);

    assert_eq!(world.told(second), NOTHING);
    assert_eq!(world.only(first, "cancel")["callsid"], call.as_str());
    assert_eq!(world.told(stranger), NOTHING);
    assert_eq!(
        world.wanted(),
        [
            Out::CloseMedia(media[0]),
            Out::Accept {
                media: media[1],
                answer: browsers_answer(second)
            },
            Out::Tie {
                media: media[1],
                leg: call.clone()
            },
            Out::PickUp(call.clone()),
        ]
    );

    world.answers(first, &call);

    assert_eq!(world.only(first, "hangup")["callsid"], call.as_str());
    assert_eq!(world.acts(), []);
}

#[test]
fn an_answer_that_comes_twice_is_one() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);

    world.answers(ada, &call);

    assert_eq!(world.told(ada), NOTHING);
    assert_eq!(world.wanted(), []);
}

#[test]
fn an_answer_before_the_offer_is_nothing() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.obliging = false;
    let call = world.rings("ada");
    let media = world.media()[0];

    world.answers(ada, &call);
    world.signal.described(media, Ok("offer".to_owned()));
    world.turn();

    assert_eq!(world.heard(ada), ["invite"]);
    assert_eq!(world.acts(), []);
}

#[test]
fn who_declines_declines_for_all_browsers_of_the_identity() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    world.told(first);
    world.told(second);

    world.says(first, "reject", json!({ "callsid": call.as_str() }));
    world.says(second, "reject", json!({ "callsid": call.as_str() }));

    assert_eq!(world.told(first), NOTHING);
    assert_eq!(world.heard(second), ["cancel"]);
    assert_eq!(world.acts(), [Out::Decline(call)]);
}

#[test]
fn a_call_cannot_be_declined_where_it_does_not_ring() {
    let mut world = World::new();
    world.browser("ada");
    let bea = world.browser("bea");
    let call = world.rings("ada");

    world.says(bea, "reject", json!({ "callsid": call.as_str() }));
    world.hangs_up(bea, call.as_str());
    world.answers(bea, &call);

    assert_eq!(world.only(bea, "hangup")["callsid"], call.as_str());
    assert_eq!(world.acts(), []);
}

#[test]
fn a_browser_without_a_microphone_ends_the_call_that_it_was_to_take() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    world.told(first);
    world.told(second);

    world.hangs_up(first, call.as_str());

    assert_eq!(world.told(first), NOTHING);
    assert_eq!(world.heard(second), ["cancel"]);
    assert_eq!(world.acts(), [Out::HangUp(call)]);
}

#[test]
fn a_caller_who_gives_up_stops_the_ringing_everywhere() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    let media = world.media();
    world.told(first);
    world.told(second);
    world.outs.clear();

    world.over(&call);
    world.over(&call);

    assert_eq!(world.heard(first), ["cancel"]);
    assert_eq!(world.heard(second), ["cancel"]);
    assert_eq!(
        world.wanted(),
        [Out::CloseMedia(media[0]), Out::CloseMedia(media[1])]
    );
}

#[test]
fn a_call_that_was_picked_up_elsewhere_stops_ringing() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    world.told(ada);

    world.signal.answered(&call);
    world.turn();

    assert_eq!(world.heard(ada), ["cancel"]);
    assert_eq!(world.acts(), []);
}

#[test]
fn a_call_for_nobody_is_unreachable_at_once() {
    let mut world = World::new();
    world.listens("ada");
    world.browser("bea");
    world.outs.clear();

    let call = world.rings("ada");

    assert_eq!(world.wanted(), [Out::Unreachable(call)]);
}

#[test]
fn a_lost_socket_stops_the_ringing_there_and_the_last_one_everywhere() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    let media = world.media();
    world.outs.clear();

    world.closes(first);
    assert_eq!(world.wanted(), [Out::CloseMedia(media[0])]);
    assert_eq!(world.told(second), NOTHING);
    world.closes(second);

    assert_eq!(
        world.wanted(),
        [
            Out::Unregistered("ada".to_owned()),
            Out::CloseMedia(media[1]),
            Out::Unreachable(call),
        ]
    );
}

#[test]
fn a_browser_that_registers_while_a_call_rings_is_not_asked() {
    let mut world = World::new();
    world.browser("ada");
    let call = world.rings("ada");

    let late = world.browser("ada");
    world.answers(late, &call);

    assert_eq!(world.heard(late), ["hangup"]);
}

#[test]
fn a_browser_that_unregisters_while_a_call_rings_may_still_answer() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    world.says(ada, "register", json!({ "media": { "audio": false } }));
    world.told(ada);

    world.answers(ada, &call);

    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn without_media_for_one_browser_the_others_ring_and_without_any_nobody_does() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    world.obliging = false;
    let call = world.rings("ada");
    let media = world.media();

    world
        .signal
        .described(media[0], Err("no socket".to_owned()));
    world.turn();
    assert_eq!(world.acts(), []);
    world
        .signal
        .described(media[1], Err("no socket".to_owned()));
    world.turn();

    assert_eq!(world.told(first), NOTHING);
    assert_eq!(world.told(second), NOTHING);
    assert_eq!(world.acts(), [Out::Unreachable(call)]);
}

#[test]
fn an_answer_that_the_media_cannot_use_ends_the_call() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    world.told(ada);
    world.obliging = false;
    world.answers(ada, &call);
    let media = world.wanted();
    let Some(Out::Accept { media, .. }) = media.last() else {
        panic!("{media:?}");
    };

    world.signal.accepted(*media, Err("no codec".to_owned()));
    world.turn();

    assert_eq!(world.only(ada, "hangup")["error"]["code"], 53402);
    assert_eq!(
        world.wanted(),
        [Out::CloseMedia(*media), Out::Unreachable(call)]
    );
}

#[test]
fn what_comes_for_a_call_that_is_over_is_ignored() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.obliging = false;
    let call = world.rings("ada");
    let media = world.media()[0];
    world.over(&call);
    world.outs.clear();

    world.signal.described(media, Ok("offer".to_owned()));
    world.signal.accepted(media, Ok(()));
    world.turn();

    assert_eq!(world.told(ada), NOTHING);
    assert_eq!(world.wanted(), []);
}
