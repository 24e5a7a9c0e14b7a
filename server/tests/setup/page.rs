//! The page `/setup` as it comes without script: grouped, with forms, and for admins alone.

use carrier::engine::Number;

use crate::support::House;
use crate::world::{KEY_SECRET, TOKEN, World, number};

#[tokio::test]
async fn the_page_tells_what_is_wrong_first_and_holds_no_secret() {
    let mut world = World::with(
        &[],
        |config| {
            config.settings.numbers = vec![Number {
                voice_url: None,
                ..number("+12025550100", "senators")
            }];
        },
        |_| (),
    )
    .await;

    let page = world.ada.gets("/setup").await;

    assert_eq!(page.status.as_u16(), 200, "{}", page.body);
    let at = |words: &str| {
        page.body
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {}", page.body))
    };
    assert!(at("checks-wrong") < at("checks-good"));
    at("leads here: nobody");
    at("Point it at the line");
    at("Check again");
    for secret in [TOKEN, KEY_SECRET] {
        assert!(!page.body.contains(secret));
    }
    world.close().await;
}

#[tokio::test]
async fn without_script_a_form_leads_back_to_the_number() {
    let mut world = World::with(
        &[],
        |config| {
            config.settings.numbers.push(Number {
                voice_url: None,
                ..number("+13125550177", "senators")
            });
        },
        |_| (),
    )
    .await;
    let seen = world.number("+13125550177").await;
    let form = [
        ("form[number]", seen.sid.as_str()),
        ("form[line]", "planets"),
        ("form[seen]", seen.seen.as_str()),
    ];
    let page = "https://calls.example.org/setup";

    let answer = world.ada.submits("/api/setup/point", page, &form).await;
    let page = world.ada.gets("/setup").await.body;

    assert_eq!(answer.status.as_u16(), 302, "{answer:?}");
    assert_eq!(
        answer.location(),
        Some(format!("/setup?number={0}#number-{0}", seen.sid).as_str())
    );
    assert!(page.contains("Before, it pointed at"), "{page}");
    world.close().await;
}

#[tokio::test]
async fn a_demonstration_says_that_it_is_one_and_how_to_get_to_an_account() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let page = ada.gets("/setup").await.body;

    for words in [
        "This is a demonstration.",
        "Nothing here says how a real account stands.",
        "TWILIO_ACCOUNT_SID",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    house.close().await;
}
