//! Calls whose last callback is lost, late, doubled or early.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use server::carrier_api::CarrierApi;
use server::effects;
use twilio::rest::{Account, Client};

use crate::world::{ACCOUNT, TOKEN, ToldAnswers, World, call, sid};

const QUARTER_HOUR: Duration = Duration::from_secs(15 * 60);

async fn world_with(answers: &[(u16, &str)]) -> (World, Arc<Mutex<Vec<(u16, String)>>>) {
    let mut world = World::new().await;
    let answers = answers
        .iter()
        .map(|(status, body)| (*status, (*body).to_owned()))
        .collect();
    let answers = Arc::new(Mutex::new(answers));
    let account =
        Account::with_auth_token(twilio::AccountSid::parse(ACCOUNT).expect("a SID"), TOKEN);
    let client =
        Client::new(Arc::new(ToldAnswers(Arc::clone(&answers))), &account).expect("an address");
    world.state.carrier = CarrierApi::over(client);
    (world, answers)
}

fn resource(sid: &str, status: &str) -> String {
    format!(
        r#"{{"sid":"{sid}","account_sid":"{ACCOUNT}","status":"{status}","direction":"inbound","from":"+13125550123","to":"+12025550100","duration":"12"}}"#
    )
}

#[tokio::test]
async fn a_lost_callback_is_made_up_for_by_asking() {
    let ida = sid(1);
    let (world, _) = world_with(&[(200, &resource(&ida, "completed"))]).await;
    world.post("/callcongress/welcome", &call(&ida, &[])).await;

    assert_eq!(effects::run_due(&world.state).await.unwrap(), 0);
    world.clock.advance(QUARTER_HOUR);
    assert_eq!(effects::run_due(&world.state).await.unwrap(), 1);

    assert_eq!(
        world.db_story(&ida).await.unwrap().call.outcome.as_deref(),
        Some("hung-up")
    );
    world.clock.advance(QUARTER_HOUR);
    assert_eq!(effects::run_due(&world.state).await.unwrap(), 0);
    world.end().await;
}

#[tokio::test]
async fn a_carrier_that_fails_is_asked_again_after_a_while() {
    let ida = sid(1);
    let (world, answers) = world_with(&[
        (503, "{}"),
        (429, "{}"),
        (200, &resource(&ida, "in-progress")),
        (404, "{}"),
    ])
    .await;
    world.post("/callcongress/welcome", &call(&ida, &[])).await;
    world.clock.advance(QUARTER_HOUR);

    assert_eq!(effects::run_due(&world.state).await.unwrap(), 1);
    assert_eq!(
        effects::run_due(&world.state).await.unwrap(),
        0,
        "it waits first"
    );
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(effects::run_due(&world.state).await.unwrap(), 1);
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(effects::run_due(&world.state).await.unwrap(), 1);
    assert_eq!(
        world.db_story(&ida).await.unwrap().call.outcome,
        None,
        "the carrier says it is under way"
    );
    world.clock.advance(QUARTER_HOUR);
    assert_eq!(effects::run_due(&world.state).await.unwrap(), 1);

    assert!(answers.lock().unwrap().is_empty());
    assert_eq!(
        world.db_story(&ida).await.unwrap().call.outcome.as_deref(),
        Some("unknown")
    );
    world.end().await;
}

#[tokio::test]
async fn two_runners_ask_once() {
    let ida = sid(1);
    let (world, answers) = world_with(&[(200, &resource(&ida, "completed"))]).await;
    world.post("/callcongress/welcome", &call(&ida, &[])).await;
    world.clock.advance(QUARTER_HOUR);
    let mut another = world.another().await;
    another.carrier = world.state.carrier.clone();

    let (here, there) = tokio::join!(effects::run_due(&world.state), effects::run_due(&another));

    assert_eq!(here.unwrap() + there.unwrap(), 1);
    assert!(answers.lock().unwrap().is_empty());
    another.store.close().await;
    world.end().await;
}

#[tokio::test]
async fn callbacks_may_come_twice_and_for_calls_nobody_knows() {
    let world = World::new().await;
    let ida = sid(1);
    world.post("/callcongress/welcome", &call(&ida, &[])).await;
    let completed = [("CallStatus", "completed"), ("SequenceNumber", "0")];

    for _ in 0..3 {
        assert_eq!(
            world
                .post("/twilio/call-status", &call(&ida, &completed))
                .await
                .status,
            204
        );
        assert_eq!(
            world
                .post("/twilio/call-status", &call(&sid(9), &completed))
                .await
                .status,
            204
        );
    }

    assert_eq!(world.db_story(&ida).await.unwrap().entries.len(), 2);
    assert_eq!(world.db_story(&sid(9)).await, None);
    world.end().await;
}

#[tokio::test]
async fn the_end_may_be_told_before_the_last_question_is_answered() {
    let world = World::new().await;
    let ida = sid(1);
    world.post("/callcongress/welcome", &call(&ida, &[])).await;
    world
        .post(
            "/twilio/call-status",
            &call(&ida, &[("CallStatus", "completed")]),
        )
        .await;

    let late = world
        .post("/callcongress/set-state", &call(&ida, &[("Digits", "1")]))
        .await;

    late.is_twiml().says("<Hangup/>");
    assert_eq!(late.dials(), None);
    assert_eq!(
        world.db_story(&ida).await.unwrap().call.outcome.as_deref(),
        Some("hung-up")
    );
    world.end().await;
}

#[tokio::test]
async fn a_call_that_is_over_is_not_asked_about() {
    let ida = sid(1);
    let (world, answers) = world_with(&[(200, &resource(&ida, "completed"))]).await;
    world.post("/callcongress/welcome", &call(&ida, &[])).await;
    world
        .post(
            "/twilio/call-status",
            &call(&ida, &[("CallStatus", "completed")]),
        )
        .await;
    let entries = world.db_story(&ida).await.unwrap().entries.len();
    world.clock.advance(QUARTER_HOUR);

    effects::run_due(&world.state).await.unwrap();

    assert_eq!(answers.lock().unwrap().len(), 1, "nobody asked");
    assert_eq!(world.db_story(&ida).await.unwrap().entries.len(), entries);
    world.end().await;
}
