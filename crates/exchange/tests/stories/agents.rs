//! Stories of agents.

use exchange::{
    Agent, AgentEvent, AgentRefusal, AwayReason, Chosen, Duty, Moment, Presence, Shown, TeamId,
    WhyNot, shown,
};

use crate::desk::{leg, present, user};

const START: Moment = Moment(1_700_000_000_000);

pub(crate) fn ana() -> Agent {
    let team = TeamId::parse("support").expect("a team");
    let mut ana = Agent::new(user("ana"), "Ana".to_owned(), vec![team], START);
    ana.chosen = Chosen::Available;
    ana
}

pub(crate) fn at(seconds: i64) -> Moment {
    START.plus_seconds(seconds)
}

pub(crate) fn then(agent: &Agent, event: &AgentEvent, seconds: i64) -> Agent {
    let now = at(seconds);
    agent
        .on(event, &present(now), now)
        .expect("it may be")
        .agent
}

pub(crate) fn reserved(offer: u32) -> AgentEvent {
    AgentEvent::Reserved {
        call: leg(9),
        offer,
    }
}

fn answered(offer: u32) -> AgentEvent {
    AgentEvent::Answered {
        call: leg(9),
        offer,
    }
}

fn over(wrap_up_s: u32) -> AgentEvent {
    AgentEvent::CallOver {
        call: leg(9),
        wrap_up_s,
    }
}

#[test]
fn available_means_chosen_and_console_and_phone_and_microphone() {
    let now = at(60);
    let all = present(now);
    let cases = [
        (all, Shown::Available, None),
        (
            Presence {
                answered: Some(at(44)),
                ..all
            },
            Shown::Offline,
            Some("console silent"),
        ),
        (
            Presence {
                answered: None,
                ..all
            },
            Shown::Offline,
            Some("console silent"),
        ),
        (
            Presence {
                registered: false,
                ..all
            },
            Shown::Offline,
            Some("phone not registered"),
        ),
        (
            Presence {
                microphone: false,
                ..all
            },
            Shown::Offline,
            Some("microphone not allowed"),
        ),
    ];
    for (presence, is, why) in cases {
        let standing = shown(&ana(), &presence, now);

        assert_eq!((standing.shown, standing.why), (is, why), "{presence:?}");
        let team = TeamId::parse("support").unwrap();
        assert_eq!(ana().can_take(&team, &presence, now), why.is_none());
    }
}

#[test]
fn an_agent_takes_only_their_teams_calls() {
    let other = TeamId::parse("sales").unwrap();

    assert!(!ana().can_take(&other, &present(START), START));
}

#[test]
fn who_is_not_available_cannot_be_reserved() {
    let rings = then(&ana(), &reserved(1), 0);
    let away = then(
        &ana(),
        &AgentEvent::Chose(Chosen::Away(AwayReason::Meal)),
        0,
    );
    let missed = then(
        &rings,
        &AgentEvent::Missed {
            call: leg(9),
            offer: 1,
            why: WhyNot::Missed,
        },
        5,
    );
    for (agent, why) in [
        (&rings, "another call is ringing"),
        (&then(&rings, &answered(1), 1), "on a call"),
        (&away, "away"),
        (&missed, "not responding"),
        (
            &then(&then(&rings, &answered(1), 1), &over(30), 2),
            "in wrap-up",
        ),
    ] {
        let refusal = agent.on(&reserved(2), &present(at(6)), at(6)).unwrap_err();

        let name = "Ana".to_owned();
        assert_eq!(refusal, AgentRefusal::NotAvailable { name, why });
    }
}

#[test]
fn a_repeated_event_changes_nothing() {
    let events = [
        reserved(1),
        answered(1),
        over(30),
        AgentEvent::WrappedUp { call: leg(9) },
    ];
    let mut ana = ana();
    for event in events {
        let once = ana.on(&event, &present(at(1)), at(1)).unwrap().agent;

        let twice = once.on(&event, &present(at(2)), at(2));

        match twice {
            Ok(twice) => {
                assert_eq!(
                    (twice.agent, twice.line, twice.wakes),
                    (once.clone(), String::new(), false)
                );
            }
            Err(refusal) => panic!("{event:?} is refused the second time: {refusal}"),
        }
        ana = once;
    }
}

