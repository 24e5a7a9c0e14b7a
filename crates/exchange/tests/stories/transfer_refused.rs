//! Stories of transfers that are refused, in words, and of those to a team.

use exchange::{
    AgentEvent, AgentRefusal, Command, LegStatus, Priority, Purpose, Refusal, Stage, SupportEvent,
    Switch, Target, TeamId, Timer, TransferEnd, TransferKind, TransferStep,
};

use crate::desk::{Desk, leg, present, user};
use crate::support::number;
use crate::transfer::{ben, hand_over, ringing, settled};

#[test]
fn complete_is_refused_until_somebody_has_answered() {
    let mut desk = ringing(ben(), TransferKind::Consult);
    for what in [Command::Complete, Command::JoinAll, Command::Swap] {
        let by = user("ana");

        let refusal = desk.refused(SupportEvent::Command { by, what });

        assert_eq!(refusal, Refusal::NotAnswered("Ben".to_owned()));
    }
}

#[test]
fn a_second_click_is_the_first_and_a_second_transfer_is_refused() {
    let mut desk = ringing(ben(), TransferKind::Warm);

    let twice = desk.commands("Ana", hand_over(ben(), TransferKind::Warm));
    assert_eq!((twice.refusal, twice.effects), (None, vec![]));
    let other = SupportEvent::Command {
        by: user("ana"),
        what: hand_over(
            Target::Number {
                number: number("+12025550177"),
            },
            TransferKind::Warm,
        ),
    };

    let refusal = desk.refused(other);

    assert_eq!(
        refusal.to_string(),
        "The caller is being handed over already: Ben is being rung."
    );
}

#[test]
fn whose_leg_is_out_of_the_room_hands_nobody_over() {
    let mut desk = settled();
    desk.happens(SupportEvent::AgentLeft {
        leg: leg(1),
        is_over: false,
    });

    let by = user("ana");
    let what = hand_over(ben(), TransferKind::Warm);
    let refusal = desk.refused(SupportEvent::Command { by, what });

    assert!(!desk.support().may_hand_over(&user("ana")));
    assert_eq!(refusal, Refusal::LegIsOut);
}

#[test]
fn what_cannot_be_a_target_is_refused_in_words_before_anything_rings() {
    let to = |text: &str| Target::Number {
        number: number(text),
    };
    let ana = Target::Agent {
        user: user("ana"),
        name: "Ana".to_owned(),
    };
    let cases = [
        (ana, "You have this caller already."),
        (
            to("+19005550123"),
            "This number is not dialled: premium numbers are never dialled for a caller.",
        ),
        (
            to("+19115550123"),
            "This number is not dialled: emergency and service numbers are never dialled for a caller.",
        ),
        (
            to("+442071838750"),
            "This number is not dialled: the line's dial rules do not allow that country or prefix.",
        ),
        (
            to("+12025550109"),
            "+1 (202) 555-0109 is a number of this very call.",
        ),
        (
            to("+13125550123"),
            "+1 (312) 555-0123 is a number of this very call.",
        ),
    ];
    for kind in TransferKind::ALL {
        for (target, words) in &cases {
            let mut desk = settled();
            let refusal = desk.refused(SupportEvent::Command {
                by: user("ana"),
                what: hand_over(target.clone(), kind),
            });

            assert_eq!(&refusal.to_string(), words);
        }
    }
}

#[test]
fn an_agent_who_cannot_be_rung_refuses_the_whole_step() {
    let mut desk = settled();
    desk.agent_does(
        "Ben",
        &AgentEvent::Chose(exchange::Chosen::Away(exchange::AwayReason::Meal)),
    );
    let what = hand_over(ben(), TransferKind::Cold);
    let event = SupportEvent::Command {
        by: user("ana"),
        what,
    };

    let step = desk.story.happens(exchange::Event::Support(event));

    let (who, reserved) = &step.agents[0];
    let now = desk.story.now;
    let refusal = desk.agents[who].on(reserved, &present(now), now);
    assert_eq!(
        refusal.unwrap_err(),
        AgentRefusal::NotAvailable {
            name: "Ben".to_owned(),
            why: "away"
        }
    );
}

#[test]
fn only_who_talks_with_the_caller_hands_them_over() {
    let mut desk = settled();
    let by = user("ben");
    let what = hand_over(ben(), TransferKind::Warm);
    assert_eq!(
        desk.refused(SupportEvent::Command { by, what }),
        Refusal::NotYours("Ana".to_owned())
    );
    let mut desk = Desk::open();
    let by = user("ana");
    let what = hand_over(ben(), TransferKind::Warm);
    assert_eq!(
        desk.refused(SupportEvent::Command { by, what }),
        Refusal::NotTalking("they wait for an agent")
    );
}

#[test]
fn the_ringing_of_a_telephone_is_cancelled_and_not_declined_by_whoever_hands_over() {
    let telephone = Target::Number {
        number: number("+12025550177"),
    };
    let mut desk = ringing(telephone, TransferKind::Warm);
    let by = user("ana");
    let what = Command::Decline { offer: 2 };

    let refusal = desk.refused(SupportEvent::Command { by, what });

    assert_eq!(refusal, Refusal::OfferOver("it was never yours"));
}

fn team() -> Target {
    Target::Queue {
        team: TeamId::parse("support").expect("a team"),
    }
}

#[test]
fn a_caller_handed_to_a_queue_is_offered_to_one_after_the_other_while_the_agent_stays() {
    let mut desk = ringing(team(), TransferKind::Warm);
    let row = desk.story.call.floor(&desk.story.plan).expect("a row");
    assert_eq!(row.stage, "seeking");

    desk.offers("Ben");
    assert!(desk.rings_ben());
    desk.leg_is(2, LegStatus::Busy);

    assert!(matches!(desk.step(), Some(TransferStep::Seeking { .. })));
    desk.talks("Ana");
    let began = desk.support().transfer.as_ref().unwrap().began;
    desk.happens(SupportEvent::Due(Timer::SeekOver { began }));
    desk.transfer_ended(
        TransferEnd::NotReached,
        "Nobody of the team support was free in time.",
    );
    desk.talks("Ana");
}

#[test]
fn a_caller_left_to_a_queue_waits_in_front_with_the_note() {
    let mut desk = settled();

    desk.commands("Ana", hand_over(team(), TransferKind::Cold));

    desk.leads_caller_on();
    desk.next();
    let row = desk.story.call.floor(&desk.story.plan).expect("a row");
    assert_eq!((row.stage, row.priority), ("waiting", Priority::Front));
    desk.offers("Ben");
    assert!(
        matches!(&desk.support().offers[1].purpose, Purpose::Transfer { note, .. } if note == "Wants a refund.")
    );
    desk.leg_is(2, LegStatus::Busy);
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
    desk.agent_does("Ben", &AgentEvent::Chose(exchange::Chosen::Available));
    desk.offers("Ben");
    desk.answers("Ben", 3);
    desk.talks("Ben");
    desk.transfer_ended(
        TransferEnd::HandedOver,
        "Ana handed the caller over to Ben.",
    );
}

#[test]
fn a_consult_by_an_agent_who_holds_already_needs_no_second_hold() {
    let mut desk = settled();
    desk.commands("Ana", Command::Hold { on: true });
    desk.caller_hold_is(true);
    desk.takes_off();

    desk.commands("Ana", hand_over(ben(), TransferKind::Consult));
    desk.flag_is(1, false);

    assert!(!desk.holds_caller(true));
    assert!(desk.rings_ben());
    assert_eq!(desk.support().room.hold, Switch::On);
}
