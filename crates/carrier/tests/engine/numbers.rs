//! The account's numbers by REST (reference E.6).

use carrier::engine::UpdateNumber;
use twiml::{Response, Say};

use crate::support::*;

#[test]
fn a_number_can_be_pointed_elsewhere() {
    let mut world = World::new();
    world.page("/elsewhere", Response::new().say(Say::new("Elsewhere.")));
    let sid = world.engine.numbers()[0].sid.clone().expect("it has a SID");

    let update = UpdateNumber {
        voice_url: Some(format!("{APP}/elsewhere")),
        voice_method: Some("GET".to_owned()),
        ..UpdateNumber::default()
    };
    world
        .engine
        .update_number(&sid, update)
        .expect("a good change");
    let call = world.rings();

    assert_eq!(world.to("/elsewhere")[0].method, "GET");
    assert_eq!(world.said(&call), ["Elsewhere."]);
}

#[test]
fn an_empty_text_takes_a_url_from_a_number() {
    let mut world = World::with(settings_told());
    let sid = world.engine.numbers()[0].sid.clone().expect("it has a SID");

    let update = UpdateNumber {
        status_callback: Some(String::new()),
        ..UpdateNumber::default()
    };
    let number = world
        .engine
        .update_number(&sid, update)
        .expect("a good change");

    assert_eq!(number.status_callback, None);
}

#[test]
fn a_number_comes_and_goes() {
    let mut world = World::new();
    world.page("/voice", Response::new().echo());
    let urls = UpdateNumber {
        voice_url: Some(format!("{APP}/voice")),
        ..UpdateNumber::default()
    };

    let number = world
        .engine
        .create_number("+12025550155", urls.clone())
        .expect("a free number");
    let sid = number.sid.expect("it has a SID");
    assert_eq!(world.engine.numbers().len(), 3);
    let again = world.engine.create_number("+12025550155", urls.clone());
    assert_eq!(refused(again), (400, 21422));
    assert_eq!(
        refused(world.engine.create_number("hello", urls)),
        (400, 21421)
    );
    assert!(world.engine.delete_number(&sid).is_ok());

    assert_eq!(world.engine.number(&sid), None);
    assert_eq!(refused(world.engine.delete_number(&sid)), (404, 20404));
}
