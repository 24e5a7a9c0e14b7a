//! Looking what is known of a caller before they are erased: the number is posted, and lines that name it are named.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use exchange::{LineKind, PhoneNumber, PlanEdit};
use store::PlanEditing;

use super::erasing::SURE;
use super::keeping::{IDA, calls, goes, sid};
use crate::support::{Answer, House, Persona};

#[tokio::test]
async fn a_number_is_looked_up_by_posting_it_and_no_address_has_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    calls(&house, &sid(1), IDA).await;
    goes(&house, &sid(1), IDA).await;

    let looked = ada.looks_at("(312) 555-0123").await;
    let kept = ada.gets("/retention").await;
    let old = ada.gets("/retention?number=%2B13125550123").await;
    let asked = ada
        .gets("/api/retention/traces?number=%2B13125550123")
        .await;

    assert!(looked.body.contains("I am sure"), "{}", looked.body);
    assert!(
        looked.body.contains(r#"value="(312) 555-0123""#),
        "what was typed stands in its field again: {}",
        looked.body
    );
    let form = r#"<form method="post" action="/retention""#;
    for page in [&kept, &old] {
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(form), "{}", page.body);
        assert!(!page.body.contains("I am sure"), "{}", page.body);
    }
    assert_eq!(asked.status, StatusCode::METHOD_NOT_ALLOWED);
    house.close().await;
}

#[tokio::test]
async fn whoever_may_not_see_the_page_learns_nothing_by_posting_to_it() {
    let house = House::open().await;
    calls(&house, &sid(1), IDA).await;
    for (mut person, expected) in [
        (house.stranger(), StatusCode::SEE_OTHER),
        (house.supervisor().await, StatusCode::FORBIDDEN),
    ] {
        let body = serde_urlencoded::to_string([("number", IDA)]).unwrap();
        let request = Request::post("/retention")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .body(Body::from(body));

        let answer = person.sends(request.unwrap()).await;

        assert_eq!(answer.status, expected);
        assert!(!answer.body.contains("5550123"), "{}", answer.body);
        assert!(!answer.body.contains("555-0123"), "{}", answer.body);
    }
    house.close().await;
}

#[tokio::test]
async fn a_moderators_number_is_said_to_stay_on_its_line_and_stays_there() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    db_makes_a_moderator(&house, IDA).await;
    calls(&house, &sid(1), IDA).await;
    goes(&house, &sid(1), IDA).await;

    let looked = ada.looks_at(IDA).await;
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    let again = ada.looks_at(IDA).await;

    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    for page in [&looked, &again] {
        for words in [
            "This number is also a moderator of the line ",
            r#"<a href="/lines/conference""#,
            "It stays there until you change the line.",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
    }
    assert!(looked.body.contains("I am sure"), "{}", looked.body);
    assert!(
        again
            .body
            .contains("Nothing is known of +1 (312) 555-0123."),
        "{}",
        again.body
    );
    let (_, rows) = house.store().plan().await.unwrap();
    let moderates = rows.lines.iter().any(|line| match &line.kind {
        LineKind::Conference(line) => line.is_moderated_by(&PhoneNumber::parse(IDA).unwrap()),
        LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Support(_) => false,
    });
    assert!(moderates, "what the line is set to is changed at the line");
    house.close().await;
}

#[tokio::test]
async fn a_number_that_is_none_is_told_and_one_that_nobody_knows_too() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let none = ada.looks_at("911").await;
    let unknown = ada.looks_at("+442079460123").await;

    assert!(none.body.contains("Write the number like"), "{}", none.body);
    assert!(
        unknown
            .body
            .contains("Nothing is known of +44 207 946 012 3."),
        "{}",
        unknown.body
    );
    house.close().await;
}

#[tokio::test]
async fn the_number_of_a_line_or_of_an_office_is_no_callers() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    for (number, name) in [
        ("+12025550104", "the line"),
        ("+12022246665", "Lisa Murkowski"),
    ] {
        let sure = [("form[number]", number), ("form[sure]", "yes")];
        let refused = ada.posts("/api/retention/erase", &sure).await;

        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
        assert!(refused.body.contains(name), "{}", refused.body);
    }
    house.close().await;
}

impl Persona {
    /// Looks what is known of a caller, as a browser without script does.
    pub(crate) async fn looks_at(&mut self, number: &str) -> Answer {
        self.posts("/retention", &[("number", number)]).await
    }
}

/// Somebody moderates the weekly meeting.
async fn db_makes_a_moderator(house: &House, number: &str) {
    let (decided_on, rows) = house.store().plan().await.expect("the plan is read");
    let mut lines = rows.lines.into_iter();
    let mut line = lines
        .find(|line| line.id.as_str() == "conference")
        .expect("the line");
    if let LineKind::Conference(settings) = &mut line.kind {
        let number = PhoneNumber::parse(number).expect("a number");
        settings.rooms[0].moderators.push(number);
    }
    let line = Box::new(line);
    let editing = PlanEditing {
        decided_on,
        edits: &[PlanEdit::PutLine { line }],
        by: "ada",
        at: house.clock.now(),
        about: "conference",
        audit: "Changed the moderators.",
    };
    let written = house
        .store()
        .edit_plan(&editing)
        .await
        .expect("it is written");
    assert!(written.is_some(), "nobody else writes");
    house
        .state
        .plans
        .refresh(house.store())
        .await
        .expect("it is read again");
}
