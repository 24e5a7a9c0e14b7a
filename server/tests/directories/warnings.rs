//! What a directory warns of.

use axum::http::StatusCode;

use crate::admins::{MURKOWSKI_AS_SEEDED, with};
use crate::support::House;

#[tokio::test]
async fn a_list_warns_of_what_callers_would_suffer_from() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let removed = ada
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "senators"),
                ("office", "S001198"),
                ("version", "0"),
            ],
        )
        .await;
    assert_eq!(removed.status, StatusCode::OK);
    let same = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone_2", "202-224-3041")]))
        .await;
    assert_eq!(same.status, StatusCode::OK, "{}", same.body);
    let carrier = house.carrier();
    for n in 0..3 {
        let sid = format!("CA{n:032}");
        let call = [
            ("CallSid", sid.as_str()),
            ("From", "+19075550123"),
            ("To", "+12025550100"),
        ];
        carrier
            .rings("/callcongress/welcome", &sid, "+19075550123")
            .await;
        carrier.posts("/callcongress/call-senators/AK", &call).await;
        let busy = [call.as_slice(), &[("DialCallStatus", "busy")]].concat();
        carrier.posts("/callcongress/goodbye", &busy).await;
    }

    let view = ada.asks("/api/directories/show?id=senators").await;

    let warnings = view["warnings"].to_string();
    for words in [
        "Alaska has 1 of 2 senators.",
        "Lisa Murkowski: +1 (202) 224-3041 is also the number of Ashley Moody.",
        "The term ended on 2026-11-03.",
        "Lisa Murkowski: The last 3 calls did not get through; the latest: busy.",
    ] {
        assert!(warnings.contains(words), "{words}: {warnings}");
    }
    assert_eq!(view["head"]["age_days"], 128);
    house.close().await;
}

#[tokio::test]
async fn a_list_that_a_live_menu_reads_out_warns_as_soon_as_it_is_empty() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let before = ada.asks("/api/directories/show?id=planets").await;
    let mut last = 0;
    for planet in ["brodo-asogi", "dagobah", "uber-asteroid"] {
        let gone = [
            ("directory", "planets"),
            ("office", planet),
            ("version", "0"),
        ];
        let removed = ada.posts_office("/api/directories/remove", &gone).await;
        last = removed.change();
    }

    let empty = ada.asks("/api/directories/show?id=planets").await;
    ada.undoes("planets", last, "").await;
    let after = ada.asks("/api/directories/show?id=planets").await;

    let warned = |view: &serde_json::Value| view["warnings"].to_string().contains("reads it out.");
    assert!(warned(&empty), "{}", empty["warnings"]);
    assert!(!warned(&before) && !warned(&after), "{}", after["warnings"]);
    house.close().await;
}