#[test]
fn a_missed_offer_takes_the_agent_out_until_they_say_so() {
    let missed = AgentEvent::Missed {
        call: leg(9),
        offer: 1,
        why: WhyNot::Declined,
    };
    let out = then(&then(&ana(), &reserved(1), 0), &missed, 20);

    let standing = shown(&out, &present(at(500)), at(500));
    assert_eq!(standing.shown, Shown::NotResponding(WhyNot::Declined));
    assert_eq!(standing.since, at(20));
    let back = then(&out, &AgentEvent::Chose(Chosen::Available), 600);

    assert_eq!(
        shown(&back, &present(at(600)), at(600)).shown,
        Shown::Available
    );
    assert_eq!(back.idle_since, at(600));
}

#[test]
fn an_offer_taken_back_is_no_fault_and_keeps_the_turn() {
    let back = then(
        &then(&ana(), &reserved(1), 40),
        &AgentEvent::Withdrawn {
            call: leg(9),
            offer: 1,
        },
        50,
    );

    assert_eq!((back.duty, back.idle_since), (Duty::Free, START));
}

#[test]
fn late_words_about_another_offer_change_nothing() {
    let rings = then(&ana(), &reserved(2), 0);
    for event in [
        AgentEvent::Missed {
            call: leg(9),
            offer: 1,
            why: WhyNot::Missed,
        },
        AgentEvent::Withdrawn {
            call: leg(9),
            offer: 1,
        },
        AgentEvent::CallOver {
            call: leg(8),
            wrap_up_s: 30,
        },
        AgentEvent::Lost { call: leg(9) },
        AgentEvent::WrappedUp { call: leg(9) },
    ] {
        assert_eq!(then(&rings, &event, 1), rings, "{event:?}");
    }
}

#[test]
fn a_wrap_up_passes_by_itself_and_the_next_status_follows() {
    let talks = then(&then(&ana(), &reserved(1), 0), &answered(1), 5);
    let chose = then(
        &talks,
        &AgentEvent::Chose(Chosen::Away(AwayReason::Break)),
        6,
    );
    assert_eq!(shown(&chose, &present(at(6)), at(6)).shown, Shown::OnCall);
    let wraps = then(&chose, &over(30), 100);
    assert_eq!(
        shown(&wraps, &present(at(129)), at(129)).shown,
        Shown::WrapUp
    );
    assert_eq!(wraps.changes_at(), Some(at(130)));

    let standing = shown(&wraps, &present(at(131)), at(131));

    assert_eq!(standing.shown, Shown::Away(AwayReason::Break));
    assert_eq!(wraps.at(at(131)).idle_since, at(130));
}

#[test]
fn a_wrap_up_can_be_ended_early_or_kept() {
    let talks = then(&then(&ana(), &reserved(1), 0), &answered(1), 5);
    let wraps = then(&talks, &over(30), 100);

    let done = then(&wraps, &AgentEvent::WrappedUp { call: leg(9) }, 110);
    let stays = then(&wraps, &AgentEvent::StaysInWrapUp { call: leg(9) }, 110);

    assert_eq!((done.duty, done.idle_since), (Duty::Free, at(110)));
    assert_eq!(
        shown(&stays, &present(at(900)), at(900)).shown,
        Shown::WrapUp
    );
    assert_eq!(then(&talks, &over(0), 100).duty, Duty::Free);
}

#[test]
fn who_lost_a_caller_may_take_that_one_back_and_no_other() {
    let talks = then(&then(&ana(), &reserved(1), 0), &answered(1), 5);
    let lost = then(&talks, &AgentEvent::Lost { call: leg(9) }, 50);
    let now = at(53);
    let no_microphone = Presence {
        microphone: false,
        ..present(now)
    };

    assert!(lost.can_take_back(&leg(9), &no_microphone, now));
    assert!(!lost.can_take_back(&leg(8), &present(now), now));
    assert!(!lost.can_take_back(
        &leg(9),
        &Presence {
            registered: false,
            ..present(now)
        },
        now
    ));
    assert_eq!(
        shown(&lost, &present(now), now).why,
        Some("connection lost")
    );
    let again = then(&then(&lost, &reserved(2), 53), &answered(2), 54);

    assert_eq!(
        again.duty,
        Duty::OnCall {
            call: leg(9),
            since: at(54)
        }
    );
}

#[test]
fn an_agent_is_written_and_read_back() {
    let rings = then(&ana(), &reserved(1), 0);

    let text = serde_json::to_string(&rings).unwrap();

    assert_eq!(serde_json::from_str::<Agent>(&text).unwrap(), rings);
}

#[test]
fn every_status_has_its_own_word() {
    for chosen in Chosen::ALL {
        assert_eq!(Chosen::parse(chosen.word()), Some(chosen));
    }
}
