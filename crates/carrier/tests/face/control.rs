//! The control API: telephones, clock, faults, and who may use it.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use carrier::face::ClockKind;
use serde_json::{Value, json};

use super::support::{ADA, Answer, BEN, DESK, Stage};

#[tokio::test]
async fn a_whole_call_is_made_over_http() {
    let stage = Stage::new().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Gather numDigits=\"1\" action=\"/menu\"><Say>Press one.</Say></Gather>"),
    );
    stage
        .app
        .answers("/menu", Answer::twiml(&format!("<Dial>{BEN}</Dial>")));
    let client = stage.client();
    let post = async |path: &str, body: Value| client.control(Method::POST, path, body).await;

    let call =
        json!({"from": ADA, "to": DESK, "name": "Ada", "place": {"state": "IL", "zip": "60601"}});
    let placed = post("calls", call).await;
    let ada = placed.text("sid").to_owned();
    assert_eq!(
        (placed.status, post("settle", Value::Null).await.status),
        (201, 204)
    );
    let pressed = post(&format!("legs/{ada}/press"), json!({"keys": "1"})).await;
    post("settle", Value::Null).await;
    let legs = client.control(Method::GET, "legs", Value::Null).await;
    let ben = legs.json[1]["sid"].as_str().unwrap().to_owned();
    let answered = post(&format!("legs/{ben}/answer"), Value::Null).await;
    let spoken = post(&format!("legs/{ben}/speak"), json!({"text": "Ben here."})).await;
    let moved = post("clock", json!({"advance_ms": 5000})).await;
    let hung_up = post(&format!("legs/{ben}/hang_up"), Value::Null).await;
    post("settle", Value::Null).await;

    let asked = &stage.app.asked("/voice")[0];
    assert_eq!(
        (
            asked.get("FromState"),
            asked.get("FromZip"),
            asked.get("CallerName")
        ),
        ("IL", "60601", "Ada")
    );
    assert_eq!(stage.app.asked("/menu")[0].get("Digits"), "1");
    for got in [pressed, answered, spoken, hung_up] {
        assert_eq!(got.status, 204, "{got:?}");
    }
    assert_eq!(moved.json["now"], 1_795_149_005_000_i64);
    let shown = client
        .control(Method::GET, &format!("legs/{ada}"), Value::Null)
        .await;
    let log = shown.json["log"].to_string();
    for part in ["Press one.", "Ben here.", "pressed"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert_eq!(shown.json["leg"]["state"], "over");
    let all = client.control(Method::GET, "log", Value::Null).await;
    let times: Vec<_> = all
        .json
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["at"].as_i64())
        .collect();
    assert!(times.is_sorted() && times.len() > 5);
}

#[tokio::test]
async fn bad_input_names_its_field() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let leg = stage.ada_calls().await;
    let cases = [
        (
            Method::POST,
            "calls".to_owned(),
            json!({"to": DESK}),
            "from",
        ),
        (Method::POST, "calls".to_owned(), json!({"from": ADA}), "to"),
        (
            Method::POST,
            "calls".to_owned(),
            json!({"from": ADA, "to": BEN}),
            "to",
        ),
        (
            Method::POST,
            "calls".to_owned(),
            json!({"from": "the moon", "to": DESK}),
            "from",
        ),
        (
            Method::POST,
            "calls".to_owned(),
            json!({"from": "", "to": DESK}),
            "from",
        ),
        (
            Method::POST,
            "calls".to_owned(),
            json!({"from": ADA, "to": DESK, "place": {"zip": 60601}}),
            "place.zip",
        ),
        (
            Method::POST,
            "calls".to_owned(),
            json!({"from": ADA, "to": DESK, "mood": "good"}),
            "mood",
        ),
        (Method::POST, format!("legs/{leg}/press"), json!({}), "keys"),
        (
            Method::POST,
            format!("legs/{leg}/press"),
            json!({"keys": "x"}),
            "keys",
        ),
        (
            Method::POST,
            format!("legs/{leg}/speak"),
            json!({"text": " "}),
            "text",
        ),
        (
            Method::PUT,
            format!("phones/{BEN}"),
            json!({"habit": "dances"}),
            "habit",
        ),
        (Method::POST, "clock".to_owned(), json!({}), "advance_ms"),
        (
            Method::POST,
            "clock".to_owned(),
            json!({"advance_ms": -1}),
            "advance_ms",
        ),
        (
            Method::POST,
            "faults".to_owned(),
            json!({"fault": "rain"}),
            "fault",
        ),
        (
            Method::PUT,
            "faults".to_owned(),
            json!({"per_mille": {"rain": 1}}),
            "per_mille.rain",
        ),
        (
            Method::PUT,
            "faults".to_owned(),
            json!({"per_mille": {"lost_callback": 1001}}),
            "per_mille.lost_callback",
        ),
    ];
    for (method, path, body, field) in cases {
        let about = format!("{path} {body}");
        let got = stage.client().control(method, &path, body).await;

        assert_eq!(got.status, 400, "{about}");
        assert_eq!(got.json["field"].as_str(), Some(field), "{about}");
        assert!(got.json["message"].is_string());
    }
}

