//! A support call, told from both ends of the wire.

use carrier::engine::Habit;
use desk::Role;
use exchange::{AgentEvent, Chosen, Command, Event, Stage as At, Support, SupportEvent, UserName};
use server::agents;
use server::door::{self, Knock};
use store::{Console, NewPerson};
use twilio::CallSid;

use crate::person::stage;
use crate::stage::Stage;

const ADA: &str = "client:ada";

#[tokio::test]
async fn a_caller_hears_words_and_music_until_an_agent_answers() {
    let mut stage = stage().await;
    let answers = Habit::Answers {
        after_ms: 2_000,
        hangs_up_after_ms: None,
    };
    stage.carrier.set_phone(ADA, answers);

    let cleo = stage.ida_calls("support").await;
    stage.passes(58_000).await;
    let waits = asked(&stage, &cleo, "/conference/wait").await;
    let heard = stage.said_to(&cleo).join(" ");
    ada_is_ready(&stage).await;
    stage.passes(4_000).await;
    let talking = support(&stage, &cleo).await;

    assert_eq!(waits, 3, "the music takes 24 s");
    assert_eq!(heard.matches("You are next in line.").count(), 1, "{heard}");
    let At::Talking { agent, leg, .. } = talking.stage else {
        panic!("{:?}", talking.stage);
    };
    assert_eq!(agent.as_str(), "ada");
    assert!(talking.seats[0].joined.is_some(), "the carrier told of it");
    let ada = stage.status_of(&CallSid::parse(leg.as_str()).expect("a SID"));
    assert_eq!(ada, ("in-progress".to_owned(), None));
    assert_eq!(asked(&stage, &cleo, "/conference/wait").await, 3);
    stage.end().await;
}

#[tokio::test]
async fn a_caller_whose_agent_is_lost_hears_music_again_at_once() {
    let mut stage = stage().await;
    ada_is_ready(&stage).await;
    let goes = Habit::Answers {
        after_ms: 1_000,
        hangs_up_after_ms: Some(5_000),
    };
    stage.carrier.set_phone(ADA, goes);

    let cleo = stage.ida_calls("support").await;
    // Ada's leaving is told to end the room, and does.
    stage.passes(8_000).await;
    let kept = support(&stage, &cleo).await;

    let offers: Vec<_> = kept
        .offers
        .iter()
        .map(|offer| (offer.agent.as_str(), offer.again))
        .collect();
    assert_eq!(offers, [("ada", false), ("ada", true)]);
    let heard = stage.said_to(&cleo).join(" ");
    assert!(
        heard.contains("the connection was lost on our side"),
        "{heard}"
    );
    assert_eq!(stage.status_of(&cleo).1, None, "the caller is on the line");
    stage.end().await;
}

#[tokio::test]
async fn a_click_ends_the_talk_and_two_questions_follow() {
    let mut stage = stage().await;
    ada_is_ready(&stage).await;
    stage.carrier.set_phone(
        ADA,
        Habit::Answers {
            after_ms: 3_000,
            hangs_up_after_ms: None,
        },
    );

    let cleo = stage.ida_calls("support").await;
    stage.passes(30_000).await;
    clicks(&stage, &cleo, Command::HangUp).await;
    stage.passes(5_000).await;
    stage.presses(&cleo, "1").await;
    stage.passes(1_000).await;
    stage.presses(&cleo, "1").await;
    stage.is_over(&cleo).await;

    let story = stage.story(&cleo).await.expect("it was written down");
    let told: Vec<String> = story
        .entries
        .into_iter()
        .flat_map(|one| one.lines)
        .collect();
    assert_eq!(story.call.outcome.as_deref(), Some("connected"), "{told:?}");
    assert!(told.contains(&"Ada hung up.".to_owned()), "{told:?}");
    assert_eq!(asked(&stage, &cleo, "/keyed").await, 2, "{told:?}");
    stage.end().await;
}

