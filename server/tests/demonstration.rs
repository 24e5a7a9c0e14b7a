//! The people of a demonstration: who enters as them, from where, and what becomes of them.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::{Role, STAND_INS, StandIn};
use server::AppState;
use server::auth::demonstration;
use server::config::{Config, Vars};
use support::process::{Server, run};
use support::{Answer, House, Persona, send};

const ACCOUNT: [(&str, &str); 3] = [
    ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("TWILIO_AUTH_TOKEN", "hush"),
    ("PUBLIC_URL", "https://desk.example.org"),
];
const HERE: &[(&str, &str)] = &[("host", "127.0.0.1:8080")];

#[tokio::test]
async fn one_click_leads_to_a_session_at_a_host_of_ones_own() {
    let house = demonstration().await;

    for stand_in in STAND_INS {
        let mut here = house.stranger();
        let own = format!("{}:8080", stand_in.host());

        let clicked = clicks(&mut here, stand_in.user_name, HERE).await;
        let (home, ticket) = ticket(&clicked);
        let mut there = house.stranger();
        let arrived = gets(&mut there, &ticket, &own).await;
        let viewer = gets(&mut there, "/api/viewer", &own).await;

        assert_eq!(home, format!("http://{own}"));
        assert_eq!(here.cookie, None, "nobody is signed in where they clicked");
        assert_eq!(arrived.status, StatusCode::SEE_OTHER, "{arrived:?}");
        assert_eq!(arrived.location(), Some("/"));
        let cookie = arrived.header("set-cookie").expect("a session begins");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "one host only: {cookie}");
        let role = format!("\"role\":\"{}\"", stand_in.role.word());
        assert!(viewer.body.contains(stand_in.name), "{}", viewer.body);
        assert!(viewer.body.contains(&role), "{}", viewer.body);
    }
    house.close().await;
}

