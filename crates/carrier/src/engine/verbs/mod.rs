//! Verbs: which may stand where, how each begins, goes on and is given up (reference A.2, A.3).

mod cues;
mod dial;
mod dialling;
mod gather;
mod parties;

pub(crate) use cues::Cues;
pub(crate) use dial::{AfterDial, DialOutcome};
pub(crate) use dialling::Dialling;
pub(crate) use gather::Gathering;

use twilio::CallSid;
use twiml::{RejectReason, Verb};

use super::leg::Status;
use super::reading::Planned;
use super::runner::{Doing, Ending, Leaving, Params, Purpose, Runner, Slot};
use super::{Engine, Noted};

impl Engine {
    /// Begins verbs until one takes time, or the document is done.
    pub(crate) fn step(&mut self, sid: &CallSid, slot: Slot) {
        loop {
            let Some(runner) = self.runner_mut(sid, slot) else {
                return;
            };
            if !matches!(runner.doing, Doing::Ready) {
                return;
            }
            let purpose = runner.purpose;
            let Some(planned) = runner.verbs.pop_front() else {
                self.document_over(sid, slot, Ending::RanOut);
                return;
            };
            self.begin(sid, slot, purpose, planned);
        }
    }

    fn begin(&mut self, sid: &CallSid, slot: Slot, purpose: Purpose, planned: Planned) {
        let Planned { verb, fault } = planned;
        if let Some(code) = refusal(purpose, &verb) {
            self.trouble(sid, code, format!("{} cannot be used here", name(&verb)));
            return;
        }
        if self.leg(sid).is_some_and(|leg| leg.is_unanswered_inbound()) && answers_at_once(&verb) {
            self.pick_up(sid);
        }
        self.note(
            sid,
            Noted::Verb {
                name: name(&verb).to_owned(),
            },
        );
        match verb {
            Verb::Dial(dial) if fault.is_some() => self.dial_refused(sid, slot, &dial),
            Verb::Enqueue(enqueue) if fault.is_some() => {
                self.enqueue_refused(sid, slot, &enqueue, "error");
            }
            _ if fault.is_some() => {}
            Verb::Say(say) => self.say(sid, slot, &say),
            Verb::Play(play) => self.play(sid, slot, &play),
            Verb::PlayDigits(play) => self.play_digits(sid, slot, &play),
            Verb::Pause(pause) => self.pause(sid, slot, &pause),
            Verb::Gather(gather) => self.gather(sid, slot, gather),
            Verb::Dial(dial) => self.dial(sid, slot, dial),
            Verb::Redirect(redirect) => self.go_on_with(
                sid,
                slot,
                Some(&redirect.url),
                redirect.method,
                Params::new(),
            ),
            Verb::Reject(reject) => {
                let unanswered = match reject.reason {
                    Some(RejectReason::Busy) => Status::Busy,
                    Some(RejectReason::Rejected) | None => Status::NoAnswer,
                };
                let status = self.end_of(sid, unanswered);
                self.finish(sid, status);
            }
            Verb::Hangup | Verb::HangupTelling(_) => match purpose {
                Purpose::QueueWait => self.finish(sid, Status::Completed),
                Purpose::Call
                | Purpose::Screening
                | Purpose::Conference
                | Purpose::QueueWhisper => self.document_over(sid, slot, Ending::HungUp),
            },
            Verb::Leave => match purpose {
                Purpose::QueueWait => self.document_over(sid, slot, Ending::Left),
                Purpose::Call
                | Purpose::Screening
                | Purpose::Conference
                | Purpose::QueueWhisper => {}
            },
            Verb::Echo => self.set_doing(sid, slot, Doing::Echoing),
            Verb::Record(record) => self.record(sid, slot, &record),
            Verb::Enqueue(enqueue) => self.enqueue(sid, slot, &enqueue),
            Verb::Connect(_)
            | Verb::Start(_)
            | Verb::Stop(_)
            | Verb::Refer(_)
            | Verb::Pay(_)
            | Verb::Sms(_) => self.note(
                sid,
                Noted::Note {
                    text: "This verb is passed over.".to_owned(),
                },
            ),
        }
    }

