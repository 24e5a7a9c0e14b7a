//! Stories of calls whose last callback never came.

use crate::support::Story;
use exchange::{Effect, Event, Outcome, Reported};

const QUARTER_HOUR: i64 = 15 * 60;

#[test]
fn the_carrier_is_asked_a_quarter_of_an_hour_after_a_call_came_in() {
    let mut ida = Story::from_state("IL");

    let step = ida.arrives();

    assert_eq!(
        step.effects,
        [Effect::AskCarrier {
            due: ida.now.plus_seconds(QUARTER_HOUR)
        }]
    );
    assert_eq!(ida.presses("2").effects, []);
}

#[test]
fn a_call_the_carrier_says_is_over_is_over() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    ida.happens(Event::Asked(Ok(Reported::Completed)));

    assert_eq!(ida.call.ended.unwrap().how, Outcome::HungUp);
}

#[test]
fn a_call_under_way_is_asked_about_again_until_it_cannot_be_true() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.now = ida.now.plus_seconds(QUARTER_HOUR);

    let step = ida.happens(Event::Asked(Ok(Reported::Live)));
    assert_eq!(
        step.effects,
        [Effect::AskCarrier {
            due: ida.now.plus_seconds(QUARTER_HOUR)
        }]
    );
    ida.now = ida.now.plus_seconds(5 * 3600);
    let step = ida.happens(Event::Asked(Ok(Reported::Live)));

    assert_eq!(step.effects, []);
    assert_eq!(ida.call.ended.unwrap().how, Outcome::Unknown);
}

#[test]
fn a_carrier_that_cannot_be_asked_is_asked_again_and_in_the_end_given_up() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    let step = ida.happens(Event::Asked(Err("no account is connected".into())));
    assert_eq!(step.effects.len(), 1);
    ida.now = ida.now.plus_seconds(5 * 3600);
    ida.happens(Event::Asked(Err("no account is connected".into())));

    assert_eq!(ida.call.ended.unwrap().how, Outcome::Unknown);
}

#[test]
fn asking_about_a_call_that_has_ended_changes_nothing() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.happens(Event::Reported(Reported::Completed));
    let before = ida.call.clone();

    let step = ida.happens(Event::Asked(Ok(Reported::Live)));

    assert_eq!(
        (step.call, step.effects, step.lines),
        (before, vec![], vec![])
    );
}

#[test]
fn the_carriers_word_moves_the_end_and_not_the_outcome() {
    let mut ida = Story::from_nowhere();
    ida.arrives();
    ida.presses("96910");
    ida.now = ida.now.plus_seconds(9);

    ida.happens(Event::Reported(Reported::Completed));

    let ended = ida.call.ended.unwrap();
    assert_eq!((ended.at, ended.how), (ida.now, Outcome::NoOffice));
}

#[test]
fn the_end_is_corrected_once() {
    let mut ida = Story::from_nowhere();
    ida.arrives();
    ida.presses("96910");
    ida.now = ida.now.plus_seconds(9);
    ida.happens(Event::Reported(Reported::Completed));
    let told = ida.now;

    ida.now = ida.now.plus_seconds(60);
    ida.happens(Event::Reported(Reported::Completed));

    assert_eq!(ida.call.ended.unwrap().at, told);
}
