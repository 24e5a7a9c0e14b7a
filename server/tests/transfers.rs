//! Handing over through the front door: forms and their refusals, the account's guard, and the tutorial's button.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::sync::Arc;

use axum::http::StatusCode;
use desk::{Doing, Role};
use exchange::{CallSid, Command, Event, SupportEvent, TransferKind, UserName};
use server::door::{self, Knock};
use server::effects::guard;
use support::{House, Persona};

use floor::sid;

/// Ana talks with Ida; Ben is free.
async fn talking(house: &House) -> Persona {
    let ana = house.agent().await;
    house.add("ben", Role::Agent).await;
    house.talks("ana", &sid(1)).await;
    house.takes_calls("ben").await;
    ana
}

fn form<'a>(call: &'a str, kind: &'a str, target: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    let field = match target.0 {
        "queue" => "form[team]",
        "number" => "form[number]",
        _ => "form[agent]",
    };
    vec![
        ("form[call]", call),
        ("form[kind]", kind),
        ("form[target]", target.0),
        (field, target.1),
        ("form[note]", "She lost her keys."),
    ]
}

/// The kind and the target of the transfer that is under way.
async fn transfer(house: &House) -> Option<(TransferKind, String)> {
    let call = CallSid::parse(&sid(1)).expect("a SID");
    let known = house
        .store()
        .load(&call)
        .await
        .expect("the database answers");
    let (_, call) = known.expect("a call");
    let transfer = call.support()?.transfer.clone()?;
    Some((transfer.kind, transfer.target.name()))
}

#[tokio::test]
async fn a_form_hands_over_once_however_often_it_is_sent() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    let call = sid(1);

    for _ in 0..2 {
        ana.does(
            "transfer/hand-over",
            &form(&call, "consult", ("agent", "ben")),
        )
        .await;
    }

    let begun = transfer(&house).await;
    assert_eq!(begun, Some((TransferKind::Consult, "Ben".to_owned())));
    let Doing::Call(mine) = ana.console().await.mine.doing else {
        panic!("she is in a call")
    };
    let shown = mine.transfer.expect("it is under way");
    assert_eq!(shown.text, "Ben is about to be rung.");
    ana.does("transfer/cancel", &[("call", &call)]).await;
    ana.does("transfer/cancel", &[("call", &call)]).await;
    let over = ana.is_refused("transfer/swap", &[("call", &call)]).await;
    assert_eq!(over.0, 409);
    house.close().await;
}

#[tokio::test]
async fn a_form_that_makes_no_sense_says_so_at_its_fields() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    let call = sid(1);
    let cases = [
        (
            form(&call, "tepid", ("agent", "ben")),
            "Choose how to hand the caller over.",
        ),
        (
            form(&call, "warm", ("agent", "ana")),
            "You have this caller already.",
        ),
        (
            form(&call, "warm", ("agent", "zoe")),
            "There is nobody of that name",
        ),
        (
            form(&call, "warm", ("queue", "nobody")),
            "There is no team of that name.",
        ),
        (
            form(&call, "warm", ("number", "+19005550123")),
            "premium numbers",
        ),
        (form(&call, "warm", ("number", "")), "Enter a number."),
        (
            form(&call, "warm", ("planet", "mars")),
            "Choose a colleague, a team or a number.",
        ),
    ];

    for (form, words) in cases {
        let (status, body) = ana.is_refused("transfer/hand-over", &form).await;
        assert_eq!(status, 422, "{body}");
        assert!(body.contains(words), "{body}");
    }
    assert_eq!(transfer(&house).await, None);
    house.close().await;
}

#[tokio::test]
async fn what_another_server_did_meanwhile_is_known_before_a_click_is_refused() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    let call = sid(1);
    ana.does("transfer/hand-over", &form(&call, "warm", ("agent", "ben")))
        .await;
    let (beside, _) = house.beside().await;
    let by = UserName::parse("ana").expect("a user name");
    let what = Command::CancelTransfer;
    let knock = Knock {
        sid: &CallSid::parse(&call).expect("a SID"),
        identity: None,
        name: "A click",
        request: store::Request::default(),
        settles: None,
    };
    let cancelled = Event::Support(SupportEvent::Command { by, what });
    let cancelled = door::enter(&beside, knock, cancelled, |_| None).await;

    ana.does(
        "transfer/hand-over",
        &form(&call, "warm", ("queue", "support")),
    )
    .await;

    assert!(matches!(cancelled, Ok(door::Answered::Decided(_))));
    let begun = transfer(&house).await;
    assert_eq!(
        begun,
        Some((TransferKind::Warm, "the team support".to_owned()))
    );
    beside.store.close().await;
    house.close().await;
}

