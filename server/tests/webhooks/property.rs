//! Any sequence of webhooks, in any order, with repeats, through the front door.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{World, call, sid};

const PATHS: [&str; 16] = [
    "/callcongress/welcome",
    "/callcongress/set-state",
    "/callcongress/collect-zip",
    "/callcongress/state-lookup",
    "/callcongress/call-senators/IL",
    "/callcongress/call-senators/nowhere",
    "/callcongress/call-second-senator/D000622",
    "/callcongress/goodbye",
    "/callcongress/nonsense",
    "/ivr/welcome",
    "/ivr/menu",
    "/ivr/planets",
    "/line/senators",
    "/line/planets",
    "/twilio/browser",
    "/twilio/browser/end",
];

#[derive(Clone, Debug)]
struct Delivery {
    path: &'static str,
    call: u32,
    digits: &'static str,
    dial: Option<&'static str>,
    status: &'static str,
    from: String,
    repeats: usize,
}

fn delivery() -> impl Strategy<Value = Delivery> {
    (
        prop::sample::select(PATHS.to_vec()),
        1..=3_u32,
        prop::sample::select(vec![
            "", "1", "2", "3", "*", "0", "9", "60601", "99999", "20001", "x",
        ]),
        prop::option::weighted(
            0.3,
            prop::sample::select(vec!["completed", "busy", "no-answer", "odd"]),
        ),
        prop::sample::select(vec![
            "ringing",
            "in-progress",
            "in-progress",
            "in-progress",
            "completed",
            "odd",
        ]),
        prop_oneof![
            8 => Just("+13125550123".to_owned()),
            1 => Just("client:a\0b".to_owned()),
            1 => Just(format!("sip:{}@example.test", "long".repeat(2000))),
        ],
        1..=3_usize,
    )
        .prop_map(
            |(path, call, digits, dial, status, from, repeats)| Delivery {
                path,
                call,
                digits,
                dial,
                status,
                from,
                repeats,
            },
        )
}

#[tokio::test]
async fn any_webhooks_in_any_order_are_answered_with_documents() {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    for _ in 0..12 {
        let deliveries = prop::collection::vec(delivery(), 10..40)
            .new_tree(&mut runner)
            .expect("deliveries can be made up")
            .current();
        let world = World::new().await;

        for (n, delivery) in deliveries.iter().enumerate() {
            let sid = sid(delivery.call);
            let mut more = vec![
                ("Digits", delivery.digits),
                ("CallStatus", delivery.status),
                ("From", delivery.from.as_str()),
            ];
            more.extend(delivery.dial.map(|dial| ("DialCallStatus", dial)));
            let fields = call(&sid, &more);
            let mut replies = Vec::new();
            for _ in 0..delivery.repeats {
                replies.push(world.deliver(&n.to_string(), delivery.path, &fields).await);
            }

            replies[0].is_twiml();
            assert!(
                replies.iter().all(|reply| *reply == replies[0]),
                "{delivery:?} of {deliveries:?}"
            );
        }

        for n in 1..=3 {
            let expected = deliveries
                .iter()
                .filter(|delivery| delivery.call == n)
                .count();
            let written = world
                .db_story(&sid(n))
                .await
                .map_or(0, |story| story.entries.len());
            assert_eq!(written, expected, "{deliveries:?}");
        }
        world.end().await;
    }
}
