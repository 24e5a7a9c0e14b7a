//! The hours that an office's further numbers keep for themselves, as its form takes them.

use axum::http::StatusCode;
use exchange::Office;

use crate::admins::{MURKOWSKI, MURKOWSKI_AS_SEEDED, office, with};
use crate::support::House;

#[tokio::test]
async fn a_further_number_keeps_hours_of_its_own_and_takes_them_along() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let zone = ("time_zone", "America/Anchorage");
    let district = [
        zone,
        ("phone_2", "(907) 271-3735"),
        ("phone_3", "907 456 0233"),
        ("hours_3", "Mon 10:00-12:00"),
        ("time_zone_3", "America/Juneau"),
    ];
    let wrong = with(&district, &[("hours_2", "9 to 5"), ("time_zone_3", "Mars")]);

    let refused = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &wrong)).await;
    let saved = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &district)).await;
    let first = house.senator(MURKOWSKI).await;
    let form = ada
        .asks("/api/directories/show?id=senators&filter[edit]=M001153")
        .await["form"]
        .clone();
    let version = form["version"].to_string();
    let moved = [
        zone,
        ("version", version.as_str()),
        ("phone_3", "907 456 0233"),
        ("hours_3", "Mon 10:00-12:00"),
    ];
    let moved = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &moved)).await;
    let second = house.senator(MURKOWSKI).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["hours_2", "time_zone_3"] {
        assert!(refused.body.contains(field), "{field}: {}", refused.body);
    }
    for answer in [&saved, &moved] {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(form["hours_3"], "Mon 10:00-12:00");
    let at = |office: &Office, key: &str| office.details.get(key).cloned().unwrap_or_default();
    assert_eq!(at(&first, "hours_3"), "Mon 10:00-12:00");
    assert_eq!(at(&first, "time_zone_3"), "America/Juneau");
    assert_eq!(at(&second, "phone_2"), "+19074560233");
    assert_eq!(at(&second, "hours_2"), "Mon 10:00-12:00");
    for gone in ["phone_3", "hours_3", "time_zone_2", "time_zone_3"] {
        assert_eq!(at(&second, gone), "", "{gone}");
    }
    house.close().await;
}

#[tokio::test]
async fn own_hours_do_not_lose_the_clock_of_their_office() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let own = [
        ("phone_2", "(907) 271-3735"),
        ("hours_2", "Mon 10:00-12:00"),
    ];
    let zone = [("time_zone", "America/Anchorage")];
    let saved = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &with(&own, &zone)))
        .await;
    let form = ada
        .asks("/api/directories/show?id=senators&filter[edit]=M001153")
        .await["form"]
        .clone();
    let version = form["version"].to_string();
    let own = with(&own, &[("version", version.as_str())]);

    let without = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &own)).await;
    let kept = house.senator(MURKOWSKI).await;
    let with_its_own = with(&own, &[("time_zone_2", "America/Juneau")]);
    let with_its_own = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &with_its_own)).await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("time_zone_2"), "{}", without.body);
    assert_eq!(kept.details["time_zone"], "America/Anchorage");
    assert_eq!(with_its_own.status, StatusCode::OK, "{}", with_its_own.body);
    house.close().await;
}

#[tokio::test]
async fn a_form_refused_without_script_keeps_what_was_typed_and_opens_the_fold_that_says_why() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let wrong = [
        ("phone_2", "(907) 271-3735"),
        ("hours_2", "weekdays nine to five"),
    ];
    let form = office(&with(&MURKOWSKI_AS_SEEDED, &wrong));
    let ours = "http://127.0.0.1:8080";
    let page = format!("{ours}/directory/senators?edit=M001153");
    let fold = "<details open><summary>Own hours of the second number";

    let before = ada.gets("/directory/senators?edit=M001153").await;
    let answer = ada.submits("/api/directories/save", &page, &form).await;
    let back = answer.location().expect("a way back").to_owned();
    let back = ada.gets(back.strip_prefix(ours).unwrap_or(&back)).await;

    assert!(!before.body.contains(fold), "nothing is wrong yet");
    assert!(back.body.contains(fold), "{}", back.body);
    for (_, typed) in wrong {
        let again = format!("value=\"{typed}\"");
        assert!(back.body.contains(&again), "{again}: {}", back.body);
    }
    house.close().await;
}
