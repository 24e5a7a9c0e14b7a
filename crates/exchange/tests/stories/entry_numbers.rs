//! Entries of a phone tree's list with several numbers: tried like an office's, anew with each choice.

use exchange::{
    Caller, DialReport, DialStatus, Event, Input, MenuRoute, Outcome, Place, Route, VisitOutcome,
};

use crate::support::{Story, menu, number, rows};

/// Elliott is about to hear the list of planets, and its second entry has three numbers, of which one may not be called.
fn elliott() -> (Story, String) {
    let mut rows = rows();
    let entry = rows
        .offices
        .iter_mut()
        .find(|office| office.directory.as_str() == "planets" && office.position == 2)
        .expect("the second planet");
    let first = entry.phone.to_string();
    for (key, phone) in [("phone_2", "+19005550123"), ("phone_3", "+13125550111")] {
        entry.details.insert(key.to_owned(), phone.to_owned());
    }
    let caller = Caller::Number(number("+13125550123"));
    (
        Story::with(rows, "planets", caller, Place::default()),
        first,
    )
}

fn dialled(story: &Story) -> String {
    story.dialled().expect("somebody is dialled").to.to_string()
}

#[test]
fn the_next_number_of_an_entry_is_tried_and_then_the_list_is_read_out_again() {
    let (mut elliott, first) = elliott();

    elliott.happens(menu(MenuRoute::Planets, "2"));
    assert_eq!(dialled(&elliott), first);
    elliott.dial_ends(DialStatus::NoAnswer, false, 0);
    elliott.hears("office_not_allowed");
    assert_eq!(dialled(&elliott), "+13125550111");
    elliott.dial_ends(DialStatus::Busy, false, 0);

    assert_eq!(elliott.dialled(), None);
    elliott.hears("list_entry[key=2");
    // Who chooses it again wants it tried again.
    elliott.presses("2");
    assert_eq!(dialled(&elliott), first);
}

#[test]
fn an_entry_that_was_talked_with_is_called_at_no_other_number() {
    let (mut elliott, _) = elliott();
    elliott.happens(menu(MenuRoute::Planets, "2"));

    elliott.dial_ends(DialStatus::Completed, true, 42);

    elliott.is_over(Outcome::Connected);
    assert_eq!(elliott.call.visits.len(), 1);
}

#[test]
fn a_repeated_request_dials_the_number_of_an_entry_that_is_under_way_and_no_other() {
    let (mut elliott, first) = elliott();
    elliott.happens(menu(MenuRoute::Planets, "2"));
    elliott.happens(menu(MenuRoute::Planets, "2"));
    assert_eq!((dialled(&elliott), elliott.call.visits.len()), (first, 1));
    let Route::Menu(then) = elliott.dialled().unwrap().then else {
        panic!("an entry leads on within the tree");
    };
    let busy = || {
        let dial = DialReport {
            status: DialStatus::Busy,
            bridged: Some(false),
            seconds: None,
        };
        let input = Input {
            dial: Some(dial),
            ..Input::default()
        };
        Event::Menu(then.clone(), input)
    };

    elliott.happens(busy());
    let once = elliott.call.visits.len();
    elliott.happens(busy());

    assert_eq!(dialled(&elliott), "+13125550111");
    assert_eq!(elliott.call.visits.len(), once);
    assert_eq!(elliott.call.visits[0].outcome, Some(VisitOutcome::Busy));
}

#[test]
fn a_step_that_names_no_entry_leads_back_to_the_list() {
    let (mut elliott, _) = elliott();
    elliott.happens(menu(MenuRoute::Planets, ""));

    elliott.happens(menu(MenuRoute::Entry("nowhere.2".into()), ""));

    elliott.hears("list_entry[key=2");
}
