//! Offices changed, added and removed by hand, and all of it undone.

use axum::http::StatusCode;
use exchange::{Office, RegionCode};
use serde_json::{Value, json};

use crate::admins::{MURKOWSKI, MURKOWSKI_AS_SEEDED, office, with};
use crate::support::House;

#[tokio::test]
async fn a_changed_number_counts_for_the_next_caller_and_is_kept_with_who_changed_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let saved = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let change = saved.leads_to();
    assert!(change.starts_with("/directory/senators?done="), "{change}");
    assert_eq!(
        house.senator(MURKOWSKI).await.phone.as_str(),
        "+12022240199"
    );
    let carrier = house.carrier();
    let sid = "CA00000000000000000000000000000077";
    carrier
        .rings("/callcongress/welcome", sid, "+19075550123")
        .await;
    let answer = carrier
        .posts(
            "/callcongress/call-senators/AK",
            &[
                ("CallSid", sid),
                ("From", "+19075550123"),
                ("To", "+12025550100"),
            ],
        )
        .await;
    assert!(answer.body.contains("+12022240199"), "{}", answer.body);
    let history = ada
        .asks("/api/directories/history?id=senators&page=1&open=0")
        .await;
    let latest = &history["changes"][0];
    assert_eq!(latest["by"], "ada");
    assert_eq!(latest["at_ms"], house.clock.now().0);
    assert_eq!(latest["words"], "Changed Lisa Murkowski.");
    assert_eq!(
        latest["offices"][0]["fields"],
        json!([{"field": "number", "before": "+1 (202) 224-6665", "after": "+1 (202) 224-0199"}])
    );
    let audited = house.store().audited().await.expect("the audit is read");
    let line = audited.first().expect("a line");
    assert_eq!(
        (line.by.as_str(), line.about.as_str(), line.what.as_str()),
        ("ada", "senators", "Changed Lisa Murkowski.")
    );
    house.close().await;
}

#[tokio::test]
async fn of_two_who_change_the_same_row_the_second_is_told_what_the_first_did() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let first = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;
    assert_eq!(first.status, StatusCode::OK);

    let second = amy
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("title", "The senator")]))
        .await;
    let removal = amy
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "senators"),
                ("office", MURKOWSKI),
                ("version", "0"),
            ],
        )
        .await;

    for refusal in [second, removal] {
        assert_eq!(refusal.status, StatusCode::CONFLICT);
        for word in ["ada", "+1 (202) 224-0199", "just now"] {
            assert!(refusal.body.contains(word), "{word}: {}", refusal.body);
        }
    }
    let stands = house.senator(MURKOWSKI).await;
    assert_eq!(
        (stands.title.as_str(), stands.phone.as_str()),
        ("Senator", "+12022240199")
    );
    house.close().await;
}

#[tokio::test]
async fn fields_say_what_they_expect_and_nothing_is_saved_by_halves() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let before = house.senators().await;
    let cases: [(&str, &str, &str); 15] = [
        ("name", "", "name"),
        ("phone", "", "phone"),
        ("phone", "911", "phone"),
        ("phone", "102-224-6665", "phone"),
        ("phone", "+1 900 555 0123", "phone"),
        ("phone_2", "nobody", "phone_2"),
        ("phone_2", "+12022246665", "phone_2"),
        ("region", "ZZ", "region"),
        ("position", "0", "position"),
        ("position", "2", "position"),
        ("term_end", "soon", "term_end"),
        ("hours", "9 to 5", "hours"),
        ("time_zone", "Mars/Olympus", "time_zone"),
        ("hours_2", "Mon-Fri 09:00-17:00", "phone_2"),
        ("time_zone_4", "America/New_York", "phone_4"),
    ];

    for (field, value, at) in cases {
        let answer = ada
            .saves(&with(
                &MURKOWSKI_AS_SEEDED,
                &[("title", "Changed"), (field, value)],
            ))
            .await;

        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field}={value}"
        );
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        let fields: Vec<&str> = body["error"]["about"]
            .as_array()
            .expect("fields")
            .iter()
            .filter_map(|error| error["field"].as_str())
            .collect();
        assert!(fields.contains(&at), "{field}={value}: {}", answer.body);
    }
    assert_eq!(house.senators().await, before);
    house.close().await;
}

