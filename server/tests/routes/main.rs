//! Every route and what each kind of person gets from it.

mod commands;
mod pages;
#[path = "../support/mod.rs"]
mod support;
mod webhooks;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request};
use support::{House, Persona};

/// A route, a request to it, and the status that a stranger, an agent, a supervisor and an admin get.
type Row = (&'static str, &'static str, &'static str, [u16; 4]);

const SID: &str = "CA00000000000000000000000000000001";

/// `{sid}` in a path stands for a call that happened; webhooks come here unsigned. There is no local carrier here: the
/// pretend telephones have their own tests, and so has the feed, which does not end.
fn table() -> impl Iterator<Item = &'static Row> {
    [pages::ROWS, commands::ROWS, webhooks::ROWS]
        .into_iter()
        .flatten()
}

#[test]
fn every_route_has_a_row() {
    let routes: BTreeSet<String> = server::routes().into_iter().collect();
    let rows: BTreeSet<String> = table()
        .map(|(route, ..)| (*route).to_owned())
        .filter(|route| !route.is_empty())
        .collect();

    let without_row: Vec<_> = routes.difference(&rows).collect();
    let without_route: Vec<_> = rows.difference(&routes).collect();

    assert!(without_row.is_empty(), "add rows for {without_row:?}");
    assert!(
        without_route.is_empty(),
        "no longer there: {without_route:?}"
    );
}

#[test]
fn every_page_says_whom_it_is_for() {
    let pages: BTreeSet<String> = server::pages::routes()
        .into_iter()
        .filter(|path| !path.starts_with("/api/"))
        .collect();
    let rows: BTreeSet<String> = server::pages::guard::AUDIENCES
        .iter()
        .map(|(page, _)| (*page).to_owned())
        .collect();

    assert_eq!(pages, rows);
}

#[test]
fn no_user_name_can_be_a_first_segment_of_ours() {
    for route in server::routes() {
        let first = route.split('/').nth(1).unwrap_or_default();
        let is_word = !first.is_empty() && !first.starts_with('{');

        assert!(
            !is_word || server::auth::user_name::RESERVED.contains(&first),
            "reserve {first:?}"
        );
    }
}

#[tokio::test]
async fn each_kind_of_person_gets_what_the_table_says() {
    let house = House::open().await;
    house
        .carrier()
        .rings("/callcongress/welcome", SID, "+14155550123")
        .await;
    let mut wrong = Vec::new();

    for (_, method, path, statuses) in table() {
        let path = path.replace("{sid}", SID);
        let people = [
            house.stranger(),
            house.agent().await,
            house.supervisor().await,
            house.admin().await,
        ];
        for (mut person, (who, expected)) in people.into_iter().zip(
            ["stranger", "agent", "supervisor", "admin"]
                .into_iter()
                .zip(statuses),
        ) {
            let status = asks(&mut person, method, &path).await;
            if status != *expected {
                wrong.push(format!(
                    "{method} {path}: {who} gets {status}, not {expected}"
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
    house.close().await;
}

async fn asks(person: &mut Persona, method: &str, path: &str) -> u16 {
    let method: Method = method.parse().expect("a method");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .expect("a request");
    person.sends(request).await.status.as_u16()
}
