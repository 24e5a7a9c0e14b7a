//! Calls (reference E.2).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use twilio::CallSid;

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{VERSION, date, recording};
use crate::engine::{CallFilter, CallView, CreateCall, RestError, UpdateCall};

const CREATE: [&str; 38] = [
    "To",
    "From",
    "Method",
    "FallbackUrl",
    "FallbackMethod",
    "StatusCallback",
    "StatusCallbackEvent",
    "StatusCallbackMethod",
    "SendDigits",
    "Timeout",
    "Record",
    "RecordingChannels",
    "RecordingStatusCallback",
    "RecordingStatusCallbackMethod",
    "SipAuthUsername",
    "SipAuthPassword",
    "MachineDetection",
    "MachineDetectionTimeout",
    "RecordingStatusCallbackEvent",
    "Trim",
    "CallerId",
    "MachineDetectionSpeechThreshold",
    "MachineDetectionSpeechEndThreshold",
    "MachineDetectionSilenceTimeout",
    "AsyncAmd",
    "AsyncAmdStatusCallback",
    "AsyncAmdStatusCallbackMethod",
    "Byoc",
    "CallReason",
    "CallToken",
    "RecordingTrack",
    "TimeLimit",
    "ClientNotificationUrl",
    "Url",
    "Twiml",
    "ApplicationSid",
    "IfMachine",
    "RecordingConfigurationId",
];

const UPDATE: [&str; 9] = [
    "Url",
    "Method",
    "Status",
    "FallbackUrl",
    "FallbackMethod",
    "StatusCallback",
    "StatusCallbackMethod",
    "Twiml",
    "TimeLimit",
];

const FILTERS: [&str; 10] = [
    "To",
    "From",
    "ParentCallSid",
    "Status",
    "StartTime",
    "StartTime<",
    "StartTime>",
    "EndTime",
    "EndTime<",
    "EndTime>",
];

pub(super) fn collection(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => list(ask),
        Verb::Post => create(ask),
        Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, sid: &str) -> Result<Reply, RestError> {
    let not_found = || RestError::not_found(ask.uri.path());
    let sid = CallSid::parse(sid).map_err(|_| not_found())?;
    match ask.verb {
        Verb::Get => {
            let call = ask.with(|engine| engine.call(&sid)).ok_or_else(not_found)?;
            Ok(Reply::shown(&call.render(ask)))
        }
        Verb::Post => update(ask, &sid),
        Verb::Delete => ask
            .with(|engine| engine.delete_call(&sid))
            .map(|()| Reply::Gone),
    }
}

fn list(ask: &Ask<'_>) -> Result<Reply, RestError> {
    ask.filters(&FILTERS)?;
    let started = ask.span("StartTime")?;
    let ended = ask.span("EndTime")?;
    let parent = ask.filter("ParentCallSid").map(|sid| CallSid::parse(&sid));
    let filter = CallFilter {
        to: ask.filter("To"),
        from: ask.filter("From"),
        parent: parent
            .transpose()
            .map_err(|_| RestError::new(400, 20001, "ParentCallSid is not a call's SID"))?,
        status: ask.filter("Status"),
        started_from: started.from,
        started_before: started.before,
    };
    let mut calls = ask.with(|engine| engine.calls(&filter));
    calls.retain(|call| ended.holds(call.ended));
    page(ask, "calls", &calls)
}

fn create(ask: &Ask<'_>) -> Result<Reply, RestError> {
    ask.knows(&CREATE)?;
    let call = CreateCall {
        to: ask.text("To").unwrap_or_default(),
        from: ask.text("From").unwrap_or_default(),
        url: ask.text("Url"),
        method: ask.text("Method"),
        twiml: ask.text("Twiml"),
        application: ask.text("ApplicationSid"),
        fallback_url: ask.text("FallbackUrl"),
        fallback_method: ask.text("FallbackMethod"),
        status_callback: ask.text("StatusCallback"),
        status_callback_method: ask.text("StatusCallbackMethod"),
        status_callback_events: ask.words("StatusCallbackEvent"),
        timeout: ask.number("Timeout", 21208)?,
        time_limit: ask.number("TimeLimit", 20001)?,
        send_digits: ask.text("SendDigits"),
        caller_id: ask.text("CallerId"),
        record: recording::with_call(ask),
    };
    let call = ask.with(|engine| engine.create_call(call))?;
    Ok(Reply::created(&call.render(ask)))
}

