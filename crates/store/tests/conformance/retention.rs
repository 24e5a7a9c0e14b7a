//! How long things are kept, and erasing one caller.

use exchange::{Caller, Filed, Moment, Outcome, PhoneNumber, Recording, RecordingSid};
use store::{Audited, Change, Erased, Keepable, KeptFor, Scratch, Store, Traces};

use crate::given::{START, call_at, change, committed, done, ended, journal, number, scratch, sid};

const DAY_MS: i64 = 86_400_000;

fn day(n: i64) -> Moment {
    Moment(START.0 + n * DAY_MS)
}

fn line() -> Audited {
    Audited {
        at: START,
        by: "ada".to_owned(),
        about: "retention".to_owned(),
        what: "Said how long.".to_owned(),
    }
}

/// A call of a day that mentions its caller wherever it can; over, unless it goes on.
async fn has(store: &Store, n: u32, at: Moment, is_over: bool) -> PhoneNumber {
    let caller = number(&format!("+1312555{n:04}"));
    let mut call = call_at(n, "senators", at);
    call.caller = Caller::Number(caller.clone());
    if is_over {
        call = ended(call, Outcome::Connected);
    }
    let mut step = change(call, 0);
    step.entry.lines = vec![format!("{} called.", caller.formatted())];
    step.entry.request = [("From", caller.as_str()), ("CallerName", "IDA")]
        .into_iter()
        .collect();
    step.entry.document = Some(format!("<Number>{caller}</Number>"));
    step.filed = vec![Filed::Voicemail(Recording {
        sid: RecordingSid::parse(&format!("RE{n:032}")).expect("it is what it says"),
        seconds: 3,
        url: "https://example.com".to_owned(),
    })];
    committed(store, step).await;
    caller
}

async fn story(store: &Store, n: u32) -> String {
    let story = store.call_story(&sid(n)).await.expect("it is what it says");
    story.map(|story| format!("{story:?}")).unwrap_or_default()
}

#[tokio::test]
async fn a_new_installation_has_days_and_what_is_said_holds() {
    let scratch = scratch().await;
    let store = scratch.store();

    let first = store.kept_for().await.unwrap();
    let kept = [
        KeptFor {
            what: Keepable::Audit,
            days: None,
        },
        KeptFor {
            what: Keepable::Calls,
            days: Some(7),
        },
    ];
    store.keep_for(&kept, &line()).await.unwrap();

    assert!(
        first
            .iter()
            .all(|kept| kept.days.is_some_and(|days| days >= 90)),
        "{first:?}"
    );
    let now = store.kept_for().await.unwrap();
    assert_eq!((now[0].days, now[4].days), (Some(7), None));
    assert_eq!(now[1..4], first[1..4]);
    done(scratch).await;
}

#[tokio::test]
async fn old_calls_are_removed_in_batches_with_all_that_belongs_to_them() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=5 {
        has(&store, n, START, true).await;
    }
    has(&store, 6, START, false).await;
    has(&store, 7, day(2), true).await;

    let counted = store.count_old(Keepable::Calls, day(1)).await.unwrap();
    let mut batches = Vec::new();
    while batches.last() != Some(&0) {
        batches.push(store.remove_calls(day(1), day(3), 2).await.unwrap());
    }

    assert_eq!((counted, batches), (5, vec![2, 2, 1, 0]));
    for n in 1..=5 {
        assert_eq!(story(&store, n).await, "");
        assert_eq!(store.voicemail(&sid(n)).await.unwrap(), None);
    }
    assert!(!story(&store, 6).await.is_empty(), "it goes on");
    assert!(!story(&store, 7).await.is_empty(), "it is younger");
    assert_eq!(store.count_removals().await.unwrap(), 5);
    done(scratch).await;
}

#[tokio::test]
async fn numbers_are_masked_once_and_calls_can_still_be_read() {
    let scratch = scratch().await;
    let store = scratch.store();
    for n in 1..=5 {
        has(&store, n, Moment(START.0 + i64::from(n)), true).await;
    }
    has(&store, 6, Moment(START.0 + 6), false).await;

    let mut rounds = 0;
    while store.mask_numbers(day(1), 2).await.unwrap() > 0 {
        rounds += 1;
        assert!(rounds < 9, "it comes to an end");
    }

    for n in 1..=5 {
        let story = story(&store, n).await;
        assert!(
            story.contains("+1 (312) 000-0000") && story.contains("+13120000000"),
            "{story}"
        );
        assert!(
            !story.contains(&format!("555-{n:04}")) && !story.contains("IDA"),
            "{story}"
        );
        let (version, call) = store.load(&sid(n)).await.unwrap().unwrap();
        assert_eq!(
            (version.0, call.caller.label().as_str()),
            (2, "+1 (312) 000-0000")
        );
    }
    assert!(story(&store, 6).await.contains("555-0006"), "it goes on");
    assert_eq!(store.count_old(Keepable::Numbers, day(1)).await.unwrap(), 0);
    done(scratch).await;
}

