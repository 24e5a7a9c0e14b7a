//! Stories of transfers: how one begins, rings, and ends before anybody has answered.

use exchange::{
    Command, Done, Duty, Effect, LegOf, LegStatus, OfferOutcome, Outcome, Priority, Purpose,
    RoomEvent, Stage, SupportEvent, Target, TransferEnd, TransferKind, TransferStep, Waiting,
    WhyNot,
};

use crate::desk::{Desk, leg, user};
use crate::support::number;
use crate::support_talk::said;

pub(crate) fn ben() -> Target {
    Target::Agent {
        user: user("ben"),
        name: "Ben".to_owned(),
    }
}

pub(crate) fn hand_over(target: Target, kind: TransferKind) -> Command {
    Command::HandOver {
        target,
        kind,
        note: "  Wants a refund.  ".to_owned(),
    }
}

/// Ana talks, is in the room, and her leaving ends it.
pub(crate) fn settled() -> Desk {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    desk.flag_is(1, true);
    desk.later(60);
    desk.takes_off();
    desk
}

/// The room is ready, and the target rings as offer 2.
pub(crate) fn ringing(target: Target, kind: TransferKind) -> Desk {
    let mut desk = settled();
    desk.commands("Ana", hand_over(target, kind));
    desk.flag_is(1, false);
    if kind == TransferKind::Consult {
        desk.caller_hold_is(true);
    }
    desk
}

impl Desk {
    /// The carrier has set whether a leg's leaving ends the room.
    pub(crate) fn flag_is(&mut self, n: u32, on: bool) {
        self.happens(SupportEvent::Did(Done::EndsRoomSet {
            leg: leg(n),
            on,
            how: Ok(()),
        }));
    }

    pub(crate) fn caller_hold_is(&mut self, on: bool) {
        let (leg, how) = (self.story.call.sid.clone(), Ok(()));
        self.happens(SupportEvent::Did(Done::HoldSet { leg, on, how }));
    }

    pub(crate) fn holds_caller(&self, on: bool) -> bool {
        let leg = self.story.call.sid.clone();
        self.does(&Effect::Hold { leg, on })
    }

    pub(crate) fn leg_is(&mut self, n: u32, status: LegStatus) {
        self.happens(SupportEvent::Leg {
            leg: leg(n),
            offer: n,
            status,
        });
    }

    pub(crate) fn step(&self) -> Option<&TransferStep> {
        self.support().transfer.as_ref().map(|one| &one.step)
    }

    #[track_caller]
    pub(crate) fn transfer_ended(&self, end: TransferEnd, words: &str) {
        assert_eq!(self.support().transfer, None);
        let past = self.support().past_transfers.last().expect("a transfer");
        assert_eq!((past.end, past.words.as_str()), (end, words));
    }

    #[track_caller]
    pub(crate) fn talks(&self, name: &str) {
        let who = user(&name.to_lowercase());
        assert!(
            matches!(self.stage(), Stage::Talking { agent, .. } if *agent == who),
            "{:?}\n{:#?}",
            self.stage(),
            self.story.journal
        );
        assert!(matches!(self.duty(name), Duty::OnCall { .. }));
    }

    #[track_caller]
    pub(crate) fn leads_caller_on(&self) {
        let round = self.support().room.round;
        assert!(self.does(&Effect::RedirectCaller { round }));
    }

    pub(crate) fn rings_ben(&self) -> bool {
        self.does(&Effect::RingAgent {
            offer: 2,
            agent: user("ben"),
            again: false,
            ring_seconds: 20,
        })
    }
}

#[test]
fn a_consult_rings_only_when_the_flag_is_lowered_and_the_caller_is_on_hold() {
    let mut desk = settled();

    desk.commands("Ana", hand_over(ben(), TransferKind::Consult));

    assert!(matches!(desk.duty("Ben"), Duty::Ringing { offer: 2, .. }));
    let lowers = Effect::SetEndsRoom {
        leg: leg(1),
        on: false,
    };
    assert!(desk.does(&lowers) && desk.holds_caller(true) && !desk.rings_ben());
    desk.caller_hold_is(true);
    assert!(!desk.rings_ben());
    desk.flag_is(1, false);
    assert!(desk.rings_ben());
    assert_eq!(desk.step(), Some(&TransferStep::Ringing { offer: 2 }));
    let told = &desk.support().offers[1].purpose;
    assert_eq!(
        *told,
        Purpose::Transfer {
            by: user("ana"),
            by_name: "Ana".to_owned(),
            kind: TransferKind::Consult,
            note: "Wants a refund.".to_owned(),
        }
    );
    desk.told("Ana hands the caller over to Ben, speaking with them first.");
    desk.told("Ana wrote: Wants a refund.");
}

