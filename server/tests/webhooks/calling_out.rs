//! Calls that browsers make, from the TwiML application's first request to the last.

use desk::{CallFilter, CallPage, Role};
use store::NewPerson;

use crate::world::{Reply, World, call, sid};

const ANA: &str = "client:ana";
const TO: &str = "+12022242152";

/// Who calls, with which fields, what they hear, and what is written down.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static str,
);

#[tokio::test]
async fn an_agent_calls_out_and_is_told_that_the_number_is_busy() {
    let world = with_ana().await;
    let out = sid(1);

    let first = dials(&world, &out, ANA, &[("To", TO), ("Line", "senators")]).await;
    first
        .is_twiml()
        .says("callerId=\"+12025550100\"")
        .says("answerOnBridge=\"true\"");
    assert_eq!(first.dials(), Some(TO));
    assert!(!first.body.contains("hangupOnStar"), "{}", first.body);
    assert_eq!(first.leads_to().unwrap(), "/twilio/browser/end");
    let busy = [("From", ANA), ("To", TO), ("DialCallStatus", "busy")];
    let last = world.post("/twilio/browser/end", &call(&out, &busy)).await;

    last.is_twiml()
        .says("The number is busy.")
        .says("<Hangup/>");
    let story = world.db_story(&out).await.unwrap();
    assert_eq!(story.call.caller, "Called out by Ana Torres");
    assert_eq!(story.call.called_out_to, "+1 (202) 224-2152");
    assert_eq!(story.call.outcome.as_deref(), Some("not-reached"));
    assert_eq!(
        world.db_journal(&out).await,
        [
            "Ana Torres called out on Call Congress to +1 (202) 224-2152.",
            "Dialled +1 (202) 224-2152.",
            "+1 (202) 224-2152: busy.",
            "Ana Torres was told so.",
        ]
    );
    world.end().await;
}

#[tokio::test]
async fn a_conversation_ends_without_a_word() {
    let world = with_ana().await;
    let out = sid(1);
    dials(&world, &out, ANA, &[("To", "(202) 224-2152")]).await;

    let over = [
        ("From", ANA),
        ("DialCallStatus", "completed"),
        ("DialBridged", "true"),
        ("DialCallDuration", "61"),
    ];
    let last = world.get("/twilio/browser/end", &call(&out, &over)).await;

    assert!(!last.is_twiml().body.contains("<Say"), "{}", last.body);
    let story = world.db_story(&out).await.unwrap();
    assert_eq!(story.call.outcome.as_deref(), Some("connected"));
    world.end().await;
}

