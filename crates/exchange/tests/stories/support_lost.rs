//! Stories of talks that break off: the agent comes back, or others take over.

use exchange::{
    AgentEvent, Command, Done, Duty, Effect, HeardBy, LeftBecause, LegStatus, Outcome, Present,
    Priority, Refusal, Reported, RoomEvent, Seen, Stage, SupportEvent, Switch, Timer, Waiting,
    WhyNot,
};

use crate::desk::{Desk, leg, user};
use crate::support_talk::said;

/// Ana talks, is in the room, and her leaving ends it.
fn settled() -> Desk {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    desk.happens(SupportEvent::Did(Done::EndsRoomSet {
        leg: leg(1),
        on: true,
        how: Ok(()),
    }));
    desk.later(60);
    desk.takes_off();
    desk
}

fn gone(status: LegStatus) -> SupportEvent {
    SupportEvent::Leg {
        leg: leg(1),
        offer: 1,
        status,
    }
}

fn seen(desk: &Desk, has_started: bool, legs: &[exchange::CallSid]) -> SupportEvent {
    let people = legs
        .iter()
        .map(|leg| Present {
            leg: leg.clone(),
            is_held: false,
            ends_room: true,
            heard: HeardBy::Everybody,
        })
        .collect();
    SupportEvent::Seen {
        sweep: desk.support().sweep,
        what: Ok(Seen {
            at: desk.story.now,
            caller: Reported::Live,
            conference: desk.support().room.conference.clone(),
            has_started,
            people,
        }),
    }
}

#[track_caller]
fn waits_for_ana(desk: &Desk) {
    assert!(
        matches!(desk.stage(), Stage::Waiting(Waiting { first: Some(first), .. }) if first.as_str() == "ana"),
        "{:#?}",
        desk.story.journal
    );
    assert_eq!(desk.support().priority, Priority::Front);
    assert!(matches!(desk.duty("Ana"), Duty::Lost { .. }));
}

#[test]
fn an_agent_who_goes_without_a_command_is_rung_first_while_the_caller_hears_music() {
    let mut desk = settled();

    desk.happens(gone(LegStatus::Completed));
    waits_for_ana(&desk);
    desk.left();
    assert!(!desk.joins().starts);
    assert_eq!(desk.hears_wait(1, None), "support_returns[] wait_next[]");
    let ben = SupportEvent::Offer {
        agent: user("ben"),
        name: "Ben".into(),
    };
    assert!(matches!(desk.refused(ben), Refusal::NotWaiting(_)));
    desk.offers("Ana");

    assert!(desk.does(&Effect::RingAgent {
        offer: 2,
        agent: user("ana"),
        again: true,
        ring_seconds: 20
    }));
    desk.answers("Ana", 2);
    assert!(matches!(desk.stage(), Stage::Talking { .. }));
    assert!(matches!(desk.duty("Ana"), Duty::OnCall { .. }));
}

#[test]
fn every_first_word_of_a_loss_has_the_same_end() {
    let words = [
        gone(LegStatus::Completed),
        SupportEvent::AgentLeft {
            leg: leg(1),
            is_over: true,
        },
        said(5, RoomEvent::Left(leg(1), LeftBecause::HungUp)),
        SupportEvent::Left(exchange::Input::default()),
    ];
    for first in &words {
        let mut desk = settled();

        desk.happens(first.clone());
        for other in &words {
            desk.happens(other.clone());
        }

        waits_for_ana(&desk);
        assert_eq!(desk.support().waits, 2, "{first:?}");
        assert_eq!(desk.joins().room, desk.room());
    }
}

#[test]
fn a_caller_whose_room_went_on_is_led_out_of_the_silence() {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    desk.takes_off();

    desk.happens(gone(LegStatus::Completed));

    let round = desk.support().room.round;
    assert!(desk.does(&Effect::RedirectCaller { round }));
    desk.next();
    assert_eq!(desk.joins().room, desk.room());
    assert!(!desk.story.call.wants(&Effect::RedirectCaller { round }));
}

