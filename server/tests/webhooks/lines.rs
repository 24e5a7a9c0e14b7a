//! The two lines, from the first webhook to the last.

use axum::http::Method;

use crate::world::{World, call, send, sid, signed};

#[tokio::test]
async fn a_caller_from_illinois_reaches_both_senators() {
    let world = World::new().await;
    let ida = sid(1);

    let welcome = world
        .post(
            "/callcongress/welcome",
            &call(&ida, &[("CallStatus", "ringing")]),
        )
        .await;
    welcome.is_twiml().says("Illinois").says("numDigits=\"1\"");
    assert_eq!(welcome.leads_to().unwrap(), "/callcongress/set-state");
    let first = world
        .post("/callcongress/set-state", &call(&ida, &[("Digits", "1")]))
        .await;
    first
        .is_twiml()
        .says("Durbin")
        .says("callerId=\"+13125550123\"")
        .says("hangupOnStar=\"true\"");
    assert_eq!(first.dials(), Some("+12022242152"));
    let over = [
        ("DialCallStatus", "completed"),
        ("DialBridged", "true"),
        ("DialCallDuration", "61"),
    ];
    let second = world
        .post(&first.leads_to().unwrap(), &call(&ida, &over))
        .await;
    second.is_twiml().says("Duckworth");
    assert_eq!(second.leads_to().unwrap(), "/callcongress/goodbye");
    let busy = [("DialCallStatus", "busy")];
    world
        .post("/callcongress/goodbye", &call(&ida, &busy))
        .await
        .is_twiml()
        .says("<Hangup/>");
    let ended = world
        .post(
            "/twilio/call-status",
            &call(&ida, &[("CallStatus", "completed")]),
        )
        .await;

    assert_eq!(ended.status, 204);
    let story = world.db_story(&ida).await.unwrap();
    assert_eq!(story.call.outcome.as_deref(), Some("connected"));
    assert_eq!(story.offices.len(), 2);
    assert_eq!(story.entries.len(), 5);
    assert!(
        story.entries[1]
            .document
            .as_ref()
            .unwrap()
            .contains("<Dial ")
    );
    world.end().await;
}

#[tokio::test]
async fn every_url_carries_the_connection_overrides() {
    let world = World::new().await;

    let welcome = world
        .post("/callcongress/welcome", &call(&sid(1), &[]))
        .await;

    welcome
        .says("action=\"https://calls.example.test/callcongress/set-state#rc=5&amp;rp=ct,rt,5xx\"");
    world.end().await;
}

#[tokio::test]
async fn a_number_may_be_set_to_get() {
    let world = World::new().await;

    let welcome = world
        .get("/ivr/welcome", &call(&sid(1), &[("To", "+12025550101")]))
        .await;
    let list = world
        .get("/ivr/menu", &call(&sid(1), &[("Digits", "2")]))
        .await;
    let planet = world
        .get("/ivr/planets", &call(&sid(1), &[("Digits", "3")]))
        .await;

    welcome.is_twiml();
    list.is_twiml().says("Dagobah");
    assert!(planet.is_twiml().dials().is_some());
    world.end().await;
}

#[tokio::test]
async fn a_tutorials_route_works_for_a_number_that_is_nobodys_here() {
    let world = World::new().await;
    let elsewhere = [("To", "+15005550006")];

    world
        .post("/callcongress/welcome", &call(&sid(1), &elsewhere))
        .await
        .is_twiml()
        .says("Illinois");
    world
        .post("/ivr/welcome", &call(&sid(2), &elsewhere))
        .await
        .is_twiml()
        .says("/ivr/menu");

    assert_eq!(world.db_story(&sid(1)).await.unwrap().call.line, "senators");
    world.end().await;
}

#[tokio::test]
async fn any_line_has_its_entry() {
    let world = World::new().await;

    world
        .post("/line/senators", &call(&sid(1), &[]))
        .await
        .is_twiml()
        .says("Illinois");
    world
        .post("/line/planets", &call(&sid(2), &[]))
        .await
        .is_twiml()
        .says("/ivr/menu");
    world
        .post("/line/nothing", &call(&sid(3), &[("To", "+12025550101")]))
        .await
        .is_twiml()
        .says("/ivr/menu");
    let nobody = world
        .post("/line/nothing", &call(&sid(4), &[("To", "+15005550006")]))
        .await;

    nobody.is_twiml().says("<Hangup/>");
    assert_eq!(world.db_story(&sid(4)).await, None);
    world.end().await;
}

#[tokio::test]
async fn a_server_below_a_path_is_signed_and_linked_with_it() {
    let public = "https://example.test/desk";
    let world = World::reached_at(public).await;
    let fields = call("CA00000000000000000000000000000001", &[]);
    let stripped = signed(Method::POST, public, "/ivr/welcome", &fields, None);
    let whole = signed(
        Method::POST,
        "https://example.test",
        "/desk/ivr/menu",
        &fields,
        None,
    );

    let welcome = send(&world.state, stripped).await;
    let menu = send(&world.state, whole).await;

    welcome
        .is_twiml()
        .says("https://example.test/desk/ivr/menu#");
    menu.is_twiml().says("https://example.test/desk/ivr/menu#");
    world.end().await;
}

#[tokio::test]
async fn a_withheld_number_shows_the_lines_own() {
    let world = World::new().await;
    for (n, from) in (1..).zip(["anonymous", "Restricted", "+266696687", "+86282452253", ""]) {
        let nobody = [
            ("From", from),
            ("FromState", ""),
            ("FromCountry", ""),
            ("Digits", "60601"),
        ];

        let senators = world
            .post("/callcongress/state-lookup", &call(&sid(n), &nobody))
            .await;

        senators.is_twiml().says("callerId=\"+12025550100\"");
    }
    world.end().await;
}
