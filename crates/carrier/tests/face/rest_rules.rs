//! What holds for every REST request (reference E.1, E.8).

use axum::body::Body;
use axum::http::{Method, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrier::face::{ApiKey, DEMONSTRATION_KEY_SECRET, DEMONSTRATION_KEY_SID, DEMONSTRATION_TOKEN};

use super::schema::FACTS;
use super::support::{ACCOUNT, Stage, TOKEN};

#[tokio::test]
async fn only_who_knows_the_token_or_a_key_is_let_in() {
    let stage = Stage::with(|config| {
        config.api_keys = vec![ApiKey {
            sid: "SK00000000000000000000000000000001".to_owned(),
            secret: "secret".to_owned(),
        }];
    })
    .await;
    let cases = [
        (Some((ACCOUNT, TOKEN)), 200),
        (Some(("SK00000000000000000000000000000001", "secret")), 200),
        (Some((ACCOUNT, "secret")), 401),
        (Some(("SK00000000000000000000000000000001", TOKEN)), 401),
        (Some((ACCOUNT, "")), 401),
        (Some(("", TOKEN)), 401),
        (None, 401),
    ];
    for (pair, status) in cases {
        let got = stage.client().with_pair(pair).get("Calls.json").await;

        assert_eq!(got.status, status, "{pair:?}");
        if status == 401 {
            assert_eq!(got.refusal(), (401, 20003));
            assert_eq!(got.text("message"), "Authenticate");
            assert!(got.headers.contains_key("www-authenticate"));
        }
    }
}

#[tokio::test]
async fn the_public_key_opens_rest_to_this_machine_only() {
    let stage = Stage::with(|config| config.api_keys = vec![ApiKey::of_demonstration()]).await;
    let pair = STANDARD.encode(format!(
        "{DEMONSTRATION_KEY_SID}:{DEMONSTRATION_KEY_SECRET}"
    ));
    for (host, status) in [("localhost:3000", 200), ("rebound.example.org", 403)] {
        let request = Request::builder()
            .uri(format!("/2010-04-01/Accounts/{ACCOUNT}/Calls.json"))
            .header("authorization", format!("Basic {pair}"))
            .header("host", host);

        let got = stage
            .client()
            .send(request.body(Body::empty()).unwrap())
            .await;

        assert_eq!(got.status, status, "{host}");
    }
}

#[tokio::test]
async fn a_carrier_with_the_public_token_answers_this_machine_only() {
    let public = Stage::with(|config| config.auth_token = DEMONSTRATION_TOKEN.to_owned()).await;
    let private = Stage::new().await;
    let (public, private) = ((&public, DEMONSTRATION_TOKEN), (&private, TOKEN));
    let elsewhere = Some("rebound.example.org");
    let cases = [
        (public, Some("127.0.0.1:8010"), None, 200),
        (
            public,
            Some("localhost"),
            Some("http://localhost:3000"),
            200,
        ),
        (public, Some("localhost"), Some("https://example.org"), 403),
        (public, elsewhere, None, 403),
        (public, None, None, 403),
        (private, elsewhere, None, 200),
    ];
    for ((stage, token), host, origin, status) in cases {
        let pair = STANDARD.encode(format!("{ACCOUNT}:{token}"));
        let mut request = Request::builder()
            .uri(format!("/2010-04-01/Accounts/{ACCOUNT}/Calls.json"))
            .header("authorization", format!("Basic {pair}"));
        for (name, value) in [("host", host), ("origin", origin)] {
            request = match value {
                Some(value) => request.header(name, value),
                None => request,
            };
        }

        let got = stage
            .client()
            .send(request.body(Body::empty()).expect("a request"))
            .await;

        assert_eq!(got.status, status, "{host:?} {origin:?}");
    }
}

#[tokio::test]
async fn another_account_is_not_found() {
    let stage = Stage::new().await;
    let stranger = stage
        .client()
        .of_account("AC00000000000000000000000000000002");

    assert_eq!(stranger.get("Calls.json").await.refusal(), (404, 20404));
}

#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let stage = Stage::new().await;
    let client = stage.client();

    for path in [
        "Nothing.json",
        "Calls",
        "Calls/CA00000000000000000000000000000000.json",
        "Calls/CA1.json",
        "Calls/%ff.json",
        "Conferences/CF00000000000000000000000000000000.json",
        "Queues/QU00000000000000000000000000000000/Members.json",
        "IncomingPhoneNumbers/PN00000000000000000000000000000000.json",
        "/2010-04-01/Accounts.json",
        "/2010-04-01/Accounts/a/b/c/d/e/f/g.json",
    ] {
        let got = client.get(path).await;

        assert_eq!(got.refusal(), (404, 20404), "{path}");
    }
}

