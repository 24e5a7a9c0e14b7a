//! Every act of an admin or a supervisor writes a line: each command says which, and what says so is done.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use store::Audited;

use crate::support::{House, Persona};

/// What the audit says of what a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// It writes a line, which is seen below: whatever says so is done there.
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
    ("/api/directories/delete", Line),
    ("/api/directories/make", Line),
    ("/api/directories/remove", WithThePlan),
    ("/api/directories/rename", Line),
    ("/api/directories/save", WithThePlan),
    ("/api/directories/take", WithThePlan),
    ("/api/directories/undo", WithThePlan),
    ("/api/inbox/tick-off", Elsewhere),
    ("/api/lines/remove", WithThePlan),
    ("/api/lines/save", WithThePlan),
    ("/api/lines/test", Elsewhere),
    ("/api/menus/add-place", Line),
    ("/api/menus/delete", Line),
    ("/api/menus/go-live", Line),
    ("/api/menus/make", Line),
    ("/api/menus/remove-place", Line),
    ("/api/menus/rename", Line),
    ("/api/menus/restore", Line),
    ("/api/menus/save-place", Line),
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
    ("/api/retention/traces", Nothing(ASKS)),
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

/// To a person whom `ada` administers, to what is kept, and to a directory.
const ACTS: &[Act<'_>] = &[
    (
        "/api/people/save",
        &[
            ("form[user]", "ana"),
            ("form[version]", "0"),
            ("form[name]", "Ana Gomez"),
            ("form[role]", "supervisor"),
        ],
        "ana",
        "Changed Ana: name: Ana Gomez, was Ana; role: supervisor, was agent.",
    ),
    (
        "/api/people/sign-out",
        &[("user", "ana")],
        "ana",
        "Signed Ana Gomez out everywhere.",
    ),
    (
        "/api/people/reset",
        &[("user", "ana")],
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
        &[("user", "ana")],
        "ana",
        "Deactivated Ana Gomez.",
    ),
    (
        "/api/people/reactivate",
        &[("user", "ana")],
        "ana",
        "Reactivated Ana Gomez.",
    ),
    (
        "/api/people/invite",
        &[("form[role]", "agent"), ("form[name]", "Bea")],
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
        &[("form[number]", "+12025550123"), ("form[sure]", "yes")],
        "retention",
        "Erased a caller.",
    ),
    (
        "/api/directories/make",
        &[
            ("form[name]", "City halls"),
            ("form[id]", "halls"),
            ("form[shape]", "list"),
        ],
        "halls",
        "Made the directory.",
    ),
    (
        "/api/directories/rename",
        &[("form[directory]", "halls"), ("form[name]", "Town halls")],
        "halls",
        "Renamed City halls to Town halls.",
    ),
    (
        "/api/directories/delete",
        &[("form[directory]", "halls")],
        "halls",
        "Town halls",
    ),
];

/// To a menu that is a draft until it is deleted, and to one that goes live and back.
const MENU_ACTS: &[Act<'_>] = &[
    (
        "/api/menus/make",
        &[("form[name]", "City hall")],
        "city-hall",
        "Began the menu City hall.",
    ),
    (
        "/api/menus/add-place",
        &[("form[menu]", "city-hall"), ("form[name]", "Parks")],
        "city-hall",
        "Added Parks to the draft.",
    ),
    (
        "/api/menus/save-place",
        &[
            ("form[menu]", "city-hall"),
            ("form[place]", "parks"),
            ("form[revision]", "2"),
            ("form[name]", "Parks"),
            ("form[prompt][en]", "The parks are open."),
        ],
        "city-hall",
        "Saved Parks in the draft.",
    ),
    (
        "/api/menus/remove-place",
        &[
            ("form[menu]", "city-hall"),
            ("form[place]", "parks"),
            ("form[revision]", "3"),
        ],
        "city-hall",
        "Removed Parks from the draft.",
    ),
    (
        "/api/menus/rename",
        &[
            ("form[menu]", "city-hall"),
            ("form[revision]", "4"),
            ("form[name]", "Town hall"),
        ],
        "city-hall",
        "Named the menu Town hall in the draft, City hall before.",
    ),
    (
        "/api/menus/delete",
        &[("form[menu]", "city-hall"), ("form[revision]", "5")],
        "city-hall",
        "Deleted the draft of the menu Town hall.",
    ),
    (
        "/api/menus/rename",
        &[("form[menu]", "planets"), ("form[name]", "Call home")],
        "planets",
        "Named the menu Call home in the draft, Phone home before.",
    ),
    (
        "/api/menus/go-live",
        &[
            ("form[menu]", "planets"),
            ("form[revision]", "1"),
            ("form[note]", "Another name"),
        ],
        "planets",
        "Version 2 of the menu Call home went live: Another name.",
    ),
    (
        "/api/menus/restore",
        &[
            ("form[menu]", "planets"),
            ("form[version]", "1"),
            ("form[live]", "2"),
        ],
        "planets",
        "Version 3 of the menu Phone home went live: As version 1.",
    ),
];

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
    let mut done = BTreeSet::new();

    for (path, form, about, what) in ACTS.iter().chain(MENU_ACTS) {
        let lines = writes(&house, &mut ada, path, form).await;

        assert!(
            lines.iter().all(|line| line.by == "ada"),
            "{path}: {lines:?}"
        );
        assert!(
            lines
                .iter()
                .any(|line| line.about == *about && line.what.contains(what)),
            "{path}: {lines:?}"
        );
        done.insert(*path);
    }
    for path in ["/api/people/invite-anew", "/api/people/withdraw"] {
        let id = house.store().invitations().await.unwrap()[0].id.clone();
        let lines = writes(&house, &mut ada, path, &[("id", &id)]).await;
        assert_eq!(lines.len(), 1, "{path}: {lines:?}");
        assert_eq!(lines[0].by, "ada", "{path}");
        assert!(lines[0].what.contains("Bea"), "{path}: {lines:?}");
        done.insert(path);
    }

    let claimed: BTreeSet<&str> = COMMANDS
        .iter()
        .filter(|(_, says)| *says == Line)
        .map(|(path, _)| *path)
        .collect();
    assert_eq!(done, claimed, "what claims a line is done");
    house.close().await;
}
