//! Documents: fetched, read, begun, failed, run out (reference A.1.3, A.1.5).

use twilio::CallSid;
use twiml::{Method, Say, Verb};

use super::agenda::Task;
use super::leg::Status;
use super::reading::{Content, Failure, Planned, Script, read, understand};
use super::requests::Pending;
use super::runner::{Doing, Ending, Fetch, Leaving, Params, Purpose, Runner, Slot, Source, Target};
use super::timers::Due;
use super::url::{resolve, same_place};
use super::verbs::Cues;
use super::{Answer, Engine, Noted, RequestId, RequestKind};

/// What is said where neither a document nor its fallback can be had.
const APOLOGY: &str = "An application error has occurred. Goodbye.";

impl Engine {
    /// A runner begins with a document; whatever the slot held is gone.
    pub(crate) fn run(&mut self, sid: &CallSid, slot: Slot, runner: Runner, source: Source) {
        self.run_telling(sid, slot, runner, source, Params::new());
    }

    /// As [`Self::run`], where the request for the document tells more.
    pub(crate) fn run_telling(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        runner: Runner,
        source: Source,
        told: Params,
    ) {
        let Some(leg) = self.leg_mut(sid) else { return };
        let old = match slot {
            Slot::Main => leg.main.replace(runner),
            Slot::Side => leg.side.replace(runner),
        };
        self.timers.take_back(old.and_then(|old| old.timer));
        match source {
            Source::Url(target) => self.fetch(sid, slot, Fetch::new(target, told)),
            Source::Inline(text) => match read(text.as_bytes()) {
                Ok(script) => self.obey(sid, slot, script, None),
                Err(failure) => self.document_failed(sid, slot, None, &failure),
            },
        }
    }

    /// Asks for a document; when too many came in one second, in the next.
    pub(crate) fn fetch(&mut self, sid: &CallSid, slot: Slot, fetch: Fetch) {
        let now = self.now;
        let most = self.settings.options.documents_per_second;
        let Some(leg) = self.leg_mut(sid) else { return };
        let (since, count) = leg.documents;
        leg.documents = if now.0 - since.0 >= 1000 {
            (now, 1)
        } else {
            (since, count.saturating_add(1))
        };
        if leg.documents.1 > most {
            let at = since.plus(1000);
            self.set_doing(sid, slot, Doing::Breathing(Box::new(fetch)));
            self.set_verb_timer(sid, slot, at);
            return;
        }
        let Some(runner) = leg.runner_mut(slot) else {
            return;
        };
        let mut more = match runner.purpose {
            Purpose::QueueWait => self.waiting_extras(sid),
            Purpose::Call | Purpose::Screening | Purpose::Conference | Purpose::QueueWhisper => {
                runner.extra.clone()
            }
        };
        more.extend(fetch.params.clone());
        let Some(leg) = self.leg(sid) else { return };
        let mut params = self.standard(leg, leg.status);
        params.extend(more);
        let id = self.ask(
            RequestKind::Document,
            Some(sid),
            &fetch.target,
            &params,
            Pending::Document(sid.clone(), slot),
        );
        self.set_doing(sid, slot, Doing::Fetching(id, Box::new(fetch)));
    }

