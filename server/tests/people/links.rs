//! Invitations, and links by which somebody chooses another password.

use axum::http::StatusCode;
use desk::Role;
use exchange::UserName;

use crate::support::{Answer, House, PASSWORD, Persona};

/// Presses a button as a browser without script does.
pub(crate) async fn presses(person: &mut Persona, what: &str, form: &[(&str, &str)]) -> Answer {
    person.posts(&format!("/api/people/{what}"), form).await
}

/// The link that stands on a page, without its host.
pub(crate) fn link_on(page: &Answer) -> String {
    let from = page.body.split("/invite/").nth(1).expect("a link is shown");
    let token: String = from.chars().take_while(char::is_ascii_hexdigit).collect();
    format!("/invite/{token}")
}

/// Invites somebody, and gives the link as the page shows it.
pub(crate) async fn invites(admin: &mut Persona, form: &[(&str, &str)]) -> String {
    let made = presses(admin, "invite", form).await;
    let page = made.location().expect("it leads to the link").to_owned();
    link_on(&admin.gets(&page).await)
}

const BEA: [(&str, &str); 4] = [
    ("form[name]", "Bea Ruiz"),
    ("form[role]", "agent"),
    ("form[skills][team]", "Billing"),
    ("form[skills][languages][es]", "on"),
];

#[tokio::test]
async fn who_is_invited_chooses_a_name_and_is_what_they_were_invited_as() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let made = presses(&mut ada, "invite", &BEA).await;
    let address = made.location().expect("it leads to the link").to_owned();
    let shown = ada.gets(&address).await;
    let link = link_on(&shown);
    let again = ada.gets(&address).await;
    let mut bea = house.stranger();

    let page = bea.gets(&link).await;
    let form = [
        ("user_name", "Bea"),
        ("name", "Bea R."),
        ("password", PASSWORD),
    ];
    let joined = bea.posts(&link, &form).await;
    let home = bea.gets("/").await;
    let second = house.stranger().posts(&link, &form).await;

    assert!(shown.body.contains("Bea Ruiz"), "{}", shown.body);
    assert!(!again.body.contains("/invite/"), "it is shown once");
    assert!(
        page.body.contains("You are invited as agent"),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"Bea Ruiz\""), "{}", page.body);
    assert_eq!(joined.location(), Some("/"), "{joined:?}");
    assert!(home.body.contains("Hello, Bea R."), "{}", home.body);
    assert_eq!(second.problem(), Some("used"));
    let bea = house.store().person("bea").await.unwrap().unwrap();
    let teams: Vec<String> = bea.teams.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!((bea.role, teams), (Role::Agent, vec!["billing".to_owned()]));
    assert_eq!(bea.languages, [exchange::Language::Spanish]);
    house.close().await;
}

#[tokio::test]
async fn nothing_of_a_link_is_kept_but_its_hash() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let link = invites(&mut ada, &BEA).await;

    let token = link.rsplit('/').next().unwrap();
    assert_eq!(
        house.store().link(token).await.unwrap(),
        None,
        "it is not kept as it is"
    );
    let lines = house.store().audited().await.unwrap();
    assert!(lines.iter().all(|line| !line.what.contains(token)));
    house.close().await;
}

#[tokio::test]
async fn a_link_is_good_for_seven_days_and_can_be_made_anew_or_taken_back() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let first = invites(&mut ada, &BEA).await;
    let id = house.store().invitations().await.unwrap()[0].id.clone();

    house.waits(7 * 24 * 60 - 1).await;
    let still = house.stranger().gets(&first).await;
    house.waits(1).await;
    let late = house.stranger().gets(&first).await;
    let mut ada = house.admin().await;
    let anew = presses(&mut ada, "invite-anew", &[("id", &id)]).await;
    let second = link_on(&ada.gets(anew.location().unwrap()).await);
    let opened = house.stranger().gets(&second).await;
    let id = house.store().invitations().await.unwrap()[0].id.clone();
    presses(&mut ada, "withdraw", &[("id", &id)]).await;
    let closed = house.stranger().gets(&second).await;

    assert_eq!(still.status, StatusCode::OK);
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(late.body.contains("has run out"), "{}", late.body);
    assert_ne!(first, second);
    assert_eq!(opened.status, StatusCode::OK);
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    assert_eq!(house.store().invitations().await.unwrap(), []);
    house.close().await;
}

#[tokio::test]
async fn who_is_invited_is_told_what_to_choose_otherwise() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let link = invites(&mut ada, &BEA).await;
    let cases = [
        (["", "Bea", PASSWORD], "missing"),
        (["bea ruiz", "Bea", PASSWORD], "letters"),
        (["retention", "Bea", PASSWORD], "letters"),
        (["ada", "Bea", PASSWORD], "taken"),
        (["bea", "Bea", "short"], "short"),
    ];

    for ([user_name, name, password], problem) in cases {
        let form = [
            ("user_name", user_name),
            ("name", name),
            ("password", password),
        ];
        let answer = house.stranger().posts(&link, &form).await;

        assert_eq!(answer.problem(), Some(problem));
        let page = house.stranger().gets(answer.location().unwrap()).await;
        assert!(
            page.body.contains("aria-invalid=\"true\""),
            "{problem}: {}",
            page.body
        );
    }
    house.close().await;
}

