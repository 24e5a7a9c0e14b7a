//! Stories of talks, and of how they end kindly.

use exchange::{
    Act, Command, Done, Duty, Effect, Event, LegOf, LegStatus, OfferOutcome, Outcome, Priority,
    Refusal, Reported, RoomEvent, RoomSaid, Stage, SupportEvent, Switch, Timer,
};

use crate::desk::{Desk, leg, user};

fn conference(n: u32) -> exchange::ConferenceSid {
    exchange::ConferenceSid::parse(&format!("CF{n:032x}")).expect("a conference of the story")
}

pub(crate) fn said(sequence: u32, event: RoomEvent) -> SupportEvent {
    SupportEvent::Room(RoomSaid {
        conference: conference(1),
        sequence,
        event,
    })
}

#[test]
fn an_agent_who_answers_is_led_into_the_room_without_ending_it() {
    let mut desk = Desk::talking(|_| {});

    let room = desk.joins();

    assert_eq!((room.starts, room.ends, room.wait), (true, false, None));
    assert!(matches!(desk.stage(), Stage::Talking { agent, .. } if agent.as_str() == "ana"));
    assert!(matches!(desk.duty("Ana"), Duty::OnCall { .. }));
    assert_eq!(
        desk.support().offers[0].outcome,
        Some(OfferOutcome::Answered)
    );
    desk.told("Ana answered.");
    desk.answers("Ana", 1);
    assert_eq!(desk.joins().room, desk.room());
    assert_eq!(desk.support().seats.len(), 1);
}

#[test]
fn the_only_agents_leaving_ends_the_room_and_that_of_two_does_not() {
    let mut desk = Desk::talking(|_| {});
    desk.takes_off();

    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    assert!(desk.does(&Effect::SetEndsRoom {
        leg: leg(1),
        on: true
    }));
    desk.happens(SupportEvent::Did(Done::EndsRoomSet {
        leg: leg(1),
        on: true,
        how: Ok(()),
    }));
    assert_eq!(desk.support().seats[0].ends_room, Switch::On);
    desk.happens(SupportEvent::AgentJoins {
        agent: user("agent2"),
        leg: leg(2),
        offer: None,
    });

    assert!(desk.does(&Effect::SetEndsRoom {
        leg: leg(1),
        on: false
    }));
    assert!(
        desk.joins().ends,
        "the tutorial's second agent ends the room"
    );
}

#[test]
fn every_word_that_the_caller_is_gone_ends_the_talk_and_frees_the_agent() {
    let reports: [fn(&mut Desk); 3] = [
        |desk| {
            desk.caller_goes();
        },
        |desk| {
            desk.takes(Event::Reported(Reported::Completed));
        },
        |desk| {
            desk.takes(Event::Asked(Ok(Reported::Completed)));
        },
    ];
    for report in reports {
        let mut desk = Desk::talking(|_| {});
        desk.later(60);

        report(&mut desk);

        desk.ended(Outcome::Connected);
        assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
        assert!(desk.does(&Effect::EndLeg {
            leg: LegOf::Offer(1)
        }));
        let by = user("ana");
        assert_eq!(
            desk.refused(SupportEvent::Command {
                by,
                what: Command::HangUp
            }),
            Refusal::Ended
        );
    }
}

#[test]
fn the_room_ending_around_an_agent_waits_for_the_callers_word() {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    desk.takes_off();

    desk.happens(SupportEvent::AgentLeft {
        leg: leg(1),
        is_over: false,
    });
    assert!(matches!(desk.stage(), Stage::Talking { .. }));
    assert_eq!(desk.story.answer, [Act::HangUp]);
    desk.caller_goes();

    desk.ended(Outcome::Connected);
    assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
}

#[test]
fn a_hang_up_by_command_ends_the_room_and_thanks_the_caller() {
    let mut desk = Desk::talking(|_| {});
    desk.takes_off();

    let step = desk.commands("Ana", Command::HangUp);
    assert!(step.effects.contains(&Effect::EndRoom));
    assert!(matches!(desk.duty("Ana"), Duty::WrapUp { .. }));
    desk.left();

    desk.story.hears("goodbye[]");
    desk.story.is_over(Outcome::Connected);
    desk.told("Ana hung up.");
}

#[test]
fn a_second_click_on_hang_up_changes_nothing() {
    let mut desk = Desk::talking(|_| {});
    desk.commands("Ana", Command::HangUp);

    let step = desk.commands("Ana", Command::HangUp);

    assert_eq!(
        (step.refusal, step.effects, step.lines),
        (None, vec![], vec![])
    );
}

#[test]
fn a_room_that_cannot_be_ended_lets_the_caller_be_led_out() {
    let mut desk = Desk::talking(|_| {});
    desk.commands("Ana", Command::HangUp);
    desk.takes_off();

    desk.happens(SupportEvent::Did(Done::RoomEnded {
        how: Err("500".into()),
    }));
    let round = desk.support().room.round;
    assert!(desk.does(&Effect::RedirectCaller { round }));
    desk.next();

    desk.story.is_over(Outcome::Connected);
}

#[test]
fn a_caller_who_is_not_asked_for_after_a_hang_up_is_led_out() {
    let mut desk = Desk::talking(|_| {});
    desk.commands("Ana", Command::HangUp);
    desk.later(3);

    desk.rings_timers();

    let round = desk.support().room.round;
    assert!(desk.does(&Effect::RedirectCaller { round }));
    assert!(desk.story.call.wants(&Effect::RedirectCaller { round }));
    desk.left();
    assert!(!desk.story.call.wants(&Effect::RedirectCaller { round }));
}

