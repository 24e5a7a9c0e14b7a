//! Callers and agents of an account that bears one new call in a second, as accounts do that nobody has raised.

use carrier::engine::{Habit, Place};
use carrier::face::faults::FaultPlan;
use desk::rooms::RoomActForm;
use desk::{Desk, Role, Viewer};
use exchange::{AgentEvent, Chosen, Duty, Moment, OfferOutcome, Stage as At, UserName};
use server::agents;
use server::desk::ViewersDesk;
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
    let board = sue(&stage).board().await.expect("a board");
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
    let why = board.floor.guard.expect("it says why others wait on");
    assert!(why.contains("bears 1 new call in a second"), "{why}");
    let board = sue(&stage).board().await.expect("a board");
    assert_eq!(board.floor.guard, None);
    let mut answered = Vec::new();
    for caller in &callers {
        let offers = offers(&stage, caller).await;
        assert_eq!(offers, [Some(OfferOutcome::Answered)]);
        answered.push(talks_since(&stage, caller).await);
    }
    assert!(answered.is_sorted(), "{answered:?}");
    stage.end().await;
}

#[tokio::test]
async fn the_turn_of_a_caller_who_goes_is_the_next_ones_and_their_agent_is_free_at_once() {
    let mut stage = Stage::bearing(1, 7, FaultPlan::default()).await;
    let mut callers = Vec::new();
    for n in 0..4 {
        callers.push(calls(&mut stage, n).await);
    }
    stage.passes(5_000).await;
    for n in 0..3 {
        is_ready(&stage, n).await;
    }

    // The first is rung for, the second has the next turn.
    stage.passes(300).await;
    let began = rung_since(&stage, &callers[0]).await;
    stage.hangs_up(&callers[1]).await;
    stage.passes(4_000).await;

    let after_ms = |since: Option<Moment>| since.map(|at| at.0 - began.map_or(0, |began| began.0));
    let mut rung = Vec::new();
    for caller in &callers {
        rung.push(after_ms(rung_since(&stage, caller).await));
    }
    assert_eq!(rung, [Some(0), None, Some(1_000), Some(2_000)]);
    stage.end().await;
}

#[tokio::test]
async fn an_offer_is_placed_before_telephones_that_are_called_into_a_room() {
    let mut stage = Stage::bearing(1, 7, FaultPlan::default()).await;
    let moderator = "+12025550142";
    stage
        .somebody_calls(moderator, Place::default(), "conference")
        .await;
    let caller = calls(&mut stage, 0).await;
    stage.passes(8_000).await;
    for n in 0..4 {
        adds(&stage, &format!("+1202555018{n}")).await;
    }

    is_ready(&stage, 0).await;
    stage.passes(1_500).await;
    let is_offered = rung_since(&stage, &caller).await.is_some();
    let first = (rung_outside(&stage), is_offered);
    stage.passes(4_000).await;

    // One of them was asked for before the agent was free.
    assert_eq!(first, (1, true));
    assert_eq!(rung_outside(&stage), 4);
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

/// The desk of a supervisor.
fn sue(stage: &Stage) -> ViewersDesk {
    ViewersDesk {
        state: stage.state.clone(),
        viewer: Some(Viewer {
            user_name: "sue".to_owned(),
            name: "Sue".to_owned(),
            role: Role::Supervisor,
        }),
        is_denied: false,
        is_from_here: true,
        visit: server::auth::Visit::default(),
    }
}

/// Sue has a telephone called into the conference.
async fn adds(stage: &Stage, number: &str) {
    let form = RoomActForm {
        room: "conference.main".to_owned(),
        act: "add".to_owned(),
        number: number.to_owned(),
        ..RoomActForm::default()
    };
    stage.carrier.set_phone(number, Habit::NeverAnswers);
    let done = sue(stage).act_in_room(form).await;
    done.expect("it can be called");
}

/// At how many of the telephones of `adds` it has rung.
fn rung_outside(stage: &Stage) -> usize {
    let legs = stage.carrier.legs().into_iter();
    legs.filter(|leg| leg.number.starts_with("+1202555018"))
        .count()
}

/// Since when the first who was offered a caller is rung, or was.
async fn rung_since(stage: &Stage, sid: &CallSid) -> Option<Moment> {
    let call = call(stage, sid).await;
    let offers = &call.support().expect("a support call").offers;
    offers.first()?.ringing.map(|ringing| ringing.since)
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
async fn talks_since(stage: &Stage, sid: &CallSid) -> Moment {
    let call = call(stage, sid).await;
    let support = call.support().expect("a support call");
    assert!(
        matches!(support.stage, At::Talking { .. }),
        "{:?}",
        support.stage
    );
    support.seats[0].answered
}