#[tokio::test]
async fn who_guesses_links_has_to_wait_and_who_has_one_does_not() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let link = invites(&mut ada, &BEA).await;

    let mut last = StatusCode::OK;
    for n in 0..25 {
        last = house
            .stranger()
            .gets(&format!("/invite/guess{n}"))
            .await
            .status;
    }

    assert_eq!(last, StatusCode::CONFLICT, "the address has to wait");
    house.waits(1).await;
    assert_eq!(house.stranger().gets(&link).await.status, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn bad_fields_of_an_invitation_are_told_and_nothing_is_made() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let long = "x".repeat(101);

    for (field, value) in [
        ("form[name]", long.as_str()),
        ("form[role]", "root"),
        ("form[skills][team]", "größe"),
        ("form[skills][languages][xx]", "on"),
    ] {
        let mut form = vec![("form[role]", "agent")];
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let answer = presses(&mut ada, "invite", &form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
    }

    assert_eq!(house.store().invitations().await.unwrap(), []);
    house.close().await;
}

#[tokio::test]
async fn a_reset_stops_the_password_and_the_sessions_at_once_and_the_link_sets_another() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mut ana = house.agent().await;

    let made = presses(&mut ada, "reset", &[("user", "ana")]).await;
    let link = link_on(&ada.gets(made.location().unwrap()).await);
    let out = ana.gets("/").await;
    let old = house.stranger().signs_in("ana", PASSWORD).await;
    let page = house.stranger().gets(&link).await;
    let mut back = house.stranger();
    let chosen = back.posts(&link, &[("password", "another sentence")]).await;
    let again = house
        .stranger()
        .posts(&link, &[("password", "one more sentence")])
        .await;
    let signed_in = house.stranger().signs_in("ana", "another sentence").await;

    assert_eq!(out.location(), Some("/login"));
    assert_eq!(old.problem(), Some("wrong"));
    assert!(page.body.contains("Your user name is ana"), "{}", page.body);
    assert_eq!(chosen.location(), Some("/"));
    assert_eq!(back.gets("/").await.status, StatusCode::OK);
    assert_eq!(again.problem(), Some("used"));
    assert_eq!(signed_in.location(), Some("/"));
    house.close().await;
}

#[tokio::test]
async fn what_an_admin_made_leads_nowhere_once_they_are_deactivated_or_no_admin() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mine = invites(&mut ada, &BEA).await;
    let back = [("form[role]", "admin"), ("form[name]", "Back door")];
    let down = [
        ("form[user]", "cal"),
        ("form[version]", "0"),
        ("form[name]", "Cal"),
        ("form[role]", "supervisor"),
    ];

    for (name, act, form) in [
        ("bob", "deactivate", &[("user", "bob")][..]),
        ("cal", "save", &down[..]),
    ] {
        house.add(name, Role::Admin).await;
        let mut admin = house.stranger();
        admin.signs_in(name, PASSWORD).await;
        let link = invites(&mut admin, &back).await;
        let open = house.stranger().gets(&link).await;
        let done = presses(&mut ada, act, form).await;
        let closed = house.stranger().gets(&link).await;

        assert_eq!(open.status, StatusCode::OK, "{name}");
        assert_eq!(done.status, StatusCode::OK, "{name}: {}", done.body);
        assert_eq!(closed.status, StatusCode::NOT_FOUND, "{name}");
    }
    assert_eq!(house.stranger().gets(&mine).await.status, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn a_link_for_another_password_does_not_outlive_a_deactivation() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.agent().await;
    let made = presses(&mut ada, "reset", &[("user", "ana")]).await;
    let link = link_on(&ada.gets(made.location().unwrap()).await);

    presses(&mut ada, "deactivate", &[("user", "ana")]).await;
    presses(&mut ada, "reactivate", &[("user", "ana")]).await;
    let tried = house
        .stranger()
        .posts(&link, &[("password", "another sentence")])
        .await;

    assert_eq!(tried.problem(), Some("used"));
    let ana = house.store().person("ana").await.unwrap().unwrap();
    assert!(ana.deactivated.is_none() && !ana.has_password());
    house.close().await;
}

#[tokio::test]
async fn an_invited_agent_is_offered_the_calls_of_their_teams_alone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let link = invites(&mut ada, &BEA).await;
    let form = [
        ("user_name", "bea"),
        ("name", "Bea"),
        ("password", PASSWORD),
    ];
    house.stranger().posts(&link, &form).await;

    let (_, plan) = house.state.plans.current();
    let bea = UserName::parse("bea").unwrap();
    let now = house.clock.now();
    let known = server::agents::known(&house.state, &bea, &plan, now).await;

    let agent = known.unwrap().unwrap().agent;
    let teams: Vec<String> = agent.teams.iter().map(ToString::to_string).collect();
    assert_eq!(teams, ["billing"]);
    assert!(
        agent.speaks(exchange::Language::Spanish) && !agent.speaks(exchange::Language::English)
    );
    house.close().await;
}
