//! Turns to create a call: so many in a second, in the order in which they were asked for.

use exchange::Moment;
use futures::future::{join, join_all};

use crate::given::{START, done, scratch};

fn after(ms: i64) -> Moment {
    Moment(START.0 + ms)
}

#[tokio::test]
async fn whoever_asked_first_creates_first_and_each_has_a_turn_of_their_own() {
    let scratch = scratch().await;
    let store = scratch.store();
    let asks = async |who: &str, now: Moment| {
        let turn = store.await_creation_turn(who, now, 2).await;
        turn.expect("the database answers")
    };
    let at_once = async |now: Moment| {
        let turn = store.take_creation_turn(now, 2).await;
        turn.expect("the database answers")
    };

    assert_eq!(asks("one", START).await, None);
    assert_eq!(asks("two", START).await, Some(after(500)));
    assert_eq!(asks("three", START).await, Some(after(1_000)));
    assert_eq!(asks("two", after(10)).await, Some(after(500)));
    // Whoever keeps no place takes nobody's.
    assert_eq!(at_once(after(500)).await, Some(after(1_500)));
    assert_eq!(asks("three", after(500)).await, Some(after(1_000)));
    assert_eq!(asks("two", after(500)).await, None);
    // Who comes late for their turn is not followed at once.
    assert_eq!(asks("three", after(1_300)).await, None);
    assert_eq!(asks("four", after(1_310)).await, Some(after(1_800)));
    // A turn that is taken is gone, and one that nobody came for delays nobody.
    assert_eq!(asks("three", after(9_000)).await, None);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_two_processes_no_two_have_the_same_turn() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let ask = |store: &store::Store, at: &str| {
        let (store, at) = (store.clone(), at.to_owned());
        join_all((0..20).map(move |n| {
            let (store, who) = (store.clone(), format!("{at}.{n}"));
            async move { store.await_creation_turn(&who, START, 10).await }
        }))
    };

    let (these, those) = join(ask(&here, "here"), ask(&there, "there")).await;

    let all = these.into_iter().chain(those);
    let turns = all.map(|turn| turn.expect("the database answers").unwrap_or(START));
    let mut turns: Vec<i64> = turns.map(|turn| turn.0 - START.0).collect();
    turns.sort_unstable();
    assert_eq!(turns, (0..40).map(|n| n * 100).collect::<Vec<i64>>());
    there.close().await;
    done(scratch).await;
}
