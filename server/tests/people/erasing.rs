//! Erasing one caller: what is there is shown, it is asked once more, and then nothing of them is left.

use axum::http::StatusCode;
use exchange::{CallSid, PhoneNumber};
use server::retention::sweep;

use super::keeping::{IDA, RECORDING, asks, calls, carrier, goes, leaves_a_message, sid};
use crate::support::House;

pub(crate) const SURE: [(&str, &str); 2] =
    [("form[number]", "(312) 555-0123"), ("form[sure]", "yes")];

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

    let looked = ada.looks_at("(312) 555-0123").await;
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
async fn what_the_carrier_tells_of_an_erased_caller_afterwards_is_not_kept() {
    let house = House::open().await;
    let call = sid(1);
    calls(&house, &call, IDA).await;
    goes(&house, &call, IDA).await;
    let mut ada = house.admin().await;
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    let (beside, router) = house.beside().await;

    leaves_a_message(&house, &call, IDA).await;
    let elsewhere = crate::support::Carrier::at(router);
    let form = [
        ("CallSid", call.as_str()),
        ("From", IDA),
        ("To", "+12025550104"),
        ("CallStatus", "completed"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
    ];
    let told = elsewhere
        .posts(&format!("/conference/{call}/left"), &form)
        .await;
    assert!(told.status.is_success(), "{}", told.body);

    let parsed = CallSid::parse(&call).unwrap();
    let story = house.store().call_story(&parsed).await.unwrap().unwrap();
    let requests = story.entries.iter().map(|entry| entry.request.len());
    assert_eq!(requests.sum::<usize>(), 0, "{:?}", story.entries);
    let page = ada.gets(&format!("/calls/{call}")).await;
    for gone in ["5550123", "555-0123", "IDA WELLS", "CHICAGO"] {
        assert!(!page.body.contains(gone), "{gone}: {}", page.body);
    }
    beside.store.close().await;
    house.close().await;
}

#[tokio::test]
async fn a_message_that_is_ready_after_the_erasing_is_removed_at_the_carrier_and_stands_nowhere() {
    let mut house = House::open().await;
    let call = sid(1);
    calls(&house, &call, IDA).await;
    goes(&house, &call, IDA).await;
    let mut ada = house.admin().await;
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);

    leaves_a_message(&house, &call, IDA).await;
    let held = house.db_columns_with(RECORDING).await;
    let (api, asked) = carrier(&[204]);
    house.state.carrier = api;
    sweep(&house.state).await.unwrap();

    let inbox = house.store().inbox(house.clock.now()).await.unwrap();
    assert_eq!(inbox, []);
    let kept: Vec<&String> = held
        .iter()
        .filter(|column| !column.starts_with("removals."))
        .collect();
    // What a delivery is known by names it, so that a second one changes nothing.
    assert!(
        kept.iter()
            .all(|column| column.starts_with("journal.identity")),
        "{kept:#?}"
    );
    assert_eq!(*asked.lock().unwrap(), [format!("DELETE {RECORDING}.json")]);
    house.close().await;
}

#[tokio::test]
async fn a_recording_of_a_room_that_is_ready_after_the_erasing_is_removed_at_the_carrier() {
    let mut house = House::open().await;
    let (call, room) = (sid(1), ("To", "+12025550105"));
    asks(&house, &call, IDA, "/voice", &[room]).await;
    let hangs_up = [room, ("CallStatus", "completed")];
    asks(&house, &call, IDA, "/voice/left", &hangs_up).await;
    let mut ada = house.admin().await;
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);

    let ready = [
        ("ConferenceSid", "CF00000000000000000000000000000001"),
        ("RecordingSid", RECORDING),
        ("RecordingUrl", "https://api.twilio.com/RE1"),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "12"),
    ];
    let path = "/twilio/recording-status?room=conference.main";
    asks(&house, &call, IDA, path, &ready).await;
    let (api, asked) = carrier(&[204]);
    house.state.carrier = api;
    sweep(&house.state).await.unwrap();

    assert_eq!(*asked.lock().unwrap(), [format!("DELETE {RECORDING}.json")]);
    house.close().await;
}

/// The carrier tells of somebody in a conference of the room.
async fn tells(house: &House, conference: &str, leg: &str, event: &str, sequence: &str) {
    let form = [
        ("ConferenceSid", conference),
        ("FriendlyName", "conference.main"),
        ("StatusCallbackEvent", event),
        ("SequenceNumber", sequence),
        ("CallSid", leg),
        ("ReasonParticipantLeft", "participant_hung_up"),
    ];
    let path = "/twilio/conference-status";
    let answer = house.carrier().posts(path, &form).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
}