#[tokio::test]
async fn whatever_is_against_a_call_is_said_and_written_down() {
    let world = with_ana().await;
    let cases: &[Case] = &[
        (
            ANA,
            &[("To", "")],
            "no telephone number",
            "no number was given",
        ),
        (
            ANA,
            &[("To", "the moon")],
            "no telephone number",
            "\"the moon\" is no telephone number",
        ),
        (
            ANA,
            &[("To", "911")],
            "your own telephone",
            "emergency and service numbers",
        ),
        (
            ANA,
            &[("To", "+442071838750")],
            "may not be dialled",
            "do not allow that country",
        ),
        (
            ANA,
            &[("To", "+19005550123")],
            "may not be dialled",
            "premium numbers",
        ),
        (
            ANA,
            &[("To", TO), ("Line", "moon")],
            "no such line",
            "there is no line \"moon\"",
        ),
        (
            "client:zoe",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
        (
            "client:Ana",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
        (
            "client:a\0b",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
        (
            "+13125550123",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
        (
            "sip:ana@example.test",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
        (
            "anonymous",
            &[("To", TO)],
            "belongs to nobody",
            "nobody of ours",
        ),
    ];

    for (n, (from, fields, said, told)) in (1..).zip(cases) {
        let out = sid(n);

        let reply = dials(&world, &out, from, fields).await;

        reply.is_twiml().says(said).says("<Hangup/>");
        assert_eq!(reply.dials(), None, "{from} {fields:?}");
        let journal = world.db_journal(&out).await;
        let last = journal.last().expect("it is written down");
        assert!(last.contains(told), "{last}");
        let story = world.db_story(&out).await.unwrap();
        assert_eq!(story.call.outcome.as_deref(), Some("refused"));
    }
    world.end().await;
}

#[tokio::test]
async fn without_a_number_of_ours_nobody_is_called_out_to() {
    let world = with_ana().await;
    let mut rows = server::seeds::rows().unwrap();
    rows.lines.iter_mut().for_each(|line| line.number = None);
    let scratch = store::Scratch::new().await.unwrap();
    scratch.store().seed(&rows).await.unwrap();
    let silent = World {
        state: server::AppState::new(
            crate::world::config(crate::world::PUBLIC),
            scratch.store(),
            world.clock.clone(),
        )
        .await
        .unwrap(),
        scratch,
        clock: world.clock.clone(),
    };
    add(&silent, "ana", "Ana Torres").await;

    let reply = dials(&silent, &sid(1), ANA, &[("To", TO)]).await;

    reply.is_twiml().says("no number of its own");
    assert_eq!(reply.dials(), None);
    silent.end().await;
    world.end().await;
}

#[tokio::test]
async fn a_repeated_delivery_is_answered_as_before() {
    let world = with_ana().await;
    let out = sid(1);
    let fields = call(
        &out,
        &[("From", ANA), ("To", TO), ("CallStatus", "ringing")],
    );

    let first = world.deliver("token 1", "/twilio/browser", &fields).await;
    let again = world.deliver("token 1", "/twilio/browser", &fields).await;

    assert_eq!(first, again);
    assert_eq!(world.db_story(&out).await.unwrap().entries.len(), 1);
    world.end().await;
}

#[tokio::test]
async fn the_end_of_a_call_that_never_began_is_answered_with_an_apology() {
    let world = with_ana().await;

    let reply = world
        .post("/twilio/browser/end", &call(&sid(1), &[("From", ANA)]))
        .await;

    reply.is_twiml().says("We are sorry");
    assert_eq!(reply.dials(), None);
    let story = world.db_story(&sid(1)).await.unwrap();
    assert_eq!(story.call.outcome.as_deref(), Some("apologised"));
    world.end().await;
}

#[tokio::test]
async fn a_lost_database_is_apologised_for() {
    let world = with_ana().await;
    world.scratch.lose().await.unwrap();

    let reply = dials(&world, &sid(1), ANA, &[("To", TO)]).await;

    reply.is_twiml().says("We are sorry");
    world.scratch.find_again().await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn a_call_that_was_made_is_found_by_who_made_it_and_by_the_number() {
    let world = with_ana().await;
    dials(&world, &sid(1), ANA, &[("To", TO)]).await;

    for search in ["Torres", "(202) 224-2152"] {
        let found = db_search(&world, search).await;

        assert_eq!(found.total, 1, "{search}");
        assert_eq!(
            found.rows[0].title(),
            "Called out by Ana Torres to +1 (202) 224-2152"
        );
    }
    assert_eq!(db_search(&world, "Ben").await.total, 0);
    world.end().await;
}

async fn with_ana() -> World {
    let world = World::new().await;
    add(&world, "ana", "Ana Torres").await;
    world
}

async fn add(world: &World, user_name: &str, name: &str) {
    let person = NewPerson {
        user_name: user_name.to_owned(),
        name: name.to_owned(),
        role: Role::Agent,
        password_hash: "nobody signs in here".to_owned(),
    };
    let is_new = world.state.store.add_person(&person, world.clock.now());
    assert!(is_new.await.expect("people are written"));
}

/// The first request of a call from a browser, as reference B.2 has it.
async fn dials(world: &World, call_sid: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![
        ("From", from),
        ("Caller", from),
        ("To", ""),
        ("Called", ""),
        ("FromState", ""),
        ("FromCountry", ""),
        ("CallStatus", "ringing"),
        ("ApplicationSid", "APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ];
    all.extend(fields);
    world.post("/twilio/browser", &call(call_sid, &all)).await
}

async fn db_search(world: &World, search: &str) -> CallPage {
    let filter = CallFilter {
        search: search.to_owned(),
        ..CallFilter::default()
    };
    let query = filter.query().expect("a search is a query");
    let page = world.state.store.call_page(&query).await;
    page.expect("the database answers")
}