#[tokio::test]
async fn a_verb_that_a_resource_has_not_is_not_allowed() {
    let stage = Stage::new().await;

    for (method, path) in [
        (Method::PUT, "Calls.json"),
        (Method::PATCH, "Calls.json"),
        (Method::DELETE, "Calls.json"),
        (Method::DELETE, "IncomingPhoneNumbers.json"),
        (Method::POST, "Conferences.json"),
        (Method::POST, "Recordings.json"),
    ] {
        let got = stage.client().rest(method.clone(), path, &[]).await;

        assert_eq!(got.refusal(), (405, 20004), "{method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_once_it_is_known_who_asks() {
    let stage = Stage::new().await;
    let long = "x".repeat(3_000_000);
    let params = [("To", long.as_str())];

    let known = stage.client().post("Calls.json", &params).await;
    let stranger = stage.client().with_pair(None);
    let unknown = stranger.post("Calls.json", &params).await;

    assert_eq!(known.refusal(), (413, 20001));
    assert!(known.headers.contains_key("twilio-request-id"));
    assert_eq!(unknown.refusal(), (401, 20003));
}

#[tokio::test]
async fn pages_have_their_rules() {
    let stage = Stage::new().await;

    for (query, code) in [
        ("PageSize=1001", 20007),
        ("PageSize=many", 20001),
        ("Page=2", 21481),
        ("PageToken=x", 21481),
        ("PageToken=PACA00000000000000000000000000000000", 21481),
        ("Page=x&PageToken=PA", 21481),
        ("Colour=red", 20001),
    ] {
        let got = stage.client().get(&format!("Calls.json?{query}")).await;

        assert_eq!(got.refusal(), (400, code), "{query}");
    }
    let got = stage.client().get("Calls.json?PageSize=1000").await;
    assert_eq!(got.json["page_size"], 1000);
}

#[tokio::test]
async fn every_described_parameter_is_known() {
    let stage = Stage::new().await;

    for (operation, names) in &FACTS.operations {
        let (method, path) = operation.split_once(' ').unwrap();
        let path = path
            .replace("{Sid}", &sid_for(path))
            .replace("{ConferenceSid}", "CF00000000000000000000000000000000")
            .replace("{QueueSid}", "QU00000000000000000000000000000000")
            .replace("{CallSid}", "CA00000000000000000000000000000000");
        let params: Vec<_> = names.iter().map(|name| (name.as_str(), "1")).collect();
        let got = match method {
            "GET" => {
                let query: twilio::Form = params.iter().copied().collect();
                stage
                    .client()
                    .get(&format!("{path}?{}", query.write()))
                    .await
            }
            "POST" => stage.client().post(&path, &params).await,
            _ => continue,
        };

        let message = got.json["message"].as_str().unwrap_or_default();
        assert!(
            !message.starts_with("Unknown parameter"),
            "{operation}: {message}"
        );
        assert_ne!(got.status, 405, "{operation}");
    }
}

fn sid_for(path: &str) -> String {
    let prefix = [
        ("Recordings/{Sid}", "RE"),
        ("Conferences/{Sid}", "CF"),
        ("Queues/{Sid}", "QU"),
        ("IncomingPhoneNumbers/{Sid}", "PN"),
    ]
    .into_iter()
    .find(|(part, _)| path.contains(part))
    .map_or("CA", |(_, prefix)| prefix);
    format!("{prefix}{}", "0".repeat(32))
}

#[tokio::test]
async fn every_answer_is_marked() {
    let stage = Stage::new().await;

    let got = stage.client().get("Calls.json").await;

    let header = |name| got.headers[name].to_str().unwrap();
    assert!(header("twilio-request-id").starts_with("RQ"));
    assert_eq!(header("twilio-request-id").len(), 34);
    assert_eq!(header("twilio-concurrent-requests"), "1");
    assert_eq!(header("x-home-region"), "us1");
    assert_eq!(header("content-type"), "application/json");
}

#[tokio::test]
async fn more_requests_than_may_be_under_way_are_refused() {
    let stage = Stage::with(|config| config.rest_concurrency = Some(0)).await;

    assert_eq!(
        stage.client().get("Calls.json").await.refusal(),
        (429, 20429)
    );
}
