//! Dial of a queue: waiting for its first caller, whispering to it, talking, parting (reference A.3.10, F.6).

use twilio::CallSid;
use twiml::{Dial, Queue};

use super::line::Member;
use crate::engine::document::absolute;
use crate::engine::leg::Status;
use crate::engine::runner::{Doing, Params, Purpose, Runner, Slot, Source, Target};
use crate::engine::verbs::{AfterDial, DialOutcome};
use crate::engine::{Engine, QueueSid, Time};

/// The longest talk, and the longest waiting, of a Dial that names none, in seconds (reference A.3.6).
const LONGEST: u32 = 14_400;
const USUAL_WAIT: u32 = 30;

/// Somebody who was taken out of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(super) by: CallSid,
    /// Seconds in the queue.
    pub(super) waited: i64,
    /// Whether the two hear each other.
    pub(super) is_joined: bool,
}

/// A Dial of a queue in progress.
#[derive(Debug)]
pub(crate) struct Taking {
    queue: QueueSid,
    dial: Box<Dial>,
    whisper: Option<Target>,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Nobody waits in the queue.
    Waiting,
    /// The one who was taken hears a document first.
    Whispering { member: CallSid, waited: i64 },
    /// The two talk.
    Talking {
        member: CallSid,
        waited: i64,
        since: Time,
    },
}

impl Taking {
    /// Who was taken, if somebody was.
    pub(crate) const fn member(&self) -> Option<&CallSid> {
        match &self.stage {
            Stage::Waiting => None,
            Stage::Whispering { member, .. } | Stage::Talking { member, .. } => Some(member),
        }
    }
}

