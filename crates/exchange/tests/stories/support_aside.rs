//! Stories of what callers meet instead of an agent, and after one.

use std::collections::BTreeMap;

use exchange::{
    Act, Civil, Day, Event, Filed, Hours, Input, Instead, Outcome, QueuePlace, Recording,
    RecordingSid, Reported, Span, Stage, SupportEvent, Timer,
};

use crate::desk::Desk;
use crate::support::number;

fn message(seconds: u32) -> Recording {
    Recording {
        sid: RecordingSid::parse("RE00000000000000000000000000000001").expect("a SID"),
        url: "https://carrier.test/RE1".to_owned(),
        seconds,
    }
}

fn office_hours() -> Hours {
    let day = || {
        vec![Span {
            from_minute: 540,
            to_minute: 1020,
        }]
    };
    Hours {
        zone: "America/Chicago".to_owned(),
        week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
        closed_on: [(
            Day::parse("2026-12-25").expect("a day"),
            "Christmas".to_owned(),
        )]
        .into(),
    }
}

fn clock(weekday: u8, minute: u16, day: &str) -> Input {
    let civil = Civil {
        weekday,
        minute,
        day: Day::parse(day).expect("a day"),
    };
    Input {
        clocks: BTreeMap::from([("America/Chicago".to_owned(), civil)]),
        ..Input::default()
    }
}

/// Nobody came, and the caller is out of the room.
fn in_vain(nobody: Instead) -> Desk {
    let mut desk = Desk::with(|line| line.nobody = nobody);
    desk.later(600);
    desk.happens(SupportEvent::Due(Timer::NobodyCame { wait: 1 }));
    desk.next();
    desk
}

fn recorded(desk: &mut Desk, seconds: Option<u32>, caller_is_gone: bool) {
    let input = Input {
        caller_is_gone,
        ..Input::default()
    };
    desk.happens(SupportEvent::Recorded(input, seconds.map(message)));
}

#[test]
fn a_line_is_open_by_the_clock_on_its_wall() {
    let cases = [
        (0, 540, "2026-11-23", true),
        (0, 539, "2026-11-23", false),
        (4, 1019, "2026-11-27", true),
        (4, 1020, "2026-11-27", false),
        (5, 700, "2026-11-28", false),
        (4, 700, "2026-12-25", false),
    ];
    for (weekday, minute, day, is_open) in cases {
        let mut desk = Desk::keeping(Some(office_hours()), |_| {});

        desk.happens(SupportEvent::Enter(clock(weekday, minute, day)));

        let waits = matches!(desk.stage(), Stage::Waiting(_));
        assert_eq!(waits, is_open, "{weekday} {minute} {day}");
        assert_eq!(
            desk.story
                .heard
                .iter()
                .any(|said| said.contains("support_closed")),
            !is_open
        );
    }
}

#[test]
fn a_closed_line_does_what_it_is_set_to() {
    let cases = [
        (Instead::Voicemail, "support_closed[] leave_message[]", None),
        (
            Instead::Callback,
            "support_closed[] callback_confirm[number=3125550123]",
            None,
        ),
        (
            Instead::Goodbye,
            "support_closed[] call_again[]",
            Some(Outcome::Closed),
        ),
    ];
    for (closed, heard, end) in cases {
        let mut desk = Desk::keeping(Some(office_hours()), |line| line.closed = closed);

        desk.happens(SupportEvent::Enter(clock(6, 600, "2026-11-29")));

        desk.story.hears(heard);
        assert_eq!(desk.story.call.ended.as_ref().map(|ended| ended.how), end);
        if end.is_none() {
            desk.caller_goes();
            desk.ended(Outcome::Closed);
        }
    }
}

#[test]
fn a_full_queue_takes_nobody_more() {
    let mut desk = Desk::before(|line| line.queue_limit = Some(2));
    let queue = Some(QueuePlace {
        place: 0,
        waiting: 2,
        minutes: None,
    });

    desk.happens(SupportEvent::Enter(Input {
        queue,
        ..Input::default()
    }));

    desk.story.hears("support_full[] leave_message[]");
    desk.told("Too many callers wait already.");
}

