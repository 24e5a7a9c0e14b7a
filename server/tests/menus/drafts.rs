//! Drafts: saved whatever is wrong with them, told to two people, and heard by nobody before they go live.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::admins::{Field, START, with};
use crate::support::House;

const ONE: &str = "CA00000000000000000000000000000001";

#[tokio::test]
async fn a_saved_place_is_kept_and_callers_hear_what_is_live() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let saved = ada.saves(&START).await;

    assert_eq!(saved.leads_to(), "/menus/planets?place=start&saved=1");
    let view = ada.looks_at("planets", "start").await;
    assert_eq!(view["place"]["prompt"], json!({"en": "Hello, traveler."}));
    assert_eq!(view["place"]["keys"][0]["words"]["en"], "Past the moon.");
    assert_eq!(view["head"]["saved"], json!([house.clock.now().0, "ada"]));
    assert_eq!(view["head"]["live"]["version"], 1);
    let changes = view["changes"].to_string();
    assert!(
        changes.contains("Key 2 leads to the place before, led to the list planets."),
        "{changes}"
    );
    let heard = house.carrier().hears(ONE).await;
    assert!(heard.contains("Hello, traveler, and welcome"), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn a_draft_holds_what_is_wrong_and_says_so_at_its_place() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    ada.saves(&with(
        &START,
        &[
            ("[prompt][en]", " "),
            ("[keys][1][key]", "1"),
            ("[keys][2][key]", "4"),
            ("[keys][2][to]", "number"),
            ("[keys][2][name]", "Nobody"),
            ("[keys][2][number]", "soon"),
        ],
    ))
    .await;

    let view = ada.looks_at("planets", "start").await;
    let faults: Vec<(Value, &str)> = view["faults"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| {
            (
                fault["row"].clone(),
                fault["words"].as_str().expect("words"),
            )
        })
        .collect();
    assert_eq!(
        faults,
        [
            (
                Value::Null,
                "Nothing is said here in English. Write the prompt."
            ),
            (
                json!(1),
                "The key 1 stands here twice. Give one of them another key."
            ),
            (
                json!(2),
                "\"soon\" is no telephone number. Write it with its country code, like +12022246665."
            ),
        ]
    );
    assert_eq!(
        view["place"]["keys"][2]["number"], "soon",
        "nothing is lost"
    );
    let refused = ada.goes_live("planets", "").await;
    refused.refuses(&[
        "It has 3 faults",
        "At start: Nothing is said here in English.",
    ]);
    let audited = house.store().audited().await.expect("the audit is read");
    assert!(
        audited.iter().all(|line| !line.what.contains("went live")),
        "{audited:?}"
    );
    house.close().await;
}

#[tokio::test]
async fn of_two_who_write_one_place_the_second_is_told_and_loses_nothing() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let hers = with(&START, &[("[prompt][en]", "Amy says hello.")]);
    ada.saves(&START).await;

    let refused = amy.saves(&hers).await;

    refused.refuses(&[
        "Meanwhile ada saved this place, just now. Yours is not saved.",
        "It says in English: “Amy says hello.”, said “Hello, traveler.”.",
    ]);
    let removal = [("menu", "planets"), ("place", "start"), ("revision", "0")];
    amy.does("remove-place", &removal)
        .await
        .refuses(&["Callers begin here"]);
    let over = amy.saves(&with(&hers, &[("[over]", "yes")])).await;
    assert!(over.leads_to().ends_with("saved=2"));
    let view = ada.looks_at("planets", "start").await;
    assert_eq!(view["place"]["prompt"]["en"], "Amy says hello.");
    house.close().await;
}

#[tokio::test]
async fn two_who_write_two_places_do_not_meet() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    ada.does(
        "add-place",
        &[("menu", "planets"), ("name", "Opening hours")],
    )
    .await;

    let one = ada.saves(&START).await;
    let two = amy
        .saves(&[
            ("[menu]", "planets"),
            ("[place]", "opening-hours"),
            ("[revision]", "1"),
            ("[name]", "Opening hours"),
            ("[prompt][en]", "We are open."),
        ])
        .await;

    assert!(one.leads_to().ends_with("saved=2"));
    assert!(two.leads_to().ends_with("saved=3"));
    let view = ada.looks_at("planets", "opening-hours").await;
    assert_eq!(view["place"]["prompt"]["en"], "We are open.");
    house.close().await;
}

