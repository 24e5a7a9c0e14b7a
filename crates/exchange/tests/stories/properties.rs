//! What holds whatever happens, in whatever order.

use crate::calling_out::ana;
use crate::support::{Story, number, rows};
use exchange::{
    Act, CallOutRoute, Caller, DialReport, DialStatus, Dialler, Digits, Event, ForwardRoute, Input,
    MAX_PROMPTS, MenuRoute, Place, Reported, Route,
};
use proptest::prelude::*;

fn digits() -> impl Strategy<Value = Digits> {
    prop_oneof![
        3 => Just(Digits::None),
        6 => "[0-9*#]".prop_map(Digits::Keys),
        3 => prop::sample::select(vec!["60601", "47500", "20001", "09012", "96940", "99999"])
            .prop_map(|zip| Digits::Keys(zip.to_owned())),
        1 => Just(Digits::Nonsense),
    ]
}

fn dial_report() -> impl Strategy<Value = DialReport> {
    let status = prop::sample::select(vec![
        DialStatus::Completed,
        DialStatus::Busy,
        DialStatus::NoAnswer,
        DialStatus::Failed,
        DialStatus::Canceled,
        DialStatus::Other("odd".to_owned()),
    ]);
    (status, any::<Option<bool>>(), any::<Option<u32>>()).prop_map(|(status, bridged, seconds)| {
        DialReport {
            status,
            bridged,
            seconds,
        }
    })
}

fn input() -> impl Strategy<Value = Input> {
    (
        digits(),
        prop::option::weighted(0.3, dial_report()),
        prop::bool::weighted(0.02),
    )
        .prop_map(|(digits, dial, caller_is_gone)| Input {
            digits,
            dial,
            caller_is_gone,
            place: Place::default(),
            ..Input::default()
        })
}

fn event() -> impl Strategy<Value = Event> {
    let forward = prop::sample::select(vec![
        ForwardRoute::Welcome,
        ForwardRoute::SetState,
        ForwardRoute::CollectZip,
        ForwardRoute::StateLookup,
        ForwardRoute::CallSenators("IL".to_owned()),
        ForwardRoute::CallSenators("nowhere".to_owned()),
        ForwardRoute::CallSecondSenator("B2".to_owned()),
        ForwardRoute::CallSecondSenator("nobody".to_owned()),
        ForwardRoute::Goodbye,
        ForwardRoute::Unknown("x".to_owned()),
    ]);
    let menu = prop::sample::select(vec![
        MenuRoute::Welcome,
        MenuRoute::Menu,
        MenuRoute::Planets,
        MenuRoute::Entry("mars.2".to_owned()),
        MenuRoute::Entry("2".to_owned()),
        MenuRoute::Unknown("x".to_owned()),
    ]);
    let call_out = prop::sample::select(vec![CallOutRoute::Begin, CallOutRoute::End]);
    let reported = prop::sample::select(vec![
        Reported::Live,
        Reported::Completed,
        Reported::NotAnswered("busy".to_owned()),
        Reported::Unknown("odd".to_owned()),
    ]);
    prop_oneof![
        6 => (forward, input()).prop_map(|(route, input)| Event::Forward(route, input)),
        6 => (menu, input()).prop_map(|(route, input)| Event::Menu(route, input)),
        2 => input().prop_map(Event::Arrived),
        2 => (call_out, input()).prop_map(|(route, input)| Event::CallOut(route, input)),
        1 => reported.clone().prop_map(Event::Reported),
        1 => reported.prop_map(|how| Event::Asked(Ok(how))),
        1 => Just(Event::Asked(Err("unreachable".to_owned()))),
    ]
}

type Beginning = (&'static str, Option<&'static str>, bool);

fn story() -> impl Strategy<Value = Beginning> {
    beginning(vec!["senators", "planets", "out"])
}

fn story_of_a_line() -> impl Strategy<Value = Beginning> {
    beginning(vec!["senators", "planets"])
}

fn beginning(kinds: Vec<&'static str>) -> impl Strategy<Value = Beginning> {
    let state = prop::sample::select(vec![
        None,
        Some("IL"),
        Some("DC"),
        Some("AE"),
        Some("ON"),
        Some("XX"),
    ]);
    (prop::sample::select(kinds), state, any::<bool>())
}

