//! What bad input gets on the routes of support calls.

use crate::support::{CLIENT, caller, callers_room, leg, music, path, says};
use crate::world::{ACCOUNT, World, sid};

#[tokio::test]
async fn an_unknown_agent_is_kept_waiting_and_the_caller_waits_on() {
    let world = World::new().await;
    let cleo = sid(1);
    world.post(CLIENT, &caller(&cleo, &[])).await;
    let steps = world.db_steps(&cleo).await;

    for agent in ["agent9", "nobody", "..", "agent%20one", "a-b", "agent1%2Fx"] {
        let reply = world
            .post(
                &path(&cleo, &format!("connect/{agent}")),
                &leg(&sid(11), &[]),
            )
            .await;

        reply.is(&[&music("/conference/hold")]);
    }
    assert_eq!(world.db_steps(&cleo).await, steps);
    world.end().await;
}

#[tokio::test]
async fn a_caller_who_is_sent_where_agents_go_waits_in_their_own_room() {
    let world = World::new().await;
    let cleo = sid(1);
    world.post(CLIENT, &caller(&cleo, &[])).await;

    for agent in ["agent1", "agent9", "ada?offer=1"] {
        let reply = world
            .post(
                &path(&cleo, &format!("connect/{agent}")),
                &caller(&cleo, &[]),
            )
            .await;

        reply.is(&[&callers_room(&cleo)]);
    }
    world.end().await;
}

#[tokio::test]
async fn somebody_of_whom_nothing_is_known_hears_music_while_they_wait() {
    let world = World::new().await;

    let wait = world.post("/conference/wait", &caller(&sid(1), &[])).await;

    wait.is(&[&music("/conference/hold")]);
    assert_eq!(world.db_calls().await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_nonsense_offer_lets_nobody_in() {
    let world = World::new().await;
    let cleo = sid(1);
    world.ada_is_ready().await;
    world.post(CLIENT, &caller(&cleo, &[])).await;
    world.looks().await;

    for offer in ["", "0", "2", "-1", "one", "99999999999999999999", "1%00"] {
        let reply = world
            .post(
                &path(&cleo, &format!("connect/ada?offer={offer}")),
                &leg(&sid(11), &[]),
            )
            .await;

        reply.is(&[
            &says("This caller is no longer waiting for you."),
            "<Hangup/>",
        ]);
    }
    let joins = world
        .post(&path(&cleo, "connect/ada?offer=1"), &leg(&sid(11), &[]))
        .await;
    joins.says("<Conference ");
    world.end().await;
}

#[tokio::test]
async fn a_step_out_of_order_leads_to_where_the_caller_belongs() {
    let world = World::new().await;
    for (n, step) in (1..).zip([
        "next",
        "left",
        "keyed",
        "recorded",
        "no-such-step",
        "connect",
    ]) {
        let cleo = sid(n);
        let first = world.post(&path(&cleo, step), &caller(&cleo, &[])).await;
        let second = world
            .post(&path(&cleo, step), &caller(&cleo, &[("Digits", "7")]))
            .await;

        first.is(&[&callers_room(&cleo)]);
        second.is(&[&callers_room(&cleo)]);
    }
    world.end().await;
}

#[tokio::test]
async fn whatever_the_path_says_the_one_who_asks_is_answered() {
    let world = World::new().await;
    let (cleo, dora) = (sid(1), sid(2));
    world.post(CLIENT, &caller(&cleo, &[])).await;

    for of in [dora.as_str(), "nonsense", "CA1", "%FF%00"] {
        world
            .post(&path(of, "next"), &caller(&cleo, &[]))
            .await
            .is(&[&callers_room(&cleo)]);
    }
    for path in [
        "/conference",
        "/conference/",
        "/conference/no-such-call",
        "/conference/no-such/thing",
    ] {
        world
            .post(path, &caller(&cleo, &[]))
            .await
            .is(&[&callers_room(&cleo)]);
    }
    assert_eq!(world.db_calls().await, 1);
    world.end().await;
}

#[tokio::test]
async fn nonsense_is_answered_with_a_document() {
    let world = World::new().await;
    let cleo = sid(1);
    let cases: [(String, Vec<(&str, &str)>); 9] = [
        (CLIENT.to_owned(), vec![("AccountSid", ACCOUNT)]),
        ("/conference/wait".to_owned(), vec![]),
        ("/conference/hold".to_owned(), vec![("CallSid", "nonsense")]),
        (path("nonsense", "connect/agent1"), leg(&cleo, &[])),
        (path("nonsense", "agent-left"), leg(&cleo, &[])),
        (path("%FF", "connect/%FF"), leg(&cleo, &[])),
        (path(&cleo, "agent-left"), vec![]),
        (path(&cleo, "connect/agent1"), vec![]),
        // A leg that we made is no caller.
        (path(&cleo, "next"), leg(&cleo, &[])),
    ];

    for (path, fields) in &cases {
        world.post(path, fields).await.is_twiml().says("<Hangup/>");
    }
    assert_eq!(world.db_calls().await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_caller_who_waits_waits_on_when_the_database_is_gone() {
    let world = World::new().await;
    let cleo = sid(1);
    world.post(CLIENT, &caller(&cleo, &[])).await;
    world.state.store.close().await;

    let wait = world.post("/conference/wait", &caller(&cleo, &[])).await;
    let hold = world.post("/conference/hold", &caller(&cleo, &[])).await;
    let entry = world.post(CLIENT, &caller(&sid(2), &[])).await;
    let agent = world
        .post(&path(&cleo, "connect/agent1"), &leg(&sid(11), &[]))
        .await;
    let status = world
        .post(
            &format!("/twilio/leg-status?call={cleo}&offer=1"),
            &leg(&sid(11), &[]),
        )
        .await;

    wait.is(&[&music("/conference/wait")]);
    hold.is(&[&music("/conference/hold")]);
    entry.is_twiml().says("call again");
    agent.is_twiml().says("<Hangup/>");
    assert_eq!(status.status, 503);
    world.scratch.drop_now().await.expect("the database goes");
}
