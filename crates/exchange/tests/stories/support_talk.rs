//! Stories of callers who wait, are offered, talk, and are hung up on kindly.

use exchange::{
    Act, AgentEvent, Command, Done, Duty, Effect, Event, Input, LegOf, LegStatus, OfferOutcome,
    Outcome, Priority, Refusal, Reported, RoomEvent, RoomSaid, Route, Stage, SupportEvent,
    SupportRoute, Switch, Timer, WhyNot,
};

use crate::desk::{Desk, leg, user};

fn conference(n: u32) -> exchange::ConferenceSid {
    exchange::ConferenceSid::parse(&format!("CF{n:032x}")).unwrap()
}

pub(crate) fn said(sequence: u32, event: RoomEvent) -> SupportEvent {
    SupportEvent::Room(RoomSaid {
        conference: conference(1),
        sequence,
        event,
    })
}

#[test]
fn a_caller_is_led_into_a_room_of_their_own_with_our_music() {
    let desk = Desk::open();
    let sid = desk.story.call.sid.clone();

    let room = desk.joins();

    assert_eq!(
        (room.room, room.starts, room.ends),
        (sid.clone(), false, true)
    );
    assert_eq!(
        room.wait,
        Some(Route::Support(sid.clone(), SupportRoute::Wait))
    );
    assert_eq!(room.then, Route::Support(sid, SupportRoute::Left));
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
    assert_eq!(
        desk.effects
            .iter()
            .filter(|e| matches!(e, Effect::Sweep { .. }))
            .count(),
        1
    );
}

#[test]
fn the_wait_tells_place_and_time_when_there_is_news_or_every_third_round() {
    let mut desk = Desk::open();

    let rounds: Vec<String> = [
        (3, Some(6)),
        (3, Some(6)),
        (3, Some(5)),
        (3, Some(4)),
        (2, Some(2)),
        (1, Some(1)),
    ]
    .into_iter()
    .map(|(place, minutes)| desk.hears_wait(place, minutes))
    .collect();

    assert_eq!(
        rounds[0],
        "support_welcome[] wait_place[place=3] wait_minutes[minutes=6]"
    );
    assert_eq!(rounds[1..3], ["", ""]);
    assert_eq!(rounds[3], "wait_place[place=3] wait_minutes[minutes=4]");
    assert_eq!(rounds[4], "wait_place[place=2] wait_minutes[minutes=2]");
    assert_eq!(rounds[5], "wait_next[] wait_soon[]");
    assert!(matches!(
        &desk.story.answer[..],
        [
            ..,
            Act::Music,
            Act::Goto(Route::Support(_, SupportRoute::Wait))
        ]
    ));
}

#[test]
fn a_line_that_tells_no_place_asks_to_stay() {
    let mut desk = Desk::with(|line| line.tell_place = false);

    assert_eq!(desk.hears_wait(3, Some(6)), "support_welcome[] wait_on[]");
    assert_eq!(desk.hears_wait(2, Some(6)), "");
}

#[test]
fn an_offer_reserves_the_agent_and_rings_them() {
    let mut desk = Desk::open();
    let call = desk.story.call.sid.clone();

    let step = desk.offers("Ana");

    assert_eq!(
        step.agents,
        [(
            user("ana"),
            AgentEvent::Reserved {
                call: call.clone(),
                offer: 1
            }
        )]
    );
    assert!(desk.does(&Effect::RingAgent {
        offer: 1,
        agent: user("ana"),
        again: false,
        ring_seconds: 20
    }));
    let due = desk.story.now.plus_seconds(20);
    assert!(desk.does(&Effect::Tick {
        timer: Timer::RingOver { offer: 1 },
        due
    }));
    assert_eq!(
        desk.duty("Ana"),
        &Duty::Ringing {
            call,
            offer: 1,
            since: desk.story.now
        }
    );
}

#[test]
fn a_caller_is_offered_to_one_agent_at_a_time() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    let refusal = desk.refused(SupportEvent::Offer {
        agent: user("ben"),
        name: "Ben".to_owned(),
    });

    assert_eq!(refusal, Refusal::NotWaiting("an agent is being rung"));
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
    assert_eq!(desk.joins().room, desk.story.call.sid);
    assert_eq!(desk.support().seats.len(), 1);
}

