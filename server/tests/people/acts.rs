//! What admins do to people who are there, and what everybody may do to themselves.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use desk::Role;
use exchange::{Agent, CallSid, Chosen, Duty, UserName};
use futures::StreamExt;
use store::{AgentChange, Version};
use tower::ServiceExt;

use super::links::presses;
use crate::support::{House, PASSWORD, Persona};

async fn saves(admin: &mut Persona, version: &str, more: &[(&str, &str)]) -> StatusCode {
    let mut form = vec![("form[user]", "ana"), ("form[version]", version)];
    for (name, value) in [("form[name]", "Ana"), ("form[role]", "agent")] {
        if more.iter().all(|(given, _)| *given != name) {
            form.push((name, value));
        }
    }
    form.extend_from_slice(more);
    presses(admin, "save", &form).await.status
}

#[tokio::test]
async fn another_role_name_and_team_count_at_once_in_every_process() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mut ana = house.agent().await;
    let (other, router) = house.beside().await;

    let more = [
        ("form[name]", "Ana Gomez"),
        ("form[role]", "supervisor"),
        ("form[skills][team]", "sales"),
    ];
    let saved = saves(&mut ada, "0", &more).await;

    assert_eq!(saved, StatusCode::OK);
    assert_eq!(ana.gets("/calls").await.status, StatusCode::OK);
    assert_eq!(ana.at(router).gets("/calls").await.status, StatusCode::OK);
    let (_, plan) = other.plans.current();
    let user = UserName::parse("ana").unwrap();
    let known = server::agents::known(&other, &user, &plan, house.clock.now()).await;
    let agent = known.unwrap().unwrap().agent;
    assert_eq!(
        (agent.name.as_str(), agent.teams[0].as_str()),
        ("Ana Gomez", "sales")
    );
    house.close().await;
}

#[tokio::test]
async fn of_two_who_change_one_person_the_second_is_told_what_the_first_did() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.agent().await;

    saves(&mut ada, "0", &[("form[name]", "Ana One")]).await;
    let form = [
        ("form[user]", "ana"),
        ("form[version]", "0"),
        ("form[name]", "Ana Two"),
        ("form[role]", "agent"),
    ];
    let second = presses(&mut ada, "save", &form).await;

    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(
        second.body.contains("name: Ana One, was Ana (by ada)"),
        "{}",
        second.body
    );
    assert_eq!(
        house.store().person("ana").await.unwrap().unwrap().name,
        "Ana One"
    );
    house.close().await;
}

#[tokio::test]
async fn nobody_takes_themselves_off_and_the_last_admin_stays() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let off = presses(&mut ada, "deactivate", &[("user", "ada")]).await;
    let form = [
        ("form[user]", "ada"),
        ("form[version]", "0"),
        ("form[name]", "Ada"),
        ("form[role]", "agent"),
    ];
    let down = presses(&mut ada, "save", &form).await;
    let person = house.store().person("ada").await.unwrap().unwrap();
    let by_command = server::people::deactivate_by(&house.state, "the command line", &person).await;

    assert_eq!(
        (off.status, down.status),
        (StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert!(off.body.contains("Ask another admin"), "{}", off.body);
    assert!(
        by_command
            .unwrap_err()
            .to_string()
            .contains("no admin any more")
    );
    let ada = house.store().person("ada").await.unwrap().unwrap();
    assert!(ada.role == Role::Admin && ada.deactivated.is_none());
    house.close().await;
}

#[tokio::test]
async fn who_is_deactivated_is_off_the_floor_and_cannot_come_in_until_they_are_reactivated() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mut ana = house.agent().await;
    let user = UserName::parse("ana").unwrap();
    let is_there = async || {
        let (_, plan) = house.state.plans.current();
        let everybody = server::agents::everybody(&house.state, &plan)
            .await
            .unwrap();
        everybody.iter().any(|known| known.agent.user == user)
    };

    let off = presses(&mut ada, "deactivate", &[("user", "ana")]).await;

    assert_eq!(off.status, StatusCode::OK, "{}", off.body);
    assert_eq!(ana.gets("/").await.location(), Some("/login"));
    assert_eq!(
        ana.posts("/token", &[]).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        house.stranger().signs_in("ana", PASSWORD).await.problem(),
        Some("wrong")
    );
    assert!(!is_there().await);
    presses(&mut ada, "reactivate", &[("user", "ana")]).await;
    assert_eq!(
        house.stranger().signs_in("ana", PASSWORD).await.location(),
        Some("/")
    );
    assert!(is_there().await);
    house.close().await;
}

