//! What is over is remembered for a while (the option `kept`).

use carrier::engine::{CallFilter, ConferenceFilter, CreateRecording, RecordingFilter, UpdateCall};
use twilio::CallSid;
use twiml::{Dial, Pause, Response, Say};

use super::people::{ADA, BEN, desk};
use super::support::{OFFICE, World, settings};

#[test]
fn of_what_is_over_the_latest_is_remembered() {
    let mut world = forgetful(2);
    world.page("/voice", Response::new().pause(Pause::seconds(600)));
    let long = world.rings();

    let over: Vec<_> = (0..5).map(|_| a_call(&mut world)).collect();
    let last = world.rings();

    assert_eq!(
        calls(&world),
        [&last, &over[4], &over[3], &long].map(Clone::clone)
    );
    assert!(world.engine.log(&over[2]).is_empty());
    assert!(!world.engine.log(&over[3]).is_empty());
    let tapes = world.engine.recordings(&RecordingFilter::default());
    let tapes: Vec<_> = tapes.into_iter().filter_map(|tape| tape.call).collect();
    assert_eq!(tapes, [&over[4], &over[3]].map(Clone::clone));
}

#[test]
fn a_call_is_there_for_the_request_that_ends_it() {
    let mut world = forgetful(0);
    let call = a_call_that_lasts(&mut world);
    let update = UpdateCall {
        status: Some("completed".to_owned()),
        ..UpdateCall::default()
    };

    let view = world.engine.update_call(&call, update).unwrap();
    world.work();
    world.rings();

    assert_eq!(view.status, "completed");
    assert!(world.engine.call(&call).is_none());
}

#[test]
fn a_call_that_was_deleted_takes_no_place() {
    let mut world = forgetful(2);
    let first = a_call(&mut world);
    let second = a_call(&mut world);
    world.engine.delete_call(&second).unwrap();

    let third = a_call(&mut world);
    let last = a_call_that_lasts(&mut world);

    assert_eq!(calls(&world), [last, third, first]);
}

#[test]
fn of_rooms_that_are_over_the_latest_are_remembered_and_their_names_are_free() {
    let mut world = forgetful(2);
    let mut rooms = Vec::new();
    for _ in 0..4 {
        let ada = world.enters(ADA, desk());
        let ben = world.enters(BEN, desk());
        rooms.push(world.room().sid);
        world.hang_up(&ada);
        world.hang_up(&ben);
    }

    world.enters(ADA, desk());

    let listed = world.engine.conferences(&ConferenceFilter::default());
    let listed: Vec<_> = listed.into_iter().map(|room| room.sid).collect();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[1..], [rooms[3].clone(), rooms[2].clone()]);
    assert!(!rooms.contains(&listed[0]));
}

#[test]
fn what_goes_on_is_never_forgotten() {
    let mut world = forgetful(0);
    world.page("/voice", Response::new().dial(Dial::to(OFFICE)));
    let ada = world.rings();
    let office = world.telephone(OFFICE).sid;
    world.answer(&office);

    for _ in 0..3 {
        a_call(&mut world);
    }

    assert_eq!(world.status(&ada), "in-progress");
    assert_eq!(world.status(&office), "in-progress");
}

fn forgetful(kept: usize) -> World {
    let mut settings = settings();
    settings.kept = kept;
    World::with(settings)
}

fn calls(world: &World) -> Vec<CallSid> {
    let calls = world.engine.calls(&CallFilter::default());
    calls.into_iter().map(|call| call.sid).collect()
}

/// A call that is not over by itself for a minute.
fn a_call_that_lasts(world: &mut World) -> CallSid {
    let words = Response::new().say(Say::new("Hello."));
    world.page("/voice", words.pause(Pause::seconds(60)));
    world.rings()
}

/// A recorded call of a few seconds.
fn a_call(world: &mut World) -> CallSid {
    let call = a_call_that_lasts(world);
    let recording = CreateRecording::default();
    let recorded = world.engine.create_recording(&call, &recording);
    recorded.expect("the call is in progress");
    world.pass(3);
    world.hang_up(&call);
    world.pass(3);
    call
}
