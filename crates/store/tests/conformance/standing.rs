//! Whether a database is a demonstration's or a real account's.

use crate::given::{call, change, committed, done, scratch};

#[tokio::test]
async fn a_database_with_calls_and_no_mark_is_a_real_accounts() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;

    assert!(!store.mark_demonstration().await.unwrap());
    done(scratch).await;
}

#[tokio::test]
async fn a_demonstration_stays_one_with_its_calls_until_a_real_account_takes_over() {
    let scratch = scratch().await;
    let store = scratch.store();

    assert!(store.mark_demonstration().await.unwrap());
    committed(&store, change(call(1), 0)).await;
    assert!(store.mark_demonstration().await.unwrap());
    store.unmark_demonstration().await.unwrap();

    assert!(!store.mark_demonstration().await.unwrap());
    done(scratch).await;
}
