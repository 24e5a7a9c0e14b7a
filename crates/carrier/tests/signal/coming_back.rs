//! Lost sockets: coming back within the grace, with the same media or new ones, or not at all.

use carrier::signal::{ConnId, Out};
use serde_json::{Value, json};
use twilio::CallSid;

use crate::support::*;

/// A call of Ada's, of which the socket is still there.
struct Talk {
    ada: ConnId,
    call: CallSid,
    token: String,
}

fn talk(world: &mut World) -> Talk {
    let ada = world.browser("ada");
    let call = world.rings("ada");
    let token = world.reconnect_token(ada);
    world.answers(ada, &call);
    world.outs.clear();
    Talk { ada, call, token }
}

fn reconnect(talk: &Talk, sdp: &str) -> Value {
    let Talk { call, token, .. } = talk;
    json!({ "callsid": call.as_str(), "reconnect": token, "sdp": sdp, "twilio": {} })
}

#[test]
fn a_browser_comes_back_to_its_call_over_another_socket() {
    let mut world = World::new();
    let talk = talk(&mut world);

    world.closes(talk.ada);
    world.passes(20_000);
    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &browsers_answer(talk.ada)));

    let expected = json!({ "callsid": talk.call.as_str(), "reconnect": talk.token });
    assert_eq!(world.only(back, "answer"), expected);
    world.passes(60_000);
    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);
    world.hangs_up(back, talk.call.as_str());
    assert_eq!(world.acts(), [Out::HangUp(talk.call)]);
}

#[test]
fn a_browser_that_does_not_come_back_in_time_has_hung_up() {
    let mut world = World::new();
    let talk = talk(&mut world);

    world.closes(talk.ada);
    world.passes(29_999);
    assert_eq!(world.acts(), []);
    world.passes(1);
    assert_eq!(world.acts(), [Out::HangUp(talk.call.clone())]);

    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &browsers_answer(talk.ada)));

    assert_eq!(world.only(back, "hangup")["error"]["code"], 31404);
}

#[test]
fn a_browser_that_will_not_try_to_come_back_has_hung_up_at_once() {
    let mut world = World::new();
    let ada = world.opens();
    let token = world.token("ada").signed();
    for (timeout, waits) in [(json!(0), false), (json!(-3), false), (json!(1e9), true)] {
        let payload = json!({ "token": token, "reconnectTimeout": timeout });
        let conn = world.opens();
        world.says(conn, "listen", payload);
        world.registers(conn);
        let call = world.rings("ada");
        world.answers(conn, &call);
        world.outs.clear();

        world.closes(conn);

        let acts = world.acts();
        assert_eq!(acts.is_empty(), waits, "{timeout}: {acts:?}");
        world.passes(30_000);
        assert_eq!(world.acts().len(), usize::from(waits), "{timeout}");
    }
    world.closes(ada);
}

#[test]
fn a_renewed_token_confirms_the_call_on_the_same_socket() {
    let mut world = World::new();
    let talk = talk(&mut world);

    world.says(
        talk.ada,
        "invite",
        reconnect(&talk, &browsers_answer(talk.ada)),
    );

    assert_eq!(world.heard(talk.ada), ["answer"]);
    assert_eq!(world.wanted(), []);
}

#[test]
fn the_old_socket_that_is_noticed_late_takes_nothing_with_it() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &browsers_answer(talk.ada)));
    world.told(back);
    world.outs.clear();

    world.closes(talk.ada);
    world.passes(60_000);

    assert_eq!(world.acts(), []);
    world.over(&talk.call);
    assert_eq!(world.heard(back), ["hangup"]);
}

#[test]
fn only_the_token_of_the_call_under_the_same_identity_opens_it() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let (ada, bea) = (world.listens("ada"), world.listens("bea"));
    let wrong = Talk {
        token: "RT0".to_owned(),
        call: talk.call.clone(),
        ..talk
    };
    let elsewhere = Talk {
        call: leg(99),
        token: talk.token.clone(),
        ..talk
    };
    let sdp = browsers_answer(talk.ada);

    world.says(bea, "invite", reconnect(&talk, &sdp));
    world.says(ada, "invite", reconnect(&wrong, &sdp));
    world.says(ada, "invite", reconnect(&elsewhere, &sdp));

    assert_eq!(world.only(bea, "hangup")["error"]["code"], 31404);
    assert_eq!(world.heard(ada), ["hangup", "hangup"]);
    world.over(&talk.call);
    assert_eq!(world.heard(talk.ada), ["hangup"], "it still has the call");
}

