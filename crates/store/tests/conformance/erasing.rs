//! Erasing one caller from rooms, codes and what others wrote, and calls that are passed over while they go on.

use std::time::Duration;

use exchange::conference::{By, Invite, InviteOutcome, Role, Room, RoomId, Stay, WhyLeft};
use exchange::{Caller, Moment, Outcome, PhoneNumber, UserName};
use store::{Audited, Erased, RoomChange, Scratch, Store, Traces, Tries, Version};

use crate::given::{START, call_at, change, committed, done, ended, number, scratch, sid};

const TRIES: Tries = Tries {
    most: 10,
    window_ms: 60_000,
    block_ms: 600_000,
    pending_ms: 15_000,
};

fn later(days: i64) -> Moment {
    Moment(START.0 + days * 86_400_000)
}

fn ida() -> PhoneNumber {
    number("+13125550123")
}

fn line() -> Audited {
    Audited {
        at: START,
        by: "ada".to_owned(),
        about: "retention".to_owned(),
        what: "Erased a caller.".to_owned(),
    }
}

fn room_id() -> RoomId {
    RoomId::parse("conference.main").expect("a room id")
}

/// A room that Ida has left, and into which a number was called in vain.
fn left_by(ida: &PhoneNumber, invited: &PhoneNumber) -> Room {
    let by = By {
        user: UserName::parse("sam").expect("a user name"),
        name: "Sam".to_owned(),
    };
    let mut room = Room::new(room_id());
    room.gathering = 1;
    room.gone = vec![stay(ida)];
    room.invites = vec![Invite {
        id: 1,
        number: invited.clone(),
        by,
        began: START,
        via: sid(1),
        leg: None,
        outcome: Some(InviteOutcome::NoAnswer),
    }];
    room
}

fn stay(number: &PhoneNumber) -> Stay {
    Stay {
        gathering: 1,
        leg: sid(1),
        name: number.formatted(),
        number: Some(number.clone()),
        user: None,
        role: Role::Participant,
        was_called: false,
        came: START,
        met: None,
        left: START.plus_seconds(60),
        why: WhyLeft::HungUp,
    }
}

/// A call of Ida's that is over, and the room it leaves.
async fn leaves(store: &Store, invited: &PhoneNumber) {
    let mut call = ended(call_at(1, "senators", START), Outcome::Connected);
    call.caller = Caller::Number(ida());
    let mut step = change(call, 0);
    step.entry.lines = vec![format!("{} was called in vain.", invited.formatted())];
    step.room = Some(RoomChange {
        room: left_by(&ida(), invited),
        was: Version(0),
        stays: vec![stay(&ida())],
        over: None,
    });
    committed(store, step).await;
}

async fn is_nowhere(scratch: &Scratch, number: &PhoneNumber) {
    let national = number.north_american().expect("one of North America");
    for form in [national, number.formatted().trim_start_matches("+1 ")] {
        let found = scratch.columns_with(form).await.expect("an answer");
        assert!(found.is_empty(), "{form}: {found:#?}");
    }
}

#[tokio::test]
async fn a_room_forgets_who_is_erased_whether_they_came_or_were_called_in_vain() {
    let scratch = scratch().await;
    let store = scratch.store();
    let invited = number("+13125550177");
    leaves(&store, &invited).await;
    store
        .try_was_wrong("pin:+13125550123", START, &TRIES)
        .await
        .unwrap();
    let note = Audited {
        what: "Spoke with 312-555-0123.".to_owned(),
        ..line()
    };
    store.audit(&note).await.unwrap();

    let hers = store.erase(&ida(), later(1), &line()).await.unwrap();
    let theirs = store.erase(&invited, later(1), &line()).await.unwrap();

    assert_eq!((hers, theirs), (Erased::Done(1), Erased::Done(0)));
    is_nowhere(&scratch, &ida()).await;
    is_nowhere(&scratch, &invited).await;
    let room = store.room(&room_id()).await.unwrap().unwrap().room;
    assert_eq!(room.gone.len(), 1, "somebody was there");
    done(scratch).await;
}

#[tokio::test]
async fn a_room_that_outlives_the_call_is_found_by_the_number() {
    let scratch = scratch().await;
    let store = scratch.store();
    leaves(&store, &number("+13125550177")).await;
    store.remove_calls(later(1), later(2), 10).await.unwrap();

    let traces = store.traces(&ida()).await.unwrap();
    store.erase(&ida(), later(2), &line()).await.unwrap();

    let expected = Traces {
        mentions: 1,
        ..Traces::default()
    };
    assert_eq!(traces, expected);
    is_nowhere(&scratch, &ida()).await;
    done(scratch).await;
}

#[tokio::test]
async fn what_a_room_remembers_of_guests_goes_with_its_gatherings() {
    let scratch = scratch().await;
    let store = scratch.store();
    let invited = number("+13125550177");
    leaves(&store, &invited).await;

    while store.remove_calls(later(1), later(2), 10).await.unwrap() > 0 {}

    is_nowhere(&scratch, &ida()).await;
    is_nowhere(&scratch, &invited).await;
    done(scratch).await;
}

#[tokio::test]
async fn who_was_called_into_a_call_is_masked_with_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut call = ended(call_at(2, "senators", START), Outcome::Connected);
    let mut support = exchange::Support::arrived(START);
    support.stage = exchange::Stage::Outside {
        number: ida(),
        leg: sid(3),
        since: START,
    };
    call.progress = exchange::Progress::Support(Box::new(support));
    let mut step = change(call, 0);
    step.entry.lines = vec![format!("Handed over to {}.", ida().formatted())];
    committed(&store, step).await;

    while store.mask_numbers(later(1), 10).await.unwrap() > 0 {}

    is_nowhere(&scratch, &ida()).await;
    done(scratch).await;
}

#[tokio::test]
async fn a_call_that_goes_on_while_others_are_masked_is_masked_when_it_is_over() {
    let scratch = scratch().await;
    let store = scratch.store();
    let live = call_at(1, "senators", START);
    committed(&store, change(live.clone(), 0)).await;
    for n in 2..=50 {
        // All but the first few began within one millisecond.
        let at = Moment(START.0 + i64::from(n.min(4)));
        let call = ended(call_at(n, "senators", at), Outcome::Connected);
        committed(&store, change(call, 0)).await;
    }

    while store.mask_numbers(later(1), 20).await.unwrap() > 0 {}
    let meanwhile = scratch.columns_with("202555").await.unwrap();
    committed(&store, change(ended(live, Outcome::Connected), 1)).await;
    while store.mask_numbers(later(1), 20).await.unwrap() > 0 {}

    assert!(meanwhile.iter().all(|text| text.contains("2025550001")));
    assert_eq!(meanwhile.len(), 2, "{meanwhile:#?}");
    let after = scratch.columns_with("202555").await.unwrap();
    assert!(after.is_empty(), "{after:#?}");
    done(scratch).await;
}

#[tokio::test]
async fn looking_at_a_caller_waits_for_nobody_who_writes() {
    let scratch = scratch().await;
    let store = scratch.store();
    let pen = scratch.writing().await.unwrap();

    let looked = tokio::time::timeout(Duration::from_secs(10), store.traces(&ida())).await;

    assert_eq!(looked.expect("it took no pen").unwrap(), Traces::default());
    drop(pen);
    done(scratch).await;
}
