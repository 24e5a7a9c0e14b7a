//! Dial: whom it is for, and how it ends, whoever was dialled (reference A.3.6, B.3).

use std::collections::VecDeque;

use twilio::{CallSid, E164, Party as Telephone};
use twiml::{Dial, DialTarget, Method, Number, Party, RecordMode, Verb, WhatsApp};

use super::dialling::Dialling;
use super::parties::Callee;
use crate::engine::Engine;
use crate::engine::agenda::Task;
use crate::engine::document::absolute;
use crate::engine::runner::{Doing, Params, Runner, Slot, Target};

/// How a Dial ended, as its action is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DialOutcome {
    /// `DialCallStatus`.
    pub(crate) status: String,
    /// `DialCallSid`; none after a conference.
    pub(crate) sid: Option<CallSid>,
    /// `DialCallDuration`, in seconds; none after a conference or for a callee that was given another document.
    pub(crate) seconds: Option<i64>,
    /// `DialBridged`.
    pub(crate) bridged: bool,
    /// Whatever else is told.
    pub(crate) more: Params,
}

impl DialOutcome {
    /// Nobody was reached.
    pub(crate) fn unreached(status: &str) -> Self {
        Self {
            status: status.to_owned(),
            sid: None,
            seconds: None,
            bridged: false,
            more: Params::new(),
        }
    }

    fn params(self) -> Params {
        let mut params = self.more;
        params.insert("DialCallStatus".into(), self.status);
        params.insert("DialBridged".into(), self.bridged.to_string());
        if let Some(sid) = self.sid {
            params.insert("DialCallSid".into(), sid.to_string());
        }
        if let Some(seconds) = self.seconds {
            params.insert("DialCallDuration".into(), seconds.to_string());
        }
        params
    }
}

/// What follows a Dial: its action, or the next verb.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AfterDial {
    pub(crate) action: Option<String>,
    pub(crate) method: Option<Method>,
}

impl AfterDial {
    pub(crate) fn of(dial: &Dial) -> Self {
        Self {
            action: dial.action.clone(),
            method: dial.method,
        }
    }
}

impl Engine {
    pub(crate) fn dial(&mut self, sid: &CallSid, slot: Slot, dial: Box<Dial>) {
        let callees: VecDeque<Callee> = match &dial.target {
            DialTarget::Text(number) => VecDeque::from([text(number)]),
            DialTarget::Parties(parties) => {
                let parties = parties.as_slice().iter().cloned();
                parties.map(Callee::Party).collect()
            }
            DialTarget::WhatsApp(whatsapp) => VecDeque::from([whatsapp_number(whatsapp)]),
            DialTarget::Application(application) => {
                VecDeque::from([Callee::Application(application.clone())])
            }
            DialTarget::Conference(conference) => {
                self.attend(sid, slot, &dial, conference);
                return;
            }
            DialTarget::Queue(queue) => {
                let queue = queue.clone();
                self.take_from_queue(sid, slot, dial, &queue);
                return;
            }
            DialTarget::Sim(_) => {
                self.trouble(sid, 13224, "what is dialled is not known here");
                self.dial_refused(sid, slot, &dial);
                return;
            }
        };
        let Some(caller_id) = self.caller_id(sid, &dial, &callees) else {
            self.dial_refused(sid, slot, &dial);
            return;
        };
        if let Some(RecordMode::FromRinging | RecordMode::FromRingingDual) = dial.record {
            self.record_dial(sid, &dial);
        }
        let dialling = Dialling::new(dial, caller_id, callees);
        self.set_doing(sid, slot, Doing::Dialling(Box::new(dialling)));
        self.dial_next(sid);
    }

    /// A Dial that reaches nobody because of what stands in it.
    pub(crate) fn dial_refused(&mut self, sid: &CallSid, slot: Slot, dial: &Dial) {
        let after = AfterDial::of(dial);
        self.after_dial(sid, slot, after, DialOutcome::unreached("failed"));
    }

