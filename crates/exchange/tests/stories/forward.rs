//! Stories of the forwarding line.

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
fn only_the_area_code_makes_it_a_guess() {
    let mut ida = Story::on(
        "senators",
        Caller::Number(number("+13125550123")),
        Place::default(),
    );

    ida.arrives();

    ida.hears("confirm_guess[region=Illinois]");
}

#[test]
fn an_area_code_says_nothing_of_a_caller_from_abroad() {
    let place = Place {
        country: Some("CA".into()),
        ..Place::default()
    };
    let mut ida = Story::on("senators", Caller::Number(number("+13125550123")), place);

    ida.arrives();

    ida.hears("ask_zip");
}

#[test]
fn every_kind_of_region_has_its_own_answer() {
    let cases = [
        ("IL", "US", "confirm_region[region=Illinois]"),
        ("il", "US", "confirm_region[region=Illinois]"),
        ("DC", "US", "confirm_region[region=District of Columbia]"),
        ("", "GU", "confirm_region[region=Guam]"),
        ("AE", "US", "military[region=Armed Forces Europe] ask_zip[]"),
        ("", "PW", "no_congress[region=Palau] ask_zip[]"),
        ("ON", "CA", "province[region=Ontario] ask_zip[]"),
        ("XX", "US", "confirm_guess[region=Illinois]"),
        ("IL", "MX", "forward_welcome[] ask_zip[]"),
    ];
    for (state, country, said) in cases {
        let mut ida = Story::from_state(state);
        ida.call.place = Place {
            state: (!state.is_empty()).then(|| state.to_owned()),
            country: Some(country.to_owned()),
            ..Place::default()
        };

        ida.arrives();

        ida.hears(said);
    }
}

#[test]
fn a_district_without_senators_offers_its_delegate() {
    let mut ida = Story::from_state("DC");

    ida.arrives();
    ida.presses("1");
    ida.hears(
        "no_senators[region=District of Columbia] offer_delegate[title=Senator name=Eve Elm]",
    );
    ida.presses("1");
    ida.hears("connecting_only[title=Senator name=Eve Elm]");
    ida.dial_ends(DialStatus::Completed, true, 10);

    ida.is_over(Outcome::Connected);
}

#[test]
fn the_offer_of_a_delegate_can_be_declined_for_another_zip() {
    let mut ida = Story::from_state("DC");
    ida.arrives();
    ida.presses("1");

    ida.presses("2");
    ida.hears("ask_zip");
    ida.presses("60601");

    ida.hears("region_found[region=Illinois] connecting[");
}

#[test]
fn a_territory_without_a_delegate_is_told_so_and_thanked() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("96910");

    ida.hears("no_senators[region=Guam] goodbye[]");
    ida.is_over(Outcome::NoOffice);
}

#[test]
fn a_state_without_offices_is_told_so() {
    let mut ida = Story::from_state("OH");
    ida.arrives();

    ida.presses("1");

    ida.hears("no_offices[region=Ohio] goodbye[]");
    ida.is_over(Outcome::NoOffice);
}

#[test]
fn a_zip_code_that_spans_states_asks_which() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("47500");
    ida.hears("which_region[zip=47500] region_choice[key=1 region=Indiana] region_choice[key=2 region=Illinois]");
    ida.presses("2");

    ida.hears("name=Ann Alder");
}

#[test]
fn a_zip_code_with_hardly_anybody_across_the_border_does_not_ask() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("47501");

    ida.hears("region_found[region=Indiana]");
}

#[test]
fn a_zip_code_is_asked_for_three_times_and_then_the_call_ends_kindly() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("123");
    ida.hears("not_a_zip[] ask_zip[]");
    ida.presses("99999");
    ida.hears("zip_unknown[zip=99999] ask_zip[]");
    ida.presses("");

    ida.hears("too_many_tries");
    ida.is_over(Outcome::NoInput);
}

#[test]
fn a_military_zip_code_asks_for_the_one_at_home() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("09012");

    ida.hears("military[region=Armed Forces Europe] ask_zip[]");
}

#[test]
fn wrong_keys_and_silence_have_their_own_words() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    ida.presses("7");
    ida.hears("wrong_key[] confirm_region[region=Illinois]");
    ida.presses("");
    ida.hears("silence[] confirm_region[region=Illinois]");
    ida.presses("8");

    ida.is_over(Outcome::NoInput);
}

#[test]
fn another_question_counts_its_tries_anew() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("7");
    ida.presses("7");

    ida.presses("2");
    ida.presses("1");
    ida.presses("1");

    ida.hears("not_a_zip[] ask_zip[]");
}

#[test]
fn star_goes_back_from_the_zip_code_to_the_guess() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("2");

    ida.presses("*");

    ida.hears("confirm_region[region=Illinois]");
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
