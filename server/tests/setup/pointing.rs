//! Pointing a number at a line, and putting back what it pointed at.

use carrier::engine::{Number, PlaceCall};
use desk::setup::CheckState;
use tokio::net::TcpListener;

use crate::world::{APPLICATION, PUBLIC, SENATORS, World, number};

pub(crate) const FREE: &str = "+13125550177";
pub(crate) const DEMO: &str = "https://demo.twilio.com/welcome/voice/";

/// A world with one further number, which points at Twilio's demonstration.
pub(crate) async fn with_free() -> World {
    World::with(
        &[],
        |config| {
            config.settings.numbers.push(Number {
                voice_url: Some(DEMO.to_owned()),
                voice_method: Some("GET".to_owned()),
                voice_fallback_url: None,
                status_callback: None,
                ..number(FREE, "senators")
            });
        },
        |_| (),
    )
    .await
}

#[tokio::test]
async fn a_number_is_pointed_at_a_line_with_all_that_belongs_to_it_and_put_back() {
    let mut world = with_free().await;
    let before = world.at_carrier(FREE);
    let seen = world.number(FREE).await;

    let pointed = world.points(&seen, "planets").await;
    let after = world.at_carrier(FREE);
    let shown = world.number(FREE).await;
    let put_back = world.puts_back(&shown).await;

    assert_eq!(pointed.status.as_u16(), 200, "{pointed:?}");
    assert!(
        pointed.body.contains("points at “Phone home”"),
        "{}",
        pointed.body
    );
    let overrides = "#rc=5&rp=ct,rt,5xx";
    assert_eq!(
        after.voice_url,
        Some(format!("{PUBLIC}/line/planets{overrides}"))
    );
    assert_eq!(after.voice_method.as_deref(), Some("POST"));
    assert_eq!(
        after.voice_fallback_url,
        Some(format!("{PUBLIC}/twilio/fallback{overrides}"))
    );
    assert_eq!(
        after.status_callback,
        Some(format!("{PUBLIC}/twilio/call-status{overrides}"))
    );
    assert_eq!(shown.state, CheckState::Good, "{shown:#?}");
    let past = shown.past.expect("what it pointed at before");
    assert_eq!(
        (past.before.as_str(), past.by.as_str()),
        (
            "another program, https://demo.twilio.com/welcome/voice/",
            "ada"
        )
    );
    assert_eq!(put_back.status.as_u16(), 200, "{put_back:?}");
    let again = world.at_carrier(FREE);
    assert_eq!(
        (
            again.voice_url,
            again.voice_method,
            again.voice_fallback_url,
            again.status_callback
        ),
        (
            before.voice_url,
            before.voice_method,
            before.voice_fallback_url,
            before.status_callback
        )
    );
    assert!(world.number(FREE).await.past.is_none());
    let audit = world.state.store.audited().await.expect("the audit");
    let lines: Vec<&str> = audit.iter().map(|line| line.what.as_str()).collect();
    assert!(
        lines
            .iter()
            .any(|line| line.contains("Pointed +1 (312) 555-0177 at the line planets")),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("Put +1 (312) 555-0177 back")),
        "{lines:?}"
    );
    world.close().await;
}

#[tokio::test]
async fn a_call_to_a_number_arrives_at_the_line_that_it_was_pointed_at() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let public = format!("http://{}", listener.local_addr().expect("an address"));
    let mut world = World::with(&[("PUBLIC_URL", &public)], |_| (), |_| ()).await;
    let service = world.router.clone();
    world.state.tasks.start(async move {
        axum::serve(listener, service)
            .await
            .expect("the server serves");
    });
    let seen = world.number(SENATORS).await;

    let pointed = world.points(&seen, "planets").await;
    let call = PlaceCall {
        from: "+14155550123".to_owned(),
        to: SENATORS.to_owned(),
        ..PlaceCall::default()
    };
    let leg = world
        .carrier
        .place_call(call)
        .expect("the number is in service");
    world.carrier.settled().await;

    assert_eq!(pointed.status.as_u16(), 200, "{pointed:?}");
    let log = format!("{:?}", world.carrier.log(&leg));
    assert!(log.contains("/line/planets"), "{log}");
    let mut sam = world.house.supervisor().await;
    let story = sam.gets(&format!("/calls/{leg}")).await.body;
    assert!(story.contains("Phone home"), "{story}");
    world.close().await;
}