#[test]
fn what_an_agents_leaving_does_is_not_set_any_more_once_they_have_hung_up() {
    let mut desk = Desk::talking(|_| {});
    let flag = Effect::SetEndsRoom {
        leg: leg(1),
        on: true,
    };
    assert!(desk.story.call.wants(&flag));

    desk.commands("Ana", Command::HangUp);
    assert!(desk.story.call.wants(&flag));
    desk.happens(SupportEvent::Leg {
        leg: leg(1),
        offer: 1,
        status: LegStatus::Completed,
    });

    assert!(!desk.story.call.wants(&flag));
}

#[test]
fn only_who_talks_with_the_caller_may_command() {
    let mut desk = Desk::talking(|_| {});
    let ben = |what| SupportEvent::Command {
        by: user("ben"),
        what,
    };

    for what in [Command::HangUp, Command::Hold { on: true }] {
        assert_eq!(desk.refused(ben(what)), Refusal::NotYours("Ana".to_owned()));
    }
    let mut desk = Desk::open();
    for what in [Command::HangUp, Command::Hold { on: true }] {
        assert_eq!(
            desk.refused(ben(what)),
            Refusal::NotTalking("they wait for an agent")
        );
    }
}

#[test]
fn hold_is_set_once_and_its_failure_is_said() {
    let mut desk = Desk::talking(|_| {});
    let sid = desk.story.call.sid.clone();
    let done = |on, how| {
        SupportEvent::Did(Done::HoldSet {
            leg: sid.clone(),
            on,
            how,
        })
    };

    desk.commands("Ana", Command::Hold { on: true });
    let twice = desk.commands("Ana", Command::Hold { on: true });
    assert_eq!(twice.effects, []);
    assert_eq!(desk.support().room.hold, Switch::TurningOn);
    desk.happens(done(true, Ok(())));
    assert_eq!(desk.support().room.hold, Switch::On);
    desk.commands("Ana", Command::Hold { on: false });
    desk.happens(done(false, Err("404".into())));

    assert_eq!(desk.support().room.hold, Switch::On);
    desk.told("The caller could not be taken off hold: 404.");
}

#[test]
fn the_tutorials_agents_get_the_tutorials_flags_and_hang_up_by_hanging_up() {
    let mut desk = Desk::open();
    let joins = |n: u32| SupportEvent::AgentJoins {
        agent: user(&format!("agent{n}")),
        leg: leg(n),
        offer: None,
    };

    desk.happens(joins(1));
    assert_eq!((desk.joins().starts, desk.joins().ends), (true, false));
    desk.happens(joins(2));
    assert_eq!((desk.joins().starts, desk.joins().ends), (true, true));
    desk.happens(SupportEvent::Leg {
        leg: leg(1),
        offer: 0,
        status: LegStatus::Completed,
    });
    assert!(matches!(desk.stage(), Stage::Talking { agent, .. } if agent.as_str() == "agent2"));
    desk.happens(SupportEvent::AgentLeft {
        leg: leg(2),
        is_over: true,
    });
    desk.left();

    desk.story.is_over(Outcome::Connected);
}

#[test]
fn late_and_doubled_words_about_what_is_past_change_nothing() {
    let mut desk = Desk::talking(|_| {});
    desk.happens(said(2, RoomEvent::Joined(leg(1))));
    let events = [
        SupportEvent::Due(Timer::RingOver { offer: 1 }),
        SupportEvent::Due(Timer::NobodyCame { wait: 1 }),
        SupportEvent::Due(Timer::Choices { wait: 1 }),
        SupportEvent::Due(Timer::Recover { wait: 1 }),
        SupportEvent::Due(Timer::Regroup { round: 0 }),
        SupportEvent::Leg {
            leg: leg(1),
            offer: 1,
            status: LegStatus::Ringing,
        },
        SupportEvent::Leg {
            leg: leg(9),
            offer: 9,
            status: LegStatus::Completed,
        },
        SupportEvent::Did(Done::Rang {
            offer: 1,
            leg: Ok(leg(1)),
        }),
        SupportEvent::Did(Done::Rang {
            offer: 1,
            leg: Err("a late word".into()),
        }),
        said(1, RoomEvent::Joined(leg(1))),
        said(2, RoomEvent::Joined(leg(1))),
    ];
    for event in events {
        let before = desk.stage().clone();

        let step = desk.happens(event.clone());

        assert_eq!(desk.stage(), &before, "{event:?}");
        assert_eq!((step.effects, step.agents), (vec![], vec![]), "{event:?}");
    }
}

#[test]
fn a_caller_who_had_somebody_stays_in_front() {
    let desk = Desk::talking(|_| {});

    assert_eq!(desk.support().priority, Priority::Front);
    let row = desk.story.call.floor(&desk.story.plan).unwrap();
    assert_eq!((row.stage, row.agent), ("talking", Some(user("ana"))));
}

#[test]
fn a_call_goes_on_when_its_line_is_taken_away_or_becomes_another() {
    let mut desk = Desk::talking(|_| {});
    let mut rows = crate::support::rows();
    rows.lines.retain(|line| line.id.as_str() != "support");
    desk.story.plan = exchange::Plan::new(rows).unwrap();

    desk.commands("Ana", Command::HangUp);
    desk.left();

    desk.story.is_over(Outcome::Connected);
}

#[test]
fn a_support_call_is_written_and_read_back() {
    let desk = Desk::talking(|_| {});

    let text = serde_json::to_string(&desk.story.call).unwrap();

    assert_eq!(
        serde_json::from_str::<exchange::Call>(&text).unwrap(),
        desk.story.call
    );
    for effect in &desk.effects {
        let text = serde_json::to_string(effect).unwrap();
        assert_eq!(&serde_json::from_str::<Effect>(&text).unwrap(), effect);
    }
}
