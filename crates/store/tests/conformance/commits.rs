//! One change of a call: written whole, or refused for a reason.

use exchange::Outcome;
use store::{Change, Commit, Entry, PlanVersion, Version};

use crate::given::{
    START, call, call_at, change, committed, done, ended, identified, journal, line, scratch, sid,
};

#[tokio::test]
async fn a_new_call_is_committed_loaded_and_recalled() {
    let scratch = scratch().await;
    let store = scratch.store();

    let version = committed(&store, change(call(1), 0)).await;

    assert_eq!(version, Version(1));
    assert_eq!(
        store.load(&sid(1)).await.unwrap(),
        Some((Version(1), call(1)))
    );
    assert_eq!(store.recall(&sid(1)), Some((Version(1), call(1))));
    done(scratch).await;
}

#[tokio::test]
async fn an_unknown_call_is_neither_loaded_nor_recalled() {
    let scratch = scratch().await;

    assert_eq!(scratch.store().load(&sid(1)).await.unwrap(), None);
    assert_eq!(scratch.store().recall(&sid(1)), None);
    done(scratch).await;
}

#[tokio::test]
async fn each_step_of_a_call_makes_the_next_version() {
    let scratch = scratch().await;
    let store = scratch.store();
    let over = ended(call(1), Outcome::HungUp);

    committed(&store, change(call(1), 0)).await;
    committed(&store, change(call(1), 1)).await;
    let version = committed(&store, change(over.clone(), 2)).await;

    assert_eq!(version, Version(3));
    assert_eq!(store.load(&sid(1)).await.unwrap(), Some((Version(3), over)));
    assert_eq!(journal(&store, 1).await, ["Step 1.", "Step 2.", "Step 3."]);
    done(scratch).await;
}

#[tokio::test]
async fn a_step_of_which_nobody_needs_to_read_is_written_without_an_entry() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;
    let passing = Change {
        entry: Entry {
            at: START,
            ..Entry::default()
        },
        ..change(call(1), 1)
    };

    let version = committed(&store, passing).await;
    committed(&store, change(call(1), 2)).await;

    assert_eq!(version, Version(2));
    let story = store.call_story(&sid(1)).await.unwrap().unwrap();
    let lines: Vec<&str> = story
        .entries
        .iter()
        .map(|one| one.lines[0].as_str())
        .collect();
    assert_eq!(lines, ["Step 1.", "Step 3."]);
    done(scratch).await;
}

#[tokio::test]
async fn a_step_from_an_older_version_conflicts_and_writes_nothing() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;
    committed(&store, change(call(1), 1)).await;

    for was in [0, 1, 5] {
        let over = ended(call(1), Outcome::HungUp);
        assert_eq!(
            store.commit(change(over, was)).await.unwrap(),
            Commit::Conflict,
            "{was}"
        );
    }

    assert_eq!(
        store.load(&sid(1)).await.unwrap(),
        Some((Version(2), call(1)))
    );
    assert_eq!(journal(&store, 1).await, ["Step 1.", "Step 2."]);
    done(scratch).await;
}

#[tokio::test]
async fn a_call_that_met_a_conflict_is_no_longer_recalled() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    committed(&here, change(call(1), 0)).await;
    committed(&there, change(call(1), 1)).await;

    let outcome = here.commit(change(call(1), 1)).await.unwrap();

    assert_eq!(outcome, Commit::Conflict);
    assert_eq!(here.recall(&sid(1)), None);
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn a_step_taken_with_an_older_plan_is_told_the_plan_that_counts() {
    let scratch = scratch().await;
    let store = scratch.store();
    let rows = exchange::PlanRows {
        lines: vec![line("senators")],
        ..Default::default()
    };
    store.seed(&rows).await.unwrap();

    let outcome = store.commit(change(call(1), 0)).await.unwrap();

    assert_eq!(outcome, Commit::StalePlan(PlanVersion(2)));
    assert_eq!(store.load(&sid(1)).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn a_webhook_delivered_again_gets_the_first_document() {
    let scratch = scratch().await;
    let store = scratch.store();
    let first = identified(change(call(1), 0), "token-1");
    let document = first.entry.document.clone();
    committed(&store, first).await;

    let again = identified(change(call(1), 1), "token-1");
    let stale = store
        .commit(identified(change(call(1), 0), "token-1"))
        .await
        .unwrap();
    let fresh = store.commit(again).await.unwrap();

    assert_eq!(
        stale,
        Commit::Duplicate {
            document: document.clone()
        }
    );
    assert_eq!(fresh, Commit::Duplicate { document });
    assert_eq!(journal(&store, 1).await, ["Step 1."]);
    done(scratch).await;
}

#[tokio::test]
async fn a_first_webhook_that_two_processes_date_differently_is_still_found_again() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let first = identified(change(call(1), 0), "token-1");
    let document = first.entry.document.clone();
    committed(&here, first).await;

    let later = call_at(1, "senators", START.plus_seconds(1));
    let outcome = there
        .commit(identified(change(later, 0), "token-1"))
        .await
        .unwrap();
    assert_eq!(outcome, Commit::Conflict);
    let (version, known) = there.load(&sid(1)).await.unwrap().unwrap();
    let outcome = there
        .commit(identified(change(known, version.0), "token-1"))
        .await
        .unwrap();

    assert_eq!(outcome, Commit::Duplicate { document });
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn webhooks_without_an_identity_are_each_their_own() {
    let scratch = scratch().await;
    let store = scratch.store();

    for was in 0..3 {
        committed(&store, change(call(1), was)).await;
    }

    assert_eq!(journal(&store, 1).await.len(), 3);
    done(scratch).await;
}

#[tokio::test]
async fn a_story_keeps_what_was_asked_and_answered() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut step = change(call(1), 0);
    let pairs = [("To", "+1 202 \u{2014} \"quoted\""), ("To", "")];
    step.entry.request = pairs.into_iter().collect();
    let entry = step.entry.clone();
    committed(&store, step).await;

    let story = store.call_story(&sid(1)).await.unwrap().unwrap();

    let told = &story.entries[0];
    assert_eq!(told.at_ms, START.0);
    assert_eq!((&told.lines, &told.event), (&entry.lines, &entry.event));
    assert_eq!(
        told.request,
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!(told.document, entry.document);
    done(scratch).await;
}