#[tokio::test]
async fn an_application_that_would_win_is_told_before_cleared_and_put_back() {
    let mut world = World::with(
        &[],
        |config| {
            config.settings.numbers.push(Number {
                voice_application_sid: twilio::ApplicationSid::parse(APPLICATION).ok(),
                ..number(FREE, "senators")
            });
        },
        |_| (),
    )
    .await;

    let seen = world.number(FREE).await;
    assert_eq!(seen.clears, Some(format!("the TwiML app {APPLICATION}")));
    world.points(&seen, "support").await;
    let cleared = world.at_carrier(FREE).voice_application_sid;
    let shown = world.number(FREE).await;
    world.puts_back(&shown).await;

    assert_eq!(cleared, None);
    let again = world.at_carrier(FREE).voice_application_sid;
    assert_eq!(
        again.map(|sid| sid.to_string()),
        Some(APPLICATION.to_owned())
    );
    world.close().await;
}

#[tokio::test]
async fn the_number_is_written_down_at_a_line_whose_own_the_account_does_not_have() {
    let mut world = World::with(
        &[],
        |config| config.settings.numbers = vec![number(FREE, "planets")],
        |_| (),
    )
    .await;
    let seen = world.number(FREE).await;

    let pointed = world.points(&seen, "senators").await;

    assert!(
        pointed.body.contains("written down as the line's number"),
        "{}",
        pointed.body
    );
    let (_, rows) = world.state.store.plan().await.expect("the plan");
    let line = rows
        .lines
        .iter()
        .find(|line| line.id.as_str() == "senators")
        .expect("the line");
    assert_eq!(
        line.number.as_ref().map(exchange::PhoneNumber::as_str),
        Some(FREE)
    );

    let shown = world.number(FREE).await;
    let back = world.puts_back(&shown).await;

    let said = "“Call Congress” has no number of its own any more";
    assert!(back.body.contains(said), "{}", back.body);
    let (_, rows) = world.state.store.plan().await.expect("the plan");
    let line = rows
        .lines
        .iter()
        .find(|line| line.id.as_str() == "senators");
    assert_eq!(line.expect("the line").number, None);
    world.close().await;
}

#[tokio::test]
async fn a_lines_own_number_stays_where_the_account_has_it() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;

    let pointed = world.points(&seen, "senators").await;

    assert!(pointed.body.contains("/lines/senators"), "{}", pointed.body);
    let (_, rows) = world.state.store.plan().await.expect("the plan");
    let line = rows
        .lines
        .iter()
        .find(|line| line.id.as_str() == "senators")
        .expect("the line");
    assert_eq!(
        line.number.as_ref().map(exchange::PhoneNumber::as_str),
        Some(SENATORS)
    );
    world.close().await;
}

#[tokio::test]
async fn a_fallback_is_taken_from_the_form_and_has_to_be_an_https_address() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;

    let bad = world.points_with(&seen, "planets", "nowhere").await;
    let untouched = world.at_carrier(FREE).voice_url;
    let bin = "https://handler.twilio.com/twiml/EH7";
    let good = world.points_with(&seen, "planets", bin).await;

    assert_eq!(bad.status.as_u16(), 422, "{bad:?}");
    assert!(
        bad.body.contains(&format!("fallback-{}", seen.sid)),
        "{}",
        bad.body
    );
    assert_eq!(untouched.as_deref(), Some(DEMO));
    assert_eq!(good.status.as_u16(), 200);
    assert_eq!(
        world.at_carrier(FREE).voice_fallback_url.as_deref(),
        Some(bin)
    );
    assert_eq!(world.number(FREE).await.fallback, bin);
    world.close().await;
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let mut world = with_free().await;
    let seen = world.number(FREE).await;
    let gone = desk::setup::NumberView {
        sid: format!("PN{}", "9".repeat(32)),
        ..seen.clone()
    };
    let none = desk::setup::NumberView {
        sid: "everything".to_owned(),
        ..seen.clone()
    };

    let no_line = world.points(&seen, "moons").await;
    let no_number = world.points(&none, "planets").await;
    let lost_number = world.points(&gone, "planets").await;
    let nothing_to_put_back = world.puts_back(&seen).await;

    let statuses = [&no_line, &no_number, &lost_number, &nothing_to_put_back]
        .map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [422, 422, 409, 409]);
    assert_eq!(world.at_carrier(FREE).voice_url.as_deref(), Some(DEMO));
    world.close().await;
}
