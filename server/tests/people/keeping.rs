//! What is kept for how long: said by admins, and removed when it is older, also at the carrier.

use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use exchange::conference::RoomId;
use exchange::{CallSid, Mask, PhoneNumber};
use server::carrier_api::CarrierApi;
use server::retention::sweep;
use store::{Audited, Keepable, KeptFor};
use twilio::rest::{Account, Client, Transport, TransportError};

use crate::support::{House, Persona};

pub(crate) const IDA: &str = "+13125550123";
pub(crate) const RECORDING: &str = "RE00000000000000000000000000000001";

pub(crate) fn sid(n: u32) -> String {
    format!("CA{n:032x}")
}

/// A webhook of a caller on the support line.
pub(crate) async fn asks(house: &House, call: &str, from: &str, path: &str, more: &[(&str, &str)]) {
    let mut form = vec![
        ("CallSid", call),
        ("From", from),
        ("To", "+12025550104"),
        ("CallStatus", "in-progress"),
        ("CallerName", "IDA WELLS"),
        ("FromCity", "CHICAGO"),
        ("FromState", "IL"),
        ("FromCountry", "US"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
    ];
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    let answer = house.carrier().posts(path, &form).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.body);
}

/// Somebody calls the support line.
pub(crate) async fn calls(house: &House, call: &str, from: &str) {
    asks(house, call, from, "/conference/connect/client", &[]).await;
}

/// They leave a message.
pub(crate) async fn leaves_a_message(house: &House, call: &str, from: &str) {
    let more = [
        ("RecordingSid", RECORDING),
        ("RecordingUrl", "https://api.twilio.com/RE1"),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "12"),
    ];
    asks(house, call, from, "/twilio/recording-status", &more).await;
}

/// They hang up.
pub(crate) async fn goes(house: &House, call: &str, from: &str) {
    let path = format!("/conference/{call}/left");
    asks(house, call, from, &path, &[("CallStatus", "completed")]).await;
}

