//! Pages as a browser without JavaScript gets them, and the headers and files around them.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use support::{House, Persona};

const SID: &str = "CA00000000000000000000000000000001";
const BOARD: &str = "http://127.0.0.1:8080/board";

#[tokio::test]
async fn a_call_is_listed_found_and_explained() {
    let house = House::open().await;
    house
        .carrier()
        .rings("/callcongress/welcome", SID, "+14155550123")
        .await;
    let mut sam = house.supervisor().await;

    let list = sam.gets("/calls").await;
    let found = sam.gets("/calls?search=555-0123").await;
    let narrowed = sam.gets("/calls?search=999").await;
    let story = sam.gets(&format!("/calls/{SID}")).await;

    assert!(list.body.contains("+1 (415) 555-0123"), "{}", list.body);
    assert!(found.body.contains("+1 (415) 555-0123"));
    assert!(!narrowed.body.contains("+1 (415) 555-0123"));
    assert_eq!(story.status, StatusCode::OK);
    assert!(
        story.body.contains("/callcongress/welcome"),
        "{}",
        story.body
    );
    assert!(story.body.contains("&lt;Gather"), "{}", story.body);
    house.close().await;
}

#[tokio::test]
async fn a_page_that_is_not_for_somebody_holds_nothing_of_it() {
    let house = House::open().await;
    house
        .carrier()
        .rings("/callcongress/welcome", SID, "+14155550123")
        .await;
    let mut ana = house.agent().await;

    for path in ["/board", "/calls", &format!("/calls/{SID}")] {
        let page = ana.gets(path).await;

        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(!page.body.contains("555-0123"), "{}", page.body);
        assert!(page.body.contains("role"), "{}", page.body);
    }

    house.close().await;
}

#[tokio::test]
async fn the_board_shows_supervisors_and_admins_who_waits_and_what_the_day_has_brought() {
    let house = House::open().await;
    waits_for_an_agent(&house, SID).await;
    let (mut sam, mut ada) = (house.supervisor().await, house.admin().await);

    for looks in [&mut sam, &mut ada] {
        let page = looks.gets("/board").await;

        assert_eq!(page.status, StatusCode::OK);
        for part in [
            "+1 (312) 555-0123",
            "Chicago, IL, US",
            "href=\"/calls/CA00000000000000000000000000000001\"",
            "There is no service level yet. 1 call, 0 answered, 0 gave up.",
            "1 call, the most of them from",
            "<caption class=\"unseen\">Calls by the hour</caption>",
            "<a href=\"/board\" aria-current=\"page\"",
        ] {
            assert!(page.body.contains(part), "{part} is not in {}", page.body);
        }
    }
    house.close().await;
}

#[tokio::test]
async fn whoever_may_not_see_the_board_is_not_led_there() {
    let house = House::open().await;
    let mut ana = house.agent().await;

    let first = ana.gets("/").await;
    let stranger = house.stranger().gets("/board").await;

    assert!(!first.body.contains("/board"), "{}", first.body);
    assert_eq!(stranger.location(), Some("/login?next=%2Fboard"));
    house.close().await;
}

#[tokio::test]
async fn without_scripts_a_supervisor_sets_an_agent_and_reads_what_cannot_be_done() {
    let house = House::open().await;
    house.agent().await;
    let mut sam = house.supervisor().await;
    let meal = [("agent", "ana"), ("status", "away-meal")];

    let set = sam.submits("/api/agents/status", BOARD, &meal).await;
    let board = sam.gets("/board").await;
    let freed = sam
        .submits("/api/agents/free", BOARD, &[("agent", "ana")])
        .await;
    let refused = sam.gets(freed.location().expect("a way back")).await;

    let back = set.location().expect("a way back");
    assert_eq!(set.status, StatusCode::FOUND);
    assert_eq!(back.trim_end_matches('?'), "http://127.0.0.1:8080/board");
    for part in [
        "data-agent=\"ana\" data-status=\"away\"",
        "action=\"/api/agents/status\"",
        "name=\"agent\" value=\"ana\"",
        "name=\"status\" value=\"available\"",
    ] {
        assert!(board.body.contains(part), "{part} is not in {}", board.body);
    }
    assert!(
        !board.body.contains("/api/agents/free"),
        "she is busy with nothing"
    );
    assert!(
        refused.body.contains("Ana is not busy with anything."),
        "{}",
        refused.body
    );
    house.close().await;
}

#[tokio::test]
async fn a_filter_that_means_nothing_is_told_beside_its_field() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;

    let page = sam.gets("/calls?from=yesterday").await;

    assert!(
        page.body.contains("aria-describedby=\"from-problem\""),
        "{}",
        page.body
    );
    house.close().await;
}

