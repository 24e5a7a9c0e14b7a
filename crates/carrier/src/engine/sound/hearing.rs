//! What the far end of a leg hears, and what comes from it.

use twilio::CallSid;

use super::Sounding;
use crate::engine::Engine;
use crate::engine::leg::{Leg, Status, Wire};
use crate::engine::runner::{Doing, Runner};

/// How many legs of the carrier a sound passes on its way to an ear.
const MOST_PASSED: usize = 8;

/// The legs that a sound passed on its way, from the ear on; none is passed twice.
pub(super) type Passed = Vec<CallSid>;

impl Engine {
    /// What the far end of a leg hears.
    pub(super) fn heard_on(&self, leg: &Leg, passed: &mut Passed) -> Vec<Sounding> {
        if leg.is_unanswered_inbound() {
            return vec![Sounding::Ringback];
        }
        if leg.status != Status::InProgress {
            return Vec::new();
        }
        if let Some(other) = &leg.talks_to {
            return self.voice_of(other, passed);
        }
        let Some(main) = &leg.main else {
            return Vec::new();
        };
        let beside = leg.side.as_ref().and_then(sounding);
        match &main.doing {
            Doing::Giving(_) | Doing::Gathering(_) => sounding(main).into_iter().collect(),
            Doing::Dialling(dialling) => {
                let rings = dialling.legs().any(|callee| self.rings_or_listens(callee));
                rings.then_some(Sounding::Ringback).into_iter().collect()
            }
            Doing::Taking(_) => vec![Sounding::Ringback],
            Doing::InConference(attending) => self.heard_in_room(leg, attending.room(), passed),
            Doing::Queued(waiting) => waiting.music().or(beside).into_iter().collect(),
            Doing::Recording(taping) => taping.beep().into_iter().collect(),
            Doing::Echoing => self.voice_of(&leg.sid, passed),
            Doing::Ready | Doing::Fetching(..) | Doing::Breathing(_) => Vec::new(),
        }
    }

    /// What comes from the far end of a leg; from a leg of the carrier, what is heard there.
    pub(super) fn voice_of(&self, sid: &CallSid, passed: &mut Passed) -> Vec<Sounding> {
        let Some(leg) = self.leg(sid).filter(|leg| leg.status == Status::InProgress) else {
            return Vec::new();
        };
        match &leg.wire {
            Wire::Telephone | Wire::Client => vec![Sounding::Voice(sid.clone())],
            Wire::Leg(other) => {
                if passed.len() >= MOST_PASSED || passed.contains(other) {
                    return Vec::new();
                }
                passed.push(other.clone());
                let heard = self.leg(other).map(|other| self.heard_on(other, passed));
                passed.pop();
                heard.unwrap_or_default()
            }
        }
    }

    /// Whether a callee's telephone rings, or a document is read to the callee before the parties are joined.
    fn rings_or_listens(&self, callee: &CallSid) -> bool {
        self.leg(callee).is_some_and(|leg| match leg.status {
            Status::Ringing | Status::InProgress => true,
            Status::Queued
            | Status::Initiated
            | Status::Completed
            | Status::Busy
            | Status::Failed
            | Status::NoAnswer
            | Status::Canceled => false,
        })
    }
}

/// What a runner gives to hear.
pub(super) fn sounding(runner: &Runner) -> Option<Sounding> {
    runner.cues()?.sounding()
}
