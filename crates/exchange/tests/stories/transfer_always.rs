//! What holds of a transfer in whatever order its events come, with some of them lost, late or twice.

use proptest::prelude::*;

use crate::flight::{Budget, Flight, search, walk};

/// How many states are looked at: few where nothing is said, for the search is repeated with every
/// change; `cargo xtask soak` says more.
fn most() -> usize {
    let said = std::env::var("TRANSFER_STATES").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(12_000)
}

/// Breadth first over distinct states: a live caller is never without a person, music or an
/// announcement for longer than five seconds (a sweep's time, when something is lost), no step is one
/// that the table does not know, and from every quiet state everything comes to rest where our picture
/// has it.
#[test]
fn no_order_of_events_in_a_transfer_leaves_a_caller_alone() {
    for budget in [
        Budget { faults: 0, acts: 4 },
        Budget { faults: 1, acts: 3 },
        Budget { faults: 2, acts: 3 },
    ] {
        let found = search(Flight::begins(budget), most());

        println!("{budget:?}: {found:?}");
        assert!(found.is_closed || found.states >= most());
        assert!(found.rests > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The same on random ways through, which go on for longer.
    #[test]
    fn no_random_way_through_a_transfer_leaves_a_caller_alone(
        lots in prop::collection::vec(any::<u8>(), 0..250),
    ) {
        walk(Flight::begins(Budget { faults: 2, acts: 12 }), &lots);
    }
}
