//! Erasing one caller: what is there is shown, it is asked once more, and then nothing of them is left.

use axum::http::StatusCode;
use exchange::{CallSid, PhoneNumber};
use server::retention::sweep;

use super::keeping::{IDA, RECORDING, calls, carrier, goes, leaves_a_message, sid};
use crate::support::House;

const SURE: [(&str, &str); 2] = [("form[number]", "(312) 555-0123"), ("form[sure]", "yes")];

#[tokio::test]
async fn nothing_of_an_erased_caller_is_left_but_calls_that_count() {
    let mut house = House::open().await;
    let (hers, his) = (sid(1), sid(2));
    calls(&house, &hers, IDA).await;
    leaves_a_message(&house, &hers, IDA).await;
    goes(&house, &hers, IDA).await;
    calls(&house, &his, "+13125550124").await;
    goes(&house, &his, "+13125550124").await;
    let mut ada = house.admin().await;
    let board = ada.gets("/api/board/show").await.body;
    let day =
        |board: &str| serde_json::from_str::<serde_json::Value>(board).unwrap()["day"].clone();

    let looked = ada.gets("/retention?number=%28312%29+555-0123").await;
    let unsure = ada
        .posts("/api/retention/erase", &[("form[number]", IDA)])
        .await;
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    let (api, asked) = carrier(&[204]);
    house.state.carrier = api;
    sweep(&house.state).await.unwrap();

    assert!(looked.body.contains("+1 (312) 555-0123"), "{}", looked.body);
    assert!(looked.body.contains("I am sure"), "{}", looked.body);
    assert_eq!(unsure.status, StatusCode::CONFLICT);
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    let page = ada.gets(&format!("/calls/{hers}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for gone in [
        "555-0123",
        "5550123",
        "IDA WELLS",
        "CHICAGO",
        "Chicago",
        "(312)",
    ] {
        assert!(!page.body.contains(gone), "{gone}: {}", page.body);
    }
    let his = ada.gets(&format!("/calls/{his}")).await;
    assert!(his.body.contains("555-0124"), "others stay as they are");
    assert_eq!(
        house
            .store()
            .voicemail(&CallSid::parse(&hers).unwrap())
            .await
            .unwrap(),
        None
    );
    assert_eq!(*asked.lock().unwrap(), [format!("DELETE {RECORDING}.json")]);
    assert_eq!(
        day(&ada.gets("/api/board/show").await.body),
        day(&board),
        "the board's counts stay true"
    );
    let traces = house
        .store()
        .traces(&PhoneNumber::parse(IDA).unwrap())
        .await
        .unwrap();
    assert_eq!(traces, store::Traces::default());
    let lines = house.store().audited().await.unwrap();
    let line = lines
        .iter()
        .find(|line| line.what == "Erased a caller.")
        .expect("a line of the audit");
    assert_eq!(
        (line.by.as_str(), line.about.as_str()),
        ("ada", "retention")
    );
    assert!(lines.iter().all(|line| !line.what.contains("555-0123")));
    house.close().await;
}

#[tokio::test]
async fn who_is_in_a_call_is_not_erased_until_it_is_over() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    calls(&house, &sid(1), IDA).await;

    let looked = ada.gets("/retention?number=%2B13125550123").await;
    let refused = ada.posts("/api/retention/erase", &SURE).await;
    goes(&house, &sid(1), IDA).await;
    let done = ada.posts("/api/retention/erase", &SURE).await;

    assert!(
        looked.body.contains("in a call at this moment"),
        "{}",
        looked.body
    );
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("in a call at this moment"),
        "{}",
        refused.body
    );
    assert_eq!(done.status, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn a_number_that_is_none_is_told_and_one_that_nobody_knows_too() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let none = ada.gets("/retention?number=911").await;
    let unknown = ada.gets("/retention?number=%2B442079460123").await;

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
