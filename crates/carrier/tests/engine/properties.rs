//! What holds for every document and every order of events.

use std::collections::{BTreeMap, BTreeSet};

use carrier::engine::{Answer, Application, CallFilter, CallView, ClientOrder, Habit};
use proptest::prelude::*;
use twilio::CallSid;

use crate::acts::{act, perform, sids};
use crate::any::{PAGES, answers, habit};
use crate::applications::{application, calls_out};
use crate::ears::{Seen, check_plan};
use crate::support::*;

const FINAL: [&str; 5] = ["completed", "busy", "failed", "no-answer", "canceled"];

/// How many final status callbacks were sent for each call.
fn final_callbacks(world: &World) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for request in world.to("/status") {
        let status = request.params.get("CallStatus").unwrap_or_default();
        if FINAL.contains(&status) {
            let sid = request.params.get("CallSid").unwrap_or_default();
            *counts.entry(sid.to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

fn is_live(call: &CallView) -> bool {
    !FINAL.contains(&call.status.as_str())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_call_that_nobody_touches_comes_to_its_end(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
    ) {
        let mut world = world(&pages, &habits);

        let call = world.rings();
        world.pass(400);

        prop_assert!(FINAL.contains(&world.status(&call).as_str()), "{}", world.status(&call));
        prop_assert!(world.engine.at_rest());
    }

    #[test]
    fn a_live_call_always_waits_for_something(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut world = world(&pages, &habits);

        for act in acts {
            perform(&mut world, act);

            for call in world.engine.calls(&CallFilter::default()) {
                let waits_for = world.engine.waits_for(&call.sid);
                prop_assert_eq!(waits_for.is_some(), is_live(&call), "{:?}: {:?}", call, waits_for);
            }
        }
    }

    #[test]
    fn what_is_to_be_heard_fits_the_calls_there_are(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut world = world(&pages, &habits);
        let mut seen = Seen::default();

        for act in acts {
            perform(&mut world, act);

            check_plan(&world, &mut seen)?;
        }
    }

    #[test]
    fn every_leg_of_a_browser_is_said_to_be_over_once(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut world = world(&pages, &habits);

        for act in acts {
            perform(&mut world, act);
            if world.engine.calls(&CallFilter::default()).len() % 3 == 1 {
                calls_out(&mut world, &[("To", OFFICE)]);
            }
        }
        for call in sids(&world) {
            let _was_live = world.engine.hang_up(&call);
            world.work();
        }
        world.pass(400);

        let mut over: BTreeMap<CallSid, usize> = BTreeMap::new();
        let mut others: BTreeSet<CallSid> = BTreeSet::new();
        for order in &world.orders {
            match order {
                ClientOrder::Over { leg, .. } => *over.entry(leg.clone()).or_insert(0) += 1,
                ClientOrder::Ring { leg, .. }
                | ClientOrder::Ringing { leg }
                | ClientOrder::Answered { leg } => {
                    prop_assert!(!over.contains_key(leg), "{leg} goes on after its end");
                    others.insert(leg.clone());
                }
            }
        }
        prop_assert!(over.values().all(|times| *times == 1), "{over:?}");
        for leg in others {
            prop_assert!(over.contains_key(&leg), "{leg} does not end");
        }
    }

    #[test]
    fn every_call_ends_with_exactly_one_final_callback(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 1..40),
        kept in prop::sample::select(&[1, 1_000][..]),
    ) {
        let mut world = world_keeping(kept, &pages, &habits);

        for act in acts {
            perform(&mut world, act);
        }
        for call in sids(&world) {
            let _was_live = world.engine.hang_up(&call);
            world.work();
        }
        world.pass(400);

        let told = final_callbacks(&world);
        for call in world.engine.calls(&CallFilter::default()) {
            prop_assert!(!is_live(&call), "{call:?}");
            prop_assert_eq!(told.get(call.sid.as_str()), Some(&1), "{:?}", call);
        }
        prop_assert!(told.values().all(|times| *times == 1), "{told:?}");
        prop_assert_eq!(world.engine.next_due(), None);
    }

    #[test]
    fn callbacks_of_a_call_are_counted_in_the_order_in_which_they_are_sent(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut world = world(&pages, &habits);

        for act in acts {
            perform(&mut world, act);
        }

        let mut next: BTreeMap<String, u64> = BTreeMap::new();
        for request in world.to("/status") {
            let sid = request.params.get("CallSid").unwrap_or_default().to_owned();
            let expected = next.entry(sid).or_insert(0);
            let sent = request.params.get("SequenceNumber").unwrap_or_default();
            prop_assert_eq!(sent, expected.to_string());
            *expected += 1;
        }
    }

    #[test]
    fn the_same_seed_and_the_same_events_give_the_same_log(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 1..20),
    ) {
        let run = || {
            let mut world = world(&pages, &habits);
            for act in acts.clone() {
                perform(&mut world, act);
            }
            let logs: Vec<_> = sids(&world)
                .iter()
                .map(|sid| world.engine.log(sid).to_vec())
                .collect();
            (logs, world.paths())
        };

        prop_assert_eq!(run(), run());
    }
}

fn world(pages: &[Vec<Answer>], habits: &[Habit]) -> World {
    world_keeping(1_000, pages, habits)
}

/// One that remembers so much of what is over.
fn world_keeping(kept: usize, pages: &[Vec<Answer>], habits: &[Habit]) -> World {
    let mut settings = settings_told();
    settings.kept = kept;
    settings.numbers[1].status_callback = Some(format!("{APP}/status"));
    settings.numbers[0].voice_fallback_url = Some(format!("{APP}/two"));
    settings.options.longest_call_s = 120;
    settings.options.documents_per_second = 3;
    let mut world = World::with(settings);
    world.engine.register_client("ada");
    world.engine.set_application(Application {
        status_callback: Some(format!("{APP}/status")),
        ..application()
    });
    world.answers("/browser", pages[2].clone());
    for (path, answers) in PAGES.into_iter().zip(pages) {
        world.answers(path, answers.clone());
    }
    world.answers("/nowhere.html", vec![http(200, Some("text/html"), "<p>")]);
    for (number, habit) in [OFFICE, SECOND_OFFICE].into_iter().zip(habits) {
        world.phone(number, *habit);
    }
    world
}
