//! Effects: in order for each call, each claimed by one, and settled once.

use std::collections::BTreeSet;

use exchange::Moment;
use futures::future::join;
use store::{Claimed, Commit, Store};

use crate::given::{START, call, change, committed, done, effect, journal, scratch, sid};

const LEASE: i64 = 30_000;

#[tokio::test]
async fn effects_of_a_call_are_claimed_one_after_the_other_as_they_are_settled() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut first = change(call(1), 0);
    first.effects = vec![effect("hold", START), effect("dial", START)];
    let mut second = change(call(1), 1);
    second.effects = vec![effect("cancel", START)];
    committed(&store, first).await;
    committed(&store, second).await;

    let mut order = Vec::new();
    for was in 2..5 {
        let claimed = claim_all(&store, START).await;
        assert_eq!(claimed.len(), 1);
        let mut outcome = change(call(1), was);
        outcome.settles = Some(claimed[0].id.clone());
        committed(&store, outcome).await;
        order.push(claimed[0].kind.clone());
    }

    assert_eq!(order, ["hold", "dial", "cancel"]);
    assert_eq!(store.next_due().await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn an_effect_that_waits_for_nothing_neither_waits_nor_holds_others_up() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut timer = effect("timer", START.plus_seconds(900));
    timer.lane = None;
    let mut late = effect("late", START);
    late.lane = None;
    let mut elsewhere = effect("elsewhere", START);
    elsewhere.lane = Some("another".to_owned());
    let mut step = change(call(1), 0);
    step.effects = vec![
        timer,
        effect("hold", START),
        effect("dial", START),
        late,
        elsewhere,
    ];
    committed(&store, step).await;

    let mut kinds: Vec<String> = Vec::new();
    for claimed in claim_all(&store, START).await {
        kinds.push(claimed.kind);
    }

    kinds.sort();
    assert_eq!(kinds, ["elsewhere", "hold", "late"]);
    assert_eq!(
        store.next_due().await.unwrap(),
        Some(Moment(START.0 + LEASE))
    );
    done(scratch).await;
}

#[tokio::test]
async fn more_effects_than_a_statement_takes_keep_their_order() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut step = change(call(1), 0);
    step.effects = (0..40)
        .map(|n| effect(&format!("effect-{n}"), START))
        .collect();
    committed(&store, step).await;

    for n in 0..40 {
        let claimed = claim_all(&store, START).await;
        assert_eq!(claimed[0].kind, format!("effect-{n}"));
        let mut outcome = change(call(1), n + 1);
        outcome.settles = Some(claimed[0].id.clone());
        committed(&store, outcome).await;
    }
    done(scratch).await;
}

#[tokio::test]
async fn an_effect_is_claimed_when_it_is_due_and_not_before() {
    let scratch = scratch().await;
    let store = scratch.store();
    let due = START.plus_seconds(900);
    push(&store, 1, due).await;

    assert_eq!(store.next_due().await.unwrap(), Some(due));
    assert_eq!(claim_all(&store, Moment(due.0 - 1)).await, []);
    assert_eq!(claim_all(&store, due).await.len(), 1);
    done(scratch).await;
}

#[tokio::test]
async fn a_claimed_effect_is_due_again_when_its_lease_ends() {
    let scratch = scratch().await;
    let store = scratch.store();
    push(&store, 1, START).await;

    let first = claim_all(&store, START).await;
    let meanwhile = claim_all(&store, Moment(START.0 + LEASE - 1)).await;
    let again = claim_all(&store, Moment(START.0 + LEASE)).await;

    assert_eq!(
        (first[0].attempts, meanwhile.len(), again[0].attempts),
        (1, 0, 2)
    );
    assert_eq!(first[0].id, again[0].id);
    assert_eq!(first[0].call, sid(1));
    done(scratch).await;
}

#[tokio::test]
async fn a_postponed_effect_holds_back_those_behind_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut step = change(call(1), 0);
    step.effects = vec![effect("hold", START), effect("dial", START)];
    committed(&store, step).await;
    let later = START.plus_seconds(5);

    let claimed = claim_all(&store, START).await;
    store.postpone(&claimed[0].id, later).await.unwrap();

    assert_eq!(store.next_due().await.unwrap(), Some(later));
    assert_eq!(claim_all(&store, Moment(later.0 - 1)).await, []);
    assert_eq!(claim_all(&store, later).await[0].kind, "hold");
    done(scratch).await;
}

