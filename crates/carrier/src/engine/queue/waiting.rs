//! Enqueue: a caller waits in a queue, hears something meanwhile, and leaves it (reference A.3.10, B.3).

use twilio::CallSid;
use twiml::{Enqueue, Method, WaitingPlace};

use super::line::{Full, Line};
use super::taking::Taken;
use crate::engine::agenda::Task;
use crate::engine::conference::Sound;
use crate::engine::document::absolute;
use crate::engine::runner::{
    Doing, Ending, Leaving, Params, Purpose, Runner, Slot, Source, Target,
};
use crate::engine::{Engine, QueueSid, Sounding};

/// An Enqueue in progress.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(super) queue: QueueSid,
    action: Option<String>,
    method: Option<Method>,
    wait: Sound,
    /// By whom the caller was taken, if it was.
    pub(super) taken: Option<Taken>,
}

impl Waiting {
    /// Who took the caller out of the queue, if somebody did.
    pub(crate) fn taker(&self) -> Option<&CallSid> {
        self.taken.as_ref().map(|taken| &taken.by)
    }

    /// The carrier's music, where the caller hears that.
    pub(crate) fn music(&self) -> Option<Sounding> {
        let hears_music = self.wait == Sound::Music && self.taken.is_none();
        hears_music.then_some(Sounding::Music)
    }
}

impl Engine {
    pub(crate) fn enqueue(&mut self, sid: &CallSid, slot: Slot, enqueue: &Enqueue) {
        let name = match &enqueue.place {
            WaitingPlace::Queue(name) => name.trim(),
            WaitingPlace::Workflow { .. } => {
                self.trouble(sid, 14226, "there are no workflows here");
                self.enqueue_refused(sid, slot, enqueue, "error");
                return;
            }
        };
        let wait = match self.waits_with(sid, slot, enqueue) {
            Ok(wait) => wait,
            Err(failure) => {
                self.trouble(sid, 14202, failure.text);
                self.enqueue_refused(sid, slot, enqueue, "error");
                return;
            }
        };
        let queue = match self.queues.named(name) {
            Some(line) => line.sid.clone(),
            None => {
                let most = enqueue.max_queue_size.map_or(Line::USUALLY, usize::from);
                self.add_queue(name, most.clamp(1, Line::MOST))
            }
        };
        let now = self.now;
        let entered = self
            .queues
            .lines
            .get_mut(&queue)
            .map_or(Err(Full), |line| line.enter(sid.clone(), now));
        if entered == Err(Full) {
            self.trouble(sid, 14207, format!("the queue {name} is full"));
            self.enqueue_refused(sid, slot, enqueue, "queue-full");
            return;
        }
        let waiting = Waiting {
            queue: queue.clone(),
            action: enqueue.action.clone(),
            method: enqueue.method,
            wait,
            taken: None,
        };
        self.set_doing(sid, slot, Doing::Queued(Box::new(waiting)));
        self.match_up(&queue);
        self.pass_the_time(sid);
    }

    fn waits_with(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        enqueue: &Enqueue,
    ) -> Result<Sound, crate::engine::reading::Failure> {
        match enqueue.wait_url.as_deref().map(str::trim) {
            None => Ok(Sound::Music),
            Some("") => Ok(Sound::Silence),
            Some(url) => match self.runner_mut(sid, slot) {
                Some(runner) => absolute(runner, url)
                    .map(|url| Sound::Document(Target::new(url, enqueue.wait_url_method))),
                None => Ok(Sound::Silence),
            },
        }
    }

    /// The caller was never in a queue.
    pub(crate) fn enqueue_refused(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        enqueue: &Enqueue,
        result: &str,
    ) {
        let params = Params::from([("QueueResult".into(), result.into())]);
        self.after_enqueue(sid, slot, enqueue.action.as_deref(), enqueue.method, params);
    }

    fn after_enqueue(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        action: Option<&str>,
        method: Option<Method>,
        params: Params,
    ) {
        self.set_doing(sid, slot, Doing::Ready);
        match action {
            Some(action) if !action.trim().is_empty() => {
                self.go_on_with(sid, slot, Some(action), method, params);
            }
            Some(_) | None => self.agenda.push_back(Task::Step(sid.clone(), slot)),
        }
    }

    /// Gives somebody who waits what it hears meanwhile.
    fn pass_the_time(&mut self, sid: &CallSid) {
        let Some(waiting) = self.waiting(sid) else {
            return;
        };
        if waiting.taken.is_some() {
            return;
        }
        match waiting.wait.clone() {
            Sound::Music => self.note_text(sid, "It hears hold music while it waits in the queue."),
            Sound::Silence => self.note_text(sid, "It hears nothing while it waits in the queue."),
            Sound::Document(target) => {
                let runner = Runner::new(Purpose::QueueWait, Params::new());
                self.run(sid, Slot::Side, runner, Source::Url(target));
            }
        }
    }

