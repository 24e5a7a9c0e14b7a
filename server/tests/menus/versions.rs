//! Versions: each that went live is kept, compared, made live again, and finished on by the calls that began with it.

use axum::http::StatusCode;
use exchange::MenuId;
use serde_json::json;

use crate::admins::{START, with};
use crate::support::{Carrier, House};

const ONE: &str = "CA00000000000000000000000000000001";
const TWO: &str = "CA00000000000000000000000000000002";
const THREE: &str = "CA00000000000000000000000000000003";

#[tokio::test]
async fn a_call_finishes_on_the_version_it_began_with_and_the_next_hears_the_new_one() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let carrier = house.carrier();
    carrier.hears(ONE).await;

    ada.saves(&START).await;
    let live = ada.goes_live("planets", "Shorter").await;

    assert_eq!(live.leads_to(), "/menus/planets?live=2");
    let old = carrier.presses(ONE, "2").await;
    assert!(
        old.contains("Which planet would you like to call?"),
        "{old}"
    );
    let new = carrier.hears(TWO).await;
    assert!(
        new.contains("Hello, traveler.") && !new.contains("welcome"),
        "{new}"
    );
    let audited = house.store().audited().await.expect("the audit is read");
    assert_eq!(
        (
            audited[0].by.as_str(),
            audited[0].about.as_str(),
            audited[0].what.as_str()
        ),
        (
            "ada",
            "planets",
            "Version 2 of the menu Phone home went live: Shorter."
        )
    );
    house.close().await;
}

#[tokio::test]
async fn a_call_keeps_its_version_after_a_restart_and_in_another_process() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.carrier().hears(ONE).await;
    ada.saves(&START).await;
    ada.goes_live("planets", "").await.leads_to();

    // A server that has read nothing yet, as after a start; and one more that goes live beside it.
    let (_, router) = house.beside().await;
    let mut amy = house.another_admin("amy").await.at(router.clone());
    let beside = Carrier::at(router);
    let old = beside.presses(ONE, "*").await;
    assert!(old.contains("Hello, traveler, and welcome"), "{old}");
    beside.hears(TWO).await;
    amy.saves(&with(
        &START,
        &[("[revision]", "1"), ("[prompt][en]", "Third.")],
    ))
    .await
    .leads_to();
    amy.goes_live("planets", "").await.leads_to();

    let carrier = house.carrier();
    assert!(carrier.presses(ONE, "*").await.contains("and welcome"));
    let second = carrier.presses(TWO, "*").await;
    assert!(
        second.contains("Hello, traveler.") && !second.contains("welcome"),
        "{second}"
    );
    assert!(carrier.hears(THREE).await.contains("Third."));
    house.close().await;
}

#[tokio::test]
async fn a_version_belongs_to_the_plan_for_a_day_after_it_went() {
    let house = House::open().await;
    let past = || async {
        let (_, rows) = house.store().plan().await.expect("the plan is read");
        rows.past_menus
            .iter()
            .map(|menu| menu.version)
            .collect::<Vec<_>>()
    };
    let texts = ["Second.", "Third.", "Fourth."];
    let mut seen = Vec::new();

    for (n, (text, hours)) in texts.into_iter().zip([0, 20, 20]).enumerate() {
        house.waits(60 * hours).await;
        let revision = n.to_string();
        let form = with(&START, &[("[revision]", &revision), ("[prompt][en]", text)]);
        // Nobody's session lasts as long.
        let mut ada = house.another_admin(&format!("ada{n}")).await;
        ada.saves(&form).await.leads_to();
        ada.goes_live("planets", "").await.leads_to();
        seen.push(past().await);
    }

    assert_eq!(seen, [vec![1], vec![1, 2], vec![2, 3]]);
    let versions = house
        .store()
        .menu_versions(&MenuId::parse("planets").expect("an id"))
        .await;
    assert_eq!(versions.expect("versions").len(), 4, "all are kept");
    house.close().await;
}

