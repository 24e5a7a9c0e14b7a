//! Turns to create a call: so many in a second, to whoever in line is the most urgent.

use exchange::Moment;
use exchange::placing::{Creation, Urgency};
use futures::future::join_all;
use store::{Claimed, Store};

use crate::given::{START, call, change, committed, done, effect, scratch};

const LEASE: i64 = 20_000;

#[tokio::test]
async fn whoever_waits_longest_creates_first_and_each_has_a_turn_of_their_own() {
    let scratch = scratch().await;
    let store = scratch.store();
    let ring = rings(&store, 1).await;
    let asks = async |n: i64, at: i64| {
        let who = format!("caller {n}");
        let turn =
            store.await_creation_turn((&ring.id, &who), creation(Urgency::Queue, n), after(at), 2);
        turn.await.expect("the database answers")
    };
    let at_once = async |at: i64| {
        let turn = store.take_creation_turn(after(at), 2).await;
        turn.expect("the database answers")
    };

    assert_eq!(asks(1, 0).await, None);
    assert_eq!(asks(3, 0).await, Some(after(500)));
    assert_eq!(asks(2, 0).await, Some(after(500)));
    assert_eq!(asks(2, 10).await, Some(after(500)));
    // What nobody waits for lets others go first, and keeps no place.
    assert_eq!(at_once(500).await, Some(after(1_500)));
    assert_eq!(asks(3, 500).await, Some(after(1_000)));
    assert_eq!(asks(2, 500).await, None);
    // Who comes late for their turn is not followed at once.
    assert_eq!(asks(3, 1_300).await, None);
    assert_eq!(asks(4, 1_310).await, Some(after(1_800)));
    // One that nobody came for delays nobody.
    assert_eq!(asks(5, 9_000).await, None);
    assert_eq!(at_once(9_500).await, None);
    done(scratch).await;
}

#[tokio::test]
async fn of_those_who_are_about_to_ask_the_most_urgent_is_first_whoever_asks_first() {
    let scratch = scratch().await;
    let store = scratch.store();
    let ring = rings(&store, 1).await;
    let about = [Urgency::Room, Urgency::Queue, Urgency::Front]
        .map(|urgency| (urgency.word().to_owned(), creation(urgency, 0)));
    store.stand_in_line(&about, START, 1).await.unwrap();

    let mut turns = Vec::new();
    for (who, creation) in &about {
        let turn = store.await_creation_turn((&ring.id, who), *creation, START, 1);
        turns.push(turn.await.unwrap());
    }

    assert_eq!(turns, [Some(after(2_000)), Some(after(1_000)), None]);
    done(scratch).await;
}

#[tokio::test]
async fn the_turn_of_who_goes_is_the_next_ones() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut rings_of = Vec::new();
    for n in 1..=4 {
        rings_of.push(rings(&store, n).await);
    }
    let asks = async |ring: &Claimed, at: i64| {
        let who = ring.turn().expect("it creates a call");
        let creation = creation(Urgency::Queue, 0);
        let turn = store.await_creation_turn((&ring.id, &who), creation, after(at), 1);
        turn.await.expect("the database answers")
    };
    let [first, goes, next, last] = &rings_of[..] else {
        unreachable!("four ring");
    };
    assert_eq!(asks(first, 0).await, None);
    assert_eq!(asks(goes, 0).await, Some(after(1_000)));
    assert_eq!(asks(next, 0).await, Some(after(2_000)));
    assert_eq!(asks(last, 0).await, Some(after(3_000)));
    let mut woken = store.effects_wake();
    woken.mark_unchanged();

    let who = goes.turn().expect("it creates a call");
    store.leave_line(&who, after(100), 1).await.unwrap();
    store.drop_effect(&goes.id).await.unwrap();

    assert!(woken.has_changed().unwrap());
    for (ring, at) in [(next, 1_000), (last, 2_000)] {
        assert_eq!(store.next_due().await.unwrap(), Some(after(at)));
        let claimed = store.claim(after(at), LEASE, 10).await.unwrap();
        assert_eq!(claimed, std::slice::from_ref(ring));
        assert_eq!(asks(ring, at).await, None);
    }
    done(scratch).await;
}