    /// Whether somebody stands in a queue.
    pub(crate) fn is_in_line(&self, sid: &CallSid) -> bool {
        let mut lines = self.queues.lines.values();
        lines.any(|line| line.place(sid).is_some())
    }

    /// What a document heard while waiting is told beside the standard parameters, as it is at this moment.
    pub(crate) fn waiting_extras(&self, sid: &CallSid) -> Params {
        let mut params = Params::new();
        let now = self.now;
        let doing = self
            .leg(sid)
            .and_then(|leg| leg.main.as_ref())
            .map(|runner| &runner.doing);
        let Some(Doing::Queued(waiting)) = doing else {
            return params;
        };
        let Some(line) = self.queues.lines.get(&waiting.queue) else {
            return params;
        };
        let Some((place, member)) = line.place(sid) else {
            return params;
        };
        let mut put = |name: &str, value: String| params.insert(name.to_owned(), value);
        put("QueueSid", line.sid.to_string());
        put("QueuePosition", place.to_string());
        put("QueueTime", now.seconds_since(member.since).to_string());
        put("AvgQueueTime", line.average_wait(now).to_string());
        put("CurrentQueueSize", line.len().to_string());
        put("MaxQueueSize", line.most.to_string());
        params
    }

    /// What somebody heard who waits is over: it is asked for again, unless it said to leave or failed.
    pub(crate) fn waiting_document_over(&mut self, sid: &CallSid, ending: Ending) {
        let is_taken = self
            .waiting(sid)
            .is_none_or(|waiting| waiting.taken.is_some());
        if is_taken {
            return;
        }
        match ending {
            Ending::RanOut => self.pass_the_time(sid),
            Ending::Left => self.leave_queue(sid, "leave"),
            Ending::Failed(_) => self.leave_queue(sid, "error"),
            Ending::HungUp => {}
        }
    }

    /// Somebody stops waiting, or talking to whoever took it, and goes on with its document.
    pub(super) fn leave_queue(&mut self, sid: &CallSid, result: &str) {
        self.take_runner(sid, Slot::Side);
        if self.waiting(sid).is_none() {
            return;
        }
        let Some(runner) = self.runner_mut(sid, Slot::Main) else {
            return;
        };
        let Doing::Queued(waiting) = std::mem::replace(&mut runner.doing, Doing::Ready) else {
            return;
        };
        let params = self.queue_left(sid, &waiting, result);
        let action = waiting.action.as_deref();
        self.after_enqueue(sid, Slot::Main, action, waiting.method, params);
    }

    /// The leg is over or was given another document: the action is told, its answer is not obeyed.
    pub(crate) fn waiting_given_up(
        &mut self,
        sid: &CallSid,
        runner: &Runner,
        waiting: Waiting,
        leaving: Leaving,
    ) {
        let result = match (leaving, &waiting.taken) {
            (Leaving::HungUp, None) => "hangup",
            (Leaving::Moved, None) => "redirected",
            (Leaving::HungUp, Some(taken)) if taken.is_joined => "bridged",
            (Leaving::Moved, Some(taken)) if taken.is_joined => "redirected-from-bridged",
            (Leaving::HungUp, Some(_)) => "hangup",
            (Leaving::Moved, Some(_)) => "bridging-in-process",
        };
        let params = self.queue_left(sid, &waiting, result);
        if let Some(action) = waiting
            .action
            .as_deref()
            .filter(|url| !url.trim().is_empty())
        {
            match absolute(runner, action) {
                Ok(url) => {
                    let target = Target::new(url, waiting.method);
                    self.request_unheard(sid, &target, params);
                }
                Err(failure) => self.trouble(sid, failure.code, failure.text),
            }
        }
        if let Some(taken) = waiting.taken {
            self.taken_one_gone(&taken.by, sid);
        }
    }

    /// Takes the caller out of the line, if it still stands there, and says what its action is told.
    fn queue_left(&mut self, sid: &CallSid, waiting: &Waiting, result: &str) -> Params {
        let now = self.now;
        let line = self.queues.lines.get_mut(&waiting.queue);
        let member = line.and_then(|line| line.remove(sid));
        let waited = match (&waiting.taken, member) {
            (Some(taken), _) => taken.waited,
            (None, Some(member)) => now.seconds_since(member.since),
            (None, None) => 0,
        };
        Params::from([
            ("QueueResult".into(), result.into()),
            ("QueueSid".into(), waiting.queue.to_string()),
            ("QueueTime".into(), waited.to_string()),
        ])
    }

    pub(super) fn waiting(&mut self, sid: &CallSid) -> Option<&mut Waiting> {
        let Doing::Queued(waiting) = &mut self.runner_mut(sid, Slot::Main)?.doing else {
            return None;
        };
        Some(waiting)
    }
}
