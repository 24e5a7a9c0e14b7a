//! Live calls changed by REST: given another document, cancelled, ended (reference E.2, F.7).

use twilio::CallSid;

use super::create::inline;
use super::leg::{OnAnswer, Status, Subscription};
use super::runner::{Leaving, Source, Target, parse_method};
use super::url::is_absolute;
use super::{CallView, Engine, RestError, UpdateCall};

impl Engine {
    /// Changes a call that is under way.
    ///
    /// # Errors
    /// There is no such call (20404), it is not in a state for that (21220), or a value makes no sense.
    pub fn update_call(
        &mut self,
        sid: &CallSid,
        update: UpdateCall,
    ) -> Result<CallView, RestError> {
        let leg = self
            .leg(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        let status = leg.status;
        let source = source(&update)?;
        let end = update.status.as_deref().map(end).transpose()?;
        let invalid = |text: &str| Err(RestError::new(400, 21220, text));
        if status.is_final() {
            return invalid("The call is over");
        }
        if end == Some(Status::Canceled) && status == Status::InProgress {
            return invalid("The call is in progress and cannot be canceled");
        }
        if source.is_some() && end.is_none() && !self.can_be_moved(sid) {
            return invalid("The call is not in progress and cannot be redirected");
        }

        self.change_settings(sid, update);
        match (end, source) {
            (Some(_), _) => self.end_by_rest(sid, status),
            (None, Some(source)) => self.redirect(sid, source),
            (None, None) => {}
        }
        self.settle();
        self.call(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    fn can_be_moved(&self, sid: &CallSid) -> bool {
        self.leg(sid).is_some_and(|leg| match leg.status {
            Status::InProgress => true,
            Status::Queued | Status::Initiated | Status::Ringing => {
                matches!(leg.on_answer, OnAnswer::Obey(_))
            }
            Status::Completed
            | Status::Busy
            | Status::Failed
            | Status::NoAnswer
            | Status::Canceled => false,
        })
    }

    fn change_settings(&mut self, sid: &CallSid, update: UpdateCall) {
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        leg.updated = now;
        if let Some(fallback) = Target::given(update.fallback_url, update.fallback_method) {
            leg.fallback = Some(fallback);
        }
        if let Some(target) = Target::given(update.status_callback, update.status_callback_method) {
            match &mut leg.subscription {
                Some(subscription) => subscription.target = target,
                None => leg.subscription = Some(Subscription::to_the_end(target)),
            }
        }
        if let Some(seconds) = update.time_limit {
            leg.limit_seconds = seconds;
            if let Some(answered) = leg.answered {
                let at = answered.plus(i64::from(seconds) * 1000).max(now);
                self.limit_until(sid, at);
            }
        }
    }

    /// Cancelling a call that waits for its turn tells nobody (reference B.4).
    fn end_by_rest(&mut self, sid: &CallSid, status: Status) {
        if status == Status::Queued
            && let Some(leg) = self.leg_mut(sid)
        {
            leg.subscription = None;
        }
        let end = self.end_of(sid, Status::Canceled);
        self.finish(sid, end);
    }

    /// The call leaves what it does and goes on with another document.
    pub(crate) fn redirect(&mut self, sid: &CallSid, source: Source) {
        let Some(leg) = self.leg_mut(sid) else { return };
        if leg.status != Status::InProgress {
            leg.on_answer = OnAnswer::Obey(source);
            return;
        }
        let parent = leg.parent.clone();
        self.give_up(sid, Leaving::Moved);
        self.part(sid);
        if let Some(parent) = parent {
            self.child_moved(&parent, sid);
        }
        self.begin_document(sid, source);
    }
}

fn source(update: &UpdateCall) -> Result<Option<Source>, RestError> {
    let url = update
        .url
        .as_deref()
        .map(str::trim)
        .filter(|url| !url.is_empty());
    for url in [
        url,
        update.fallback_url.as_deref(),
        update.status_callback.as_deref(),
    ]
    .into_iter()
    .flatten()
    {
        if !url.is_empty() && !is_absolute(url) {
            let text = format!("Url {url} is not a valid URL");
            return Err(RestError::new(400, 21205, text));
        }
    }
    for method in [
        &update.method,
        &update.fallback_method,
        &update.status_callback_method,
    ]
    .into_iter()
    .flatten()
    {
        if parse_method(method).is_none() {
            let text = format!("Method {method} must be GET or POST");
            return Err(RestError::new(400, 21209, text));
        }
    }
    match (url, &update.twiml) {
        (Some(_), Some(_)) => Err(RestError::new(
            400,
            20001,
            "Url and Twiml exclude each other",
        )),
        (Some(url), None) => Ok(Some(Source::Url(Target::new(
            url,
            update.method.as_deref().and_then(parse_method),
        )))),
        (None, Some(twiml)) => inline(twiml).map(Some),
        (None, None) => Ok(None),
    }
}

fn end(word: &str) -> Result<Status, RestError> {
    match word {
        "canceled" => Ok(Status::Canceled),
        "completed" => Ok(Status::Completed),
        other => Err(RestError::new(
            400,
            20001,
            format!("Status {other} is neither canceled nor completed"),
        )),
    }
}