#[test]
fn the_only_agents_leaving_ends_the_room_and_that_of_two_does_not() {
    let mut desk = Desk::talking(|_| {});
    desk.to_do();

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
fn every_way_an_offer_fails_leads_on_and_says_why() {
    let cases = [
        (LegStatus::Busy, 3, WhyNot::Declined, "Ana declined."),
        (
            LegStatus::NoAnswer,
            1,
            WhyNot::Unreachable,
            "Ana could not be reached.",
        ),
        (
            LegStatus::NoAnswer,
            19,
            WhyNot::Missed,
            "Ana did not answer.",
        ),
        (
            LegStatus::Failed,
            1,
            WhyNot::Unreachable,
            "Ana could not be reached.",
        ),
        (
            LegStatus::Completed,
            4,
            WhyNot::Unreachable,
            "Ana could not be reached.",
        ),
        (
            LegStatus::Canceled,
            4,
            WhyNot::Missed,
            "Ana did not answer.",
        ),
    ];
    for (status, after, why, line) in cases {
        let mut desk = Desk::open();
        desk.offers("Ana");
        desk.later(after);

        desk.happens(SupportEvent::Leg {
            leg: leg(1),
            offer: 1,
            status,
        });

        desk.told(line);
        assert!(matches!(desk.stage(), Stage::Waiting(_)));
        assert_eq!(
            desk.duty("Ana"),
            &Duty::NotResponding {
                since: desk.story.now,
                why
            }
        );
        assert_eq!(desk.offers("Ben").refusal, None);
    }
}

#[test]
fn an_offer_rings_for_its_time_and_is_then_cancelled() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.later(20);

    desk.rings_timers();

    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Offer(1)
    }));
    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Missed,
            ..
        }
    ));
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
}

#[test]
fn a_declined_offer_goes_on_and_a_second_click_is_as_good_as_the_first() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    desk.commands("Ana", Command::Decline { offer: 1 });
    let again = desk.commands("Ana", Command::Decline { offer: 1 });

    assert_eq!((again.refusal, again.effects), (None, vec![]));
    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Declined,
            ..
        }
    ));
    let by = user("ben");
    let what = Command::Decline { offer: 1 };
    assert_eq!(
        desk.refused(SupportEvent::Command { by, what }),
        Refusal::OfferOver("it was never yours")
    );
}

#[test]
fn an_offer_that_cannot_be_made_is_nobodys_fault_and_made_again_later() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    desk.happens(SupportEvent::Did(Done::Rang {
        offer: 1,
        leg: Err("the account is full".into()),
    }));

    desk.told("Ana could not be rung: the account is full.");
    assert_eq!(desk.duty("Ana"), &Duty::Free);
    let again = SupportEvent::Offer {
        agent: user("ana"),
        name: "Ana".into(),
    };
    assert_eq!(
        desk.refused(again),
        Refusal::NotWaiting("an offer has just failed")
    );
    desk.later(5);
    assert_eq!(desk.offers("Ana").refusal, None);
}

#[test]
fn a_late_answer_is_met_with_words() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.later(20);
    desk.rings_timers();
    desk.offers("Ben");

    desk.answers("Ana", 1);

    desk.story.hears("agent_too_late[]");
    assert_eq!(desk.story.answer.last(), Some(&Act::HangUp));
    assert!(matches!(desk.stage(), Stage::Offered { offer: 2 }));
}

#[test]
fn the_leg_of_an_offer_that_is_over_is_ended_when_it_is_known() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.caller_goes();
    desk.to_do();

    desk.happens(SupportEvent::Did(Done::Rang {
        offer: 1,
        leg: Ok(leg(7)),
    }));

    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Leg(leg(7))
    }));
    assert!(
        Effect::EndLeg {
            leg: LegOf::Leg(leg(7))
        }
        .outlives_the_call()
    );
}

#[test]
fn a_caller_who_gives_up_frees_the_agent_who_rings() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    desk.takes(Event::Reported(Reported::Completed));

    desk.ended(Outcome::Abandoned);
    assert_eq!(desk.duty("Ana"), &Duty::Free);
    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Offer(1)
    }));
    desk.answers("Ana", 1);
    desk.story.hears("agent_too_late[]");
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
    desk.to_do();

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
    desk.to_do();

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
    desk.to_do();

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
fn only_who_talks_with_the_caller_may_command() {
    let mut desk = Desk::talking(|_| {});
    let ben = |what| SupportEvent::Command {
        by: user("ben"),
        what,
    };

    for what in [Command::HangUp, Command::Hold { on: true }] {
        assert_eq!(desk.refused(ben(what)), Refusal::NotYours(user("ana")));
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
fn an_unknown_agent_keeps_the_caller_as_they_were() {
    let mut desk = Desk::talking(|_| {});
    let before = desk.stage().clone();

    desk.happens(SupportEvent::AgentJoins {
        agent: user("nobody"),
        leg: leg(5),
        offer: Some(1),
    });

    desk.story.hears("agent_too_late[]");
    assert_eq!(desk.stage(), &before);
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

#[test]
fn a_menu_can_lead_to_a_support_line() {
    let mut rows = crate::support::rows();
    let to = exchange::Destination::Line {
        line: exchange::LineId::parse("support").unwrap(),
    };
    let node = rows.menus[0].nodes.values_mut().next().unwrap();
    node.choices.insert(
        '7',
        exchange::Choice {
            label: "Help".into(),
            to: to.clone(),
        },
    );
    for node in rows.menus[0].nodes.values_mut() {
        node.choices.insert(
            '7',
            exchange::Choice {
                label: "Help".into(),
                to: to.clone(),
            },
        );
    }
    let mut story = crate::support::Story::with(
        rows,
        "planets",
        exchange::Caller::Withheld,
        exchange::Place::default(),
    );
    story.arrives();

    story.presses("7");
    story.happens(Event::Arrived(Input::default()));

    assert!(matches!(&story.answer[..], [Act::Join(_)]));
}
