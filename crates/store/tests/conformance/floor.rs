//! The floor and the inbox: rows that come and go with the steps of support calls.

use exchange::{
    CallSid, Filed, FloorRow, LineId, Moment, Priority, Recording, RecordingSid, TeamId, UserName,
};
use store::{Change, FloorChange, InboxKind, WrapUpNote};

use crate::given::{START, call, change, committed, done, number, scratch, sid};

#[tokio::test]
async fn the_floor_holds_live_calls_in_the_order_of_the_queue() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, waits(1, 0, 20, Priority::Normal)).await;
    committed(&store, waits(2, 0, 10, Priority::Normal)).await;
    committed(&store, waits(3, 0, 30, Priority::Front)).await;

    let order: Vec<CallSid> = floor(&store).await;
    let mut over = change(call(2), 1);
    over.floor = FloorChange::Gone;
    committed(&store, over).await;
    let later = floor(&store).await;

    assert_eq!(order, [sid(3), sid(2), sid(1)]);
    assert_eq!(later, [sid(3), sid(1)]);
    let read = store.floor().await.unwrap().remove(0);
    let written = waits(3, 0, 30, Priority::Front);
    assert_eq!(FloorChange::Row(read.row), written.floor);
    assert_eq!((read.line, read.started), (written.call.line, START));
    done(scratch).await;
}

#[tokio::test]
async fn a_step_that_is_refused_leaves_the_floor_as_it_was() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, waits(1, 0, 0, Priority::Normal)).await;
    let mut stale = change(call(1), 0);
    stale.floor = FloorChange::Gone;

    store.commit(stale).await.unwrap();

    assert_eq!(floor(&store).await, [sid(1)]);
    done(scratch).await;
}

#[tokio::test]
async fn messages_and_callbacks_wait_until_somebody_ticks_them_off() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut message = change(call(1), 0);
    message.team = Some(TeamId::parse("support").unwrap());
    message.filed = vec![Filed::Voicemail(recording())];
    committed(&store, message).await;
    let mut wish = change(call(2), 0);
    wish.entry.at = START.plus_seconds(60);
    wish.filed = vec![Filed::Callback(number("+12025550199"))];
    committed(&store, wish).await;
    let ada = UserName::parse("ada").unwrap();
    let at = START.plus_seconds(300);

    let open = store.inbox(at).await.unwrap();
    let ticked = store.tick_off(&sid(1), "voicemail", Some((at, &ada))).await;
    let again = store.tick_off(&sid(1), "voicemail", Some((at, &ada))).await;
    let after = store.inbox(at.plus_seconds(1)).await.unwrap();
    let taken_back = store.tick_off(&sid(1), "voicemail", None).await;

    assert_eq!(open.len(), 2);
    assert_eq!(
        open[0].what,
        InboxKind::Voicemail {
            recording: recording().sid,
            seconds: 7
        }
    );
    assert_eq!(open[0].number, Some(number("+12025550001")));
    assert_eq!(open[1].what, InboxKind::Callback);
    assert_eq!(open[1].number, Some(number("+12025550199")));
    assert_eq!((ticked.unwrap(), again.unwrap()), (true, false));
    assert_eq!(after.len(), 1);
    assert!(taken_back.unwrap());
    assert_eq!(store.inbox(at).await.unwrap().len(), 2);
    assert_eq!(store.voicemail(&sid(2)).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn notes_and_answers_are_kept_with_the_call() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut answered = change(call(1), 0);
    answered.filed = vec![
        Filed::Survey {
            question: 1,
            answer: 5,
        },
        Filed::Survey {
            question: 2,
            answer: 1,
        },
    ];
    committed(&store, answered).await;
    let note = |notes: &str| WrapUpNote {
        call: sid(1),
        by: UserName::parse("ada").unwrap(),
        disposition: "solved".to_owned(),
        notes: notes.to_owned(),
        at: START,
    };
    store.write_wrap_up(&note("First words.")).await.unwrap();
    store.write_wrap_up(&note("Better words.")).await.unwrap();

    let notes = store.notes_of(&sid(1)).await.unwrap();

    assert_eq!(notes.len(), 3);
    assert!(format!("{:?}", notes[0]).contains("Better words."));
    assert!(format!("{:?}", notes[1]).contains("answer: 5"));
    done(scratch).await;
}

async fn floor(store: &store::Store) -> Vec<CallSid> {
    let rows = store.floor().await.expect("the floor");
    rows.into_iter().map(|one| one.call).collect()
}

fn waits(n: u32, was: i64, queued_s: i64, priority: Priority) -> Change {
    let queued = START.plus_seconds(queued_s);
    let mut step = change(call(n), was);
    step.call.line = LineId::parse("senators").expect("a line id");
    step.floor = FloorChange::Row(FloorRow {
        team: Some(TeamId::parse("support").expect("a team id")),
        stage: "waiting",
        since: queued,
        queued,
        priority,
        agent: None,
        not_before: Moment(0),
        legs: 0,
    });
    step
}

fn recording() -> Recording {
    Recording {
        sid: RecordingSid::parse(&format!("RE{:032x}", 5)).expect("a recording SID"),
        url: "https://api.example/recording".to_owned(),
        seconds: 7,
    }
}
