//! The hand-over form and whom there is to hand over to.

use exchange::TransferKind;

use super::*;
use crate::floor::{AgentRow, LineNow};

fn form() -> HandOverForm {
    HandOverForm {
        call: "CA00000000000000000000000000000001".to_owned(),
        kind: "consult".to_owned(),
        target: "agent".to_owned(),
        agent: "ben".to_owned(),
        note: "  Lost keys. ".to_owned(),
        ..HandOverForm::default()
    }
}

#[test]
fn a_form_says_to_whom_and_how() {
    let asked = form().parse().expect("it makes sense");

    assert_eq!(asked.kind, TransferKind::Consult);
    assert_eq!(asked.to, To::Agent(UserName::parse("ben").expect("a name")));
    assert_eq!(asked.note, "Lost keys.");
    let queue = HandOverForm {
        target: "queue".to_owned(),
        team: "sales".to_owned(),
        ..form()
    };
    let sales = TeamId::parse("sales").expect("a team");
    assert_eq!(queue.parse().expect("it makes sense").to, To::Queue(sales));
}

#[test]
fn each_field_that_makes_no_sense_says_what_to_do() {
    let wrong = |change: fn(&mut HandOverForm)| {
        let mut form = form();
        change(&mut form);
        let errors = form.parse().expect_err("it makes no sense");
        let fields: Vec<String> = errors.into_iter().map(|error| error.field).collect();
        fields.join(" ")
    };

    assert_eq!(wrong(|form| form.call.clear()), "call");
    assert_eq!(wrong(|form| form.kind = "tepid".to_owned()), "kind");
    assert_eq!(wrong(|form| form.note = "x".repeat(501)), "note");
    assert_eq!(wrong(|form| form.target.clear()), "target");
    assert_eq!(
        wrong(|form| form.agent = "no such name".to_owned()),
        "agent"
    );
    assert_eq!(wrong(|form| form.target = "queue".to_owned()), "team");
    assert_eq!(wrong(|form| form.target = "number".to_owned()), "number");
    assert_eq!(
        wrong(|form| {
            form.kind.clear();
            form.target.clear();
        }),
        "kind target"
    );
}

#[test]
fn colleagues_who_can_be_rung_come_first_and_the_others_say_why_not() {
    let row = |user: &str, word: &str, label: &str| AgentRow {
        user: user.to_owned(),
        name: user.to_owned(),
        teams: Vec::new(),
        standing: StandingView {
            word: word.to_owned(),
            label: label.to_owned(),
            ..StandingView::default()
        },
        call: None,
        next: None,
    };
    let floor = Floor {
        agents: vec![
            row("ana", "on-call", "On call"),
            row("ben", "away", "Away: meal"),
            row("eva", "available", "Available"),
        ],
        ..Floor::default()
    };

    let colleagues = floor.colleagues("ana");

    let seen: Vec<(&str, Option<&str>)> = colleagues
        .iter()
        .map(|one| (one.user.as_str(), one.cannot.as_deref()))
        .collect();
    assert_eq!(seen, [("eva", None), ("ben", Some("Away: meal"))]);
}

#[test]
fn lines_of_one_team_share_a_queue() {
    let line = |(name, team): (&str, &str), waiting: u32, longest_since_ms, free| LineNow {
        line: String::new(),
        name: name.to_owned(),
        team: team.to_owned(),
        waiting,
        longest_since_ms,
        talking: 0,
        free,
        unspoken: None,
    };
    let floor = Floor {
        lines: vec![
            line(("Support", "support"), 1, Some(70), 1),
            line(("Sales", "sales"), 0, None, 1),
            line(("Soporte", "support"), 2, Some(50), 4),
        ],
        ..Floor::default()
    };

    let queues = floor.queues("Support");

    let seen: Vec<_> = queues
        .iter()
        .map(|queue| {
            (
                queue.team.as_str(),
                queue.waiting,
                queue.longest_since_ms,
                queue.free,
            )
        })
        .collect();
    assert_eq!(seen, [("support", 3, Some(50), 1), ("sales", 0, None, 1)]);
    assert_eq!(floor.queues("Soporte")[0].free, 4);
}
