//! What must be true of a shift when it is over: every caller came to a proper end, and no agent is stuck.

use std::collections::{BTreeMap, BTreeSet};

use carrier::engine::{CallFilter, CallView, EarSound, LegState, LogEntry, Noted, Time};
use exchange::{Duty, Outcome, TransferEnd};
use twilio::CallSid;

use super::super::Stage;
use super::super::callers::document;
use super::super::judge::mishaps;
use super::super::surely::surely;
use super::browser::made_for;
use super::callers::{Caller, verb};
use super::{Report, Shift, Transfers};

/// How much of a call is told around what is wrong, in milliseconds.
const BEFORE_MS: i64 = 60_000;
const AFTER_MS: i64 = 10_000;
/// Of so many calls with which something is wrong it is told what happened.
const STORIES: usize = 4;
/// The parameters of webhooks that tell the most.
const TELLING: [&str; 3] = ["StatusCallbackEvent", "CallStatus", "Digits"];
/// A leg that was in the room for so long was a talk, in milliseconds.
const SURELY_A_TALK_MS: i64 = 8_000;

/// What is wrong, and in which call and when.
type Finding = (Option<(CallSid, Time)>, String);

impl Shift {
    /// What came of it.
    pub(crate) async fn judged(mut self, stage: &Stage) -> Report {
        let found = std::mem::take(&mut self.watch.findings).into_iter();
        let mut findings: Vec<Finding> = found
            .map(|(call, at, what)| (Some((call, at)), what))
            .collect();
        let now = stage.now();
        for caller in &self.talking {
            let sid = caller.sid.clone();
            findings.push((Some((sid, now)), "it never ends".to_owned()));
        }
        let legs = legs_by_caller(stage);
        let mut talks = 0;
        for caller in &self.done {
            let own = legs.get(caller.sid.as_str()).map_or(&[][..], Vec::as_slice);
            let (is_talk, found) = judge(stage, caller, own).await;
            talks += usize::from(is_talk);
            let ended = stage.carrier.with(|engine| engine.call(&caller.sid)?.ended);
            let of = (caller.sid.clone(), ended.unwrap_or(now));
            findings.extend(found.into_iter().map(|what| (Some(of.clone()), what)));
        }
        let mut transfers = Transfers::default();
        for caller in self.done.iter().chain(&self.talking) {
            let is_over = stage.carrier.with(|engine| {
                engine
                    .call(&caller.sid)
                    .is_none_or(|call| call.ended.is_some())
            });
            let of = transfers_of(stage, &caller.sid).await;
            if of.is_open && is_over {
                let what = "they are gone, and the transfer goes on".to_owned();
                findings.push((Some((caller.sid.clone(), now)), what));
            }
            let is_wrong = findings
                .iter()
                .any(|(of, _)| of.as_ref().is_some_and(|(call, _)| *call == caller.sid));
            transfers.begun += of.handed_over + of.came_to_nothing + usize::from(of.is_open);
            transfers.handed_over += of.handed_over;
            transfers.came_to_nothing += of.came_to_nothing;
            transfers.lost += usize::from(of.is_any() && is_wrong);
        }
        for what in stuck(stage).await {
            findings.push((None, what));
        }
        let mut stories = Vec::new();
        for (call, at) in findings
            .iter()
            .filter_map(|(of, _)| of.clone())
            .take(STORIES)
        {
            stories.push(format!("{call}:"));
            stories.extend(story(stage, &call, at, &legs).await);
        }
        let tell = |(of, what): Finding| match of {
            Some((call, at)) => format!("{call}, {}: {what}", clock(at.0)),
            None => what,
        };
        Report {
            calls: self.talking.len() + self.done.len(),
            talks,
            transfers,
            losses: self.agents.iter().map(|agent| agent.losses).sum(),
            silences: self.watch.longest,
            story: stories,
            findings: findings.into_iter().map(tell).collect(),
            ..Report::default()
        }
    }
}

/// Every leg to an agent, by the caller that it was made for.
fn legs_by_caller(stage: &Stage) -> BTreeMap<String, Vec<CallView>> {
    stage.carrier.with(|engine| {
        let mut legs: BTreeMap<String, Vec<CallView>> = BTreeMap::new();
        for call in engine.calls(&CallFilter::default()) {
            if let Some((caller, _)) = made_for(engine.log(&call.sid)) {
                legs.entry(caller).or_default().push(call);
            }
        }
        legs
    })
}