#[tokio::test]
async fn whom_another_process_has_offered_keep_their_places() {
    let scratch = scratch().await;
    let (wins, loses) = (scratch.store(), scratch.another().await.unwrap());
    // The first of them goes before anybody offers them.
    let about: Vec<(String, Creation)> = [4, 1, 2, 3]
        .into_iter()
        .zip(0..)
        .map(|(n, ms)| (call(n).sid.to_string(), creation(Urgency::Queue, ms)))
        .collect();
    let callers: Vec<String> = about.iter().map(|(who, _)| who.clone()).collect();
    let asks = async |ring: &Claimed, at: i64| {
        let who = ring.turn().expect("it creates a call");
        let (_, creation) = about.iter().find(|(one, _)| *one == who).unwrap();
        let turn = wins.await_creation_turn((&ring.id, &who), *creation, after(at), 1);
        turn.await.expect("the database answers")
    };

    wins.stand_in_line(&about, START, 1).await.unwrap();
    let mut rings_of = Vec::new();
    for n in 1..=3 {
        rings_of.push(rings(&wins, n).await);
    }
    let [first, second, last] = &rings_of[..] else {
        unreachable!("three ring");
    };
    assert_eq!(asks(last, 0).await, Some(after(3_000)));
    loses.stand_in_line(&about, after(10), 1).await.unwrap();
    let left = loses.leave_line_unoffered(&callers, after(20), 1);
    left.await.unwrap();

    assert_eq!(asks(second, 30).await, Some(after(1_030)));
    assert_eq!(asks(first, 40).await, None);
    let claimed = wins.claim(after(1_040), LEASE, 10).await.unwrap();
    assert_eq!(claimed, std::slice::from_ref(second));
    assert_eq!(asks(second, 1_040).await, None);
    // The last is called up, earlier than it was given back for.
    assert_eq!(wins.next_due().await.unwrap(), Some(after(2_040)));
    let claimed = wins.claim(after(2_040), LEASE, 10).await.unwrap();
    assert_eq!(claimed, std::slice::from_ref(last));
    assert_eq!(asks(last, 2_040).await, None);
    loses.close().await;
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_two_processes_no_two_have_the_same_turn_and_none_is_lost() {
    const MANY: i64 = 40;
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let ring = rings(&here, 1).await;
    let mut line: Vec<(i64, Moment)> = (0..MANY).map(|n| (n, START)).collect();
    let mut created = Vec::new();

    for moment in 0..MANY {
        let now = after(moment * 100);
        let (asking, later): (Vec<_>, Vec<_>) =
            line.into_iter().partition(|(_, comes)| *comes <= now);
        let asks = asking.into_iter().map(|(n, _)| {
            let store = if n % 2 == 0 { &here } else { &there };
            let (ring, who) = (&ring, format!("caller {n}"));
            async move {
                let creation = creation(Urgency::Queue, n);
                let turn = store.await_creation_turn((&ring.id, &who), creation, now, 10);
                (n, turn.await.expect("the database answers"))
            }
        });
        line = later;
        let before = created.len();
        for (n, turn) in join_all(asks).await {
            match turn {
                Some(comes) => line.push((n, comes)),
                None => created.push(n),
            }
        }
        assert_eq!(created.len(), before + 1, "at {moment}: {created:?}");
    }

    // The first to ask is the first; from then on everybody is in line.
    assert!(created[1..].is_sorted(), "{created:?}");
    assert_eq!(line, []);
    there.close().await;
    done(scratch).await;
}

fn after(ms: i64) -> Moment {
    Moment(START.0 + ms)
}

/// Somebody began to wait so many milliseconds after an hour ago.
fn creation(urgency: Urgency, ms: i64) -> Creation {
    Creation {
        urgency,
        since: Moment(START.0 - 3_600_000 + ms),
        asked: START,
    }
}

/// An agent is to be rung for a call.
async fn rings(store: &Store, n: u32) -> Claimed {
    let mut step = change(call(n), 0);
    step.effects = vec![effect("ring_agent", START)];
    committed(store, step).await;
    let claimed = store.claim(START, LEASE, 10).await.expect("a claim");
    claimed.into_iter().next().expect("it is due")
}