fn begin((line, state, is_withheld): Beginning) -> Story {
    if line == "out" {
        let by = if is_withheld { Dialler::Nobody } else { ana() };
        return Story::out(rows(), by, "+12022240001", state);
    }
    let caller = if is_withheld {
        Caller::Withheld
    } else {
        Caller::Number(number("+13125550123"))
    };
    Story::on(
        line,
        caller,
        Place {
            state: state.map(str::to_owned),
            ..Place::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in, in whatever order: every request is answered with something that leads on
    /// or ends, the end of a call stays, and its end never moves back.
    #[test]
    fn any_events_in_any_order_are_answered(of in story(), events in prop::collection::vec((event(), 0..600_i64), 1..40)) {
        let mut story = begin(of);
        for (event, seconds) in events {
            story.now = story.now.plus_seconds(seconds);
            let asks_for_a_document = matches!(event, Event::Arrived(_) | Event::Forward(..) | Event::Menu(..) | Event::CallOut(..));
            let before = story.call.clone();

            let step = story.happens(event);

            prop_assert_eq!(step.answer.is_some(), asks_for_a_document);
            if let Some(answer) = step.answer {
                let leads_on = matches!(answer.0.last(), Some(Act::Ask(_) | Act::Dial(_) | Act::Goto(_) | Act::HangUp));
                prop_assert!(leads_on, "{:?}", answer);
            }
            if let Some(ended) = before.ended {
                let after = step.call.ended.expect("an end stays");
                prop_assert!(after.at >= ended.at);
            }
            prop_assert!(step.call.visits.len() >= before.visits.len());
            for (old, new) in before.visits.iter().zip(&step.call.visits) {
                let is_told_late = old.outcome == Some(exchange::VisitOutcome::NotReported);
                prop_assert!(old.outcome.is_none() || is_told_late || old.outcome == new.outcome);
            }
        }
    }

    /// A caller who presses at random, is answered at random, and obeys every document, reaches the
    /// end within the stated number of questions.
    #[test]
    fn every_chain_of_documents_ends(of in story(), answers in prop::collection::vec((digits(), dial_report()), 200)) {
        let mut story = begin(of);
        story.arrives();
        let mut answers = answers.into_iter();
        let mut questions = 0;
        loop {
            let Some((digits, report)) = answers.next() else {
                return Err(TestCaseError::fail("the call goes on and on"));
            };
            let (to, input) = match story.answer.last().cloned() {
                Some(Act::HangUp) => break,
                Some(Act::Ask(ask)) => {
                    questions += 1;
                    (ask.then, Input { digits, ..Input::default() })
                }
                Some(Act::Dial(dial)) => (dial.then, Input { dial: Some(report), ..Input::default() }),
                Some(Act::Goto(route)) => (route, Input::default()),
                other => return Err(TestCaseError::fail(format!("{other:?} leads nowhere"))),
            };
            story.goes(to, input);
        }
        prop_assert!(questions <= MAX_PROMPTS, "{questions} questions");
        prop_assert!(story.call.ended.is_some());
    }

    /// A silent caller, and one who presses only wrong keys, reach the end within three questions of
    /// one kind.
    #[test]
    fn silence_and_wrong_keys_end_after_three_questions(of in story_of_a_line(), key in prop::sample::select(vec!["", "8", "88888"])) {
        let mut story = begin(of);
        story.arrives();
        let mut questions = 0;
        while let Some(Act::Ask(ask)) = story.answer.last().cloned() {
            questions += 1;
            let digits = Digits::parse(Some(key));
            story.goes(ask.then, Input { digits, ..Input::default() });
        }
        prop_assert_eq!(questions, 3);
        prop_assert_eq!(story.answer.last(), Some(&Act::HangUp));
    }
}

#[test]
fn a_route_is_written_and_read_back() {
    let route = Route::Forward(ForwardRoute::CallSenators("IL".into()));

    let text = serde_json::to_string(&route).unwrap();

    assert_eq!(serde_json::from_str::<Route>(&text).unwrap(), route);
}
