//! What holds of a transfer in whatever order its events come, with some of them lost, late or twice.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::flight::{Budget, Flight, search, walk};

/// How many states are looked at from each beginning: few where nothing is said, for the search is
/// repeated with every change; `cargo xtask soak` says more.
#[expect(
    clippy::disallowed_methods,
    reason = "a size for a chore, and no setting of the server"
)]
fn most() -> usize {
    let said = std::env::var("TRANSFER_STATES").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(700)
}

/// Breadth first over distinct states: a live caller is never without a person, music or an
/// announcement for longer than five seconds (a sweep's time, when something is lost), no step is one
/// that the table does not know, every button does what it says, and from every quiet state everything
/// comes to rest where our picture has it.
#[test]
fn no_order_of_events_in_a_transfer_leaves_a_caller_alone() {
    let budgets = [Budget { faults: 0, acts: 2 }, Budget { faults: 2, acts: 2 }];
    let (mut all, mut ends) = (0, BTreeSet::new());
    for budget in budgets {
        for (n, begins) in Flight::beginnings(budget).into_iter().enumerate() {
            let found = search(begins, most());

            println!("beginning {n}, {budget:?}: {found:?}");
            assert!(found.rests > 0);
            all += found.states;
            ends.extend(found.ends);
        }
    }
    println!("{all} states");
    for end in [
        "HandedOver",
        "NotReached",
        "Cancelled",
        "TargetLeft",
        "CallerLeft",
    ] {
        assert!(ends.contains(end), "{end} is not among {ends:?}");
    }
}

/// Where nobody acts and nothing goes wrong there is an end to what can be looked at.
#[test]
fn a_transfer_in_which_nobody_acts_is_searched_through() {
    let budget = Budget { faults: 0, acts: 0 };
    for (n, begins) in Flight::beginnings(budget).into_iter().enumerate() {
        let found = search(begins, 3_000);

        println!("beginning {n}: {found:?}");
        assert!(found.is_closed, "beginning {n}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// The same on random ways through, which go on for longer.
    #[test]
    fn no_random_way_through_a_transfer_leaves_a_caller_alone(
        lots in prop::collection::vec(any::<u8>(), 0..250),
        beginning in any::<prop::sample::Index>(),
    ) {
        let mut beginnings = Flight::beginnings(Budget { faults: 2, acts: 10 });
        let begins = beginnings.swap_remove(beginning.index(beginnings.len()));
        walk(begins, &lots);
    }
}
