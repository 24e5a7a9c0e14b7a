//! What agents and supervisors do by a click, and what they are told when it cannot be.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::sync::Arc;

use axum::http::{StatusCode, header};
use desk::{CallState, Doing, HoldState, Role};
use exchange::Chosen;
use server::AppState;
use server::carrier_api::CarrierApi;
use support::House;
use twilio::rest::{Account, Client, Transport, TransportError};

use floor::{sid, user};

#[tokio::test]
async fn a_status_is_chosen_at_once_and_in_a_call_for_after_it() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.db_is_at_console("ana").await;

    ana.does("console/status", &[("status", "available")]).await;
    let at_once = ana.console().await.mine;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    house.answers("ana", &sid(1), 1).await;
    ana.does("console/status", &[("status", "away-meal")]).await;
    let in_call = ana.console().await.mine;
    ana.does("console/next", &[("status", "")]).await;

    assert_eq!(
        (at_once.chosen.as_str(), at_once.standing.word.as_str()),
        ("available", "available")
    );
    assert_eq!(in_call.chosen, "available");
    assert_eq!(in_call.next.as_deref(), Some("away-meal"));
    assert_eq!(ana.console().await.mine.next, None);
    let (status, body) = ana
        .is_refused("console/status", &[("status", "asleep")])
        .await;
    assert_eq!(status, 422);
    assert!(body.contains("Choose one of the statuses."), "{body}");
    house.close().await;
}

#[tokio::test]
async fn an_offer_is_declined_by_whom_it_rings_at_and_by_nobody_else() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.takes_calls("ana").await;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    let call = sid(1);
    let offer = [("call", call.as_str()), ("offer", "1")];

    let others = sam.is_refused("console/decline", &offer).await;
    ana.does("console/decline", &offer).await;
    // A second click is as good as the first.
    ana.does("console/decline", &offer).await;

    assert_eq!(others.0, 403);
    let mine = ana.console().await.mine;
    assert_eq!(mine.doing, Doing::Nothing);
    assert_eq!(mine.standing.text(), "Not responding: declined");
    let unknown = ana
        .is_refused("console/decline", &[("call", &call), ("offer", "7")])
        .await;
    assert_eq!(unknown.0, 404);
    house.close().await;
}

#[tokio::test]
async fn a_click_that_comes_too_late_is_told_what_is_true() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.takes_calls("ana").await;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    house.caller_goes(&sid(1)).await;
    let call = sid(1);

    let declined = ana
        .is_refused("console/decline", &[("call", &call), ("offer", "1")])
        .await;
    let hung_up = ana.is_refused("console/hang-up", &[("call", &call)]).await;
    let more = ana
        .is_refused("console/more-time", &[("call", &call)])
        .await;

    for (status, body) in [&declined, &hung_up] {
        assert_eq!(*status, 409, "{body}");
        assert!(body.contains("This call has ended."), "{body}");
    }
    assert_eq!(more.0, 409);
    assert!(
        more.1.contains("The wrap-up of this call is over."),
        "{}",
        more.1
    );
    house.close().await;
}

