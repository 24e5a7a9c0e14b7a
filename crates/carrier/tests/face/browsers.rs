//! Calls of browsers: they are rung, answer, decline, call out, press keys, leave and come back.

use carrier::engine::{Habit, LegState};
use serde_json::{Value, json};
use twilio::CallSid;

use super::support::{ADA, Answer, BEN, Browser, DESK, SDP, Stage};

fn dial_agent(stage: &Stage) {
    let verbs = "<Dial action=\"/after\" timeout=\"20\"><Client><Identity>agent_1</Identity>\
                 <Parameter name=\"visit\" value=\"7 &amp; 8\"/></Client></Dial>";
    stage.app.answers("/voice", Answer::twiml(verbs));
}

fn leg_of(frame: &Value) -> CallSid {
    CallSid::parse(frame["callsid"].as_str().expect("a call")).expect("a SID")
}

#[tokio::test]
async fn a_browser_is_rung_answers_and_hangs_up() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    stage.ada_calls().await;
    let invite = agent.hears("invite").await;
    agent
        .send("answer", json!({"callsid": invite["callsid"], "sdp": SDP}))
        .await;
    stage.until_talking(&leg_of(&invite)).await;
    stage.carrier.advance(30_000).await;
    agent
        .send("hangup", json!({"callsid": invite["callsid"]}))
        .await;
    let after = stage.until_asked("/after").await;

    let told = &invite["parameters"];
    assert_eq!(
        (&told["From"], &told["To"], &told["CallSid"]),
        (&json!(ADA), &json!("client:agent_1"), &invite["callsid"])
    );
    assert_eq!(told["Params"], "visit=7+%26+8");
    assert!(invite["sdp"].as_str().unwrap().starts_with("v=0\r\n"));
    assert_eq!(after.get("DialCallStatus"), "completed");
    assert_eq!(after.get("DialCallDuration"), "30");
    assert_eq!(after.get("DialCallSid"), invite["callsid"]);
}

#[tokio::test]
async fn a_caller_who_gives_up_ends_the_ringing() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    let ada = stage.ada_calls().await;
    let invite = agent.hears("invite").await;
    stage.carrier.hang_up(&ada).unwrap();
    let cancel = agent.hears("cancel").await;

    assert_eq!(cancel["callsid"], invite["callsid"]);
}

#[tokio::test]
async fn two_tabs_ring_and_the_first_to_answer_has_the_call() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    let mut first = Browser::of(&stage.carrier, "agent_1").await;
    let mut second = Browser::of(&stage.carrier, "agent_1").await;

    let ada = stage.ada_calls().await;
    let (one, other) = (first.hears("invite").await, second.hears("invite").await);
    second
        .send("answer", json!({"callsid": other["callsid"], "sdp": SDP}))
        .await;
    let cancel = first.hears("cancel").await;
    stage.until_talking(&leg_of(&one)).await;
    stage.carrier.hang_up(&ada).unwrap();
    let over = second.hears("hangup").await;

    assert_eq!(one["callsid"], other["callsid"]);
    assert_eq!(
        (&cancel["callsid"], &over["callsid"]),
        (&one["callsid"], &one["callsid"])
    );
}

#[tokio::test]
async fn whoever_declines_is_busy_and_whoever_vanishes_is_not_there() {
    for (leaves, status) in [("reject", "busy"), ("", "no-answer")] {
        let stage = Stage::for_browsers().await;
        dial_agent(&stage);
        let mut agent = Browser::of(&stage.carrier, "agent_1").await;

        stage.ada_calls().await;
        let invite = agent.hears("invite").await;
        if leaves.is_empty() {
            drop(agent);
        } else {
            agent
                .send(leaves, json!({"callsid": invite["callsid"]}))
                .await;
        }
        let after = stage.until_asked("/after").await;

        assert_eq!(after.get("DialCallStatus"), status, "{leaves}");
    }
}

