//! Stories of lines that are closed: what callers are told, and who goes on all the same.

use std::collections::BTreeMap;

use exchange::{
    Call, CallSid, Caller, Civil, ConferenceRoom, Day, Event, Hours, Input, Line, MenuRoute,
    Outcome, Place, Plan, PlanRows, RoomId, Route, Span,
};

use crate::desk::leg;
use crate::hall::{Hall, plan_of, sam};
use crate::model::Lots;
use crate::support::{Story, input, number, rows};

/// Weekdays from nine to five in Chicago, but not on Thanksgiving.
fn office_hours() -> Hours {
    let day = || {
        vec![Span {
            from_minute: 540,
            to_minute: 1_020,
        }]
    };
    let thanksgiving = Day::parse("2026-11-26").expect("a day");
    Hours {
        zone: "America/Chicago".to_owned(),
        week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
        closed_on: [(thanksgiving, "Thanksgiving".to_owned())].into(),
    }
}

fn keeping(line: &str) -> PlanRows {
    let mut rows = rows();
    let mut lines = rows.lines.iter_mut();
    let line = lines.find(|one| one.id.as_str() == line);
    line.expect("a line of the story").hours = Some(office_hours());
    rows
}

fn at(weekday: u8, minute: u16, day: &str, input: Input) -> Input {
    let civil = Civil {
        weekday,
        minute,
        day: Day::parse(day).expect("a day"),
    };
    Input {
        clocks: BTreeMap::from([("America/Chicago".to_owned(), civil)]),
        ..input
    }
}

fn night(input: Input) -> Input {
    at(0, 1_200, "2026-11-23", input)
}

fn ida(line: &str) -> Story {
    let caller = Caller::Number(number("+13125550123"));
    Story::with(keeping(line), line, caller, Place::default())
}

#[test]
fn a_closed_line_says_when_it_opens() {
    let cases = [
        (0, 480, "2026-11-23", "line_opens_today[time=9 AM]"),
        (0, 1_020, "2026-11-23", "line_opens_tomorrow[time=9 AM]"),
        (5, 600, "2026-11-28", "line_opens_on[day=Monday time=9 AM]"),
        (3, 600, "2026-11-26", "line_opens_tomorrow[time=9 AM]"),
    ];
    for line in ["senators", "planets"] {
        for (weekday, minute, day, opens) in cases {
            let mut ida = ida(line);

            ida.happens(Event::Arrived(at(weekday, minute, day, Input::default())));

            ida.hears(&format!("line_closed[] {opens} call_again[]"));
            ida.is_over(Outcome::Closed);
        }
    }
}

#[test]
fn an_open_line_is_as_ever() {
    let mut ida = ida("planets");

    ida.happens(Event::Arrived(at(0, 600, "2026-11-23", Input::default())));

    ida.hears("Root menu.");
}

#[test]
fn where_nobody_knows_what_the_clock_shows_the_line_is_open() {
    let mut ida = ida("planets");

    ida.arrives();

    ida.hears("Root menu.");
}

#[test]
fn whoever_is_led_through_a_line_goes_on_when_it_closes() {
    let mut ida = ida("planets");
    ida.happens(Event::Arrived(at(0, 1_019, "2026-11-23", Input::default())));

    ida.happens(Event::Menu(MenuRoute::Menu, night(input("2"))));

    ida.hears("The planets.");
}

#[test]
fn a_menu_leads_to_a_line_that_is_closed() {
    let caller = Caller::Number(number("+13125550123"));
    let mut ida = Story::with(keeping("senators"), "planets", caller, Place::default());
    ida.arrives();
    ida.happens(Event::Menu(MenuRoute::Menu, night(input("5"))));

    ida.goes(Route::Line(ida.call.line.clone()), night(Input::default()));

    ida.hears("line_closed[] line_opens_tomorrow[time=9 AM] call_again[]");
    ida.is_over(Outcome::Closed);
}

/// A conference line that keeps office hours.
fn closing_hall() -> Hall {
    let id = RoomId::parse("board.main").expect("a room of the story");
    let mut lines: Vec<Line> = plan_of(vec![ConferenceRoom::of(id.room.clone(), "Board")])
        .lines()
        .cloned()
        .collect();
    for line in &mut lines {
        line.hours = Some(office_hours());
    }
    let plan = Plan::new(PlanRows { lines, ..rows() }).expect("a plan of the story");
    Hall::of(plan, id, Lots::of(Vec::new()))
}

fn calls(hall: &mut Hall, n: u32, input: Input) -> CallSid {
    let line = hall.plan.line(&hall.id.line).expect("the line").clone();
    let caller = Caller::Number(number("+13125550123"));
    let dialled = line.number.clone();
    let call = Call::new(leg(n), &line, caller, dialled, Place::default(), hall.now);
    hall.comes(&call, input)
}

#[test]
fn a_closed_conference_lets_no_caller_in_and_keeps_those_who_are_there() {
    let mut hall = closing_hall();
    let early = calls(&mut hall, 1, at(0, 1_019, "2026-11-23", Input::default()));

    let late = calls(&mut hall, 2, night(Input::default()));

    hall.heard(
        &late,
        "line_closed[] line_opens_tomorrow[time=9 AM] call_again[]",
    );
    hall.ended(&late, Outcome::Closed);
    assert!(hall.is_in(&early), "{}", hall.tale());
}

#[test]
fn moderators_of_ours_come_in_at_any_time() {
    let mut hall = closing_hall();
    let call = Call::at_browser(leg(1), &sam(), &hall.id, &hall.plan, hall.now);

    let sam = hall.comes(&call.expect("there is the room"), night(Input::default()));

    assert!(hall.is_in(&sam), "{}", hall.tale());
}