#[test]
fn a_warm_transfer_leaves_the_caller_with_the_agent_while_it_rings() {
    let desk = ringing(ben(), TransferKind::Warm);

    assert!(desk.rings_ben());
    assert!(!desk.holds_caller(true));
    desk.talks("Ana");
}

#[test]
fn who_is_not_reached_leaves_the_caller_with_the_agent_and_the_reason_on_the_screen() {
    type Way = (fn(&mut Desk), &'static str, TransferEnd);
    let ways: [Way; 5] = [
        (
            |desk| desk.leg_is(2, LegStatus::Busy),
            "Ben declined.",
            TransferEnd::NotReached,
        ),
        (
            |desk| {
                desk.commands("Ben", Command::Decline { offer: 2 });
            },
            "Ben declined.",
            TransferEnd::NotReached,
        ),
        (
            |desk| {
                desk.placed(2);
                desk.later(20);
                desk.rings_timers();
            },
            "Ben did not answer.",
            TransferEnd::NotReached,
        ),
        (
            |desk| {
                desk.happens(SupportEvent::ConsoleGone { offer: 2 });
            },
            "Ben could not be reached.",
            TransferEnd::NotReached,
        ),
        (
            |desk| {
                desk.happens(SupportEvent::Did(Done::Rang {
                    offer: 2,
                    leg: Err("500".into()),
                }));
            },
            "Ben could not be rung: 500.",
            TransferEnd::NotReached,
        ),
    ];
    for kind in [TransferKind::Warm, TransferKind::Consult] {
        for (way, words, end) in &ways {
            let mut desk = ringing(ben(), kind);

            way(&mut desk);

            desk.talks("Ana");
            desk.transfer_ended(*end, words);
            desk.told(words);
            assert!(!matches!(desk.duty("Ben"), Duty::Ringing { .. }));
            assert_eq!(desk.holds_caller(false), kind == TransferKind::Consult);
            assert!(desk.does(&Effect::SetEndsRoom {
                leg: leg(1),
                on: true
            }));
        }
    }
}

#[test]
fn a_room_that_cannot_be_made_ready_rings_nobody() {
    let failures: [fn(&mut Desk); 2] = [
        |desk| {
            let leg = desk.story.call.sid.clone();
            desk.happens(SupportEvent::Did(Done::HoldSet {
                leg,
                on: true,
                how: Err("503".into()),
            }));
        },
        |desk| {
            desk.happens(SupportEvent::Did(Done::EndsRoomSet {
                leg: leg(1),
                on: false,
                how: Err("503".into()),
            }));
        },
    ];
    for failure in failures {
        let mut desk = settled();
        desk.commands("Ana", hand_over(ben(), TransferKind::Consult));

        failure(&mut desk);

        desk.talks("Ana");
        let past = &desk.support().past_transfers[0];
        assert_eq!(past.end, TransferEnd::NotPossible);
        assert!(past.words.contains("503"), "{}", past.words);
        assert!(!desk.rings_ben());
        assert_eq!(desk.duty("Ben"), &Duty::Free);
        assert!(!desk.support().room.hold.is_meant_on());
    }
}

#[test]
fn a_cancel_stops_the_ringing_after_whatever_was_creating_it() {
    let mut desk = ringing(ben(), TransferKind::Consult);

    desk.commands("Ana", Command::CancelTransfer);

    desk.talks("Ana");
    desk.transfer_ended(TransferEnd::Cancelled, "Ana cancelled the transfer.");
    assert_eq!(desk.duty("Ben"), &Duty::Free);
    assert!(desk.holds_caller(false));
    let ends = Effect::EndLeg {
        leg: LegOf::Offer(2),
    };
    assert!(desk.does(&ends));
    let rings = desk.effects.iter().find(|one| one.word() == "ring_agent");
    assert_eq!(rings.expect("it rang").lane(), ends.lane());
    assert!(!desk.story.call.wants(rings.unwrap()));
    let twice = desk.commands("Ana", Command::CancelTransfer);
    assert_eq!((twice.refusal, twice.effects), (None, vec![]));
}

#[test]
fn whoever_was_never_asked_to_ring_has_no_leg_to_end() {
    let telephone = Target::Number {
        number: number("+12025550177"),
    };
    let ways: [fn(&mut Desk); 2] = [
        |desk| {
            desk.commands("Ana", Command::CancelTransfer);
        },
        |desk| {
            desk.caller_goes();
        },
    ];
    for target in [ben(), telephone] {
        for way in ways {
            let mut desk = settled();
            desk.commands("Ana", hand_over(target.clone(), TransferKind::Consult));

            way(&mut desk);

            assert_eq!(desk.support().transfer, None);
            assert_eq!(
                desk.support().offers[1].outcome,
                Some(OfferOutcome::Withdrawn)
            );
            assert!(!desk.does(&Effect::EndLeg {
                leg: LegOf::Offer(2)
            }));
        }
    }
}

#[test]
fn a_leg_that_was_created_for_a_cancelled_transfer_is_ended_and_let_in_nowhere() {
    let mut desk = ringing(ben(), TransferKind::Warm);
    desk.commands("Ana", Command::CancelTransfer);
    desk.takes_off();

    desk.happens(SupportEvent::Did(Done::Rang {
        offer: 2,
        leg: Ok(leg(2)),
    }));
    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Leg(leg(2))
    }));
    desk.answers("Ben", 2);

    desk.story.hears("agent_too_late[]");
    desk.talks("Ana");
}

