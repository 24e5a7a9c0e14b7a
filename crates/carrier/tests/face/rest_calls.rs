//! Calls by REST (reference E.2).

use carrier::engine::Habit;

use super::schema::{assert_described, assert_list};
use super::support::{ADA, Answer, BEN, Client, DESK, Got, Stage};

async fn create(client: &Client, more: &[(&str, &str)]) -> Got {
    let mut params = vec![("To", BEN), ("From", DESK)];
    params.extend(more);
    client.post("Calls.json", &params).await
}

const WAIT: (&str, &str) = ("Twiml", "<Response><Pause length=\"600\"/></Response>");

#[tokio::test]
async fn a_call_is_created_answered_and_ended() {
    let stage = Stage::new().await;
    let client = stage.client();

    let made = create(&client, &[WAIT]).await;
    stage.carrier.settled().await;
    stage.carrier.answer(&stage.leg_at(BEN)).unwrap();
    stage.carrier.settled().await;
    let path = format!("Calls/{}.json", made.text("sid"));
    let talking = client.get(&path).await;
    stage.carrier.advance(12_000).await;
    let ended = client.post(&path, &[("Status", "completed")]).await;

    assert_eq!((made.status, made.text("status")), (201, "queued"));
    assert_eq!(
        (talking.status, talking.text("status")),
        (200, "in-progress")
    );
    assert_eq!((ended.status, ended.text("status")), (200, "completed"));
    assert_eq!(ended.text("duration"), "12");
    assert_eq!(ended.text("direction"), "outbound-api");
    assert_eq!(ended.text("to_formatted"), "(202) 555-0199");
    assert_eq!(
        ended.text("date_created"),
        "Fri, 20 Nov 2026 04:30:00 +0000"
    );
    assert_eq!(
        ended.text("uri"),
        format!("/2010-04-01/Accounts/{}/{path}", super::support::ACCOUNT)
    );
    for got in [&made, &talking, &ended] {
        assert_described(&got.json, "call");
    }
}

#[tokio::test]
async fn the_document_of_a_call_is_asked_for_when_it_is_answered() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/out", Answer::twiml("<Say>Hello.</Say>"));
    let callback = stage.app.url("/progress");

    let made = create(
        &stage.client(),
        &[
            ("Url", &stage.app.url("/out")),
            ("StatusCallback", &callback),
            ("StatusCallbackEvent", "initiated"),
            ("StatusCallbackEvent", "ringing"),
            ("StatusCallbackEvent", "answered completed"),
        ],
    )
    .await;
    stage.carrier.settled().await;
    let leg = stage.leg_at(BEN);
    let before = stage.app.asked("/out").len();
    stage.carrier.answer(&leg).unwrap();
    stage.carrier.advance(60_000).await;

    assert_eq!((made.status, before), (201, 0));
    let asked = &stage.app.asked("/out")[0];
    assert_eq!(
        (asked.get("CallStatus"), asked.get("Direction")),
        ("in-progress", "outbound-api")
    );
    let told: Vec<_> = stage
        .app
        .asked("/progress")
        .iter()
        .map(|seen| {
            (
                seen.get("SequenceNumber").to_owned(),
                seen.get("CallStatus").to_owned(),
                seen.is_signed,
            )
        })
        .collect();
    let expected = ["initiated", "ringing", "in-progress", "completed"];
    let expected: Vec<_> = (0..)
        .zip(expected)
        .map(|(number, status): (u32, _)| (number.to_string(), status.to_owned(), true))
        .collect();
    assert_eq!(told, expected, "the callbacks");
}

#[tokio::test]
async fn a_call_in_progress_is_given_another_document() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    stage
        .app
        .answers("/new", Answer::twiml("<Say>Elsewhere.</Say>"));
    let leg = stage.ada_calls().await;
    stage.carrier.advance(61_000).await;
    let second = stage.ada_calls().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Say>Wait.</Say><Pause length=\"60\"/>"),
    );
    let third = stage.ada_calls().await;
    stage.carrier.advance(5_000).await;

    let update = |leg: &twilio::CallSid| {
        let path = format!("Calls/{leg}.json");
        let url = stage.app.url("/new");
        let client = stage.client();
        async move { client.post(&path, &[("Url", &url)]).await }
    };
    let over = update(&leg).await;
    let moved = update(&third).await;
    stage.carrier.settled().await;

    assert_eq!(over.refusal(), (400, 21220));
    assert_eq!((moved.status, moved.text("status")), (200, "in-progress"));
    assert_eq!(stage.said_to(&third), ["Wait.", "Elsewhere."]);
    assert_eq!(stage.said_to(&second), [""; 0]);
}

