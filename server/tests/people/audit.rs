//! The audit: every act of an admin or a supervisor writes a line, and the lines are read page by page.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use desk::Role;
use exchange::Moment;
use store::Audited;

use super::links::presses;
use crate::support::{House, PASSWORD, Persona};

/// What the audit says of what a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// It writes a line, which is seen below.
    Line,
    /// It changes the plan, which cannot be written without a line (`Store::edit_plan`, `Store::change_directory`).
    WithThePlan,
    /// It writes a line, which is seen where there is a carrier.
    Elsewhere,
    /// It writes none, for this reason.
    Nothing(&'static str),
}

use Says::{Elsewhere, Line, Nothing, WithThePlan};

const OWN_CALL: &str = "it is one's own call, whose journal has it";
const OWN_SELF: &str = "it is about oneself";
const PRETEND: &str = "there are only pretend telephones";
const ASKS: &str = "it changes nothing";

/// Every command there is. One that is new has to be here.
const COMMANDS: &[(&str, Says)] = &[
    ("/api/agents/free", Elsewhere),
    ("/api/agents/status", Line),
    ("/api/console/decline", Nothing(OWN_CALL)),
    ("/api/console/hang-up", Nothing(OWN_CALL)),
    ("/api/console/help", Nothing(OWN_CALL)),
    ("/api/console/hold", Nothing(OWN_CALL)),
    ("/api/console/may-call", Nothing(ASKS)),
    ("/api/console/more-time", Nothing(OWN_SELF)),
    ("/api/console/next", Nothing(OWN_SELF)),
    ("/api/console/status", Nothing(OWN_SELF)),
    ("/api/console/wrap-up", Nothing(OWN_CALL)),
    ("/api/directories/delete", WithThePlan),
    ("/api/directories/make", Line),
    ("/api/directories/remove", WithThePlan),
    ("/api/directories/rename", WithThePlan),
    ("/api/directories/save", WithThePlan),
    ("/api/directories/take", WithThePlan),
    ("/api/directories/undo", WithThePlan),
    ("/api/inbox/tick-off", Elsewhere),
    ("/api/lines/remove", WithThePlan),
    ("/api/lines/save", WithThePlan),
    ("/api/lines/test", Nothing(PRETEND)),
    ("/api/menus/add-place", WithThePlan),
    ("/api/menus/delete", WithThePlan),
    ("/api/menus/go-live", WithThePlan),
    ("/api/menus/make", WithThePlan),
    ("/api/menus/remove-place", WithThePlan),
    ("/api/menus/rename", WithThePlan),
    ("/api/menus/restore", WithThePlan),
    ("/api/menus/save-place", WithThePlan),
    ("/api/menus/try-on-phone", WithThePlan),
    ("/api/people/deactivate", Line),
    ("/api/people/invite", Line),
    ("/api/people/invite-anew", Line),
    ("/api/people/reactivate", Line),
    ("/api/people/reset", Line),
    ("/api/people/save", Line),
    ("/api/people/sign-out", Line),
    ("/api/people/withdraw", Line),
    ("/api/phones/call", Nothing(PRETEND)),
    ("/api/phones/habit", Nothing(PRETEND)),
    ("/api/phones/use", Nothing(PRETEND)),
    ("/api/prompts/reset", WithThePlan),
    ("/api/prompts/save", WithThePlan),
    ("/api/retention/erase", Line),
    ("/api/retention/keep", Line),
    ("/api/rooms/act", Elsewhere),
    ("/api/setup/application", Elsewhere),
    ("/api/setup/check", Nothing(ASKS)),
    ("/api/setup/point", Elsewhere),
    ("/api/setup/put-back", Elsewhere),
    ("/api/transfer/cancel", Nothing(OWN_CALL)),
    ("/api/transfer/complete", Nothing(OWN_CALL)),
    ("/api/transfer/drop", Nothing(OWN_CALL)),
    ("/api/transfer/hand-over", Nothing(OWN_CALL)),
    ("/api/transfer/hold", Nothing(OWN_CALL)),
    ("/api/transfer/join-all", Nothing(OWN_CALL)),
    ("/api/transfer/mute", Nothing(OWN_CALL)),
    ("/api/transfer/swap", Nothing(OWN_CALL)),
    ("/api/watch/mode", Elsewhere),
    ("/api/watch/take-over", Elsewhere),
];