/// A carrier that answers in turn, and remembers what it was asked.
pub(crate) fn carrier(answers: &[u16]) -> (CarrierApi, Arc<Mutex<Vec<String>>>) {
    struct Told(Mutex<Vec<u16>>, Arc<Mutex<Vec<String>>>);

    #[async_trait::async_trait]
    impl Transport for Told {
        async fn send(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Vec<u8>>, TransportError> {
            let path = request
                .uri()
                .path()
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            self.1
                .lock()
                .expect("nobody panicked")
                .push(format!("{} {path}", request.method()));
            let status = self.0.lock().expect("nobody panicked").pop().unwrap_or(404);
            let body = br#"{"code": 20404, "message": "x"}"#.to_vec();
            Ok(http::Response::builder()
                .status(status)
                .body(body)
                .expect("a response"))
        }
    }

    let asked = Arc::new(Mutex::new(Vec::new()));
    let mut answers = answers.to_vec();
    answers.reverse();
    let told = Told(Mutex::new(answers), Arc::clone(&asked));
    let account = twilio::AccountSid::parse("ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").expect("a SID");
    let account = Account::with_auth_token(account, "hush");
    let client = Client::new(Arc::new(told), &account).expect("a client");
    (CarrierApi::over(client), asked)
}

async fn keeps(house: &House, what: Keepable, days: i64) {
    let kept: Vec<KeptFor> = Keepable::ALL
        .into_iter()
        .map(|one| KeptFor {
            what: one,
            days: (one == what).then_some(days),
        })
        .collect();
    let line = Audited {
        at: house.clock.now(),
        by: "ada".to_owned(),
        about: "retention".to_owned(),
        what: "Said how long.".to_owned(),
    };
    house
        .store()
        .keep_for(&kept, &line)
        .await
        .expect("it is written");
}

async fn days_pass(house: &House, days: u64) {
    house.waits(days * 24 * 60).await;
}

async fn story(admin: &mut Persona, call: &str) -> (StatusCode, String) {
    let page = admin.gets(&format!("/calls/{call}")).await;
    (page.status, page.body)
}

#[tokio::test]
async fn old_calls_go_and_those_that_go_on_stay() {
    let house = House::open().await;
    let (old, live, new) = (sid(1), sid(2), sid(3));
    calls(&house, &old, IDA).await;
    leaves_a_message(&house, &old, IDA).await;
    goes(&house, &old, IDA).await;
    calls(&house, &live, IDA).await;
    days_pass(&house, 31).await;
    calls(&house, &new, IDA).await;
    goes(&house, &new, IDA).await;
    keeps(&house, Keepable::Calls, 30).await;

    let done = sweep(&house.state).await.unwrap();

    let mut ada = house.admin().await;
    assert_eq!(done, 1);
    assert_eq!(story(&mut ada, &old).await.0, StatusCode::NOT_FOUND);
    assert_eq!(story(&mut ada, &live).await.0, StatusCode::OK);
    assert_eq!(story(&mut ada, &new).await.0, StatusCode::OK);
    assert_eq!(
        house
            .store()
            .voicemail(&CallSid::parse(&old).unwrap())
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        house.store().count_removals().await.unwrap(),
        1,
        "its message goes at the carrier too"
    );
    house.close().await;
}

#[tokio::test]
async fn old_numbers_are_masked_wherever_they_stand_and_the_calls_stay() {
    let house = House::open().await;
    let call = sid(1);
    calls(&house, &call, IDA).await;
    leaves_a_message(&house, &call, IDA).await;
    goes(&house, &call, IDA).await;
    days_pass(&house, 181).await;
    keeps(&house, Keepable::Numbers, 180).await;
    let mut ada = house.admin().await;
    assert!(
        story(&mut ada, &call).await.1.contains("555-0123"),
        "the number stands there before"
    );

    sweep(&house.state).await.unwrap();

    let (status, page) = story(&mut ada, &call).await;
    assert_eq!(status, StatusCode::OK);
    for gone in ["555-0123", "5550123", "IDA WELLS"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    assert!(page.contains("+1 (312) 000-0000"), "{page}");
    let entry = house
        .store()
        .voicemail(&CallSid::parse(&call).unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(entry.caller, "+1 (312) 000-0000");
    let masked = Mask::of(&PhoneNumber::parse(IDA).unwrap()).over(IDA);
    assert_eq!(entry.number.unwrap().as_str(), masked);
    house.close().await;
}

#[tokio::test]
async fn who_is_in_a_room_again_is_known_there_until_that_call_is_old_too() {
    let house = House::open().await;
    let room = ("To", "+12025550105");
    let hangs_up = [room, ("CallStatus", "completed")];
    asks(&house, &sid(1), IDA, "/voice", &[room]).await;
    asks(&house, &sid(1), IDA, "/voice/left", &hangs_up).await;
    days_pass(&house, 181).await;
    asks(&house, &sid(2), IDA, "/voice", &[room]).await;
    keeps(&house, Keepable::Numbers, 180).await;
    let mut ada = house.admin().await;

    sweep(&house.state).await.unwrap();

    let (_, old) = story(&mut ada, &sid(1)).await;
    assert!(!old.contains("555-0123"), "{old}");
    let id = RoomId::parse("conference.main").unwrap();
    let there = house.store().room(&id).await.unwrap().unwrap().room;
    let numbers: Vec<_> = there.members.iter().map(|one| one.number.clone()).collect();
    assert_eq!(numbers, [PhoneNumber::parse(IDA).ok()]);
    let page = ada.gets("/conferences/conference.main").await;
    assert!(page.body.contains("+1 (312) 555-0123"), "{}", page.body);

    asks(&house, &sid(2), IDA, "/voice/left", &hangs_up).await;
    days_pass(&house, 181).await;
    sweep(&house.state).await.unwrap();

    for form in ["3125550123", "555-0123"] {
        let left = house.db_columns_with(form).await;
        assert!(left.is_empty(), "{form}: {left:#?}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_recording_is_removed_at_the_carrier_tried_again_and_gone_counts_as_removed() {
    let mut house = House::open().await;
    let call = sid(1);
    calls(&house, &call, IDA).await;
    leaves_a_message(&house, &call, IDA).await;
    goes(&house, &call, IDA).await;
    days_pass(&house, 91).await;
    keeps(&house, Keepable::Recordings, 90).await;
    let (api, asked) = carrier(&[503, 404]);
    house.state.carrier = api;

    sweep(&house.state).await.unwrap();
    let after_refusal = house.store().count_removals().await.unwrap();
    house.waits(10).await;
    sweep(&house.state).await.unwrap();

    assert_eq!(after_refusal, 1);
    assert_eq!(house.store().count_removals().await.unwrap(), 0);
    let expected = format!("DELETE {RECORDING}.json");
    assert_eq!(
        *asked.lock().unwrap(),
        [expected.as_str(), expected.as_str()]
    );
    assert_eq!(
        house
            .store()
            .voicemail(&CallSid::parse(&call).unwrap())
            .await
            .unwrap(),
        None
    );
    house.close().await;
}

#[tokio::test]
async fn one_process_at_a_time_removes_what_is_old() {
    let house = House::open().await;
    let (other, _) = house.beside().await;
    calls(&house, &sid(1), IDA).await;
    goes(&house, &sid(1), IDA).await;
    days_pass(&house, 2).await;
    keeps(&house, Keepable::Calls, 1).await;

    let (here, there) = (
        sweep(&house.state).await.unwrap(),
        sweep(&other).await.unwrap(),
    );
    calls(&house, &sid(2), IDA).await;
    goes(&house, &sid(2), IDA).await;
    days_pass(&house, 2).await;
    let later = sweep(&other).await.unwrap();

    assert_eq!((here, there, later), (1, 0, 1));
    house.close().await;
}

#[tokio::test]
async fn the_page_says_how_much_is_older_and_takes_whole_days_only() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    calls(&house, &sid(1), IDA).await;
    goes(&house, &sid(1), IDA).await;
    days_pass(&house, 100).await;
    let mut ada_again = house.admin().await;

    let wrong = ada_again
        .posts(
            "/api/retention/keep",
            &[("form[calls]", "soon"), ("form[audit]", "0")],
        )
        .await;
    let right = ada_again
        .posts(
            "/api/retention/keep",
            &[("form[calls]", " 30 "), ("form[audit]", "")],
        )
        .await;
    let page = ada_again.gets("/retention").await;

    assert_eq!(
        ada.gets("/retention").await.location(),
        Some("/login?next=%2Fretention")
    );
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("calls") && wrong.body.contains("audit"),
        "{}",
        wrong.body
    );
    assert_eq!(right.status, StatusCode::OK, "{}", right.body);
    assert!(page.body.contains("1 are older now."), "{}", page.body);
    let kept = house.store().kept_for().await.unwrap();
    assert_eq!(kept[0].days, Some(30));
    assert!(kept[1..].iter().all(|kept| kept.days.is_none()), "{kept:?}");
    house.close().await;
}
