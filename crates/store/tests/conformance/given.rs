//! A scratch database, and calls and changes to put in it.

use exchange::{
    Call, CallSid, Caller, DialRules, DirectoryId, Ended, Language, Line, LineId, LineKind, Moment,
    Outcome, PhoneNumber, Place,
};
use store::{Change, Commit, Entry, FloorChange, NewEffect, PlanVersion, Scratch, Store, Version};

/// The moment at which the stories begin: 2026-11-20 00:00 UTC.
pub(crate) const START: Moment = Moment(1_795_132_800_000);

pub(crate) async fn scratch() -> Scratch {
    Scratch::new().await.expect("a scratch database")
}

pub(crate) async fn done(scratch: Scratch) {
    scratch.drop_now().await.expect("the scratch database goes");
}

pub(crate) fn sid(n: u32) -> CallSid {
    CallSid::parse(&format!("CA{n:032x}")).expect("a call SID")
}

pub(crate) fn number(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).expect("a number")
}

pub(crate) fn line(id: &str) -> Line {
    Line {
        id: LineId::parse(id).expect("a line id"),
        name: format!("The {id} line"),
        number: None,
        language: Language::English,
        voice: None,
        kind: LineKind::Forward {
            directory: DirectoryId::parse("senators").expect("a directory id"),
            instead: None,
        },
        person: None,
        dial: DialRules::default(),
        hours: None,
    }
}

pub(crate) fn call(n: u32) -> Call {
    call_at(n, "senators", START)
}

pub(crate) fn call_at(n: u32, on: &str, at: Moment) -> Call {
    let caller = Caller::Number(number(&format!("+1202555{n:04}")));
    Call::new(sid(n), &line(on), caller, None, Place::default(), at)
}

pub(crate) fn ended(mut call: Call, how: Outcome) -> Call {
    call.ended = Some(Ended {
        at: call.started.plus_seconds(60),
        how,
        told: None,
    });
    call
}

/// A step of a call, with the plan of an untouched database.
pub(crate) fn change(call: Call, was: i64) -> Change {
    let entry = Entry {
        at: call.started,
        identity: None,
        lines: vec![format!("Step {}.", was + 1)],
        event: "POST /callcongress/welcome".to_owned(),
        request: [("CallSid", call.sid.as_str())].into_iter().collect(),
        document: Some(format!("<Response><!-- {} --></Response>", was + 1)),
    };
    let plan = PlanVersion(1);
    Change {
        call,
        was: Version(was),
        plan,
        entry,
        effects: Vec::new(),
        settles: None,
        agents: Vec::new(),
        floor: FloorChange::None,
        filed: Vec::new(),
        team: None,
        room: None,
    }
}

pub(crate) fn identified(mut change: Change, identity: &str) -> Change {
    change.entry.identity = Some(identity.to_owned());
    change
}

pub(crate) fn effect(kind: &str, due: Moment) -> NewEffect {
    NewEffect {
        kind: kind.to_owned(),
        payload: "{}".to_owned(),
        due,
        lane: Some("room".to_owned()),
    }
}

pub(crate) async fn committed(store: &Store, change: Change) -> Version {
    match store.commit(change).await.expect("a commit") {
        Commit::Committed(version) => version,
        other @ (Commit::Conflict | Commit::StalePlan(_) | Commit::Duplicate { .. }) => {
            panic!("it was not committed: {other:?}")
        }
    }
}

/// The journal of a call, as the lines of its entries.
pub(crate) async fn journal(store: &Store, n: u32) -> Vec<String> {
    let story = store
        .call_story(&sid(n))
        .await
        .expect("a story")
        .expect("a known call");
    story
        .entries
        .into_iter()
        .flat_map(|entry| entry.lines)
        .collect()
}
