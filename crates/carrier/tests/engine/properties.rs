//! What holds for every document and every order of events.

use std::collections::BTreeMap;

use carrier::engine::{Answer, CallFilter, CallView, CreateCall, Habit, UpdateCall};
use proptest::prelude::*;
use twilio::CallSid;
use twiml::{
    CallEvent, Client, Conference, Connect, Dial, DialTarget, Enqueue, Gather, GatherInput, Number,
    Parties, Party, Pause, Play, PlayDigits, Queue, Record, Redirect, Refer, Reject, Response, Say,
    Sip, SpeechTimeout, Start, Stop, Verb,
};

use crate::support::*;

const PAGES: [&str; 4] = ["/voice", "/other", "/one", "/two"];
const FINAL: [&str; 5] = ["completed", "busy", "failed", "no-answer", "canceled"];

/// Something that happens to the carrier from outside.
#[derive(Clone, Debug)]
enum Act {
    Rings,
    Create,
    Answer(usize),
    Decline(usize),
    HangUp(usize),
    Press(usize, String),
    Speak(usize),
    Move(usize, &'static str),
    Give(usize, Response),
    End(usize, &'static str),
    Limit(usize, u32),
    Pass(u32),
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&PAGES[2..]).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => Just("/nowhere".to_owned()),
        1 => Just("http://".to_owned()),
    ]
}

fn maybe_url() -> impl Strategy<Value = Option<String>> {
    prop::option::of(url())
}

fn say() -> impl Strategy<Value = Say> {
    (
        prop::sample::select(&["", "Hi.", "One moment, please."][..]),
        0..4_u16,
    )
        .prop_map(|(text, times)| {
            let say = Say::new(text);
            if times == 3 { say } else { say.times(times) }
        })
}

fn gather() -> impl Strategy<Value = Gather> {
    (
        prop::collection::vec(say(), 0..2),
        maybe_url(),
        prop::option::of(1..4_u16),
        prop::option::of(prop::sample::select(&["", "#", "*", "1"][..])),
        any::<(bool, bool, bool)>(),
        1..9_u16,
    )
        .prop_map(
            |(prompts, action, digits, finish, (speech, empty, plays), timeout)| {
                let mut gather = prompts
                    .into_iter()
                    .fold(Gather::new().timeout(timeout), Gather::say);
                gather.action = action;
                gather.num_digits = digits;
                gather.finish_on_key = finish.map(str::to_owned);
                gather.action_on_empty_result = Some(empty);
                if speech {
                    gather.input = vec![GatherInput::Speech, GatherInput::Dtmf];
                    gather.speech_timeout = Some(SpeechTimeout::Auto);
                }
                if plays {
                    gather = gather.play(Play::new("/bell.mp3"));
                }
                gather
            },
        )
}

fn party() -> impl Strategy<Value = Party> {
    let number = (
        prop::sample::select(&[OFFICE, SECOND_OFFICE, OURS, OTHER_OF_OURS, "911"][..]),
        maybe_url(),
        any::<bool>(),
    )
        .prop_map(|(phone, url, whole)| {
            let mut number = Number::new(phone).status_callback(format!("{APP}/status"));
            number.url = url;
            if whole {
                number.status_callback_event = CallEvent::ALL.to_vec();
                number.send_digits = Some("1w2#".to_owned());
            }
            Party::from(number)
        });
    prop_oneof![
        6 => number,
        1 => Just(Party::from(Client::new("ada").status_callback(format!("{APP}/status")))),
        1 => Just(Party::from(Sip::new("sip:bo@example.org").status_callback(format!("{APP}/status")))),
    ]
}

fn dial() -> impl Strategy<Value = Dial> {
    let target = prop_oneof![
        6 => prop::collection::vec(party(), 1..3).prop_map(|parties| {
            DialTarget::from(Parties::new(parties).expect("one or two"))
        }),
        1 => Just(DialTarget::from(Conference::new("room"))),
        1 => Just(DialTarget::from(Queue::new("line"))),
    ];
    (
        target,
        maybe_url(),
        any::<(bool, bool, bool)>(),
        5..40_u16,
        1..60_u32,
    )
        .prop_map(
            |(target, action, (bridge, star, sequential), timeout, limit)| {
                let mut dial = Dial::new(target)
                    .answer_on_bridge(bridge)
                    .hangup_on_star(star)
                    .sequential(sequential)
                    .timeout(timeout)
                    .time_limit(limit);
                dial.action = action;
                dial
            },
        )
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        4 => say().prop_map(Verb::from),
        2 => prop::sample::select(&["/bell.mp3", "/nowhere.html"][..])
            .prop_map(|url| Verb::from(Play::new(url))),
        1 => Just(Verb::from(PlayDigits::new("1w#").times(2))),
        2 => (0..4_u16).prop_map(|seconds| Verb::from(Pause::seconds(seconds))),
        5 => gather().prop_map(Verb::from),
        6 => dial().prop_map(Verb::from),
        3 => url().prop_map(|url| Verb::from(Redirect::new(url))),
        1 => any::<bool>().prop_map(|busy| {
            Verb::from(if busy { Reject::busy() } else { Reject::default() })
        }),
        1 => Just(Verb::Hangup),
        1 => maybe_url().prop_map(|action| Verb::from(Record { action, ..Record::new() })),
        1 => maybe_url().prop_map(|action| Verb::from(Enqueue { action, ..Enqueue::queue("line") })),
        1 => Just(Verb::Leave),
        1 => Just(Verb::Echo),
        1 => Just(Verb::from(Connect::default())),
        1 => Just(Verb::from(Start::default())),
        1 => Just(Verb::from(Stop::default())),
        1 => Just(Verb::from(Refer::new("sip:bo@example.org"))),
    ]
}

