//! Recordings: of the account, of a call, of a conference (reference E.4).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use twilio::CallSid;

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{VERSION, date};
use crate::engine::{
    ConferenceSid, CreateRecording, PauseBehavior, RecordingFilter, RecordingSid, RecordingView,
    RestError, UpdateRecording,
};

const CREATE: [&str; 7] = [
    "RecordingStatusCallbackEvent",
    "RecordingStatusCallback",
    "RecordingStatusCallbackMethod",
    "Trim",
    "RecordingChannels",
    "RecordingTrack",
    "RecordingConfigurationId",
];

const OWN_FILTERS: [&str; 3] = ["DateCreated", "DateCreated<", "DateCreated>"];

const ALL_FILTERS: [&str; 6] = [
    "DateCreated",
    "DateCreated<",
    "DateCreated>",
    "CallSid",
    "ConferenceSid",
    "IncludeSoftDeleted",
];

/// Whose recordings a path shows.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    Account,
    Call(CallSid),
    Conference(ConferenceSid),
}

impl Owner {
    /// A call that there is.
    pub(super) fn call(ask: &Ask<'_>, sid: &str) -> Result<Self, RestError> {
        let sid = CallSid::parse(sid).ok();
        sid.filter(|sid| ask.with(|engine| engine.call(sid)).is_some())
            .map(Self::Call)
            .ok_or_else(|| RestError::not_found(ask.uri.path()))
    }

    /// A conference that there is or was.
    pub(super) fn conference(ask: &Ask<'_>, sid: &str) -> Result<Self, RestError> {
        let sid = ConferenceSid::parse(sid);
        sid.filter(|sid| ask.with(|engine| engine.conference(sid)).is_some())
            .map(Self::Conference)
            .ok_or_else(|| RestError::not_found(ask.uri.path()))
    }

    fn filter(&self) -> RecordingFilter {
        let mut filter = RecordingFilter::default();
        match self {
            Self::Account => {}
            Self::Call(sid) => filter.call = Some(sid.clone()),
            Self::Conference(sid) => filter.conference = Some(sid.clone()),
        }
        filter
    }

    fn has(&self, recording: &RecordingView) -> bool {
        match self {
            Self::Account => true,
            Self::Call(sid) => recording.call.as_ref() == Some(sid),
            Self::Conference(sid) => recording.conference.as_ref() == Some(sid),
        }
    }
}

pub(super) fn collection(ask: &Ask<'_>, owner: &Owner) -> Result<Reply, RestError> {
    match (ask.verb, owner) {
        (Verb::Get, _) => list(ask, owner),
        (Verb::Post, Owner::Call(sid)) => create(ask, sid),
        (Verb::Post, Owner::Account | Owner::Conference(_)) | (Verb::Delete, _) => {
            Err(not_allowed())
        }
    }
}

/// One recording; `Twilio.CURRENT` is the one that runs.
pub(super) fn one(ask: &Ask<'_>, owner: &Owner, name: &str) -> Result<Reply, RestError> {
    let not_found = || RestError::not_found(ask.uri.path());
    let sid = match (name, owner) {
        ("Twilio.CURRENT", Owner::Call(_) | Owner::Conference(_)) => {
            ask.with(|engine| engine.current_recording(&owner.filter()))
        }
        (name, _) => RecordingSid::parse(name),
    };
    let found = sid.and_then(|sid| ask.with(|engine| engine.recording(&sid)));
    let view = found.filter(|view| owner.has(view)).ok_or_else(not_found)?;
    match (ask.verb, owner) {
        (Verb::Get, _) => {
            // Nothing is ever deleted softly here.
            ask.filters(&["IncludeSoftDeleted"])?;
            Ok(Reply::shown(&Shown { view, owner }.render(ask)))
        }
        (Verb::Post, Owner::Call(_) | Owner::Conference(_)) => update(ask, owner, &view.sid),
        (Verb::Post, Owner::Account) => Err(not_allowed()),
        (Verb::Delete, _) => {
            ask.with(|engine| engine.delete_recording(&view.sid))?;
            ask.driver.sound.forget_recording(&view.sid);
            Ok(Reply::Gone)
        }
    }
}

/// The sound, under the recording's path without an ending, or with one of a sound.
pub(super) fn media(ask: &Ask<'_>, name: &str) -> Result<Reply, RestError> {
    let bare = [".wav", ".mp3"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending));
    let sound =
        RecordingSid::parse(bare.unwrap_or(name)).and_then(|sid| ask.driver.recording_sound(&sid));
    match ask.verb {
        Verb::Get => sound
            .map(Reply::Sound)
            .ok_or_else(|| RestError::not_found(ask.uri.path())),
        Verb::Post | Verb::Delete => Err(not_allowed()),
    }
}