#[tokio::test]
async fn places_are_added_renamed_reached_and_removed() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let added = ada
        .does(
            "add-place",
            &[("menu", "planets"), ("name", "Opening hours")],
        )
        .await;
    assert_eq!(
        added.leads_to(),
        "/menus/planets?place=opening-hours&saved=added"
    );
    // A key can also ask for a place of its own.
    ada.saves(&with(
        &START,
        &[
            ("[keys][1][to]", "place:opening-hours"),
            ("[keys][2][key]", "3"),
            ("[keys][2][label]", "More"),
            ("[keys][2][to]", "new"),
        ],
    ))
    .await;

    let view = ada.looks_at("planets", "more").await;
    assert_eq!(view["place"]["name"], "More");
    let outline: Vec<String> = view["outline"]
        .as_array()
        .expect("an outline")
        .iter()
        .map(|row| format!("{} {} {}", row["path"], row["label"], row["leads"]).replace('"', ""))
        .collect();
    assert_eq!(
        outline,
        [
            "[] start ",
            "[1] Directions announcement",
            "[2] Opening hours ",
            "[3] More "
        ]
    );
    let removed = ada
        .does(
            "remove-place",
            &[
                ("menu", "planets"),
                ("place", "opening-hours"),
                ("revision", "1"),
            ],
        )
        .await;
    removed.leads_to();
    let view = ada.looks_at("planets", "start").await;
    let faults = view["faults"].to_string();
    assert!(
        faults.contains("There is no place \\\"opening-hours\\\" in this menu."),
        "{faults}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_menu_is_begun_renamed_and_deleted_when_no_line_uses_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let made = ada.does("make", &[("name", "City hall")]).await;
    assert_eq!(made.leads_to(), "/menus/city-hall");
    ada.does("rename", &[("menu", "city-hall"), ("name", "Town hall")])
        .await
        .leads_to();
    let copy = ada
        .does("make", &[("name", "Copy"), ("like", "planets")])
        .await;
    assert_eq!(copy.leads_to(), "/menus/copy");

    let rows = ada.asks("/api/menus/list").await;
    let rows: Vec<String> = rows
        .as_array()
        .expect("menus")
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["head"]["name"], row["can_be_deleted"], row["faults"]
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "\"Copy\" true 0",
            "\"Phone home\" false 0",
            "\"Town hall\" true 2"
        ]
    );
    ada.does("delete", &[("menu", "planets")])
        .await
        .refuses(&["used by", "another menu first"]);
    let copy = [("menu", "copy"), ("revision", "1")];
    assert_eq!(
        ada.does("delete", &copy).await.leads_to(),
        "/menus?deleted=copy"
    );
    let gone = ada.gets("/api/menus/show?id=copy").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    house.close().await;
}

#[tokio::test]
async fn what_somebody_else_named_or_wrote_meanwhile_is_neither_lost_nor_deleted() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    ada.does("make", &[("name", "City hall")]).await.leads_to();
    let named = |name| [("menu", "city-hall"), ("revision", "1"), ("name", name)];
    ada.does("add-place", &[("menu", "city-hall"), ("name", "Parks")])
        .await
        .leads_to();

    let first = ada.does("rename", &named("Town hall")).await;
    let second = ada.does("rename", &named("Village hall")).await;
    let early = [("menu", "city-hall"), ("revision", "1")];
    let deleted = ada.does("delete", &early).await;
    let view = ada.looks_at("city-hall", "").await;

    first.leads_to();
    second.refuses(&["Meanwhile", "named the menu Town hall"]);
    deleted.refuses(&["Meanwhile", "saved the draft, which stays"]);
    assert_eq!(view["head"]["name"], "Town hall");
    let seen = view["head"]["revision"].to_string();
    ada.does("delete", &[("menu", "city-hall"), ("revision", &seen)])
        .await
        .leads_to();
    house.close().await;
}

#[tokio::test]
async fn fields_say_what_they_expect_and_nothing_is_saved_by_halves() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let long = "x".repeat(61);
    let cases: [(&str, Vec<Field<'_>>, &str); 6] = [
        ("make", vec![("name", " ")], "name"),
        ("make", vec![("name", &long)], "name"),
        ("make", vec![("name", "Hall"), ("id", "No id!")], "id"),
        ("make", vec![("name", "Planets"), ("id", "planets")], "id"),
        ("add-place", vec![("menu", "planets"), ("name", "")], "name"),
        (
            "save-place",
            with(&START, &[("[keys][0][label]", &long)]),
            "keys-0-label",
        ),
    ];

    for (what, form, field) in &cases {
        let refused = ada.does(what, form).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{what}: {}",
            refused.body
        );
        assert!(
            refused.body.contains(&format!("\"field\":\"{field}\"")),
            "{}",
            refused.body
        );
    }
    for form in [
        with(&START, &[("[place]", "nowhere")]),
        with(&START, &[("[menu]", "nothing")]),
        with(&START, &[("[menu]", "Not an id!")]),
        vec![],
    ] {
        assert_eq!(ada.saves(&form).await.status, StatusCode::NOT_FOUND);
    }
    let view = ada.looks_at("planets", "").await;
    assert_eq!(view["head"]["revision"], 0, "nothing was written");
    house.close().await;
}

#[tokio::test]
async fn a_form_without_script_leads_back_to_the_page_and_says_what_was_wrong() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let mut amy = house.another_admin("amy").await;
    ada.saves(&START).await;
    let page = amy.gets("/menus/planets?place=start").await;
    for words in [
        "Hello, traveler.",
        "Past the moon.",
        "name=\"form[keys][1][to]\"",
    ] {
        assert!(page.body.contains(words), "{words}");
    }

    let hers = with(&START, &[("[prompt][en]", "Amy says hello.")]);
    let location = amy.saves_plainly(&hers).await;

    let page = amy.gets(&location).await;
    let typed = "name=\"form[prompt][en]\"";
    let typed = page.body.split_once(typed).expect("the field").1;
    let typed = typed.split_once("</textarea>").expect("its end").0;
    assert!(typed.contains("Amy says hello."), "{typed}");
    for words in ["Meanwhile ada saved this place", "Hello, traveler."] {
        assert!(page.body.contains(words), "{words}: {location}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_text_that_is_too_long_stands_in_its_field_again_without_script_and_says_why() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let long = "word ".repeat(401);

    let location = ada
        .saves_plainly(&with(&START, &[("[prompt][en]", &long)]))
        .await;

    assert!(location.len() < 200, "it carries no text: {location}");
    let page = ada.gets(&location).await;
    assert!(page.body.contains(long.trim()), "{}", page.body);
    assert!(
        page.body.contains(
            "What is said in English has 2,004 characters. Take out 4: it takes at most 2,000."
        ),
        "{}",
        page.body
    );
    ada.goes_live("planets", "").await.refuses(&["Take out 4"]);
    house.close().await;
}