fn document() -> impl Strategy<Value = Response> {
    prop::collection::vec(verb(), 0..5)
        .prop_map(|verbs| verbs.into_iter().fold(Response::new(), Response::then))
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let answer = prop_oneof![
        12 => document().prop_map(|document| xml(&document.to_xml())),
        1 => Just(http(500, None, "")),
        1 => Just(http(200, Some("text/xml"), "<Response><Say>")),
        1 => Just(http(200, Some("text/plain"), "Hello.")),
        1 => Just(http(200, Some("audio/wav"), "…")),
        1 => Just(Answer::Failed { code: 11205 }),
        1 => ".{0,40}".prop_map(|text| xml(&text)),
    ];
    prop::collection::vec(answer, 1..3)
}

fn act() -> impl Strategy<Value = Act> {
    let leg = 0..6_usize;
    prop_oneof![
        2 => Just(Act::Rings),
        1 => Just(Act::Create),
        4 => leg.clone().prop_map(Act::Answer),
        2 => leg.clone().prop_map(Act::Decline),
        2 => leg.clone().prop_map(Act::HangUp),
        4 => (leg.clone(), "[0-9#*]{1,4}").prop_map(|(leg, keys)| Act::Press(leg, keys)),
        2 => leg.clone().prop_map(Act::Speak),
        2 => (leg.clone(), prop::sample::select(&PAGES[..])).prop_map(|(leg, page)| Act::Move(leg, page)),
        1 => (leg.clone(), document()).prop_map(|(leg, document)| Act::Give(leg, document)),
        1 => (leg, prop::sample::select(&["completed", "canceled"][..]))
            .prop_map(|(leg, status)| Act::End(leg, status)),
        1 => (0..6_usize, prop_oneof![Just(0), 1..99_u32, Just(u32::MAX)])
            .prop_map(|(leg, seconds)| Act::Limit(leg, seconds)),
        4 => (1..20_000_u32).prop_map(Act::Pass),
    ]
}

fn habit() -> impl Strategy<Value = Habit> {
    prop_oneof![
        3 => Just(Habit::Asks),
        2 => (0..9000_u32, prop::option::of(0..9000_u32)).prop_map(|(after_ms, hangs_up_after_ms)| {
            Habit::Answers { after_ms, hangs_up_after_ms }
        }),
        1 => Just(Habit::Declines),
        1 => Just(Habit::Busy),
        1 => Just(Habit::NeverAnswers),
        1 => Just(Habit::Fails),
    ]
}

fn world(pages: &[Vec<Answer>], habits: &[Habit]) -> World {
    let mut settings = settings_told();
    settings.numbers[1].status_callback = Some(format!("{APP}/status"));
    settings.numbers[0].voice_fallback_url = Some(format!("{APP}/two"));
    settings.options.longest_call_s = 120;
    settings.options.documents_per_second = 3;
    let mut world = World::with(settings);
    world.engine.register_client("ada");
    for (path, answers) in PAGES.into_iter().zip(pages) {
        world.answers(path, answers.clone());
    }
    world.answers("/nowhere.html", vec![http(200, Some("text/html"), "<p>")]);
    for (number, habit) in [OFFICE, SECOND_OFFICE].into_iter().zip(habits) {
        world.phone(number, *habit);
    }
    world
}

fn sids(world: &World) -> Vec<CallSid> {
    let all = world.engine.calls(&CallFilter::default());
    all.into_iter().map(|call| call.sid).collect()
}

fn perform(world: &mut World, act: Act) {
    let calls = sids(world);
    let leg = |index: usize| calls.get(index).cloned();
    match act {
        Act::Rings => {
            world.rings();
        }
        Act::Create => {
            let call = CreateCall {
                to: OFFICE.to_owned(),
                from: OURS.to_owned(),
                url: Some(format!("{APP}/one")),
                status_callback: Some(format!("{APP}/status")),
                ..CreateCall::default()
            };
            world.engine.create_call(call).expect("a good call");
        }
        Act::Answer(index) => {
            leg(index).map(|leg| world.engine.answer(&leg));
        }
        Act::Decline(index) => {
            leg(index).map(|leg| world.engine.decline(&leg));
        }
        Act::HangUp(index) => {
            leg(index).map(|leg| world.engine.hang_up(&leg));
        }
        Act::Press(index, keys) => {
            leg(index).map(|leg| world.engine.press(&leg, &keys));
        }
        Act::Speak(index) => {
            leg(index).map(|leg| world.engine.speak(&leg, "Hello."));
        }
        Act::Move(index, page) => {
            let url = Some(format!("{APP}{page}"));
            let update = UpdateCall {
                url,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Give(index, document) => {
            let twiml = Some(document.to_xml());
            let update = UpdateCall {
                twiml,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::End(index, status) => {
            let status = Some(status.to_owned());
            let update = UpdateCall {
                status,
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Limit(index, seconds) => {
            let update = UpdateCall {
                time_limit: Some(seconds),
                ..UpdateCall::default()
            };
            leg(index).map(|leg| world.engine.update_call(&leg, update));
        }
        Act::Pass(ms) => world.pass_ms(i64::from(ms)),
    }
    world.work();
}

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

            let live = world.engine.calls(&CallFilter::default()).iter().any(is_live);
            prop_assert!(!live || world.engine.next_due().is_some());
        }
    }

    #[test]
    fn every_call_ends_with_exactly_one_final_callback(
        pages in prop::collection::vec(answers(), PAGES.len()),
        habits in prop::collection::vec(habit(), 2),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut world = world(&pages, &habits);

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
