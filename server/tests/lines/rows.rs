//! Lines made, changed and removed, by one admin and by two.

use axum::http::StatusCode;
use exchange::{Choice, Destination, LineId, LineKind, PlanEdit};
use store::PlanEditing;

use crate::admins::with;
use crate::support::House;

#[tokio::test]
async fn a_line_is_made_and_answers_at_once() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let blank = ada.opens("new", "menu").await;

    let made = ada
        .saves(&with(
            &blank,
            &[("name", "Phone home, again"), ("number", "202-555-0177")],
        ))
        .await;

    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let to = made.leads_to();
    assert!(to.starts_with("/lines/phone-home-again?saved="), "{to}");
    let line = house.line("phone-home-again").await.expect("the line");
    assert_eq!(line.number.expect("a number").as_str(), "+12025550177");
    let heard = house.hears("phone-home-again", 1).await;
    assert!(heard.contains("<Gather"), "{heard}");
    assert_eq!(
        house.audited().await,
        (
            "ada".to_owned(),
            "phone-home-again".to_owned(),
            "Made the line Phone home, again.".to_owned()
        )
    );
    house.close().await;
}

#[tokio::test]
async fn every_setting_of_a_support_line_can_be_set() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    ada.changes(
        "support",
        &[
            ("name", "Help"),
            ("number", "+1 202 555 0188"),
            ("language", "es"),
            ("voice", "Polly.Mia"),
            ("person", "+12025550199"),
            ("prefixes", "+1, +4420"),
            ("area_codes", "876 809"),
            ("dial_seconds", "31"),
            ("team", "night"),
            ("ring_seconds", "33"),
            ("closed", "callback"),
            ("nobody_after_s", "444"),
            ("nobody", "goodbye"),
            ("choices_after_s", ""),
            ("tell_place", ""),
            ("wrap_up_s", "55"),
            ("survey", ""),
            ("queue_limit", "7"),
            ("watchers_shown", ""),
        ],
    )
    .await;

    let line = house.line("support").await.expect("the line");
    let LineKind::Support(settings) = &line.kind else {
        panic!("{line:?}")
    };
    let json = serde_json::to_value(settings).expect("JSON");
    let expected = serde_json::json!({
        "team": "night", "ring_seconds": 33, "closed": "callback", "nobody_after_s": 444,
        "nobody": "goodbye", "choices_after_s": null, "tell_place": false, "wrap_up_s": 55,
        "survey": false, "queue_limit": 7, "watchers_shown": false,
    });
    assert_eq!(json, expected);
    assert_eq!(line.voice(), "Polly.Mia");
    assert_eq!(line.language.code(), "es");
    assert_eq!(line.dial.allowed, ["+1", "+1809", "+1876", "+4420"]);
    assert_eq!(line.dial.ring_seconds, 31);
    assert_eq!(line.person.expect("a person").as_str(), "+12025550199");
    let (_, _, words) = house.audited().await;
    for said in [
        "number: +1 (202) 555-0188",
        "team: night",
        "most who wait: 7",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    house.close().await;
}

#[tokio::test]
async fn every_setting_of_a_room_can_be_set_and_no_pin_is_audited() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = ada.opens("conference", "").await;

    let saved = ada
        .saves(&with(
            &form,
            &[
                ("rooms-0-name", "Board"),
                ("rooms-0-code", "11"),
                ("rooms-0-pin", "4711"),
                ("rooms-0-moderator_pin", "98765"),
                ("rooms-0-moderators", "+12025550142\n(202) 555-0143"),
                ("rooms-0-is_moderated", ""),
                ("rooms-0-grace_s", "12"),
                ("rooms-0-patience_s", "34"),
                ("rooms-0-told", "spoken"),
                ("rooms-0-recording", "paused"),
                ("rooms-0-limit", "9"),
                ("rooms-1-name", "Side room"),
                ("rooms-1-code", "22"),
            ],
        ))
        .await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let line = house.line("conference").await.expect("the line");
    let LineKind::Conference(settings) = &line.kind else {
        panic!("{line:?}")
    };
    let json = serde_json::to_value(&settings.rooms[0]).expect("JSON");
    let expected = serde_json::json!({
        "key": "main", "name": "Board", "code": "11", "is_moderated": false,
        "moderators": ["+12025550142", "+12025550143"], "moderator_pin": "98765", "pin": "4711",
        "grace_s": 12, "patience_s": 34, "told": "spoken", "recording": "paused", "limit": 9,
    });
    assert_eq!(json, expected);
    assert_eq!(settings.rooms[1].key.as_str(), "side-room");
    let (_, _, words) = house.audited().await;
    assert!(words.contains("PIN"), "{words}");
    assert!(
        !words.contains("4711") && !words.contains("98765"),
        "{words}"
    );
    let shown = ada.opens("conference", "").await;
    let pin = shown.iter().find(|(name, _)| name == "rooms-0-pin");
    assert_eq!(pin.expect("the PIN").1, "4711");
    house.close().await;
}

