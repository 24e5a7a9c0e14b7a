//! Offices with several numbers: tried in their order until somebody talks.

use exchange::{
    Caller, DialReport, DialStatus, Event, ForwardRoute, Input, Outcome, Place, Route, VisitOutcome,
};

use crate::support::{Story, number, rows};

/// Ida calls from Illinois, and its first office has three numbers.
fn ida() -> Story {
    let mut rows = rows();
    let first = rows
        .offices
        .iter_mut()
        .find(|office| office.phone == number("+12022240001"))
        .expect("the first office of Illinois");
    for (key, phone) in [("phone_2", "+13125550111"), ("phone_4", "+12175550111")] {
        first.details.insert(key.to_owned(), phone.to_owned());
    }
    let place = Place {
        state: Some("IL".into()),
        country: Some("US".into()),
        ..Place::default()
    };
    let mut ida = Story::with(
        rows,
        "senators",
        Caller::Number(number("+13125550123")),
        place,
    );
    ida.arrives();
    ida.presses("1");
    ida
}

#[test]
fn the_next_number_is_tried_when_one_is_not_reached_and_then_the_next_office() {
    let mut ida = ida();
    let mut dialled = Vec::new();

    while let Some(dial) = ida.dialled() {
        dialled.push(dial.to.to_string());
        ida.dial_ends(DialStatus::Busy, false, 0);
    }

    assert_eq!(
        dialled,
        [
            "+12022240001",
            "+13125550111",
            "+12175550111",
            "+12022240002"
        ]
    );
    ida.is_over(Outcome::NotReached);
}

#[test]
fn an_office_that_was_talked_with_is_called_at_no_other_number() {
    let mut ida = ida();
    ida.dial_ends(DialStatus::NoAnswer, false, 0);
    assert_eq!(ida.dialled().unwrap().to, number("+13125550111"));

    ida.dial_ends(DialStatus::Completed, true, 30);

    assert_eq!(ida.dialled().unwrap().to, number("+12022240002"));
    let outcomes: Vec<_> = ida
        .call
        .visits
        .iter()
        .map(|visit| visit.outcome.clone())
        .collect();
    assert_eq!(
        outcomes,
        [
            Some(VisitOutcome::NoAnswer),
            Some(VisitOutcome::Talked(30)),
            None
        ]
    );
}

#[test]
fn a_repeated_request_dials_the_number_that_is_under_way_once_more_and_no_other() {
    let mut ida = ida();
    let Route::Forward(then) = ida.dialled().unwrap().then else {
        panic!("an office leads on within the line");
    };
    let request = || {
        let dial = DialReport {
            status: DialStatus::Busy,
            bridged: Some(false),
            seconds: None,
        };
        let input = Input {
            dial: Some(dial),
            ..Input::default()
        };
        Event::Forward(then.clone(), input)
    };

    ida.happens(request());
    ida.happens(request());

    assert_eq!(ida.dialled().unwrap().to, number("+13125550111"));
    assert_eq!(ida.call.visits.len(), 2);
    assert_eq!(ida.call.visits[0].outcome, Some(VisitOutcome::Busy));
}

#[test]
fn a_number_that_may_not_be_dialled_is_passed_over() {
    let mut rows = rows();
    let first = rows
        .offices
        .iter_mut()
        .find(|office| office.phone == number("+12022240001"));
    let first = first.expect("the first office of Illinois");
    first
        .details
        .insert("phone_2".to_owned(), "+19005550123".to_owned());
    first
        .details
        .insert("phone_3".to_owned(), "+13125550111".to_owned());
    let caller = Caller::Number(number("+13125550123"));
    let mut ida = Story::with(rows, "senators", caller, Place::default());
    ida.happens(Event::Forward(
        ForwardRoute::CallSenators("IL".into()),
        Input::default(),
    ));

    ida.dial_ends(DialStatus::Busy, false, 0);

    ida.hears("office_not_allowed");
    assert_eq!(ida.dialled().unwrap().to, number("+13125550111"));
}
