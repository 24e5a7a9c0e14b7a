//! Stories of transfers whose target has answered: the briefing, the call of three, and every way out.

use exchange::{
    Command, Done, Duty, Effect, Input, LegOf, LegStatus, Outcome, Refusal, RoomEvent,
    SupportEvent, Switch, Target, Timer, TransferEnd, TransferKind, TransferStep,
};

use crate::desk::{Desk, leg, user};
use crate::support_talk::said;
use crate::transfer::{ben, hand_over, ringing};

/// Ben has answered and is in the room.
pub(crate) fn answered(kind: TransferKind) -> Desk {
    let mut desk = ringing(ben(), kind);
    desk.answers("Ben", 2);
    desk.happens(said(3, RoomEvent::Joined(leg(2))));
    desk.takes_off();
    desk
}

pub(crate) const BOTH: [TransferKind; 2] = [TransferKind::Warm, TransferKind::Consult];

impl Desk {
    pub(crate) fn ends(&self, n: u32) -> bool {
        self.does(&Effect::EndLeg {
            leg: LegOf::Offer(n),
        })
    }

    pub(crate) fn raises(&self, n: u32) -> bool {
        self.does(&Effect::SetEndsRoom {
            leg: leg(n),
            on: true,
        })
    }
}

#[test]
fn a_target_joins_both_at_once_or_the_agent_first() {
    let warm = answered(TransferKind::Warm);
    assert_eq!(warm.step(), Some(&TransferStep::ThreeWay { leg: leg(2) }));
    let consult = answered(TransferKind::Consult);
    assert_eq!(consult.step().map(TransferStep::word), Some("briefing"));
    for desk in [warm, consult] {
        desk.talks("Ana");
        assert!(matches!(desk.duty("Ben"), Duty::OnCall { .. }));
        assert_eq!(desk.support().seats[1].ends_room, Switch::Off);
    }
}

#[test]
fn an_agent_who_completes_leaves_once_the_caller_is_off_hold() {
    for what in [Command::Complete, Command::HangUp] {
        let mut desk = answered(TransferKind::Consult);

        desk.commands("Ana", what.clone());

        desk.talks("Ben");
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert!(desk.holds_caller(false) && !desk.ends(1));
        assert!(desk.raises(2));
        desk.caller_hold_is(false);
        assert!(desk.ends(1));
        desk.transfer_ended(
            TransferEnd::HandedOver,
            "Ana handed the caller over to Ben.",
        );
        let twice = desk.commands("Ana", what);
        assert_eq!((twice.refusal, twice.effects), (None, vec![]));
    }
}

#[test]
fn an_agent_who_leaves_a_call_of_three_leaves_at_once() {
    let mut desk = answered(TransferKind::Warm);

    desk.commands("Ana", Command::Complete);

    assert!(desk.ends(1) && desk.raises(2));
    desk.talks("Ben");
}

#[test]
fn an_unhold_that_fails_for_good_is_tried_until_it_succeeds() {
    let mut desk = answered(TransferKind::Consult);
    desk.commands("Ana", Command::Complete);
    let sid = desk.story.call.sid.clone();
    for _ in 0..3 {
        desk.takes_off();
        desk.happens(SupportEvent::Did(Done::HoldSet {
            leg: sid.clone(),
            on: false,
            how: Err("503".into()),
        }));
        assert!(!desk.ends(1));
        desk.later(3);
        desk.rings_timers();

        assert!(desk.holds_caller(false));
    }

    desk.caller_hold_is(false);

    assert!(desk.ends(1));
    assert_eq!(desk.support().room.hold, Switch::Off);
}

#[test]
fn the_target_has_the_caller_when_the_agents_tab_dies() {
    for kind in BOTH {
        let mut desk = answered(kind);

        desk.leg_is(1, LegStatus::Completed);

        desk.talks("Ben");
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert_eq!(desk.holds_caller(false), kind == TransferKind::Consult);
        assert!(desk.raises(2));
    }
}

#[test]
fn the_agent_has_the_caller_when_the_target_goes_however_they_go() {
    let ways: [fn(&mut Desk); 3] = [
        |desk| desk.leg_is(2, LegStatus::Completed),
        |desk| {
            desk.happens(SupportEvent::AgentLeft {
                leg: leg(2),
                is_over: true,
            });
        },
        |desk| {
            desk.commands("Ben", Command::HangUp);
        },
    ];
    for kind in BOTH {
        for way in ways {
            let mut desk = answered(kind);

            way(&mut desk);

            desk.talks("Ana");
            assert!(matches!(desk.duty("Ben"), Duty::WrapUp { .. }));
            desk.transfer_ended(TransferEnd::TargetLeft, "Ben left the call.");
            assert_eq!(desk.holds_caller(false), kind == TransferKind::Consult);
            assert!(desk.raises(1));
        }
    }
}

#[test]
fn a_cancel_removes_the_target_and_takes_the_caller_off_hold() {
    for kind in BOTH {
        let mut desk = answered(kind);

        desk.commands("Ana", Command::CancelTransfer);

        desk.talks("Ana");
        assert!(desk.ends(2) && desk.raises(1));
        assert_eq!(desk.duty("Ben"), &Duty::Free);
        assert_eq!(desk.holds_caller(false), kind == TransferKind::Consult);
        desk.transfer_ended(TransferEnd::Cancelled, "Ana cancelled the transfer.");
    }
}

