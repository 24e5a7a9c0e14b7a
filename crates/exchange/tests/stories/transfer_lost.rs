//! Stories of agents who are lost while whom they hand over to rings.

use exchange::{
    Command, Duty, LegStatus, OfferOutcome, Stage, SupportEvent, Timer, TransferKind, TransferStep,
};

use crate::transfer::{ben, hand_over, ringing, settled};

#[test]
fn an_agent_who_is_lost_while_it_rings_is_rung_first_and_the_transfer_rings_on() {
    for kind in [TransferKind::Warm, TransferKind::Consult] {
        let mut desk = ringing(ben(), kind);

        desk.leg_is(1, LegStatus::Completed);

        desk.leads_caller_on();
        assert!(matches!(desk.duty("Ana"), Duty::Lost { .. }));
        assert!(matches!(desk.duty("Ben"), Duty::Ringing { .. }));
        desk.next();
        desk.offers("Ana");
        desk.takes_off();
        desk.answers("Ana", 3);
        desk.talks("Ana");
        assert_eq!(desk.step(), Some(&TransferStep::Ringing { offer: 2 }));
        assert_eq!(desk.holds_caller(true), kind == TransferKind::Consult);
    }
}

#[test]
fn the_target_of_a_lost_agent_has_the_caller_when_they_answer_first() {
    for is_rung_again in [false, true] {
        let mut desk = ringing(ben(), TransferKind::Consult);
        desk.leg_is(1, LegStatus::Completed);
        desk.next();
        if is_rung_again {
            desk.offers("Ana");
        }

        desk.answers("Ben", 2);

        desk.talks("Ben");
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert_eq!(desk.support().transfer, None);
        if is_rung_again {
            assert_eq!(
                desk.support().offers[2].outcome,
                Some(OfferOutcome::Withdrawn)
            );
        }
    }
}

#[test]
fn an_agent_who_does_not_come_back_leaves_the_caller_to_the_target_that_rings() {
    let mut desk = ringing(ben(), TransferKind::Warm);
    desk.leg_is(1, LegStatus::Completed);
    desk.next();
    let wait = desk.support().waits;

    desk.happens(SupportEvent::Due(Timer::Recover { wait }));

    assert_eq!(desk.stage(), &Stage::Offered { offer: 2 });
    assert!(matches!(desk.duty("Ana"), Duty::NotResponding { .. }));
    desk.answers("Ben", 2);
    desk.talks("Ben");
}

#[test]
fn an_agent_who_is_lost_and_hangs_up_after_all_has_handed_over() {
    for is_rung_again in [false, true] {
        let mut desk = ringing(ben(), TransferKind::Warm);
        desk.leg_is(1, LegStatus::Completed);
        desk.next();
        if is_rung_again {
            desk.offers("Ana");
        }

        desk.commands("Ana", Command::HangUp);

        assert_eq!(desk.stage(), &Stage::Offered { offer: 2 });
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
    }
}

#[test]
fn an_agent_who_is_lost_before_it_rings_lets_it_ring() {
    let mut desk = settled();
    desk.commands("Ana", hand_over(ben(), TransferKind::Consult));

    desk.leg_is(1, LegStatus::Completed);

    assert!(desk.rings_ben());
    assert_eq!(desk.step(), Some(&TransferStep::Ringing { offer: 2 }));
}
