//! Callers who wait, and those who take them (reference A.3.10, B.3, E.5, F.6).

use carrier::engine::{QueueView, UpdateCall};
use twilio::CallSid;
use twiml::{Dial, Enqueue, Gather, Queue, Redirect, Response, Say};

use super::people::{ADA, BEN, CLEO, app};
use super::support::World;

fn waits(world: &mut World, from: &str, enqueue: Enqueue) -> CallSid {
    let document = Response::new()
        .enqueue(enqueue)
        .say(Say::new("after the queue"));
    world.page("/voice", document);
    world.rings_from(from)
}

fn in_support() -> Enqueue {
    Enqueue::queue("support").wait_url("/music")
}

fn takes(world: &mut World, from: &str, queue: Queue) -> CallSid {
    world.dials(from, Dial::new(queue).action("/taken").timeout(30))
}

fn queue(world: &World) -> QueueView {
    world.engine.queues().remove(0)
}

fn world() -> World {
    let mut world = World::new();
    world.page("/music", Response::new().say(Say::new("ten chars!")));
    world.page("/left", Response::new().say(Say::new("left")));
    world.page("/taken", Response::new());
    world
}

#[test]
fn the_wait_document_is_asked_again_each_time_it_ends() {
    let mut world = world();
    waits(&mut world, ADA, in_support());
    let ben = waits(&mut world, BEN, in_support());

    world.pass_ms(2_500);

    assert_eq!(world.said(&ben).len(), 3);
    assert_eq!(world.told("/music", "QueueTime"), "2");
    assert_eq!(world.told("/music", "AvgQueueTime"), "2");
    assert_eq!(world.told("/music", "QueuePosition"), "2");
    assert_eq!(world.told("/music", "CurrentQueueSize"), "2");
    assert_eq!(world.told("/music", "MaxQueueSize"), "1000");
    assert_eq!(
        world.told("/music", "QueueSid"),
        queue(&world).sid.to_string()
    );
    assert_eq!(world.told("/music", "CallSid"), ben.to_string());
}

#[test]
fn a_wait_document_that_goes_elsewhere_comes_back_to_the_first() {
    let mut world = world();
    let first = Response::new().redirect(Redirect::new("/second"));
    world.page("/music", first);
    world.page("/second", Response::new().say(Say::new("ten chars!")));

    waits(&mut world, ADA, in_support());
    world.pass_ms(1_500);

    assert_eq!(
        world.paths(),
        ["/voice", "/music", "/second", "/music", "/second"]
    );
    assert_eq!(world.told("/second", "QueuePosition"), "1");
}

#[test]
fn an_empty_wait_document_does_not_stop_the_world() {
    let mut world = world();
    world.page("/music", Response::new());

    waits(&mut world, ADA, in_support());
    world.pass(3);

    assert!(world.to("/music").len() <= 41);
}

#[test]
fn leave_goes_on_with_the_next_verb_or_the_action() {
    for (action, said) in [(None, "after the queue"), (Some("/left"), "left")] {
        let mut world = world();
        world.page("/music", Response::new().say(Say::new("bye")).leave());
        let mut enqueue = in_support();
        enqueue.action = action.map(str::to_owned);
        let ada = waits(&mut world, ADA, enqueue);

        world.pass(1);

        assert_eq!(world.said(&ada), ["bye", said]);
        assert_eq!(queue(&world).size, 0);
        if action.is_some() {
            assert_eq!(world.told("/left", "QueueResult"), "leave");
            assert_eq!(
                world.told("/left", "QueueSid"),
                queue(&world).sid.to_string()
            );
        }
    }
}

#[test]
fn keys_are_gathered_while_waiting() {
    let mut world = world();
    let gather = Gather::new()
        .num_digits(1)
        .action("/chosen")
        .say(Say::new("press a key"));
    world.page("/music", Response::new().gather(gather));
    world.page("/chosen", Response::new().leave());
    let ada = waits(&mut world, ADA, in_support().action("/left"));

    world.press(&ada, "5");

    assert_eq!(world.told("/chosen", "Digits"), "5");
    assert_eq!(world.told("/left", "QueueResult"), "leave");
}

#[test]
fn the_first_who_came_is_taken_first_and_the_two_hear_each_other() {
    let mut world = world();
    let ada = waits(&mut world, ADA, in_support().action("/left"));
    world.pass(5);
    let ben = waits(&mut world, BEN, in_support().action("/left"));
    world.pass(5);

    let agent = takes(&mut world, CLEO, Queue::new("support"));
    world.speak(&agent, "hello");
    assert_eq!(world.heard(&ada), ["hello"]);
    assert!(world.to("/left").is_empty());
    world.pass(20);
    world.hang_up(&agent);

    assert_eq!(world.told("/left", "QueueResult"), "bridged");
    assert_eq!(world.told("/left", "QueueTime"), "10");
    assert_eq!(world.told("/left", "CallSid"), ada.to_string());
    assert_eq!(world.said(&ada).pop().unwrap(), "left");
    assert_eq!(queue(&world).size, 1);
    assert_eq!(
        world
            .engine
            .member(&queue(&world).sid, "Front")
            .unwrap()
            .call,
        ben
    );
}