    /// The time of the verb in progress has come.
    pub(crate) fn verb_due(&mut self, sid: &CallSid, slot: Slot) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        runner.timer = None;
        match &mut runner.doing {
            Doing::Breathing(_) => {
                let Doing::Breathing(fetch) = std::mem::replace(&mut runner.doing, Doing::Ready)
                else {
                    return;
                };
                self.fetch(sid, slot, *fetch);
            }
            Doing::Giving(_) => self.cue_over(sid, slot),
            Doing::Gathering(_) => self.gather_due(sid, slot),
            Doing::Dialling(_) => self.dial_limit(sid),
            Doing::InConference(_) => self.stay_over(sid),
            Doing::Taking(_) => self.taking_due(sid),
            Doing::Recording(_) => self.taping_due(sid, slot),
            Doing::Ready | Doing::Fetching(..) | Doing::Queued(_) | Doing::Echoing => {}
        }
    }

    /// A key reaches the verb in progress.
    pub(crate) fn pressed(&mut self, sid: &CallSid, slot: Slot, key: char) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        match &runner.doing {
            Doing::Gathering(_) => self.gather_key(sid, slot, key),
            Doing::Dialling(_) => self.dial_key(sid, key),
            Doing::InConference(_) => self.key_in_room(sid, key),
            Doing::Taking(_) => self.taking_key(sid, key),
            Doing::Recording(_) => self.taping_key(sid, slot, key),
            Doing::Ready
            | Doing::Fetching(..)
            | Doing::Breathing(_)
            | Doing::Giving(_)
            | Doing::Queued(_)
            | Doing::Echoing => {}
        }
    }

    /// Words reach the verb in progress.
    pub(crate) fn spoken_to(&mut self, sid: &CallSid, slot: Slot, text: &str) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        match &runner.doing {
            Doing::Gathering(_) => self.gather_speech(sid, slot, text),
            Doing::Recording(_) => {
                let ms = self.settings.spoken_ms(text);
                self.taping_speech(sid, slot, ms);
            }
            Doing::Ready
            | Doing::Fetching(..)
            | Doing::Breathing(_)
            | Doing::Giving(_)
            | Doing::Dialling(_)
            | Doing::InConference(_)
            | Doing::Queued(_)
            | Doing::Taking(_)
            | Doing::Echoing => {}
        }
    }

    /// The verb in progress is given up, because the leg is over or was given another document. The runner is already
    /// taken from the leg.
    pub(crate) fn verb_given_up(&mut self, sid: &CallSid, mut runner: Runner, leaving: Leaving) {
        match std::mem::replace(&mut runner.doing, Doing::Ready) {
            Doing::Dialling(dialling) => self.dial_given_up(sid, &runner, &dialling, leaving),
            Doing::InConference(attending) => {
                self.attending_given_up(sid, &runner, *attending, leaving);
            }
            Doing::Queued(waiting) => self.waiting_given_up(sid, &runner, *waiting, leaving),
            Doing::Taking(taking) => self.taking_given_up(sid, &runner, &taking),
            Doing::Recording(taping) => self.taping_given_up(sid, &runner, &taping, leaving),
            Doing::Ready
            | Doing::Fetching(..)
            | Doing::Breathing(_)
            | Doing::Giving(_)
            | Doing::Gathering(_)
            | Doing::Echoing => {}
        }
    }
}

/// Whether this verb answers an incoming call as it begins (reference A.1.3, X10).
fn answers_at_once(verb: &Verb) -> bool {
    match verb {
        Verb::Reject(_) | Verb::Pause(_) => false,
        Verb::Dial(dial) => dial.answer_on_bridge != Some(true),
        Verb::Say(_)
        | Verb::Play(_)
        | Verb::PlayDigits(_)
        | Verb::Gather(_)
        | Verb::Redirect(_)
        | Verb::Hangup
        | Verb::HangupTelling(_)
        | Verb::Record(_)
        | Verb::Enqueue(_)
        | Verb::Leave
        | Verb::Echo
        | Verb::Connect(_)
        | Verb::Start(_)
        | Verb::Stop(_)
        | Verb::Refer(_)
        | Verb::Pay(_)
        | Verb::Sms(_) => true,
    }
}

/// The code of a verb that a document of this purpose may not use (reference A.2).
fn refusal(purpose: Purpose, verb: &Verb) -> Option<u32> {
    let heard = matches!(
        verb,
        Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) | Verb::Redirect(_)
    );
    let hangs_up = matches!(verb, Verb::Hangup | Verb::HangupTelling(_));
    let gathers = matches!(verb, Verb::Gather(_));
    match purpose {
        Purpose::Call => None,
        Purpose::Screening if matches!(verb, Verb::Dial(_)) => Some(13201),
        Purpose::Screening => (!heard && !hangs_up && !gathers).then_some(12200),
        Purpose::Conference => (!heard).then_some(13238),
        Purpose::QueueWait => {
            let leaves = matches!(verb, Verb::Leave);
            (!heard && !hangs_up && !gathers && !leaves).then_some(12200)
        }
        Purpose::QueueWhisper => (!heard).then_some(14211),
    }
}

/// The name of a verb's element.
fn name(verb: &Verb) -> &'static str {
    match verb {
        Verb::Say(_) => "Say",
        Verb::Play(_) | Verb::PlayDigits(_) => "Play",
        Verb::Pause(_) => "Pause",
        Verb::Gather(_) => "Gather",
        Verb::Dial(_) => "Dial",
        Verb::Redirect(_) => "Redirect",
        Verb::Reject(_) => "Reject",
        Verb::Hangup | Verb::HangupTelling(_) => "Hangup",
        Verb::Record(_) => "Record",
        Verb::Enqueue(_) => "Enqueue",
        Verb::Leave => "Leave",
        Verb::Echo => "Echo",
        Verb::Connect(_) => "Connect",
        Verb::Start(_) => "Start",
        Verb::Stop(_) => "Stop",
        Verb::Refer(_) => "Refer",
        Verb::Pay(_) => "Pay",
        Verb::Sms(_) => "Sms",
    }
}
