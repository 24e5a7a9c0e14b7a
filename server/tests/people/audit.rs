//! The audit as it is read: page by page, by person, by what it is about and by day.

use axum::http::StatusCode;
use desk::Role;
use exchange::Moment;
use store::Audited;

use super::links::presses;
use crate::support::{House, PASSWORD};

#[tokio::test]
async fn signing_in_and_out_is_written_and_a_wrong_password_of_somebody_there_is() {
    let house = House::open().await;
    house.add("ana", Role::Agent).await;
    let mut ana = house.stranger();

    ana.signs_in("ana", "not the password").await;
    ana.signs_in("typed a password here", PASSWORD).await;
    ana.signs_in("ana", PASSWORD).await;
    ana.signs_out().await;

    let lines = house.store().audited().await.unwrap();
    let said: Vec<(&str, &str)> = lines
        .iter()
        .rev()
        .map(|line| (line.by.as_str(), line.what.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("", "Refused a sign-in: the password was wrong."),
            ("ana", "Signed in."),
            ("ana", "Signed out."),
        ]
    );
    assert!(lines.iter().all(|line| line.about == "ana"));
    house.close().await;
}

async fn noted(house: &House, by: &str, about: &str, what: &str, day: i64) {
    let at = Moment(house.clock.now().0 - day * 86_400_000);
    let line = Audited {
        at,
        by: by.to_owned(),
        about: about.to_owned(),
        what: what.to_owned(),
    };
    house.store().audit(&line).await.expect("it is written");
}

#[tokio::test]
async fn lines_are_found_by_person_by_what_they_are_about_and_by_day_and_lead_there() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    noted(&house, "bob", "senators", "Changed Lisa Murkowski.", 3).await;
    noted(
        &house,
        "bob",
        "CA00000000000000000000000000000001",
        "Listened.",
        2,
    )
    .await;
    noted(&house, "eve", "ada", "Reactivated Ada.", 1).await;

    let whole = ada.gets("/audit").await;
    let bob = ada.gets("/audit?by=bob").await;
    let about = ada.gets("/audit?about=ada&by=eve").await;
    let day = ada.gets("/audit?from=2026-11-17&to=2026-11-17").await;
    let wrong = ada.gets("/audit?from=yesterday").await;

    for href in [
        "href=\"/lines/senators\"",
        "href=\"/calls/CA00000000000000000000000000000001\"",
        "href=\"/people/ada\"",
    ] {
        assert!(whole.body.contains(href), "{href}: {}", whole.body);
    }
    assert!(
        bob.body.contains("2 lines") && !bob.body.contains("Reactivated"),
        "{}",
        bob.body
    );
    assert!(about.body.contains("1 line"), "{}", about.body);
    assert!(
        day.body.contains("1 line") && day.body.contains("Murkowski"),
        "{}",
        day.body
    );
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.close().await;
}

#[tokio::test]
async fn many_lines_come_in_pages() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    for n in 0..60 {
        noted(&house, "bob", "people", &format!("Act number {n}."), 1).await;
    }

    let first = ada.gets("/audit?by=bob").await;
    let second = ada.gets("/audit?by=bob&page=2").await;

    assert!(first.body.contains("Page 1 of 2"), "{}", first.body);
    assert!(first.body.contains("Act number 59.") && !first.body.contains("Act number 9."));
    assert!(second.body.contains("Act number 9.") && !second.body.contains("Act number 59."));
    house.close().await;
}

#[tokio::test]
async fn the_sheet_has_what_is_asked_for_and_no_formulas() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    noted(
        &house,
        "bob",
        "people",
        "=HYPERLINK(\"http://evil.example\")",
        1,
    )
    .await;

    let sheet = ada.gets("/audit/audit.csv?by=bob").await;

    assert_eq!(
        sheet.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let expected = "when,who,about,what\n2026-11-19T00:00:00Z,bob,people,\"'=HYPERLINK(\"\"http://evil.example\"\")\"\n";
    assert_eq!(sheet.body, expected);
    let by_supervisor = house.supervisor().await.gets("/audit/audit.csv").await;
    assert_eq!(by_supervisor.status, StatusCode::FORBIDDEN);
    assert_eq!(
        presses(&mut ada, "save", &[]).await.status,
        StatusCode::NOT_FOUND
    );
    house.close().await;
}