#[tokio::test]
async fn of_two_who_want_the_last_leg_at_two_servers_one_has_it() {
    let mut house = House::open().await;
    let mut config = (*house.state.config).clone();
    // Ida's leg, Ana's, and one more.
    config.guard.concurrent_calls = 3;
    house.state.config = Arc::new(config);
    talking(&house).await;
    let (beside, _) = house.beside().await;

    let (here, there) = tokio::join!(
        guard::claim(&house.state, "here"),
        guard::claim(&beside, "there")
    );
    guard::give_back(&house.state, "here").await;
    guard::give_back(&beside, "there").await;
    let after = guard::claim(&beside, "there").await;

    let won = [here, there].map(|claimed| claimed.expect("the database answers"));
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
    assert!(after.expect("the database answers"));
    beside.store.close().await;
    house.close().await;
}

#[tokio::test]
async fn a_third_leg_that_the_account_cannot_bear_is_refused_before_it_is_dialled() {
    // Ida's leg and Ana's.
    let mut house = House::open().await;
    let mut config = (*house.state.config).clone();
    config.guard.concurrent_calls = 2;
    house.state.config = Arc::new(config);
    house.router = server::router(house.state.clone());
    let mut ana = talking(&house).await;
    let call = sid(1);

    let shown = ana.console().await.floor.full;
    let warm = form(&call, "warm", ("agent", "ben"));
    let (status, body) = ana.is_refused("transfer/hand-over", &warm).await;

    assert_eq!(status, 409, "{body}");
    let words = "The account bears 2 calls at once, and as many go on";
    assert!(body.contains(words), "{body}");
    assert!(shown.is_some_and(|shown| shown.starts_with(words)));
    assert_eq!(transfer(&house).await, None);
    // Whoever leaves at once makes room for whoever comes.
    ana.does("transfer/hand-over", &form(&call, "cold", ("agent", "ben")))
        .await;
    let begun = transfer(&house).await;
    assert_eq!(begun, Some((TransferKind::Cold, "Ben".to_owned())));
    house.close().await;
}

#[tokio::test]
async fn the_third_leg_counts_from_when_it_is_about_to_be_dialled() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    let call = sid(1);
    let legs = async || {
        let floor = house.store().floor().await.expect("the database answers");
        guard::on_floor(&floor)
    };
    let talking = legs().await;

    ana.does("transfer/hand-over", &form(&call, "warm", ("agent", "ben")))
        .await;
    let handing = legs().await;
    ana.does("transfer/cancel", &[("call", &call)]).await;

    assert_eq!((talking, handing, legs().await), (2, 3, 2));
    house.close().await;
}

#[tokio::test]
async fn the_tutorials_button_brings_the_second_agent_in() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    house.add("agent2", Role::Agent).await;
    let path = "/conference/ana/call";

    let away = ana.posts(path, &[]).await;
    house.takes_calls("agent2").await;
    let first = ana.posts(path, &[]).await;
    let again = ana.posts(path, &[]).await;
    let other = ana.posts(path, &[("to", "ben")]).await;

    assert_eq!(away.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        away.body.contains("cannot be rung: offline."),
        "{}",
        away.body
    );
    assert_eq!(
        (first.status, again.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(
        first.body,
        format!("{{\"call\":\"{}\",\"to\":\"agent2\"}}", sid(1))
    );
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.body);
    let (kind, to) = transfer(&house).await.expect("it is under way");
    assert_eq!(
        (kind, to.to_lowercase().as_str()),
        (TransferKind::Warm, "agent2")
    );
    house.close().await;
}

#[tokio::test]
async fn the_tutorials_button_brings_in_whom_it_names_and_works_in_a_call_only() {
    let house = House::open().await;
    let mut ana = talking(&house).await;
    let mut ben = house.stranger();
    ben.signs_in("ben", support::PASSWORD).await;

    let nobody = ana.posts("/conference/ana/call?to=no%20such", &[]).await;
    let named = ana.posts("/conference/ana/call?to=ben", &[]).await;
    let others = ben.posts("/conference/ana/call", &[]).await;
    let idle = ben.posts("/conference/ben/call", &[]).await;

    assert_eq!(nobody.status, StatusCode::CONFLICT, "{}", nobody.body);
    assert_eq!(named.status, StatusCode::OK, "{}", named.body);
    assert_eq!(others.status, StatusCode::FORBIDDEN);
    assert_eq!(idle.status, StatusCode::CONFLICT);
    assert!(idle.body.contains("You are in no call."), "{}", idle.body);
    let begun = transfer(&house).await;
    assert_eq!(begun, Some((TransferKind::Warm, "Ben".to_owned())));
    house.close().await;
}
