//! Stories of a telephone that answers for a caller who is with nobody.

use exchange::{
    Act, Digits, LegStatus, Priority, Route, Stage, SupportEvent, SupportRoute, Target, Timer,
    TransferEnd, TransferKind,
};

use crate::desk::{Desk, leg};
use crate::support::number;
use crate::transfer::ringing;

/// Ana has left, and the telephone has answered.
fn answered() -> Desk {
    let target = Target::Number {
        number: number("+12025550177"),
    };
    let mut desk = ringing(target, TransferKind::Cold);
    desk.next();
    desk.later(10);
    desk.answers("Ana", 2);
    desk
}

impl Desk {
    pub(crate) fn presses(&mut self, keys: &str) {
        self.happens(SupportEvent::Screened {
            leg: leg(2),
            keys: Digits::parse(Some(keys)),
        });
    }

    /// Whoever answered is asked to press a key, and the caller hears music.
    #[track_caller]
    fn asks_for_a_key(&self) {
        self.story.hears("take_caller[]");
        let then = Route::Support(self.story.call.sid.clone(), SupportRoute::Screened);
        let is_asked = matches!(self.story.answer.last(), Some(Act::Ask(ask)) if ask.then == then);
        assert!(is_asked, "{:?}", self.story.answer);
        assert!(matches!(self.stage(), Stage::Offered { offer: 2 }));
    }
}

#[test]
fn whoever_presses_a_key_has_the_caller() {
    for keys in ["1", "5", "#"] {
        let mut desk = answered();
        desk.asks_for_a_key();

        desk.presses(keys);

        assert!(desk.joins().starts);
        assert!(matches!(desk.stage(), Stage::Outside { .. }), "{keys}");
    }
}

#[test]
fn a_machine_does_not_have_the_caller_who_goes_back_to_the_front_of_the_queue() {
    let mut desk = answered();

    desk.presses("");
    desk.asks_for_a_key();
    desk.presses("");

    desk.transfer_ended(
        TransferEnd::NotReached,
        "+1 (202) 555-0177 answered, and did not take the caller.",
    );
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
    assert_eq!(desk.support().priority, Priority::Front);
    desk.presses("1");
    desk.story.hears("agent_too_late[]");
}

#[test]
fn a_telephone_that_hangs_up_instead_of_pressing_has_not_taken_the_caller() {
    let mut desk = answered();

    desk.leg_is(2, LegStatus::Completed);

    desk.transfer_ended(
        TransferEnd::NotReached,
        "+1 (202) 555-0177 answered, and did not take the caller.",
    );
}

#[test]
fn the_ringing_is_not_over_while_somebody_is_asked_and_is_when_they_never_answer() {
    let mut desk = answered();

    desk.later(16);
    desk.happens(SupportEvent::Due(Timer::RingOver { offer: 2 }));
    assert!(matches!(desk.stage(), Stage::Offered { .. }));
    desk.later(31);
    desk.happens(SupportEvent::Due(Timer::RingOver { offer: 2 }));

    assert!(matches!(desk.stage(), Stage::Waiting(_)));
}

#[test]
fn a_telephone_that_answers_to_an_agent_is_asked_nothing() {
    for kind in [TransferKind::Warm, TransferKind::Consult] {
        let target = Target::Number {
            number: number("+12025550177"),
        };
        let mut desk = ringing(target, kind);

        desk.answers("Ana", 2);

        assert!(desk.joins().starts);
    }
}
