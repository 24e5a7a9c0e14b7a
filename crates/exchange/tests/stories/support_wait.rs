//! Stories of callers who wait and are offered.

use exchange::{
    Act, AgentEvent, Command, Done, Duty, Effect, Event, Input, LegOf, LegStatus, Outcome, Refusal,
    Reported, RoomName, Route, Stage, SupportEvent, SupportRoute, Timer, WhyNot,
};

use crate::desk::{Desk, leg, user};

#[test]
fn a_caller_is_led_into_a_room_of_their_own_with_our_music() {
    let desk = Desk::open();
    let sid = desk.story.call.sid.clone();

    let room = desk.joins();

    assert_eq!(
        (room.room, room.starts, room.ends),
        (RoomName::Call(sid.clone()), false, true)
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
fn of_two_legs_of_one_offer_the_known_one_tells_and_the_other_is_ended() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.placed(1);

    desk.happens(SupportEvent::Leg {
        leg: leg(7),
        offer: 1,
        status: LegStatus::Busy,
    });
    assert!(matches!(desk.duty("Ana"), Duty::Ringing { .. }));
    desk.happens(SupportEvent::Did(Done::Rang {
        offer: 1,
        leg: Ok(leg(7)),
    }));

    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Leg(leg(7))
    }));
    assert!(matches!(desk.stage(), Stage::Offered { offer: 1 }));
}

#[test]
fn an_offer_that_fails_before_its_creation_is_answered_has_whatever_else_was_made_ended() {
    let ends = |desk: &Desk| {
        desk.does(&Effect::EndLeg {
            leg: LegOf::Offer(1),
        })
    };
    let busy = |n| SupportEvent::Leg {
        leg: leg(n),
        offer: 1,
        status: LegStatus::Busy,
    };
    for is_answered in [false, true] {
        let mut desk = Desk::open();
        desk.offers("Ana");
        if is_answered {
            desk.placed(1);
        }

        desk.happens(busy(1));

        assert_eq!(ends(&desk), !is_answered, "the creation may be tried again");
        assert!(matches!(desk.stage(), Stage::Waiting(_)));
    }
}

#[test]
fn a_leg_that_rings_for_an_offer_with_another_one_is_ended() {
    let rings = SupportEvent::Leg {
        leg: leg(7),
        offer: 1,
        status: LegStatus::Ringing,
    };
    let other = Effect::EndLeg {
        leg: LegOf::Leg(leg(7)),
    };
    for is_over in [false, true] {
        let mut desk = Desk::open();
        desk.offers("Ana");
        desk.placed(1);
        if is_over {
            desk.happens(SupportEvent::Leg {
                leg: leg(1),
                offer: 1,
                status: LegStatus::Busy,
            });
        }

        desk.happens(rings.clone());

        assert!(desk.does(&other), "over: {is_over}");
    }
}

#[test]
fn an_offer_rings_for_its_time_and_is_then_cancelled() {
    let mut desk = Desk::open();
    desk.offers("Ana");
    desk.placed(1);
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
fn an_offer_to_a_console_that_is_gone_goes_on_at_once() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    desk.happens(SupportEvent::ConsoleGone { offer: 1 });

    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Offer(1)
    }));
    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Unreachable,
            ..
        }
    ));
    desk.offers("Ben");
    let late = desk.happens(SupportEvent::ConsoleGone { offer: 1 });
    assert_eq!(late.effects, vec![]);
    assert!(matches!(desk.stage(), Stage::Offered { offer: 2 }));
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
    desk.placed(1);
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
    desk.takes_off();

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

#[test]
fn a_console_that_goes_silent_while_it_rings_lets_the_call_go_on() {
    let mut desk = Desk::open();
    desk.offers("Ana");

    desk.happens(SupportEvent::ConsoleGone { offer: 1 });
    let again = desk.happens(SupportEvent::ConsoleGone { offer: 1 });

    assert!(desk.does(&Effect::EndLeg {
        leg: LegOf::Offer(1)
    }));
    assert_eq!((again.effects, again.agents), (vec![], vec![]));
    assert!(matches!(
        desk.duty("Ana"),
        Duty::NotResponding {
            why: WhyNot::Unreachable,
            ..
        }
    ));
    assert_eq!(desk.offers("Ben").refusal, None);
}