/// Whether nobody listened when the call came in: a killed server. The carrier's own apology ended it.
fn never_reached_us(log: &[LogEntry]) -> bool {
    let has = |wanted: fn(&Noted) -> bool| log.iter().any(|entry| wanted(&entry.what));
    has(|what| matches!(what, Noted::Trouble { code: 11205, .. }))
        && !has(|what| matches!(what, Noted::Document { .. }))
}

/// Whether somebody talked with a caller, and what is wrong about their call.
async fn judge(stage: &Stage, caller: &Caller, legs: &[CallView]) -> (bool, Vec<String>) {
    let mut found = Vec::new();
    let log = stage.carrier.log(&caller.sid);
    if never_reached_us(&log) {
        return (false, found);
    }
    found.extend(mishaps(&log, true));
    let last = log.iter().rev().find_map(|entry| document(&entry.what));
    if !caller.has_left && !last.is_some_and(|body| body.contains("<Hangup")) {
        found.push("a caller who stayed was not led to the end".to_owned());
    }
    let Some(story) = stage.story(&caller.sid).await else {
        found.push("it is not in the database".to_owned());
        return (false, found);
    };
    let outcome = story.call.outcome.unwrap_or_default();
    let proper = [
        Outcome::Connected,
        Outcome::Voicemail,
        Outcome::CallbackAsked,
        Outcome::Abandoned,
        Outcome::HungUp,
        Outcome::NotReached,
        Outcome::NoInput,
    ];
    if !proper.iter().any(|proper| proper.word() == outcome) {
        found.push(format!("its outcome is {outcome:?}"));
    }
    let was_in = |leg: &&CallView| {
        let log = stage.carrier.log(&leg.sid);
        log.iter().any(
            |entry| matches!(&entry.what, Noted::Document { body, .. } if body.contains("<Conference")),
        )
    };
    let talks: Vec<&CallView> = legs.iter().filter(was_in).collect();
    let is_connected = outcome == Outcome::Connected.word();
    if is_connected && talks.is_empty() {
        found.push("the pages say connected, the carrier knows of no talk".to_owned());
    }
    let lasted = |leg: &&CallView| {
        let times = leg.ended.zip(leg.started);
        times.is_some_and(|(ended, started)| ended.0 - started.0 > SURELY_A_TALK_MS)
    };
    if !is_connected && talks.iter().any(lasted) {
        found.push(format!(
            "they talked with an agent, the pages say {outcome}"
        ));
    }
    (!talks.is_empty(), found)
}

/// A caller's transfers.
#[derive(Clone, Copy, Debug, Default)]
struct Handed {
    handed_over: usize,
    came_to_nothing: usize,
    is_open: bool,
}

impl Handed {
    const fn is_any(self) -> bool {
        self.is_open || self.handed_over + self.came_to_nothing > 0
    }
}

/// How often a caller was to be handed over, and was.
async fn transfers_of(stage: &Stage, sid: &CallSid) -> Handed {
    let sid = exchange::CallSid::parse(sid.as_str()).expect("a SID");
    let known = surely(async || stage.state.store.load(&sid).await).await;
    let Some(support) = known.as_ref().and_then(|(_, call)| call.support()) else {
        return Handed::default();
    };
    let past = &support.past_transfers;
    let handed = past.iter().filter(|one| one.end == TransferEnd::HandedOver);
    let handed_over = handed.count();
    Handed {
        handed_over,
        came_to_nothing: past.len() - handed_over,
        is_open: support.transfer.is_some(),
    }
}

/// Who of these callers is not where the server says they are, and what is wrong.
pub(super) async fn misplaced(stage: &Stage, calls: &[CallSid]) -> Vec<(CallSid, String)> {
    let floor = stage
        .state
        .store
        .floor()
        .await
        .expect("the database answers");
    let mut wrong = Vec::new();
    for sid in calls {
        let stage_word = floor.iter().find(|one| one.call.as_str() == sid.as_str());
        let stage_word = stage_word.map(|one| one.row.stage);
        let (is_over, ear, last) = stage.carrier.with(|engine| {
            let is_over = engine.call(sid).is_none_or(|view| view.ended.is_some());
            let log = engine.log(sid).iter().rev();
            let last = log.filter_map(|entry| verb(&entry.what)).next();
            (is_over, engine.ear(sid), last.map(str::to_owned))
        });
        let in_room = ear.map(|ear| match ear.sound {
            EarSound::Others(others) => !others.is_empty(),
            EarSound::Document(url) => url.contains("/conference/hold"),
            EarSound::Music | EarSound::Silence => false,
        });
        let is_right = match (stage_word, is_over) {
            (None, is_over) => is_over,
            (Some(_), true) => false,
            (Some("waiting" | "offered"), false) => in_room == Some(false),
            (Some("talking" | "seeking" | "outside"), false) => in_room == Some(true),
            (Some("asked" | "recording" | "survey"), false) => {
                matches!(last.as_deref(), Some("Gather" | "Record"))
            }
            (Some(_), false) => false,
        };
        if !is_right {
            let what = format!(
                "the server says {stage_word:?}, the carrier: over {is_over}, with somebody {in_room:?}, obeys {last:?}"
            );
            wrong.push((sid.clone(), what));
        }
    }
    wrong
}