    pub(crate) fn document_came(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        id: RequestId,
        answer: Answer,
    ) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        if !matches!(&runner.doing, Doing::Fetching(awaited, _) if *awaited == id) {
            return;
        }
        let Doing::Fetching(_, fetch) = std::mem::replace(&mut runner.doing, Doing::Ready) else {
            return;
        };
        let content = match understand(&answer) {
            Ok(content) => content,
            Err(failure) => {
                self.document_failed(sid, slot, Some(*fetch), &failure);
                return;
            }
        };
        let at = match answer {
            Answer::Http { url, .. } if !same_place(&url, &fetch.target.url) => url,
            Answer::Http { .. } | Answer::Failed { .. } => fetch.target.url,
        };
        match content {
            Content::Document(script) => self.obey(sid, slot, script, Some(at)),
            Content::Sound { length_ms } => {
                let mut cues = Cues::default();
                cues.push_fetched(at.clone(), length_ms);
                self.give_and_end(sid, slot, at, cues);
            }
            Content::Words(words) => {
                let mut cues = Cues::default();
                cues.push_words(words);
                self.give_and_end(sid, slot, at, cues);
            }
        }
    }

    fn obey(&mut self, sid: &CallSid, slot: Slot, script: Script, at: Option<String>) {
        self.note(
            sid,
            Noted::Document {
                url: at.clone().unwrap_or_default(),
                body: script.body,
            },
        );
        for (code, text) in script.troubles {
            self.trouble(sid, code, text);
        }
        self.begin_verbs(sid, slot, script.verbs, at);
    }

    fn begin_verbs(&mut self, sid: &CallSid, slot: Slot, verbs: Vec<Planned>, at: Option<String>) {
        self.set_doing(sid, slot, Doing::Ready);
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        runner.verbs = verbs.into();
        runner.at = at;
        self.agenda.push_back(Task::Step(sid.clone(), slot));
    }

    /// An answer that is a sound or words is given, and then the call is hung up.
    fn give_and_end(&mut self, sid: &CallSid, slot: Slot, at: String, cues: Cues) {
        self.begin_verbs(sid, slot, Vec::new(), Some(at));
        if let Some(leg) = self.leg(sid)
            && slot == Slot::Main
            && leg.is_unanswered_inbound()
        {
            self.pick_up(sid);
        }
        if let Some(runner) = self.runner_mut(sid, slot) {
            match runner.purpose {
                Purpose::Call | Purpose::Screening => {
                    runner.verbs.push_back(Planned::from(Verb::Hangup));
                }
                Purpose::Conference | Purpose::QueueWait | Purpose::QueueWhisper => {}
            }
        }
        self.give(sid, slot, cues);
    }

    /// A document cannot be had, or a verb cannot say where the next one is: the fallback, or an apology and the end.
    pub(crate) fn document_failed(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        fetch: Option<Fetch>,
        failure: &Failure,
    ) {
        self.trouble(sid, failure.code, failure.text.clone());
        self.set_doing(sid, slot, Doing::Ready);
        let Some(leg) = self.leg_mut(sid) else { return };
        let fallback = leg.fallback.clone();
        let Some(runner) = leg.runner_mut(slot) else {
            return;
        };
        runner.verbs.clear();
        let purpose = runner.purpose;
        let at = runner.at.clone();
        match purpose {
            Purpose::Call | Purpose::Screening => {}
            Purpose::Conference | Purpose::QueueWait | Purpose::QueueWhisper => {
                self.document_over(sid, slot, Ending::Failed(failure.code));
                return;
            }
        }
        let fell_back = fetch.as_ref().is_some_and(|fetch| fetch.is_fallback);
        match fallback {
            Some(target) if !fell_back => {
                let url = fetch.map(|fetch| fetch.target.url).or(at);
                let mut params = Params::new();
                params.insert("ErrorCode".into(), failure.code.to_string());
                params.insert("ErrorUrl".into(), url.unwrap_or_default());
                let mut fetch = Fetch::new(target, params);
                fetch.is_fallback = true;
                self.fetch(sid, slot, fetch);
            }
            Some(_) | None => {
                let verbs = vec![Verb::Say(Say::new(APOLOGY)), Verb::Hangup];
                let verbs = verbs.into_iter().map(Planned::from).collect();
                self.begin_verbs(sid, slot, verbs, None);
            }
        }
    }

    /// The document is done; what that means depends on what it was for.
    pub(crate) fn document_over(&mut self, sid: &CallSid, slot: Slot, ending: Ending) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        match runner.purpose {
            Purpose::Call => {
                if self.leg(sid).is_some_and(|leg| leg.is_unanswered_inbound()) {
                    self.pick_up(sid);
                }
                self.finish(sid, Status::Completed);
            }
            Purpose::Screening => match ending {
                Ending::RanOut => self.screening_over(sid),
                Ending::HungUp | Ending::Left | Ending::Failed(_) => {
                    self.finish(sid, Status::Completed);
                }
            },
            Purpose::Conference => {
                self.take_runner(sid, slot);
                self.room_document_over(sid, ending);
            }
            Purpose::QueueWait => {
                self.take_runner(sid, slot);
                self.waiting_document_over(sid, ending);
            }
            Purpose::QueueWhisper => {
                self.take_runner(sid, slot);
                self.join_taken(sid);
            }
        }
    }

    /// Ends a runner, whatever it does.
    pub(crate) fn take_runner(&mut self, sid: &CallSid, slot: Slot) -> Option<Runner> {
        let leg = self.leg_mut(sid)?;
        let runner = match slot {
            Slot::Main => leg.main.take(),
            Slot::Side => leg.side.take(),
        }?;
        self.timers.take_back(runner.timer);
        Some(runner)
    }

    /// The leg's documents are given up in whatever they do.
    pub(crate) fn give_up(&mut self, sid: &CallSid, leaving: Leaving) {
        self.take_runner(sid, Slot::Side);
        if let Some(runner) = self.take_runner(sid, Slot::Main) {
            self.verb_given_up(sid, runner, leaving);
        }
    }

    /// Goes on with the document of a verb's `action`; without one, with the current document (X8).
    pub(crate) fn go_on_with(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        url: Option<&str>,
        method: Option<Method>,
        params: Params,
    ) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        match absolute(runner, url.unwrap_or_default()) {
            Ok(url) => {
                let target = Target::new(url, method);
                self.fetch(sid, slot, Fetch::new(target, params));
            }
            Err(failure) => self.document_failed(sid, slot, None, &failure),
        }
    }

    /// Puts another verb state in the place of the present one, and takes its timer back.
    pub(crate) fn set_doing(&mut self, sid: &CallSid, slot: Slot, doing: Doing) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        runner.doing = doing;
        let timer = runner.timer.take();
        self.timers.take_back(timer);
    }

    /// The verb in progress goes on at that moment.
    pub(crate) fn set_verb_timer(&mut self, sid: &CallSid, slot: Slot, at: super::Time) {
        let key = self.timers.set(at, Due::Verb(sid.clone(), slot));
        let old = match self.runner_mut(sid, slot) {
            Some(runner) => runner.timer.replace(key),
            None => Some(key),
        };
        self.timers.take_back(old);
    }
}

/// The absolute form of a URL in the runner's document.
pub(crate) fn absolute(runner: &Runner, url: &str) -> Result<String, Failure> {
    resolve(runner.at.as_deref(), url).ok_or_else(|| {
        if runner.at.is_none() && !url.trim().is_empty() {
            Failure::new(
                15004,
                format!("{url} is relative in a document without a URL"),
            )
        } else {
            Failure::new(11100, format!("{url:?} is no URL that can be asked"))
        }
    })
}
