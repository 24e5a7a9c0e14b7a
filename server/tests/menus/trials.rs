//! Drafts tried: in the page by their keys, and on a pretend telephone.

use axum::http::StatusCode;
use serde_json::json;

use crate::admins::{START, with};
use crate::support::House;
use crate::table::World;
use desk::{PhoneActForm, PlaceCallForm, SAMPLE_CALLERS};

const ONE: &str = "CA00000000000000000000000000000001";

#[tokio::test]
async fn a_draft_is_tried_by_its_keys_and_nothing_of_it_is_written() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    ada.saves(&with(
        &START,
        &[("[keys][2][key]", "7"), ("[keys][2][to]", "list:planets")],
    ))
    .await;

    let begun = ada.asks("/api/menus/try?id=planets").await;
    assert_eq!(begun["scenes"][0]["said"], json!(["Hello, traveler."]));
    assert_eq!(
        (&begun["stands"], &begun["awaits"]),
        (&json!("At start."), &json!("Key"))
    );
    assert_eq!(begun["lines"][0]["id"], "planets");

    let over = ada.asks("/api/menus/try?id=planets&done=1").await;
    assert_eq!(over["scenes"][1]["did"], "Pressed 1");
    assert!(
        over["scenes"][1]["said"][0]
            .as_str()
            .expect("words")
            .starts_with("Past the moon.")
    );
    assert_eq!(
        over["stands"],
        "The call is over. Told what they asked for."
    );
    assert_eq!(over["awaits"], "Nothing");

    let rings = ada.asks("/api/menus/try?id=planets&done=7.3").await;
    assert_eq!(rings["stands"], "Dagobah is being called.");
    let busy = ada.asks("/api/menus/try?id=planets&done=7.3.busy").await;
    assert_eq!(busy["stands"], "In a list of start.");
    let odd = ada
        .asks("/api/menus/try?id=planets&done=hello..99999.%3Cb%3E")
        .await;
    assert_eq!(odd["awaits"], "Key");
    assert_eq!(
        house
            .store()
            .load(&exchange::CallSid::parse(ONE).expect("a SID"))
            .await
            .expect("calls are read"),
        None
    );
    house.close().await;
}

#[tokio::test]
async fn a_menu_without_a_line_and_one_with_faults_can_be_tried_in_the_page() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    ada.does("make", &[("name", "Hall")]).await.leads_to();
    ada.saves(&[
        ("[menu]", "hall"),
        ("[place]", "start"),
        ("[prompt][es]", "Hola."),
        ("[keys][0][key]", "1"),
        ("[keys][0][to]", "place:nowhere"),
    ])
    .await
    .leads_to();

    let tried = ada.asks("/api/menus/try?id=hall&done=1").await;

    assert_eq!(tried["line"], "");
    assert!(
        tried["scenes"][1]["said"][0]
            .as_str()
            .expect("words")
            .contains("Hola.")
    );
    house.close().await;
}

#[tokio::test]
async fn a_draft_is_called_from_a_pretend_telephone_and_nobody_else_hears_it() {
    let world = World::open().await;
    let mut ada = world.house.admin().await.at(world.router.clone());
    ada.saves(&START).await;

    let called = ada
        .does("try-on-phone", &[("menu", "planets"), ("line", "planets")])
        .await;

    let phone = called
        .leads_to()
        .strip_prefix("/phones?phone=")
        .expect("a telephone")
        .to_owned();
    world.passes(2).await;
    let heard = world.heard(&phone);
    assert!(
        heard.contains("Hello, traveler.") && !heard.contains("welcome"),
        "{heard}"
    );
    let press = PhoneActForm::pressing(&phone, "9");
    world
        .phones
        .act(&world.state, &press)
        .expect("it is in a call");
    world.passes(5).await;
    assert!(
        world.heard(&phone).matches("Hello, traveler.").count() > 1,
        "it stays on the draft"
    );
    let ida = PlaceCallForm {
        line: "planets".to_owned(),
        ..SAMPLE_CALLERS[0].form()
    };
    let other = world
        .phones
        .place_call(&world.state, &ida)
        .expect("the line is in service");
    world.passes(2).await;
    assert!(world.heard(&other).contains("and welcome"));
    world.close().await;
}

impl World {
    /// What the line has said to a telephone.
    fn heard(&self, phone: &str) -> String {
        let board = self.board();
        let phone = board.phone(phone).expect("the telephone is on the table");
        phone
            .transcript()
            .into_iter()
            .map(|line| line.text)
            .collect()
    }
}

#[tokio::test]
async fn a_draft_with_faults_or_a_line_of_another_menu_is_not_called() {
    let world = World::open().await;
    let mut ada = world.house.admin().await.at(world.router.clone());
    ada.saves(&with(&START, &[("[keys][1][key]", "1")])).await;

    let faulty = ada
        .does("try-on-phone", &[("menu", "planets"), ("line", "planets")])
        .await;
    let other = ada
        .does("try-on-phone", &[("menu", "planets"), ("line", "senators")])
        .await;

    faulty.refuses(&["It has 1 fault"]);
    other.refuses(&["Choose a line of this menu"]);
    world.close().await;
}

#[tokio::test]
async fn without_pretend_telephones_no_draft_is_called() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let answer = ada
        .does("try-on-phone", &[("menu", "planets"), ("line", "planets")])
        .await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    house.close().await;
}
