//! Account, token and clock, with each fault of the carrier in turn.

use std::time::Duration;

use carrier::engine::Standing;
use carrier::face::faults::Fault;
use desk::setup::CheckState::{self, Good, Unknown, Warning, Wrong};

use crate::world::{World, clock_at};

#[tokio::test]
async fn in_a_good_installation_everything_is_in_order() {
    let mut world = World::good().await;

    let page = world.page().await;

    let not_good: Vec<_> = page
        .checks
        .iter()
        .filter(|check| check.state != Good)
        // SQLite's file has another name in the settings of the tests; the bundle need not be there.
        .filter(|check| !["pages"].contains(&check.id.word()))
        .collect();
    assert!(not_good.is_empty(), "{not_good:#?}");
    assert_eq!(page.checks.len(), desk::setup::CheckId::ALL.len());
    world.close().await;
}

#[tokio::test]
async fn each_fault_of_the_carrier_is_told_in_words_by_the_check_that_meets_it() {
    let mut world = World::good().await;
    let cases: &[(&str, Fault, CheckState, &str)] = &[
        (
            "account",
            Fault::Unauthorized,
            Unknown,
            "does not accept the account's SID with the auth token (401)",
        ),
        (
            "account",
            Fault::NotFound,
            Wrong,
            "no such account or resource (404)",
        ),
        (
            "account",
            Fault::TooManyRequests,
            Unknown,
            "too many requests come at once (429)",
        ),
        (
            "account",
            Fault::ServerError,
            Unknown,
            "fails at this moment (500)",
        ),
        (
            "account",
            Fault::DroppedConnection,
            Wrong,
            "cannot be reached",
        ),
        (
            "token",
            Fault::Unauthorized,
            Wrong,
            "does not accept TWILIO_AUTH_TOKEN",
        ),
        ("token", Fault::TooManyRequests, Unknown, "Wait a moment"),
        ("token", Fault::ServerError, Unknown, "status.twilio.com"),
        (
            "clock",
            Fault::WrongDate,
            Wrong,
            "600 seconds behind Twilio's",
        ),
        ("clock", Fault::ServerError, Good, "goes with Twilio's"),
        ("numbers", Fault::Unauthorized, Unknown, "(401)"),
        ("numbers", Fault::TooManyRequests, Unknown, "(429)"),
        ("numbers", Fault::ServerError, Unknown, "(500)"),
        ("fallback", Fault::ServerError, Unknown, "(500)"),
        (
            "application",
            Fault::NotFound,
            Wrong,
            "The account has no TwiML app",
        ),
        ("application", Fault::ServerError, Unknown, "(500)"),
        ("application", Fault::Unauthorized, Unknown, "(401)"),
    ];

    for (id, fault, state, words) in cases {
        world.carrier.order_fault(*fault, 1);
        world.says(id, *state, words).await;
        world.carrier.order_fault(*fault, 0);
    }
    world.close().await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_waited_for_no_longer_than_there_is_patience() {
    let mut world = World::with(
        &[],
        |_| (),
        |state| {
            state.outside.patience = Duration::from_millis(200);
        },
    )
    .await;
    let cases = [
        ("account", Wrong),
        ("token", Unknown),
        ("clock", Unknown),
        ("numbers", Unknown),
        ("application", Unknown),
    ];

    for (id, state) in cases {
        // The carrier's clock stands still: a slow answer never comes.
        world.carrier.order_fault(Fault::SlowAnswer, 1);
        world
            .says(id, state, "did not answer within 0.2 seconds")
            .await;
    }
    world.close().await;
}

#[tokio::test]
async fn a_carrier_that_is_gone_is_told_and_hangs_no_check() {
    let mut world = World::good().await;
    world.carrier.stop().await;

    world.says("account", Wrong, "cannot be reached").await;
    for id in [
        "token",
        "clock",
        "numbers",
        "fallback",
        "api_key",
        "application",
    ] {
        world.says(id, Unknown, "cannot be reached").await;
    }
    let page = world.page().await;

    assert!(
        matches!(page.numbers, desk::setup::NumbersView::NotTold(why) if why.contains("cannot be reached"))
    );
    world.close().await;
}

#[tokio::test]
async fn how_the_account_stands_is_told() {
    let mut world = World::good().await;
    for (status, is_trial, state, words) in [
        ("active", true, Warning, "calls verified numbers only"),
        ("suspended", false, Wrong, "is suspended"),
        ("closed", false, Wrong, "is closed"),
        ("on holiday", false, Unknown, "stands as “on holiday”"),
        ("active", false, Good, "is active"),
    ] {
        world
            .carrier
            .with(|engine| engine.set_standing(Standing { status, is_trial }));

        world.says("account", state, words).await;
    }
    world.close().await;
}

#[tokio::test]
async fn another_token_is_told_from_an_old_one_behind_the_right_one() {
    let mut world = World::with(
        &[("TWILIO_AUTH_TOKEN", "hush-hush-token,hush-hush-tokens")],
        |_| (),
        |_| (),
    )
    .await;
    world
        .says(
            "token",
            Warning,
            "accepts the first token, and not every further one",
        )
        .await;
    world.close().await;

    let mut world = World::with(&[("TWILIO_AUTH_TOKEN", "hush-hush-other")], |_| (), |_| ()).await;
    world
        .says("token", Wrong, "does not accept TWILIO_AUTH_TOKEN")
        .await;
    world.says("account", Unknown, "(401)").await;
    world.close().await;
}

#[tokio::test]
async fn a_clock_may_be_half_a_minute_from_the_carriers() {
    for (seconds, state, words) in [
        (0, Good, "goes with Twilio's"),
        (
            20,
            Good,
            "20 seconds ahead of Twilio's, which is near enough",
        ),
        (-30, Good, "30 seconds behind"),
        (31, Wrong, "31 seconds ahead of Twilio's: tokens"),
        (-4_000, Wrong, "4000 seconds behind"),
    ] {
        let mut world = World::with(&[], |_| (), |state| state.clock = clock_at(seconds)).await;

        world.says("clock", state, words).await;
        world.close().await;
    }
}

#[tokio::test]
async fn a_key_is_looked_at_with_its_secret() {
    let other = format!("SK{}", "b".repeat(32));
    for (vars, state, words) in [
        (vec![], Good, "its secret is right"),
        (
            vec![("TWILIO_API_SECRET", "hush-hush")],
            Wrong,
            "is not its secret",
        ),
        (
            vec![("TWILIO_API_KEY", other.as_str())],
            Wrong,
            "The account has no API key SKbbbb",
        ),
    ] {
        let mut world = World::with(&vars, |_| (), |_| ()).await;

        world.says("api_key", state, words).await;
        world.close().await;
    }
}

#[tokio::test]
async fn without_a_key_nobody_has_a_telephone_and_it_is_said_how_to_get_one() {
    let vars = [
        ("TWILIO_API_KEY", ""),
        ("TWILIO_API_SECRET", ""),
        ("TWILIO_TWIML_APP_SID", ""),
    ];
    let mut world = World::with(&vars, |_| (), |_| ()).await;

    world
        .says(
            "api_key",
            Warning,
            "set TWILIO_API_KEY to its SID and TWILIO_API_SECRET",
        )
        .await;
    world
        .says("application", Warning, "the TwiML app comes after")
        .await;
    world.close().await;
}