#[test]
fn the_dial_is_over_when_the_one_who_was_taken_hangs_up() {
    let mut world = world();
    let ada = waits(&mut world, ADA, in_support().action("/left"));
    world.pass(3);
    let agent = takes(&mut world, CLEO, Queue::new("support"));
    world.pass(7);

    world.hang_up(&ada);

    assert_eq!(world.told("/left", "QueueResult"), "bridged");
    for (name, value) in [
        ("DialCallStatus", "completed"),
        ("DialBridged", "true"),
        ("DialCallDuration", "7"),
        ("DialCallSid", ada.as_str()),
        ("QueueTime", "3"),
        ("DequeingCallSid", agent.as_str()),
    ] {
        assert_eq!(world.told("/taken", name), value, "{name}");
    }
}

#[test]
fn somebody_who_dials_an_empty_queue_waits_for_the_next_caller() {
    let mut world = world();
    world.engine.create_queue("support", None).unwrap();
    let agent = takes(&mut world, CLEO, Queue::new("support"));
    world.pass(10);

    let ada = waits(&mut world, ADA, in_support());
    world.speak(&ada, "is anybody there?");

    assert_eq!(world.heard(&agent), ["is anybody there?"]);
    assert!(world.to("/music").is_empty());
}

#[test]
fn nobody_comes_in_time_or_there_is_no_such_queue() {
    let mut world = world();
    takes(&mut world, CLEO, Queue::new("support"));
    assert_eq!(world.told("/taken", "DialCallStatus"), "failed");

    world.engine.create_queue("support", None).unwrap();
    let agent = takes(&mut world, BEN, Queue::new("support"));
    world.pass(31);

    assert_eq!(world.told("/taken", "DialCallStatus"), "no-answer");
    assert_eq!(world.told("/taken", "DialBridged"), "false");
    let ada = waits(&mut world, ADA, in_support());
    assert_eq!(world.status(&agent), "completed");
    assert_eq!(
        world.engine.members(&queue(&world).sid).unwrap()[0].call,
        ada
    );
}

#[test]
fn two_who_dial_get_two_callers() {
    let mut world = world();
    let ada = waits(&mut world, ADA, in_support());
    let ben = waits(&mut world, BEN, in_support());

    let one = takes(&mut world, CLEO, Queue::new("support"));
    let other = takes(&mut world, "+13125550104", Queue::new("support"));
    world.speak(&one, "one");
    world.speak(&other, "two");

    assert_eq!(world.heard(&ada), ["one"]);
    assert_eq!(world.heard(&ben), ["two"]);
}

#[test]
fn the_one_who_is_taken_hears_a_document_first() {
    let mut world = world();
    world.page(
        "/whisper",
        Response::new().say(Say::new("ten chars!")).hangup(),
    );
    let ada = waits(&mut world, ADA, in_support());
    world.pass(4);
    let agent = takes(&mut world, CLEO, Queue::new("support").url("/whisper"));

    world.speak(&agent, "too early");
    world.pass(1);
    world.speak(&agent, "hello");

    assert_eq!(world.heard(&ada), ["hello"]);
    assert_eq!(world.told("/whisper", "CallSid"), ada.to_string());
    assert_eq!(world.told("/whisper", "DequeingCallSid"), agent.to_string());
    assert_eq!(world.told("/whisper", "QueueTime"), "4");
    assert_eq!(world.troubles(&ada), [14211]);
}

#[test]
fn one_who_hangs_up_while_waiting_is_told_of_and_gone() {
    let mut world = world();
    let ada = waits(&mut world, ADA, in_support().action("/left"));
    world.pass(4);

    world.hang_up(&ada);

    assert_eq!(world.told("/left", "QueueResult"), "hangup");
    assert_eq!(world.told("/left", "QueueTime"), "4");
    assert_eq!(queue(&world).size, 0);
}

#[test]
fn rest_takes_one_out_once() {
    let mut world = world();
    world.page("/direct", Response::new().say(Say::new("this way")));
    let ada = waits(&mut world, ADA, in_support().action("/left"));
    let sid = queue(&world).sid;

    let member = world
        .engine
        .dequeue(&sid, "Front", &app("/direct"), None)
        .unwrap();
    world.work();
    let again = world
        .engine
        .dequeue(&sid, ada.as_str(), &app("/direct"), None);

    assert_eq!((member.call, member.position), (ada.clone(), 1));
    assert_eq!(again.unwrap_err().code, 20404);
    assert_eq!(world.told("/left", "QueueResult"), "redirected");
    assert_eq!(world.said(&ada).pop().unwrap(), "this way");
}

