//! Numbers that are called into a room: which are not, and what the account bears.

use axum::http::StatusCode;
use desk::rooms::{PersonStage, PersonView};
use server::config::{DEMONSTRATION_SID, DEMONSTRATION_TOKEN};

use crate::floor::IDA;
use crate::support::{self, House, Persona};
use crate::{LINE, ROOM};

#[tokio::test]
async fn nobody_is_called_in_whom_the_account_cannot_bear() {
    let house = bearing("2").await;
    house.enters(1, IDA).await;
    let mut sam = house.supervisor().await;

    sam.does("rooms/act", &add("+13125550124")).await;
    let (status, said) = sam.is_refused("rooms/act", &add("+13125550125")).await;

    assert_eq!(status, 409);
    assert!(said.contains("The account bears 2 calls at once"), "{said}");
    assert_eq!(ringing(&mut sam).await, 1);
    house.close().await;
}

#[tokio::test]
async fn a_number_that_cannot_be_called_in_is_refused_at_its_field() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    let mut sam = house.supervisor().await;
    let none = "Write the number with its country code, like +1 312 555 0123.";

    for (typed, words) in [
        (
            "911",
            "This number is not dialled: emergency and service numbers are never dialled for a caller.",
        ),
        (
            "+1 900 555 0100",
            "This number is not dialled: premium numbers are never dialled for a caller.",
        ),
        ("soon", none),
        ("", none),
        (LINE, "+1 (202) 555-0105 is the number of this very line."),
        (
            IDA,
            "+1 (312) 555-0123 is in the room already, or being called.",
        ),
    ] {
        let (status, said) = sam.is_refused("rooms/act", &add(typed)).await;

        assert_eq!(status, 422, "{typed:?}: {said}");
        assert!(said.contains(r#""number""#), "{typed:?}: {said}");
        assert!(said.contains(words), "{typed:?}: {said}");
    }
    assert_eq!(ringing(&mut sam).await, 0);

    sam.does("rooms/act", &add("(312) 555-0124")).await;
    assert_eq!(ringing(&mut sam).await, 1);
    house.close().await;
}

#[tokio::test]
async fn who_calls_one_number_in_twice_is_told_so_though_it_takes_the_last_leg() {
    let house = bearing("2").await;
    house.enters(1, IDA).await;
    let mut sam = house.supervisor().await;
    let form = add("+13125550124");

    sam.does("rooms/act", &form).await;
    let (status, later) = sam.is_refused("rooms/act", &form).await;

    assert!(later.contains("is in the room already"), "{later}");
    assert_eq!((status, ringing(&mut sam).await), (422, 1));
    house.close().await;
}

#[tokio::test]
async fn of_many_who_call_somebody_in_at_once_no_more_may_than_the_account_bears() {
    let house = bearing("3").await;
    house.enters(1, IDA).await;
    let mut sam = house.supervisor().await;
    let (beside, router) = house.beside().await;

    let adds = (0..6).map(|n| {
        let router = if n % 2 == 0 { &house.router } else { &router };
        let mut clicks = sam.at(router.clone());
        async move {
            let number = format!("+1312555013{n}");
            clicks.posts("/api/rooms/act", &add(&number)).await
        }
    });
    let answers = futures::future::join_all(adds).await;

    let is_done = |one: &&support::Answer| one.status == StatusCode::OK;
    let done = answers.iter().filter(is_done).count();
    // A leg that was made a moment ago counts twice until its claim is given back.
    assert!((1..=2).contains(&done), "{done}");
    assert_eq!(ringing(&mut sam).await, done);
    beside.store.close().await;
    house.close().await;
}

/// A house whose account bears so many calls at once.
async fn bearing(calls: &str) -> House {
    House::with(&[
        ("TWILIO_ACCOUNT_SID", DEMONSTRATION_SID),
        ("TWILIO_AUTH_TOKEN", DEMONSTRATION_TOKEN),
        ("TWILIO_CONCURRENT_CALLS", calls),
    ])
    .await
}

fn add(number: &str) -> [(&str, &str); 3] {
    [
        ("form[room]", ROOM),
        ("form[act]", "add"),
        ("form[number]", number),
    ]
}

/// How many telephones are being called into the room.
async fn ringing(sam: &mut Persona) -> usize {
    let room = sam.room().await.live.expect("somebody is in");
    let rings = |one: &&PersonView| one.stage == PersonStage::Ringing;
    room.people.iter().filter(rings).count()
}
