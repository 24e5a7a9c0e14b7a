//! Codes that somebody keys in: how many are read, and for how long a wrong one counts.

use exchange::Moment;
use store::{Store, Tries};

use crate::given::{START, done, scratch};

const TEN: Tries = Tries {
    most: 10,
    window_ms: 60_000,
    block_ms: 600_000,
    pending_ms: 15_000,
};

const IDA: &str = "pin:+13125550123";

#[tokio::test]
async fn ten_wrong_ones_in_any_minute_are_the_last_that_are_read() {
    let scratch = scratch().await;
    let store = scratch.store();

    // A window that began with the first would be over before the last of them.
    for at in [0, 50, 50, 50, 50, 50, 70, 70, 70, 70] {
        assert!(is_wrong(&store, IDA, at).await);
    }
    assert!(!store.may_not_try(IDA, after(70), &TEN).await.unwrap());
    assert!(is_wrong(&store, IDA, 71).await);

    assert!(!is_wrong(&store, IDA, 72).await);
    assert!(store.may_not_try(IDA, after(72), &TEN).await.unwrap());
    assert!(is_wrong(&store, "pin:+13125550124", 72).await);
    assert!(!is_wrong(&store, IDA, 71 + 599).await);
    assert!(is_wrong(&store, IDA, 71 + 600).await);
    done(scratch).await;
}

#[tokio::test]
async fn wrong_ones_count_for_a_minute() {
    let scratch = scratch().await;
    let store = scratch.store();

    for at in (0..40).map(|n| n * 7) {
        assert!(is_wrong(&store, IDA, at).await, "at {at} s");
    }
    done(scratch).await;
}

#[tokio::test]
async fn of_many_who_try_at_once_no_more_than_ten_are_read() {
    let scratch = scratch().await;
    let store = scratch.store();

    let tries = (0..30).map(|n| {
        let store = store.clone();
        async move {
            store
                .may_try(IDA, &format!("try {n}"), START, &TEN)
                .await
                .unwrap()
        }
    });
    let may = futures::future::join_all(tries).await;

    assert_eq!(may.iter().filter(|may| **may).count(), 10);
    assert!(
        !store
            .may_try(IDA, "one more", after(14), &TEN)
            .await
            .unwrap()
    );
    assert!(
        store
            .may_try(IDA, "one more", after(15), &TEN)
            .await
            .unwrap(),
        "nobody came back"
    );
    done(scratch).await;
}

#[tokio::test]
async fn a_try_that_was_right_does_not_count_and_the_same_one_counts_once() {
    let scratch = scratch().await;
    let store = scratch.store();

    for _ in 0..20 {
        assert!(store.may_try(IDA, "again", START, &TEN).await.unwrap());
    }
    for n in 0..20 {
        let id = format!("right {n}");
        assert!(store.may_try(IDA, &id, START, &TEN).await.unwrap());
        store.try_is_over(IDA, &id, START).await.unwrap();
    }

    assert!(!store.may_not_try(IDA, START, &TEN).await.unwrap());
    done(scratch).await;
}

/// Somebody tries, and is wrong; false when it is not even read.
async fn is_wrong(store: &Store, who: &str, seconds: i64) -> bool {
    let (now, id) = (after(seconds), "a delivery");
    if !store
        .may_try(who, id, now, &TEN)
        .await
        .expect("the database answers")
    {
        return false;
    }
    store
        .try_was_wrong(who, now, &TEN)
        .await
        .expect("the database answers");
    store
        .try_is_over(who, id, now)
        .await
        .expect("the database answers");
    true
}

fn after(seconds: i64) -> Moment {
    START.plus_seconds(seconds)
}
