//! Stories of the forwarding line: the offices that a caller is connected to.

use crate::support::{Story, forward, number, rows};
use exchange::{
    Caller, DialRefusal, DialStatus, Event, ForwardRoute, Input, Outcome, Place, Reported,
    VisitOutcome,
};

#[test]
fn a_caller_who_confirms_is_connected_to_both_offices_in_turn() {
    let mut ida = Story::from_state("IL");

    ida.arrives();
    ida.hears("forward_welcome[] confirm_region[region=Illinois]");
    ida.presses("1");
    ida.hears("connecting[title=Senator name=Ann Alder n=1 total=2 next_title=Senator next=Bea Birch] leave_hint[]");
    assert_eq!(ida.dialled().unwrap().to, number("+12022240001"));
    ida.dial_ends(DialStatus::Completed, true, 63);
    ida.hears(
        "office_talked[name=Ann Alder] connecting_last[title=Senator name=Bea Birch n=2 total=2]",
    );
    ida.dial_ends(DialStatus::Busy, false, 0);

    ida.hears("office_busy[name=Bea Birch] forward_goodbye[]");
    ida.is_over(Outcome::Connected);
    let outcomes: Vec<_> = ida
        .call
        .visits
        .iter()
        .map(|visit| visit.outcome.clone().unwrap())
        .collect();
    assert_eq!(outcomes, [VisitOutcome::Talked(63), VisitOutcome::Busy]);
}

#[test]
fn every_way_an_office_is_not_reached_is_said_and_leads_on() {
    let cases = [
        (DialStatus::Busy, false, "office_busy", VisitOutcome::Busy),
        (
            DialStatus::NoAnswer,
            false,
            "office_no_answer",
            VisitOutcome::NoAnswer,
        ),
        (
            DialStatus::Failed,
            false,
            "office_failed",
            VisitOutcome::Failed,
        ),
        (
            DialStatus::Canceled,
            false,
            "office_canceled",
            VisitOutcome::Canceled,
        ),
        (
            DialStatus::Completed,
            false,
            "office_not_connected",
            VisitOutcome::NotConnected,
        ),
        (
            DialStatus::Other("odd".into()),
            false,
            "office_failed",
            VisitOutcome::Other("odd".into()),
        ),
    ];
    for (status, bridged, said, outcome) in cases {
        let mut ida = Story::from_state("IL");
        ida.arrives();
        ida.presses("1");

        ida.dial_ends(status, bridged, 0);

        ida.hears(said);
        assert_eq!(ida.dialled().unwrap().to, number("+12022240002"));
        assert_eq!(ida.call.visits[0].outcome, Some(outcome));
    }
}

#[test]
fn zero_reaches_a_person_where_the_line_has_one() {
    let mut rows = rows();
    rows.lines[0].person = Some(number("+12025550177"));
    let place = Place {
        state: Some("IL".into()),
        ..Place::default()
    };
    let mut ida = Story::with(rows, "senators", Caller::Withheld, place);

    ida.arrives();
    ida.hears("person_hint[]");
    ida.presses("0");
    assert_eq!(ida.dialled().unwrap().to, number("+12025550177"));
    ida.dial_ends(DialStatus::NoAnswer, false, 0);

    ida.hears("office_no_answer[name=person_name[]]");
    ida.is_over(Outcome::NotReached);
}

#[test]
fn a_number_the_rules_forbid_is_said_and_not_dialled() {
    let mut ida = Story::from_state("IN");
    ida.arrives();
    ida.presses("1");

    ida.dial_ends(DialStatus::NoAnswer, false, 0);

    assert_eq!(ida.dialled(), None);
    ida.hears("office_not_allowed[name=Dan Dogwood] forward_goodbye[]");
    ida.is_over(Outcome::NotReached);
    assert_eq!(
        ida.call.visits[1].outcome,
        Some(VisitOutcome::NotAllowed(DialRefusal::Premium))
    );
}

#[test]
fn a_caller_who_withholds_their_number_shows_the_lines() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("60601");

    assert_eq!(
        ida.dialled().unwrap().caller_id,
        Some(number("+12025550100"))
    );
}

#[test]
fn a_caller_shows_their_own_number() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    ida.presses("1");

    assert_eq!(
        ida.dialled().unwrap().caller_id,
        Some(number("+13125550123"))
    );
}

#[test]
fn a_repeated_answer_dials_the_office_that_is_under_way_once_more_and_no_other() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("1");

    ida.happens(forward(ForwardRoute::SetState, "1"));

    assert_eq!(ida.dialled().unwrap().to, number("+12022240001"));
    assert_eq!(ida.call.visits.len(), 1);
}

