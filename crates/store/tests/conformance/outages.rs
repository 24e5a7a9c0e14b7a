//! A database that goes away and comes back.

use store::{Commit, Error, Version};

use crate::given::{call, change, committed, done, journal, scratch, sid};

#[tokio::test]
async fn a_lost_database_is_an_error_and_found_again_all_goes_on() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;

    scratch.lose().await.unwrap();
    let lost = store.commit(change(call(1), 1)).await;
    let unread = store.load(&sid(1)).await;
    let silent = store.ping().await;
    scratch.find_again().await.unwrap();

    assert!(
        lost.is_err() && unread.is_err() && silent.is_err(),
        "{lost:?} {unread:?} {silent:?}"
    );
    store.ping().await.unwrap();
    assert_eq!(committed(&store, change(call(1), 1)).await, Version(2));
    assert_eq!(journal(&store, 1).await, ["Step 1.", "Step 2."]);
    done(scratch).await;
}

#[tokio::test]
async fn everybody_who_waits_for_a_lost_database_is_told() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(0), 0)).await;
    scratch.lose().await.unwrap();

    let outcomes =
        futures::future::join_all((1..20).map(|n| store.commit(change(call(n), 0)))).await;

    assert!(outcomes.iter().all(Result::is_err));
    scratch.find_again().await.unwrap();
    done(scratch).await;
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.close().await;

    assert!(matches!(
        store.commit(change(call(1), 0)).await,
        Err(Error::Closed)
    ));
    assert!(store.ping().await.is_err());
    done(scratch).await;
}

#[tokio::test]
async fn closing_writes_what_still_waits() {
    let scratch = scratch().await;
    let store = scratch.another().await.unwrap();

    let waiting = (0..100).map(|n| store.commit(change(call(n), 0)));
    let (outcomes, ()) =
        futures::future::join(futures::future::join_all(waiting), store.close()).await;

    for outcome in outcomes {
        assert_eq!(outcome.unwrap(), Commit::Committed(Version(1)));
    }
    assert!(scratch.store().load(&sid(99)).await.unwrap().is_some());
    done(scratch).await;
}