#[tokio::test]
async fn at_ones_own_host_the_click_itself_begins_the_session_and_leads_on() {
    let house = demonstration().await;
    let mut sue = house.stranger();
    let at = "supervisor.localhost:8080";
    let form = [("user_name", "supervisor"), ("next", "/calls?page=2")];

    let clicked = posts(&mut sue, &form, &[("host", at)]).await;

    assert_eq!(clicked.location(), Some("/calls?page=2"));
    assert_eq!(gets(&mut sue, "/calls", at).await.status, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn the_click_leads_to_no_other_site() {
    let house = demonstration().await;
    let form = [("user_name", "agent1"), ("next", "//evil.example")];
    let own = ("host", "agent1.localhost:8080");

    let clicked = posts(&mut house.stranger(), &form, &[own]).await;

    assert_eq!(clicked.location(), Some("/"));
    house.close().await;
}

#[tokio::test]
async fn a_ticket_is_good_once_soon_and_at_its_own_host() {
    let house = demonstration().await;
    let own = "agent1.localhost:8080";
    let issue = async || {
        let clicked = clicks(&mut house.stranger(), "agent1", HERE).await;
        ticket(&clicked).1
    };
    let mut wrong = Vec::new();

    let once = issue().await;
    let good = gets(&mut house.stranger(), &once, own).await;
    wrong.push(gets(&mut house.stranger(), &once, own).await);
    for other in ["agent2.localhost:8080", "127.0.0.1:8080"] {
        wrong.push(gets(&mut house.stranger(), &issue().await, other).await);
    }
    let late = issue().await;
    house.waits(1).await;
    wrong.push(gets(&mut house.stranger(), &late, own).await);

    assert_eq!(good.location(), Some("/"));
    for answer in wrong {
        assert_eq!(answer.problem(), Some("entry"), "{answer:?}");
        assert_eq!(answer.header("set-cookie"), None);
    }
    house.close().await;
}

#[tokio::test]
async fn nobody_enters_from_another_site_or_by_another_name() {
    let house = demonstration().await;
    let own = ("host", "agent1.localhost:8080");

    for headers in [
        &[("host", "rebound.example")][..],
        &[("host", "agent1.localhost.evil.example:8080")],
        &[own, ("origin", "https://evil.example")],
        &[own, ("origin", "null")],
        &[own, ("origin", "http://agent2.localhost:8080")],
        &[own, ("origin", "http://agent1.localhost:9090")],
        &[own, ("sec-fetch-site", "cross-site")],
        &[own, ("sec-fetch-site", "same-site")],
    ] {
        let answer = clicks(&mut house.stranger(), "agent1", headers).await;

        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(answer.header("set-cookie"), None);
    }

    let clicked = clicks(&mut house.stranger(), "agent1", HERE).await;
    let (_, ticket) = ticket(&clicked);
    let rebound = gets(&mut house.stranger(), &ticket, "rebound.example").await;
    assert_eq!(rebound.status, StatusCode::FORBIDDEN);
    house.close().await;
}

#[tokio::test]
async fn only_those_whom_the_demonstration_brought_are_entered_as() {
    let house = House::open().await;
    house.add("admin", Role::Admin).await;
    house.add("zoe", Role::Agent).await;
    demonstration::bring(house.store(), house.clock.now())
        .await
        .expect("people are written");

    let own = clicks(&mut house.stranger(), "admin", HERE).await;
    let other = clicks(&mut house.stranger(), "zoe", HERE).await;
    let nobody = clicks(&mut house.stranger(), "", HERE).await;

    assert_eq!(own.problem(), Some("own"));
    assert_eq!(other.problem(), Some("entry"));
    assert_eq!(nobody.problem(), Some("entry"));
    house.close().await;
}

#[tokio::test]
async fn no_password_is_theirs() {
    let house = demonstration().await;
    let unknown = house.stranger().signs_in("nobody", "!demonstration").await;

    for password in ["!demonstration", "agent1", "switchboard-demonstration"] {
        let answer = house.stranger().signs_in("agent1", password).await;

        assert_eq!(answer.status, unknown.status);
        assert_eq!(answer.problem(), Some("wrong"));
    }
    house.close().await;
}

#[tokio::test]
async fn the_sign_in_page_says_what_it_is_and_offers_everybody() {
    let house = demonstration().await;
    let real = House::with(&ACCOUNT).await;

    let page = gets(&mut house.stranger(), "/login", "localhost:8080").await;
    let of_real = real.stranger().gets("/login").await;

    assert!(
        page.body.contains("This is a demonstration"),
        "{}",
        page.body
    );
    for StandIn {
        user_name, name, ..
    } in STAND_INS
    {
        assert!(page.body.contains(&format!("Enter as {name}")), "{name}");
        assert!(page.body.contains(&format!("{user_name}.localhost")));
    }
    let forms = form_action(&page);
    assert!(
        forms.starts_with("'self' http://agent1.localhost:* "),
        "{forms}"
    );
    assert!(!of_real.body.contains("Enter as"), "{}", of_real.body);
    assert_eq!(form_action(&of_real), "'self'");
    house.close().await;
    real.close().await;
}

#[tokio::test]
async fn where_names_below_localhost_lead_elsewhere_one_enters_at_once() {
    let house = House::with(&[("LISTEN", "127.0.0.2:8080")]).await;
    demonstration::bring(house.store(), house.clock.now())
        .await
        .expect("people are written");
    let host = ("host", "127.0.0.2:8080");

    let clicked = clicks(&mut house.stranger(), "agent1", &[host]).await;

    assert_eq!(clicked.location(), Some("/"));
    assert!(clicked.header("set-cookie").is_some());
    house.close().await;
}

#[tokio::test]
async fn with_an_account_nobody_enters_and_a_session_of_before_is_nobodys() {
    let house = demonstration().await;
    let mut admin = house.stranger();
    let own = ("host", "admin.localhost:8080");
    clicks(&mut admin, "admin", &[own]).await;
    let cookie = admin.cookie.clone().expect("a session");
    let vars: Vars = [&ACCOUNT[..2], &[("PUBLIC_URL", "http://127.0.0.1:8080")]]
        .concat()
        .into_iter()
        .collect();
    let config = Config::from_vars(&vars).expect("the settings hold");
    let real = AppState::new(config, house.store().clone(), house.clock.clone())
        .await
        .expect("the parts fit");
    let real = server::router(real);
    let asks = async |request: axum::http::request::Builder| {
        let request = request.header(header::COOKIE, &cookie).body(Body::empty());
        send(&real, request.expect("a request")).await
    };

    let entered = asks(Request::post("/login/demonstration")).await;
    let arrived = asks(Request::get("/login/demonstration/a_guess")).await;
    let token = asks(Request::post("/token")).await;
    let page = asks(Request::get("/calls")).await;

    assert_eq!(entered.status, StatusCode::NOT_FOUND);
    assert_eq!(arrived.status, StatusCode::NOT_FOUND);
    assert_eq!(token.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.location(), Some("/login?next=%2Fcalls"));
    house.close().await;
}

#[test]
fn they_come_with_a_demonstration_and_go_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("switchboard.db");
    let url = format!("sqlite://{}", path.display());
    let database = [("DATABASE_URL", url.as_str())];
    let people = || {
        let output = run(folder.path(), &["user", "list"], &database);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };

    let mut server = Server::start(folder.path(), &database);
    let said = server.line();
    let (_, entered) = server.asks(
        "POST /login/demonstration",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "user_name=admin",
    );
    server.tell_to_stop();
    server.end();
    let with_it = people();
    let numbers_with_it = numbers_of_lines(&url);
    let real = [&database[..], &ACCOUNT[..2]].concat();
    let mut server = Server::start(folder.path(), &real);
    let link = server.line();
    server.tell_to_stop();
    server.end();
    let without_it = people();
    let numbers_without_it = numbers_of_lines(&url);

    assert!(said.contains("demonstration"), "no link: {said}");
    assert!(entered.contains("http://admin.localhost:"), "{entered}");
    assert_eq!(with_it.lines().count(), 4, "{with_it}");
    assert!(link.contains("There is no admin yet"), "{link}");
    assert_eq!(without_it, "");
    assert!(numbers_with_it > 0);
    assert_eq!(numbers_without_it, 0, "the invented numbers go as well");
}

/// How many lines have a number.
fn numbers_of_lines(url: &str) -> usize {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = store::Store::open(url).await.expect("the database");
        let (_, rows) = store.plan().await.expect("the plan");
        store.close().await;
        let numbered = rows.lines.iter().filter(|line| line.number.is_some());
        numbered.count()
    })
}

