//! Erasing and masking while another process takes steps of the same calls: nothing stays, and no step is lost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use exchange::{Caller, Moment, Outcome, PhoneNumber};
use futures::future::{join, join_all};
use store::{Audited, Commit, Erased, Scratch, Store, Version};

use crate::given::{START, call_at, change, committed, done, ended, journal, number, scratch, sid};

/// Several batches.
const CALLS: u32 = 50;

/// How many steps of each call there are at least, so that none of them only comes afterwards.
const STEPS: i64 = 3;

/// Longer than a database takes to see that two wait for each other, several times over.
const PATIENCE: Duration = Duration::from_secs(60);

fn ida() -> PhoneNumber {
    number("+13125550123")
}

fn later() -> Moment {
    Moment(START.0 + 86_400_000)
}

fn line() -> Audited {
    Audited {
        at: later(),
        by: "ada".to_owned(),
        about: "retention".to_owned(),
        what: "Erased a caller.".to_owned(),
    }
}

/// Ida's calls, all over. The last began first: what goes by age meets them in another order than what goes by their ids.
async fn has_called(store: &Store) {
    for n in 1..=CALLS {
        let began = Moment(START.0 + i64::from(CALLS - n));
        let mut call = ended(call_at(n, "senators", began), Outcome::Connected);
        call.caller = Caller::Number(ida());
        let mut step = change(call, 0);
        step.entry.lines = vec![format!("{} called.", ida().formatted())];
        committed(store, step).await;
    }
}

/// Late callbacks of a call, one after the other, until there are enough: each says who the caller is, as it is known by
/// then. Gives how many there were.
async fn steps(store: &Store, n: u32, is_enough: &AtomicBool) -> i64 {
    let mut taken = 0;
    while taken < STEPS || !is_enough.load(Ordering::Relaxed) {
        let known = store.load(&sid(n)).await.expect("the database answers");
        let (version, call) = known.expect("it stays");
        let mut step = change(call, version.0);
        step.entry.lines = vec![format!("Heard of {}.", step.call.caller.label())];
        match store.commit(step).await.expect("a callback is written") {
            Commit::Committed(_) => taken += 1,
            Commit::Conflict => {}
            other @ (Commit::StalePlan(_) | Commit::Duplicate { .. }) => panic!("{other:?}"),
        }
    }
    taken
}

/// Does something at one process while the other is told of every call.
async fn meanwhile<T>(there: &Store, what: impl Future<Output = T>) -> (T, Vec<i64>) {
    let is_enough = AtomicBool::new(false);
    let told = (1..=CALLS).map(|n| steps(there, n, &is_enough));
    let told = join_all(told);
    let here = async {
        let done = what.await;
        is_enough.store(true, Ordering::Relaxed);
        done
    };
    let both = tokio::time::timeout(PATIENCE, join(here, told));
    both.await.expect("neither waits for the other for ever")
}

/// Every step stands in its call's journal, and the call has moved on by each of them and by what was done besides.
async fn lost_nothing(store: &Store, taken: &[i64]) {
    for (n, taken) in (1..=CALLS).zip(taken) {
        let lines = journal(store, n).await;
        let known = store.load(&sid(n)).await.expect("the database answers");
        let (Version(version), _) = known.expect("it stays");
        assert_eq!(i64::try_from(lines.len()), Ok(taken + 1), "{lines:#?}");
        assert_eq!(version, taken + 2);
    }
}

/// Both take the calls in the same order: else PostgreSQL lets one of the two go after a second, in which a caller waits.
async fn nobody_waits_for_ever(scratch: Scratch, stores: [Store; 2]) {
    for store in stores {
        store.close().await;
    }
    let deadlocks = scratch.deadlocks().await;
    assert_eq!(deadlocks.expect("the database answers"), 0);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_while_another_process_hears_of_their_calls_is_nowhere() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has_called(&here).await;

    let (erased, taken) = meanwhile(&there, here.erase(&ida(), later(), &line())).await;

    assert_eq!(erased.unwrap(), Erased::Done(u64::from(CALLS)));
    for form in ["3125550123", "(312) 555-0123"] {
        let found = scratch.columns_with(form).await.unwrap();
        assert!(found.is_empty(), "{form}: {found:#?}");
    }
    lost_nothing(&here, &taken).await;
    nobody_waits_for_ever(scratch, [here, there]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_masked_while_another_process_hears_of_the_calls() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has_called(&here).await;
    let masks = async {
        let mut masked = 0;
        loop {
            match here.mask_numbers(later(), 20).await.unwrap() {
                0 => return masked,
                some => masked += some,
            }
        }
    };

    let (masked, taken) = meanwhile(&there, masks).await;

    assert_eq!(masked, u64::from(CALLS));
    let found = scratch.columns_with("555-0123").await.unwrap();
    assert!(found.is_empty(), "{found:#?}");
    lost_nothing(&here, &taken).await;
    nobody_waits_for_ever(scratch, [here, there]).await;
}