#[tokio::test]
async fn a_line_can_do_something_else() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = ada.opens("senators", "menu").await;

    let saved = ada.saves(&form).await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let line = house.line("senators").await.expect("the line");
    assert!(matches!(line.kind, LineKind::Menu { .. }), "{line:?}");
    house.close().await;
}

#[tokio::test]
async fn a_call_under_way_goes_on_where_the_line_changes() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let heard = house.hears("senators", 1).await;
    assert!(heard.contains("California"), "{heard}");

    ada.changes("senators", &[("dial_seconds", "41"), ("number", "")])
        .await;

    let sid = format!("CA{:032x}", 1);
    let next = house
        .carrier()
        .posts(
            "/callcongress/set-state",
            &[
                ("CallSid", &sid),
                ("From", "+14155550123"),
                ("To", "+12025550100"),
                ("Digits", "1"),
            ],
        )
        .await;
    assert!(next.body.contains("timeout=\"41\""), "{}", next.body);
    assert!(next.body.contains("<Dial"), "{}", next.body);
    house.close().await;
}

#[tokio::test]
async fn a_line_that_is_called_or_led_to_is_not_removed() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.hears("planets", 1).await;

    let called = ada.removes("planets", 0).await;
    let free = ada.removes("senators-es", 0).await;

    assert_eq!(called.status, StatusCode::CONFLICT);
    assert!(
        called.body.contains("A call is on this line"),
        "{}",
        called.body
    );
    assert_eq!(free.status, StatusCode::OK, "{}", free.body);
    assert!(house.line("planets").await.is_some());
    assert!(house.line("senators-es").await.is_none());
    let (_, about, what) = house.audited().await;
    assert_eq!(about, "senators-es");
    assert_eq!(what, "Removed the line Call Congress, in Spanish.");
    house.close().await;
}

#[tokio::test]
async fn a_line_that_a_menu_leads_to_is_not_removed() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.db_leads_from_the_menu_to("senators-es").await;

    let refused = ada.removes("senators-es", 0).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    let said = "leads to this line. Change that first.";
    assert!(refused.body.contains(said), "{}", refused.body);
    assert!(house.line("senators-es").await.is_some());
    house.close().await;
}

impl House {
    /// A key of the first menu leads to a line.
    async fn db_leads_from_the_menu_to(&self, line: &str) {
        let (decided_on, rows) = self.store().plan().await.expect("the plan is read");
        let mut menu = rows.menus.into_iter().next().expect("a menu");
        let root = menu.nodes.get_mut(&menu.root).expect("its root");
        let line = LineId::parse(line).expect("an id");
        let choice = Choice {
            label: "In Spanish".to_owned(),
            to: Destination::Line { line },
        };
        root.choices.insert('9', choice);
        menu.version += 1;
        let edit = PlanEdit::PutMenu {
            menu: Box::new(menu),
            note: String::new(),
        };
        let made = self
            .store()
            .edit_plan(&PlanEditing {
                decided_on,
                edits: &[edit],
                by: "ada",
                at: self.clock.now(),
                about: "menu",
                audit: "Changed it.",
            })
            .await;
        assert!(made.expect("the plan is changed").is_some());
    }
}

#[tokio::test]
async fn of_two_at_one_line_the_second_is_told_what_the_first_did() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let (hers, theirs) = (
        ada.opens("support", "").await,
        amy.opens("support", "").await,
    );
    let first = ada.saves(&with(&hers, &[("ring_seconds", "44")])).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);

    let second = amy.saves(&with(&theirs, &[("name", "Help desk")])).await;
    let removal = amy.removes("support", 0).await;

    for refusal in [&second, &removal] {
        assert_eq!(refusal.status, StatusCode::CONFLICT);
        for word in ["ada", "44 s", "just now"] {
            assert!(refusal.body.contains(word), "{word}: {}", refusal.body);
        }
    }
    assert!(
        second.body.contains("Help desk"),
        "what was entered comes back"
    );
    assert_eq!(
        house.line("support").await.expect("the line").name,
        "Support"
    );
    house.close().await;
}

#[tokio::test]
async fn two_changes_of_different_lines_do_not_meet() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let theirs = amy.opens("planets", "").await;

    ada.changes("support", &[("ring_seconds", "44")]).await;
    let second = amy.saves(&with(&theirs, &[("name", "Planets")])).await;

    assert_eq!(second.status, StatusCode::OK, "{}", second.body);
    house.close().await;
}