#[test]
fn an_office_that_was_called_is_not_called_again() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("1");
    ida.dial_ends(DialStatus::Completed, true, 5);

    ida.happens(forward(ForwardRoute::CallSenators("IL".into()), ""));

    assert_eq!(ida.dialled().unwrap().to, number("+12022240002"));
}

#[test]
fn unknown_senators_states_and_steps_lead_on() {
    for (route, said) in [
        (ForwardRoute::CallSenators("ZZ".into()), "ask_zip"),
        (ForwardRoute::CallSenators("né".into()), "ask_zip"),
        (
            ForwardRoute::CallSecondSenator("Z9".into()),
            "forward_goodbye",
        ),
    ] {
        let mut ida = Story::from_state("IL");
        ida.happens(forward(route, ""));
        ida.hears(said);
    }
    let mut ida = Story::from_state("IL");
    ida.happens(forward(ForwardRoute::Unknown("nonsense".into()), ""));
    assert_eq!(ida.answer.len(), 1);
    assert!(matches!(
        &ida.answer[0],
        exchange::Act::Goto(exchange::Route::Line(_))
    ));
}

#[test]
fn the_caller_who_hangs_up_while_it_rings_is_written_down_so() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("1");
    let dial = exchange::DialReport {
        status: DialStatus::Canceled,
        bridged: Some(false),
        seconds: None,
    };

    ida.happens(Event::Forward(
        ForwardRoute::CallSecondSenator("B2".into()),
        Input {
            dial: Some(dial),
            caller_is_gone: true,
            ..Input::default()
        },
    ));

    ida.is_over(Outcome::NotReached);
    assert_eq!(ida.call.visits[0].outcome, Some(VisitOutcome::Canceled));
}

#[test]
fn a_report_that_comes_after_the_end_still_tells_how_it_went() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("1");
    let then = ida.dialled().unwrap().then;

    ida.happens(Event::Reported(Reported::Completed));
    assert_eq!(ida.call.ended.as_ref().unwrap().how, Outcome::HungUp);
    let dial = exchange::DialReport {
        status: DialStatus::Completed,
        bridged: Some(true),
        seconds: Some(40),
    };
    ida.goes(
        then,
        Input {
            dial: Some(dial),
            caller_is_gone: true,
            ..Input::default()
        },
    );

    ida.is_over(Outcome::Connected);
    assert_eq!(ida.call.visits[0].outcome, Some(VisitOutcome::Talked(40)));
}

#[test]
fn a_line_that_was_taken_away_apologises() {
    let mut ida = Story::from_state("IL");
    let mut rows = rows();
    rows.lines.remove(0);
    rows.menus[0]
        .nodes
        .values_mut()
        .for_each(|node| node.choices.retain(|key, _| *key != '5'));
    ida.plan = exchange::Plan::new(rows).unwrap();

    ida.arrives();

    ida.hears("apology");
    ida.is_over(Outcome::Apologised);
}

#[test]
fn a_line_may_say_a_prompt_in_its_own_words() {
    let mut rows = rows();
    rows.prompts.push(exchange::PromptRow {
        line: Some(rows.lines[0].id.clone()),
        language: exchange::Language::English,
        key: "forward_welcome".into(),
        text: "Our own welcome.".into(),
    });
    let mut ida = Story::with(rows, "senators", Caller::Withheld, Place::default());

    ida.arrives();

    ida.hears("Our own welcome. ask_zip[]");
}

#[test]
fn a_repeated_report_is_not_taken_for_the_next_offices() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("1");
    let then = ida.dialled().unwrap().then;
    let busy = || Input {
        dial: Some(exchange::DialReport {
            status: DialStatus::Busy,
            bridged: None,
            seconds: None,
        }),
        ..Input::default()
    };

    ida.goes(then.clone(), busy());
    ida.goes(then, busy());

    assert_eq!(ida.dialled().unwrap().to, number("+12022240002"));
    assert_eq!(ida.call.visits[1].outcome, None);
}

#[test]
fn a_browser_shows_the_lines_number_whatever_it_says_it_dialled() {
    let mut ana = Story::on("senators", Caller::Client("ana".into()), Place::default());
    ana.call.dialled = Some(number("+447911123456"));
    ana.arrives();

    ana.presses("60601");

    assert_eq!(
        ana.dialled().unwrap().caller_id,
        Some(number("+12025550100"))
    );
}