#[tokio::test]
async fn what_cannot_be_done_now_is_a_conflict_and_an_unknown_leg_is_not_found() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let leg = stage.ada_calls().await;
    let post = async |path: String| {
        stage
            .client()
            .control(Method::POST, &path, Value::Null)
            .await
    };

    let conflict = post(format!("legs/{leg}/answer")).await;
    let unknown = post("legs/CA00000000000000000000000000000000/answer".to_owned()).await;
    let nonsense = post("legs/x/answer".to_owned()).await;

    assert_eq!(
        (conflict.status, unknown.status, nonsense.status),
        (409, 404, 404)
    );
}

#[tokio::test]
async fn a_telephone_keeps_to_its_habit() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml(&format!("<Dial>{BEN}</Dial>")));
    let habit = json!({"habit": "answers", "after_ms": 3000, "hangs_up_after_ms": 20000});
    let path = format!("phones/{BEN}");

    let set = stage.client().control(Method::PUT, &path, habit).await;
    stage.ada_calls().await;
    let ben = stage.leg_at(BEN);
    stage.carrier.advance(60_000).await;

    assert_eq!(set.status, 204);
    assert_eq!(
        stage.statuses_of(&ben).last().map(String::as_str),
        Some("completed")
    );
    let got = stage.client().get(&format!("Calls/{ben}.json")).await;
    assert_eq!(
        (got.text("duration"), got.text("direction")),
        ("20", "outbound-dial")
    );
}

#[tokio::test]
async fn faults_are_ordered_and_planned_over_http() {
    let stage = Stage::new().await;
    let client = stage.client();

    let ordered = json!({"fault": "lost_callback", "times": 3});
    let ordered = client.control(Method::POST, "faults", ordered).await;
    let plan = json!({"per_mille": {"late_callback": 20}, "late_ms": 500});
    let planned = client.control(Method::PUT, "faults", plan).await;

    assert_eq!(ordered.json["ordered"]["lost_callback"], 3);
    assert_eq!(planned.json["plan"]["per_mille"]["late_callback"], 20);
    assert_eq!(planned.json["plan"]["late_ms"], 500);
}

#[tokio::test]
async fn the_machines_clock_is_not_moved() {
    let stage = Stage::with(|config| config.clock = ClockKind::Real).await;

    let body = json!({"advance_ms": 1});
    let got = stage.client().control(Method::POST, "clock", body).await;

    assert_eq!(got.status, 409);
}

#[tokio::test]
async fn nobody_from_elsewhere_gets_in() {
    let stage = Stage::new().await;
    let cases: [(&[(&str, &str)], u16); 8] = [
        (&[("host", "localhost:8010")], 200),
        (
            &[("host", "127.0.0.1"), ("origin", "http://localhost:3000")],
            200,
        ),
        (
            &[("host", "[::1]:8010"), ("origin", "https://127.0.0.1")],
            200,
        ),
        (&[("host", "carrier.example.org")], 403),
        (
            &[("host", "localhost"), ("origin", "https://example.org")],
            403,
        ),
        (&[("host", "localhost"), ("origin", "null")], 403),
        (
            &[
                ("host", "localhost"),
                ("origin", "http://localhost.example.org"),
            ],
            403,
        ),
        (&[], 403),
    ];
    for (headers, status) in cases {
        let mut request = Request::builder().uri("/control/legs");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }

        let got = stage
            .client()
            .send(request.body(Body::empty()).unwrap())
            .await;

        assert_eq!(got.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn a_peer_elsewhere_stays_out_whatever_host_it_names() {
    let stage = Stage::new().await;
    for (peer, status) in [
        ("127.0.0.1:50000", 200),
        ("[::1]:50000", 200),
        ("[::ffff:127.0.0.1]:50000", 200),
        ("192.0.2.7:50000", 403),
        ("[2001:db8::7]:50000", 403),
    ] {
        let peer: SocketAddr = peer.parse().unwrap();
        let request = Request::builder()
            .uri("/control/legs")
            .header("host", "localhost")
            .extension(ConnectInfo(peer));

        let got = stage
            .client()
            .send(request.body(Body::empty()).unwrap())
            .await;

        assert_eq!(got.status, status, "{peer}");
    }
}

#[tokio::test]
async fn a_feed_tells_which_leg_changed() {
    let stage = Stage::new().await;
    stage
        .app
        .answers("/voice", Answer::twiml("<Pause length=\"60\"/>"));
    let url = format!("{}/control/events", stage.carrier.base_url());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut feed = http.get(url).send().await.unwrap();

    let leg = stage.ada_calls().await;
    let event = feed.chunk().await.unwrap().unwrap();

    let event = String::from_utf8(event.to_vec()).unwrap();
    assert_eq!(feed.headers()["content-type"], "text/event-stream");
    assert!(event.contains("event: changed"), "{event}");
    assert!(event.contains(leg.as_str()), "{event}");
}