#[tokio::test]
async fn who_remembers_a_call_as_it_was_takes_their_step_again() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has(&here, 1, START, true).await;
    here.mask_numbers(day(1), 10).await.unwrap();

    let stale = change(call_at(1, "senators", START), 1);
    let commit = there.commit(Change { ..stale }).await.unwrap();

    assert_eq!(commit, store::Commit::Conflict);
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn recordings_entries_and_the_audit_go_by_their_own_age() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, 1, START, true).await;
    has(&store, 2, day(2), true).await;
    for n in 0..4 {
        store
            .audit(&Audited {
                at: day(n),
                ..line()
            })
            .await
            .unwrap();
    }

    while store.remove_recordings(day(1), day(3), 1).await.unwrap() > 0 {}
    let entries = store.remove_entries(day(3), day(3), 10).await.unwrap();
    let lines = store.remove_audited(day(2), 10).await.unwrap();

    assert_eq!((entries, lines), (1, 2));
    assert_eq!(store.inbox(START).await.unwrap(), []);
    assert_eq!(store.audited().await.unwrap().len(), 2);
    let due = store.removals_due(day(3), 10).await.unwrap();
    assert_eq!(due.len(), 2);
    store.not_removed(&due[0].0, day(4)).await.unwrap();
    store.removed(&due[1].0).await.unwrap();
    assert_eq!(store.removals_due(day(3), 10).await.unwrap(), []);
    assert_eq!(
        store.removals_due(day(4), 10).await.unwrap(),
        [(due[0].0.clone(), 1)]
    );
    done(scratch).await;
}

#[tokio::test]
async fn one_process_has_the_work_until_its_time_is_over() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());

    let first = here.take_retention(START, day(1)).await.unwrap();
    let other = there.take_retention(START, day(1)).await.unwrap();
    let later = there.take_retention(day(1), day(2)).await.unwrap();

    assert_eq!((first, other, later), (true, false, true));
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn an_erased_caller_leaves_calls_of_nobody() {
    let scratch = scratch().await;
    let store = scratch.store();
    let caller = has(&store, 1, START, true).await;
    has(&store, 2, START, true).await;
    let mut mention = change(ended(call_at(3, "senators", START), Outcome::Connected), 0);
    mention.entry.lines = vec![format!("Handed over to {}.", caller.formatted())];
    committed(&store, mention).await;

    let found = store.traces(&caller).await.unwrap();
    let erased = store.erase(&caller, day(1), &line()).await.unwrap();

    let expected = Traces {
        calls: 1,
        mentions: 1,
        recordings: 1,
        inbox: 1,
        stays: 0,
        is_live: false,
    };
    assert_eq!((found, erased), (expected, Erased::Done(1)));
    assert_eq!(store.traces(&caller).await.unwrap(), Traces::default());
    let (_, call) = store.load(&sid(1)).await.unwrap().unwrap();
    assert_eq!(call.caller, Caller::Withheld);
    assert!(!story(&store, 1).await.contains("555-0001"));
    assert!(story(&store, 2).await.contains("555-0002"), "others stay");
    assert_eq!(
        journal(&store, 3).await,
        ["Handed over to +1 (000) 000-0000."]
    );
    assert_eq!(store.voicemail(&sid(1)).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn nobody_is_erased_while_a_call_of_theirs_goes_on() {
    let scratch: Scratch = scratch().await;
    let store = scratch.store();
    let caller = has(&store, 1, START, true).await;
    let mut call = call_at(2, "senators", START);
    call.caller = Caller::Number(caller.clone());
    committed(&store, change(call, 0)).await;

    let erased = store.erase(&caller, day(1), &line()).await.unwrap();

    assert_eq!(erased, Erased::Live);
    assert!(
        story(&store, 1).await.contains("555-0001"),
        "nothing was done"
    );
    done(scratch).await;
}