#[tokio::test]
async fn no_more_is_claimed_than_asked_for_and_the_longest_due_come_first() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=5 {
        push(&store, n, Moment(START.0 - i64::from(n))).await;
    }

    let claimed = store.claim(START, LEASE, 2).await.unwrap();

    let calls: BTreeSet<_> = claimed.into_iter().map(|one| one.call).collect();
    assert_eq!(calls, BTreeSet::from([sid(4), sid(5)]));
    done(scratch).await;
}

#[tokio::test]
async fn an_outcome_reported_twice_counts_once() {
    let scratch = scratch().await;
    let store = scratch.store();
    push(&store, 1, START).await;
    let claimed = claim_all(&store, START).await;
    let outcome = |was| {
        let mut outcome = change(call(1), was);
        outcome.settles = Some(claimed[0].id.clone());
        outcome
    };
    committed(&store, outcome(1)).await;

    let again = store.commit(outcome(2)).await.unwrap();

    assert_eq!(again, Commit::Duplicate { document: None });
    assert_eq!(journal(&store, 1).await.len(), 2);
    done(scratch).await;
}

#[tokio::test]
async fn an_outcome_that_meets_a_conflict_leaves_its_effect_open() {
    let scratch = scratch().await;
    let store = scratch.store();
    push(&store, 1, START).await;
    let claimed = claim_all(&store, START).await;
    let mut outcome = change(call(1), 7);
    outcome.settles = Some(claimed[0].id.clone());

    assert_eq!(store.commit(outcome).await.unwrap(), Commit::Conflict);

    assert_eq!(claim_all(&store, Moment(START.0 + LEASE)).await.len(), 1);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_claim_at_once_never_get_the_same_effect() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    for n in 0..60 {
        push(&here, n, START).await;
    }
    let claim = |store: Store| async move {
        let mut mine = Vec::new();
        for _ in 0..40 {
            mine.extend(store.claim(START, LEASE, 3).await.unwrap());
        }
        mine
    };

    let (these, those) = join(claim(here.clone()), claim(there.clone())).await;

    let distinct: BTreeSet<_> = these
        .iter()
        .chain(&those)
        .map(|one| one.id.clone())
        .collect();
    assert_eq!((these.len() + those.len(), distinct.len()), (60, 60));
    there.close().await;
    done(scratch).await;
}

async fn push(store: &Store, n: u32, due: Moment) {
    let mut step = change(call(n), 0);
    step.effects = vec![effect("ask", due)];
    committed(store, step).await;
}

async fn claim_all(store: &Store, now: Moment) -> Vec<Claimed> {
    store.claim(now, LEASE, 100).await.expect("a claim")
}

#[tokio::test]
async fn a_process_that_begins_takes_over_what_an_earlier_one_had_claimed_unless_others_work_beside_it()
 {
    let scratch = scratch().await;
    let store = scratch.store();
    let later = START.plus_seconds(900);
    let mut step = change(call(1), 0);
    step.effects = vec![effect("hold", START), effect("sweep", later)];
    step.effects[1].lane = None;
    committed(&store, step).await;
    assert_eq!(claim_all(&store, START).await.len(), 1);

    let taken = store.take_over(START).await.unwrap();

    let again = claim_all(&store, START).await.len();
    let is_alone = scratch.url().starts_with("sqlite:");
    let expected = if is_alone { (1, 1) } else { (0, 0) };
    assert_eq!((taken, again), expected);
    done(scratch).await;
}

#[tokio::test]
async fn what_is_still_to_be_done_of_a_kind_is_told_claimed_or_not() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut step = change(call(1), 0);
    step.effects = vec![effect("hold", START), effect("dial", START)];
    committed(&store, step).await;
    claim_all(&store, START).await;

    let pending = store.pending("hold").await.unwrap();

    assert_eq!(pending, [(sid(1), "{}".to_owned())]);
    assert_eq!(store.pending("cancel").await.unwrap(), []);
    done(scratch).await;
}

#[tokio::test]
async fn a_ring_that_waits_for_its_turn_is_looked_at_when_its_leg_is_to_be_ended() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=2 {
        let mut step = change(call(n), 0);
        step.effects = vec![effect("ring_agent", START)];
        committed(&store, step).await;
    }
    let claimed = claim_all(&store, START).await;
    let waits = claimed.iter().find(|one| one.call == sid(1));
    let waits = waits.expect("it is due");
    let turn = START.plus_seconds(8);
    store.give_back(&waits.id, turn).await.unwrap();

    for n in 1..=2 {
        let mut step = change(call(n), 1);
        step.effects = vec![effect("end_leg", START)];
        committed(&store, step).await;
    }

    // The other one is being made, and whoever makes it has it.
    assert_eq!(claim_all(&store, START).await, std::slice::from_ref(waits));
    done(scratch).await;
}
