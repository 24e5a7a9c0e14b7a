//! Following the carrier: what changes on its telephones goes onto the board that screens follow.

use std::collections::BTreeSet;

use carrier::engine::{CallView, Engine, LegRole, LegState, LegView, LogEntry, Noted};
use desk::{Board, Change, Happening, Logged, Phone, PhoneNews, Side, Stage};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use twilio::{CallSid, Party};

use super::book::{Book, shown};
use super::{Phones, Shelf};
use crate::live::Hub;
use crate::state::AppState;

/// How many telephones whose call is over stay on the board; the oldest go first.
const MOST_OVER: usize = 24;

/// Follows the carrier until the server stops, and then ends it.
pub(super) async fn run(
    state: AppState,
    phones: Phones,
    mut changes: broadcast::Receiver<CallSid>,
) {
    let mut stopping = state.tasks.stopping();
    loop {
        let first = tokio::select! {
            () = stopping.wait() => break,
            changed = changes.recv() => changed,
        };
        match first {
            Ok(sid) => {
                let changed = and_what_waits(sid, &mut changes);
                phones.show(&state.live.hub, changed.as_ref());
            }
            Err(RecvError::Lagged(_)) => phones.show(&state.live.hub, None),
            Err(RecvError::Closed) => break,
        }
    }
    phones.carrier.stop().await;
}

/// The legs that changed; `None` when some were missed.
fn and_what_waits(
    sid: CallSid,
    changes: &mut broadcast::Receiver<CallSid>,
) -> Option<BTreeSet<CallSid>> {
    let mut changed = BTreeSet::from([sid]);
    loop {
        match changes.try_recv() {
            Ok(sid) => changed.insert(sid),
            Err(TryRecvError::Lagged(_)) => return None,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(changed),
        };
    }
}

/// A telephone as the carrier shows it.
struct Seen {
    leg: LegView,
    call: Option<CallView>,
    /// The number of ours that the whole call came to, and its leg.
    line: String,
    first: String,
    known: usize,
    gained: Vec<LogEntry>,
}

impl Phones {
    /// Brings the board up to what the carrier's telephones are: all of them, or those of `changed` legs.
    pub(super) fn show(&self, hub: &Hub, changed: Option<&BTreeSet<CallSid>>) {
        let book = self.book();
        hub.change(|board| {
            let (listed, seen) = self.carrier.with(|engine| look(engine, board, changed));
            let mut shelf = self.shelf();
            shelf.keep_only(&listed);
            let mut news: Vec<PhoneNews> = seen
                .into_iter()
                .filter_map(|seen| shelf.news(&book, board, seen))
                .collect();
            let gone = crowded_out(board, &news);
            news.retain(|news| !gone.contains(&news.phone.sid));
            let leave = gone.iter().filter(|sid| board.phone(sid).is_some());
            let leave: Vec<Change> = leave.cloned().map(Change::PhoneGone).collect();
            shelf.crowded_out.extend(gone);
            let news = news.into_iter().map(Box::new).map(Change::Phone);
            news.chain(leave).collect()
        });
    }
}

impl Shelf {
    /// Forgets the hidden legs that the carrier does not list: they cannot come back.
    fn keep_only(&mut self, listed: &BTreeSet<String>) {
        self.put_away.retain(|sid| listed.contains(sid));
        self.crowded_out.retain(|sid| listed.contains(sid));
    }

    fn news(&self, book: &Book, board: &Board, seen: Seen) -> Option<PhoneNews> {
        let sid = seen.leg.sid.as_str();
        if self.put_away.contains(sid) || self.crowded_out.contains(sid) {
            return None;
        }
        let place = self.callers.get(sid);
        let phone = phone(book, &seen, place.map_or("", String::as_str));
        let is_same = seen.gained.is_empty()
            && board.phone(&phone.sid).is_some_and(|known| {
                let known = Phone {
                    log: Vec::new(),
                    ..known.clone()
                };
                known == phone
            });
        (!is_same).then(|| PhoneNews {
            phone,
            known: seen.known,
            gained: seen.gained.into_iter().map(logged).collect(),
        })
    }
}

/// Which legs the carrier lists, and how those of `changed` are.
fn look(
    engine: &Engine,
    board: &Board,
    changed: Option<&BTreeSet<CallSid>>,
) -> (BTreeSet<String>, Vec<Seen>) {
    let legs = engine.legs();
    let listed = legs.iter().map(|leg| leg.sid.to_string()).collect();
    let seen = legs
        .into_iter()
        .filter(|leg| !is_browser(leg))
        .filter(|leg| changed.is_none_or(|changed| changed.contains(&leg.sid)))
        .map(|leg| {
            let call = engine.call(&leg.sid);
            let parent = call.as_ref().and_then(|call| call.parent.clone());
            let first = parent.and_then(|parent| engine.call(&parent));
            let whole = first.as_ref().or(call.as_ref());
            let log = engine.log(&leg.sid);
            let known = board
                .phone(leg.sid.as_str())
                .map_or(0, |phone| phone.log.len());
            Seen {
                line: whole.map(|call| call.to.clone()).unwrap_or_default(),
                first: whole.map_or_else(|| leg.sid.to_string(), |call| call.sid.to_string()),
                gained: log.get(known..).unwrap_or_default().to_vec(),
                known,
                call,
                leg,
            }
        })
        .collect();
    (listed, seen)
}

