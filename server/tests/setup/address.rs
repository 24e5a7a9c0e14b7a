//! The public address: what it says of itself, whether it leads here, and what proxies do to signatures.

use desk::setup::CheckState::{Good, Unknown, Warning, Wrong};

use crate::proxy::Way;
use crate::world::World;

#[tokio::test]
async fn an_address_that_the_world_cannot_reach_is_known_by_its_letters() {
    for (url, state, words) in [
        (
            "https://calls.example.org",
            Good,
            "Twilio is given https://calls.example.org",
        ),
        (
            "https://calls.example.org,https://old.example.org",
            Good,
            "https://old.example.org too",
        ),
        ("http://calls.example.org", Warning, "without https"),
        ("https://localhost:8443", Wrong, "of this machine only"),
        ("https://127.0.0.1", Wrong, "of this machine only"),
        ("https://192.168.1.4", Wrong, "inside of a network only"),
        ("https://desk.local", Wrong, "inside of a network only"),
        ("https://desk", Wrong, "inside of a network only"),
    ] {
        let mut world = World::with(&[("PUBLIC_URL", url)], |_| (), |_| ()).await;

        world.says("public_url", state, words).await;
        world.close().await;
    }
}

#[tokio::test]
async fn whatever_answers_at_the_address_is_told_from_this_server() {
    let mut world = World::good().await;
    let cases = [
        (
            Way::Straight,
            Good,
            "This server answers at https://calls.example.org",
        ),
        (
            Way::Without("x-forwarded-for"),
            Warning,
            "does not say from where somebody asks",
        ),
        (
            Way::Believing,
            Warning,
            "believes whoever says from where they ask",
        ),
        (
            Way::Answers(200),
            Wrong,
            "Something else than this server answers",
        ),
        (Way::Answers(502), Wrong, "does not reach this server"),
        (
            Way::Answers(301),
            Wrong,
            "Set PUBLIC_URL to the address that it leads to",
        ),
        (Way::Answers(401), Wrong, "asks for a password"),
        (Way::Answers(404), Wrong, "with their path unchanged"),
        (
            Way::Nobody("connection refused"),
            Unknown,
            "Nobody answers at https://calls.example.org when asked from here",
        ),
        (
            Way::Nobody("dns error: no such host"),
            Wrong,
            "No machine has the name",
        ),
        (
            Way::Nobody("invalid peer certificate: Expired"),
            Wrong,
            "a certificate that is not believed",
        ),
        (
            Way::Target(|target| format!("/app{target}")),
            Wrong,
            "Something else than this server answers",
        ),
    ];

    for (way, state, words) in cases {
        world.proxy.goes(way);
        world.says("reach", state, words).await;
    }
    world.close().await;
}

#[tokio::test]
async fn a_server_with_another_token_is_not_taken_for_this_one() {
    let mut world = World::good().await;
    let other = World::with(&[("TWILIO_AUTH_TOKEN", "hush-hush-other")], |_| (), |_| ()).await;
    world.state.outside.web = Some(std::sync::Arc::clone(&other.proxy) as _);
    let router = server::router(world.state.clone());
    world.ada = world.ada.at(router);

    world
        .says(
            "reach",
            Wrong,
            "another Switchboard with another auth token",
        )
        .await;
    other.close().await;
    world.close().await;
}

#[tokio::test]
async fn a_signed_webhook_arrives_as_it_was_signed_or_it_is_said_how_it_arrived() {
    let mut world = World::good().await;
    let cases = [
        (
            Way::Straight,
            Good,
            "arrived here as https://calls.example.org/twilio/probe?probe=a%2Bb%20c. Its signature holds",
        ),
        (
            Way::Target(|target| target.replace("%20", "+")),
            Wrong,
            "arrived here as https://calls.example.org/twilio/probe?probe=a%2Bb+c. Its signature was refused",
        ),
        (
            Way::Without("x-twilio-signature"),
            Wrong,
            "the request carries no signature",
        ),
        (
            Way::Without("content-type"),
            Wrong,
            "Its signature was refused",
        ),
        (
            Way::Answers(502),
            Unknown,
            "See “Reached from outside” first",
        ),
    ];

    for (way, state, words) in cases {
        world.proxy.goes(way);
        world.says("signature", state, words).await;
    }
    world.close().await;
}

#[tokio::test]
async fn below_a_path_signatures_hold_whether_a_proxy_strips_it_or_not() {
    let mut world = World::with(
        &[("PUBLIC_URL", "https://calls.example.org/desk")],
        |_| (),
        |_| (),
    )
    .await;

    for way in [
        Way::Straight,
        Way::Target(|target| target.replacen("/desk", "", 1)),
    ] {
        world.proxy.goes(way);
        world.says("reach", Good, "This server answers").await;
        world.says("signature", Good, "Its signature holds").await;
    }
    world.close().await;
}

#[tokio::test]
async fn the_probe_tells_nobody_anything_who_does_not_know_the_token() {
    let world = World::good().await;
    let mut stranger = world.house.stranger();

    let unasked = stranger.posts("/twilio/probe", &[]).await;
    let request = axum::http::Request::post("/twilio/probe")
        .header("x-switchboard-probe", "0123 AAAA")
        .body(axum::body::Body::empty())
        .expect("a request");
    let guessed = stranger.sends(request).await;

    for answer in [unasked, guessed] {
        assert_eq!(answer.status.as_u16(), 403);
        assert!(answer.body.is_empty(), "{}", answer.body);
    }
    world.close().await;
}