fn list(ask: &Ask<'_>, owner: &Owner) -> Result<Reply, RestError> {
    let mut filter = owner.filter();
    match owner {
        Owner::Account => {
            ask.filters(&ALL_FILTERS)?;
            let bad = |name: &str| RestError::new(400, 20001, format!("{name} is no SID"));
            if let Some(sid) = ask.filter("CallSid") {
                filter.call = Some(CallSid::parse(&sid).map_err(|_| bad("CallSid"))?);
            }
            if let Some(sid) = ask.filter("ConferenceSid") {
                let sid = ConferenceSid::parse(&sid).ok_or_else(|| bad("ConferenceSid"))?;
                filter.conference = Some(sid);
            }
        }
        Owner::Call(_) | Owner::Conference(_) => ask.filters(&OWN_FILTERS)?,
    }
    let created = ask.span("DateCreated")?;
    filter.created_from = created.from;
    filter.created_before = created.before;
    let views = ask.with(|engine| engine.recordings(&filter));
    let shown: Vec<_> = views
        .into_iter()
        .map(|view| Shown { view, owner })
        .collect();
    page(ask, "recordings", &shown)
}

fn create(ask: &Ask<'_>, call: &CallSid) -> Result<Reply, RestError> {
    ask.knows(&CREATE)?;
    let view = ask.with(|engine| engine.create_recording(call, &asked(ask)))?;
    let owner = &Owner::Call(call.clone());
    Ok(Reply::created(&Shown { view, owner }.render(ask)))
}

/// How a call is to be recorded, where `Record` says that it is.
pub(super) fn with_call(ask: &Ask<'_>) -> Option<CreateRecording> {
    ask.flag("Record").unwrap_or_default().then(|| asked(ask))
}

fn asked(ask: &Ask<'_>) -> CreateRecording {
    CreateRecording {
        status_callback: ask.text("RecordingStatusCallback"),
        status_callback_method: ask.text("RecordingStatusCallbackMethod"),
        status_callback_events: ask.words("RecordingStatusCallbackEvent"),
        channels: ask.text("RecordingChannels"),
        track: ask.text("RecordingTrack"),
    }
}

fn update(ask: &Ask<'_>, owner: &Owner, sid: &RecordingSid) -> Result<Reply, RestError> {
    ask.knows(&["Status", "PauseBehavior"])?;
    let pause_behavior = match ask.form.get("PauseBehavior") {
        Some("skip") => Some(PauseBehavior::Skip),
        Some("silence") => Some(PauseBehavior::Silence),
        Some(word) => {
            let text = format!("PauseBehavior {word} is neither skip nor silence");
            return Err(RestError::new(400, 20001, text));
        }
        None => None,
    };
    let change = UpdateRecording {
        status: ask.text("Status").unwrap_or_default(),
        pause_behavior,
    };
    let view = ask.with(|engine| engine.update_recording(sid, &change))?;
    Ok(Reply::shown(&Shown { view, owner }.render(ask)))
}

/// A recording in the list of its owner.
struct Shown<'a> {
    view: RecordingView,
    owner: &'a Owner,
}

/// The fields that the three resources of the OpenAPI description have in common.
#[derive(Serialize)]
struct RecordingResource<'a> {
    account_sid: &'a str,
    api_version: &'static str,
    call_sid: Option<&'a str>,
    conference_sid: Option<&'a str>,
    date_created: String,
    date_updated: String,
    start_time: String,
    duration: Option<String>,
    sid: &'a str,
    price: Option<f64>,
    price_unit: &'static str,
    status: &'a str,
    channels: u8,
    source: &'a str,
    error_code: Option<u32>,
    uri: String,
    encryption_details: Option<Value>,
    #[serde(flatten)]
    more: More<'a>,
}

/// What each of the three has beside them.
#[derive(Serialize)]
#[serde(untagged)]
enum More<'a> {
    Account {
        subresource_uris: BTreeMap<&'static str, String>,
        media_url: &'a str,
    },
    Call {
        track: &'a str,
    },
    Conference {},
}

impl Item for Shown<'_> {
    fn name(&self) -> String {
        self.view.sid.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let view = &self.view;
        let own_path = format!("Recordings/{}", view.sid);
        let (path, more) = match self.owner {
            Owner::Account => (
                own_path,
                More::Account {
                    subresource_uris: BTreeMap::new(),
                    media_url: &view.media_url,
                },
            ),
            Owner::Call(sid) => (
                format!("Calls/{sid}/{own_path}"),
                More::Call { track: &view.track },
            ),
            Owner::Conference(sid) => {
                (format!("Conferences/{sid}/{own_path}"), More::Conference {})
            }
        };
        json!(RecordingResource {
            account_sid: ask.account.as_str(),
            api_version: VERSION,
            call_sid: view.call.as_ref().map(CallSid::as_str),
            conference_sid: view.conference.as_ref().map(ConferenceSid::as_str),
            date_created: date::shown(view.started),
            date_updated: date::shown(view.updated),
            start_time: date::shown(view.started),
            duration: view.duration.map(|seconds| seconds.to_string()),
            sid: view.sid.as_str(),
            price: None,
            price_unit: "USD",
            status: &view.status,
            channels: view.channels,
            source: &view.source,
            error_code: view.error_code,
            uri: ask.path(&format!("{path}.json")),
            encryption_details: None,
            more,
        })
    }
}