#[tokio::test]
async fn a_browser_calls_out_through_its_application() {
    let stage = Stage::for_browsers().await;
    let dial = format!("<Dial answerOnBridge=\"true\" callerId=\"{DESK}\">{BEN}</Dial>");
    stage.app.answers("/browser", Answer::twiml(&dial));
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    let params = format!("To=%2B12025550199&Line=desk+1&From={ADA}");
    let invite = json!({"callsid": "TJSone", "sdp": SDP, "twilio": {"params": params}});
    agent.send("invite", invite).await;
    let asked = stage.until_asked("/browser").await;
    let ringing = agent.hears("ringing").await;
    stage.carrier.settled().await;
    let ben = stage.leg_at(BEN);
    stage.carrier.answer(&ben).unwrap();
    let answer = agent.hears("answer").await;
    stage.carrier.hang_up(&ben).unwrap();
    stage.carrier.settled().await;
    let over = agent.hears("hangup").await;

    assert!(asked.is_signed);
    assert_eq!(
        (asked.get("From"), asked.get("To"), asked.get("Line")),
        ("client:agent_1", BEN, "desk 1")
    );
    assert_eq!(asked.get("Direction"), "inbound");
    assert_eq!(ringing["callsid"], asked.get("CallSid"));
    assert_eq!(answer["callsid"], ringing["callsid"]);
    assert!(answer["sdp"].as_str().unwrap().starts_with("v=0\r\n"));
    assert!(answer["reconnect"].is_string());
    assert_eq!(over["callsid"], ringing["callsid"]);
    let told = stage.until_asked("/browser-status").await;
    assert_eq!(told.get("CallStatus"), "completed");
}

#[tokio::test]
async fn keys_that_a_browser_sends_are_gathered() {
    let stage = Stage::for_browsers().await;
    stage.app.answers(
        "/browser",
        Answer::twiml("<Gather numDigits=\"2\" action=\"/keys\"/>"),
    );
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    let invite = json!({"callsid": "TJSone", "sdp": SDP, "twilio": {"params": ""}});
    agent.send("invite", invite).await;
    let answer = agent.hears("answer").await;
    agent
        .send("dtmf", json!({"callsid": answer["callsid"], "dtmf": "4#"}))
        .await;
    agent
        .send("dtmf", json!({"callsid": answer["callsid"], "dtmf": "2"}))
        .await;
    let keys = stage.until_asked("/keys").await;

    assert_eq!(keys.get("Digits"), "4");
    assert_eq!(keys.get("FinishedOnKey"), "#");
}

#[tokio::test]
async fn a_call_goes_on_when_its_browser_comes_back() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;
    let ada = stage.ada_calls().await;
    let invite = agent.hears("invite").await;
    agent
        .send("answer", json!({"callsid": invite["callsid"], "sdp": SDP}))
        .await;
    stage.until_talking(&leg_of(&invite)).await;

    drop(agent);
    stage.until_sockets_are(0).await;
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;
    let (callsid, reconnect) = (&invite["callsid"], &invite["reconnect"]);
    agent
        .send(
            "invite",
            json!({"callsid": callsid, "reconnect": reconnect, "sdp": SDP, "twilio": {}}),
        )
        .await;
    let answer = agent.hears("answer").await;
    stage.carrier.advance(60_000).await;

    assert_eq!(answer["callsid"], invite["callsid"]);
    assert_eq!(stage.state_of(&ada), LegState::Talking);
}

#[tokio::test]
async fn a_call_is_over_when_its_browser_does_not_come_back() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;
    stage.ada_calls().await;
    let invite = agent.hears("invite").await;
    agent
        .send("answer", json!({"callsid": invite["callsid"], "sdp": SDP}))
        .await;
    stage.until_talking(&leg_of(&invite)).await;

    drop(agent);
    stage.until_sockets_are(0).await;
    stage.carrier.advance(29_000).await;
    let before = stage.app.asked("/after").len();
    stage.carrier.advance(2_000).await;

    assert_eq!((before, stage.app.asked("/after").len()), (0, 1));
}

#[tokio::test]
async fn a_client_that_a_program_plays_rings_without_a_browser() {
    let stage = Stage::for_browsers().await;
    dial_agent(&stage);
    stage
        .carrier
        .with(|engine| engine.register_client("agent_1"));
    let habit = Habit::Answers {
        after_ms: 2_000,
        hangs_up_after_ms: Some(5_000),
    };
    stage.carrier.set_phone("client:agent_1", habit);

    stage.ada_calls().await;
    stage.carrier.advance(10_000).await;

    let after = &stage.app.asked("/after")[0];
    assert_eq!(after.get("DialCallDuration"), "5");
}
