//! What the views of the floor promise.

use std::collections::BTreeMap;

use exchange::{AwayReason, Moment, Shown, Standing, WhyNot};

use super::*;
use crate::Tone;

#[test]
fn somebody_who_wants_calls_and_cannot_be_rung_wants_looking_at() {
    let cases = [
        (Shown::Available, None, Tone::Good),
        (Shown::Ringing, None, Tone::Live),
        (Shown::OnCall, None, Tone::Live),
        (Shown::OnCall, Some("connection lost"), Tone::Bad),
        (Shown::WrapUp, None, Tone::Quiet),
        (Shown::Away(AwayReason::Meal), None, Tone::Quiet),
        (
            Shown::NotResponding(WhyNot::Missed),
            Some("did not answer"),
            Tone::Bad,
        ),
        (Shown::Offline, None, Tone::Quiet),
        (Shown::Offline, Some("console silent"), Tone::Bad),
    ];

    for (shown, why, tone) in cases {
        let since = Moment(7);
        let view = StandingView::from(&Standing { shown, since, why });

        assert_eq!(view.tone, tone, "{shown:?} {why:?}");
    }
}

#[test]
fn a_standing_is_told_with_what_is_in_its_way() {
    let standing = |why| Standing {
        shown: Shown::Offline,
        since: Moment(7),
        why,
    };

    let plain = StandingView::from(&standing(None));
    let hindered = StandingView::from(&standing(Some("phone not registered")));

    assert_eq!(plain.text(), "Offline");
    assert_eq!(hindered.text(), "Offline: phone not registered");
}

#[test]
fn the_service_level_counts_whom_the_line_let_wait_and_not_who_gave_up_at_once() {
    let line = LineDay {
        line: "support".to_owned(),
        ..LineDay::default()
    };
    let fact = |hour, met| CallFact { hour, met };
    let facts = BTreeMap::from([(
        "support".to_owned(),
        vec![
            fact(9, Met::Agent(20_000)),
            fact(9, Met::Agent(20_001)),
            fact(9, Met::NobodyInTime(5_000)),
            fact(10, Met::NobodyInTime(60_000)),
            fact(10, Met::LeftWord),
            fact(23, Met::Else),
        ],
    )]);

    let day = count_day(vec![line], &facts);

    let line = &day.lines[0];
    assert_eq!(
        (line.calls, line.answered, line.answered_in_time),
        (6, 2, 1)
    );
    assert_eq!(
        (line.abandoned, line.abandoned_late, line.left_word),
        (2, 1, 1)
    );
    assert_eq!(line.service_level(), Some(33));
    assert_eq!(line.service_text(), "33 % answered within 20 s.");
    assert_eq!((line.hours[9].calls, line.hours[9].abandoned), (3, 1));
    assert_eq!((line.busiest(), line.hours.len()), (3, 24));
}

#[test]
fn a_day_without_calls_has_no_service_level() {
    let day = count_day(vec![LineDay::default()], &BTreeMap::new());

    assert_eq!(day.lines[0].service_level(), None);
    assert_eq!(day.lines[0].hours.len(), 24);
}

#[test]
fn a_change_leads_from_one_picture_to_the_next() {
    let before = floor(
        1,
        &[("ana", "Available"), ("ben", "Offline"), ("cy", "Offline")],
    );
    let mut after = floor(
        2,
        &[("ana", "On call"), ("cy", "Offline"), ("bo", "Available")],
    );
    after.agents.sort_by(|a, b| a.name.cmp(&b.name));
    after.talking = 1;

    let change = FloorChange::between(&before, &after);
    let mut board = before.clone();
    board.take(FloorPart::Change(change.clone()));

    assert_eq!(board, after);
    assert_eq!(change.agents.len(), 2, "who stands as before is not sent");
    assert_eq!(change.gone, ["ben"]);
}

#[test]
fn a_change_since_another_picture_is_left_out() {
    let before = floor(1, &[("ana", "Available")]);
    let after = floor(2, &[("ana", "On call")]);
    let change = FloorChange::between(&before, &after);

    let mut board = floor(5, &[("ana", "Offline")]);
    board.take(FloorPart::Change(change));

    assert_eq!(board, floor(5, &[("ana", "Offline")]));
}

#[test]
fn the_queue_is_told_in_a_sentence_and_by_its_longest_wait() {
    let waiting = |since_ms| WaitingRow {
        call: format!("CA{since_ms}"),
        caller: CallerView::default(),
        line: "support".to_owned(),
        line_name: "Support".to_owned(),
        since_ms,
        is_first: false,
        rings_at: None,
    };
    let mut floor = floor(1, &[("ana", "Available")]);
    assert_eq!(
        (floor.queue_text().as_str(), floor.longest_wait_ms(9)),
        ("Nobody waits.", None)
    );

    floor.queue = vec![waiting(3_000), waiting(1_000)];

    assert_eq!(floor.queue_text(), "2 callers wait.");
    assert_eq!(floor.longest_wait_ms(61_000), Some(60_000));
    assert_eq!(floor.free(), 1);
}

#[test]
fn agents_are_told_by_how_many_stand_how_the_most_first() {
    let agents = [
        ("ana", "Offline"),
        ("ben", "On call"),
        ("cy", "Available"),
        ("di", "Offline"),
    ];

    assert_eq!(floor(1, &[]).agents_text(), "Nobody takes calls.");
    assert_eq!(
        floor(1, &agents).agents_text(),
        "Offline 2 · Available 1 · On call 1"
    );
}

