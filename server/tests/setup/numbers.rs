//! Where numbers point, and who answers when this server does not.

use carrier::engine::Number;
use desk::setup::CheckState::{Good, Unknown, Warning, Wrong};
use twilio::TrunkSid;

use crate::world::{APPLICATION, PUBLIC, SENATORS, World, number};

async fn with(numbers: Vec<Number>) -> World {
    World::with(&[], |config| config.settings.numbers = numbers, |_| ()).await
}

/// The numbers as they should be, with that of the senators otherwise.
async fn with_senators(change: impl FnOnce(&mut Number)) -> World {
    World::with(
        &[],
        |config| {
            let own = config.settings.numbers.iter_mut();
            change(
                own.into_iter()
                    .find(|number| number.phone == SENATORS)
                    .expect("it is there"),
            );
        },
        |_| (),
    )
    .await
}

#[tokio::test]
async fn a_number_of_a_line_that_does_not_lead_here_is_wrong() {
    let mut elsewhere = with_senators(|number| {
        number.voice_url =
            Some("https://ada:hush@demo.twilio.com/welcome/voice/?key=hush".to_owned());
    })
    .await;
    let check = elsewhere
        .says(
            "numbers",
            Wrong,
            "points at another program, https://demo.twilio.com/welcome/voice/",
        )
        .await;
    assert!(!format!("{check:?}").contains("hush"), "{check:#?}");
    elsewhere
        .says(
            "numbers",
            Wrong,
            "The line “Call Congress” says that it has this number",
        )
        .await;
    elsewhere.close().await;

    let mut nowhere = with_senators(|number| number.voice_url = None).await;
    nowhere.says("numbers", Wrong, "points at nothing").await;
    nowhere.close().await;

    let mut lost =
        with_senators(|number| number.voice_url = Some(format!("{PUBLIC}/line/moons"))).await;
    lost.says(
        "numbers",
        Wrong,
        "our address /line/moons, where nothing is",
    )
    .await;
    lost.close().await;

    let mut at_app = with_senators(|number| {
        number.voice_application_sid = twilio::ApplicationSid::parse(APPLICATION).ok();
    })
    .await;
    at_app
        .says("numbers", Wrong, "points at the TwiML app AP")
        .await;
    at_app.close().await;

    let mut trunked = with_senators(|number| {
        number.trunk_sid = TrunkSid::parse(&format!("TK{}", "1".repeat(32))).ok();
    })
    .await;
    trunked
        .says("numbers", Wrong, "points at the SIP trunk TK")
        .await;
    trunked.close().await;
}

#[tokio::test]
async fn what_a_number_lacks_is_a_warning() {
    let mut bare = with_senators(|number| {
        number.voice_url = Some(format!("{PUBLIC}/line/senators"));
        number.voice_fallback_url = None;
        number.status_callback = None;
    })
    .await;

    for words in [
        "without our connection overrides",
        "It has no fallback URL",
        "Its status callback does not come here",
        "Pointing one anew sets everything",
    ] {
        bare.says("numbers", Warning, words).await;
    }
    bare.close().await;
}

#[tokio::test]
async fn the_tutorials_routes_are_ours_too() {
    let mut world = with_senators(|number| {
        number.voice_url = Some(format!("{PUBLIC}/callcongress/welcome#rc=5"));
    })
    .await;

    world
        .says("numbers", Good, "points at our route /callcongress/welcome")
        .await;
    world.close().await;
}

#[tokio::test]
async fn an_account_without_numbers_or_with_none_that_leads_here_is_wrong() {
    let mut none = with(Vec::new()).await;
    none.says("numbers", Wrong, "The account has no number")
        .await;
    none.says("fallback", Unknown, "No number leads here yet")
        .await;
    none.close().await;

    let other = Number {
        voice_url: Some("https://demo.twilio.com/welcome/voice/".to_owned()),
        ..number("+13125550177", "senators")
    };
    let mut none_here = with(vec![other]).await;
    none_here
        .says("numbers", Wrong, "None of the account's numbers leads here")
        .await;
    none_here
        .says(
            "numbers",
            Wrong,
            "+1 (202) 555-0100, which the account does not have",
        )
        .await;
    none_here.close().await;
}

#[tokio::test]
async fn another_programs_number_is_left_to_it() {
    let mut world = World::with(
        &[],
        |config| {
            config.settings.numbers.push(Number {
                voice_url: Some("https://shop.example.com/voice".to_owned()),
                ..number("+13125550177", "senators")
            });
        },
        |_| (),
    )
    .await;

    world
        .says(
            "numbers",
            Good,
            "another program, https://shop.example.com/voice",
        )
        .await;
    world.close().await;
}

#[tokio::test]
async fn a_fallback_on_this_server_is_a_warning_with_the_document_to_paste() {
    let ours = [
        format!("{PUBLIC}/twilio/fallback"),
        format!("{}/twilio/fallback", PUBLIC.replace("https", "http")),
        format!("{PUBLIC}:8443/elsewhere#rc=5"),
    ];
    for url in ours.map(Some).into_iter().chain([None]) {
        let mut world = with_senators(|number| number.voice_fallback_url = url).await;

        let check = world.says("fallback", Warning, "make a TwiML Bin").await;

        let spanish = check
            .documents
            .iter()
            .find(|document| document.title.starts_with("Spanish"));
        let spanish = &spanish.expect("a document in Spanish").text;
        assert!(
            spanish.contains("language=\"es-") && spanish.contains("<Hangup"),
            "{spanish}"
        );
        let english = check
            .documents
            .iter()
            .find(|document| document.title.contains("“Call Congress”"));
        assert!(
            english
                .expect("a document in English")
                .text
                .contains("<Say")
        );
        world.close().await;
    }
}
