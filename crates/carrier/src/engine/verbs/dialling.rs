//! A Dial of telephones and browsers in progress: ringing, answered, screened, joined, over (reference F.2, F.8).

use std::collections::VecDeque;

use twilio::CallSid;
use twiml::Dial;

use super::dial::{AfterDial, DialOutcome};
use super::parties::Callee;
use crate::engine::Engine;
use crate::engine::leg::{OnAnswer, Status, Wire};
use crate::engine::runner::{Doing, Leaving, Params, Purpose, Runner, Slot, Source};

/// A Dial of parties in progress.
#[derive(Debug)]
pub(crate) struct Dialling {
    dial: Box<Dial>,
    caller_id: String,
    /// Those who were not tried yet.
    untried: VecDeque<Callee>,
    /// The legs that ring.
    ringing: Vec<CallSid>,
    /// The leg that answered.
    answered: Option<CallSid>,
    /// Whether that leg and the caller were joined.
    bridged: bool,
    /// How the last leg that was over ended.
    last: DialOutcome,
}

impl Dialling {
    pub(crate) fn new(dial: Box<Dial>, caller_id: String, callees: VecDeque<Callee>) -> Self {
        Self {
            dial,
            caller_id,
            untried: callees,
            ringing: Vec::new(),
            answered: None,
            bridged: false,
            last: DialOutcome::unreached("failed"),
        }
    }

    /// The legs that ring, or the one that answered.
    pub(crate) fn legs(&self) -> impl Iterator<Item = &CallSid> {
        self.ringing.iter().chain(&self.answered)
    }
}

impl Engine {
    /// Rings the callees: all that are left, or with `sequential` the first of them that can be rung.
    pub(crate) fn dial_next(&mut self, sid: &CallSid) {
        let Some(dialling) = self.dialling(sid) else {
            return;
        };
        let sequential = dialling.dial.sequential == Some(true);
        let dial = dialling.dial.clone();
        let caller_id = dialling.caller_id.clone();
        let mut made = Vec::new();
        while let Some(callee) = self
            .dialling(sid)
            .and_then(|dialling| dialling.untried.pop_front())
        {
            made.extend(self.leg_for(sid, &dial, &caller_id, &callee));
            if sequential && !made.is_empty() {
                break;
            }
        }
        let Some(dialling) = self.dialling(sid) else {
            return;
        };
        dialling.ringing.extend(made.iter().cloned());
        if made.is_empty() {
            self.dial_over(sid);
            return;
        }
        for child in made {
            self.put_through(&child);
        }
    }

    /// A dialled leg was answered: the others are cancelled, and its document is heard or the parties are joined.
    pub(crate) fn child_answered(&mut self, child: &CallSid) {
        let Some(leg) = self.leg_mut(child) else {
            return;
        };
        if leg.status.is_final() {
            return;
        }
        let Some(parent) = leg.parent.clone() else {
            return;
        };
        let screening = match std::mem::replace(&mut leg.on_answer, OnAnswer::Nothing) {
            OnAnswer::Join { screening } => screening,
            OnAnswer::Nothing | OnAnswer::Obey(_) | OnAnswer::Enter(_) => None,
        };
        let waits = self
            .dialling(&parent)
            .filter(|dialling| dialling.answered.is_none() && dialling.ringing.contains(child));
        let Some(dialling) = waits else {
            self.finish(child, Status::Completed);
            return;
        };
        dialling.answered = Some(child.clone());
        let others: Vec<CallSid> = std::mem::take(&mut dialling.ringing)
            .into_iter()
            .filter(|other| other != child)
            .collect();
        for other in others {
            let status = self.end_of(&other, Status::Canceled);
            self.finish(&other, status);
        }
        match screening {
            Some(target) => {
                let runner = Runner::new(Purpose::Screening, Params::new());
                self.run(child, Slot::Main, runner, Source::Url(target));
            }
            None => self.bridge(&parent, child),
        }
    }

    /// The document for the callee ran out: the parties are joined.
    pub(crate) fn screening_over(&mut self, child: &CallSid) {
        self.take_runner(child, Slot::Main);
        let Some(parent) = self.leg(child).and_then(|leg| leg.parent.clone()) else {
            return;
        };
        self.bridge(&parent, child);
    }

    fn bridge(&mut self, parent: &CallSid, child: &CallSid) {
        let now = self.now;
        let longest = self.settings.options.longest_call_s;
        let Some(dialling) = self.dialling(parent) else {
            return;
        };
        dialling.bridged = true;
        let limit = dialling.dial.time_limit.unwrap_or(longest);
        let dial = dialling.dial.clone();
        self.join(parent, child);
        self.record_dial(parent, &dial);
        self.pick_up(parent);
        self.set_verb_timer(parent, Slot::Main, now.plus(i64::from(limit) * 1000));
    }