    /// The Dial is over: its action is requested, or the next verb begins (X4, X6).
    pub(crate) fn after_dial(
        &mut self,
        sid: &CallSid,
        slot: Slot,
        after: AfterDial,
        mut outcome: DialOutcome,
    ) {
        self.add_recording(sid, &mut outcome);
        self.set_doing(sid, slot, Doing::Ready);
        match after.action {
            Some(action) if !action.trim().is_empty() => {
                self.go_on_with(sid, slot, Some(&action), after.method, outcome.params());
            }
            Some(_) | None => self.agenda.push_back(Task::Step(sid.clone(), slot)),
        }
    }

    /// The Dial is given up with its leg: its action is told nevertheless, but its answer is not obeyed (B.3, rules 2
    /// and 3). Without an action, a redirect that follows is requested likewise.
    pub(crate) fn after_dial_unheard(
        &mut self,
        sid: &CallSid,
        runner: &Runner,
        after: AfterDial,
        mut outcome: DialOutcome,
    ) {
        self.add_recording(sid, &mut outcome);
        let (url, method, params) = match after.action {
            Some(action) if !action.trim().is_empty() => (action, after.method, outcome.params()),
            Some(_) | None => match runner.verbs.front().map(|planned| &planned.verb) {
                Some(Verb::Redirect(redirect)) => {
                    (redirect.url.clone(), redirect.method, Params::new())
                }
                Some(_) | None => return,
            },
        };
        match absolute(runner, &url) {
            Ok(url) => self.request_unheard(sid, &Target::new(url, method), params),
            Err(failure) => self.trouble(sid, failure.code, failure.text),
        }
    }

    fn add_recording(&mut self, sid: &CallSid, outcome: &mut DialOutcome) {
        if let Some(url) = self.end_dial_recording(sid) {
            outcome.more.insert("RecordingUrl".into(), url);
        }
    }

    /// The number that is shown to the callees; none where a browser dials a number and may not (13214).
    fn caller_id(
        &mut self,
        sid: &CallSid,
        dial: &Dial,
        callees: &VecDeque<Callee>,
    ) -> Option<String> {
        let leg = self.leg(sid)?;
        let own = leg.from.clone();
        let called = leg.to.clone();
        let from_browser = matches!(Telephone::parse(&own), Telephone::Client(_));
        let to_numbers = callees
            .iter()
            .any(|callee| matches!(callee, Callee::Party(Party::Number(_))));
        let given = dial
            .caller_id
            .as_deref()
            .map(str::trim)
            .filter(|given| !given.is_empty());
        let Some(given) = given else {
            if from_browser && to_numbers {
                self.trouble(sid, 13214, "a browser that dials a number needs a callerId");
                return None;
            }
            return Some(own);
        };
        let shown = Telephone::parse(given).to_string();
        let allowed =
            !to_numbers || shown == own || shown == called || self.own_number(&shown).is_some();
        if allowed && !(from_browser && to_numbers && shown == own) {
            return Some(shown);
        }
        self.trouble(sid, 13214, format!("callerId {given} is not allowed"));
        (!from_browser).then_some(own)
    }
}

fn text(number: &str) -> Callee {
    Callee::Party(Number::new(number.trim()).into())
}

fn whatsapp_number(whatsapp: &WhatsApp) -> Callee {
    let mut number = Number::new(whatsapp.number.trim());
    number.url = whatsapp.url.clone();
    number.method = whatsapp.method;
    number.status_callback = whatsapp.status_callback.clone();
    number.status_callback_event = whatsapp.status_callback_event.clone();
    number.status_callback_method = whatsapp.status_callback_method;
    Callee::Party(number.into())
}

/// A number as it is dialled, in E.164 form; ten or eleven digits are taken as North American (A.3.7).
pub(crate) fn dialable(text: &str) -> Option<String> {
    match Telephone::parse_called(text) {
        Telephone::Number(number) => Some(E164::as_str(&number).to_owned()),
        Telephone::Client(_) | Telephone::Sip(_) | Telephone::Withheld(_) | Telephone::Other(_) => {
            None
        }
    }
}
