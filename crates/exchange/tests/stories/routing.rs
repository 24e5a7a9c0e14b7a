//! What holds of pairing, whoever waits and whoever is there.

use std::collections::BTreeSet;

use exchange::routing::{Candidate, Queued, looks_again_at, pair, place, sort};
use exchange::{
    Agent, AwayReason, Chosen, Duty, Language, Moment, Presence, Priority, TeamId, WhyNot,
};
use proptest::prelude::*;

use crate::desk::{leg, present, user};

const NOW: Moment = Moment(1_700_000_000_000);

fn team(n: u8) -> TeamId {
    TeamId::parse(["support", "sales"][usize::from(n % 2)]).expect("a team")
}

fn language() -> impl Strategy<Value = Option<Language>> {
    prop::option::weighted(0.7, prop::sample::select(Language::ALL.to_vec()))
}

/// Whether the agent may be rung for somebody whom nobody had before.
fn is_for(queued: &Queued, one: &Candidate) -> bool {
    let is_understood = queued.language.is_none_or(|language| {
        one.agent.languages.is_empty() || one.agent.languages.contains(&language)
    });
    is_understood
        && queued.by.as_ref() != Some(&one.agent.user)
        && one.agent.can_take(&queued.team, &one.presence, NOW)
}

fn queue() -> impl Strategy<Value = Vec<Queued>> {
    let one = (
        0..3_u8,
        any::<bool>(),
        0..600_i64,
        prop::option::weighted(0.2, 0..8_u32),
        prop::option::weighted(0.2, 0..8_u32),
        0..10_i64,
        language(),
    );
    prop::collection::vec(one, 0..12).prop_map(|callers| {
        (1_u32..)
            .zip(callers)
            .map(
                |(n, (of, front, waited, first, by, pause, language))| Queued {
                    call: leg(n),
                    team: team(of),
                    language,
                    priority: if front {
                        Priority::Front
                    } else {
                        Priority::Normal
                    },
                    queued: NOW.plus_seconds(-waited),
                    first: first.map(|n| user(&format!("agent{n}"))),
                    by: by.map(|n| user(&format!("agent{n}"))),
                    not_before: NOW.plus_seconds(pause - 8),
                },
            )
            .collect()
    })
}

fn duty() -> impl Strategy<Value = Duty> {
    let call = (1..13_u32).prop_map(leg);
    prop_oneof![
        5 => Just(Duty::Free),
        1 => call.clone().prop_map(|call| Duty::Ringing { call, offer: 1, since: NOW }),
        1 => call.clone().prop_map(|call| Duty::OnCall { call, since: NOW }),
        2 => call.clone().prop_map(|call| Duty::Lost { call, since: NOW }),
        1 => (call, -5..5_i64).prop_map(|(call, s)| Duty::WrapUp { call, since: NOW, until: Some(NOW.plus_seconds(s)) }),
        1 => Just(Duty::NotResponding { since: NOW, why: WhyNot::Missed }),
    ]
}