#[tokio::test]
async fn every_answer_forbids_foreign_script_style_and_frames() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mut stranger = house.stranger();
    let answers = [
        ada.gets("/").await,
        ada.gets("/calls").await,
        ada.gets("/api/viewer").await,
        stranger.gets("/").await,
        stranger.gets("/login").await,
        stranger.gets("/no/such/page").await,
        stranger.gets("/setup/0123").await,
    ];

    for answer in answers {
        let policy = answer.header("content-security-policy").expect("a policy");
        for part in [
            "default-src 'self'",
            "script-src 'strict-dynamic' 'nonce-",
            "'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ] {
            assert!(policy.contains(part), "{part} is not in {policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert!(answer.header("permissions-policy").is_some());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    house.close().await;
}

#[tokio::test]
async fn every_script_carries_the_nonce_of_its_answer_and_nothing_is_styled_inline() {
    let house = House::open().await;
    house
        .carrier()
        .rings("/callcongress/welcome", SID, "+14155550123")
        .await;
    let mut sam = house.supervisor().await;
    let mut nonces = Vec::new();

    let story = format!("/calls/{SID}");
    for path in ["/", "/board", "/calls", &story, "/no/such/page"] {
        let page = sam.gets(path).await;
        let policy = page
            .header("content-security-policy")
            .expect("a policy")
            .to_owned();
        let nonce = policy
            .split_once("'nonce-")
            .expect("a nonce")
            .1
            .split('\'')
            .next()
            .expect("its end")
            .to_owned();

        let scripts: Vec<&str> = page
            .body
            .split("<script")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap_or_default())
            .collect();
        assert!(!scripts.is_empty(), "{path} comes to life");
        assert!(
            scripts
                .iter()
                .all(|script| script.contains(&format!("nonce=\"{nonce}\""))),
            "{path}: {scripts:?}"
        );
        assert!(
            !page.body.contains(" style=") && !page.body.contains("<style"),
            "{path}"
        );
        nonces.push(nonce);
    }

    nonces.dedup();
    assert_eq!(nonces.len(), 5, "each answer has its own");
    house.close().await;
}

#[tokio::test]
async fn files_of_the_site_are_typed_compressed_and_kept() {
    let house = House::open().await;
    let mut stranger = house.stranger();

    for path in server::pages::files() {
        let path = format!("/{path}");
        let plain = stranger.gets(&path).await;
        let pressed = asks(&mut stranger, &path, header::ACCEPT_ENCODING, "gzip, br").await;
        let tag = plain.header("etag").expect("a tag").to_owned();
        let known = asks(&mut stranger, &path, header::IF_NONE_MATCH, &tag).await;

        assert_eq!(plain.status, StatusCode::OK, "{path}");
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        // Sounds of keys are too short and too full to become smaller.
        let is_pressed = pressed.header("content-encoding") == Some("br");
        assert!(is_pressed || path.ends_with(".wav"), "{path}");
        assert_eq!(
            pressed.header("content-type"),
            plain.header("content-type"),
            "{path}"
        );
        let has_own_tag = pressed.header("etag") != Some(&*tag);
        assert_eq!(has_own_tag, is_pressed, "{path}");
        assert_eq!(
            (known.status, known.bytes.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );
        let is_kept = plain
            .header("cache-control")
            .is_some_and(|lasts| lasts.contains("immutable"));
        let names_its_content = ["/pkg/", "/sdk/twilio-voice-"];
        let names_its_content = names_its_content
            .iter()
            .any(|begin| path.starts_with(begin));
        assert_eq!(is_kept, names_its_content, "{path}");
        if path.ends_with(".wasm") {
            assert_eq!(plain.header("content-type"), Some("application/wasm"));
        }
    }
    house.close().await;
}

#[tokio::test]
async fn pages_are_rendered_whether_or_not_a_bundle_was_made() {
    let house = House::open().await;

    let page = house.stranger().gets("/login").await;

    assert!(page.body.starts_with("<!DOCTYPE html>"), "{}", page.body);
    assert!(
        page.body
            .contains("rel=\"stylesheet\" href=\"/pkg/switchboard."),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("<form") && page.body.contains("action=\"/login\""),
        "{}",
        page.body
    );
    house.close().await;
}

#[tokio::test]
async fn a_server_function_says_what_went_wrong_by_status_and_kind() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;

    let signed_out = house.stranger().gets("/api/calls/list").await;
    let missing = sam.gets("/api/calls/one?sid=nonsense").await;
    let invalid = sam.gets("/api/calls/list?filter[from_day]=never").await;

    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    assert!(
        signed_out.body.contains("signed_out"),
        "{}",
        signed_out.body
    );
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(
        invalid.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        invalid.body
    );
    house.close().await;
}

async fn asks(
    person: &mut Persona,
    path: &str,
    name: header::HeaderName,
    value: &str,
) -> support::Answer {
    person
        .sends(
            Request::get(path)
                .header(name, value)
                .body(Body::empty())
                .expect("a request"),
        )
        .await
}

#[tokio::test]
async fn an_address_with_a_slash_at_its_end_leads_to_the_one_without() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;

    let list = sam.gets("/calls/?search=216").await;
    let elsewhere = sam.gets("//evil.example/").await;

    assert_eq!(list.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(list.header("location"), Some("/calls?search=216"));
    assert_ne!(elsewhere.status, StatusCode::PERMANENT_REDIRECT);
    house.close().await;
}

/// Somebody calls the support line, where nobody is free.
async fn waits_for_an_agent(house: &House, call: &str) {
    let form = [
        ("CallSid", call),
        ("From", "+13125550123"),
        ("To", "+12025550104"),
        ("CallStatus", "ringing"),
        ("FromCity", "CHICAGO"),
        ("FromState", "IL"),
        ("FromCountry", "US"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
    ];
    let answer = house
        .carrier()
        .posts("/conference/connect/client", &form)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}