/// A house with the people of a demonstration in it.
async fn demonstration() -> House {
    let house = House::open().await;
    demonstration::bring(house.store(), house.clock.now())
        .await
        .expect("people are written");
    house
}

async fn clicks(person: &mut Persona, user_name: &str, headers: &[(&str, &str)]) -> Answer {
    posts(person, &[("user_name", user_name)], headers).await
}

async fn posts(person: &mut Persona, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post("/login/demonstration")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = serde_urlencoded::to_string(form).expect("a form");
    person
        .sends(request.body(Body::from(body)).expect("a request"))
        .await
}

async fn gets(person: &mut Persona, path: &str, host: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, host);
    person
        .sends(request.body(Body::empty()).expect("a request"))
        .await
}

/// Where a click led: the origin, and the ticket's path.
fn ticket(clicked: &Answer) -> (String, String) {
    let place = clicked.location().expect("a redirect");
    let (home, ticket) = place
        .split_once("/login/demonstration/")
        .unwrap_or_else(|| panic!("no ticket in {place}"));
    (home.to_owned(), format!("/login/demonstration/{ticket}"))
}

fn form_action(page: &Answer) -> &str {
    let policy = page.header("content-security-policy").expect("a policy");
    let (_, rest) = policy.split_once("form-action ").expect("a part of it");
    rest.split(';').next().expect("a value")
}
