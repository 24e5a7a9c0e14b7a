//! Stories of callers who are handed over to a telephone outside.

use exchange::{
    Command, Duty, Effect, LegStatus, Outcome, RoomEvent, Stage, SupportEvent, Target, TransferEnd,
    TransferKind, WatchMode,
};

use crate::desk::{Desk, leg, user};
use crate::support::number;
use crate::support_talk::said;
use crate::transfer::ringing;
use crate::transfer_talk::BOTH;

fn telephone(kind: TransferKind) -> Desk {
    let target = Target::Number {
        number: number("+12025550177"),
    };
    ringing(target, kind)
}

#[test]
fn a_telephone_is_rung_joins_and_keeps_the_caller() {
    for kind in BOTH {
        let mut desk = telephone(kind);
        assert!(desk.does(&Effect::RingNumber {
            offer: 2,
            number: number("+12025550177"),
            ring_seconds: 25
        }));
        desk.answers("Ana", 2);
        assert_eq!((desk.joins().starts, desk.joins().ends), (true, false));
        desk.happens(said(3, RoomEvent::Joined(leg(2))));
        desk.talks("Ana");

        desk.commands("Ana", Command::Complete);
        desk.caller_hold_is(false);

        assert!(matches!(desk.stage(), Stage::Outside { .. }));
        assert!(desk.ends(1) && desk.raises(2));
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        desk.flag_is(2, true);
        desk.leg_is(2, LegStatus::Completed);
        desk.left();
        desk.story.hears("goodbye[]");
        desk.story.is_over(Outcome::Connected);
    }
}

#[test]
fn an_agent_who_handed_over_to_a_telephone_is_out_of_the_call() {
    for what in [Command::Complete, Command::HangUp] {
        let mut desk = telephone(TransferKind::Consult);
        desk.answers("Ana", 2);
        desk.happens(said(3, RoomEvent::Joined(leg(2))));
        desk.commands("Ana", Command::AskHelp { on: true });

        desk.commands("Ana", what.clone());
        let twice = desk.commands("Ana", what);

        assert_eq!((twice.refusal, twice.effects), (None, vec![]));
        assert_eq!(desk.support().help, None);
        let hang_up = desk.commands("Ana", Command::HangUp);
        assert_eq!((hang_up.refusal, hang_up.effects), (None, vec![]));
        desk.happens(SupportEvent::WatcherJoins {
            user: user("ana"),
            name: "Ana".to_owned(),
            leg: leg(9),
            mode: WatchMode::Listen,
        });
        assert!(desk.support().watcher(&user("ana")).is_some());
    }
}

#[test]
fn a_telephone_that_is_busy_leaves_the_caller_with_the_agent() {
    let mut desk = telephone(TransferKind::Consult);

    desk.leg_is(2, LegStatus::Busy);

    desk.talks("Ana");
    desk.transfer_ended(TransferEnd::NotReached, "+1 (202) 555-0177 is busy.");
    assert!(desk.holds_caller(false));
}

#[test]
fn a_telephone_left_with_the_caller_ends_kindly_whatever_word_comes_first() {
    let words: [fn(&mut Desk); 3] = [
        |desk| desk.leg_is(2, LegStatus::Completed),
        |desk| {
            desk.left();
        },
        |desk| {
            desk.happens(SupportEvent::AgentLeft {
                leg: leg(2),
                is_over: true,
            });
        },
    ];
    for first in words {
        let mut desk = telephone(TransferKind::Cold);
        desk.next();
        desk.later(10);
        desk.answers("Ana", 2);
        desk.presses("1");
        assert!(matches!(desk.stage(), Stage::Outside { .. }));
        desk.later(60);

        first(&mut desk);
        desk.left();

        desk.ended(Outcome::Connected);
    }
}