#[test]
fn an_agent_who_does_not_come_back_leaves_the_caller_to_others_in_front() {
    let mut desk = settled();
    desk.happens(gone(LegStatus::Completed));
    desk.left();
    desk.later(20);

    desk.rings_timers();

    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Unreachable,
            ..
        }
    ));
    desk.told("Ana did not come back; others are rung.");
    desk.offers("Ben");
    desk.answers("Ben", 2);
    assert!(matches!(desk.stage(), Stage::Talking { agent, .. } if agent.as_str() == "ben"));
}

#[test]
fn a_browser_that_is_not_there_yet_is_rung_again_within_the_time() {
    let mut desk = settled();
    desk.happens(gone(LegStatus::Completed));
    desk.offers("Ana");
    desk.later(1);

    desk.happens(SupportEvent::Leg {
        leg: leg(2),
        offer: 2,
        status: LegStatus::NoAnswer,
    });

    waits_for_ana(&desk);
    desk.later(2);
    desk.offers("Ana");
    desk.answers("Ana", 3);
    assert!(matches!(desk.stage(), Stage::Talking { .. }));
}

#[test]
fn an_agent_who_declines_to_come_back_is_taken_at_their_word() {
    let mut desk = settled();
    desk.happens(gone(LegStatus::Completed));
    desk.offers("Ana");

    desk.commands("Ana", Command::Decline { offer: 2 });

    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Declined,
            ..
        }
    ));
    assert!(matches!(
        desk.stage(),
        Stage::Waiting(Waiting { first: None, .. })
    ));
}

#[test]
fn a_hang_up_that_comes_after_the_leg_went_still_ends_the_call_kindly() {
    for is_rung in [false, true] {
        let mut desk = settled();
        desk.happens(gone(LegStatus::Completed));
        if is_rung {
            desk.offers("Ana");
        }

        desk.commands("Ana", Command::HangUp);
        desk.next();

        desk.story.hears("goodbye[]");
        desk.story.is_over(Outcome::Connected);
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
    }
}

#[test]
fn a_caller_who_hangs_up_while_the_agent_is_lost_frees_them() {
    for is_rung in [false, true] {
        let mut desk = settled();
        desk.happens(gone(LegStatus::Completed));
        if is_rung {
            desk.offers("Ana");
        }

        desk.caller_goes();

        desk.ended(Outcome::Connected);
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
    }
}

#[test]
fn a_room_that_ended_around_both_without_a_word_of_the_caller_is_a_loss() {
    let mut desk = settled();

    desk.happens(SupportEvent::AgentLeft {
        leg: leg(1),
        is_over: false,
    });
    desk.later(2);
    desk.rings_timers();

    waits_for_ana(&desk);
    let round = desk.support().room.round;
    assert!(desk.does(&Effect::RedirectCaller { round }));
}

#[test]
fn a_sweep_finds_an_agent_who_is_gone_without_a_word() {
    let mut desk = settled();
    let caller = desk.story.call.sid.clone();

    desk.happens(seen(&desk, true, std::slice::from_ref(&caller)));

    waits_for_ana(&desk);
}

#[test]
fn a_sweep_that_sees_what_we_know_changes_nothing_but_when_it_was_known() {
    let mut desk = settled();
    let mut before = desk.story.call.clone();
    let caller = desk.story.call.sid.clone();
    let Stage::Talking { .. } = desk.stage() else {
        panic!("they talk");
    };
    let mut event = seen(&desk, true, &[caller, leg(1)]);
    if let SupportEvent::Seen { what: Ok(seen), .. } = &mut event {
        seen.people[0].ends_room = true;
    }

    let step = desk.happens(event);

    if let exchange::Progress::Support(support) = &mut before.progress {
        assert_eq!(support.reconciled, None);
        support.reconciled = Some(desk.story.now);
    }
    assert_eq!(desk.story.call, before);
    assert!(
        matches!(step.effects[..], [Effect::Sweep { .. }]),
        "{:?}",
        step.effects
    );
    assert_eq!(step.lines, Vec::<String>::new());
}

