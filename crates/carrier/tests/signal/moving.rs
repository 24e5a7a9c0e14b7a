//! Calls that another page or device takes over with the reconnect token.

use carrier::signal::{ConnId, Out};
use serde_json::json;
use twilio::CallSid;

use crate::support::*;

fn takes_over(world: &mut World, conn: ConnId, call: &CallSid, token: &str) {
    let sdp = browsers_offer("another");
    let payload = json!({ "callsid": call.as_str(), "reconnect": token, "sdp": sdp });
    world.says(conn, "invite", payload);
}

/// Ada is rung in her browser, and another device of hers is there with the token that takes the call over.
fn rung() -> (World, [ConnId; 2], CallSid, String) {
    let mut world = World::new();
    let ada = world.browser("ada");
    let device = world.listens("ada");
    let call = world.rings("ada");
    let token = world.reconnect_token(ada);
    (world, [ada, device], call, token)
}

#[test]
fn a_ringing_call_is_answered_by_the_device_it_is_forwarded_to() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let device = world.listens("ada");
    let call = world.rings("ada");
    let token = world.reconnect_token(first);
    world.told(second);
    let media = world.media();
    world.outs.clear();

    takes_over(&mut world, device, &call, &token);

    assert_eq!(world.heard(first), ["cancel"]);
    assert_eq!(world.heard(second), ["cancel"]);
    let answer = world.only(device, "answer");
    assert_eq!(answer["sdp"], "answer 3");
    assert_eq!(answer["reconnect"], token);
    let wanted = world.wanted();
    let Out::Answer { media: own, .. } = wanted[0] else {
        panic!("{wanted:?}");
    };
    assert_eq!(
        wanted[1..],
        [
            Out::CloseMedia(media[0]),
            Out::CloseMedia(media[1]),
            Out::Tie {
                media: own,
                leg: call.clone()
            },
            Out::PickUp(call.clone()),
        ]
    );
    world.hangs_up(device, call.as_str());
    assert_eq!(world.acts(), [Out::HangUp(call)]);
}

#[test]
fn a_page_that_forwards_a_call_to_itself_is_not_told_to_stop_it() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    let token = world.reconnect_token(ada);
    world.outs.clear();

    takes_over(&mut world, ada, &call, &token);

    assert_eq!(world.heard(ada), ["answer"]);
    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn who_answers_while_a_call_is_being_taken_over_is_first() {
    let (mut world, [ada, device], call, token) = rung();
    world.outs.clear();
    world.obliging = false;
    takes_over(&mut world, device, &call, &token);
    let own = world.media()[0];

    world.answers(ada, &call);
    world.signal.described(own, Ok("answer".to_owned()));
    world.turn();

    assert_eq!(world.only(device, "hangup")["callsid"], call.as_str());
    assert_eq!(world.heard(ada), Vec::<String>::new());
    assert!(world.wanted().contains(&Out::CloseMedia(own)));
}

#[test]
fn a_call_that_is_being_taken_over_does_not_end_with_its_last_ringing() {
    let (mut world, [ada, device], call, token) = rung();
    world.obliging = false;
    takes_over(&mut world, device, &call, &token);
    let own = world.media()[1];

    world.closes(ada);
    assert_eq!(world.acts(), []);
    world.signal.described(own, Ok("answer".to_owned()));
    world.turn();

    assert_eq!(world.heard(device), ["answer"]);
    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn a_call_that_nobody_takes_over_after_all_is_unreachable() {
    for how in 0..3 {
        let (mut world, [ada, device], call, token) = rung();
        world.obliging = false;
        takes_over(&mut world, device, &call, &token);
        let own = world.media()[1];
        world.closes(ada);
        world.outs.clear();

        match how {
            0 => world.signal.described(own, Err("no codec".to_owned())),
            1 => world.closes(device),
            _ => world.hangs_up(device, call.as_str()),
        }
        world.turn();

        assert_eq!(world.acts(), [Out::Unreachable(call)], "{how}");
    }
}

#[test]
fn a_take_over_without_media_leaves_the_call_where_it_is() {
    let (mut world, [ada, device], call, token) = rung();
    world.answers(ada, &call);
    world.outs.clear();
    world.obliging = false;
    takes_over(&mut world, device, &call, &token);
    let own = world.media()[0];

    world.signal.described(own, Err("no codec".to_owned()));
    world.turn();

    assert_eq!(world.only(device, "hangup")["error"]["code"], 53402);
    world.over(&call);
    assert_eq!(world.heard(ada), ["hangup"]);
}

#[test]
fn a_talking_call_that_is_taken_over_is_over_where_it_was() {
    let (mut world, [ada, device], call, token) = rung();
    let before = world.media()[0];
    world.answers(ada, &call);
    world.outs.clear();

    takes_over(&mut world, device, &call, &token);

    assert_eq!(world.heard(ada), ["hangup"]);
    assert_eq!(world.heard(device), ["answer"]);
    let wanted = world.wanted();
    assert!(matches!(
        &wanted[1..],
        [Out::CloseMedia(media), Out::Tie { leg, .. }] if *media == before && *leg == call
    ));
}

#[test]
fn a_call_that_ends_while_it_is_taken_over_is_over_there() {
    let (mut world, [_, device], call, token) = rung();
    world.obliging = false;
    takes_over(&mut world, device, &call, &token);
    let own = world.media()[1];
    world.outs.clear();

    world.over(&call);
    world.signal.described(own, Ok("answer".to_owned()));
    world.turn();

    assert_eq!(world.heard(device), ["hangup"]);
    assert!(world.wanted().contains(&Out::CloseMedia(own)));
    assert_eq!(world.acts(), []);
}

#[test]
fn a_call_that_nobody_answered_yet_cannot_be_taken_from_its_caller() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let device = world.listens("ada");
    world.dials(ada, "TJS1", "");
    world.signal.ringing(&leg(1));
    world.turn();

    takes_over(&mut world, device, &leg(1), "RT0");

    assert_eq!(world.only(device, "hangup")["error"]["code"], 31404);
}
