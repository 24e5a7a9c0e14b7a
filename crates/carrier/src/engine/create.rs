//! Calls made by REST: what is refused, and waiting for one's turn (reference E.1, E.2).

use std::collections::BTreeSet;

use twilio::callback::RecordingSource;
use twilio::{ApplicationSid, CallSid, Form, Party};

use super::draft::Draft;
use super::leg::{Direction, Moment, OnAnswer, Status, Subscription};
use super::runner::{Source, Target, parse_method};
use super::timers::Due;
use super::url::is_absolute;
use super::{Application, CallView, CreateCall, Engine, Noted, RestError};

const DAY_MS: i64 = 86_400_000;

impl Engine {
    /// Makes a call. It is shown as `queued`, as it is at this moment; whether it went on at once shows afterwards.
    ///
    /// # Errors
    /// A parameter is missing or wrong (reference E.8), or a limit of the account is reached.
    pub fn create_call(&mut self, call: CreateCall) -> Result<CallView, RestError> {
        let application = self.application_of(&call)?;
        let has_both = application.is_none() && call.url.is_some() && call.twiml.is_some();
        let given = source(&call);
        let mut draft = self.drafted(call)?;
        let source = match application {
            Some(application) => draft
                .answered_by(application)
                .map_or_else(|| Source::Inline(String::new()), Source::Url),
            None => given?,
        };
        draft.on_answer = OnAnswer::Obey(source);
        let due = self.turn()?;
        let sid = self.queue_call(draft);
        if has_both {
            self.trouble(&sid, 32019, "Url and Twiml are both given; Url is used");
        }
        let view = self
            .call(&sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        self.take_turn_at(&sid, due);
        self.settle();
        Ok(view)
    }

    fn application_of(&self, call: &CreateCall) -> Result<Option<Application>, RestError> {
        let named = call.application.as_deref().map(str::trim);
        let Some(named) = named.filter(|named| !named.is_empty()) else {
            return Ok(None);
        };
        let sid = ApplicationSid::parse(named).ok();
        let application = sid.and_then(|sid| self.application(&sid).cloned());
        let unknown = "ApplicationSid names no application of this account";
        application
            .map(Some)
            .ok_or_else(|| RestError::new(400, 21218, unknown))
    }

    /// A call that is to be made is there, and waits for its turn.
    pub(crate) fn queue_call(&mut self, draft: Draft) -> CallSid {
        let sid = self.add_leg(draft);
        let status = Status::Queued.word().to_owned();
        self.note(&sid, Noted::Status { status });
        sid
    }

    /// The call leaves the queue at that moment, which may be now.
    pub(crate) fn take_turn_at(&mut self, sid: &CallSid, due: super::Time) {
        if due <= self.now {
            self.take_turn(sid);
            return;
        }
        let key = self.timers.set(due, Due::Turn(sid.clone()));
        if let Some(leg) = self.leg_mut(sid) {
            leg.timers.ring = Some(key);
        }
    }

    /// The call leaves the queue.
    pub(crate) fn take_turn(&mut self, sid: &CallSid) {
        let now = self.now;
        let Some(leg) = self.leg_mut(sid) else { return };
        leg.queue_ms = now.0 - leg.created.0;
        self.put_through(sid);
    }

    /// What is known of a call that is to be made, but for what happens when it is answered.
    pub(crate) fn drafted(&self, call: CreateCall) -> Result<Draft, RestError> {
        let bad = |code: u32, text: String| Err(RestError::new(400, code, text));
        if call.to.trim().is_empty() {
            return bad(21201, "No 'To' number is specified".to_owned());
        }
        if call.from.trim().is_empty() {
            return bad(21213, "'From' parameter is required".to_owned());
        }
        let to = Party::parse(&call.to);
        let mut parameters = Vec::new();
        let to_text = match &to {
            Party::Number(number) => number.to_string(),
            Party::Client(client) => {
                let (identity, query) = client.split_once('?').unwrap_or((client, ""));
                parameters = Form::parse(query.as_bytes())
                    .iter()
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                format!("client:{identity}")
            }
            Party::Sip(address) => address.clone(),
            Party::Withheld(_) | Party::Other(_) => {
                return bad(21211, format!("The 'To' number {} is not valid", call.to));
            }
        };
        let from = Party::parse(&call.from).to_string();
        if matches!(to, Party::Number(_)) && self.own_number(&from).is_none() {
            return bad(
                21212,
                format!("The 'From' number {from} is not a number of the account"),
            );
        }
        for url in [&call.fallback_url, &call.status_callback]
            .into_iter()
            .flatten()
        {
            if !url.is_empty() && !is_absolute(url) {
                return bad(21205, format!("Url {url} is not a valid URL"));
            }
        }
        for method in [
            &call.method,
            &call.fallback_method,
            &call.status_callback_method,
        ]
        .into_iter()
        .flatten()
        {
            if parse_method(method).is_none() {
                return bad(21209, format!("Method {method} must be GET or POST"));
            }
        }
        let moments = moments(&call.status_callback_events)?;
        let timeout = call.timeout.unwrap_or(60);
        if timeout == 0 || timeout > 600 {
            return bad(21208, format!("Timeout {timeout} is not between 1 and 600"));
        }
        if let Some(digits) = &call.send_digits
            && (digits.len() > 32 || !digits.chars().all(is_sendable))
        {
            return bad(21206, format!("SendDigits {digits} is invalid"));
        }

        let mut draft = Draft::new(Direction::OutboundApi, from, to_text);
        draft.number = self
            .own_number(&draft.from)
            .and_then(|number| number.sid.clone());
        draft.parameters = parameters;
        draft.ring_seconds = timeout;
        draft.limit_seconds = call.time_limit;
        draft.fallback = Target::given(call.fallback_url, call.fallback_method);
        draft.subscription = Target::given(call.status_callback, call.status_callback_method)
            .map(|target| subscription(target, moments));
        draft.send_digits = call.send_digits;
        draft.record = call
            .record
            .map(|record| record.order(RecordingSource::OutboundApi))
            .transpose()?;
        Ok(draft)
    }

    /// When the next call by REST may be made; takes that moment.
    pub(crate) fn turn(&mut self) -> Result<super::Time, RestError> {
        if let Some(most) = self.settings.concurrent_calls {
            let live = self.legs.values().filter(|leg| !leg.status.is_final());
            if live.count() >= most as usize {
                return Err(RestError::new(
                    429,
                    10004,
                    format!("{most} calls are under way, which is the limit of the account"),
                ));
            }
        }
        let due = self.next_turn.max(self.now);
        let Some(rate) = self.settings.calls_per_second.filter(|rate| *rate > 0) else {
            return Ok(self.now);
        };
        if due.0 - self.now.0 > DAY_MS {
            return Err(RestError::new(429, 22005, "The queue of calls is full"));
        }
        self.next_turn = due.plus(i64::from(1000 / rate).max(1));
        Ok(due)
    }
}

/// The document of a call by REST without an application: exactly one of `Url` and `Twiml`, of which `Url` wins.
fn source(call: &CreateCall) -> Result<Source, RestError> {
    let url = call
        .url
        .as_deref()
        .map(str::trim)
        .filter(|url| !url.is_empty());
    match (url, &call.twiml) {
        (Some(url), _) if is_absolute(url) => Ok(Source::Url(Target::new(
            url,
            call.method.as_deref().and_then(parse_method),
        ))),
        (Some(url), _) => Err(RestError::new(
            400,
            21205,
            format!("Url {url} is not a valid URL"),
        )),
        (None, Some(twiml)) => inline(twiml),
        (None, None) => Err(RestError::new(400, 21205, "Url parameter is required")),
    }
}

/// A document given in a request, which may not be long (reference A.1.1, P8).
pub(crate) fn inline(twiml: &str) -> Result<Source, RestError> {
    if twiml.chars().count() > 4000 {
        return Err(RestError::new(
            400,
            32018,
            "Twiml is longer than 4000 characters",
        ));
    }
    Ok(Source::Inline(twiml.to_owned()))
}

fn moments(words: &[String]) -> Result<BTreeSet<Moment>, RestError> {
    words
        .iter()
        .flat_map(|words| words.split_whitespace())
        .map(|word| {
            let unknown = || format!("StatusCallbackEvent {word} is unknown");
            Moment::parse(word).ok_or_else(|| RestError::new(400, 20001, unknown()))
        })
        .collect()
}

fn subscription(target: Target, moments: BTreeSet<Moment>) -> Subscription {
    if moments.is_empty() {
        Subscription::to_the_end(target)
    } else {
        Subscription { target, moments }
    }
}

/// Whether a character may stand in digits that are sent: a key, or half a second or a second of waiting.
pub(crate) const fn is_sendable(character: char) -> bool {
    super::control::is_key(character) || matches!(character, 'w' | 'W')
}
