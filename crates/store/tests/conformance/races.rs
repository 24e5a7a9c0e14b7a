//! Many changes at once, in one process and across two.

use std::collections::BTreeSet;

use futures::future::{join, join_all};
use store::{Commit, Store, Version};

use crate::given::{call, change, committed, done, identified, journal, scratch, sid};

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_at_once_are_all_written() {
    let scratch = scratch().await;
    let store = scratch.store();

    let outcomes = join_all((0..200).map(|n| store.commit(change(call(n), 0)))).await;

    for outcome in outcomes {
        assert_eq!(outcome.unwrap(), Commit::Committed(Version(1)));
    }
    for n in 0..200 {
        assert!(store.load(&sid(n)).await.unwrap().is_some());
    }
    done(scratch).await;
}

#[tokio::test]
async fn steps_of_one_call_that_wait_together_are_written_in_order() {
    let scratch = scratch().await;
    let store = scratch.store();

    let outcomes = join_all((0..5).map(|was| store.commit(change(call(1), was)))).await;

    let versions: Vec<Commit> = outcomes.into_iter().map(Result::unwrap).collect();
    let expected: Vec<Commit> = (1..=5).map(|n| Commit::Committed(Version(n))).collect();
    assert_eq!(versions, expected);
    done(scratch).await;
}

#[tokio::test]
async fn of_two_deliveries_at_once_one_counts_and_both_get_the_same_document() {
    let scratch = scratch().await;
    let store = scratch.store();

    let (one, two) = join(
        store.commit(identified(change(call(1), 0), "token-1")),
        store.commit(identified(change(call(1), 0), "token-1")),
    )
    .await;

    let document = change(call(1), 0).entry.document;
    assert_eq!(one.unwrap(), Commit::Committed(Version(1)));
    assert_eq!(two.unwrap(), Commit::Duplicate { document });
    assert_eq!(journal(&store, 1).await.len(), 1);
    done(scratch).await;
}

#[tokio::test]
async fn one_identity_on_two_calls_counts_once_and_spoils_nothing_that_waits_with_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    let waiting = [
        change(call(1), 0),
        identified(change(call(2), 0), "token-1"),
        identified(change(call(3), 0), "token-1"),
        change(call(4), 0),
    ];

    let outcomes = join_all(waiting.into_iter().map(|change| store.commit(change))).await;

    let outcomes: Vec<Commit> = outcomes.into_iter().map(Result::unwrap).collect();
    let document = change(call(2), 0).entry.document;
    let written = Commit::Committed(Version(1));
    let expected = [
        written.clone(),
        written.clone(),
        Commit::Duplicate { document },
        written,
    ];
    assert_eq!(outcomes, expected);
    assert_eq!(store.load(&sid(3)).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_deliveries_at_two_processes_one_counts() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let deliver = |store: Store| {
        let first = move |n: u32| {
            let store = store.clone();
            async move {
                store
                    .commit(identified(change(call(n), 0), &format!("token-{n}")))
                    .await
            }
        };
        join_all((0..100).map(first))
    };

    let (these, those) = join(deliver(here.clone()), deliver(there.clone())).await;

    let settled = |n: usize, outcome: &Commit| match outcome {
        Commit::Committed(version) => *version == Version(1),
        Commit::Duplicate { document } => {
            *document == change(call(u32::try_from(n).unwrap()), 0).entry.document
        }
        Commit::Conflict | Commit::StalePlan(_) => false,
    };
    for (n, (this, that)) in these.into_iter().zip(those).enumerate() {
        let outcomes = [this.unwrap(), that.unwrap()];
        let written = outcomes
            .iter()
            .filter(|one| matches!(one, Commit::Committed(_)))
            .count();
        assert_eq!(written, 1, "{n}: {outcomes:?}");
        for outcome in &outcomes {
            assert!(
                settled(n, outcome) || *outcome == Commit::Conflict,
                "{n}: {outcome:?}"
            );
        }
    }
    for n in 0..100 {
        assert_eq!(journal(&here, n).await.len(), 1);
    }
    there.close().await;
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_change_one_call_never_lose_a_step() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    committed(&here, change(call(1), 0)).await;
    let take_steps = |store: Store| async move {
        let mut taken = 0;
        while taken < 25 {
            let (version, call) = store.load(&sid(1)).await.unwrap().unwrap();
            match store.commit(change(call, version.0)).await.unwrap() {
                Commit::Committed(_) => taken += 1,
                Commit::Conflict => {}
                other @ (Commit::StalePlan(_) | Commit::Duplicate { .. }) => panic!("{other:?}"),
            }
        }
    };

    join(take_steps(here.clone()), take_steps(there.clone())).await;

    let lines = journal(&here, 1).await;
    let distinct: BTreeSet<&String> = lines.iter().collect();
    assert_eq!((lines.len(), distinct.len()), (51, 51));
    assert_eq!(here.load(&sid(1)).await.unwrap().unwrap().0, Version(51));
    there.close().await;
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_writes_while_eight_read_and_nobody_is_told_busy() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(0), 0)).await;
    let everything = desk::CallFilter::default().query().unwrap();
    let read = |store: Store| {
        let everything = everything.clone();
        async move {
            for _ in 0..40 {
                store.load(&sid(0)).await.unwrap();
                store.call_page(&everything).await.unwrap();
                store.next_due().await.unwrap();
            }
        }
    };
    let write = |store: Store| async move {
        for n in 1..200 {
            committed(&store, change(call(n), 0)).await;
        }
    };

    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(write(store.clone()));
    for _ in 0..8 {
        tasks.spawn(read(store.clone()));
    }
    tasks.join_all().await;

    assert_eq!(store.call_page(&everything).await.unwrap().total, 200);
    done(scratch).await;
}
