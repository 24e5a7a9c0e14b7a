//! Callers of a support line: patient or not, who press keys when they are asked, leave messages, or nothing.

use carrier::engine::{LogEntry, Noted, Place, PlaceCall, Time};
use carrier::face::Carrier;
use twilio::CallSid;

use super::super::callers::document;
use super::super::chance::Chance;

/// Somebody who calls for support.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) sid: CallSid,
    chance: Chance,
    pace: u32,
    /// When they lose patience, if they do.
    leaves: Option<Time>,
    pub(crate) has_left: bool,
    /// How much of their log they have heard.
    heard: usize,
    will: Option<(Time, Deed)>,
}

/// What a caller does when something is wanted of them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    Press(String),
    /// They speak, and press a key when they are done.
    Speak,
    HangUp,
}

impl Caller {
    /// Somebody calls a number.
    pub(crate) fn calls(carrier: &Carrier, number: &str, seed: u64, pace: u32) -> Self {
        let mut chance = Chance::from_seed(seed);
        let from = if chance.strikes(10) {
            "anonymous".to_owned()
        } else {
            format!("+1312555{:04}", chance.between(0, 10_000))
        };
        let call = PlaceCall {
            from,
            to: number.to_owned(),
            place: Place::default(),
            name: None,
        };
        let sid = carrier.place_call(call).expect("the line is in service");
        let placed = carrier.now();
        let mut caller = Self {
            sid,
            chance,
            pace,
            leaves: None,
            has_left: false,
            heard: 0,
            will: None,
        };
        if caller.chance.strikes(30) {
            caller.leaves = Some(placed.plus(caller.while_of(0, 240_000)));
        }
        caller
    }

    fn while_of(&mut self, least: u32, end: u32) -> i64 {
        i64::from(self.chance.between(least, end)) * i64::from(self.pace) / 1_000
    }

    pub(crate) fn is_over(&self, carrier: &Carrier) -> bool {
        let view = carrier.with(|engine| engine.call(&self.sid));
        view.is_none_or(|view| view.ended.is_some())
    }

    /// Goes, whatever happens.
    pub(crate) fn leaves_at(&mut self, at: Time) {
        self.leaves = Some(self.leaves.map_or(at, |leaves| leaves.min(at)));
    }

    /// Does what is to be done by now. A key may come too late, and then nobody hears it.
    pub(crate) fn acts(&mut self, carrier: &Carrier) {
        let now = carrier.now();
        if self.leaves.is_some_and(|leaves| leaves <= now) {
            return self.goes(carrier);
        }
        let asked = carrier.with(|engine| {
            let log = engine.log(&self.sid);
            let asked = wanted(&log[self.heard.min(log.len())..], log);
            self.heard = log.len();
            asked
        });
        if let Some(wanted) = asked {
            self.will = self.decides(wanted, now);
        }
        match self.will.take_if(|(at, _)| *at <= now) {
            Some((_, Deed::Press(keys))) => {
                let _ = carrier.press(&self.sid, &keys);
            }
            Some((_, Deed::Speak)) => {
                let _ = carrier.speak(&self.sid, "Please call me about my order.");
                let at = now.plus(self.while_of(2_000, 5_000));
                self.will = Some((at, Deed::Press("#".to_owned())));
            }
            Some((_, Deed::HangUp)) => self.goes(carrier),
            None => {}
        }
    }

    fn goes(&mut self, carrier: &Carrier) {
        if !self.has_left {
            self.has_left = carrier.hang_up(&self.sid).is_ok();
        }
    }

    fn decides(&mut self, wanted: Wanted, now: Time) -> Option<(Time, Deed)> {
        let at = now.plus(self.while_of(500, 15_000));
        let deed = match wanted {
            _ if self.chance.strikes(10) => Deed::HangUp,
            _ if self.chance.strikes(10) => return None,
            Wanted::Key => Deed::Press(
                self.chance
                    .one_of(["1", "1", "1", "2", "3", "5", "9"])
                    .to_owned(),
            ),
            Wanted::Number => Deed::Press(
                self.chance
                    .one_of(["2025550177#", "12#", "911#"])
                    .to_owned(),
            ),
            Wanted::Message => Deed::Speak,
        };
        Some((at, deed))
    }
}

/// What a document asks a caller for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Key,
    Number,
    Message,
}

/// What the latest news of a log ask for, if they do.
fn wanted(news: &[LogEntry], log: &[LogEntry]) -> Option<Wanted> {
    let verb = news.iter().rev().find_map(|entry| verb(&entry.what))?;
    match verb {
        "Record" => Some(Wanted::Message),
        "Gather" => {
            let body = log.iter().rev().find_map(|entry| document(&entry.what))?;
            let is_one = body.contains("numDigits=\"1\"");
            Some(if is_one { Wanted::Key } else { Wanted::Number })
        }
        _ => None,
    }
}

/// The verb that begins to be obeyed.
pub(crate) fn verb(what: &Noted) -> Option<&str> {
    if let Noted::Verb { name } = what {
        Some(name)
    } else {
        None
    }
}