/// People call the conference line, meet, and hang up in that order.
async fn meet(house: &House, conference: &str, people: &[(&str, &str)]) {
    let room = ("To", "+12025550105");
    for ((leg, from), n) in people.iter().zip(["1", "2", "3"]) {
        asks(house, leg, from, "/voice", &[room]).await;
        tells(house, conference, leg, "participant-join", n).await;
    }
    for ((leg, from), n) in people.iter().zip(["4", "5", "6"]) {
        tells(house, conference, leg, "participant-leave", n).await;
        let hangs_up = [room, ("CallStatus", "completed")];
        asks(house, leg, from, "/voice/left", &hangs_up).await;
    }
}

/// A recording of a conference of the room is ready: of nobody's call.
async fn is_recorded(house: &House, conference: &str, recording: &str) {
    let form = [
        ("ConferenceSid", conference),
        ("RecordingSid", recording),
        ("RecordingUrl", "https://api.twilio.com/RE1"),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "12"),
    ];
    let path = "/twilio/recording-status?room=conference.main";
    let answer = house.carrier().posts(path, &form).await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

#[tokio::test]
async fn recordings_of_rooms_go_with_whoever_was_heard_in_them_and_no_others() {
    let mut house = House::open().await;
    let max = "+13125550177";
    let [together, alone] = [1, 2].map(|n| format!("CF{n:032x}"));
    let [early, late, others, others_late] = [1, 2, 3, 4].map(|n| format!("RE{n:032x}"));
    let (hers, his, again, sues) = (sid(1), sid(2), sid(3), sid(4));
    // Ida goes first: what is recorded comes through Max's call.
    meet(&house, &together, &[(&hers, IDA), (&his, max)]).await;
    is_recorded(&house, &together, &early).await;
    let met = [(again.as_str(), max), (sues.as_str(), "+13125550188")];
    meet(&house, &alone, &met).await;
    is_recorded(&house, &alone, &others).await;
    let mut ada = house.admin().await;
    let ida = PhoneNumber::parse(IDA).unwrap();
    let known = house.store().traces(&ida).await.unwrap();
    let erased = ada.posts("/api/retention/erase", &SURE).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);

    is_recorded(&house, &together, &late).await;
    is_recorded(&house, &alone, &others_late).await;
    let (api, asked) = carrier(&[204, 204]);
    house.state.carrier = api;
    sweep(&house.state).await.unwrap();

    assert_eq!(known.recordings, 1);
    let mut asked = asked.lock().unwrap().clone();
    asked.sort();
    let expected = [&early, &late].map(|sid| format!("DELETE {sid}.json"));
    assert_eq!(asked, expected);
    house.close().await;
}

#[tokio::test]
async fn after_an_erasure_no_column_of_any_table_has_the_number() {
    let house = House::open().await;
    let (meeting, codes, message, invited) = (sid(1), sid(2), sid(3), "+13125550177");
    let room = ("To", "+12025550105");
    asks(&house, &meeting, IDA, "/voice", &[room]).await;
    let mut ada = house.admin().await;
    let add = [
        ("form[room]", "conference.main"),
        ("form[act]", "add"),
        ("form[number]", invited),
    ];
    let added = ada.posts("/api/rooms/act", &add).await;
    let hangs_up = [room, ("CallStatus", "completed")];
    asks(&house, &meeting, IDA, "/voice/left", &hangs_up).await;
    let by_code = ("To", "+12025550106");
    asks(&house, &codes, IDA, "/voice", &[by_code]).await;
    for (path, keys) in [("/voice/code", "7319"), ("/voice/pin", "8642")] {
        asks(&house, &codes, IDA, path, &[by_code, ("Digits", keys)]).await;
    }
    let hangs_up = [by_code, ("CallStatus", "completed")];
    asks(&house, &codes, IDA, "/voice/left", &hangs_up).await;
    calls(&house, &message, IDA).await;
    leaves_a_message(&house, &message, IDA).await;
    goes(&house, &message, IDA).await;
    let before = house.db_columns_with("3125550123").await;

    let erased = ada.posts("/api/retention/erase", &SURE).await;

    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    for column in [
        "calls.state",
        "rooms.state",
        "keyed_codes.who",
        "inbox.number",
    ] {
        let is_there = before.iter().any(|found| found.starts_with(column));
        assert!(is_there, "{column}: {before:#?}");
    }
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    for form in ["3125550123", "(312) 555-0123", "312-555-0123"] {
        let left = house.db_columns_with(form).await;
        assert!(left.is_empty(), "{form}: {left:#?}");
    }
    house.close().await;
}

#[tokio::test]
async fn who_is_in_a_call_is_not_erased_until_it_is_over() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    calls(&house, &sid(1), IDA).await;

    let looked = ada.looks_at(IDA).await;
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