fn people() -> impl Strategy<Value = Vec<Candidate>> {
    let chosen = prop_oneof![
        4 => Just(Chosen::Available),
        1 => Just(Chosen::Away(AwayReason::Break)),
        1 => Just(Chosen::Offline),
    ];
    let one = (
        duty(),
        chosen,
        0..3_u8,
        0..900_i64,
        prop::bool::weighted(0.85),
        language(),
    );
    prop::collection::vec(one, 0..8).prop_map(|people| {
        (0_u32..)
            .zip(people)
            .map(|(n, (duty, chosen, of, idle, registered, language))| {
                let name = format!("agent{n}");
                let teams = if of == 2 {
                    vec![team(0), team(1)]
                } else {
                    vec![team(of)]
                };
                let mut agent = Agent::new(user(&name), name, teams, NOW);
                agent.duty = duty;
                agent.chosen = chosen;
                agent.idle_since = NOW.plus_seconds(-idle);
                agent.languages = language.into_iter().collect();
                Candidate {
                    agent,
                    presence: Presence {
                        registered,
                        ..present(NOW)
                    },
                }
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn nobody_is_paired_twice_and_only_who_may_be(waiting in queue(), agents in people()) {
        let pairs = pair(&waiting, &agents, NOW);

        let calls: BTreeSet<_> = pairs.iter().map(|pair| &pair.call).collect();
        let rung: BTreeSet<_> = pairs.iter().map(|pair| &pair.agent).collect();
        prop_assert_eq!((calls.len(), rung.len()), (pairs.len(), pairs.len()));
        for pair in &pairs {
            let queued = waiting.iter().find(|queued| queued.call == pair.call).unwrap();
            let one = agents.iter().find(|one| one.agent.user == pair.agent).unwrap();
            prop_assert!(queued.not_before <= NOW);
            let is_right = match &queued.first {
                Some(first) => *first == pair.agent && one.agent.can_take_back(&queued.call, &one.presence, NOW),
                None => is_for(queued, one),
            };
            prop_assert!(is_right, "{pair:?}");
        }
    }

    #[test]
    fn the_order_of_the_queue_is_kept_and_nobody_waits_beside_a_free_agent(waiting in queue(), agents in people()) {
        let pairs = pair(&waiting, &agents, NOW);

        let mut order = waiting.clone();
        sort(&mut order);
        let rank = |call: &exchange::CallSid| order.iter().position(|queued| queued.call == *call);
        prop_assert!(pairs.windows(2).all(|two| rank(&two[0].call) < rank(&two[1].call)));
        let is_rung = |one: &Candidate| pairs.iter().any(|pair| pair.agent == one.agent.user);
        for (n, queued) in order.iter().enumerate() {
            let is_open = queued.first.is_none() && queued.not_before <= NOW;
            if !is_open || pairs.iter().any(|pair| pair.call == queued.call) {
                continue;
            }
            for one in agents.iter().filter(|one| is_for(queued, one)) {
                prop_assert!(is_rung(one), "{:?} waits beside {:?}", queued, one.agent.user);
                let at = pairs.iter().find(|pair| pair.agent == one.agent.user).unwrap();
                prop_assert!(rank(&at.call) < Some(n), "somebody later was served first");
            }
        }
    }

    #[test]
    fn the_longest_idle_who_may_be_rung_is_rung_first(agents in people()) {
        let caller = Queued {
            call: leg(99),
            team: team(0),
            language: None,
            priority: Priority::Normal,
            queued: NOW,
            first: None,
            by: None,
            not_before: NOW,
        };

        let pairs = pair(std::slice::from_ref(&caller), &agents, NOW);

        let longest = agents
            .iter()
            .filter(|one| one.agent.can_take(&team(0), &one.presence, NOW))
            .map(|one| one.agent.at(NOW))
            .min_by_key(|agent| (agent.idle_since, agent.user.clone()));
        prop_assert_eq!(pairs.first().map(|pair| pair.agent.clone()), longest.map(|agent| agent.user));
    }

    #[test]
    fn front_comes_first_and_places_count_from_one(waiting in queue()) {
        let mut order = waiting.clone();
        sort(&mut order);

        prop_assert!(order.windows(2).all(|two| (two[0].priority, two[0].queued) <= (two[1].priority, two[1].queued)));
        for of in [team(0), team(1)] {
            let places: Vec<u32> = order
                .iter()
                .filter(|queued| queued.team == of)
                .filter_map(|queued| place(&waiting, &queued.call))
                .collect();
            prop_assert_eq!(&places, &(1..).take(places.len()).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn the_next_look_is_in_the_future(waiting in queue(), agents in people()) {
        prop_assert!(looks_again_at(&waiting, &agents, NOW).is_none_or(|at| at > NOW));
    }
}

#[test]
fn a_caller_is_offered_to_who_speaks_the_language_of_their_line() {
    let agent = |name: &str, languages: &[Language], idle: i64| {
        let mut agent = Agent::new(user(name), name.to_owned(), vec![team(0)], NOW);
        agent.chosen = Chosen::Available;
        agent.languages = languages.to_vec();
        agent.idle_since = NOW.plus_seconds(-idle);
        Candidate {
            agent,
            presence: present(NOW),
        }
    };
    let agents = [
        agent("eve", &[Language::English], 300),
        agent("bea", &[Language::English, Language::Spanish], 200),
        agent("all", &[], 100),
    ];
    let rung = |language| {
        let caller = Queued {
            call: leg(1),
            team: team(0),
            language,
            priority: Priority::Normal,
            queued: NOW,
            first: None,
            by: None,
            not_before: NOW,
        };
        let pairs = pair(&[caller], &agents, NOW);
        pairs.first().map(|pair| pair.agent.to_string())
    };

    assert_eq!(rung(Some(Language::English)).as_deref(), Some("eve"));
    assert_eq!(rung(Some(Language::Spanish)).as_deref(), Some("bea"));
    assert_eq!(rung(Some(Language::Japanese)).as_deref(), Some("all"));
    assert_eq!(rung(None).as_deref(), Some("eve"));
}
