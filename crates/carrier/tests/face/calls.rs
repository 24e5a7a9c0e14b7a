//! Whole calls: documents obeyed, callbacks told, on either clock.

use carrier::engine::{Habit, LogEntry};
use carrier::face::{Carrier, ClockKind};
use twilio::CallSid;

use super::support::{Answer, BEN, Stage};

fn menu_and_dial(stage: &Stage) {
    stage.app.answers(
        "/voice",
        Answer::twiml(
            "<Gather numDigits=\"1\" timeout=\"5\" action=\"/menu\"><Say>Hi</Say></Gather>",
        ),
    );
    let dial = format!("<Dial action=\"/after\" timeout=\"20\">{BEN}</Dial>");
    stage.app.answers("/menu", Answer::twiml(&dial));
    stage.app.answers("/after", Answer::twiml("<Say>Bye</Say>"));
}

#[tokio::test]
async fn a_caller_is_put_through_and_said_goodbye_to() {
    let stage = Stage::new().await;
    menu_and_dial(&stage);

    let ada = stage.ada_calls().await;
    stage.carrier.press(&ada, "1").unwrap();
    stage.carrier.settled().await;
    let ben = stage.leg_at(BEN);
    stage.carrier.answer(&ben).unwrap();
    stage.carrier.advance(30_000).await;
    stage.carrier.hang_up(&ben).unwrap();
    stage.carrier.advance(10_000).await;

    let after = &stage.app.asked("/after")[0];
    assert_eq!(after.get("DialCallStatus"), "completed");
    assert_eq!(
        (after.get("DialCallDuration"), after.get("DialCallSid")),
        ("30", ben.as_str())
    );
    assert_eq!(stage.said_to(&ada), ["Hi", "Bye"]);
    let ended = stage.app.asked("/status");
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].get("CallStatus"), "completed");
    assert!(stage.app.all().iter().all(|seen| seen.is_signed));
}

#[tokio::test]
async fn time_passes_from_due_moment_to_due_moment() {
    let stage = Stage::new().await;
    stage.app.answers_in_turn(
        "/voice",
        [
            Answer::twiml("<Pause length=\"10\"/><Redirect/>"),
            Answer::twiml("<Pause length=\"10\"/><Redirect>/late</Redirect>"),
        ],
    );
    stage.app.answers("/late", Answer::twiml("<Say>Late</Say>"));

    let ada = stage.ada_calls().await;
    stage.carrier.advance(3_600_000).await;

    let said = stage.carrier.log(&ada);
    let said = said
        .iter()
        .find(|entry| serde_json::to_value(entry).unwrap()["noted"] == "said");
    assert_eq!(said.unwrap().at, super::support::START.plus(20_000));
}

#[tokio::test]
async fn subscribers_hear_of_every_leg_that_changes() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"5\"/>"));
    let mut changes = stage.carrier.subscribe();

    let ada = stage.ada_calls().await;

    assert_eq!(changes.try_recv().unwrap(), ada);
}

#[tokio::test]
async fn a_stopped_carrier_asks_nobody() {
    let stage = Stage::new().await;
    stage.app.answers("/voice", Answer::Never);
    let call = carrier::engine::PlaceCall {
        from: super::support::ADA.to_owned(),
        to: super::support::DESK.to_owned(),
        ..carrier::engine::PlaceCall::default()
    };
    stage.carrier.place_call(call).unwrap();

    stage.carrier.stop().await;
    stage.carrier.settled().await;

    assert!(reqwest::get(stage.carrier.base_url()).await.is_err());
}

#[tokio::test]
async fn both_clocks_give_one_log() {
    let run = async |clock: ClockKind| {
        let stage = Stage::with(|config| {
            config.clock = clock;
            config.settings.speech_ms_per_char = 1;
        })
        .await;
        menu_and_dial(&stage);
        stage.carrier.set_phone(
            BEN,
            Habit::Answers {
                after_ms: 20,
                hangs_up_after_ms: Some(30),
            },
        );
        let ada = stage.ada_calls().await;
        stage.carrier.press(&ada, "1").unwrap();
        stage.carrier.settled().await;
        let ben = stage.leg_at(BEN);
        while is_on(&stage.carrier, &ada) {
            stage.carrier.advance(10).await;
        }
        let untimed =
            |log: Vec<LogEntry>| log.into_iter().map(|entry| entry.what).collect::<Vec<_>>();
        let log = [
            untimed(stage.carrier.log(&ada)),
            untimed(stage.carrier.log(&ben)),
        ];
        let base = stage.app.url("");
        format!("{log:?}").replace(&base, "")
    };

    let manual = run(ClockKind::Manual {
        start: super::support::START,
    })
    .await;

    assert_eq!(manual, run(ClockKind::Real).await);
}

fn is_on(carrier: &Carrier, leg: &CallSid) -> bool {
    carrier.with(|engine| engine.call(leg).is_some_and(|call| call.ended.is_none()))
}