fn update(ask: &Ask<'_>, sid: &CallSid) -> Result<Reply, RestError> {
    ask.knows(&UPDATE)?;
    let change = UpdateCall {
        url: ask.text("Url"),
        method: ask.text("Method"),
        twiml: ask.text("Twiml"),
        status: ask.text("Status"),
        fallback_url: ask.text("FallbackUrl"),
        fallback_method: ask.text("FallbackMethod"),
        status_callback: ask.text("StatusCallback"),
        status_callback_method: ask.text("StatusCallbackMethod"),
        time_limit: ask.number("TimeLimit", 20001)?,
    };
    let call = ask.with(|engine| engine.update_call(sid, change))?;
    Ok(Reply::shown(&call.render(ask)))
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct CallResource<'a> {
    sid: &'a str,
    date_created: String,
    date_updated: String,
    parent_call_sid: Option<&'a str>,
    account_sid: &'a str,
    to: &'a str,
    to_formatted: String,
    from: &'a str,
    from_formatted: String,
    phone_number_sid: Option<&'a str>,
    status: &'a str,
    start_time: Option<String>,
    end_time: Option<String>,
    duration: Option<String>,
    price: Option<String>,
    price_unit: &'static str,
    direction: &'a str,
    answered_by: Option<String>,
    api_version: &'static str,
    forwarded_from: Option<String>,
    group_sid: Option<String>,
    caller_name: Option<&'a str>,
    queue_time: String,
    trunk_sid: Option<String>,
    uri: String,
    subresource_uris: BTreeMap<&'static str, String>,
}

impl Item for CallView {
    fn name(&self) -> String {
        self.sid.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let path = ask.path(&format!("Calls/{}", self.sid));
        json!(CallResource {
            sid: self.sid.as_str(),
            date_created: date::shown(self.created),
            date_updated: date::shown(self.updated),
            parent_call_sid: self.parent.as_ref().map(CallSid::as_str),
            account_sid: ask.account.as_str(),
            to: &self.to,
            to_formatted: formatted(&self.to),
            from: &self.from,
            from_formatted: formatted(&self.from),
            phone_number_sid: self.number.as_ref().map(|sid| sid.as_str()),
            status: &self.status,
            start_time: self.started.map(date::shown),
            end_time: self.ended.map(date::shown),
            duration: self.duration.map(|seconds| seconds.to_string()),
            price: None,
            price_unit: "USD",
            direction: &self.direction,
            answered_by: None,
            api_version: VERSION,
            forwarded_from: None,
            group_sid: None,
            caller_name: self.caller_name.as_deref(),
            queue_time: self.queue_ms.to_string(),
            trunk_sid: None,
            uri: format!("{path}.json"),
            subresource_uris: BTreeMap::from([("recordings", format!("{path}/Recordings.json"))]),
        })
    }
}

/// North American numbers are shown as people there write them; everything else as it is.
fn formatted(party: &str) -> String {
    match party.strip_prefix("+1") {
        Some(digits) if digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..])
        }
        Some(_) | None => party.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_north_american_numbers_are_formatted() {
        for (party, shown) in [
            ("+12022246665", "(202) 224-6665"),
            ("+442079460000", "+442079460000"),
            ("client:ada", "client:ada"),
            ("+1202", "+1202"),
            ("", ""),
        ] {
            assert_eq!(formatted(party), shown);
        }
    }
}
