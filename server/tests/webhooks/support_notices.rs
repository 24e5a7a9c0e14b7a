//! Callbacks of agents' legs, rooms and recordings: late, twice, out of order, of nobody.

use exchange::{OfferOutcome, Stage, Switch, WhyNot};

use crate::support::{CLIENT, caller, leg, path};
use crate::world::{ACCOUNT, World, sid};

const ROOM: &str = "CFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A conference callback, which carries neither `From` nor `To`.
fn said<'a>(
    room: &'a str,
    number: &'a str,
    event: &'a str,
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("AccountSid", ACCOUNT),
        ("ConferenceSid", ROOM),
        ("FriendlyName", room),
        ("SequenceNumber", number),
        ("StatusCallbackEvent", event),
    ];
    fields.extend(more);
    fields
}

#[tokio::test]
async fn a_room_is_followed_by_what_the_carrier_says_of_it() {
    let world = World::new().await;
    let (cleo, ada) = (sid(1), sid(11));
    world.talks(&cleo, &ada).await;
    let status = "/twilio/conference-status";

    for (number, event, more) in [
        ("1", "participant-join", vec![("CallSid", cleo.as_str())]),
        ("2", "participant-join", vec![("CallSid", ada.as_str())]),
        ("3", "conference-start", vec![]),
        (
            "4",
            "participant-modify",
            vec![("CallSid", ada.as_str()), ("EndConferenceOnExit", "true")],
        ),
    ] {
        let reply = world.post(status, &said(&cleo, number, event, &more)).await;

        assert_eq!(reply.status, 204, "{event}");
    }

    let support = world.db_support(&cleo).await;
    assert_eq!(
        support.room.conference.as_ref().map(|room| room.as_str()),
        Some(ROOM)
    );
    assert_eq!(support.room.sequence, Some(4));
    assert!(support.seats[0].joined.is_some());
    // The answer to our own request is still out, and counts before a callback.
    assert_eq!(support.seats[0].ends_room, Switch::TurningOn);
    world.end().await;
}

#[tokio::test]
async fn an_agent_who_hung_up_without_a_command_is_lost() {
    let world = World::new().await;
    let (cleo, ada) = (sid(1), sid(11));
    world.talks(&cleo, &ada).await;
    let left = [
        ("CallSid", ada.as_str()),
        ("ReasonParticipantLeft", "participant_hung_up"),
    ];

    for _ in 0..2 {
        let reply = world
            .get(
                "/twilio/conference-status",
                &said(&cleo, "3", "participant-leave", &left),
            )
            .await;
        assert_eq!(reply.status, 204);
    }

    let support = world.db_support(&cleo).await;
    let Stage::Waiting(waiting) = &support.stage else {
        panic!("{:?}", support.stage);
    };
    assert_eq!(
        waiting.first.as_ref().map(|first| first.as_str()),
        Some("ada")
    );
    assert_eq!(
        world.db_steps(&cleo).await,
        4,
        "the second one is the first"
    );
    world.end().await;
}

#[tokio::test]
async fn an_offer_fails_by_its_legs_status_once() {
    let world = World::new().await;
    let (cleo, ada) = (sid(1), sid(11));
    world.ada_is_ready().await;
    world.post(CLIENT, &caller(&cleo, &[])).await;
    world.looks().await;
    let status = format!("/twilio/leg-status?call={cleo}&offer=1");
    let ringing = leg(&ada, &[("CallStatus", "ringing"), ("SequenceNumber", "1")]);
    let declined = leg(&ada, &[("CallStatus", "busy"), ("SequenceNumber", "2")]);

    let mut replies = Vec::new();
    for fields in [&declined, &ringing, &declined] {
        replies.push(world.post(&status, fields).await.status.as_u16());
    }

    assert_eq!(replies, [204; 3]);
    let support = world.db_support(&cleo).await;
    assert_eq!(
        support.offers[0].outcome,
        Some(OfferOutcome::Vain(WhyNot::Declined))
    );
    assert_eq!(
        support.offers[0].leg.as_ref().map(|leg| leg.as_str()),
        Some(ada.as_str())
    );
    assert_eq!(world.db_steps(&cleo).await, 4);
    let story = world.db_story(&cleo).await.unwrap();
    assert!(
        story.entries[2]
            .request
            .iter()
            .any(|(name, value)| name == "offer" && value == "1")
    );
    world.end().await;
}

#[tokio::test]
async fn a_message_is_filed_once_however_often_it_is_told_of() {
    let world = World::new().await;
    let cleo = sid(1);
    world.post(CLIENT, &caller(&cleo, &[])).await;
    let ready = [
        ("AccountSid", ACCOUNT),
        ("CallSid", cleo.as_str()),
        ("RecordingSid", "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        (
            "RecordingUrl",
            "https://api.example.test/REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "7"),
    ];
    let under_way = [&ready[..4], &[("RecordingStatus", "in-progress")]].concat();

    for fields in [&under_way[..], &ready, &ready] {
        assert_eq!(
            world.post("/twilio/recording-status", fields).await.status,
            204
        );
    }
    world
        .post(&path(&cleo, "recorded"), &caller(&cleo, &ready[2..]))
        .await
        .is_twiml();

    assert_eq!(
        world
            .state
            .store
            .inbox(world.clock.now())
            .await
            .unwrap()
            .len(),
        1
    );
    world.end().await;
}

#[tokio::test]
async fn callbacks_that_mean_nothing_are_taken_and_change_nothing() {
    let world = World::new().await;
    let (cleo, nobody) = (sid(1), sid(9));
    world.post(CLIENT, &caller(&cleo, &[])).await;
    let of = |query: String| format!("/twilio/leg-status{query}");
    let over = leg(&nobody, &[("CallStatus", "completed")]);
    let odd = leg(&nobody, &[("CallStatus", "levitating")]);
    let cases = [
        (of(String::new()), over.clone()),
        (of(format!("?call={cleo}")), over.clone()),
        (of(format!("?call={cleo}&offer=first")), over.clone()),
        (of(format!("?call={cleo}&offer=-1")), over.clone()),
        (of("?call=me&offer=1".to_owned()), over.clone()),
        (of(format!("?call={nobody}&offer=1")), over),
        (of(format!("?call={cleo}&offer=1")), odd),
        (
            of(format!("?call={cleo}&offer=1")),
            vec![("AccountSid", ACCOUNT)],
        ),
        ("/twilio/conference-status".to_owned(), vec![]),
        (
            "/twilio/conference-status".to_owned(),
            said("lunch", "1", "conference-start", &[]),
        ),
        (
            "/twilio/conference-status".to_owned(),
            said(&nobody, "1", "conference-start", &[]),
        ),
        ("/twilio/recording-status".to_owned(), vec![]),
        (
            "/twilio/recording-status".to_owned(),
            vec![("RecordingSid", "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
        ),
    ];

    for (path, fields) in &cases {
        let reply = world.post(path, fields).await;

        assert_eq!(reply.status, 204, "{path}");
        assert_eq!(reply.body, "");
    }
    assert_eq!(world.db_steps(&cleo).await, 1);
    world.end().await;
}
