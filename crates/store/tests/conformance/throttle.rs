//! Failed attempts to sign in.

use exchange::Moment;
use store::{Store, Throttle};

use crate::given::{START, done, scratch};

const THREE: Throttle = Throttle {
    failures: 3,
    window_ms: 60_000,
    block_ms: 10_000,
};

#[tokio::test]
async fn as_many_failures_as_are_borne_block_the_key_for_a_while() {
    let scratch = scratch().await;
    let store = scratch.store();

    fail(&store, "name:ada", 2).await;
    assert_eq!(blocked(&store, "name:ada", 2).await, None);
    fail(&store, "name:ada", 1).await;

    let until = Moment(START.0 + 10_000);
    assert_eq!(blocked(&store, "name:ada", 9_999).await, Some(until));
    assert_eq!(blocked(&store, "name:ada", 10_000).await, None);
    assert_eq!(blocked(&store, "name:bob", 0).await, None);
    done(scratch).await;
}

#[tokio::test]
async fn a_failure_after_a_block_blocks_again_within_the_window() {
    let scratch = scratch().await;
    let store = scratch.store();
    fail(&store, "name:ada", 3).await;

    let later = Moment(START.0 + 20_000);
    store.login_failed("name:ada", later, &THREE).await.unwrap();

    assert_eq!(
        blocked(&store, "name:ada", 20_001).await,
        Some(Moment(later.0 + 10_000))
    );
    done(scratch).await;
}

#[tokio::test]
async fn failures_are_forgotten_after_the_window() {
    let scratch = scratch().await;
    let store = scratch.store();
    fail(&store, "name:ada", 2).await;

    let later = Moment(START.0 + 60_000);
    store.login_failed("name:ada", later, &THREE).await.unwrap();
    store.login_failed("name:ada", later, &THREE).await.unwrap();

    assert_eq!(blocked(&store, "name:ada", 60_001).await, None);
    done(scratch).await;
}

#[tokio::test]
async fn a_shorter_window_forgets_nothing_of_other_keys() {
    let scratch = scratch().await;
    let store = scratch.store();
    let short = Throttle {
        window_ms: 1_000,
        ..THREE
    };
    fail(&store, "name:ada", 2).await;

    let later = Moment(START.0 + 30_000);
    store.login_failed("pin:+1", later, &short).await.unwrap();
    store.login_failed("name:ada", later, &THREE).await.unwrap();

    assert!(blocked(&store, "name:ada", 30_001).await.is_some());
    done(scratch).await;
}

#[tokio::test]
async fn a_success_forgets_the_failures() {
    let scratch = scratch().await;
    let store = scratch.store();
    fail(&store, "name:ada", 2).await;

    store.login_succeeded("name:ada").await.unwrap();
    fail(&store, "name:ada", 2).await;

    assert_eq!(blocked(&store, "name:ada", 1).await, None);
    done(scratch).await;
}

#[tokio::test]
async fn a_throttle_of_one_blocks_at_once() {
    let scratch = scratch().await;
    let store = scratch.store();

    let one = Throttle {
        failures: 1,
        ..THREE
    };
    store
        .login_failed("address:192.0.2.1", START, &one)
        .await
        .unwrap();

    assert!(blocked(&store, "address:192.0.2.1", 1).await.is_some());
    done(scratch).await;
}

async fn fail(store: &Store, key: &str, times: u32) {
    for _ in 0..times {
        store
            .login_failed(key, START, &THREE)
            .await
            .expect("a failure is counted");
    }
}

async fn blocked(store: &Store, key: &str, after_ms: i64) -> Option<Moment> {
    let now = Moment(START.0 + after_ms);
    store
        .login_blocked_until(key, now)
        .await
        .expect("an answer")
}