#[tokio::test]
async fn who_is_in_a_call_cannot_be_deactivated_and_is_afterwards() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.agent().await;
    let now = house.clock.now();
    let call = CallSid::parse("CA00000000000000000000000000000001").unwrap();
    let mut agent = Agent::new(
        UserName::parse("ana").unwrap(),
        "Ana".to_owned(),
        vec![],
        now,
    );
    agent.chosen = Chosen::Available;
    let mut writes = async |duty: Duty, was: i64| {
        agent.duty = duty;
        let change = AgentChange {
            agent: agent.clone(),
            was: Version(was),
        };
        house.store().commit_agent(&change, None).await.unwrap();
    };

    writes(Duty::OnCall { call, since: now }, 0).await;
    let refused = presses(&mut ada, "deactivate", &[("user", "ana")]).await;
    writes(Duty::Free, 1).await;
    let done = presses(&mut ada, "deactivate", &[("user", "ana")]).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("Ana is in a call"),
        "{}",
        refused.body
    );
    assert_eq!(done.status, StatusCode::OK);
    house.close().await;
}

/// The feed of a person, as far as its first words.
async fn follows(house: &House, person: &Persona) -> axum::body::BodyDataStream {
    let request = Request::get("/live").header("cookie", person.cookie.clone().expect("a session"));
    let response = house
        .router
        .clone()
        .oneshot(request.body(Body::empty()).expect("a request"))
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let mut feed = response.into_body().into_data_stream();
    feed.next()
        .await
        .expect("it begins")
        .expect("it is readable");
    feed
}

#[tokio::test]
async fn an_open_feed_ends_when_its_person_is_signed_out_and_nobody_elses() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let (ana, sam) = (house.agent().await, house.supervisor().await);
    let (mut hers, mut his) = (follows(&house, &ana).await, follows(&house, &sam).await);

    presses(&mut ada, "sign-out", &[("user", "ana")]).await;

    while let Some(piece) = hers.next().await {
        piece.expect("what comes before the end is readable");
    }
    presses(&mut ada, "deactivate", &[("user", "sam")]).await;
    while let Some(piece) = his.next().await {
        piece.expect("what comes before the end is readable");
    }
    assert_eq!(
        house
            .stranger()
            .at(house.router.clone())
            .gets("/live")
            .await
            .status,
        StatusCode::UNAUTHORIZED
    );
    house.close().await;
}

#[tokio::test]
async fn people_change_their_own_password_by_saying_the_old_one() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    let mut elsewhere = house.agent().await;
    let mut tries = async |current: &str, password: &str| {
        let form = [("current", current), ("password", password)];
        ana.posts("/people/ana/password", &form).await
    };

    let wrong = tries("not the password", "another sentence").await;
    let short = tries(PASSWORD, "short").await;
    let done = tries(PASSWORD, "another sentence").await;

    assert_eq!(
        (wrong.problem(), short.problem()),
        (Some("wrong"), Some("short"))
    );
    assert_eq!(done.location(), Some("/people/ana?done=password"));
    assert_eq!(
        ana.gets("/").await.status,
        StatusCode::OK,
        "this browser stays"
    );
    assert_eq!(
        elsewhere.gets("/").await.location(),
        Some("/login"),
        "others have to sign in"
    );
    assert_eq!(
        house.stranger().signs_in("ana", PASSWORD).await.problem(),
        Some("wrong")
    );
    let others = ana
        .posts(
            "/people/ada/password",
            &[("current", PASSWORD), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(others.status, StatusCode::FORBIDDEN);
    house.close().await;
}

#[tokio::test]
async fn the_table_says_who_there_is_and_finds_them() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.agent().await;
    house.add("bob", Role::Supervisor).await;

    let all = ada.gets("/people").await;
    let found = ada.gets("/people?search=supervisor").await;

    for words in ["Ana", "Bob", "Ada", "Every team", "Never"] {
        assert!(all.body.contains(words), "{words}: {}", all.body);
    }
    assert!(found.body.contains("1 of 3 people"), "{}", found.body);
    house.close().await;
}
