//! Tokens: refused, renewed, over.

use carrier::signal::Out;

use crate::support::*;

#[test]
fn a_token_that_is_refused_ends_the_socket_with_the_reason() {
    let world = World::new();
    let good = world.token("ada").signed();
    let mut old = world.token("ada");
    old.at_s -= i64::from(TTL_S);
    let mut early = world.token("ada");
    early.token.not_before_s = Some(START_S + 60);
    let cases = [
        (old.signed(), 31205),
        (early.signed(), 31204),
        (good.replace('.', "!"), 31204),
        (format!("{good}x"), 31204),
        (String::new(), 31204),
    ];

    for (token, code) in cases {
        let mut world = World::new();
        let ada = world.opens();

        world.shows(ada, &token);

        let told = world.told(ada);
        assert_eq!(kind(&told[0]), "error");
        assert_eq!(told[0]["payload"]["error"]["code"], code);
        assert_eq!(kind(&told[1]), "close");
        assert_eq!(told.len(), 2);
        assert_eq!(world.wanted(), [Out::Close(ada)]);
    }
}

#[test]
fn a_token_that_ends_ends_the_socket() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.passes(i64::from(TTL_S) * 1000 - 1);
    assert_eq!(world.told(ada), Vec::<serde_json::Value>::new());
    world.passes(1);

    let told = world.told(ada);
    assert_eq!(told[0]["payload"]["error"]["code"], 31205);
    assert_eq!(kind(&told[1]), "close");
    assert_eq!(
        world.wanted(),
        [Out::Unregistered("ada".to_owned()), Out::Close(ada)]
    );
}

#[test]
fn a_call_goes_on_after_the_token_and_can_be_ended() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);

    world.passes(i64::from(TTL_S) * 1000);

    assert_eq!(world.heard(ada), ["error", "offline"]);
    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);

    world.hangs_up(ada, call.as_str());

    assert_eq!(world.heard(ada), ["close"]);
    let wanted = world.wanted();
    assert!(wanted.contains(&Out::HangUp(call)));
    assert!(wanted.contains(&Out::Close(ada)));
}

#[test]
fn nothing_begins_on_a_token_that_is_over() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.talks("ada", ada);
    world.passes(i64::from(TTL_S) * 1000);
    world.told(ada);
    world.outs.clear();

    world.registers(ada);
    assert_eq!(world.only(ada, "error")["error"]["code"], 31205);
    world.dials(ada, "TJS1", "");
    assert_eq!(world.only(ada, "hangup")["error"]["code"], 31205);
    let second = world.rings("ada");

    assert_eq!(world.wanted(), [Out::Unreachable(second)]);
}

#[test]
fn a_renewed_token_holds_from_then_on() {
    let mut world = World::new();
    let ada = world.browser("ada");
    world.passes(3_000_000);

    let token = world.token("ada").signed();
    world.shows(ada, &token);

    let connected = world.only(ada, "connected");
    assert_eq!(connected["token"]["ttl"], TTL_S);
    world.passes(3_500_000);
    assert_eq!(world.wanted(), [], "still registered");
    world.passes(100_000);
    assert_eq!(world.heard(ada), ["error", "close"]);
}

#[test]
fn a_token_renewed_after_its_end_brings_the_browser_back() {
    let mut world = World::new();
    let ada = world.browser("ada");
    let call = world.talks("ada", ada);
    world.passes(i64::from(TTL_S) * 1000);
    world.told(ada);
    world.outs.clear();

    let token = world.token("ada").signed();
    world.shows(ada, &token);
    world.registers(ada);
    world.over(&call);

    assert_eq!(world.heard(ada), ["connected", "ready", "hangup"]);
    assert!(world.wanted().contains(&Out::Registered("ada".to_owned())));
}

#[test]
fn a_token_of_another_identity_changes_nothing() {
    let mut world = World::new();
    let ada = world.browser("ada");

    let token = world.token("bea").signed();
    world.shows(ada, &token);

    assert_eq!(world.only(ada, "error")["error"]["code"], 31204);
    assert_eq!(world.wanted(), []);
    assert_eq!(world.signal.clients()[0].identity, "ada");
}

#[test]
fn a_renewal_that_is_refused_leaves_the_token_before_it() {
    let mut world = World::new();
    let ada = world.browser("ada");

    world.shows(ada, "nonsense");

    assert_eq!(world.only(ada, "error")["error"]["code"], 31204);
    assert_eq!(world.wanted(), []);
    world.rings("ada");
    assert_eq!(world.heard(ada), ["invite"]);
}

#[test]
fn a_renewed_token_that_allows_less_takes_the_registration() {
    let mut world = World::new();
    let ada = world.browser("ada");

    let token = world.token("ada").without_incoming().signed();
    world.shows(ada, &token);

    assert_eq!(world.heard(ada), ["connected", "offline"]);
    assert_eq!(world.wanted(), [Out::Unregistered("ada".to_owned())]);
}