#[test]
fn a_caller_who_hangs_up_stops_the_ringing_and_frees_both() {
    for kind in [
        TransferKind::Warm,
        TransferKind::Consult,
        TransferKind::Cold,
    ] {
        let mut desk = ringing(ben(), kind);

        desk.caller_goes();

        desk.ended(Outcome::Connected);
        assert_eq!(desk.duty("Ben"), &Duty::Free);
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert!(desk.does(&Effect::EndLeg {
            leg: LegOf::Offer(2)
        }));
        desk.transfer_ended(
            TransferEnd::CallerLeft,
            "The caller was gone before Ben had them.",
        );
    }
}

#[test]
fn an_agent_who_hangs_up_while_it_rings_leaves_the_caller_with_music_until_the_target_answers() {
    for kind in [TransferKind::Warm, TransferKind::Consult] {
        let mut desk = ringing(ben(), kind);

        desk.commands("Ana", Command::HangUp);

        desk.leads_caller_on();
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert_eq!(desk.stage(), &Stage::Offered { offer: 2 });
        let twice = desk.commands("Ana", Command::HangUp);
        assert_eq!((twice.refusal, twice.effects), (None, vec![]));
        desk.next();
        assert!(!desk.joins().starts);
        assert_eq!(desk.hears_wait(1, None), "hand_over_wait[] wait_on[]");
        desk.answers("Ben", 2);
        desk.talks("Ben");
        desk.transfer_ended(
            TransferEnd::HandedOver,
            "Ana handed the caller over to Ben.",
        );
    }
}

#[test]
fn a_cold_transfer_that_nobody_answers_brings_the_caller_to_the_front_of_the_queue() {
    let mut desk = settled();
    desk.commands("Ana", hand_over(ben(), TransferKind::Cold));
    assert!(desk.rings_ben());
    desk.placed(2);
    desk.leads_caller_on();
    desk.next();

    desk.later(20);
    desk.rings_timers();

    assert!(matches!(
        desk.stage(),
        Stage::Waiting(Waiting { first: None, .. })
    ));
    assert_eq!(desk.support().priority, Priority::Front);
    assert!(matches!(
        desk.duty("Ben"),
        Duty::NotResponding {
            why: WhyNot::Missed,
            ..
        }
    ));
    desk.transfer_ended(TransferEnd::NotReached, "Ben did not answer.");
    assert_eq!(desk.hears_wait(1, None), "hand_over_failed[] wait_next[]");
}
