//! Stories of offers whose call waits to be placed: the account bears so many new calls in a second.

use exchange::{Duty, Effect, LegStatus, OfferOutcome, Stage, SupportEvent, Timer, WhyNot};

use crate::desk::{Desk, leg, user};

#[test]
fn an_agent_at_whom_nothing_was_placed_has_missed_nothing() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.later(20);

    desk.rings_timers();

    assert_eq!(desk.duty("Ana"), &Duty::Free);
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
    desk.told("Ana could not be rung: the call was not placed in time.");
    assert!(matches!(
        desk.support().offers[0].outcome,
        Some(OfferOutcome::NotMade(_))
    ));
    desk.later(5);
    assert_eq!(desk.offers("Ana").refusal, None);
}

#[test]
fn an_offer_rings_for_its_time_from_when_it_was_placed() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.later(15);
    desk.placed(1);
    let due = desk.story.now.plus_seconds(20);
    assert!(desk.does(&Effect::Tick {
        timer: Timer::RingOver { offer: 1 },
        due
    }));

    desk.later(19);
    desk.rings_timers();
    assert!(matches!(desk.stage(), Stage::Offered { offer: 1 }));
    desk.later(1);
    desk.rings_timers();

    desk.told("Ana did not answer.");
    let missed = Duty::NotResponding {
        since: desk.story.now,
        why: WhyNot::Missed,
    };
    assert_eq!(desk.duty("Ana"), &missed);
}

#[test]
fn a_short_ringing_gives_the_call_as_long_to_be_placed() {
    let mut desk = Desk::with(|line| line.ring_seconds = 5);
    desk.offers("Ana");
    desk.later(12);
    desk.rings_timers();
    assert!(matches!(desk.stage(), Stage::Offered { offer: 1 }));

    desk.placed(1);
    desk.later(5);
    desk.rings_timers();

    desk.told("Ana did not answer.");
}

#[test]
fn whether_there_was_a_browser_is_told_from_when_the_call_was_placed() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.later(12);
    desk.placed(1);
    desk.later(1);

    desk.happens(SupportEvent::Leg {
        leg: leg(1),
        offer: 1,
        status: LegStatus::NoAnswer,
    });

    let unreachable = Duty::NotResponding {
        since: desk.story.now,
        why: WhyNot::Unreachable,
    };
    assert_eq!(desk.agents[&user("ana")].duty, unreachable);
}
