//! Conferences (reference E.3). They appear when somebody joins; there is no creating them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use twilio::CallSid;

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{VERSION, date};
use crate::engine::{ConferenceFilter, ConferenceSid, ConferenceView, RestError, UpdateConference};

const UPDATE: [&str; 3] = ["Status", "AnnounceUrl", "AnnounceMethod"];

const FILTERS: [&str; 8] = [
    "DateCreated",
    "DateCreated<",
    "DateCreated>",
    "DateUpdated",
    "DateUpdated<",
    "DateUpdated>",
    "FriendlyName",
    "Status",
];

pub(super) fn collection(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => list(ask),
        Verb::Post | Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, sid: &str) -> Result<Reply, RestError> {
    let sid = named(ask, sid)?;
    match ask.verb {
        Verb::Get => {
            let conference = ask.with(|engine| engine.conference(&sid));
            let conference = conference.ok_or_else(|| RestError::not_found(ask.uri.path()))?;
            Ok(Reply::shown(&conference.render(ask)))
        }
        Verb::Post => update(ask, &sid),
        Verb::Delete => Err(not_allowed()),
    }
}

/// The SID in a path.
pub(super) fn named(ask: &Ask<'_>, sid: &str) -> Result<ConferenceSid, RestError> {
    ConferenceSid::parse(sid).ok_or_else(|| RestError::not_found(ask.uri.path()))
}

fn list(ask: &Ask<'_>) -> Result<Reply, RestError> {
    ask.filters(&FILTERS)?;
    let (created, updated) = (ask.span("DateCreated")?, ask.span("DateUpdated")?);
    let filter = ConferenceFilter {
        name: ask.filter("FriendlyName"),
        status: ask.filter("Status"),
        created_from: created.from,
        created_before: created.before,
        updated_from: updated.from,
        updated_before: updated.before,
    };
    let conferences = ask.with(|engine| engine.conferences(&filter));
    page(ask, "conferences", &conferences)
}

fn update(ask: &Ask<'_>, sid: &ConferenceSid) -> Result<Reply, RestError> {
    ask.knows(&UPDATE)?;
    let change = UpdateConference {
        status: ask.text("Status"),
        announce_url: ask.text("AnnounceUrl"),
        announce_method: ask.text("AnnounceMethod"),
    };
    let conference = ask.with(|engine| engine.update_conference(sid, &change))?;
    Ok(Reply::shown(&conference.render(ask)))
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct ConferenceResource<'a> {
    account_sid: &'a str,
    date_created: String,
    date_updated: String,
    api_version: &'static str,
    friendly_name: &'a str,
    region: &'a str,
    sid: &'a str,
    status: &'a str,
    uri: String,
    subresource_uris: BTreeMap<&'static str, String>,
    reason_conference_ended: Option<&'a str>,
    call_sid_ending_conference: Option<&'a str>,
}

impl Item for ConferenceView {
    fn name(&self) -> String {
        self.sid.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let path = ask.path(&format!("Conferences/{}", self.sid));
        json!(ConferenceResource {
            account_sid: ask.account.as_str(),
            date_created: date::shown(self.created),
            date_updated: date::shown(self.updated),
            api_version: VERSION,
            friendly_name: &self.name,
            region: &self.region,
            sid: self.sid.as_str(),
            status: &self.status,
            uri: format!("{path}.json"),
            subresource_uris: BTreeMap::from([
                ("participants", format!("{path}/Participants.json")),
                ("recordings", format!("{path}/Recordings.json")),
            ]),
            reason_conference_ended: self.reason_ended.as_deref(),
            call_sid_ending_conference: self.ended_by.as_ref().map(CallSid::as_str),
        })
    }
}
