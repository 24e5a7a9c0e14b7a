//! `POST /token`: who is given a telephone for their browser, and what it may do.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use desk::{PhoneToken, TokenRefusal};
use server::config::DEMONSTRATION_APPLICATION;
use support::{Answer, House, Persona};
use twilio::AccountSid;
use twilio::token::{TokenVerifier, VerifiedToken};

const TWILIO: &[(&str, &str)] = &[
    ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("TWILIO_AUTH_TOKEN", "hush"),
    ("PUBLIC_URL", "https://desk.example.org"),
];
const KEY: &[(&str, &str)] = &[
    ("TWILIO_API_KEY", "SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("TWILIO_API_SECRET", "hush hush"),
];

#[tokio::test]
async fn everybody_who_is_signed_in_gets_a_phone_under_their_own_name() {
    let house = House::open().await;
    let people = [
        (house.agent().await, "ana"),
        (house.supervisor().await, "sam"),
        (house.admin().await, "ada"),
    ];

    for (mut person, name) in people {
        let given = given(&mut person, "agent1.localhost:8080").await;

        assert_eq!(given.identity, name);
        assert_eq!(given.ttl_s, 4 * 3600);
        assert_eq!(given.signalling.as_deref(), Some("agent1.localhost:8080"));
        assert!(given.calls_out);
        let token = verified(&house, &given.token);
        assert_eq!(token.identity, name);
        assert!(token.voice.incoming_allow);
        let outgoing = token.voice.outgoing.expect("it may call out");
        assert_eq!(outgoing.application.as_str(), DEMONSTRATION_APPLICATION);
    }
    house.close().await;
}

#[tokio::test]
async fn a_token_holds_for_four_hours_and_no_longer() {
    let house = House::open().await;
    let given = given(&mut house.agent().await, "127.0.0.1:8080").await;

    house.waits(4 * 60 - 1).await;
    verified(&house, &given.token);
    house.waits(2).await;

    assert!(verify(&house, &given.token).is_none());
    house.close().await;
}

#[tokio::test]
async fn who_is_signed_out_is_told_so() {
    let house = House::open().await;

    let answer = asks(&mut house.stranger(), &[]).await;

    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(refusal(&answer).contains("Sign in"), "{}", answer.body);
    house.close().await;
}

#[tokio::test]
async fn another_sites_page_gets_no_token() {
    let house = House::open().await;
    let mut ana = house.agent().await;

    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[
            ("origin", "https://evil.example"),
            ("host", "127.0.0.1:8080"),
        ],
        &[
            ("origin", "http://agent2.localhost:8080"),
            ("host", "agent1.localhost:8080"),
        ],
    ] {
        let answer = asks(&mut ana, headers).await;

        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(refusal(&answer).contains("another site"), "{}", answer.body);
    }
    house.close().await;
}

#[tokio::test]
async fn a_page_of_a_host_below_localhost_is_at_home() {
    let house = House::open().await;
    let mut ana = house.agent().await;

    let answer = asks(
        &mut ana,
        &[
            ("origin", "http://agent1.localhost:8080"),
            ("host", "agent1.localhost:8080"),
        ],
    )
    .await;

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    house.close().await;
}

#[tokio::test]
async fn without_a_key_the_variables_are_named() {
    let house = House::with(TWILIO).await;

    let answer = asks(&mut house.agent().await, &[]).await;

    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let words = refusal(&answer);
    assert!(
        words.contains("TWILIO_API_KEY and TWILIO_API_SECRET"),
        "{words}"
    );
    house.close().await;
}

#[tokio::test]
async fn at_twilio_the_sdk_knows_the_way_and_without_an_application_nobody_calls_out() {
    let house = House::with(&[TWILIO, KEY].concat()).await;

    let given = given(&mut house.agent().await, "desk.example.org").await;

    assert_eq!(
        (given.signalling.as_deref(), given.calls_out),
        (None, false)
    );
    assert_eq!(verified(&house, &given.token).voice.outgoing, None);
    house.close().await;
}

#[tokio::test]
async fn a_local_carrier_of_its_own_is_named() {
    let base = [("TWILIO_API_BASE", "http://127.0.0.1:9321")];
    let house = House::with(&[TWILIO, KEY, &base].concat()).await;

    let given = given(&mut house.agent().await, "desk.example.org").await;

    assert_eq!(given.signalling.as_deref(), Some("127.0.0.1:9321"));
    house.close().await;
}

#[tokio::test]
async fn a_token_is_kept_nowhere() {
    let house = House::open().await;

    let answer = asks(&mut house.agent().await, &[]).await;

    assert_eq!(answer.header("cache-control"), Some("no-store"));
    house.close().await;
}

#[tokio::test]
async fn pages_may_connect_to_the_carriers_gateway_and_nowhere_else() {
    let base = [("TWILIO_API_BASE", "http://127.0.0.1:9321")];
    let cases = [
        (vec![], "connect-src 'self';"),
        (TWILIO.to_vec(), "connect-src 'self';"),
        (
            [TWILIO, KEY].concat(),
            "connect-src 'self' wss://*.twilio.com https://*.twilio.com;",
        ),
        (
            [TWILIO, KEY, &base].concat(),
            "connect-src 'self' ws://127.0.0.1:9321;",
        ),
    ];

    for (vars, policy) in cases {
        let house = House::with(&vars).await;

        let page = house.stranger().gets("/login").await;

        let told = page.header("content-security-policy").unwrap_or_default();
        assert!(told.contains(policy), "{told}");
        let told = page.header("permissions-policy").unwrap_or_default();
        for right in ["microphone=(self)", "speaker-selection=(self)", "camera=()"] {
            assert!(told.contains(right), "{told}");
        }
        house.close().await;
    }
}

async fn asks(person: &mut Persona, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post("/token");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    person
        .sends(request.body(Body::empty()).expect("a request"))
        .await
}

async fn given(person: &mut Persona, host: &str) -> PhoneToken {
    let answer = asks(person, &[("host", host)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("a token")
}

fn refusal(answer: &Answer) -> String {
    let refusal: TokenRefusal = serde_json::from_str(&answer.body).expect("a refusal");
    refusal.message
}

fn verified(house: &House, token: &str) -> VerifiedToken {
    verify(house, token).expect("the carrier takes the token")
}

/// What the carrier makes of a token now.
fn verify(house: &House, token: &str) -> Option<VerifiedToken> {
    let account = house.state.config.carrier.account();
    let key = account.phone_key.as_ref().expect("there is a key");
    let sid = AccountSid::parse(&account.sid).expect("a SID");
    TokenVerifier::new(sid)
        .with_key(key.sid.clone(), key.secret.reveal())
        .verify(token, house.clock.now().0 / 1000)
        .ok()
}