#[tokio::test]
async fn an_office_holds_several_numbers_hours_and_a_zone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let more = [
        ("phone_2", "(907) 271-3735"),
        ("phone_4", "907 456 0233"),
        ("hours", "Mon-Fri 09:00-17:00"),
        ("time_zone", "America/Anchorage"),
    ];

    let saved = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &more)).await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let office = house.senator(MURKOWSKI).await;
    let numbers: Vec<String> = office.numbers().map(|number| number.to_string()).collect();
    assert_eq!(numbers, ["+12022246665", "+19072713735", "+19074560233"]);
    let view = ada
        .asks("/api/directories/show?id=senators&filter[search]=murkowski")
        .await;
    let row = &view["rows"][0];
    assert_eq!(row["numbers"][2], "+1 (907) 456-0233");
    // It is Thursday, 15:00, in Anchorage.
    assert_eq!(row["is_open"], true);
    house.close().await;
}

#[tokio::test]
async fn an_office_is_added_and_removed_and_both_are_undone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let added = ada
        .saves(&[
            ("directory", "planets"),
            ("name", "Ceti Alpha V"),
            ("title", "Planet"),
            ("phone", "+12025550145"),
        ])
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    let planets = house.offices("planets").await;
    let new = planets.last().expect("an office");
    assert_eq!((new.id.as_str(), new.position), ("ceti-alpha-v", 5));

    let undone = ada.undoes("planets", added.change(), "").await;
    let removed = ada
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "planets"),
                ("office", "dagobah"),
                ("version", "0"),
            ],
        )
        .await;

    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    let ids = |offices: &[Office]| -> Vec<String> {
        offices.iter().map(|office| office.id.to_string()).collect()
    };
    assert_eq!(
        ids(&house.offices("planets").await),
        ["brodo-asogi", "uber-asteroid"]
    );
    assert_eq!(
        ada.undoes("planets", removed.change(), "").await.status,
        StatusCode::OK
    );
    assert_eq!(
        ids(&house.offices("planets").await),
        ["brodo-asogi", "dagobah", "uber-asteroid"]
    );
    let history = ada.asks("/api/directories/history?id=planets").await;
    let words: Vec<&str> = history["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["words"].as_str())
        .collect();
    assert_eq!(
        words,
        [
            "Undid: Removed Dagobah.",
            "Removed Dagobah.",
            "Undid: Added Ceti Alpha V.",
            "Added Ceti Alpha V.",
        ]
    );
    house.close().await;
}

#[tokio::test]
async fn what_was_changed_since_is_not_undone_under_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let first = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;
    let version = first.change().to_string();
    let second = ada
        .saves(&with(
            &MURKOWSKI_AS_SEEDED,
            &[("phone", "202-224-0198"), ("version", &version)],
        ))
        .await;

    let refused = ada.undoes("senators", first.change(), "").await;
    let undone = ada.undoes("senators", second.change(), "").await;
    let then = ada.undoes("senators", first.change(), "").await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Undo that first"), "{}", refused.body);
    assert_eq!(
        (undone.status, then.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(
        house.senator(MURKOWSKI).await.phone.as_str(),
        "+12022246665"
    );
    house.close().await;
}

#[tokio::test]
async fn a_directory_is_made_and_filled_by_hand() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let made = ada
        .posts_office(
            "/api/directories/make",
            &[("name", "City halls"), ("shape", "regions")],
        )
        .await;
    let again = ada
        .posts_office(
            "/api/directories/make",
            &[("name", "City halls"), ("shape", "list")],
        )
        .await;
    let office = [
        ("directory", "city-halls"),
        ("name", "Juneau"),
        ("phone", "907-586-5240"),
    ];
    let nowhere = ada.saves(&office).await;
    let there = ada.saves(&with(&office, &[("region", "AK")])).await;

    assert_eq!(made.leads_to(), "/directory/city-halls");
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("region"), "{}", nowhere.body);
    assert_eq!(there.status, StatusCode::OK, "{}", there.body);
    let halls = house.offices("city-halls").await;
    assert_eq!(
        halls[0].region,
        Some(RegionCode::parse("AK").expect("a code"))
    );
    house.close().await;
}

#[tokio::test]
async fn a_posted_form_without_script_leads_back_to_the_table() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = office(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]));
    let page = "http://127.0.0.1:8080/directory/senators?edit=M001153";

    let answer = ada.submits("/api/directories/save", page, &form).await;

    assert_eq!(answer.status, StatusCode::FOUND);
    let back = answer.location().expect("a way back").to_owned();
    assert!(back.starts_with("/directory/senators?done="), "{back}");
    let page = ada.gets(&back).await;
    assert!(
        page.body.contains("Changed Lisa Murkowski."),
        "it says what was done"
    );
    assert!(page.body.contains("+1 (202) 224-0199"));
    house.close().await;
}