#[test]
fn a_call_that_is_given_another_document_leaves_the_queue_or_the_talk() {
    for (taken, result) in [(false, "redirected"), (true, "redirected-from-bridged")] {
        let mut world = world();
        world.page("/direct", Response::new().say(Say::new("this way")));
        let ada = waits(&mut world, ADA, in_support().action("/left"));
        if taken {
            takes(&mut world, CLEO, Queue::new("support"));
        }

        let update = UpdateCall {
            url: Some(app("/direct")),
            ..UpdateCall::default()
        };
        world.engine.update_call(&ada, update).unwrap();
        world.work();

        assert_eq!(world.told("/left", "QueueResult"), result);
        assert_eq!(world.to("/taken").len(), usize::from(taken));
        assert_eq!(world.said(&ada).pop().unwrap(), "this way");
    }
}

#[test]
fn a_full_queue_takes_nobody() {
    let mut world = world();
    world.engine.create_queue("support", Some(1)).unwrap();
    waits(&mut world, ADA, in_support());

    let ben = waits(&mut world, BEN, in_support().action("/left"));

    assert_eq!(world.told("/left", "QueueResult"), "queue-full");
    assert_eq!(world.told("/left", "QueueSid"), "-");
    assert_eq!(world.told("/left", "QueueTime"), "-");
    assert_eq!(world.troubles(&ben), [14207]);
}

#[test]
fn a_name_too_long_or_a_workflow_is_an_error() {
    let cases = [
        (Enqueue::queue("n".repeat(65)), 14205),
        (Enqueue::queue(""), 14204),
        (
            Enqueue::workflow(format!("WW{}", "0".repeat(32)), None),
            14226,
        ),
    ];

    for (enqueue, code) in cases {
        let mut world = world();
        let ada = waits(&mut world, ADA, enqueue.action("/left"));

        assert_eq!(world.troubles(&ada), [code]);
        assert_eq!(world.told("/left", "QueueResult"), "error");
        assert!(world.engine.queues().is_empty());
    }
}

#[test]
fn a_wait_document_that_fails_ends_the_waiting() {
    let mut world = world();
    let ada = waits(
        &mut world,
        ADA,
        Enqueue::queue("support")
            .wait_url("/nowhere")
            .action("/left"),
    );

    assert_eq!(world.told("/left", "QueueResult"), "error");
    assert_eq!(world.status(&ada), "in-progress");
}

#[test]
fn hanging_up_in_the_wait_document_ends_the_call() {
    let mut world = world();
    world.page("/music", Response::new().hangup());

    let ada = waits(&mut world, ADA, in_support().action("/left"));

    assert_eq!(world.status(&ada), "completed");
    assert_eq!(world.told("/left", "QueueResult"), "hangup");
}

#[test]
fn the_star_and_the_time_limit_of_the_dial_end_the_talk() {
    for by_star in [true, false] {
        let mut world = world();
        let ada = waits(&mut world, ADA, in_support());
        let dial = Dial::new(Queue::new("support"))
            .action("/taken")
            .hangup_on_star(true)
            .time_limit(60);
        let agent = world.dials(CLEO, dial);

        if by_star {
            world.press(&agent, "*");
        } else {
            world.pass(61);
        }

        assert_eq!(world.told("/taken", "DialCallStatus"), "completed");
        assert!(world.said(&ada).contains(&"after the queue".to_owned()));
    }
}

#[test]
fn queues_are_made_changed_and_deleted_by_rest() {
    let mut world = world();
    let made = world.engine.create_queue("support", Some(7)).unwrap();
    assert_eq!((made.size, made.max_size, made.average_wait), (0, 7, 0));
    for (name, size) in [
        ("support", None),
        ("", None),
        ("x", Some(0)),
        ("x", Some(5001)),
    ] {
        assert!(
            world.engine.create_queue(name, size).is_err(),
            "{name} {size:?}"
        );
    }
    let changed = world.engine.update_queue(&made.sid, Some("sales"), Some(2));
    let changed = changed.unwrap();
    assert_eq!((changed.name.as_str(), changed.max_size), ("sales", 2));

    let ada = waits(&mut world, ADA, Enqueue::queue("sales").wait_url(""));
    assert!(world.engine.delete_queue(&made.sid).is_err());
    world.hang_up(&ada);

    assert!(world.engine.delete_queue(&made.sid).is_ok());
    assert!(world.engine.queues().is_empty());
    assert_eq!(
        world.engine.delete_queue(&made.sid).unwrap_err().code,
        20404
    );
}

#[test]
fn members_are_seen_with_place_and_time() {
    let mut world = world();
    waits(&mut world, ADA, in_support());
    world.pass(10);
    let ben = waits(&mut world, BEN, in_support());
    world.pass(2);

    let sid = queue(&world).sid;
    let members = world.engine.members(&sid).unwrap();
    assert_eq!((members[0].position, members[0].wait), (1, 12));
    assert_eq!(world.engine.member(&sid, ben.as_str()).unwrap().position, 2);
    assert_eq!(queue(&world).average_wait, 7);
}