impl Engine {
    pub(crate) fn take_from_queue(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        dial: Box<Dial>,
        noun: &Queue,
    ) {
        let Some(line) = self.queues.named(noun.name.trim()) else {
            self.note_text(sid, "There is no such queue.");
            self.dial_refused(sid, slot, &dial);
            return;
        };
        let queue = line.sid.clone();
        let whisper = match noun.url.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(url) => {
                let Some(runner) = self.runner_mut(sid, slot) else {
                    return;
                };
                match absolute(runner, url) {
                    Ok(url) => Some(Target::new(url, noun.method)),
                    Err(failure) => {
                        self.trouble(sid, 14211, failure.text);
                        self.dial_refused(sid, slot, &dial);
                        return;
                    }
                }
            }
        };
        let seconds = i64::from(dial.timeout.map_or(USUAL_WAIT, u32::from));
        let buffer = i64::from(self.settings.options.ring_buffer_ms);
        let taking = Taking {
            queue: queue.clone(),
            dial,
            whisper,
            stage: Stage::Waiting,
        };
        self.set_doing(sid, slot, Doing::Taking(Box::new(taking)));
        self.set_verb_timer(sid, slot, self.now.plus(seconds * 1000 + buffer));
        if let Some(line) = self.queues.lines.get_mut(&queue) {
            line.wait_for_one(sid.clone());
        }
        self.match_up(&queue);
    }

    /// Whoever wants somebody and whoever waits are brought together, the first with the first.
    pub(super) fn match_up(&mut self, queue: &QueueSid) {
        while let Some((taker, member)) = self
            .queues
            .lines
            .get_mut(queue)
            .and_then(super::line::Line::match_up)
        {
            self.meet(&taker, &member);
        }
    }

    fn meet(&mut self, taker: &CallSid, member: &Member) {
        let waited = self.now.seconds_since(member.since);
        self.take_runner(&member.call, Slot::Side);
        if let Some(waiting) = self.waiting(&member.call) {
            waiting.taken = Some(Taken {
                by: taker.clone(),
                waited,
                is_joined: false,
            });
        }
        let Some(taking) = self.taking(taker) else {
            return;
        };
        taking.stage = Stage::Whispering {
            member: member.call.clone(),
            waited,
        };
        let queue = taking.queue.clone();
        let whisper = taking.whisper.clone();
        let timer = self
            .runner_mut(taker, Slot::Main)
            .and_then(|runner| runner.timer.take());
        self.timers.take_back(timer);
        match whisper {
            Some(target) => {
                let extra = Params::from([
                    ("QueueSid".into(), queue.to_string()),
                    ("QueueTime".into(), waited.to_string()),
                    ("DequeingCallSid".into(), taker.to_string()),
                ]);
                let runner = Runner::new(Purpose::QueueWhisper, extra);
                self.run(&member.call, Slot::Side, runner, Source::Url(target));
            }
            None => self.join_taken(&member.call),
        }
    }

    /// The document for the one who was taken is over, however it ended: the two are joined.
    pub(crate) fn join_taken(&mut self, member: &CallSid) {
        let now = self.now;
        let Some(taken) = self
            .waiting(member)
            .and_then(|waiting| waiting.taken.as_mut())
        else {
            return;
        };
        taken.is_joined = true;
        let (taker, waited) = (taken.by.clone(), taken.waited);
        let Some(taking) = self.taking(&taker) else {
            return;
        };
        taking.stage = Stage::Talking {
            member: member.clone(),
            waited,
            since: now,
        };
        let dial = taking.dial.clone();
        let limit = i64::from(dial.time_limit.unwrap_or(LONGEST)) * 1000;
        self.join(&taker, member);
        self.pick_up(&taker);
        self.record_dial(&taker, &dial);
        self.set_verb_timer(&taker, Slot::Main, now.plus(limit));
    }

    /// Nobody came in time, or the talk has lasted as long as it may.
    pub(crate) fn taking_due(&mut self, sid: &CallSid) {
        self.stop_taking(sid);
    }

    /// `*` of the one who dialled ends the talk, where the Dial says so.
    pub(crate) fn taking_key(&mut self, sid: &CallSid, key: char) {
        let ends = self.taking(sid).is_some_and(|taking| {
            taking.dial.hangup_on_star == Some(true)
                && matches!(taking.stage, Stage::Talking { .. })
        });
        if key == '*' && ends {
            self.stop_taking(sid);
        }
    }

    fn stop_taking(&mut self, sid: &CallSid) {
        let Some(taking) = self.taking(sid) else {
            return;
        };
        let (queue, stage) = (taking.queue.clone(), taking.stage.clone());
        let after = AfterDial::of(&taking.dial);
        let outcome = self.outcome_of(sid, &queue, &stage, Status::NoAnswer);
        self.after_dial(sid, Slot::Main, after, outcome);
        self.let_go(sid, &queue, &stage);
    }

    /// The one who was taken is gone or was given another document: so is the Dial over.
    pub(super) fn taken_one_gone(&mut self, taker: &CallSid, member: &CallSid) {
        let Some(taking) = self.taking(taker) else {
            return;
        };
        let (queue, stage) = (taking.queue.clone(), taking.stage.clone());
        let after = AfterDial::of(&taking.dial);
        let is_its = match &stage {
            Stage::Waiting => false,
            Stage::Whispering { member: its, .. } | Stage::Talking { member: its, .. } => {
                its == member
            }
        };
        if is_its {
            let outcome = self.outcome_of(taker, &queue, &stage, Status::NoAnswer);
            self.part(taker);
            self.after_dial(taker, Slot::Main, after, outcome);
        }
    }

    /// The one who dialled is gone or was given another document.
    pub(crate) fn taking_given_up(&mut self, sid: &CallSid, runner: &Runner, taking: &Taking) {
        let outcome = self.outcome_of(sid, &taking.queue, &taking.stage, Status::Canceled);
        let after = AfterDial::of(&taking.dial);
        self.after_dial_unheard(sid, runner, after, outcome);
        self.let_go(sid, &taking.queue, &taking.stage);
    }

    /// Whoever was taken goes on with its document.
    fn let_go(&mut self, taker: &CallSid, queue: &QueueSid, stage: &Stage) {
        match stage {
            Stage::Waiting => {
                if let Some(line) = self.queues.lines.get_mut(queue) {
                    line.give_up_waiting(taker);
                }
            }
            Stage::Whispering { member, .. } => self.leave_queue(member, "bridging-in-process"),
            Stage::Talking { member, .. } => {
                self.part(member);
                self.leave_queue(member, "bridged");
            }
        }
    }

    fn outcome_of(
        &self,
        taker: &CallSid,
        queue: &QueueSid,
        stage: &Stage,
        unmet: Status,
    ) -> DialOutcome {
        let (status, member, waited, talked) = match stage {
            Stage::Waiting => (unmet, None, None, None),
            Stage::Whispering { member, waited } => (unmet, Some(member), Some(*waited), None),
            Stage::Talking {
                member,
                waited,
                since,
            } => (
                Status::Completed,
                Some(member),
                Some(*waited),
                Some(self.now.seconds_since(*since)),
            ),
        };
        let mut outcome = DialOutcome::unreached(status.word());
        outcome.sid = member.cloned();
        outcome.seconds = talked;
        outcome.bridged = talked.is_some();
        outcome.more.insert("QueueSid".into(), queue.to_string());
        if let Some(waited) = waited {
            outcome.more.insert("QueueTime".into(), waited.to_string());
            let by = taker.to_string();
            outcome.more.insert("DequeingCallSid".into(), by);
        }
        outcome
    }

    fn taking(&mut self, sid: &CallSid) -> Option<&mut Taking> {
        let Doing::Taking(taking) = &mut self.runner_mut(sid, Slot::Main)?.doing else {
            return None;
        };
        Some(taking)
    }
}
