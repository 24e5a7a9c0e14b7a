//! What bad input gets.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use twilio::form::Form;

use crate::world::{ACCOUNT, PUBLIC, TOKEN, World, call, send, sid, signed};

#[tokio::test]
async fn a_request_that_is_not_signed_for_us_is_refused_and_nothing_is_written() {
    let world = World::new().await;
    let (ida, path) = (sid(1), "/callcongress/welcome");
    let fields = call(&ida, &[]);
    let without = |name: &str| {
        let mut request = signed(Method::POST, PUBLIC, path, &fields, None);
        request.headers_mut().remove(name);
        request
    };
    let mut wrong = signed(Method::POST, PUBLIC, path, &fields, None);
    wrong.headers_mut().insert(
        "x-twilio-signature",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().unwrap(),
    );
    let another = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    let cases = [
        ("no signature", without("x-twilio-signature")),
        ("a wrong signature", wrong),
        (
            "signed for another address",
            signed(Method::POST, "https://other.test", path, &fields, None),
        ),
        (
            "another account",
            signed(
                Method::POST,
                PUBLIC,
                path,
                &call(&ida, &[("AccountSid", another)]),
                None,
            ),
        ),
    ];
    for (what, request) in cases {
        let reply = send(&world.state, request).await;

        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{what}");
    }
    assert_eq!(world.db_calls().await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_body_over_64_kb_is_too_large() {
    let world = World::new().await;
    let long = "x".repeat(64 * 1024);

    let reply = world
        .post("/callcongress/welcome", &call(&sid(1), &[("Long", &long)]))
        .await;

    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    world.end().await;
}

#[tokio::test]
async fn nonsense_is_answered_with_a_document_that_leads_on_or_ends() {
    let world = World::new().await;
    let cases: [(&str, &[(&str, &str)]); 19] = [
        ("/callcongress/welcome", &[("CallSid", "")]),
        ("/callcongress/welcome", &[("CallSid", "nonsense")]),
        ("/callcongress/nonsense", &[]),
        ("/callcongress", &[]),
        ("/callcongress/", &[]),
        ("/ivr/", &[]),
        ("/line", &[]),
        ("/line/", &[]),
        ("/line/senators/deeper", &[]),
        ("/callcongress/set-state", &[("Digits", "toString")]),
        ("/callcongress/state-lookup", &[("Digits", "6060A")]),
        ("/callcongress/state-lookup", &[("Digits", "606011")]),
        ("/callcongress/call-senators/Atlantis", &[]),
        ("/callcongress/call-second-senator/nobody", &[]),
        ("/callcongress/call-second-senator/%FF%00", &[]),
        ("/ivr/menu", &[("Digits", "toString")]),
        (
            "/ivr/planets",
            &[("Digits", "99999999999999999999999999999999999")],
        ),
        ("/ivr/nonsense/deep", &[]),
        (
            "/line/no%20such%20line",
            &[("To", "sip:nobody@example.test")],
        ),
    ];
    for (n, (path, fields)) in (1..).zip(cases) {
        let sid = sid(n);

        let reply = world.post(path, &call(&sid, fields)).await;

        reply.is_twiml();
    }
    world.end().await;
}

#[tokio::test]
async fn a_body_that_is_no_form_is_answered_kindly() {
    let world = World::new().await;
    let body = "{\"CallSid\": \"CA1\"}";
    let hash = "b0d3a9c1";
    let target = format!("/ivr/welcome?bodySHA256={hash}");
    let refused = Request::post(&target)
        .header("content-type", "application/json")
        .header(
            "x-twilio-signature",
            twilio::sign(TOKEN, &format!("{PUBLIC}{target}"), []),
        )
        .body(Body::from(body))
        .unwrap();
    let empty = Request::post("/ivr/welcome")
        .header(
            "x-twilio-signature",
            twilio::sign(TOKEN, &format!("{PUBLIC}/ivr/welcome"), []),
        )
        .body(Body::empty())
        .unwrap();

    assert_eq!(
        send(&world.state, refused).await.status,
        StatusCode::FORBIDDEN
    );
    send(&world.state, empty).await.is_twiml().says("<Hangup/>");
    world.end().await;
}

#[tokio::test]
async fn bytes_that_are_no_utf8_are_read_as_far_as_they_go() {
    let world = World::new().await;
    let body = format!(
        "AccountSid={ACCOUNT}&CallSid={}&CallStatus=ringing&CallerName=%FF%FE&Digits=%FF",
        sid(1)
    );
    let form = Form::parse(body.as_bytes());
    let request = Request::post("/callcongress/set-state")
        .header("content-type", "application/x-www-form-urlencoded")
        .header(
            "x-twilio-signature",
            twilio::sign(
                TOKEN,
                &format!("{PUBLIC}/callcongress/set-state"),
                form.iter(),
            ),
        )
        .body(Body::from(body))
        .unwrap();

    send(&world.state, request).await.is_twiml();
    world.end().await;
}

#[tokio::test]
async fn secrets_that_come_along_are_not_kept() {
    let world = World::new().await;

    world
        .post(
            "/ivr/welcome",
            &call(&sid(1), &[("CallToken", "secret"), ("Odd", "kept")]),
        )
        .await
        .is_twiml();

    let request = &world.db_story(&sid(1)).await.unwrap().entries[0].request;
    assert!(request.iter().any(|(name, _)| name == "Odd"));
    assert!(!request.iter().any(|(name, _)| name == "CallToken"));
    world.end().await;
}
