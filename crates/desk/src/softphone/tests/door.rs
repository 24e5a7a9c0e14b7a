//! The way into rooms.

use super::*;
use crate::rooms::WatchMode;

#[test]
fn a_room_is_entered_by_a_call_under_its_name_and_only_once() {
    let door = Door {
        way: Way::Room("conference/100".to_owned()),
        name: "Staff meeting".to_owned(),
    };
    let enter = |key| PhoneEvent::RoomEntered {
        key,
        door: door.clone(),
    };
    let mut desk = Story::ready();

    let orders = desk.hears(enter(4));

    let expected = Order::Enter {
        key: 4,
        door: door.clone(),
    };
    assert_eq!(orders, [expected]);
    assert_eq!(desk.call(4).other, "Staff meeting");
    assert_eq!(desk.hears(enter(5)), [], "one call at a time");
}

#[test]
fn the_way_into_a_room_is_told_to_the_server_by_parameters() {
    let watch = Way::Watch("CA1".to_owned(), WatchMode::Coach);

    assert_eq!(
        Way::Room("conference/100".to_owned()).parameters(),
        [("Room", "conference/100".to_owned())]
    );
    assert_eq!(
        watch.parameters(),
        [("Watch", "CA1".to_owned()), ("Mode", "coach".to_owned())]
    );
}

#[test]
fn whoever_leaves_a_callers_room_tells_the_server_first_for_the_caller_may_be_theirs() {
    let door = Door {
        way: Way::Watch("CA1".to_owned(), WatchMode::Listen),
        name: "Ana's call".to_owned(),
    };
    let mut desk = Story::ready();
    desk.hears(PhoneEvent::RoomEntered { key: 4, door });
    desk.hears(PhoneEvent::Call(4, CallNews::Accepted));

    let orders = desk.hears(PhoneEvent::Call(4, CallNews::HangUp));

    let meant = Meant::HangUp {
        call: "CA1".to_owned(),
    };
    assert_eq!(orders, [Order::Report(4, meant)]);
    assert_eq!(desk.call(4).of_call(), Some("CA1"));
}
