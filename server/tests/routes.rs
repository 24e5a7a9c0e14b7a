//! Every route and what each kind of person gets from it.

mod support;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request};
use support::{House, Persona};

/// A route, a request to it, and the status that a stranger, an agent, a supervisor and an admin get.
type Row = (&'static str, &'static str, &'static str, [u16; 4]);

const SID: &str = "CA00000000000000000000000000000001";

/// `{sid}` in a path stands for a call that happened; webhooks come here unsigned. There is no local carrier here: the
/// pretend telephones have their own tests, and so has the feed, which does not end.
const TABLE: &[Row] = &[
    ("/", "GET", "/", [303, 200, 200, 200]),
    ("/board", "GET", "/board", [303, 403, 200, 200]),
    ("/conferences", "GET", "/conferences", [303, 403, 200, 200]),
    (
        "/conferences/{id}",
        "GET",
        "/conferences/conference.main",
        [303, 403, 200, 200],
    ),
    ("/calls", "GET", "/calls", [303, 403, 200, 200]),
    ("/calls/{sid}", "GET", "/calls/{sid}", [303, 403, 200, 200]),
    (
        "/calls/{sid}",
        "GET",
        "/calls/CA99999999999999999999999999999999",
        [303, 403, 404, 404],
    ),
    ("/directory", "GET", "/directory", [303, 403, 403, 200]),
    (
        "/directory/{id}",
        "GET",
        "/directory/senators",
        [303, 403, 403, 200],
    ),
    (
        "/directory/{id}",
        "GET",
        "/directory/nobody",
        [303, 403, 403, 404],
    ),
    (
        "/directory/{id}/history",
        "GET",
        "/directory/senators/history",
        [303, 403, 403, 200],
    ),
    (
        "/directory/{id}/import",
        "GET",
        "/directory/senators/import",
        [303, 403, 403, 200],
    ),
    (
        "/directory/{id}/import",
        "POST",
        "/directory/senators/import",
        [401, 403, 403, 303],
    ),
    (
        "/directory/{id}/offices.csv",
        "GET",
        "/directory/senators/offices.csv",
        [401, 403, 403, 200],
    ),
    (
        "/directory/{id}/offices.csv",
        "POST",
        "/directory/senators/offices.csv",
        [405; 4],
    ),
    (
        "/api/directories/list",
        "GET",
        "/api/directories/list",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/show",
        "GET",
        "/api/directories/show?id=senators",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/history",
        "GET",
        "/api/directories/history?id=senators",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/look-through",
        "GET",
        "/api/directories/look-through?id=senators",
        [401, 403, 403, 200],
    ),
    // A form without a directory is none.
    (
        "/api/directories/make",
        "POST",
        "/api/directories/make",
        [401, 403, 403, 422],
    ),
    (
        "/api/directories/save",
        "POST",
        "/api/directories/save",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/remove",
        "POST",
        "/api/directories/remove",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/undo",
        "POST",
        "/api/directories/undo",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/take",
        "POST",
        "/api/directories/take",
        [401, 403, 403, 404],
    ),
    (
        "/api/calls/list",
        "GET",
        "/api/calls/list",
        [401, 403, 200, 200],
    ),
    (
        "/api/calls/one",
        "GET",
        "/api/calls/one?sid={sid}",
        [401, 403, 200, 200],
    ),
    (
        "/api/calls/one",
        "POST",
        "/api/calls/one?sid={sid}",
        [405, 405, 405, 405],
    ),
    ("/api/phones/show", "GET", "/api/phones/show", [404; 4]),
    ("/api/phones/call", "POST", "/api/phones/call", [404; 4]),
    ("/api/phones/use", "POST", "/api/phones/use", [404; 4]),
    ("/api/phones/habit", "POST", "/api/phones/habit", [404; 4]),
    (
        "/api/console/show",
        "GET",
        "/api/console/show",
        [401, 200, 200, 200],
    ),
    (
        "/api/board/show",
        "GET",
        "/api/board/show",
        [401, 403, 200, 200],
    ),
    // A status without a word is none.
    (
        "/api/console/status",
        "POST",
        "/api/console/status",
        [401, 422, 422, 422],
    ),
    // Nothing after the call is nothing to be done.
    (
        "/api/console/next",
        "POST",
        "/api/console/next",
        [401, 200, 200, 200],
    ),
    (
        "/api/console/decline",
        "POST",
        "/api/console/decline",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/hang-up",
        "POST",
        "/api/console/hang-up",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/hold",
        "POST",
        "/api/console/hold",
        [401, 404, 404, 404],
    ),
    // A form without a call is none.
    (
        "/api/transfer/hand-over",
        "POST",
        "/api/transfer/hand-over",
        [401, 422, 422, 422],
    ),
    (
        "/api/transfer/cancel",
        "POST",
        "/api/transfer/cancel",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/join-all",
        "POST",
        "/api/transfer/join-all",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/swap",
        "POST",
        "/api/transfer/swap",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/complete",
        "POST",
        "/api/transfer/complete",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/drop",
        "POST",
        "/api/transfer/drop",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/hold",
        "POST",
        "/api/transfer/hold",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/mute",
        "POST",
        "/api/transfer/mute",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/more-time",
        "POST",
        "/api/console/more-time",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/wrap-up",
        "POST",
        "/api/console/wrap-up",
        [401, 404, 404, 404],
    ),
    (
        "/api/inbox/tick-off",
        "POST",
        "/api/inbox/tick-off",
        [401, 404, 404, 404],
    ),
    (
        "/api/agents/status",
        "POST",
        "/api/agents/status",
        [401, 403, 404, 404],
    ),
    (
        "/api/agents/free",
        "POST",
        "/api/agents/free",
        [401, 403, 404, 404],
    ),
    (
        "/api/rooms/show",
        "GET",
        "/api/rooms/show",
        [401, 403, 200, 200],
    ),
    (
        "/api/rooms/one",
        "GET",
        "/api/rooms/one?id=conference.main",
        [401, 403, 200, 200],
    ),
    (
        "/api/rooms/act",
        "POST",
        "/api/rooms/act",
        [401, 403, 422, 422],
    ),
    (
        "/conferences/{id}/attendance.csv",
        "GET",
        "/conferences/conference.main/attendance.csv",
        [401, 403, 404, 404],
    ),
    (
        "/conferences/{id}/attendance.csv",
        "POST",
        "/conferences/conference.main/attendance.csv",
        [405; 4],
    ),
    (
        "/api/watch/mode",
        "POST",
        "/api/watch/mode",
        [401, 403, 422, 422],
    ),
    (
        "/api/watch/take-over",
        "POST",
        "/api/watch/take-over",
        [401, 403, 404, 404],
    ),
    (
        "/api/console/help",
        "POST",
        "/api/console/help",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/may-call",
        "POST",
        "/api/console/may-call",
        [401, 422, 422, 422],
    ),
    (
        "/inbox/{call}/voicemail",
        "GET",
        "/inbox/{sid}/voicemail",
        [401, 404, 404, 404],
    ),
    (
        "/inbox/{call}/voicemail",
        "POST",
        "/inbox/{sid}/voicemail",
        [405; 4],
    ),
    (
        "/conference/{agent}/call",
        "POST",
        "/conference/ana/call",
        [401, 409, 403, 403],
    ),
    (
        "/conference/{agent}/call",
        "GET",
        "/conference/ana/call",
        [405; 4],
    ),
    ("/{agent}/token", "POST", "/ana/token", [401, 200, 403, 403]),
    ("/{agent}/token", "GET", "/ana/token", [405; 4]),
    ("/api/viewer", "GET", "/api/viewer", [200, 200, 200, 200]),
    ("/live", "POST", "/live", [405; 4]),
    ("/live/pong", "GET", "/live/pong", [405; 4]),
    (
        "/live/pong",
        "POST",
        "/live/pong?connection=a_guess",
        [410; 4],
    ),
    ("/twilio/browser", "POST", "/twilio/browser", [403; 4]),
    (
        "/twilio/browser/end",
        "GET",
        "/twilio/browser/end",
        [403; 4],
    ),
    ("/signal", "GET", "/signal", [404; 4]),
    ("/sounds/wait.wav", "GET", "/sounds/wait.wav", [200; 4]),
    ("/token", "GET", "/token", [405; 4]),
    ("/token", "POST", "/token", [401, 200, 200, 200]),
    ("/login", "GET", "/login", [200, 303, 303, 303]),
    ("/login", "POST", "/login", [303, 303, 303, 303]),
    (
        "/login/demonstration",
        "GET",
        "/login/demonstration",
        [405; 4],
    ),
    (
        "/login/demonstration",
        "POST",
        "/login/demonstration",
        [303; 4],
    ),
    (
        "/login/demonstration/{ticket}",
        "GET",
        "/login/demonstration/a_guess",
        [303; 4],
    ),
    ("/logout", "GET", "/logout", [405, 405, 405, 405]),
    ("/logout", "POST", "/logout", [303, 303, 303, 303]),
    ("/phones", "GET", "/phones", [404; 4]),
    (
        "/phones/legs/{leg}/sound",
        "POST",
        "/phones/legs/{sid}/sound",
        [404; 4],
    ),
    ("/setup/{token}", "GET", "/setup/0123", [303, 303, 303, 303]),
    (
        "/setup/{token}",
        "POST",
        "/setup/0123",
        [303, 303, 303, 303],
    ),
    ("/healthz", "GET", "/healthz", [200, 200, 200, 200]),
    (
        "/callcongress/welcome",
        "POST",
        "/callcongress/welcome",
        [403; 4],
    ),
    (
        "/callcongress/set-state",
        "POST",
        "/callcongress/set-state",
        [403; 4],
    ),
    (
        "/callcongress/collect-zip",
        "POST",
        "/callcongress/collect-zip",
        [403; 4],
    ),
    (
        "/callcongress/state-lookup",
        "POST",
        "/callcongress/state-lookup",
        [403; 4],
    ),
    (
        "/callcongress/call-senators/{state}",
        "POST",
        "/callcongress/call-senators/CA",
        [403; 4],
    ),
    (
        "/callcongress/call-second-senator/{id}",
        "GET",
        "/callcongress/call-second-senator/x",
        [403; 4],
    ),
    (
        "/callcongress/goodbye",
        "GET",
        "/callcongress/goodbye",
        [403; 4],
    ),
    ("/callcongress", "POST", "/callcongress", [403; 4]),
    (
        "/callcongress/{*path}",
        "POST",
        "/callcongress/no/such/thing",
        [403; 4],
    ),
    (
        "/conference/connect/client",
        "POST",
        "/conference/connect/client",
        [403; 4],
    ),
    ("/conference/wait", "POST", "/conference/wait", [403; 4]),
    ("/conference/hold", "GET", "/conference/hold", [403; 4]),
    (
        "/conference/{call_sid}/connect/{agent}",
        "POST",
        "/conference/{sid}/connect/agent1",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/next",
        "POST",
        "/conference/{sid}/next",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/left",
        "POST",
        "/conference/{sid}/left",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/keyed",
        "POST",
        "/conference/{sid}/keyed",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/recorded",
        "POST",
        "/conference/{sid}/recorded",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/agent-left",
        "POST",
        "/conference/{sid}/agent-left",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/screened",
        "POST",
        "/conference/{sid}/screened",
        [403; 4],
    ),
    ("/conference", "POST", "/conference", [403; 4]),
    ("/conference/", "POST", "/conference/", [403; 4]),
    (
        "/conference/{call_sid}",
        "POST",
        "/conference/{sid}",
        [403; 4],
    ),
    (
        "/conference/{call_sid}/{step}",
        "POST",
        "/conference/{sid}/no-such-step",
        [403; 4],
    ),
    (
        "/twilio/conference-status",
        "POST",
        "/twilio/conference-status",
        [403; 4],
    ),
    ("/twilio/leg-status", "POST", "/twilio/leg-status", [403; 4]),
    (
        "/conference/{call_sid}/watch-left",
        "POST",
        "/conference/{sid}/watch-left",
        [403; 4],
    ),
    (
        "/conference/taken-over",
        "POST",
        "/conference/taken-over",
        [403; 4],
    ),
    (
        "/twilio/invite-status",
        "POST",
        "/twilio/invite-status",
        [403; 4],
    ),
    ("/voice", "POST", "/voice", [403; 4]),
    ("/voice/", "POST", "/voice/", [403; 4]),
    ("/voice/code", "POST", "/voice/code", [403; 4]),
    ("/voice/hold", "POST", "/voice/hold", [403; 4]),
    ("/voice/invited", "POST", "/voice/invited", [403; 4]),
    ("/voice/left", "POST", "/voice/left", [403; 4]),
    ("/voice/menu", "POST", "/voice/menu", [403; 4]),
    ("/voice/next", "POST", "/voice/next", [403; 4]),
    ("/voice/pin", "POST", "/voice/pin", [403; 4]),
    ("/voice/say", "POST", "/voice/say", [403; 4]),
    ("/voice/wait", "POST", "/voice/wait", [403; 4]),
    ("/voice/{*path}", "POST", "/voice/somewhere", [403; 4]),
    (
        "/twilio/recording-status",
        "POST",
        "/twilio/recording-status",
        [403; 4],
    ),
    ("/ivr/welcome", "POST", "/ivr/welcome", [403; 4]),
    ("/ivr/menu", "POST", "/ivr/menu", [403; 4]),
    ("/ivr/planets", "GET", "/ivr/planets", [403; 4]),
    ("/ivr", "POST", "/ivr", [403; 4]),
    ("/ivr/{*path}", "POST", "/ivr/no/such/thing", [403; 4]),
    ("/line", "POST", "/line", [403; 4]),
    ("/line/", "POST", "/line/", [403; 4]),
    ("/line/{*id}", "POST", "/line/senators", [403; 4]),
    ("/callcongress/", "POST", "/callcongress/", [403; 4]),
    ("/ivr/", "POST", "/ivr/", [403; 4]),
    (
        "/twilio/call-status",
        "POST",
        "/twilio/call-status",
        [403; 4],
    ),
    ("/twilio/fallback", "POST", "/twilio/fallback", [403; 4]),
    ("", "GET", "/no/such/page", [404; 4]),
    ("", "POST", "/no/such/page", [404; 4]),
    ("", "GET", "/hash.txt", [404; 4]),
    ("", "GET", "/../Cargo.toml", [404; 4]),
];

#[test]
fn every_route_has_a_row() {
    let routes: BTreeSet<String> = server::routes().into_iter().collect();
    let rows: BTreeSet<String> = TABLE
        .iter()
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

    for (_, method, path, statuses) in TABLE {
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
