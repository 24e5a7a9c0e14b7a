//! Calls as the pages list and explain them.

use desk::{CallFilter, CallPage, Tone};
use exchange::{Caller, Moment, Outcome, Place, PlanRows, Visit, VisitOutcome};
use store::{CALLS_PER_PAGE, PlanVersion, Store};

use crate::given::{
    START, call, call_at, change, committed, done, ended, line, number, scratch, sid,
};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn calls_are_listed_latest_first_in_pages() {
    let scratch = scratch().await;
    let store = scratch.store();
    let per_page = CALLS_PER_PAGE;
    for n in 0..per_page + 5 {
        let at = Moment(START.0 + i64::from(n / 2));
        committed(&store, change(call_at(n, "senators", at), 0)).await;
    }

    let first = page(&store, CallFilter::default()).await;
    let second = page(
        &store,
        CallFilter {
            page: 2,
            ..CallFilter::default()
        },
    )
    .await;
    let third = page(
        &store,
        CallFilter {
            page: 3,
            ..CallFilter::default()
        },
    )
    .await;

    assert_eq!(
        (first.total, first.page, first.per_page),
        (u64::from(per_page) + 5, 1, per_page)
    );
    let listed: Vec<String> = first
        .rows
        .into_iter()
        .chain(second.rows)
        .map(|row| row.sid)
        .collect();
    let expected: Vec<String> = (0..per_page + 5)
        .rev()
        .map(|n| sid(n).as_str().to_owned())
        .collect();
    assert_eq!(listed, expected);
    assert_eq!(
        (third.rows, third.total),
        (Vec::new(), u64::from(per_page) + 5)
    );
    done(scratch).await;
}

#[tokio::test]
async fn a_list_is_narrowed_by_line_outcome_day_and_search() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut ana = call_at(7, "planets", START);
    ana.caller = Caller::Client("Ana_100%".to_owned());
    let calls = [
        call_at(1, "senators", Moment(START.0 - 1)),
        ended(call_at(2, "senators", START), Outcome::Connected),
        ended(
            call_at(3, "planets", Moment(START.0 + DAY - 1)),
            Outcome::HungUp,
        ),
        call_at(4, "planets", Moment(START.0 + DAY)),
        ana,
    ];
    for call in calls {
        committed(&store, change(call, 0)).await;
    }

    let all = CallFilter::default;
    let whole_sid = sid(3).as_str().to_lowercase();
    let cases = [
        (all(), vec![4, 3, 7, 2, 1]),
        (
            CallFilter {
                line: "planets".into(),
                ..all()
            },
            vec![4, 3, 7],
        ),
        (
            CallFilter {
                outcome: "connected".into(),
                ..all()
            },
            vec![2],
        ),
        (
            CallFilter {
                outcome: "hung-up".into(),
                line: "senators".into(),
                ..all()
            },
            vec![],
        ),
        (
            CallFilter {
                from_day: "2026-11-20".into(),
                ..all()
            },
            vec![4, 3, 7, 2],
        ),
        (
            CallFilter {
                to_day: "2026-11-20".into(),
                ..all()
            },
            vec![3, 7, 2, 1],
        ),
        (
            CallFilter {
                from_day: "2026-11-20".into(),
                to_day: "2026-11-20".into(),
                ..all()
            },
            vec![3, 7, 2],
        ),
        (
            CallFilter {
                search: "+1 (202) 555-0003".into(),
                ..all()
            },
            vec![3],
        ),
        (
            CallFilter {
                search: "5550".into(),
                ..all()
            },
            vec![4, 3, 2, 1],
        ),
        (
            CallFilter {
                search: whole_sid,
                ..all()
            },
            vec![3],
        ),
        (
            CallFilter {
                search: "aNA".into(),
                ..all()
            },
            vec![7],
        ),
        (
            CallFilter {
                search: "a_1".into(),
                ..all()
            },
            vec![7],
        ),
        (
            CallFilter {
                search: "0%".into(),
                ..all()
            },
            vec![7],
        ),
        (
            CallFilter {
                search: "a%0".into(),
                ..all()
            },
            vec![],
        ),
        (
            CallFilter {
                search: r"a\_1".into(),
                ..all()
            },
            vec![],
        ),
        (
            CallFilter {
                search: "' or 1=1 --".into(),
                ..all()
            },
            vec![],
        ),
    ];
    for (filter, expected) in cases {
        let page = page(&store, filter.clone()).await;
        let listed: Vec<String> = page.rows.into_iter().map(|row| row.sid).collect();
        let expected: Vec<String> = expected
            .into_iter()
            .map(|n| sid(n).as_str().to_owned())
            .collect();
        assert_eq!(
            (page.total, listed),
            (expected.len() as u64, expected),
            "{filter:?}"
        );
    }
    done(scratch).await;
}

#[tokio::test]
async fn a_row_tells_who_from_where_on_which_line_and_how_it_ended() {
    let scratch = scratch().await;
    let store = scratch.store();
    let rows = PlanRows {
        lines: vec![line("senators")],
        ..PlanRows::default()
    };
    store.seed(&rows).await.unwrap();
    let mut over = ended(call(1), Outcome::NoInput);
    over.place = Place {
        city: Some("Reno".into()),
        state: Some("NV".into()),
        ..Place::default()
    };
    let mut step = change(over, 0);
    step.plan = PlanVersion(2);
    committed(&store, step).await;

    let listed = page(&store, CallFilter::default()).await;

    let row = &listed.rows[0];
    assert_eq!(
        (row.line.as_str(), row.line_name.as_str()),
        ("senators", "The senators line")
    );
    assert_eq!(
        (row.caller.as_str(), row.place.as_str()),
        ("+1 (202) 555-0001", "Reno, NV")
    );
    assert_eq!(
        (row.started_ms, row.ended_ms),
        (START.0, Some(START.0 + 60_000))
    );
    assert_eq!(row.outcome.as_deref(), Some("no-input"));
    assert_eq!(row.outcome_text, Outcome::NoInput.sentence());
    assert_eq!(
        listed.lines,
        [("senators".to_owned(), "The senators line".to_owned())]
    );
    assert_eq!(listed.outcomes.len(), Outcome::ALL.len());
    done(scratch).await;
}

#[tokio::test]
async fn a_story_tells_each_office_and_what_came_of_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut call = call(1);
    let visit = |name: &str, outcome| Visit {
        whom: exchange::Whom::Number,
        name: name.to_owned(),
        number: number("+12025550142"),
        began: START,
        outcome,
    };
    call.visits = vec![visit("Ana", Some(VisitOutcome::Busy)), visit("Ben", None)];
    committed(&store, change(call, 0)).await;

    let story = store.call_story(&sid(1)).await.unwrap().unwrap();

    let offices: Vec<_> = story
        .offices
        .iter()
        .map(|one| (one.name.as_str(), one.tone))
        .collect();
    assert_eq!(offices, [("Ana", Tone::Quiet), ("Ben", Tone::Live)]);
    assert_eq!(story.offices[0].number, "+1 (202) 555-0142");
    assert_eq!(story.call.outcome, None);
    assert!(store.call_story(&sid(2)).await.unwrap().is_none());
    done(scratch).await;
}

async fn page(store: &Store, filter: CallFilter) -> CallPage {
    store
        .call_page(&filter.query().expect("a good filter"))
        .await
        .expect("a page")
}
