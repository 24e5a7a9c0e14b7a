//! Supervisors who wish to listen: what their browsers are answered with, and what strangers and oddities get.

use desk::Role;
use store::NewPerson;

use crate::support::{CLIENT, caller};
use crate::world::{Reply, World, call, sid};

const SAM: &str = "client:sam";

#[tokio::test]
async fn a_supervisor_is_led_into_the_callers_room_without_a_part_in_its_beginning_and_end() {
    let world = with_sam().await;
    let talk = sid(1);
    world.post(CLIENT, &caller(&talk, &[])).await;

    let listens = asks(&world, 11, SAM, &[("Watch", &talk)]).await;

    listens
        .is_twiml()
        .says(&format!(">{talk}</Conference>"))
        .says("muted=\"true\"")
        .says("startConferenceOnEnter=\"false\"")
        .says("endConferenceOnExit=\"false\"")
        .says("beep=\"false\"")
        .says(&format!("/conference/{talk}/watch-left"))
        .says("/conference/hold");
    let speaks = asks(&world, 12, SAM, &[("Watch", &talk), ("Mode", "speak")]).await;
    assert!(!speaks.body.contains("muted"), "{}", speaks.body);
    // Nobody has the caller: there is nobody to coach yet.
    let coaches = asks(&world, 13, SAM, &[("Watch", &talk), ("Mode", "coach")]).await;
    coaches.is_twiml().says("muted=\"true\"");
    assert!(!coaches.body.contains("coach="), "{}", coaches.body);
    let journal = world.db_journal(&talk).await;
    assert!(
        journal.contains(&"Sam joined the call: listens.".to_owned()),
        "{journal:?}"
    );
    world.end().await;
}

#[tokio::test]
async fn strangers_and_oddities_are_told_so_and_enter_nothing() {
    let world = with_sam().await;
    let talk = sid(1);
    world.post(CLIENT, &caller(&talk, &[])).await;
    let (nowhere, out) = (sid(7), sid(8));
    world
        .post(
            "/callcongress/welcome",
            &call(&out, &[("From", "+13125550123")]),
        )
        .await;
    let forbidden = "Only supervisors can listen to calls.";
    let over = "This call is over, or nobody can listen to it any more.";
    let cases: [(&str, &str, &str); 9] = [
        ("client:ana", &talk, forbidden),
        ("client:zoe", &talk, forbidden),
        ("client:Sam", &talk, forbidden),
        ("+13125550123", &talk, forbidden),
        ("sip:sam@example.test", &talk, forbidden),
        (SAM, &nowhere, over),
        (SAM, &out, over),
        (SAM, "", over),
        (SAM, "../../etc/passwd", over),
    ];

    for (n, (from, watch, said)) in (20..).zip(cases) {
        let reply = asks(&world, n, from, &[("Watch", watch), ("Mode", "speak")]).await;

        reply.is_twiml().says(said).says("<Hangup/>");
        assert!(!reply.body.contains("<Conference"), "{}", reply.body);
    }
    let odd = asks(&world, 40, SAM, &[("Watch", &talk), ("Mode", "shout")]).await;
    odd.is_twiml().says("muted=\"true\"");
    world.end().await;
}

#[tokio::test]
async fn a_leg_that_is_out_of_the_room_is_led_back_or_let_go_kindly() {
    let world = with_sam().await;
    let talk = sid(1);
    world.post(CLIENT, &caller(&talk, &[])).await;
    asks(&world, 11, SAM, &[("Watch", &talk), ("Mode", "speak")]).await;
    let left = format!("/conference/{talk}/watch-left");

    let back = world.post(&left, &call(&sid(11), &[("From", SAM)])).await;
    back.is_twiml().says("<Conference").says("muted=\"true\"");
    let stranger = world.get(&left, &call(&sid(12), &[("From", SAM)])).await;
    stranger
        .is_twiml()
        .says("This call is over")
        .says("<Hangup/>");
    let gone = [("CallStatus", "completed")];
    world
        .post("/twilio/call-status", &caller(&talk, &gone))
        .await;
    let late = world.post(&left, &call(&sid(11), &[("From", SAM)])).await;
    late.is_twiml().says("This call is over").says("<Hangup/>");
    let nonsense = world
        .post("/conference/talk/watch-left", &call(&sid(11), &[]))
        .await;
    nonsense.is_twiml().says("<Hangup/>");
    let taken = world
        .get("/conference/taken-over", &call(&sid(12), &[]))
        .await;
    taken
        .is_twiml()
        .says("A supervisor has taken this call over.")
        .says("<Hangup/>");
    world.end().await;
}

#[tokio::test]
async fn a_repeated_delivery_joins_once() {
    let world = with_sam().await;
    let talk = sid(1);
    world.post(CLIENT, &caller(&talk, &[])).await;
    let leg = sid(11);
    let fields = call(&leg, &[("From", SAM), ("Watch", &talk)]);

    let first = world.deliver("token 1", "/twilio/browser", &fields).await;
    let again = world.deliver("token 1", "/twilio/browser", &fields).await;

    assert_eq!(first, again);
    let audited = world
        .state
        .store
        .audited()
        .await
        .expect("the database answers");
    assert_eq!(audited.len(), 1);
    assert_eq!(
        (audited[0].by.as_str(), audited[0].about.as_str()),
        ("sam", talk.as_str())
    );
    world.end().await;
}

async fn with_sam() -> World {
    let world = World::new().await;
    for (user_name, name, role) in [
        ("sam", "Sam", Role::Supervisor),
        ("ana", "Ana", Role::Agent),
    ] {
        let person = NewPerson {
            user_name: user_name.to_owned(),
            name: name.to_owned(),
            role,
            password_hash: "nobody signs in here".to_owned(),
        };
        let is_new = world
            .state
            .store
            .add_person(&person, world.clock.now())
            .await;
        assert!(is_new.expect("people are written"));
    }
    world
}

/// The first request of a call from a browser, with what the page gives along.
async fn asks(world: &World, n: u32, from: &str, more: &[(&str, &str)]) -> Reply {
    let leg = sid(n);
    let mut fields = vec![("From", from), ("To", ""), ("CallStatus", "ringing")];
    fields.extend(more);
    world.post("/twilio/browser", &call(&leg, &fields)).await
}
