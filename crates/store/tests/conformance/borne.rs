//! The legs that an account bears: who may make one more.

use exchange::{FloorRow, Moment, Outcome, Priority};
use futures::future::{join, join_all};
use store::{Change, FloorChange};

use crate::given::{START, call, change, committed, done, ended, scratch};

/// A call on the floor with so many legs beside the caller's.
fn on_floor(n: u32, legs: u32) -> Change {
    let mut change = change(call(n), 0);
    change.floor = FloorChange::Row(FloorRow {
        team: None,
        stage: "talking",
        since: START,
        queued: START,
        priority: Priority::Normal,
        agent: None,
        not_before: Moment(0),
        legs,
    });
    change
}

fn later() -> Moment {
    START.plus_seconds(10)
}

#[tokio::test]
async fn a_leg_is_claimed_while_there_are_fewer_on_the_floor_and_claimed() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, on_floor(1, 1)).await;
    let claims = async |claim: &str, now: Moment, most: usize| {
        let claimed = store.claim_leg(claim, now, later(), most).await;
        claimed.expect("the database answers")
    };

    assert!(!claims("one", START, 2).await);
    assert!(claims("one", START, 3).await);
    assert!(!claims("two", START, 3).await, "it is claimed");
    assert!(claims("two", START, 4).await);
    store.give_leg_back("two").await.expect("it is given back");
    assert!(claims("three", START, 4).await);
    // Whoever claimed and never came back.
    assert!(claims("four", later(), 3).await);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_claim_the_last_leg_at_two_processes_one_has_it() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    committed(&here, on_floor(1, 1)).await;
    let claim = |store: &store::Store, at: &str| {
        let (store, at) = (store.clone(), at.to_owned());
        join_all((0..20).map(move |n| {
            let (store, claim) = (store.clone(), format!("{at}.{n}"));
            async move { store.claim_leg(&claim, START, later(), 3).await }
        }))
    };

    let (these, those) = join(claim(&here, "here"), claim(&there, "there")).await;

    let all = these.into_iter().chain(those);
    let claimed = all.filter(|one| *one.as_ref().expect("the database answers"));
    assert_eq!(claimed.count(), 1);
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn calls_off_the_floor_are_those_that_go_on_elsewhere() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, on_floor(1, 1)).await;
    committed(&store, change(call(2), 0)).await;
    committed(&store, change(ended(call(3), Outcome::HungUp), 0)).await;

    let live = store.live_off_floor(START).await.unwrap();
    let long_ago = store.live_off_floor(later()).await.unwrap();

    assert_eq!(live, [call(2)]);
    assert_eq!(long_ago, []);
    done(scratch).await;
}