#[tokio::test]
async fn a_call_is_held_and_ended_by_whoever_is_in_it() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.takes_calls("ana").await;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    house.answers("ana", &sid(1), 1).await;
    let call = sid(1);

    let others = sam
        .is_refused("console/hold", &[("call", &call), ("on", "true")])
        .await;
    ana.does("console/hold", &[("call", &call), ("on", "true")])
        .await;
    let held = ana.console().await.mine.doing;
    ana.does("console/hang-up", &[("call", &call)]).await;
    let ended = ana.console().await.mine.doing;

    assert_eq!(others.0, 403);
    let Doing::Call(held) = held else {
        panic!("{held:?}")
    };
    assert_eq!(
        (held.hold, held.state),
        (HoldState::TurningOn, CallState::Talking)
    );
    assert!(
        !matches!(&ended, Doing::Call(call) if call.state == CallState::Talking),
        "{ended:?}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_wrap_up_takes_the_time_it_needs_and_leaves_notes() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.takes_calls("ana").await;
    house.calls(&sid(1)).await;
    house.dispatches().await;
    house.answers("ana", &sid(1), 1).await;
    house.caller_goes(&sid(1)).await;
    let call = sid(1);
    let notes = [
        ("form[call]", call.as_str()),
        ("form[disposition]", "follow-up"),
        ("form[notes]", "Rings again on Monday."),
    ];

    let Doing::WrapUp(begun) = ana.console().await.mine.doing else {
        panic!("no wrap-up")
    };
    ana.does("console/more-time", &[("call", &call)]).await;
    let Doing::WrapUp(longer) = ana.console().await.mine.doing else {
        panic!("no wrap-up")
    };
    let others = sam.is_refused("console/wrap-up", &notes).await;
    ana.does("console/wrap-up", &notes).await;

    assert!(begun.until_ms.is_some() && longer.until_ms.is_none());
    assert_eq!(others.0, 403);
    let mine = ana.console().await.mine;
    assert_eq!(mine.doing, Doing::Nothing);
    assert_eq!(
        (mine.recent.len(), mine.recent[0].text.as_str()),
        (1, "Talked")
    );
    // The next time they call, whoever is rung reads it.
    house.db_is_at_console("ana").await;
    house.calls(&sid(2)).await;
    house.dispatches().await;
    let Doing::Rung(rung) = ana.console().await.mine.doing else {
        panic!("nothing rings")
    };
    assert_eq!(
        rung.earlier[0].notes,
        ["Needs follow-up: Rings again on Monday."]
    );
    let bad = ana
        .is_refused(
            "console/wrap-up",
            &[("form[call]", &call), ("form[disposition]", "splendid")],
        )
        .await;
    assert_eq!(bad.0, 422);
    house.close().await;
}

#[tokio::test]
async fn a_supervisor_sets_and_frees_agents_and_that_is_written_down() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.takes_calls("ana").await;
    house.calls(&sid(1)).await;
    house.dispatches().await;

    let by_ana = ana.is_refused("agents/free", &[("agent", "ana")]).await;
    sam.does("agents/free", &[("agent", "ana")]).await;
    let again = sam.is_refused("agents/free", &[("agent", "ana")]).await;
    sam.does(
        "agents/status",
        &[("agent", "ana"), ("status", "away-meeting")],
    )
    .await;

    assert_eq!(by_ana.0, 403);
    assert_eq!(again.0, 409);
    assert!(
        again.1.contains("Ana is not busy with anything."),
        "{}",
        again.1
    );
    assert_eq!(ana.console().await.mine.standing.label, "Away: meeting");
    let audited = house.store().audited().await.expect("the database answers");
    let told: Vec<(&str, &str, &str)> = audited
        .iter()
        .map(|line| (line.by.as_str(), line.about.as_str(), line.what.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("sam", "ana", "sam chose for Ana: Ana is Away: meeting."),
            ("sam", "ana", "sam freed Ana."),
        ]
    );
    let nobody = sam
        .is_refused("agents/status", &[("agent", "zoe"), ("status", "offline")])
        .await;
    assert_eq!(nobody.0, 404);
    house.close().await;
}

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
    house.calls(&call).await;
    house
        .caller_asks(
            &call,
            "/twilio/recording-status",
            &[
                ("RecordingSid", "RE00000000000000000000000000000001"),
                ("RecordingUrl", "https://api.twilio.com/RE1"),
                ("RecordingStatus", "completed"),
                ("RecordingDuration", "12"),
            ],
        )
        .await;
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
    house.calls(&call).await;
    house
        .caller_asks(
            &call,
            "/twilio/recording-status",
            &[
                ("RecordingSid", "RE00000000000000000000000000000001"),
                ("RecordingUrl", "https://api.twilio.com/RE1"),
                ("RecordingStatus", "completed"),
                ("RecordingDuration", "12"),
            ],
        )
        .await;

    let answer = ana.gets(&format!("/inbox/{call}/voicemail")).await;

    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(
        answer
            .body
            .starts_with("The message could not be fetched: "),
        "{}",
        answer.body
    );
    house.close().await;
}

/// Somebody of these teams only.
async fn db_of_team(state: &AppState, name: &str, teams: &[&str]) {
    let (_, plan) = state.plans.current();
    let now = state.clock.now();
    let known = server::agents::known(state, &user(name), &plan, now)
        .await
        .expect("the database answers")
        .expect("somebody of ours");
    let mut agent = known.agent;
    agent.teams = teams
        .iter()
        .map(|team| exchange::TeamId::parse(team).expect("a team"))
        .collect();
    let change = store::AgentChange {
        agent,
        was: known.version,
    };
    state
        .store
        .commit_agent(&change, None)
        .await
        .expect("the database answers");
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
