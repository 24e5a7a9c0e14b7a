//! Guessing passwords takes longer and longer.

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use desk::Role;
use support::{House, PASSWORD};

#[tokio::test]
async fn who_guesses_waits_longer_each_time() {
    let house = House::open().await;
    house.add("ada", Role::Admin).await;
    let mut guesser = house.stranger();
    for _ in 0..5 {
        assert_eq!(
            guesser.signs_in("ada", "a wrong guess").await.problem(),
            Some("wrong")
        );
    }

    let sixth = guesser.signs_in("ADA ", PASSWORD).await;
    house.clock.advance(Duration::from_secs(31));
    let later = guesser.signs_in("ada", "a wrong guess").await;
    let again = guesser.signs_in("ada", PASSWORD).await;
    house.clock.advance(Duration::from_secs(31));
    let right = guesser.signs_in("ada", PASSWORD).await;

    assert_eq!(
        (sixth.problem(), sixth.header("retry-after")),
        (Some("throttled"), Some("30"))
    );
    assert!(
        sixth
            .location()
            .is_some_and(|location| location.contains("wait=30")),
        "{sixth:?}"
    );
    assert_eq!(later.problem(), Some("wrong"));
    assert_eq!(again.problem(), Some("throttled"));
    assert_eq!(right.location(), Some("/"));
    house.close().await;
}

#[tokio::test]
async fn the_wait_grows_to_fifteen_minutes() {
    let house = House::open().await;
    let mut guesser = house.stranger();
    let mut waits = Vec::new();

    for _ in 0..14 {
        let answer = guesser.signs_in("nobody", "a wrong guess").await;
        if let Some(wait) = answer.header("retry-after") {
            let seconds: u64 = wait.parse().expect("seconds");
            waits.push(seconds);
            house.clock.advance(Duration::from_secs(seconds));
            guesser.signs_in("nobody", "a wrong guess").await;
        }
    }

    assert_eq!(waits, [30, 30, 30, 240, 240, 240, 900, 900, 900]);
    house.close().await;
}

#[tokio::test]
async fn guesses_sent_all_at_once_are_counted_one_by_one() {
    let house = House::open().await;
    let guesses =
        (0..12).map(|_| async { house.stranger().signs_in("ada", "a wrong guess").await });

    let answers = futures::future::join_all(guesses).await;

    let tried = answers
        .iter()
        .filter(|answer| answer.problem() == Some("wrong"))
        .count();
    assert_eq!(tried, 5);
    house.close().await;
}

#[tokio::test]
async fn an_address_that_tries_many_names_waits_too() {
    let house = House::open().await;
    house.add("ada", Role::Admin).await;
    for number in 0..20 {
        from(
            &house,
            "203.0.113.9:4000",
            &format!("guess{number}"),
            "a wrong guess",
        )
        .await;
    }

    let here = from(&house, "203.0.113.9:4001", "ada", PASSWORD).await;
    let elsewhere = from(&house, "203.0.113.10:4000", "ada", PASSWORD).await;

    assert_eq!(here, Some("throttled".to_owned()));
    assert_eq!(elsewhere, None);
    house.close().await;
}

#[tokio::test]
async fn an_address_that_tries_many_names_at_once_is_stopped_soon_after_its_limit() {
    let house = House::open().await;
    let names: Vec<String> = (0..60).map(|number| format!("guess{number}")).collect();

    let answers = futures::future::join_all(
        names
            .iter()
            .map(|name| from(&house, "203.0.113.9:4000", name, "a wrong guess")),
    )
    .await;

    let tried = answers
        .iter()
        .filter(|problem| problem.as_deref() == Some("wrong"))
        .count();
    assert!((20..=22).contains(&tried), "{tried}");
    house.close().await;
}

/// The problem that a sign-in from this address meets.
async fn from(house: &House, address: &str, user_name: &str, password: &str) -> Option<String> {
    let address: SocketAddr = address.parse().expect("an address");
    let body = format!(
        "user_name={user_name}&password={}",
        password.replace(' ', "+")
    );
    let mut request = Request::post("/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .expect("a request");
    request.extensions_mut().insert(ConnectInfo(address));
    house
        .stranger()
        .sends(request)
        .await
        .problem()
        .map(str::to_owned)
}
