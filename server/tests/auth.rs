//! Signing in and out, sessions, the first admin.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::Role;
use server::auth::setup;
use support::{House, PASSWORD, Persona};

#[tokio::test]
async fn who_signs_in_is_known_until_they_sign_out() {
    let house = House::open().await;
    house.add("ada", Role::Admin).await;
    let mut ada = house.stranger();

    let signed_in = ada.signs_in("Ada", PASSWORD).await;
    let home = ada.gets("/").await;
    let signed_out = ada.signs_out().await;
    let after = ada.gets("/").await;

    assert_eq!(
        (signed_in.status, signed_in.location()),
        (StatusCode::SEE_OTHER, Some("/"))
    );
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.body.contains("Hello, Ada"), "{}", home.body);
    assert_eq!(signed_out.location(), Some("/login"));
    assert_eq!(after.location(), Some("/login"));
    house.close().await;
}

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_wanted_and_never_to_another_site() {
    let house = House::open().await;
    house.add("ada", Role::Admin).await;

    let sent_away = house.stranger().gets("/calls?line=senators&page=2").await;
    for (next, goes_to) in [
        ("/calls?page=2", "/calls?page=2"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
    ] {
        let form = [("user_name", "ada"), ("password", PASSWORD), ("next", next)];

        let answer = house.stranger().posts("/login", &form).await;

        assert_eq!(answer.location(), Some(goes_to));
    }

    assert_eq!(
        sent_away.location(),
        Some("/login?next=%2Fcalls%3Fline%3Dsenators%26page%3D2")
    );
    house.close().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let house = House::open().await;
    house.add("ada", Role::Admin).await;

    let wrong = house.stranger().signs_in("ada", "not the password").await;
    let unknown = house.stranger().signs_in("bob", "not the password").await;
    let empty = house.stranger().signs_in("ada", "").await;

    assert_eq!(
        (wrong.status, wrong.problem()),
        (unknown.status, unknown.problem())
    );
    assert_eq!(wrong.problem(), Some("wrong"));
    assert_eq!(wrong.header("set-cookie"), None);
    assert_eq!(empty.problem(), Some("missing"));
    house.close().await;
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let house = House::open().await;
    let secure = House::with(&[
        ("PUBLIC_URL", "https://desk.example.org"),
        ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("TWILIO_AUTH_TOKEN", "token"),
    ])
    .await;
    for (house, begins, is_secure) in [
        (house, "switchboard=", false),
        (secure, "__Host-switchboard=", true),
    ] {
        house.add("ada", Role::Admin).await;

        let answer = house.stranger().signs_in("ada", PASSWORD).await;
        let cookie = answer.header("set-cookie").expect("a session begins");
        let attributes: Vec<&str> = cookie.split("; ").collect();

        assert!(cookie.starts_with(begins), "{cookie}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(attributes.contains(&attribute), "{cookie}");
        }
        assert!(
            attributes.iter().any(|one| one.starts_with("Max-Age=43")),
            "{cookie}"
        );
        assert_eq!(attributes.contains(&"Secure"), is_secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        house.close().await;
    }
}

#[tokio::test]
async fn the_session_has_another_id_after_signing_in() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    let before = ana.cookie.clone().expect("a session");

    ana.signs_in("ana", PASSWORD).await;
    let mut thief = house.stranger();
    thief.cookie = Some(before.clone());

    assert_ne!(ana.cookie, Some(before));
    assert_eq!(thief.gets("/").await.location(), Some("/login"));
    assert_eq!(ana.gets("/").await.status, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_and_not_while_it_is_used() {
    let house = House::open().await;
    let mut busy = house.agent().await;
    let mut idle = house.supervisor().await;

    house.waits(11 * 60).await;
    let still = busy.gets("/").await;
    house.waits(61).await;
    let both = (busy.gets("/").await, idle.gets("/").await);

    assert_eq!(still.status, StatusCode::OK);
    assert_eq!(both.0.status, StatusCode::OK);
    assert_eq!(both.1.location(), Some("/login"));
    house.close().await;
}

#[tokio::test]
async fn another_password_ends_the_sessions_and_another_role_counts_at_once() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;
    let mut ana = house.agent().await;

    let line = store::Audited {
        at: house.clock.now(),
        by: "ada".to_owned(),
        about: "sam".to_owned(),
        what: "Another password.".to_owned(),
    };
    house
        .store()
        .set_role("ana", Role::Supervisor)
        .await
        .expect("roles are written");
    house
        .store()
        .set_password("sam", "$argon2id$other", &line)
        .await
        .expect("passwords are written");

    assert_eq!(ana.gets("/calls").await.status, StatusCode::OK);
    assert_eq!(
        sam.gets("/calls").await.location(),
        Some("/login?next=%2Fcalls")
    );
    house.close().await;
}

#[tokio::test]
async fn the_link_of_the_first_start_makes_one_admin_once() {
    let house = House::open().await;
    let link = setup::open(house.store(), house.clock.now())
        .await
        .expect("the database answers")
        .expect("there is no admin");
    let form = [
        ("user_name", "ada"),
        ("name", "Ada Lovelace"),
        ("password", PASSWORD),
    ];
    let mut ada = house.stranger();

    let page = ada.gets(&link).await;
    let made = ada.posts(&link, &form).await;
    let home = ada.gets("/").await;
    let second = house
        .stranger()
        .posts(
            &link,
            &[
                ("user_name", "eve"),
                ("name", "Eve"),
                ("password", PASSWORD),
            ],
        )
        .await;
    let closed = house.stranger().gets(&link).await;
    let spent = house
        .stranger()
        .gets(closed.location().expect("it is said"))
        .await;
    let next_start = setup::open(house.store(), house.clock.now())
        .await
        .expect("the database answers");

    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(made.location(), Some("/"), "{made:?}");
    assert!(home.body.contains("Hello, Ada Lovelace"), "{}", home.body);
    assert_eq!(second.problem(), Some("used"));
    assert_eq!(closed.problem(), Some("used"));
    assert!(spent.body.contains("no longer works"), "{}", spent.body);
    assert_eq!(next_start, None);
    house.close().await;
}

#[tokio::test]
async fn the_first_admin_is_told_what_to_choose_otherwise() {
    let house = House::open().await;
    let link = setup::open(house.store(), house.clock.now())
        .await
        .expect("the database answers")
        .expect("there is no admin");
    let cases = [
        (["", "Ada", PASSWORD], "missing"),
        (["ada lovelace", "Ada", PASSWORD], "letters"),
        (["conference", "Ada", PASSWORD], "letters"),
        (["ada", "Ada", "short"], "short"),
    ];

    for ([user_name, name, password], problem) in cases {
        let form = [
            ("user_name", user_name),
            ("name", name),
            ("password", password),
        ];
        let answer = house.stranger().posts(&link, &form).await;

        assert_eq!(answer.problem(), Some(problem));
        assert!(
            !answer.location().unwrap_or_default().contains("password"),
            "{answer:?}"
        );
    }

    house.close().await;
}

#[tokio::test]
async fn a_form_over_64_kb_is_too_large() {
    let house = House::open().await;
    let long = "a".repeat(64 * 1024);

    let answer = house.stranger().signs_in("ada", &long).await;

    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    house.close().await;
}

#[tokio::test]
async fn another_site_cannot_make_a_browser_sign_in_or_out() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    let mut asks = async |origin: &str| {
        let request = Request::post("/logout")
            .header(header::ORIGIN, origin)
            .body(Body::empty());
        ana.sends(request.expect("a request")).await.status
    };

    let from_elsewhere = asks("https://evil.example").await;
    let from_here = asks(support::PUBLIC_URL).await;

    assert_eq!(from_elsewhere, StatusCode::FORBIDDEN);
    assert_eq!(from_here, StatusCode::SEE_OTHER);
    house.close().await;
}

#[tokio::test]
async fn a_lost_database_is_told_and_found_again() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    let mut stranger: Persona = house.stranger();

    house.db_lose().await;
    let lost = (ana.gets("/").await.status, stranger.gets("/healthz").await);
    house.db_find_again().await;
    let found = (ana.gets("/").await.status, stranger.gets("/healthz").await);

    assert_eq!(
        (lost.0, lost.1.status),
        (
            StatusCode::SERVICE_UNAVAILABLE,
            StatusCode::SERVICE_UNAVAILABLE
        )
    );
    assert!(
        lost.1.body.contains(r#""status":"failing""#),
        "{}",
        lost.1.body
    );
    assert_eq!((found.0, found.1.status), (StatusCode::OK, StatusCode::OK));
    assert!(
        found.1.body.starts_with(r#"{"status":"ok""#),
        "{}",
        found.1.body
    );
    house.close().await;
}
#[tokio::test]
async fn a_later_start_without_an_admin_replaces_the_link() {
    let house = House::open().await;
    let open = || setup::open(house.store(), house.clock.now());
    let first = open()
        .await
        .expect("the database answers")
        .expect("there is no admin");
    let second = open()
        .await
        .expect("the database answers")
        .expect("there is no admin");

    let old = house.stranger().gets(&first).await;
    let fresh = house.stranger().gets(&second).await;
    let made_up = house
        .stranger()
        .gets(&format!("/setup/{}", "0".repeat(64)))
        .await;

    assert_eq!(old.problem(), Some("used"));
    assert_eq!(fresh.status, StatusCode::OK);
    assert_eq!(made_up.problem(), Some("used"));
    house.close().await;
}