#[test]
fn a_caller_who_hangs_up_ends_the_call_for_both() {
    for kind in BOTH {
        let mut desk = answered(kind);

        desk.caller_goes();

        desk.ended(Outcome::Connected);
        for name in ["Ana", "Ben"] {
            assert!(matches!(desk.duty(name), Duty::WrapUp { .. }));
        }
        assert!(desk.ends(1) && desk.ends(2));
    }
}

#[test]
fn a_leg_that_could_not_be_ended_after_the_call_is_ended_later() {
    let mut desk = answered(TransferKind::Warm);
    desk.caller_goes();

    let leg = LegOf::Offer(2);
    let how = Err("503".to_owned());
    desk.happens(SupportEvent::Did(Done::LegEnded { leg, how }));
    desk.later(30);
    desk.takes_off();
    desk.happens(SupportEvent::Due(Timer::EndAgain));

    assert!(desk.ends(2));
    desk.takes_off();
    desk.happens(SupportEvent::Due(Timer::EndAgain));
    assert!(!desk.ends(2), "once for each failure");
}

#[test]
fn after_it_the_target_is_the_agent() {
    let mut desk = answered(TransferKind::Warm);
    desk.commands("Ana", Command::Complete);
    desk.flag_is(2, true);
    for what in [Command::CancelTransfer, Command::JoinAll, Command::Swap] {
        let by = user("ana");
        let refusal = desk.refused(SupportEvent::Command { by, what });
        assert!(
            matches!(refusal, Refusal::NoTransfer(_) | Refusal::NotYours(_)),
            "{refusal}"
        );
    }
    desk.takes_off();

    desk.leg_is(2, LegStatus::Completed);
    assert!(matches!(desk.duty("Ben"), Duty::Lost { .. }));
    desk.left();
    desk.offers("Ben");
    desk.answers("Ben", 3);
    desk.commands("Ben", Command::HangUp);
    desk.left();

    desk.story.is_over(Outcome::Connected);
}

#[test]
fn a_leg_that_the_moved_room_threw_out_is_led_back() {
    let mut desk = ringing(ben(), TransferKind::Warm);
    desk.commands("Ana", Command::HangUp);
    // The target answers before the caller is led out of the old room.
    desk.answers("Ben", 2);
    desk.happens(SupportEvent::Left(Input::default()));

    desk.happens(SupportEvent::AgentLeft {
        leg: leg(2),
        is_over: false,
    });

    assert_eq!(desk.joins().room, desk.room());
    desk.talks("Ben");
}

#[test]
fn a_room_that_ended_around_three_is_entered_again() {
    let mut desk = answered(TransferKind::Warm);

    desk.left();
    assert!(!desk.joins().starts);
    for n in [1, 2] {
        desk.happens(SupportEvent::AgentLeft {
            leg: leg(n),
            is_over: false,
        });
        assert!(desk.joins().starts);
    }

    desk.talks("Ana");
    assert_eq!(desk.step(), Some(&TransferStep::ThreeWay { leg: leg(2) }));
}

#[test]
fn late_words_about_a_transfer_that_is_past_change_nothing() {
    let mut desk = answered(TransferKind::Consult);
    desk.commands("Ana", Command::CancelTransfer);
    desk.caller_hold_is(false);
    let began = desk.support().past_transfers[0].began;
    let caller = desk.story.call.sid.clone();
    let events = [
        SupportEvent::Due(Timer::RingOver { offer: 2 }),
        SupportEvent::Due(Timer::SeekOver { began }),
        SupportEvent::Due(Timer::Release),
        SupportEvent::Leg {
            leg: leg(2),
            offer: 2,
            status: LegStatus::Completed,
        },
        SupportEvent::Did(Done::HoldSet {
            leg: caller.clone(),
            on: true,
            how: Ok(()),
        }),
        said(4, RoomEvent::Held(caller, true)),
        said(5, RoomEvent::Joined(leg(2))),
    ];
    for event in events {
        let before = desk.support().clone();

        let step = desk.happens(event.clone());

        assert_eq!(desk.stage(), &before.stage, "{event:?}");
        assert_eq!(desk.support().transfer, None, "{event:?}");
        assert_eq!((step.effects, step.agents), (vec![], vec![]), "{event:?}");
    }
}

#[test]
fn another_transfer_may_follow() {
    let mut desk = answered(TransferKind::Warm);
    desk.commands("Ana", Command::Complete);
    desk.agent_does(
        "Ana",
        &exchange::AgentEvent::WrappedUp {
            call: desk.story.call.sid.clone(),
        },
    );
    let ana = Target::Agent {
        user: user("ana"),
        name: "Ana".to_owned(),
    };

    desk.commands("Ben", hand_over(ana, TransferKind::Warm));

    assert!(matches!(desk.duty("Ana"), Duty::Ringing { offer: 3, .. }));
}

#[test]
fn a_transfer_is_written_and_read_back() {
    for kind in BOTH {
        let desk = answered(kind);

        let text = serde_json::to_string(&desk.story.call).unwrap();

        assert_eq!(
            serde_json::from_str::<exchange::Call>(&text).unwrap(),
            desk.story.call
        );
    }
}