    /// A dialled leg is over.
    pub(crate) fn child_over(&mut self, parent: &CallSid, child: &CallSid) {
        let Some(leg) = self.leg(child) else { return };
        let status = leg.status;
        let seconds = leg.ended.and_then(|ended| leg.seconds(ended));
        let Some(dialling) = self.dialling(parent) else {
            return;
        };
        let was_it = dialling.answered.as_ref() == Some(child);
        let rang = dialling.ringing.contains(child);
        if !was_it && !rang {
            return;
        }
        dialling.ringing.retain(|other| other != child);
        dialling.last = DialOutcome {
            status: status.word().to_owned(),
            sid: Some(child.clone()),
            seconds,
            bridged: was_it && dialling.bridged,
            more: Params::new(),
        };
        if was_it {
            self.dial_over(parent);
        } else if dialling.answered.is_none() && dialling.ringing.is_empty() {
            self.dial_next(parent);
        }
    }

    /// A dialled leg was given another document by REST: it goes its own way, and the Dial is over (F.2).
    pub(crate) fn child_moved(&mut self, parent: &CallSid, child: &CallSid) {
        let Some(dialling) = self.dialling(parent) else {
            return;
        };
        if dialling.answered.as_ref() != Some(child) {
            return;
        }
        dialling.last = DialOutcome {
            status: Status::Completed.word().to_owned(),
            sid: Some(child.clone()),
            seconds: None,
            bridged: dialling.bridged,
            more: Params::new(),
        };
        self.dial_over(parent);
    }

    fn dial_over(&mut self, sid: &CallSid) {
        let Some(dialling) = self.dialling(sid) else {
            return;
        };
        let after = AfterDial::of(&dialling.dial);
        let outcome = dialling.last.clone();
        self.after_dial(sid, Slot::Main, after, outcome);
    }

    /// The talk has lasted as long as it may: the callee is hung up, the caller goes on.
    pub(crate) fn dial_limit(&mut self, sid: &CallSid) {
        self.hang_up_callee(sid);
    }

    /// `*` of the caller hangs up the callee, where the Dial says so.
    pub(crate) fn dial_key(&mut self, sid: &CallSid, key: char) {
        let Some(dialling) = self.dialling(sid) else {
            return;
        };
        if key == '*' && dialling.dial.hangup_on_star == Some(true) {
            self.hang_up_callee(sid);
        }
    }

    fn hang_up_callee(&mut self, sid: &CallSid) {
        let callee = self
            .dialling(sid)
            .and_then(|dialling| dialling.answered.clone());
        if let Some(callee) = callee {
            self.finish(&callee, Status::Completed);
        }
    }

    /// The caller is gone or was given another document: whoever rings or talks is hung up (F.2).
    pub(crate) fn dial_given_up(
        &mut self,
        sid: &CallSid,
        runner: &Runner,
        dialling: &Dialling,
        leaving: Leaving,
    ) {
        let legs: Vec<CallSid> = dialling.legs().cloned().collect();
        for leg in &legs {
            let status = self.end_of(leg, Status::Canceled);
            self.finish(leg, status);
        }
        let talked = dialling.answered.as_ref();
        let status = match (talked, leaving) {
            (Some(_), Leaving::HungUp) => Status::Completed,
            (Some(_), Leaving::Moved) if dialling.bridged => Status::Completed,
            (Some(_), Leaving::Moved) | (None, _) => Status::Canceled,
        };
        let outcome = DialOutcome {
            status: status.word().to_owned(),
            sid: talked.or(legs.last()).cloned(),
            seconds: talked
                .and_then(|talked| self.leg(talked))
                .and_then(|leg| leg.seconds(self.now)),
            bridged: dialling.bridged,
            more: Params::new(),
        };
        self.after_dial_unheard(sid, runner, AfterDial::of(&dialling.dial), outcome);
    }

    /// The digits that are sent to whoever answers, before anything else (A.3.7). Another leg of the carrier hears them
    /// as keys.
    pub(crate) fn send_opening_digits(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg_mut(sid) else { return };
        let Some(digits) = leg.send_digits.take() else {
            return;
        };
        let inner = match &leg.wire {
            Wire::Leg(inner) => Some(inner.clone()),
            Wire::Telephone | Wire::Client => None,
        };
        self.note(
            sid,
            crate::engine::Noted::Played {
                what: format!("digits {digits}"),
            },
        );
        if let Some(inner) = inner {
            for key in digits
                .chars()
                .filter(|key| crate::engine::control::is_key(*key))
            {
                self.key(&inner, key);
            }
        }
    }

    fn dialling(&mut self, sid: &CallSid) -> Option<&mut Dialling> {
        let Doing::Dialling(dialling) = &mut self.runner_mut(sid, Slot::Main)?.doing else {
            return None;
        };
        Some(dialling)
    }
}
