//! The TwiML application of browsers' phones: looked at, made, and set right.

use desk::setup::CheckState::{Good, Warning, Wrong};

use crate::world::{APPLICATION, PUBLIC, World, application};

/// The settings without the application's SID.
const UNSET: &[(&str, &str)] = &[("TWILIO_TWIML_APP_SID", "")];

#[tokio::test]
async fn an_application_that_leads_elsewhere_is_wrong_and_set_right_by_a_button() {
    let mut other = application();
    other.voice_url = Some("https://shop.example.com/voice".to_owned());
    let applications = vec![other];
    let mut world = World::with(
        &[],
        |config| config.settings.applications = applications,
        |_| (),
    )
    .await;

    world
        .says(
            "application",
            Wrong,
            "calls out of browsers do not come here",
        )
        .await;
    let set = world.ada.posts("/api/setup/application", &[]).await;

    assert_eq!(set.status.as_u16(), 200, "{set:?}");
    world
        .says("application", Good, "browsers can call out")
        .await;
    let audit = world.state.store.audited().await.expect("the audit");
    assert!(audit.iter().any(|line| line.what.contains("leads here")));
    world.close().await;
}

#[tokio::test]
async fn an_application_without_a_fallback_is_a_warning() {
    let mut bare = application();
    bare.voice_fallback_url = None;
    let mut world = World::with(
        &[],
        |config| config.settings.applications = vec![bare],
        |_| (),
    )
    .await;

    world
        .says(
            "application",
            Warning,
            "lacks a fallback or a status callback",
        )
        .await;
    world.close().await;
}

#[tokio::test]
async fn an_application_that_the_account_does_not_have_is_wrong() {
    let mut world = World::with(
        &[],
        |config| config.settings.applications = Vec::new(),
        |_| (),
    )
    .await;

    world
        .says("application", Wrong, &format!("no TwiML app {APPLICATION}"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn where_none_is_set_one_is_made_once_and_it_is_said_what_to_set() {
    let mut world = World::with(
        UNSET,
        |config| config.settings.applications = Vec::new(),
        |_| (),
    )
    .await;

    world
        .says(
            "application",
            Warning,
            "browsers are called, and cannot call out",
        )
        .await;
    let first = world.ada.posts("/api/setup/application", &[]).await;
    let second = world.ada.posts("/api/setup/application", &[]).await;

    let made = world.carrier.with(|engine| engine.applications().to_vec());
    assert_eq!(made.len(), 1, "{made:#?}");
    let sid = made[0].sid.to_string();
    assert_eq!(
        made[0].voice_url,
        Some(format!("{PUBLIC}/twilio/browser#rc=5&rp=ct,rt,5xx"))
    );
    for answer in [first, second] {
        assert!(
            answer.body.contains(&format!("TWILIO_TWIML_APP_SID={sid}")),
            "{}",
            answer.body
        );
    }
    world
        .says(
            "application",
            Warning,
            &format!("set TWILIO_TWIML_APP_SID={sid}"),
        )
        .await;
    world.close().await;
}

#[tokio::test]
async fn the_button_is_there_where_it_helps_and_not_where_the_api_key_is_missing() {
    let button = "Set up the TwiML app";
    let no_key = [
        ("TWILIO_API_KEY", ""),
        ("TWILIO_API_SECRET", ""),
        ("TWILIO_TWIML_APP_SID", ""),
    ];
    let mut without = World::with(&no_key, |_| (), |_| ()).await;
    let mut unset = World::with(
        UNSET,
        |config| config.settings.applications = Vec::new(),
        |_| (),
    )
    .await;

    let missing = without.ada.gets("/setup").await.body;
    let offered = unset.ada.gets("/setup").await.body;

    assert!(!missing.contains(button), "{missing}");
    assert!(missing.contains("the TwiML app comes after"), "{missing}");
    assert!(offered.contains(button), "{offered}");
    without.close().await;
    unset.close().await;
}
