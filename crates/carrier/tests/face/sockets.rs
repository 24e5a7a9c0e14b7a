//! The sockets of browsers: who is let in, what closes them, what goes wrong with them on purpose.

use axum::Router;
use axum::http::Method;
use axum::routing::any_service;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use super::support::{Answer, Browser, SDP, Stage, signed_with, token};

#[tokio::test]
async fn garbage_closes_its_socket_and_nothing_else() {
    let stage = Stage::for_browsers().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Dial><Client>agent_1</Client></Dial>"),
    );
    let mut other = Browser::of(&stage.carrier, "agent_1").await;
    let long = format!("{{\"type\": \"{}\"}}", "x".repeat(64 * 1024));
    for garbage in [
        Message::text("{"),
        Message::text("[]"),
        Message::text(long),
        Message::binary(vec![1, 2, 3]),
    ] {
        let mut browser = Browser::of(&stage.carrier, "agent_1").await;

        browser.send_raw(garbage).await;
        browser.until_closed().await;
    }

    stage.until_sockets_are(1).await;
    stage.ada_calls().await;
    let invite = other.hears("invite").await;
    assert!(invite["callsid"].is_string());
}

#[tokio::test]
async fn an_unknown_frame_changes_nothing() {
    let stage = Stage::for_browsers().await;
    stage.app.answers(
        "/voice",
        Answer::twiml("<Dial><Client>agent_1</Client></Dial>"),
    );
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    agent.send("dance", json!({"partner": null})).await;
    stage.ada_calls().await;

    assert!(agent.hears("invite").await["callsid"].is_string());
}

#[tokio::test]
async fn a_token_that_somebody_else_signed_is_refused_with_its_reason() {
    let stage = Stage::for_browsers().await;
    let mut browser = Browser::open(&stage.carrier).await;

    let forged = signed_with("another secret", &stage.carrier, "agent_1");
    browser.shows(&forged).await;
    let frames = browser.until_closed().await;

    assert_eq!(frames[0]["type"], "error");
    assert!(frames[0]["payload"]["error"]["code"].is_u64(), "{frames:?}");
    assert_eq!(frames[1]["type"], "close");
    assert!(stage.carrier.clients().is_empty());
}

#[tokio::test]
async fn with_public_secrets_only_pages_of_this_machine_are_let_in() {
    let public = Stage::for_browsers().await;
    let private = Stage::for_browsers_with(|config| {
        config.api_keys[0].secret = "nobody knows it".to_owned();
    })
    .await;
    let cases = [
        (&public, "http://localhost:3000", Ok(())),
        (&public, "http://desk.localhost:3000", Ok(())),
        (&public, "https://example.org", Err(403)),
        (&public, "null", Err(403)),
        (&private, "https://example.org", Ok(())),
    ];
    for (stage, origin, let_in) in cases {
        let opened = Browser::try_open(stage.carrier.address(), &[("origin", origin)]).await;

        assert_eq!(opened.map(|_| ()), let_in, "{origin}");
    }
}

#[tokio::test]
async fn browsers_may_come_by_whoever_else_serves_the_router() {
    let stage = Stage::for_browsers().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let only_signal = Router::new().route("/signal", any_service(stage.carrier.router()));
    let mut serving = JoinSet::new();
    serving.spawn(async move { axum::serve(listener, only_signal).await });

    let mut browser = Browser::open_at(address).await;
    let connected = browser.listens(&token(&stage.carrier, "agent_1")).await;

    assert_eq!(connected["token"]["identity"], "agent_1");
}

#[tokio::test]
async fn clients_are_listed_and_troubled_over_http() {
    let stage = Stage::for_browsers().await;
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;
    let client = stage.client();
    let fault = async |who: &str, body: Value| {
        let path = format!("clients/{who}/fault");
        client.control(Method::POST, &path, body).await
    };

    let listed = client.control(Method::GET, "clients", Value::Null).await;
    let nobody = fault("agent_2", json!({"fault": "dropped_socket"})).await;
    let nonsense = fault("agent_1", json!({"fault": "rain"})).await;
    let unmeasured = fault("agent_1", json!({"fault": "slow_answer"})).await;
    let expired = fault("agent_1", json!({"fault": "expired_token"})).await;
    let error = agent.hears("error").await;
    let mut other = Browser::of(&stage.carrier, "agent_3").await;
    let dropped = fault("agent_3", json!({"fault": "dropped_socket"})).await;

    assert_eq!(listed.json[0]["identity"], "agent_1");
    assert_eq!(listed.json[0]["sockets"][0]["is_registered"], true);
    assert_eq!(listed.json[0]["calls"], json!([]));
    assert_eq!(nobody.status, 404);
    assert_eq!((nonsense.status, nonsense.text("field")), (400, "fault"));
    assert_eq!((unmeasured.status, unmeasured.text("field")), (400, "ms"));
    assert_eq!((expired.status, dropped.status), (204, 204));
    assert_eq!(error["error"]["code"], 31205);
    other
        .send("register", json!({"media": {"audio": true}}))
        .await;
    other.until_closed().await;
}

#[tokio::test]
async fn a_token_is_renewed_on_its_socket() {
    let stage = Stage::for_browsers().await;
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;

    stage.carrier.advance(3_000_000).await;
    let connected = agent.listens(&token(&stage.carrier, "agent_1")).await;

    assert_eq!(connected["token"]["identity"], "agent_1");
    assert_eq!(connected["token"]["ttl"], 3_600);
}

#[tokio::test]
async fn an_application_is_set_up_over_http() {
    let stage = Stage::for_browsers().await;
    stage.app.answers("/other", Answer::twiml("<Hangup/>"));
    let mut agent = Browser::of(&stage.carrier, "agent_1").await;
    let client = stage.client();
    let set = async |sid: &str, body: Value| {
        let path = format!("applications/{sid}");
        client.control(Method::PUT, &path, body).await
    };

    let sid = "AP00000000000000000000000000000000";
    let done = set(sid, json!({"voice_url": stage.app.url("/other")})).await;
    let unnamed = set("browsers", json!({})).await;
    let misspelt = set(sid, json!({"url": "x"})).await;
    let invite = json!({"callsid": "TJSone", "sdp": SDP, "twilio": {"params": ""}});
    agent.send("invite", invite).await;
    stage.until_asked("/other").await;

    assert_eq!(done.status, 204);
    assert_eq!((unnamed.status, unnamed.text("field")), (400, "sid"));
    assert_eq!((misspelt.status, misspelt.text("field")), (400, "url"));
}