#[test]
fn of_every_command_it_is_decided_what_the_audit_says() {
    // The server's routes are the same as its functions; only what is posted changes something.
    let _ = server::routes();
    let there: BTreeMap<&str, Method> = leptos::server_fn::axum::server_fn_paths().collect();
    let commands: Vec<&str> = there
        .iter()
        .filter(|(_, method)| **method == Method::POST)
        .map(|(path, _)| *path)
        .collect();

    let listed: Vec<&str> = COMMANDS.iter().map(|(path, _)| *path).collect();

    assert_eq!(listed, commands);
}

/// A command, its form, whom the line is about, and words that it has.
type Act<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);

/// Does something, and gives the lines that it wrote.
async fn writes(
    house: &House,
    admin: &mut Persona,
    path: &str,
    form: &[(&str, &str)],
) -> Vec<Audited> {
    let before = house
        .store()
        .audited()
        .await
        .expect("the audit is read")
        .len();
    let answer = admin.posts(path, form).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let mut lines = house.store().audited().await.expect("the audit is read");
    lines.truncate(lines.len() - before);
    lines
}

#[tokio::test]
async fn what_admins_do_is_written_with_who_did_it_and_to_whom() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.agent().await;
    let saved = [
        ("form[user]", "ana"),
        ("form[version]", "0"),
        ("form[name]", "Ana Gomez"),
        ("form[role]", "supervisor"),
    ];
    let erased = [("form[number]", "+12025550123"), ("form[sure]", "yes")];
    let made = [
        ("form[name]", "City halls"),
        ("form[id]", "halls"),
        ("form[shape]", "list"),
    ];
    let one = [("user", "ana")];
    let invited = [("form[role]", "agent"), ("form[name]", "Bea")];
    let acts: [Act<'_>; 10] = [
        (
            "/api/people/save",
            &saved,
            "ana",
            "Changed Ana: name: Ana Gomez, was Ana; role: supervisor, was agent.",
        ),
        (
            "/api/people/sign-out",
            &one,
            "ana",
            "Signed Ana Gomez out everywhere.",
        ),
        (
            "/api/people/reset",
            &one,
            "ana",
            "Stopped the password of Ana Gomez, who is to choose another by a link.",
        ),
        (
            "/api/agents/status",
            &[("agent", "ana"), ("status", "available")],
            "ana",
            "ada chose for Ana Gomez",
        ),
        (
            "/api/people/deactivate",
            &one,
            "ana",
            "Deactivated Ana Gomez.",
        ),
        (
            "/api/people/reactivate",
            &one,
            "ana",
            "Reactivated Ana Gomez.",
        ),
        (
            "/api/people/invite",
            &invited,
            "people",
            "Invited Bea as agent.",
        ),
        (
            "/api/retention/keep",
            &[("form[calls]", "30")],
            "retention",
            "calls 30 days, numbers for ever",
        ),
        (
            "/api/retention/erase",
            &erased,
            "retention",
            "Erased a caller.",
        ),
        (
            "/api/directories/make",
            &made,
            "halls",
            "Made the directory.",
        ),
    ];

    for (path, form, about, what) in acts {
        let lines = writes(&house, &mut ada, path, form).await;

        assert_eq!(lines.len(), 1, "{path}");
        assert_eq!(
            (lines[0].by.as_str(), lines[0].about.as_str()),
            ("ada", about),
            "{path}"
        );
        assert!(lines[0].what.contains(what), "{path}: {}", lines[0].what);
    }
    for path in ["/api/people/invite-anew", "/api/people/withdraw"] {
        let id = house.store().invitations().await.unwrap()[0].id.clone();
        let lines = writes(&house, &mut ada, path, &[("id", &id)]).await;
        assert!(
            lines
                .iter()
                .all(|line| line.by == "ada" && line.what.contains("Bea")),
            "{path}: {lines:?}"
        );
    }
    house.close().await;
}

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