/// What goes on though everything is over.
pub(crate) async fn stuck(stage: &Stage) -> Vec<String> {
    let mut found = Vec::new();
    let floor = stage
        .state
        .store
        .floor()
        .await
        .expect("the database answers");
    for one in floor {
        found.push(format!(
            "{} is still on the floor: {}",
            one.call, one.row.stage
        ));
    }
    let now = stage.state.clock.now();
    for known in stage
        .state
        .store
        .agents()
        .await
        .expect("the database answers")
    {
        let agent = known.agent.at(now);
        match &agent.duty {
            Duty::Free | Duty::NotResponding { .. } | Duty::WrapUp { .. } => {}
            Duty::Ringing { .. } | Duty::OnCall { .. } | Duty::Lost { .. } => {
                found.push(format!("{} is stuck: {:?}", agent.user, agent.duty));
            }
        }
    }
    let live = stage.carrier.legs().into_iter();
    for leg in live.filter(|leg| leg.state != LegState::Over) {
        found.push(format!("the leg {} of {} goes on", leg.sid, leg.number));
    }
    found
}

/// What the server and the carrier say happened around a moment.
async fn story(
    stage: &Stage,
    call: &CallSid,
    at: Time,
    legs: &BTreeMap<String, Vec<CallView>>,
) -> Vec<String> {
    let mut all: Vec<(i64, String)> = Vec::new();
    if let Some(story) = stage.story(call).await {
        all.extend(story.entries.iter().map(|entry| {
            let lines = entry.lines.join(" ");
            let told = entry
                .request
                .iter()
                .filter(|(name, _)| TELLING.contains(&name.as_str()));
            let told: Vec<&str> = told.map(|(_, value)| value.as_str()).collect();
            (
                entry.at_ms,
                format!("server: {} {}: {lines}", entry.event, told.join(" ")),
            )
        }));
    }
    let own: BTreeSet<CallSid> = legs
        .get(call.as_str())
        .into_iter()
        .flatten()
        .map(|leg| leg.sid.clone())
        .chain([call.clone()])
        .collect();
    for sid in own {
        let view = stage.carrier.with(|engine| engine.call(&sid));
        let who = match view {
            Some(view) if sid != *call => view.to,
            Some(_) | None => "the caller".to_owned(),
        };
        all.extend(stage.carrier.log(&sid).into_iter().filter_map(|entry| {
            Some((
                entry.at.0,
                format!("carrier: {who} {}", happened(&entry.what)?),
            ))
        }));
    }
    all.retain(|(when, _)| (at.0 - BEFORE_MS..=at.0 + AFTER_MS).contains(when));
    all.sort_by_key(|(when, _)| *when);
    all.into_iter()
        .map(|(when, what)| format!("{}  {what}", clock(when)))
        .collect()
}

fn happened(what: &Noted) -> Option<String> {
    Some(match what {
        Noted::Status { status } => format!("is {status}"),
        Noted::Document { url, .. } => format!("was given {url}"),
        Noted::Verb { name } => format!("obeys {name}"),
        Noted::Pressed { keys } => format!("pressed {keys}"),
        Noted::Trouble { code, text } => format!("met {code}: {text}"),
        Noted::Callback { event, .. } => format!("told {event}"),
        Noted::Note { text } => text.clone(),
        Noted::Said { .. } | Noted::Played { .. } | Noted::Spoke { .. } | Noted::Heard { .. } => {
            return None;
        }
    })
}

/// A moment of the day, to the millisecond.
fn clock(at: i64) -> String {
    let (hours, minutes) = (at / 3_600_000 % 24, at / 60_000 % 60);
    format!(
        "{hours:02}:{minutes:02}:{:02}.{:03}",
        at / 1_000 % 60,
        at % 1_000
    )
}