#[test]
fn nobody_in_time_leads_to_what_the_line_has_instead() {
    let cases = [
        (Instead::Voicemail, "nobody_came[] leave_message[]"),
        (
            Instead::Callback,
            "nobody_came[] callback_confirm[number=3125550123]",
        ),
        (Instead::Goodbye, "nobody_came[] call_again[]"),
    ];
    for (nobody, heard) in cases {
        in_vain(nobody).story.hears(heard);
    }
}

#[test]
fn an_offer_that_rings_when_patience_ends_may_still_be_answered() {
    let mut desk = Desk::open();
    desk.later(599);
    desk.offers("Ana");
    desk.later(2);

    desk.happens(SupportEvent::Due(Timer::NobodyCame { wait: 1 }));
    assert!(matches!(desk.stage(), Stage::Offered { .. }));
    desk.later(18);
    desk.happens(SupportEvent::Due(Timer::RingOver { offer: 1 }));

    assert!(matches!(desk.stage(), Stage::TurnedAway(_)));
}

#[test]
fn a_message_is_filed_and_thanked_for() {
    let mut desk = in_vain(Instead::Voicemail);

    recorded(&mut desk, Some(12), false);

    desk.story.hears("message_thanks[]");
    desk.story.is_over(Outcome::Voicemail);
    assert_eq!(desk.filed, [Filed::Voicemail(message(12))]);
}

#[test]
fn a_caller_who_hangs_up_after_the_message_has_left_it() {
    let mut desk = in_vain(Instead::Voicemail);

    recorded(&mut desk, Some(12), true);

    desk.ended(Outcome::Voicemail);
    assert_eq!(desk.filed.len(), 1);
}

#[test]
fn a_message_that_only_the_callback_tells_of_is_filed_once_even_after_the_end() {
    let mut desk = in_vain(Instead::Voicemail);
    desk.takes(Event::Reported(Reported::Completed));
    desk.ended(Outcome::Abandoned);

    desk.happens(SupportEvent::RecordingReady(message(12)));
    desk.happens(SupportEvent::RecordingReady(message(12)));
    recorded(&mut desk, Some(12), true);

    desk.ended(Outcome::Voicemail);
    assert_eq!(desk.filed, [Filed::Voicemail(message(12))]);
}

#[test]
fn a_message_that_is_ready_after_its_caller_was_erased_is_to_go_and_nobody_is_told_of_it() {
    let mut desk = in_vain(Instead::Voicemail);
    desk.takes(Event::Reported(Reported::Completed));
    desk.story.call.is_erased = true;

    let step = desk.happens(SupportEvent::RecordingReady(message(12)));
    recorded(&mut desk, Some(12), true);

    let unwanted = Filed::Unwanted(message(12).sid);
    assert_eq!(desk.filed, [unwanted.clone(), unwanted]);
    assert_eq!(
        step.lines,
        ["A recording is not kept: its caller was erased."]
    );
    desk.ended(Outcome::Abandoned);
}

#[test]
fn a_silent_message_is_asked_for_three_times() {
    let mut desk = in_vain(Instead::Voicemail);

    recorded(&mut desk, None, false);
    desk.story.hears("message_empty[] leave_message[]");
    recorded(&mut desk, Some(0), false);
    recorded(&mut desk, None, false);

    desk.story.hears("call_again[]");
    desk.story.is_over(Outcome::Abandoned);
    assert_eq!(desk.filed, []);
}

#[test]
fn a_caller_may_be_called_back_at_their_own_number_or_another() {
    let mut desk = in_vain(Instead::Callback);
    desk.keys("1");
    desk.story.is_over(Outcome::CallbackAsked);
    assert_eq!(desk.filed, [Filed::Callback(number("+13125550123"))]);

    let mut desk = in_vain(Instead::Callback);
    desk.keys("2");
    desk.story.hears("callback_number[]");
    desk.keys("2025550188");
    desk.story.is_over(Outcome::CallbackAsked);
    assert_eq!(desk.filed, [Filed::Callback(number("+12025550188"))]);
}

