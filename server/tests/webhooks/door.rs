//! One door: repeats, other processes, another plan, a database that is gone.

use exchange::{DirectoryId, Moment, PhoneNumber};
use futures::future::join_all;

use crate::world::{World, call, send, sid, signed};
use axum::http::Method;

const WELCOME: &str = "/callcongress/welcome";
const SET_STATE: &str = "/callcongress/set-state";

#[tokio::test]
async fn a_second_delivery_changes_nothing_and_gets_the_same_document() {
    let world = World::new().await;
    let ida = sid(1);
    world.deliver("one", WELCOME, &call(&ida, &[])).await;

    let first = world
        .deliver("two", SET_STATE, &call(&ida, &[("Digits", "9")]))
        .await;
    let again = world
        .deliver("two", SET_STATE, &call(&ida, &[("Digits", "9")]))
        .await;

    assert_eq!(first, again);
    assert_eq!(world.db_story(&ida).await.unwrap().entries.len(), 2);
    world.end().await;
}

#[tokio::test]
async fn the_same_wrong_key_twice_is_two_answers() {
    let world = World::new().await;
    let ida = sid(1);
    world.deliver("one", WELCOME, &call(&ida, &[])).await;

    for token in ["two", "three", "four"] {
        world
            .deliver(token, SET_STATE, &call(&ida, &[("Digits", "9")]))
            .await;
    }

    assert_eq!(
        world.db_story(&ida).await.unwrap().call.outcome.as_deref(),
        Some("no-input")
    );
    world.end().await;
}

#[tokio::test]
async fn deliveries_at_once_are_one() {
    let world = World::new().await;
    let another = world.another().await;
    let ida = sid(1);
    let fields = call(&ida, &[]);

    let replies = join_all((0..20).map(|n| {
        let state = if n % 2 == 0 { &world.state } else { &another };
        send(
            state,
            signed(
                Method::POST,
                crate::world::PUBLIC,
                WELCOME,
                &fields,
                Some("one"),
            ),
        )
    }))
    .await;

    assert!(
        replies.iter().all(|reply| reply == &replies[0]),
        "{replies:?}"
    );
    replies[0].is_twiml();
    assert_eq!(world.db_story(&ida).await.unwrap().entries.len(), 1);
    another.store.close().await;
    world.end().await;
}

#[tokio::test]
async fn requests_at_once_are_each_decided_on_what_the_others_left() {
    let world = World::new().await;
    let another = world.another().await;
    let ida = sid(1);
    world.post(WELCOME, &call(&ida, &[])).await;
    let fields = call(&ida, &[("Digits", "9")]);

    join_all((0..10).map(|n| {
        let state = if n % 2 == 0 { &world.state } else { &another };
        send(
            state,
            signed(Method::POST, crate::world::PUBLIC, SET_STATE, &fields, None),
        )
    }))
    .await;

    let journal = world.db_journal(&ida).await;
    let wrong = journal
        .iter()
        .filter(|line| line.contains("means nothing"))
        .count();
    let late = journal
        .iter()
        .filter(|line| line.contains("after the call had ended"))
        .count();
    assert_eq!((wrong, late), (3, 7), "{journal:?}");
    another.store.close().await;
    world.end().await;
}

#[tokio::test]
async fn a_hundred_requests_of_one_call_at_once_are_all_decided() {
    let world = World::new().await;
    let ida = sid(1);
    let fields = call(&ida, &[("Digits", "9")]);

    let replies = join_all((0..100).map(|_| {
        send(
            &world.state,
            signed(Method::POST, crate::world::PUBLIC, SET_STATE, &fields, None),
        )
    }))
    .await;

    assert!(
        replies
            .iter()
            .all(|reply| !reply.body.contains("went wrong"))
    );
    assert_eq!(world.db_story(&ida).await.unwrap().entries.len(), 100);
    world.end().await;
}

#[tokio::test]
async fn a_call_goes_on_in_another_process() {
    let world = World::new().await;
    let ida = sid(1);
    world.post(WELCOME, &call(&ida, &[])).await;
    let another = world.another().await;

    let fields = call(&ida, &[("Digits", "2")]);
    let zip = send(
        &another,
        signed(Method::POST, crate::world::PUBLIC, SET_STATE, &fields, None),
    )
    .await;

    assert_eq!(zip.leads_to().unwrap(), "/callcongress/state-lookup");
    let back = world
        .post(
            "/callcongress/state-lookup",
            &call(&ida, &[("Digits", "*")]),
        )
        .await;
    back.says("Illinois");
    another.store.close().await;
    world.end().await;
}

#[tokio::test]
async fn a_changed_directory_counts_from_the_next_webhook_on() {
    let world = World::new().await;
    let senators = DirectoryId::parse("senators").unwrap();
    let (_, rows) = world.state.store.plan().await.unwrap();
    let directory = rows
        .directories
        .iter()
        .find(|directory| directory.id == senators)
        .unwrap()
        .clone();
    let mut offices = world.state.store.offices(&senators).await.unwrap();
    for office in offices
        .iter_mut()
        .filter(|office| office.name.contains("Durbin"))
    {
        office.phone = PhoneNumber::parse("+12025550188").unwrap();
    }
    world.post(WELCOME, &call(&sid(1), &[])).await;

    world
        .state
        .store
        .replace_offices(&directory, &offices, "a test", Moment(1))
        .await
        .unwrap();
    let dialled = world
        .post(SET_STATE, &call(&sid(1), &[("Digits", "1")]))
        .await;

    assert_eq!(dialled.dials(), Some("+12025550188"));
    world.end().await;
}

#[tokio::test]
async fn a_database_that_is_gone_is_apologised_for() {
    let world = World::new().await;
    world.state.store.close().await;

    let apology = world.post(WELCOME, &call(&sid(1), &[])).await;
    let status = world
        .post(
            "/twilio/call-status",
            &call(&sid(1), &[("CallStatus", "completed")]),
        )
        .await;
    let fallback = world
        .post(
            "/twilio/fallback",
            &call(&sid(1), &[("ErrorCode", "11200")]),
        )
        .await;

    apology.is_twiml().says("<Hangup/>").says("call again");
    assert_eq!(status.status, 503);
    assert_eq!(fallback, apology);
    world.scratch.drop_now().await.expect("the database goes");
}