#[tokio::test]
async fn a_call_that_rings_is_cancelled() {
    let stage = Stage::new().await;
    let made = create(&stage.client(), &[WAIT]).await;
    stage.carrier.settled().await;
    let path = format!("Calls/{}.json", made.text("sid"));

    let cancelled = stage.client().post(&path, &[("Status", "canceled")]).await;

    assert_eq!(cancelled.text("status"), "canceled");
    assert!(cancelled.json["duration"].is_null() || cancelled.json["duration"] == "0");
}

#[tokio::test]
async fn what_happens_at_the_other_end_shows_in_the_status() {
    for (habit, status) in [
        (Habit::Busy, "busy"),
        (Habit::Fails, "failed"),
        (Habit::Declines, "busy"),
        (Habit::NeverAnswers, "no-answer"),
    ] {
        let stage = Stage::new().await;
        stage.carrier.set_phone(BEN, habit);

        let made = create(&stage.client(), &[WAIT, ("Timeout", "20")]).await;
        stage.carrier.advance(30_000).await;

        let path = format!("Calls/{}.json", made.text("sid"));
        assert_eq!(
            stage.client().get(&path).await.text("status"),
            status,
            "{habit:?}"
        );
    }
}

#[tokio::test]
async fn only_a_finished_call_is_deleted() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let leg = stage.ada_calls().await;
    let path = format!("Calls/{leg}.json");

    let early = stage.client().delete(&path).await;
    stage.carrier.hang_up(&leg).unwrap();
    stage.carrier.settled().await;
    let gone = stage.client().delete(&path).await;

    assert_eq!(early.refusal(), (409, 20009));
    assert_eq!((gone.status, gone.json.is_null()), (204, true));
    assert_eq!(stage.client().get(&path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn bad_parameters_have_their_codes() {
    let stage = Stage::new().await;
    let client = stage.client();
    let long = "x".repeat(4_001);
    let url = stage.app.url("/out");
    let cases: [(&[(&str, &str)], u64); 13] = [
        (&[("From", DESK), ("Url", &url)], 21201),
        (&[("To", BEN), ("Url", &url)], 21213),
        (&[("To", "nobody"), ("From", DESK), ("Url", &url)], 21211),
        (&[("To", BEN), ("From", ADA), ("Url", &url)], 21212),
        (&[("To", BEN), ("From", DESK), ("Url", "/out")], 21205),
        (&[("To", BEN), ("From", DESK)], 21205),
        (
            &[
                ("To", BEN),
                ("From", DESK),
                ("Url", &url),
                ("SendDigits", "one"),
            ],
            21206,
        ),
        (
            &[
                ("To", BEN),
                ("From", DESK),
                ("Url", &url),
                ("Timeout", "soon"),
            ],
            21208,
        ),
        (
            &[
                ("To", BEN),
                ("From", DESK),
                ("Url", &url),
                ("Timeout", "601"),
            ],
            21208,
        ),
        (
            &[
                ("To", BEN),
                ("From", DESK),
                ("Url", &url),
                ("Method", "PATCH"),
            ],
            21209,
        ),
        (&[("To", BEN), ("From", DESK), ("Twiml", &long)], 32018),
        (
            &[("To", BEN), ("From", DESK), ("ApplicationSid", "AP1")],
            21218,
        ),
        (
            &[
                ("To", BEN),
                ("From", DESK),
                ("Url", &url),
                ("Colour", "red"),
            ],
            20001,
        ),
    ];
    for (params, code) in cases {
        let got = client.post("Calls.json", params).await;

        assert_eq!(got.refusal(), (400, code), "{params:?}");
        assert_eq!(
            got.text("more_info"),
            format!("https://www.twilio.com/docs/errors/{code}")
        );
    }
    assert!(stage.carrier.legs().is_empty());
}

#[tokio::test]
async fn calls_are_listed_latest_first_page_by_page() {
    let stage = Stage::new().await;
    let client = stage.client();
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(create(&client, &[WAIT]).await.text("sid").to_owned());
        stage.carrier.advance(1_000).await;
    }
    made.reverse();

    let mut found = Vec::new();
    let mut path = "Calls.json?From=%2B15550100001&PageSize=2".to_owned();
    let mut pages = 0;
    loop {
        let page = client.get(&path).await;
        let calls = assert_list(&page.json, "calls", "call");
        found.extend(
            calls
                .iter()
                .map(|call| call["sid"].as_str().unwrap().to_owned()),
        );
        assert_eq!(page.json["page"], pages);
        assert_eq!(page.json["start"], pages * 2);
        pages += 1;
        match page.json["next_page_uri"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }

    assert_eq!(pages, 3);
    assert_eq!(found, made.clone(), "all calls");
    let last = client.get(&path).await;
    let back = client.get(last.text("previous_page_uri")).await;
    let sids: Vec<_> = back.json["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| call["sid"].as_str().unwrap())
        .collect();
    assert_eq!(
        sids,
        vec![made[2].as_str(), made[3].as_str()],
        "the page before"
    );
}

#[tokio::test]
async fn a_call_made_while_a_list_is_read_moves_nothing_in_it() {
    let stage = Stage::new().await;
    let client = stage.client();
    for _ in 0..3 {
        create(&client, &[WAIT]).await;
    }
    let first = client.get("Calls.json?PageSize=2").await;

    create(&client, &[WAIT]).await;
    let second = client.get(first.text("next_page_uri")).await;

    assert_eq!(second.json["calls"].as_array().unwrap().len(), 1);
    assert!(second.json["next_page_uri"].is_null());
}

#[tokio::test]
async fn lists_are_filtered() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Pause length=\"5\"/><Say>Hello.</Say>"),
    );
    let client = stage.client();
    stage.ada_calls().await;
    stage.carrier.advance(60_000).await;
    let made = create(&client, &[WAIT]).await;
    stage.carrier.settled().await;

    for (filter, count) in [
        ("To=%2B12025550199", 1),
        ("From=%2B12025550123", 1),
        ("Status=completed", 1),
        ("Status=ringing", 1),
        ("StartTime=2026-11-20", 2),
        ("StartTime%3E=2026-11-21", 0),
        ("StartTime%3C=2026-11-20", 2),
        ("EndTime%3E=2026-11-20", 1),
        ("ParentCallSid=CA00000000000000000000000000000000", 0),
    ] {
        let got = client.get(&format!("Calls.json?{filter}")).await;
        let calls = assert_list(&got.json, "calls", "call");
        assert_eq!(calls.len(), count, "{filter}");
    }
    assert_eq!(made.status, 201);
}

#[tokio::test]
async fn more_calls_than_a_second_allows_wait_their_turn() {
    let stage = Stage::with(|config| config.settings.calls_per_second = Some(1)).await;
    let client = stage.client();
    create(&client, &[WAIT]).await;

    let second = create(&client, &[WAIT]).await;
    stage.carrier.settled().await;
    let path = format!("Calls/{}.json", second.text("sid"));
    let waiting = client.get(&path).await;
    stage.carrier.advance(1_000).await;
    let rings = client.get(&path).await;

    assert_eq!(
        (waiting.text("status"), rings.text("status")),
        ("queued", "ringing")
    );
    assert_eq!(rings.text("queue_time"), "1000");
}

#[tokio::test]
async fn more_calls_than_the_account_may_have_are_refused() {
    let stage = Stage::with(|config| config.settings.concurrent_calls = Some(1)).await;
    create(&stage.client(), &[WAIT]).await;

    let refused = create(&stage.client(), &[WAIT]).await;

    assert_eq!(refused.refusal(), (429, 10004));
}