#[test]
fn what_callers_left_is_told_where_there_is_something() {
    let cases = [
        (0, 0, None),
        (1, 0, Some("1 message")),
        (0, 2, Some("2 callbacks")),
        (3, 1, Some("3 messages, 1 callback")),
    ];

    for (voicemails, callbacks, text) in cases {
        let floor = Floor {
            voicemails,
            callbacks,
            ..Floor::default()
        };
        assert_eq!(floor.left_text().as_deref(), text);
    }
}

#[test]
fn only_who_is_busy_can_be_freed() {
    let reason = AwayReason::Meal;
    let cases = [
        (Shown::Available, false),
        (Shown::Ringing, true),
        (Shown::OnCall, true),
        (Shown::WrapUp, true),
        (Shown::Away(reason), false),
        (Shown::NotResponding(WhyNot::Missed), true),
        (Shown::Offline, false),
    ];

    for (shown, is_busy) in cases {
        let mut row = floor(1, &[("ana", "Offline")]).agents.remove(0);
        row.standing.word = shown.word().to_owned();
        assert_eq!(row.stuck_in().is_some(), is_busy, "{shown:?}");
    }
}

#[test]
fn the_days_of_all_lines_are_added_up() {
    let line = |name: &str, answered, abandoned_late| LineDay {
        name: name.to_owned(),
        calls: answered + abandoned_late,
        answered,
        answered_in_time: answered,
        abandoned: abandoned_late,
        abandoned_late,
        left_word: 1,
        ..LineDay::default()
    };
    let day = DayView {
        lines: vec![line("Support", 6, 2), line("Sales", 3, 1)],
    };

    let total = day.total();

    assert_eq!((total.calls, total.answered, total.abandoned), (12, 9, 3));
    assert_eq!((total.service_level(), total.left_word), (Some(75), 2));
    assert_eq!(DayView::default().total().service_level(), None);
}

#[test]
fn a_chart_ends_at_a_round_number_that_holds_every_hour() {
    let cases = [
        (0, 1, &[0, 1][..]),
        (1, 1, &[0, 1]),
        (3, 3, &[0, 1, 2, 3]),
        (5, 6, &[0, 2, 4, 6]),
        (10, 10, &[0, 5, 10]),
        (17, 20, &[0, 5, 10, 15, 20]),
        (41, 60, &[0, 20, 40, 60]),
        (999, 1_000, &[0, 500, 1_000]),
    ];

    for (busiest, top, marks) in cases {
        let scale = Scale::of(busiest);
        assert_eq!((scale.top, scale.marks().as_slice()), (top, marks));
    }
    for busiest in 0..5_000 {
        let scale = Scale::of(busiest);
        assert!(scale.top >= busiest && scale.marks().len() <= 5);
        assert_eq!(scale.marks().last(), Some(&scale.top));
    }
    assert!(Scale::of(u32::MAX).marks().len() <= 5);
}

#[test]
fn the_hours_of_a_day_are_told_in_words() {
    let mut line = LineDay {
        calls: 5,
        ..LineDay::default()
    };
    line.hours.resize(24, HourCount::default());
    assert_eq!(line.chart_text(), "No hour has brought a call yet.");

    line.hours[9] = HourCount {
        calls: 4,
        answered: 2,
        abandoned: 1,
    };
    line.hours[23].calls = 1;

    assert_eq!(line.hours[9].otherwise(), 1);
    assert_eq!(
        line.chart_text(),
        "5 calls, the most of them from 09:00 to 10:00: 4."
    );
    assert_eq!(hour_span(23), "23:00–24:00");
}

#[test]
fn every_disposition_is_found_by_its_word() {
    for one in Disposition::ALL {
        assert_eq!(Disposition::parse(one.word()), Some(one));
    }
    assert_eq!(Disposition::parse("splendid"), None);
}

#[test]
fn what_is_written_about_a_call_may_be_left_empty_but_not_make_no_sense() {
    let form = |disposition: &str, notes: &str| WrapUpForm {
        call: "CA1".to_owned(),
        disposition: disposition.to_owned(),
        notes: notes.to_owned(),
    };
    let fields = |form: WrapUpForm| -> Vec<String> {
        let errors = form.parse().err().unwrap_or_default();
        errors.into_iter().map(|error| error.field).collect()
    };

    let words = form("solved", " Rang twice. ").parse().unwrap();

    assert_eq!(words.disposition, Some(Disposition::Solved));
    assert_eq!(
        (words.notes.as_str(), words.is_empty()),
        ("Rang twice.", false)
    );
    assert!(form("", " ").parse().unwrap().is_empty());
    assert_eq!(
        fields(form("splendid", &"a".repeat(2_001))),
        ["disposition", "notes"]
    );
}

#[test]
fn a_status_is_chosen_by_its_word() {
    for (word, _) in status_choices() {
        assert_eq!(chosen(word).unwrap().word(), word);
    }
    assert_eq!(chosen("asleep").unwrap_err()[0].field, "status");
}

fn floor(number: u64, agents: &[(&str, &str)]) -> Floor {
    let row = |(user, label): &(&str, &str)| AgentRow {
        user: (*user).to_owned(),
        name: (*user).to_owned(),
        teams: Vec::new(),
        standing: StandingView {
            word: label.to_lowercase(),
            label: (*label).to_owned(),
            ..StandingView::default()
        },
        call: None,
        next: None,
    };
    Floor {
        number,
        agents: agents.iter().map(row).collect(),
        ..Floor::default()
    }
}
