//! Any document, any answer, any telephone.

use carrier::engine::{Answer, Habit};
use proptest::prelude::*;
use twiml::{
    Application, CallEvent, Client, Conference, ConferenceEvent, ConferenceRecord, Connect, Dial,
    DialTarget, Enqueue, Gather, GatherInput, Number, Parties, Party, Pause, Play, PlayDigits,
    Queue, Record, Redirect, Refer, Reject, Response, Say, Sip, SpeechTimeout, Start, Stop, Verb,
};

use crate::applications::application_sid;
use crate::support::*;

pub(crate) const PAGES: [&str; 4] = ["/voice", "/other", "/one", "/two"];

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

fn conference() -> impl Strategy<Value = Conference> {
    (maybe_url(), any::<[bool; 4]>(), 2..4_u8).prop_map(
        |(wait_url, [starts, ends, muted, records], most)| {
            let mut conference = Conference::new("room")
                .start_conference_on_enter(starts)
                .end_conference_on_exit(ends)
                .muted(muted)
                .max_participants(most)
                .status_callback(format!("{APP}/room"))
                .status_callback_event(ConferenceEvent::ALL.iter().copied());
            conference.wait_url = wait_url;
            conference.record = records.then_some(ConferenceRecord::FromStart);
            conference
        },
    )
}

fn enqueue() -> impl Strategy<Value = Enqueue> {
    (maybe_url(), maybe_url()).prop_map(|(action, wait_url)| Enqueue {
        action,
        wait_url,
        ..Enqueue::queue("line")
    })
}

fn record() -> impl Strategy<Value = Record> {
    (maybe_url(), 0..5_u16, 2..9_u32).prop_map(|(action, timeout, longest)| {
        let record = Record::new().timeout(timeout).max_length(longest);
        Record { action, ..record }
    })
}

fn an_application() -> Application {
    let mut application = Application::new(application_sid().as_str());
    application.status_callback = Some(format!("{APP}/status"));
    application
}

fn dial() -> impl Strategy<Value = Dial> {
    let target = prop_oneof![
        6 => prop::collection::vec(party(), 1..3).prop_map(|parties| {
            DialTarget::from(Parties::new(parties).expect("one or two"))
        }),
        4 => conference().prop_map(DialTarget::from),
        1 => Just(DialTarget::from(an_application())),
        2 => maybe_url().prop_map(|url| DialTarget::from(Queue { url, ..Queue::new("line") })),
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
        9 => dial().prop_map(Verb::from),
        3 => url().prop_map(|url| Verb::from(Redirect::new(url))),
        1 => any::<bool>().prop_map(|busy| {
            Verb::from(if busy { Reject::busy() } else { Reject::default() })
        }),
        1 => Just(Verb::Hangup),
        2 => record().prop_map(Verb::from),
        3 => enqueue().prop_map(Verb::from),
        1 => Just(Verb::Leave),
        1 => Just(Verb::Echo),
        1 => Just(Verb::from(Connect::default())),
        1 => Just(Verb::from(Start::default())),
        1 => Just(Verb::from(Stop::default())),
        1 => Just(Verb::from(Refer::new("sip:bo@example.org"))),
    ]
}

pub(crate) fn document() -> impl Strategy<Value = Response> {
    prop::collection::vec(verb(), 0..6)
        .prop_map(|verbs| verbs.into_iter().fold(Response::new(), Response::then))
}

pub(crate) fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let answer = prop_oneof![
        40 => document().prop_map(|document| xml(&document.to_xml())),
        1 => Just(http(500, None, "")),
        1 => Just(http(200, Some("text/xml"), "<Response><Say>")),
        1 => Just(http(200, Some("text/plain"), "Hello.")),
        1 => Just(http(200, Some("audio/wav"), "…")),
        1 => Just(Answer::Failed { code: 11205 }),
        1 => ".{0,40}".prop_map(|text| xml(&text)),
    ];
    prop::collection::vec(answer, 1..3)
}

pub(crate) fn habit() -> impl Strategy<Value = Habit> {
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
