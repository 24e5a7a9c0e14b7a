//! What holds of a support call whatever happens around it, in whatever order.

use proptest::prelude::*;

use crate::model::{Lots, World};

fn plays(schedule: Vec<u8>, may_trouble: bool) {
    let mut world = World::new(Lots::of(schedule), may_trouble);
    while world.goes_on() {
        world.rings_one_at_a_time();
    }
    world.settles();
    world.is_right();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Late and doubled callbacks, agents who come and go: a live caller is never alone in silence for
    /// more than five seconds, and in the end everybody is where our picture has them.
    #[test]
    fn no_order_of_events_leaves_a_caller_alone(schedule in prop::collection::vec(any::<u8>(), 0..400)) {
        plays(schedule, false);
    }

    /// The same when callbacks are lost and REST fails: the sweep finds it.
    #[test]
    fn nothing_that_is_lost_leaves_a_caller_alone(schedule in prop::collection::vec(any::<u8>(), 0..400)) {
        plays(schedule, true);
    }
}
