//! The legs that an account bears: who may make one more.

use exchange::{FloorRow, Moment, Outcome, Priority};
use futures::future::{join, join_all};
use store::{Change, FloorChange, LegClaim};

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

/// Somebody wants a leg.
fn wants(name: &str, now: Moment) -> LegClaim<'_> {
    LegClaim {
        name,
        now,
        until: later(),
        since: START,
    }
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
        let claimed = store.claim_leg(wants(claim, now), most).await;
        claimed.expect("the database answers")
    };

    assert!(!claims("one", START, 2).await);
    assert!(claims("one", START, 3).await);
    assert!(!claims("two", START, 3).await, "it is claimed");
    assert!(claims("two", START, 4).await);
    let mut wakes = store.floor_wakes();
    wakes.mark_unchanged();
    let given = store.give_leg_back("two", true).await;
    given.expect("it is given back");
    assert!(
        wakes.has_changed().unwrap(),
        "whoever was refused looks again"
    );
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
            async move { store.claim_leg(wants(&claim, START), 3).await }
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

    let live = store.legs_off_floor(START).await.unwrap();
    let long_ago = store.legs_off_floor(later()).await.unwrap();

    assert_eq!((live, long_ago), (1, 0));
    done(scratch).await;
}

#[tokio::test]
async fn legs_off_the_floor_count_when_one_is_claimed() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;
    let mut wants = wants("one", START);

    let full = store.claim_leg(wants, 1).await.unwrap();
    let left = store.claim_leg(wants, 2).await.unwrap();
    store.give_leg_back("one", false).await.unwrap();
    wants.since = later();
    let over = store.claim_leg(wants, 1).await.unwrap();

    assert_eq!((full, left, over), (false, true, true));
    done(scratch).await;
}

#[tokio::test]
async fn a_call_that_cannot_be_read_bears_a_leg_is_in_no_list_and_is_told_of_once() {
    let scratch = scratch().await;
    let store = scratch.store();
    let (one, other) = (call(1), call(2));
    committed(&store, change(one.clone(), 0)).await;
    committed(&store, change(other.clone(), 0)).await;
    scratch.make_unreadable(&one.sid).await.unwrap();

    let legs = store.legs_off_floor(START).await.unwrap();
    let full = store.claim_leg(wants("one", START), 2).await.unwrap();
    let everything = desk::CallFilter::from_pairs([]).query().unwrap();
    let page = store.call_page(&everything).await.unwrap();
    let mut day = Vec::new();
    let each = |call: &exchange::Call| day.push(call.sid.clone());
    store.calls_since(START, each).await.unwrap();

    assert_eq!((legs, full), (2, false));
    let rows: Vec<&str> = page.rows.iter().map(|row| row.sid.as_str()).collect();
    assert_eq!(rows, [other.sid.as_str()]);
    assert_eq!(day, [other.sid]);
    let told = store.left_out();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(one.sid.as_str()), "{told:?}");
    assert_eq!(store.left_out(), Vec::<String>::new());
    done(scratch).await;
}
