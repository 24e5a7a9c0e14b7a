//! Faults, each in turn (issue 3 §4): on the callbacks and on REST.

use carrier::face::faults::{Fault, FaultPlan};

use super::support::{Answer, BEN, DESK, Seen, Stage};

/// Ben is called with every callback, answers, and hangs up after ten seconds.
async fn a_call_to_ben(stage: &Stage) -> Vec<Seen> {
    let callback = stage.app.url("/progress");
    let params = [
        ("To", BEN),
        ("From", DESK),
        ("Twiml", "<Response><Pause length=\"60\"/></Response>"),
        ("StatusCallback", &callback),
        (
            "StatusCallbackEvent",
            "initiated ringing answered completed",
        ),
    ];
    let made = stage.client().post("Calls.json", &params).await;
    assert_eq!(made.status, 201, "{made:?}");
    stage.carrier.advance(10_000).await;
    let leg = stage.leg_at(BEN);
    stage.carrier.answer(&leg).expect("Ben's telephone rings");
    stage.carrier.advance(10_000).await;
    stage.carrier.hang_up(&leg).expect("Ben is talking");
    stage.carrier.settled().await;
    stage.app.asked("/progress")
}

fn statuses(seen: &[Seen]) -> Vec<String> {
    let words = seen.iter().map(|seen| seen.get("CallStatus").to_owned());
    words.collect()
}

#[tokio::test]
async fn without_faults_callbacks_come_once_and_in_order() {
    let stage = Stage::new().await;

    let told = a_call_to_ben(&stage).await;

    let expected = ["initiated", "ringing", "in-progress", "completed"];
    assert_eq!(statuses(&told), expected);
}

#[tokio::test]
async fn a_lost_callback_never_comes() {
    let stage = Stage::new().await;
    stage.carrier.order_fault(Fault::LostCallback, 1);

    let told = a_call_to_ben(&stage).await;

    assert_eq!(statuses(&told), ["ringing", "in-progress", "completed"]);
    assert_eq!(stage.carrier.faults().struck[&Fault::LostCallback], 1);
}

#[tokio::test]
async fn a_doubled_callback_comes_twice_with_one_token() {
    let stage = Stage::new().await;
    stage.carrier.order_fault(Fault::DoubledCallback, 1);

    let told = a_call_to_ben(&stage).await;

    let expected = [
        "initiated",
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ];
    assert_eq!(statuses(&told), expected);
    let token = |seen: &Seen| seen.header("i-twilio-idempotency-token").to_owned();
    assert_eq!(token(&told[0]), token(&told[1]), "the token");
    assert_ne!(token(&told[1]), token(&told[2]));
}

#[tokio::test]
async fn a_late_callback_comes_when_its_time_has_come() {
    let stage = Stage::with(|config| config.faults.late_ms = 30_000).await;
    stage.carrier.order_fault(Fault::LateCallback, 1);

    let told = a_call_to_ben(&stage).await;
    stage.carrier.advance(9_999).await;
    let before = stage.app.asked("/progress").len();
    stage.carrier.advance(1).await;

    assert_eq!(statuses(&told), ["ringing", "in-progress", "completed"]);
    assert_eq!(before, 3);
    let late = stage.app.asked("/progress")[3].clone();
    assert_eq!(
        (late.get("CallStatus"), late.get("SequenceNumber")),
        ("initiated", "0")
    );
}

#[tokio::test]
async fn a_reordered_callback_comes_behind_the_next_one() {
    let stage = Stage::new().await;
    stage.carrier.order_fault(Fault::ReorderedCallback, 1);

    let told = a_call_to_ben(&stage).await;

    let expected = ["ringing", "initiated", "in-progress", "completed"];
    assert_eq!(statuses(&told), expected);
}

