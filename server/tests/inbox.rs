//! What callers left: who may hear a message, and who ticks it off.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::sync::Arc;

use axum::http::{StatusCode, header};
use desk::Role;
use exchange::Chosen;
use server::AppState;
use server::carrier_api::CarrierApi;
use support::House;
use twilio::rest::{Account, Client, Transport, TransportError};

use floor::sid;

#[tokio::test]
async fn a_message_is_played_to_its_team_ticked_off_and_taken_back() {
    let mut house = House::open().await;
    house.state.carrier = tape(200, b"RIFF of a message");
    house.router = server::router(house.state.clone());
    let (mut ana, mut ben) = (house.agent().await, house.stranger());
    house.add("ben", Role::Agent).await;
    ben.signs_in("ben", support::PASSWORD).await;
    house.takes_calls("ana").await;
    db_of_team(&house.state, "ben", &["sales"]).await;
    house.chooses("ana", Chosen::Offline).await;
    let call = sid(1);
    leaves_a_message(&house, &call).await;
    let entry = ana.console().await.inbox.remove(0);
    let path = entry.audio().expect("a message");
    let tick = |done| {
        [
            ("call", sid(1)),
            ("kind", "voicemail".to_owned()),
            ("done", done),
        ]
    };

    let played = ana.gets(&path).await;
    let part = {
        let request = axum::http::Request::get(&path).header(header::RANGE, "bytes=0-3");
        ana.sends(request.body(axum::body::Body::empty()).expect("a request"))
            .await
    };
    let by_ben = ben.gets(&path).await;
    let by_nobody = house.stranger().gets(&path).await;

    assert_eq!(
        (played.status, played.bytes.as_slice()),
        (StatusCode::OK, &b"RIFF of a message"[..])
    );
    assert_eq!(played.header("content-type"), Some("audio/x-wav"));
    assert_eq!(
        (part.status, part.body.as_str()),
        (StatusCode::PARTIAL_CONTENT, "RIFF")
    );
    assert_eq!(part.header("content-range"), Some("bytes 0-3/17"));
    assert_eq!(
        (by_ben.status, by_nobody.status),
        (StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED)
    );
    assert_eq!(part.header("cache-control"), Some("no-store"));
    assert_eq!(
        db_listened(&house).await,
        ["ana"],
        "two pieces are one listening"
    );
    house.waits(10).await;
    let rest = axum::http::Request::get(&path).header(header::RANGE, "bytes=1-");
    ana.sends(rest.body(axum::body::Body::empty()).expect("a request"))
        .await;
    assert_eq!(db_listened(&house).await, ["ana", "ana"]);
    assert_eq!(ben.console().await.inbox, []);
    for done in ["true", "true", "false"] {
        let form = tick(done.to_owned());
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(ben.is_refused("inbox/tick-off", &form).await.0, 403);
        ana.does("inbox/tick-off", &form).await;
        let console = ana.console().await;
        let by = console.inbox[0].done.as_ref().map(|done| done.by.as_str());
        assert_eq!(by.is_some(), done == "true");
        assert_eq!(console.floor.voicemails, u32::from(done == "false"));
    }
    house.close().await;
}

#[tokio::test]
async fn a_message_that_the_carrier_does_not_give_says_why() {
    let mut house = House::open().await;
    house.state.carrier = tape(503, b"");
    house.router = server::router(house.state.clone());
    let mut ana = house.agent().await;
    let call = sid(1);
    leaves_a_message(&house, &call).await;

    let answer = ana.gets(&format!("/inbox/{call}/voicemail")).await;

    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(
        answer
            .body
            .starts_with("The message could not be fetched: "),
        "{}",
        answer.body
    );
    assert_eq!(db_listened(&house).await, [""; 0], "nobody heard it");
    house.close().await;
}

/// Who listened to messages, by the audit.
async fn db_listened(house: &House) -> Vec<String> {
    let lines = house.store().audited().await.expect("the audit is read");
    let lines = lines.into_iter();
    let heard = lines.filter(|line| line.what.starts_with("Listened to the message"));
    heard.map(|line| line.by).collect()
}

/// Somebody calls and leaves a message.
async fn leaves_a_message(house: &House, call: &str) {
    house.calls(call).await;
    house
        .caller_asks(
            call,
            "/twilio/recording-status",
            &[
                ("RecordingSid", "RE00000000000000000000000000000001"),
                ("RecordingUrl", "https://api.twilio.com/RE1"),
                ("RecordingStatus", "completed"),
                ("RecordingDuration", "12"),
            ],
        )
        .await;
}

/// Somebody of these teams only.
async fn db_of_team(state: &AppState, name: &str, teams: &[&str]) {
    let person = state.store.person(name).await;
    let person = person.expect("people are read").expect("somebody of ours");
    let teams: Vec<_> = teams
        .iter()
        .map(|team| exchange::TeamId::parse(team).expect("a team"))
        .collect();
    let change = store::PersonChange {
        user_name: name,
        decided_on: person.version,
        name: &person.name,
        role: person.role,
        teams: Some(&teams),
        languages: &[],
    };
    let line = store::Audited {
        at: state.clock.now(),
        by: "ada".to_owned(),
        about: name.to_owned(),
        what: "Changed them.".to_owned(),
    };
    let kept = state.store.change_person(&change, &line).await;
    // There is no admin in this house, and none is lost.
    assert_ne!(kept.expect("people are written"), store::Kept::MovedOn);
}

/// A carrier that has one answer for everything.
fn tape(status: u16, body: &'static [u8]) -> CarrierApi {
    struct Tape(u16, &'static [u8]);

    #[async_trait::async_trait]
    impl Transport for Tape {
        async fn send(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Vec<u8>>, TransportError> {
            assert!(
                request
                    .uri()
                    .path()
                    .ends_with("/Recordings/RE00000000000000000000000000000001.wav"),
                "{}",
                request.uri()
            );
            let response = http::Response::builder().status(self.0);
            Ok(response.body(self.1.to_vec()).expect("a response"))
        }
    }

    let account = twilio::AccountSid::parse("ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").expect("a SID");
    let account = Account::with_auth_token(account, "hush");
    CarrierApi::over(Client::new(Arc::new(Tape(status, body)), &account).expect("a client"))
}
