//! How long the last talks of a line took.

use exchange::{LineId, Moment, Outcome, Progress, Support};

use crate::given::{START, call_at, change, committed, done, ended, scratch};

#[tokio::test]
async fn the_last_talks_of_a_line_are_measured_from_the_first_word_to_the_end() {
    let scratch = scratch().await;
    let store = scratch.store();
    let talk = |n: u32, line: &str, after: Option<i64>| {
        let mut call = call_at(n, line, START.plus_seconds(i64::from(n)));
        let mut support = Support::arrived(call.started);
        support.talked = after.map(|after| call.started.plus_seconds(after));
        call.progress = Progress::Support(Box::new(support));
        call
    };
    let over = |call, how| change(ended(call, how), 0);
    committed(
        &store,
        over(talk(1, "support", Some(20)), Outcome::Connected),
    )
    .await;
    committed(&store, over(talk(2, "support", None), Outcome::Abandoned)).await;
    committed(&store, over(talk(3, "other", Some(5)), Outcome::Connected)).await;
    committed(&store, change(talk(4, "support", Some(1)), 0)).await;
    let line = LineId::parse("support").unwrap();

    let talks = store.last_talks(&line, Moment(0)).await.unwrap();
    let later = store
        .last_talks(&line, START.plus_seconds(1))
        .await
        .unwrap();

    assert_eq!(talks, [40]);
    assert!(later.is_empty(), "{later:?}");
    done(scratch).await;
}