#[test]
fn a_number_that_we_do_not_call_is_asked_for_again() {
    for typed in ["911", "9005550123", "01144207183875", "", "12"] {
        let mut desk = in_vain(Instead::Callback);
        desk.keys("2");

        desk.keys(typed);

        let why = if typed.is_empty() {
            "silence[]"
        } else {
            "callback_bad_number[]"
        };
        desk.story.hears(&format!("{why} callback_number[]"));
        desk.keys(typed);
        desk.keys(typed);
        desk.story.is_over(Outcome::Abandoned);
        assert_eq!(desk.filed, []);
    }
}

#[test]
fn a_waiting_caller_chooses() {
    let asked = || {
        let mut desk = Desk::open();
        desk.later(120);
        desk.rings_timers();
        desk.next();
        desk.story.hears("support_choices[]");
        desk
    };
    for keys in ["1", ""] {
        let mut desk = asked();
        let queued = desk.support().queued;
        desk.keys(keys);
        assert_eq!(desk.joins().room, desk.room());
        assert_eq!(desk.support().queued, queued, "the place is kept");
        assert_eq!(desk.offers("Ana").refusal, None);
    }
    let mut desk = asked();
    desk.keys("2");
    desk.story.hears("leave_message[]");
    let mut desk = asked();
    desk.keys("3");
    desk.story.hears("callback_confirm[number=3125550123]");
    let mut desk = asked();
    desk.keys("9");
    desk.story.hears("wrong_key[] support_choices[]");
    desk.keys("9");
    desk.keys("9");
    assert!(matches!(desk.stage(), Stage::Waiting(_)));
}

#[test]
fn a_caller_who_is_being_asked_is_offered_to_nobody() {
    let mut desk = Desk::open();
    desk.later(120);
    desk.rings_timers();

    let offer = SupportEvent::Offer {
        agent: crate::desk::user("ana"),
        name: "Ana".into(),
    };
    let refusal = desk.refused(offer);

    assert_eq!(
        refusal.to_string(),
        "This caller is not waiting: they are being asked what they wish."
    );
    desk.left();
    assert!(
        matches!(&desk.story.answer[..], [Act::Goto(_)]),
        "our own redirect leads on"
    );
}

#[test]
fn choices_wait_for_an_offer_that_rings() {
    let mut desk = Desk::open();
    desk.later(119);
    desk.offers("Ana");
    desk.later(1);

    desk.rings_timers();

    assert!(matches!(desk.stage(), Stage::Offered { .. }));
    desk.answers("Ana", 1);
    assert!(matches!(desk.stage(), Stage::Talking { .. }));
}

#[test]
fn a_caller_is_asked_two_questions_where_the_line_wishes() {
    let mut desk = Desk::talking(|line| line.survey = true);
    desk.commands("Ana", exchange::Command::HangUp);

    desk.left();
    desk.story.hears("survey_helped[]");
    desk.keys("7");
    desk.story.hears("wrong_key[] survey_helped[]");
    desk.keys("1");
    desk.story.hears("survey_rating[]");
    desk.keys("5");

    desk.story.hears("survey_thanks[]");
    desk.story.is_over(Outcome::Connected);
    let answers = [(1, 1), (2, 5)].map(|(question, answer)| Filed::Survey { question, answer });
    assert_eq!(desk.filed, answers);
}

#[test]
fn a_question_after_the_call_that_nobody_answers_ends_kindly() {
    let mut desk = Desk::talking(|line| line.survey = true);
    desk.commands("Ana", exchange::Command::HangUp);
    desk.left();

    for _ in 0..3 {
        desk.keys("");
    }

    desk.story.hears("goodbye[]");
    desk.story.is_over(Outcome::Connected);
}

#[test]
fn the_settings_of_a_line_have_usual_values() {
    let text = r#"{"id": "support", "name": "Support", "number": null, "language": "en", "voice": null,
        "kind": "support", "team": "support", "person": null, "dial": {"allowed": ["+1"], "ring_seconds": 25}}"#;

    let line: exchange::Line = serde_json::from_str(text).unwrap();

    let exchange::LineKind::Support(settings) = &line.kind else {
        panic!("{line:?}");
    };
    let team = exchange::TeamId::parse("support").unwrap();
    assert_eq!(**settings, exchange::SupportLine::of(team));
    let again = serde_json::to_string(&line).unwrap();
    assert_eq!(
        serde_json::from_str::<exchange::Line>(&again).unwrap(),
        line
    );
}
