//! Stories of those of ours who are in a conference by their browser, and are not rung meanwhile.

use crate::hall::{Hall, IDA, MODERATOR};

#[test]
fn whoever_moderates_by_their_browser_is_not_rung_until_their_leg_is_out() {
    let mut hall = Hall::open();
    hall.calls(1, IDA);

    let sue = hall.browser(2, "Sue");

    assert_eq!(hall.trouble("sue"), Some("in a conference"));
    hall.hangs_up(&sue);
    assert_eq!((hall.trouble("sue"), hall.agents.len()), (None, 1));
}

#[test]
fn whose_end_nobody_tells_of_is_rung_again_after_the_sweep() {
    let mut hall = Hall::open();
    hall.calls(1, IDA);
    hall.calls(2, MODERATOR);
    let sue = hall.browser(3, "Sue");

    hall.leaves_unheard(&sue);
    assert_eq!(hall.trouble("sue"), Some("in a conference"));
    hall.later(16);

    assert_eq!((hall.trouble("sue"), hall.agents.len()), (None, 1));
}

#[test]
fn whoever_finds_the_room_full_stays_as_they_were() {
    let mut hall = Hall::with(|room| room.limit = 2);
    hall.browser(1, "Ana");
    hall.browser(2, "Ben");

    hall.browser(3, "Sue");

    let troubles = ["ana", "ben", "sue"].map(|name| hall.trouble(name));
    assert_eq!(
        troubles,
        [Some("in a conference"), Some("in a conference"), None]
    );
}
