//! Who may be called: registrations, several browsers of one identity, heartbeats.

use carrier::signal::Out;
use serde_json::json;

use crate::support::*;

#[test]
fn a_browser_with_a_token_is_connected_and_may_be_called_once_it_registers() {
    let mut world = World::new();
    let ada = world.opens();

    let token = world.token("ada").signed();
    world.shows(ada, &token);

    let connected = world.only(ada, "connected");
    assert_eq!(
        connected["token"],
        json!({ "identity": "ada", "ttl": TTL_S })
    );
    assert_eq!(world.wanted(), []);

    world.registers(ada);

    assert_eq!(world.heard(ada), ["ready"]);
    assert_eq!(world.wanted(), [Out::Registered("ada".to_owned())]);
}

#[test]
fn an_identity_is_announced_with_its_first_browser_and_withdrawn_with_its_last() {
    let mut world = World::new();
    let first = world.browser("ada");
    let second = world.listens("ada");

    world.registers(second);
    world.registers(second);
    world.closes(first);

    assert_eq!(world.heard(second), ["ready", "ready"]);
    assert_eq!(world.wanted(), []);

    world.says(second, "register", json!({ "media": { "audio": false } }));

    assert_eq!(world.heard(second), ["offline"]);
    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);
}

#[test]
fn a_browser_that_goes_without_a_word_is_withdrawn() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.closes(ada);
    world.closes(ada);

    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);
    assert_eq!(world.signal.clients(), []);
}

#[test]
fn nobody_registers_without_a_token() {
    let mut world = World::new();
    let stranger = world.opens();

    world.registers(stranger);

    let error = world.only(stranger, "error");
    assert_eq!(error["error"]["code"], 31204);
    assert_eq!(world.wanted(), []);
}

#[test]
fn who_may_not_be_called_is_told_so_and_stays_unregistered() {
    let mut world = World::new();
    let ada = world.opens();
    let token = world.token("ada").without_incoming().signed();
    world.shows(ada, &token);
    world.told(ada);

    world.registers(ada);

    let told = world.told(ada);
    assert_eq!(told[0]["payload"]["error"]["code"], 31201);
    assert_eq!(kind(&told[1]), "offline");
    assert_eq!(world.wanted(), []);
}

#[test]
fn a_socket_without_a_token_is_closed_after_a_while() {
    let mut world = World::new();
    let stranger = world.opens();

    world.passes(9_999);
    assert_eq!(world.wanted(), []);
    world.passes(1);

    assert_eq!(world.wanted(), [Out::Close(stranger)]);
}

#[test]
fn heartbeats_go_out_every_five_seconds_whether_they_come_back_or_not() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.passes(60_000);

    let beats = world.outs.iter().filter(|out| **out == Out::Beat(ada));
    assert_eq!(beats.count(), 12);
    assert_eq!(world.signal.clients().len(), 1);
}

#[test]
fn a_leap_of_time_is_one_heartbeat() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.leaps(600_000);

    let beats = world.outs.iter().filter(|out| **out == Out::Beat(ada));
    assert_eq!(beats.count(), 1);
    assert_eq!(world.signal.next_due(), Some(world.now().plus(5_000)));
}

#[test]
fn what_is_no_frame_ends_the_socket_and_its_calls_wait() {
    for text in ["{", "[]", "null", "7", "{}", r#"{"type":7}"#, "hello"] {
        let mut world = World::new();
        let (ada, bea) = (world.browser("ada"), world.browser("bea"));
        world.talks("ada", ada);

        world.signal.received(ada, text);
        world.turn();

        assert_eq!(
            world.wanted(),
            [Out::Close(ada), Out::Unregistered("ada".to_owned())],
            "{text:?}"
        );
        assert_eq!(world.heard(ada), Vec::<String>::new());
        assert_eq!(world.signal.clients()[1].sockets[0].conn, bea);
    }
}

#[test]
fn a_frame_that_fits_nowhere_is_noted_and_changes_nothing() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.signal.received(ada, "\n");
    world.says(ada, "dance", json!({ "callsid": 7 }));
    for kind in ["answer", "reject", "hangup", "reinvite", "dtmf", "register"] {
        world.says(ada, kind, json!(null));
    }

    let notes = world.outs.iter();
    let notes = notes.filter(|out| matches!(out, Out::Note { .. }));
    assert_eq!(notes.count(), 6);
    assert_eq!(world.heard(ada), ["offline"], "which registers no sound");
    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);
}

#[test]
fn frames_on_a_socket_that_is_gone_are_nothing() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.closes(ada);
    world.outs.clear();

    world.registers(ada);

    assert_eq!(world.outs, []);
}

#[test]
fn those_who_look_on_see_sockets_and_calls() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let bea = world.listens("bea");
    let call = world.talks("ada", ada);

    let clients = world.signal.clients();

    assert_eq!(clients.len(), 2);
    assert_eq!(clients[0].identity, "ada");
    assert_eq!(clients[0].calls, [call]);
    assert!(clients[0].sockets[0].is_registered);
    assert_eq!(clients[0].sockets[0].expires_s, START_S + i64::from(TTL_S));
    assert_eq!(clients[1].sockets[0].conn, bea);
    assert!(!clients[1].sockets[0].is_registered);
}