#[tokio::test]
async fn versions_tell_who_when_and_what_differs_and_go_live_again() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    ada.saves(&START).await;
    ada.goes_live("planets", "Shorter").await.leads_to();
    house.waits(5).await;

    let history = ada.asks("/api/menus/history?id=planets").await;
    assert_eq!(history["compared"], json!([1, 2]));
    assert_eq!(history["versions"][0]["by"], "ada");
    assert_eq!(history["versions"][0]["note"], "Shorter");
    assert_eq!(history["versions"][1]["live_ms"], json!(null));
    let differences = history["differences"].to_string();
    assert!(
        differences.contains("It says in English: “Hello, traveler.”"),
        "{differences}"
    );

    let back = [("menu", "planets"), ("version", "1"), ("live", "2")];
    let restored = amy.does("restore", &back).await;
    assert_eq!(restored.leads_to(), "/menus/planets/history?live=3");

    let heard = house.carrier().hears(ONE).await;
    assert!(heard.contains("Hello, traveler, and welcome"), "{heard}");
    let history = ada.asks("/api/menus/history?id=planets&from=1&to=3").await;
    assert_eq!(history["differences"], json!([]));
    assert_eq!(history["versions"][0]["note"], "As version 1");
    assert_eq!(history["versions"][0]["by"], "amy");
    let view = ada.looks_at("planets", "start").await;
    assert_eq!(view["head"]["saved"], json!(null), "the draft follows");
    ada.does("restore", &back)
        .await
        .refuses(&["Meanwhile another version went live"]);
    house.close().await;
}

#[tokio::test]
async fn another_draft_stays_when_an_earlier_version_goes_live() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    ada.saves(&START).await;
    ada.goes_live("planets", "").await.leads_to();
    let form = with(&START, &[("[revision]", "1"), ("[prompt][en]", "Not yet.")]);
    ada.saves(&form).await.leads_to();

    let back = [("menu", "planets"), ("version", "1"), ("live", "2")];
    ada.does("restore", &back).await.leads_to();

    let view = ada.looks_at("planets", "start").await;
    assert_eq!(view["place"]["prompt"]["en"], "Not yet.");
    assert_eq!(view["head"]["live"]["version"], 3);
    house.close().await;
}

#[tokio::test]
async fn nothing_goes_live_that_somebody_else_has_saved_since_the_look() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    ada.saves(&START).await;
    let form = with(&START, &[("[revision]", "1"), ("[prompt][en]", "Amy's.")]);
    amy.saves(&form).await.leads_to();

    let looked = [("menu", "planets"), ("revision", "1"), ("note", "")];
    let refused = ada.does("go-live", &looked).await;

    refused.refuses(&["Meanwhile amy saved the draft. Nothing went live."]);
    assert!(house.carrier().hears(ONE).await.contains("and welcome"));
    ada.goes_live("planets", "").await.leads_to();
    ada.goes_live("planets", "")
        .await
        .refuses(&["what is live already"]);
    house.close().await;
}

#[tokio::test]
async fn an_earlier_version_that_has_become_wrong_does_not_go_live() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    ada.saves(&START).await;
    ada.goes_live("planets", "").await.leads_to();
    for office in ["brodo-asogi", "dagobah", "uber-asteroid"] {
        let form = [
            ("directory", "planets"),
            ("office", office),
            ("version", "0"),
        ];
        let form: Vec<(String, &str)> = form
            .iter()
            .map(|(name, value)| (format!("form[{name}]"), *value))
            .collect();
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        let removed = ada.posts("/api/directories/remove", &form).await;
        assert_eq!(removed.status, StatusCode::OK, "{office}: {}", removed.body);
    }

    let back = [("menu", "planets"), ("version", "1"), ("live", "2")];
    let refused = ada.does("restore", &back).await;

    refused.refuses(&[
        "It has 1 fault, and cannot go live.",
        "The list planets has no entries",
    ]);
    house.close().await;
}