#[test]
fn a_search_for_a_path_that_lost_its_socket_is_answered_over_the_next() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let certificate = format!("cert{}", talk.ada.0);
    let anew = sdp("second", &certificate, "actpass");

    world.closes(talk.ada);
    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &anew));

    assert_eq!(world.only(back, "answer")["sdp"], "answer 1");
    let wanted = world.wanted();
    assert!(
        matches!(wanted.last(), Some(Out::Reoffer { .. })),
        "{wanted:?}"
    );
    assert!(!wanted.iter().any(|out| matches!(out, Out::CloseMedia(_))));
}

#[test]
fn the_answer_to_a_search_for_a_path_is_said_again_after_a_lost_socket() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let certificate = format!("cert{}", talk.ada.0);
    let anew = sdp("second", &certificate, "actpass");
    let again = json!({ "callsid": talk.call.as_str(), "sdp": anew });
    world.says(talk.ada, "reinvite", again);
    world.closes(talk.ada);

    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &anew));

    assert_eq!(world.only(back, "answer")["sdp"], "answer 1");
}

#[test]
fn a_description_that_can_be_neither_known_nor_answered_ends_the_attempt() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let back = world.listens("ada");

    world.says(
        back,
        "invite",
        reconnect(&talk, &sdp("x", "other", "active")),
    );

    assert_eq!(world.heard(back), ["hangup"]);
    assert_eq!(world.wanted(), []);
}

#[test]
fn a_browser_may_hang_up_before_it_has_come_back() {
    let mut world = World::new();
    let talk = talk(&mut world);
    let bea = world.listens("bea");
    world.closes(talk.ada);
    let back = world.listens("ada");
    world.outs.clear();

    world.hangs_up(bea, talk.call.as_str());
    assert_eq!(world.acts(), []);
    world.hangs_up(back, talk.call.as_str());

    assert_eq!(world.acts(), [Out::HangUp(talk.call)]);
    world.passes(60_000);
    assert_eq!(world.acts(), []);
}

#[test]
fn a_call_that_ends_while_its_browser_is_away_is_over_when_it_comes_back() {
    let mut world = World::new();
    let talk = talk(&mut world);
    world.closes(talk.ada);
    world.over(&talk.call);
    world.passes(60_000);
    assert_eq!(world.acts(), []);

    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &browsers_answer(talk.ada)));

    assert_eq!(world.heard(back), ["hangup"]);
}

#[test]
fn an_answer_that_was_queued_while_the_socket_was_lost_comes_too_late() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    let token = world.reconnect_token(first);
    world.closes(first);
    world.told(second);
    let talk = Talk {
        ada: first,
        call: call.clone(),
        token,
    };

    let back = world.listens("ada");
    world.says(back, "invite", reconnect(&talk, &browsers_answer(first)));
    world.answers(back, &call);

    assert_eq!(world.heard(back), ["hangup", "hangup"]);
    assert_eq!(
        world.told(second),
        Vec::<Value>::new(),
        "it still rings there"
    );
    world.answers(second, &call);
    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn a_caller_comes_back_to_the_call_it_made() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.dials(ada, "TJS1", "");
    world.signal.answered(&leg(1));
    world.turn();
    let token = world.reconnect_token(ada);
    let talk = Talk {
        ada,
        call: leg(1),
        token,
    };

    world.closes(ada);
    let back = world.listens("ada");
    let same = browsers_offer(&format!("cert{}", ada.0));
    world.says(back, "invite", reconnect(&talk, &same));

    let answer = world.only(back, "answer");
    assert_eq!(answer["sdp"], Value::Null);
    assert_eq!(world.acts(), []);
}
