//! What holds of a room whatever happens in it, in whatever order.

use proptest::prelude::*;

use crate::hall::Hall;

fn plays(schedule: Vec<u8>, may_trouble: bool) {
    let mut hall = Hall::drawn(schedule, may_trouble);
    while hall.goes_on() {}
    hall.rests();
    hall.is_right();
    hall.everybody_goes();
    hall.is_over();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Late, doubled and reordered callbacks: nobody is ever in silence for more than five seconds, the
    /// limit holds, and in the end the list is the carrier's.
    #[test]
    fn no_order_of_events_leaves_anybody_in_silence(schedule in prop::collection::vec(any::<u8>(), 0..500)) {
        plays(schedule, false);
    }

    /// The same when callbacks are lost and REST fails: the sweep finds it.
    #[test]
    fn nothing_that_is_lost_leaves_anybody_in_silence(schedule in prop::collection::vec(any::<u8>(), 0..500)) {
        plays(schedule, true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// More than a thousand joins, leaves and acts, one after the other in the same room.
    #[test]
    fn a_thousand_things_that_happen_leave_the_list_right(schedule in prop::collection::vec(any::<u8>(), 12_000..13_000)) {
        plays(schedule, true);
    }
}