/// Whether a leg leads to somebody's browser, which is a telephone of its own.
pub(super) fn is_browser(leg: &LegView) -> bool {
    match Party::parse(&leg.number) {
        Party::Client(_) => true,
        Party::Number(_) | Party::Sip(_) | Party::Withheld(_) | Party::Other(_) => false,
    }
}

/// The telephones whose calls ended earliest, where too many are over once the board has the news.
fn crowded_out(board: &Board, news: &[PhoneNews]) -> BTreeSet<String> {
    let changed: BTreeSet<&str> = news.iter().map(|news| news.phone.sid.as_str()).collect();
    let stay = board
        .phones
        .iter()
        .filter(|phone| !changed.contains(phone.sid.as_str()));
    let mut over: Vec<&Phone> = stay
        .chain(news.iter().map(|news| &news.phone))
        .filter(|phone| phone.stage == Stage::Over)
        .collect();
    over.sort_by_key(|phone| phone.since_ms);
    let too_many = over.len().saturating_sub(MOST_OVER);
    over.into_iter()
        .take(too_many)
        .map(|phone| phone.sid.clone())
        .collect()
}

fn phone(book: &Book, seen: &Seen, place: &str) -> Phone {
    let LegView {
        sid,
        number,
        other,
        role,
        state,
        since,
        saying: _,
        awaits_keys,
    } = &seen.leg;
    let (side, holder, about, other) = match role {
        LegRole::Caller => {
            let name = seen.call.as_ref().and_then(|call| call.caller_name.clone());
            let about = if name.is_some() {
                shown(number)
            } else {
                String::new()
            };
            let line = book.line(other).map(|line| line.name.clone());
            (
                Side::Caller,
                name.unwrap_or_else(|| shown(number)),
                joined(&about, place),
                line.unwrap_or_else(|| shown(other)),
            )
        }
        LegRole::Callee => {
            let holder = book.holder(number);
            let about = holder.map_or("", |holder| holder.about.as_str());
            (
                Side::Callee,
                holder.map_or_else(|| shown(number), |holder| holder.name.clone()),
                joined(about, &shown(number)),
                shown(other),
            )
        }
    };
    let stage = match state {
        LegState::Ringing => Stage::Ringing,
        LegState::Talking => Stage::Talking,
        LegState::Over => Stage::Over,
    };
    let status = seen.call.as_ref().map_or("", |call| call.status.as_str());
    Phone {
        sid: sid.to_string(),
        call: seen.first.clone(),
        side,
        number: number.clone(),
        holder,
        about,
        other,
        language: book
            .line(&seen.line)
            .map_or("en-US", |line| line.language)
            .to_owned(),
        stage,
        since_ms: since.0,
        outcome: if stage == Stage::Over {
            outcome(status)
        } else {
            ""
        }
        .to_owned(),
        awaits_keys: *awaits_keys,
        log: Vec::new(),
    }
}

fn joined(one: &str, other: &str) -> String {
    match (one, other) {
        ("", text) | (text, "") => text.to_owned(),
        (one, other) => format!("{one} · {other}"),
    }
}

/// How a leg ended, in words (reference F.1).
fn outcome(status: &str) -> &'static str {
    match status {
        "completed" => "The call is over",
        "busy" => "Busy",
        "no-answer" => "Nobody answered",
        "canceled" => "The caller gave up",
        "failed" => "Could not be reached",
        _ => "Over",
    }
}

fn logged(entry: LogEntry) -> Logged {
    let what = match entry.what {
        Noted::Status { status } => Happening::Status { status },
        Noted::Document { url, body } => Happening::Document {
            url: path_of(&url),
            body,
        },
        Noted::Verb { name } => Happening::Verb { name },
        Noted::Said {
            text,
            voice: _,
            language,
        } => Happening::Said { text, language },
        Noted::Played { what } => Happening::Played { what },
        Noted::Spoke { text } => Happening::Spoke { text },
        Noted::Heard { text } => Happening::Heard { text },
        Noted::Pressed { keys } => Happening::Pressed { keys },
        Noted::Trouble { code, text } => Happening::Trouble { code, text },
        Noted::Callback { url, event } => Happening::Told {
            event,
            url: path_of(&url),
        },
        Noted::Note { text } => Happening::Note { text },
    };
    Logged {
        at_ms: entry.at.0,
        what,
    }
}

/// A URL without its server and its fragment, which say nothing new to people.
fn path_of(url: &str) -> String {
    let whole = url.split('#').next().unwrap_or(url);
    match whole
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
    {
        Some(path) => path.to_owned(),
        None => whole.to_owned(),
    }
}
