//! Faults on purpose.

use carrier::signal::{Out, SignalFault};

use crate::support::*;

#[test]
fn dropped_sockets_are_cut_and_their_calls_wait() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let bea = world.browser("bea");
    let call = world.talks("ada", first);

    world.fault("ada", SignalFault::DropSocket);

    let wanted = world.wanted();
    assert!(wanted.contains(&Out::Cut(first)));
    assert!(wanted.contains(&Out::Cut(second)));
    assert!(!wanted.contains(&Out::Cut(bea)));
    assert!(wanted.contains(&Out::Unregistered("ada".to_owned())));
    assert_eq!(world.acts(), []);
    world.passes(30_000);
    assert_eq!(world.acts(), [Out::HangUp(call)]);
}

#[test]
fn heartbeats_are_silent_for_a_while() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.fault("ada", SignalFault::SilentHeartbeat { ms: 16_000 });
    world.passes(19_999);
    assert!(!world.outs.contains(&Out::Beat(ada)));
    world.passes(1);

    assert!(world.outs.contains(&Out::Beat(ada)));
}

#[test]
fn tokens_expire_on_purpose() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.fault("ada", SignalFault::ExpireToken);
    world.fault("ada", SignalFault::ExpireToken);

    let told = world.told(ada);
    assert_eq!(told[0]["payload"]["error"]["code"], 31205);
    assert_eq!(
        told.iter().map(kind).collect::<Vec<_>>(),
        ["error", "close"]
    );
}

#[test]
fn the_next_answer_is_slow_and_loses_against_a_quicker_one() {
    let mut world = World::new();
    let (first, second) = (world.browser("ada"), world.browser("ada"));
    let call = world.rings("ada");
    world.told(first);
    world.fault("ada", SignalFault::SlowAnswer { ms: 2_000 });

    world.answers(first, &call);
    world.passes(1_999);
    world.answers(second, &call);
    assert_eq!(world.heard(first), ["cancel"]);
    assert_eq!(world.acts(), [Out::PickUp(call)]);
    world.passes(1);

    assert_eq!(world.heard(first), ["hangup"]);
}

#[test]
fn a_slow_answer_comes_in_the_end() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    world.fault("ada", SignalFault::SlowAnswer { ms: 2_000 });

    world.answers(ada, &call);
    world.passes(2_000);

    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn an_answer_to_a_call_out_is_slow_once() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.fault("ada", SignalFault::SlowAnswer { ms: 2_000 });
    for number in 1..=2 {
        world.dials(ada, &format!("TJS{number}"), "");
        world.signal.answered(&leg(number));
        world.turn();
    }

    assert_eq!(world.only(ada, "answer")["callsid"], leg(2).as_str());
    world.passes(2_000);

    assert_eq!(world.only(ada, "answer")["callsid"], leg(1).as_str());
}

#[test]
fn a_slow_answer_is_taken_back() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.rings("ada");
    world.fault("ada", SignalFault::SlowAnswer { ms: 2_000 });

    world.fault("ada", SignalFault::SlowAnswer { ms: 0 });
    world.answers(ada, &call);

    assert_eq!(world.acts(), [Out::PickUp(call)]);
}

#[test]
fn faults_of_nobody_are_nothing() {
    let mut world = World::new();
    world.browser("ada");

    world.fault("bea", SignalFault::DropSocket);
    world.fault("bea", SignalFault::ExpireToken);
    world.fault("bea", SignalFault::SilentHeartbeat { ms: 1 });

    assert_eq!(world.outs, []);
}
