//! Stories of calls that browsers make.

use crate::support::{Story, number, rows};
use exchange::{
    Act, AgentEvent, CallOutRoute, DialStatus, Dialler, Effect, Event, Input, Manner, Outcome,
    PlanRows, Reported, Route, UserName, VisitOutcome,
};

pub(crate) fn ana() -> Dialler {
    Dialler::Person {
        user_name: "ana".into(),
        name: "Ana Torres".into(),
    }
}

fn ana_dials(to: &str) -> Story {
    Story::out(rows(), ana(), to, None)
}

#[test]
fn an_agent_is_connected_with_the_lines_number_as_caller_id() {
    let mut out = ana_dials("+12022240001");

    let dial = out.dialled().expect("somebody is dialled");
    assert_eq!(dial.to, number("+12022240001"));
    assert_eq!(dial.caller_id, Some(number("+12025550101")));
    assert_eq!(dial.manner, Manner::Direct);
    out.dial_ends(DialStatus::Completed, true, 63);

    out.is_over(Outcome::Connected);
    assert!(out.heard.is_empty(), "{:?}", out.heard);
    assert_eq!(
        out.journal,
        [
            "Ana Torres called out on planets to +1 (202) 224-0001.",
            "Dialled +1 (202) 224-0001.",
            "+1 (202) 224-0001: connected for 63 s.",
            "The other side hung up.",
        ]
    );
    assert_eq!(out.call.made_by(), "Called out by Ana Torres");
}

#[test]
fn the_line_that_is_named_lends_its_number() {
    let out = Story::out(rows(), ana(), "+12022240001", Some("senators"));

    let dial = out.dialled().expect("somebody is dialled");
    assert_eq!(dial.caller_id, Some(number("+12025550100")));
    assert_eq!(out.call.line.as_str(), "senators");
}

#[test]
fn numbers_are_read_as_people_at_the_lines_telephone_type_them() {
    for (typed, dialled) in [
        ("+1 (202) 224-0001", "+12022240001"),
        ("(202) 224-0001", "+12022240001"),
        ("1 202 224 0001", "+12022240001"),
        ("202.224/0001", "+12022240001"),
    ] {
        let out = ana_dials(typed);

        assert_eq!(
            out.dialled().map(|dial| dial.to),
            Some(number(dialled)),
            "{typed}"
        );
    }
}

#[test]
fn a_line_abroad_reads_its_own_countrys_prefix() {
    let british = |line: &mut exchange::Line| {
        line.number = Some(number("+442071838750"));
        line.dial.allowed = vec!["+44".into(), "+1".into()];
    };
    let mut rows = rows();
    rows.lines.iter_mut().for_each(|line| {
        if line.id.as_str() == "senators" {
            british(line);
        }
    });
    let dials = |to: &str| Story::out(rows.clone(), ana(), to, Some("senators"));

    assert_eq!(
        dials("00 1 202 224 0001").dialled().map(|dial| dial.to),
        Some(number("+12022240001"))
    );
    dials("2022240001").hears("call_out_not_a_number");
}

#[test]
fn whatever_is_against_a_call_is_said_and_nobody_is_dialled() {
    let silent = |rows: PlanRows| PlanRows {
        lines: rows
            .lines
            .into_iter()
            .map(|line| exchange::Line {
                number: None,
                ..line
            })
            .collect(),
        ..rows
    };
    let cases = [
        (
            rows(),
            Dialler::Nobody,
            "+12022240001",
            None,
            "call_out_nobody",
            "nobody of ours has that name",
        ),
        (
            rows(),
            ana(),
            "+12022240001",
            Some("moon"),
            "call_out_no_line",
            "there is no line \"moon\"",
        ),
        (
            rows(),
            ana(),
            "+12022240001",
            Some("Moon!"),
            "call_out_no_line",
            "there is no line \"Moon!\"",
        ),
        (
            silent(rows()),
            ana(),
            "+12022240001",
            None,
            "call_out_no_caller_id",
            "the line planets has no number that could be shown",
        ),
        (
            rows(),
            ana(),
            "",
            None,
            "call_out_not_a_number",
            "no number was given",
        ),
        (
            rows(),
            ana(),
            " \u{7} ",
            None,
            "call_out_not_a_number",
            "no number was given",
        ),
        (
            rows(),
            ana(),
            "client:ben",
            None,
            "call_out_not_a_number",
            "\"client:ben\" is no telephone number",
        ),
        (
            rows(),
            ana(),
            "22240001",
            None,
            "call_out_not_a_number",
            "\"22240001\" is no telephone number",
        ),
        (
            rows(),
            ana(),
            "911",
            None,
            "call_out_emergency",
            "emergency and service numbers",
        ),
        (
            rows(),
            ana(),
            "+911",
            None,
            "call_out_emergency",
            "emergency and service numbers",
        ),
        (
            rows(),
            ana(),
            "+12029115555",
            None,
            "call_out_emergency",
            "emergency and service numbers",
        ),
        (
            rows(),
            ana(),
            "900 555 0123",
            None,
            "call_out_not_allowed",
            "premium numbers",
        ),
        (
            rows(),
            ana(),
            "011 44 20 7183 8750",
            None,
            "call_out_not_allowed",
            "do not allow that country",
        ),
        (
            rows(),
            ana(),
            "+442071838750",
            None,
            "call_out_not_allowed",
            "do not allow that country",
        ),
    ];
    for (rows, by, to, line, said, told) in cases {
        let out = Story::out(rows, by, to, line);

        out.hears(said);
        out.is_over(Outcome::Refused);
        assert_eq!(out.dialled(), None, "{to}");
        let reason = out.journal.last().expect("it is written down");
        assert!(
            reason.starts_with("Nobody was dialled: ") && reason.contains(told),
            "{reason}"
        );
    }
}