#[test]
fn a_sweep_sets_right_what_the_carrier_shows_otherwise() {
    let mut desk = settled();
    let caller = desk.story.call.sid.clone();
    let mut event = seen(&desk, true, &[caller.clone(), leg(1)]);
    if let SupportEvent::Seen { what: Ok(seen), .. } = &mut event {
        seen.people[0].is_held = true;
        seen.people[1].ends_room = false;
    }

    desk.happens(event);

    assert!(desk.does(&Effect::SetEndsRoom {
        leg: leg(1),
        on: true
    }));
    assert!(desk.does(&Effect::Hold {
        leg: caller,
        on: false
    }));
    assert_eq!(desk.support().room.hold, Switch::TurningOff);
}

#[test]
fn a_sweep_finds_a_caller_alone_in_a_room_that_has_started() {
    let mut desk = Desk::open();
    let caller = desk.story.call.sid.clone();
    desk.later(15);
    desk.takes_off();

    desk.happens(seen(&desk, true, &[caller]));

    let round = desk.support().room.round;
    assert!(desk.does(&Effect::RedirectCaller { round }));
}

#[test]
fn a_sweep_that_finds_the_caller_gone_ends_the_call() {
    let mut desk = settled();
    let mut event = seen(&desk, false, &[]);
    if let SupportEvent::Seen { what: Ok(seen), .. } = &mut event {
        seen.caller = Reported::Completed;
    }

    desk.happens(event);

    desk.ended(Outcome::Connected);
    assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
}

#[test]
fn a_sweep_that_cannot_look_looks_again_and_an_old_one_stops() {
    let mut desk = settled();
    let sweep = desk.support().sweep;

    let step = desk.happens(SupportEvent::Seen {
        sweep,
        what: Err("503".into()),
    });
    assert!(matches!(step.effects[..], [Effect::Sweep { .. }]));
    let step = desk.happens(SupportEvent::Seen {
        sweep: sweep - 1,
        what: Err("503".into()),
    });

    assert_eq!(step.effects, []);
    let old = Effect::Sweep {
        sweep: sweep - 1,
        due: desk.story.now,
    };
    assert!(!desk.story.call.wants(&old));
}

#[test]
fn a_caller_who_cannot_be_led_on_is_looked_after_at_once() {
    let mut desk = Desk::talking(|_| {});
    desk.happens(gone(LegStatus::Completed));
    let round = desk.support().room.round;
    desk.takes_off();

    desk.happens(SupportEvent::Did(Done::Redirected {
        round,
        how: Err("500".into()),
    }));
    assert!(matches!(desk.effects[..], [Effect::Sweep { .. }]));
    desk.later(5);
    desk.happens(SupportEvent::Due(Timer::Regroup { round }));

    assert!(desk.does(&Effect::RedirectCaller { round }));
}

#[test]
fn nobody_who_comes_for_a_lost_caller_leads_to_what_the_line_has_instead() {
    let mut desk = settled();
    desk.happens(gone(LegStatus::Completed));
    desk.left();
    desk.later(20);
    desk.rings_timers();
    desk.later(600);

    desk.happens(SupportEvent::Due(Timer::NobodyCame { wait: 2 }));
    desk.next();

    desk.story.hears("nobody_came[] leave_message[]");
}

#[test]
fn an_agent_whom_a_supervisor_freed_is_not_bound_to_the_call() {
    let mut desk = settled();
    desk.happens(gone(LegStatus::Completed));
    desk.agent_does("Ana", &AgentEvent::Freed { by: user("sue") });
    desk.later(20);

    desk.rings_timers();

    assert_eq!(desk.duty("Ana"), &Duty::Free);
    assert!(matches!(
        desk.stage(),
        Stage::Waiting(Waiting { first: None, .. })
    ));
}
