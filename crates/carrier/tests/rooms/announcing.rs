//! Announcements in a room (reference E.3, C15).

use carrier::engine::{ConferenceSid, UpdateConference};
use twiml::{Pause, Play, Redirect, Response, Say};

use super::people::{app, desk};
use super::support::World;

fn announce(world: &mut World, room: &ConferenceSid, path: &str) {
    let update = UpdateConference {
        announce_url: Some(app(path)),
        ..UpdateConference::default()
    };
    world
        .engine
        .update_conference(room, &update)
        .expect("the room is open");
    world.work();
}

#[test]
fn all_hear_what_is_announced_to_the_room_from_one_request() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    world.hold(&room, &ben, true);
    world.page("/news", Response::new().say(Say::new("five minutes left")));

    announce(&mut world, &room, "/news");
    assert!(world.engine.ear(&ada).unwrap().announcement);
    assert!(world.engine.hears(&room, &ada, &ben) != world.people(&room)[1].hold);
    world.pass(2);

    assert_eq!(world.said(&ada), ["five minutes left"]);
    assert_eq!(world.said(&ben), ["five minutes left"]);
    assert_eq!(world.to("/news").len(), 1);
    assert_eq!(world.to("/news")[0].method, "POST");
    assert_eq!(
        world.told_with("announcement-end", "AnnounceUrl"),
        app("/news")
    );
    assert_eq!(world.told_with("announcement-end", "CallSid"), "-");
    assert!(!world.engine.ear(&ada).unwrap().announcement);
}

#[test]
fn one_alone_hears_what_is_announced_to_it() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    world.page("/note", Response::new().say(Say::new("only you")));

    world.update(&room, &ada, |update| {
        update.announce_url = Some(app("/note"));
    });
    assert!(!world.engine.ear(&ben).unwrap().announcement);
    world.pass(1);

    assert_eq!(world.said(&ada), ["only you"]);
    assert!(world.said(&ben).is_empty());
    assert_eq!(world.told("/note", "CallSid"), ada.to_string());
    assert_eq!(
        world.told_with("announcement-end", "CallSid"),
        ada.to_string()
    );
}

#[test]
fn an_announcement_may_play_pause_repeat_and_go_on_elsewhere() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    let first = Response::new()
        .play(Play::new("gong.mp3"))
        .pause(Pause::seconds(2))
        .say(Say::new("twice").times(2))
        .redirect(Redirect::new("second"))
        .say(Say::new("never"));
    world.page("/a/first", first);
    world.page(
        "/a/second",
        Response::new().hangup().say(Say::new("the end")),
    );

    announce(&mut world, &room, "/a/first");
    world.pass(30);

    assert_eq!(world.played(&ada).pop(), Some(app("/a/gong.mp3")));
    assert_eq!(world.said(&ada), ["twice", "twice", "the end"]);
    assert_eq!(world.troubles(&ada), [13238]);
    assert_eq!(world.to("/a/gong.mp3").len(), 1);
}

#[test]
fn an_announcement_that_cannot_be_had_is_told() {
    let mut world = World::new();
    let (room, ..) = world.two_at_the_desk();

    announce(&mut world, &room, "/nowhere");

    assert_eq!(
        world.told_with("announcement-fail", "ReasonAnnouncementFailed"),
        "the answer is 404"
    );
}

#[test]
fn an_endless_circle_of_announcements_is_given_up() {
    let mut world = World::new();
    let (room, ..) = world.two_at_the_desk();
    world.page("/again", Response::new().redirect(Redirect::new("")));

    announce(&mut world, &room, "/again");

    assert_eq!(
        world.told_with("announcement-fail", "AnnounceUrl"),
        app("/again")
    );
}

#[test]
fn a_second_announcement_to_the_same_ears_cuts_the_first_off() {
    let mut world = World::new();
    let (room, ada, _ben) = world.two_at_the_desk();
    let long = Response::new()
        .say(Say::new("first"))
        .say(Say::new("never"));
    world.page("/first", long);
    world.page("/second", Response::new().say(Say::new("second")));

    announce(&mut world, &room, "/first");
    announce(&mut world, &room, "/second");
    world.pass(30);

    assert_eq!(world.said(&ada), ["first", "second"]);
}

#[test]
fn an_announcement_ends_with_its_room_or_its_listener() {
    let mut world = World::new();
    let (room, ada, ben) = world.two_at_the_desk();
    let long = Response::new()
        .say(Say::new("first"))
        .say(Say::new("never"));
    world.page("/first", long);

    world.update(&room, &ada, |update| {
        update.announce_url = Some(app("/first"));
    });
    announce(&mut world, &room, "/first");
    world.hang_up(&ada);
    world.hang_up(&ben);
    world.pass(30);

    assert_eq!(world.said(&ben), ["first"]);
    assert_eq!(world.events().pop().unwrap(), "conference-end");
}

#[test]
fn those_who_wait_hear_announcements_too() {
    let mut world = World::new();
    let ada = world.enters(super::people::ADA, desk());
    world.page("/news", Response::new().say(Say::new("soon")));
    let room = world.room().sid;

    announce(&mut world, &room, "/news");

    assert_eq!(world.said(&ada), ["soon"]);
}