#[tokio::test]
async fn a_reordered_callback_that_nothing_overtakes_comes_late() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Say>Bye.</Say>"));
    stage.carrier.order_fault(Fault::ReorderedCallback, 1);

    stage.ada_calls().await;
    stage.carrier.advance(60_000).await;

    assert_eq!(statuses(&stage.app.asked("/status")), ["completed"]);
}

#[tokio::test]
async fn a_refused_rest_request_does_nothing() {
    for (fault, refusal) in [
        (Fault::TooManyRequests, (429, 20429)),
        (Fault::ServerError, (500, 20500)),
    ] {
        let stage = Stage::new().await;
        stage.carrier.order_fault(fault, 1);
        let params = [("To", BEN), ("From", DESK), ("Twiml", "<Response/>")];

        let got = stage.client().post("Calls.json", &params).await;

        assert_eq!(got.refusal(), refusal, "{}", fault.word());
        let calls = stage.client().get("Calls.json").await;
        assert_eq!(calls.json["calls"].as_array().unwrap().len(), 0);
    }
}

#[tokio::test]
async fn a_lost_answer_hides_what_was_done() {
    for (fault, status) in [(Fault::LostAnswer, 500), (Fault::DroppedConnection, 200)] {
        let stage = Stage::new().await;
        stage.carrier.order_fault(fault, 1);
        let params = [("To", BEN), ("From", DESK), ("Twiml", "<Response/>")];

        let got = stage.client().post("Calls.json", &params).await;

        assert_eq!(got.status, status, "{}", fault.word());
        assert!(got.json["sid"].is_null());
        let calls = stage.client().get("Calls.json").await;
        assert_eq!(calls.json["calls"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_dropped_connection_is_an_error_to_a_client() {
    let stage = Stage::new().await;
    stage.carrier.order_fault(Fault::DroppedConnection, 1);
    let url = format!(
        "{}/2010-04-01/Accounts/x/Calls.json",
        stage.carrier.base_url()
    );
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ask = || {
        client
            .get(&url)
            .basic_auth(super::support::ACCOUNT, Some(super::support::TOKEN))
    };

    let broken = ask().send().await;

    let is_broken = match broken {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(is_broken);
    assert_eq!(ask().send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_slow_answer_waits_for_the_clock() {
    let stage = Stage::with(|config| config.faults.slow_ms = 4_000).await;
    stage.carrier.order_fault(Fault::SlowAnswer, 1);
    let client = stage.client();

    let (got, ()) = tokio::join!(client.get("Calls.json"), stage.carrier.advance(4_000));

    assert_eq!(got.status, 200);
}

#[tokio::test]
async fn a_seed_repeats_what_goes_wrong() {
    let run = async || {
        let stage = Stage::with(|config| {
            config.faults = FaultPlan {
                per_mille: [
                    (Fault::LostCallback, 250),
                    (Fault::DoubledCallback, 250),
                    (Fault::ReorderedCallback, 250),
                ]
                .into(),
                ..FaultPlan::default()
            };
        })
        .await;
        let told = a_call_to_ben(&stage).await;
        stage.carrier.advance(60_000).await;
        (statuses(&told), stage.carrier.faults().struck)
    };

    let first = run().await;

    assert_eq!(first, run().await);
    assert!(!first.1.is_empty());
}

#[tokio::test]
async fn wrong_settings_are_refused_as_twilio_refuses_them() {
    let stage = Stage::new().await;

    let mut refusals = Vec::new();
    for fault in [Fault::Unauthorized, Fault::NotFound] {
        stage.carrier.order_fault(fault, 1);
        let got = stage.client().get("IncomingPhoneNumbers.json").await;
        refusals.push((got.status, got.json["code"].as_u64()));
    }

    assert_eq!(refusals, [(401, Some(20003)), (404, Some(20404))]);
}

#[tokio::test]
async fn with_every_fault_at_random_calls_end_and_each_event_keeps_its_number() {
    for seed in 0..12 {
        let stage = Stage::with(|config| {
            config.seed = seed;
            config.faults.per_mille = Fault::ALL.map(|fault| (fault, 150)).into();
        })
        .await;
        stage.app.answers(
            "/voice",
            Answer::twiml("<Say>Hello.</Say><Redirect>/next</Redirect>"),
        );
        stage.app.answers(
            "/next",
            Answer::twiml(&format!("<Dial action=\"/after\">{BEN}</Dial>")),
        );
        stage.app.answers("/after", Answer::twiml("<Hangup/>"));
        let habit = carrier::engine::Habit::Answers {
            after_ms: 2_000,
            hangs_up_after_ms: Some(5_000),
        };
        stage.carrier.set_phone(BEN, habit);

        let mut legs = Vec::new();
        for _ in 0..4 {
            legs.push(stage.ada_calls().await);
        }
        stage.carrier.advance(600_000).await;

        for leg in &legs {
            let ends = stage.statuses_of(leg);
            assert_eq!(
                ends.last().map(String::as_str),
                Some("completed"),
                "seed {seed}"
            );
            let told = stage.app.asked("/status");
            let own = told
                .iter()
                .filter(|seen| seen.get("CallSid") == leg.as_str());
            let tokens: std::collections::BTreeSet<_> = own
                .map(|seen| seen.header("i-twilio-idempotency-token").to_owned())
                .collect();
            assert!(tokens.len() <= 1, "seed {seed}: {tokens:?}");
        }
        assert!(stage.app.all().iter().all(|seen| seen.is_signed));
    }
}

#[tokio::test]
async fn the_next_telephones_do_what_was_ordered() {
    for (fault, status) in [
        (Fault::Busy, "busy"),
        (Fault::NoAnswer, "no-answer"),
        (Fault::Failed, "failed"),
    ] {
        let stage = Stage::new().await;
        let habit = carrier::engine::Habit::Answers {
            after_ms: 1_000,
            hangs_up_after_ms: None,
        };
        stage.carrier.set_phone(BEN, habit);
        stage.carrier.order_fault(fault, 1);
        let twiml = "<Response><Pause length=\"600\"/></Response>";
        let params = [
            ("To", BEN),
            ("From", DESK),
            ("Twiml", twiml),
            ("Timeout", "20"),
        ];

        let ordered = stage.carrier.faults().ordered;
        let unlucky = stage.client().post("Calls.json", &params).await;
        let lucky = stage.client().post("Calls.json", &params).await;
        stage.carrier.advance(60_000).await;

        assert_eq!(ordered[&fault], 1);
        for (made, status) in [(unlucky, status), (lucky, "in-progress")] {
            let path = format!("Calls/{}.json", made.text("sid"));
            let got = stage.client().get(&path).await;
            assert_eq!(got.text("status"), status, "{}", fault.word());
        }
    }
}

#[tokio::test]
async fn telephones_fail_at_random_from_a_seed() {
    let run = async |seed| {
        let stage = Stage::with(|config| {
            config.seed = seed;
            config.faults.per_mille = [
                (Fault::Busy, 300),
                (Fault::NoAnswer, 300),
                (Fault::Failed, 300),
            ]
            .into();
        })
        .await;
        let twiml = "<Response><Pause length=\"600\"/></Response>";
        let params = [
            ("To", BEN),
            ("From", DESK),
            ("Twiml", twiml),
            ("Timeout", "20"),
        ];
        for _ in 0..20 {
            stage.client().post("Calls.json", &params).await;
        }
        stage.carrier.advance(60_000).await;
        let list = stage.client().get("Calls.json").await;
        let calls = list.json["calls"].as_array().unwrap().clone();
        calls
            .iter()
            .map(|call| call["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };

    let first = run(3).await;

    assert_eq!(first, run(3).await);
    for status in ["busy", "no-answer", "failed"] {
        assert!(first.iter().any(|one| one == status), "{status}: {first:?}");
    }
}
