//! Offices whose numbers keep hours: who is there is called first, and an answering machine before nobody.

use exchange::{
    Caller, Civil, Day, DialReport, DialStatus, Event, ForwardRoute, Input, Place, PlanRows,
    WallClocks,
};

use crate::support::{Story, number, rows};

const CAPITAL: &str = "+12022240001";
const CHICAGO: &str = "+13125550111";
const SPRINGFIELD: &str = "+12175550111";
const NEXT: &str = "+12022240002";

/// The first office of Illinois is in the capital from nine to five, and has two more numbers at home with hours of
/// their own.
fn plan(hours: &[(&str, &str)]) -> PlanRows {
    let mut rows = rows();
    let numbers = [("phone_2", CHICAGO), ("phone_4", SPRINGFIELD)];
    let first = rows
        .offices
        .iter_mut()
        .find(|office| office.phone == number(CAPITAL))
        .expect("the first office of Illinois");
    for (key, value) in numbers.iter().chain(hours) {
        first.details.insert((*key).to_owned(), (*value).to_owned());
    }
    rows
}

/// A Monday, at so many minutes in the capital, where it is an hour later.
fn at(minute: u16) -> WallClocks {
    let civil = |minute| Civil {
        weekday: 0,
        minute,
        day: Day::parse("2026-11-23").expect("a day"),
    };
    [
        ("America/New_York".to_owned(), civil(minute)),
        ("America/Chicago".to_owned(), civil(minute - 60)),
    ]
    .into()
}

/// Whom Ida is connected to in Illinois when nobody answers.
fn dialled(rows: PlanRows, clocks: &[WallClocks]) -> Vec<String> {
    let caller = Caller::Number(number("+13125550123"));
    let mut ida = Story::with(rows, "senators", caller, Place::default());
    let input = |dial, step: usize| Input {
        dial,
        clocks: clocks[step.min(clocks.len() - 1)].clone(),
        ..Input::default()
    };
    let mut dialled = Vec::new();
    ida.happens(Event::Forward(
        ForwardRoute::CallSenators("IL".into()),
        input(None, 0),
    ));
    while let Some(dial) = ida.dialled() {
        dialled.push(dial.to.to_string());
        let busy = DialReport {
            status: DialStatus::Busy,
            bridged: Some(false),
            seconds: None,
        };
        ida.goes(dial.then, input(Some(busy), dialled.len()));
    }
    dialled
}

const HOURS: &[(&str, &str)] = &[
    ("hours", "Mon-Fri 09:00-17:00"),
    ("time_zone", "America/New_York"),
    ("hours_4", "Mon-Fri 09:00-18:00"),
    ("time_zone_4", "America/Chicago"),
];

#[test]
fn a_number_that_is_known_to_be_closed_is_called_after_those_that_are_not() {
    let noon = dialled(plan(HOURS), &[at(12 * 60)]);
    let evening = dialled(plan(HOURS), &[at(17 * 60 + 30)]);
    let night = dialled(plan(HOURS), &[at(23 * 60)]);

    assert_eq!(noon, [CAPITAL, CHICAGO, SPRINGFIELD, NEXT]);
    // The second number keeps the office's hours, the fourth its own.
    assert_eq!(evening, [SPRINGFIELD, CAPITAL, CHICAGO, NEXT]);
    assert_eq!(night, [CAPITAL, CHICAGO, SPRINGFIELD, NEXT]);
}

#[test]
fn where_nobody_knows_the_hours_the_order_is_the_given_one() {
    for hours in [
        &[("hours", "9 to 5"), ("time_zone", "America/New_York")][..],
        &[("hours", "Mon 09:00-17:00")],
        &[("hours", "Mon 09:00-10:00"), ("time_zone", "Mars/Olympus")],
    ] {
        let order = dialled(plan(hours), &[at(20 * 60)]);

        assert_eq!(order, [CAPITAL, CHICAGO, SPRINGFIELD, NEXT], "{hours:?}");
    }
}

#[test]
fn nobody_is_called_twice_or_left_out_when_an_office_closes_between_two_calls() {
    let closing = dialled(plan(HOURS), &[at(16 * 60 + 59), at(17 * 60)]);
    let opening = dialled(plan(HOURS), &[at(8 * 60 + 59), at(9 * 60)]);

    // The step names the second number, and a promise is kept.
    assert_eq!(closing, [CAPITAL, CHICAGO, SPRINGFIELD, NEXT]);
    assert_eq!(opening, [CAPITAL, CHICAGO, SPRINGFIELD, NEXT]);
}

#[test]
fn the_plan_names_the_zones_that_decide() {
    let zones = |rows: PlanRows| -> Vec<String> {
        let plan = exchange::Plan::new(rows).unwrap();
        plan.zones().map(str::to_owned).collect()
    };
    let before = zones(rows()).len();
    let mut alone = rows();
    let hours = HOURS
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    alone.offices[0].details.extend(hours);

    assert_eq!(zones(alone).len(), before, "one number has no order");
    assert_eq!(
        zones(plan(HOURS))[before..],
        ["America/Chicago", "America/New_York"]
    );
}
