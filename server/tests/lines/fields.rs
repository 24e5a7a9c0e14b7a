//! Fields of a line that make no sense: each says what it expects, and nothing is saved by halves.

use axum::http::StatusCode;

use crate::admins::with;
use crate::support::House;

/// Which line, which field with which value, and where the refusal stands.
const CASES: [(&str, &str, &str, &str); 45] = [
    ("support", "name", "", "name"),
    ("support", "number", "911", "number"),
    ("support", "number", "+12025550100", "number"),
    ("support", "number", "nobody", "number"),
    ("support", "language", "de", "language"),
    ("support", "voice", "<Say>", "voice"),
    ("support", "kind", "fax", "kind"),
    ("support", "person", "911", "person"),
    ("support", "person", "+1 900 555 0123", "person"),
    ("support", "person", "+442071838750", "person"),
    ("support", "prefixes", "1", "prefixes"),
    ("support", "prefixes", "+1 everybody", "prefixes"),
    ("support", "area_codes", "87", "area_codes"),
    ("support", "area_codes", "+1876", "area_codes"),
    ("support", "dial_seconds", "4", "dial_seconds"),
    ("support", "dial_seconds", "601", "dial_seconds"),
    ("support", "dial_seconds", "", "dial_seconds"),
    ("support", "zone", "Mars/Olympus", "zone"),
    ("support", "week-0", "09:00-17:00", "zone"),
    ("support", "closed_on", "2026-12-25 Christmas", "zone"),
    ("support", "team", "Night Shift", "team"),
    ("support", "ring_seconds", "4", "ring_seconds"),
    ("support", "ring_seconds", "soon", "ring_seconds"),
    ("support", "closed", "music", "closed"),
    ("support", "nobody", "", "nobody"),
    ("support", "nobody_after_s", "9", "nobody_after_s"),
    ("support", "choices_after_s", "0", "choices_after_s"),
    ("support", "wrap_up_s", "-1", "wrap_up_s"),
    ("support", "queue_limit", "0", "queue_limit"),
    ("senators", "directory", "nobody", "directory"),
    ("senators", "instead", "nobody", "instead"),
    ("senators", "instead", "senators", "instead"),
    ("planets", "menu", "nothing", "menu"),
    ("conference", "rooms-0-name", "", "rooms-0-name"),
    ("conference", "rooms-0-gone", "yes", "rooms-0-name"),
    ("conference", "rooms-0-code", "12345678901", "rooms-0-code"),
    ("conference", "rooms-0-pin", "123", "rooms-0-pin"),
    (
        "conference",
        "rooms-0-moderator_pin",
        "abcd",
        "rooms-0-moderator_pin",
    ),
    (
        "conference",
        "rooms-0-moderators",
        "911",
        "rooms-0-moderators",
    ),
    ("conference", "rooms-0-grace_s", "86401", "rooms-0-grace_s"),
    ("conference", "rooms-0-patience_s", "", "rooms-0-patience_s"),
    ("conference", "rooms-0-told", "shouted", "rooms-0-told"),
    (
        "conference",
        "rooms-0-recording",
        "perhaps",
        "rooms-0-recording",
    ),
    ("conference", "rooms-0-limit", "251", "rooms-0-limit"),
    ("conference", "rooms-1-name", "Another", "rooms-1-code"),
];

#[tokio::test]
async fn each_field_says_what_it_expects_and_nothing_is_saved_by_halves() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let (before, rows) = house.store().plan().await.expect("the plan is read");

    for (line, field, value, refused) in CASES {
        let form = ada.opens(line, "").await;
        let form = with(&form, &[("name", "Changed"), (field, value)]);

        let answer = ada.saves(&form).await;

        let problems = answer.problems();
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{line} {field} {value:?}: {}",
            answer.body
        );
        assert!(
            problems
                .iter()
                .any(|(at, words)| at == refused && words.ends_with(['.', '…'])),
            "{line} {field} {value:?}: {problems:?}"
        );
    }

    let (after, stands) = house.store().plan().await.expect("the plan is read");
    assert_eq!((after, stands), (before, rows));
    house.close().await;
}

#[tokio::test]
async fn hours_say_at_their_own_field_what_they_expect() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = ada.opens("planets", "").await;
    let cases = [
        ("week-3", "9 to 5", "week-3"),
        ("week-6", "17:00-09:00", "week-6"),
        ("week-6", "09:00-12:00, 11:00-13:00", "week-6"),
        ("week-0", "", "week-0"),
        ("closed_on", "Christmas", "closed_on"),
        ("closed_on", "2026-02-30", "closed_on"),
    ];

    for (field, value, refused) in cases {
        let hours = [
            ("zone", "America/New_York"),
            ("week-0", "09:00-17:00"),
            (field, value),
        ];

        let answer = ada.saves(&with(&form, &hours)).await;

        let problems = answer.problems();
        let at: Vec<&str> = problems.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(at, [refused], "{field} {value:?}: {problems:?}");
    }
    assert!(
        house
            .line("planets")
            .await
            .expect("the line")
            .hours
            .is_none()
    );
    house.close().await;
}

#[tokio::test]
async fn an_id_is_path_safe_free_and_fixed() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let blank = ada.opens("new", "menu").await;

    for id in ["support", "City Hall", "../etc", "new", &"a".repeat(65)] {
        let form = with(&blank, &[("name", "Town"), ("id", id)]);

        let answer = ada.saves(&form).await;

        let problems = answer.problems();
        assert_eq!(problems.len(), 1, "{id}: {}", answer.body);
        assert_eq!(problems[0].0, "id", "{id}");
    }
    ada.changes("planets", &[("id", "moons")]).await;
    assert!(house.line("planets").await.is_some());
    assert!(house.line("moons").await.is_none());
    house.close().await;
}

#[tokio::test]
async fn without_script_a_refused_form_comes_back_with_what_was_entered() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = ada.opens("conference", "").await;
    let form = with(
        &form,
        &[
            ("name", "Our <meetings>"),
            ("number", "911"),
            ("rooms-0-pin", "4711"),
        ],
    );

    let back = ada
        .sends_plainly("/api/lines/save", "/lines/conference", &form)
        .await;
    let address = back.location().expect("a way back").to_owned();
    let page = ada.gets(&address).await;

    assert_eq!(back.status, StatusCode::FOUND, "{}", back.body);
    assert!(page.body.contains("Our &lt;meetings"), "{}", page.body);
    assert!(
        page.body.contains("is no telephone number"),
        "{}",
        page.body
    );
    assert!(!address.contains("4711") && !page.body.contains("4711"));
    house.close().await;
}