#[tokio::test]
async fn whoever_declines_is_not_rung_again_and_the_caller_may_leave_a_message() {
    let mut stage = stage().await;
    ada_is_ready(&stage).await;
    stage.carrier.set_phone(ADA, Habit::Declines);

    let cleo = stage.ida_calls("support").await;
    stage.passes(125_000).await;
    let waiting = support(&stage, &cleo).await;
    stage.presses(&cleo, "2").await;
    stage.passes(8_000).await;
    stage.carrier.speak(&cleo, "Call me.").expect("they record");
    stage.passes(4_000).await;
    stage.presses(&cleo, "#").await;
    stage.is_over(&cleo).await;

    assert_eq!(waiting.offers.len(), 1);
    let story = stage.story(&cleo).await.expect("it was written down");
    assert_eq!(story.call.outcome.as_deref(), Some("voicemail"));
    let sid = exchange::CallSid::parse(cleo.as_str()).expect("a SID");
    let kept = stage.state.store.voicemail(&sid).await;
    assert!(kept.expect("the database answers").is_some());
    stage.end().await;
}

#[tokio::test]
async fn a_caller_who_gives_up_stops_what_rings() {
    let mut stage = stage().await;
    ada_is_ready(&stage).await;
    stage.carrier.set_phone(ADA, Habit::NeverAnswers);

    let cleo = stage.ida_calls("support").await;
    let ringing = stage.rings_at(ADA).await;
    stage.passes(3_000).await;
    stage.hangs_up(&cleo).await;
    stage.passes(1_000).await;

    assert_eq!(stage.status_of(&ringing).0, "canceled");
    let story = stage.story(&cleo).await.expect("it was written down");
    assert_eq!(story.call.outcome.as_deref(), Some("abandoned"));
    stage.end().await;
}

/// Ada clicks.
async fn clicks(stage: &Stage, call: &CallSid, what: Command) {
    let sid = exchange::CallSid::parse(call.as_str()).expect("a SID");
    let by = UserName::parse("ada").expect("a user name");
    let knock = Knock {
        sid: &sid,
        identity: None,
        name: "A click",
        request: store::Request::default(),
        settles: None,
    };
    let event = Event::Support(SupportEvent::Command { by, what });
    let done = door::enter(&stage.state, knock, event, |_| None).await;
    assert!(done.is_ok());
}

/// Ada works here, is at her console and takes calls.
async fn ada_is_ready(stage: &Stage) {
    let ada = UserName::parse("ada").expect("a user name");
    let person = NewPerson {
        user_name: ada.to_string(),
        name: "Ada".to_owned(),
        role: Role::Agent,
        password_hash: "none".to_owned(),
    };
    let (store, now) = (&stage.state.store, stage.state.clock.now());
    assert!(store.add_person(&person, now).await.expect("it is written"));
    let carrier = &stage.carrier;
    carrier.with(|engine| engine.register_client(ada.as_str()));
    answers(stage).await;
    let available = AgentEvent::Chose(Chosen::Available);
    agents::tell(&stage.state, &ada, &available, None)
        .await
        .expect("it is written");
}

/// Ada's console answers a ping.
async fn answers(stage: &Stage) {
    let console = Console {
        connection: "one".to_owned(),
        user: UserName::parse("ada").expect("a user name"),
        answered: stage.state.clock.now(),
        registered: true,
        microphone: true,
    };
    let written = stage.state.store.console_answered(&console).await;
    written.expect("it is written");
}

async fn support(stage: &Stage, sid: &CallSid) -> Support {
    let sid = exchange::CallSid::parse(sid.as_str()).expect("a SID");
    let known = stage
        .state
        .store
        .load(&sid)
        .await
        .expect("the database answers");
    let (_, call) = known.expect("the call was written down");
    call.support().expect("a support call").clone()
}

/// How often something was asked of us.
async fn asked(stage: &Stage, sid: &CallSid, path: &str) -> usize {
    let story = stage.story(sid).await.expect("the call was written down");
    let asks = story
        .entries
        .iter()
        .filter(|entry| entry.event.ends_with(path));
    asks.count()
}
