//! Callers and agents of an account that bears one new call in a second, as accounts do that nobody has raised.

use carrier::engine::{Habit, Place};
use carrier::face::faults::FaultPlan;
use desk::Role;
use exchange::{AgentEvent, Chosen, Duty, OfferOutcome, Stage as At, UserName};
use server::agents;
use store::{Console, NewPerson};
use twilio::CallSid;

use crate::stage::Stage;

/// So many callers come, and so many agents are free.
const MANY: i64 = 30;

/// So many are offered before any call is placed.
const AT_ONCE: usize = 10;

#[tokio::test]
async fn whoever_waits_longest_is_rung_for_first_and_nobody_is_blamed_for_what_was_not_placed() {
    let mut stage = Stage::bearing(1, 7, FaultPlan::default()).await;
    let mut callers = Vec::new();
    for n in 0..MANY {
        callers.push(calls(&mut stage, n).await);
    }
    // They have all been told that they wait.
    stage.passes(5_000).await;
    for n in 0..MANY {
        is_ready(&stage, n).await;
    }

    stage.passes(500).await;
    let rung = reserved(&stage).await;
    for _ in 0..MANY / 5 + 3 {
        stage.passes(5_000).await;
        for n in 0..MANY {
            console_answers(&stage, n).await;
        }
    }

    assert!(
        rung <= AT_ONCE + 1,
        "{rung} are kept from others for what is not placed"
    );
    let mut answered = Vec::new();
    for caller in &callers {
        let offers = offers(&stage, caller).await;
        assert_eq!(offers, [Some(OfferOutcome::Answered)]);
        answered.push(talks_since(&stage, caller).await);
    }
    // Those who are offered at one moment are placed in any order, before whoever is offered later.
    let later = answered.split_off(AT_ONCE);
    assert!(answered.iter().max() < later.iter().min(), "{answered:?}");
    assert!(later.is_sorted(), "{later:?}");
    stage.end().await;
}

async fn calls(stage: &mut Stage, n: i64) -> CallSid {
    let from = format!("+1312555{:04}", 1_000 + n);
    let sid = stage
        .somebody_calls(&from, Place::default(), "support")
        .await;
    stage.passes(50).await;
    sid
}

fn user(n: i64) -> UserName {
    UserName::parse(&format!("agent{n}")).expect("a user name")
}

/// Somebody works here, is at their console and takes calls.
async fn is_ready(stage: &Stage, n: i64) {
    let user = user(n);
    let person = NewPerson {
        user_name: user.to_string(),
        name: format!("Agent {n}"),
        role: Role::Agent,
        password_hash: "none".to_owned(),
    };
    let now = stage.state.clock.now();
    let added = stage.state.store.add_person(&person, now).await;
    assert!(added.expect("it is written"));
    let answers = Habit::Answers {
        after_ms: 1_000,
        hangs_up_after_ms: None,
    };
    stage.carrier.set_phone(&format!("client:{user}"), answers);
    stage
        .carrier
        .with(|engine| engine.register_client(user.as_str()));
    console_answers(stage, n).await;
    let available = AgentEvent::Chose(Chosen::Available);
    agents::tell(&stage.state, &user, &available, None)
        .await
        .expect("it is written");
}

async fn console_answers(stage: &Stage, n: i64) {
    let console = Console {
        connection: format!("console {n}"),
        user: user(n),
        answered: stage.state.clock.now(),
        registered: true,
        microphone: true,
    };
    let written = stage.state.store.console_answered(&console).await;
    written.expect("it is written");
}

/// At how many agents a call is to ring.
async fn reserved(stage: &Stage) -> usize {
    let agents = stage.state.store.agents().await;
    let agents = agents.expect("the database answers").into_iter();
    agents
        .filter(|known| matches!(known.agent.duty, Duty::Ringing { .. }))
        .count()
}

async fn call(stage: &Stage, sid: &CallSid) -> exchange::Call {
    let sid = exchange::CallSid::parse(sid.as_str()).expect("a SID");
    let known = stage.state.store.load(&sid).await;
    known.expect("the database answers").expect("a call").1
}

/// What became of each offer of a caller.
async fn offers(stage: &Stage, sid: &CallSid) -> Vec<Option<OfferOutcome>> {
    let call = call(stage, sid).await;
    let support = call.support().expect("a support call");
    let offers = support.offers.iter();
    offers.map(|offer| offer.outcome.clone()).collect()
}

/// Since when somebody talks with a caller.
async fn talks_since(stage: &Stage, sid: &CallSid) -> exchange::Moment {
    let call = call(stage, sid).await;
    let support = call.support().expect("a support call");
    assert!(
        matches!(support.stage, At::Talking { .. }),
        "{:?}",
        support.stage
    );
    support.seats[0].answered
}