#[test]
fn whoever_is_not_reached_is_told_of() {
    for (status, said, outcome) in [
        (DialStatus::Busy, "call_out_busy", VisitOutcome::Busy),
        (
            DialStatus::NoAnswer,
            "call_out_no_answer",
            VisitOutcome::NoAnswer,
        ),
        (DialStatus::Failed, "call_out_failed", VisitOutcome::Failed),
        (
            DialStatus::Completed,
            "call_out_failed",
            VisitOutcome::NotConnected,
        ),
    ] {
        let mut out = ana_dials("+12022240001");

        out.dial_ends(status, false, 0);

        out.hears(said);
        out.is_over(Outcome::NotReached);
        assert_eq!(out.call.visits[0].outcome, Some(outcome));
    }
}

#[test]
fn a_dialled_party_that_nothing_is_told_of_ends_the_call_too() {
    let mut out = ana_dials("+12022240001");

    out.goes(Route::CallOut(CallOutRoute::End), Input::default());

    out.hears("call_out_failed");
    out.is_over(Outcome::NotReached);
}

#[test]
fn a_repeated_beginning_dials_again_under_the_same_attempt() {
    let mut out = ana_dials("+12022240001");

    out.goes(Route::CallOut(CallOutRoute::Begin), Input::default());

    assert!(out.dialled().is_some());
    assert_eq!(out.call.visits.len(), 1);
}

#[test]
fn an_end_without_a_beginning_dials_nobody() {
    let mut out = ana_dials("+12022240001");
    out.call.visits.clear();

    out.goes(Route::CallOut(CallOutRoute::End), Input::default());

    assert_eq!(out.dialled(), None);
    out.hears("apology");
    out.is_over(Outcome::Apologised);
}

#[test]
fn nobody_is_rung_at_a_telephone_that_calls_out() {
    let user = UserName::parse("ana").unwrap();
    for ends in [Reported::Completed, Reported::NotAnswered("busy".into())] {
        let mut out = ana_dials("+12022240001");
        let call = out.call.sid.clone();
        let begins = out.agents.clone();

        out.happens(Event::Reported(ends));

        let calls_out = AgentEvent::CallsOut { call: call.clone() };
        let back = AgentEvent::PhoneIsBack { call };
        assert_eq!(begins, [(user.clone(), calls_out)]);
        assert_eq!(out.agents[1..], [(user.clone(), back)]);
    }
}

#[test]
fn an_agent_is_not_kept_from_calls_for_longer_than_a_minute_when_every_word_of_the_end_is_lost() {
    let mut out = ana_dials("+12022240001");
    let begun = out.now;
    let after = |seconds| Effect::AskCarrier {
        due: begun.plus_seconds(seconds),
    };
    let begins = Event::CallOut(CallOutRoute::Begin, Input::default());
    let first = out.call.on(begins, true, begun, &out.plan);
    assert_eq!(first.effects, [after(60)]);

    out.now = begun.plus_seconds(60);
    let goes_on = out.happens(Event::Asked(Ok(Reported::Live)));
    assert_eq!(goes_on.effects, [after(120)]);
    out.now = begun.plus_seconds(120);
    let over = out.happens(Event::Asked(Ok(Reported::Completed)));

    let call = out.call.sid.clone();
    let user = UserName::parse("ana").unwrap();
    assert_eq!(over.agents, [(user, AgentEvent::PhoneIsBack { call })]);
    assert!(out.call.ended.is_some());
}

#[test]
fn an_agent_who_hangs_up_is_named() {
    let mut out = ana_dials("+12022240001");

    out.happens(Event::Reported(Reported::Completed));

    assert_eq!(
        out.journal.last().map(String::as_str),
        Some("Ana Torres hung up.")
    );
    assert_eq!(out.call.ended.expect("it is over").how, Outcome::HungUp);
}

#[test]
fn a_step_of_another_kind_of_call_leads_back_to_the_beginning() {
    let mut out = ana_dials("+12022240001");

    out.happens(Event::Arrived(Input::default()));

    assert_eq!(out.answer, [Act::Goto(Route::CallOut(CallOutRoute::Begin))]);
}

#[test]
fn a_caller_on_a_line_cannot_call_out() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    ida.happens(Event::CallOut(CallOutRoute::Begin, Input::default()));

    assert_eq!(ida.answer, [Act::Goto(Route::Line(ida.call.line.clone()))]);
}

#[test]
fn what_a_browser_sends_is_cut_to_a_bearable_length() {
    let out = ana_dials(&"9".repeat(5000));

    out.hears("call_out_not_a_number");
    assert!(
        out.journal.iter().all(|line| line.len() < 200),
        "{:?}",
        out.journal
    );
}
