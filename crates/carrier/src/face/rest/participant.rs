//! Participants of conferences (reference E.3), named by the SID of their call or by their label.

use serde::Serialize;
use serde_json::{Value, json};
use twilio::CallSid;

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{conference, date, recording};
use crate::engine::{
    ConferenceSid, CreateParticipant, ParticipantFilter, ParticipantView, RestError,
    UpdateParticipant,
};

const CREATE: [&str; 51] = [
    "From",
    "To",
    "StatusCallback",
    "StatusCallbackMethod",
    "StatusCallbackEvent",
    "Label",
    "Timeout",
    "Record",
    "Muted",
    "Beep",
    "StartConferenceOnEnter",
    "EndConferenceOnExit",
    "WaitUrl",
    "WaitMethod",
    "EarlyMedia",
    "MaxParticipants",
    "ConferenceRecord",
    "ConferenceTrim",
    "ConferenceStatusCallback",
    "ConferenceStatusCallbackMethod",
    "ConferenceStatusCallbackEvent",
    "RecordingChannels",
    "RecordingStatusCallback",
    "RecordingStatusCallbackMethod",
    "SipAuthUsername",
    "SipAuthPassword",
    "Region",
    "ConferenceRecordingStatusCallback",
    "ConferenceRecordingStatusCallbackMethod",
    "RecordingStatusCallbackEvent",
    "ConferenceRecordingStatusCallbackEvent",
    "Coaching",
    "CallSidToCoach",
    "JitterBufferSize",
    "Byoc",
    "CallerId",
    "CallReason",
    "RecordingTrack",
    "TimeLimit",
    "MachineDetection",
    "MachineDetectionTimeout",
    "MachineDetectionSpeechThreshold",
    "MachineDetectionSpeechEndThreshold",
    "MachineDetectionSilenceTimeout",
    "AmdStatusCallback",
    "AmdStatusCallbackMethod",
    "Trim",
    "CallToken",
    "ClientNotificationUrl",
    "CallerDisplayName",
    "RecordingConfigurationId",
];

const UPDATE: [&str; 12] = [
    "Muted",
    "Hold",
    "HoldUrl",
    "HoldMethod",
    "AnnounceUrl",
    "AnnounceMethod",
    "WaitUrl",
    "WaitMethod",
    "BeepOnExit",
    "EndConferenceOnExit",
    "Coaching",
    "CallSidToCoach",
];

const FILTERS: [&str; 3] = ["Muted", "Hold", "Coaching"];

/// The list of a conference. One may be added by the conference's name, too.
pub(super) fn collection(ask: &Ask<'_>, room: &str) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => list(ask, &conference::named(ask, room)?),
        Verb::Post => create(ask, room),
        Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, room: &str, who: &str) -> Result<Reply, RestError> {
    let sid = conference::named(ask, room)?;
    match ask.verb {
        Verb::Get => {
            let participant = ask.with(|engine| engine.participant(&sid, who));
            let participant = participant.ok_or_else(|| RestError::not_found(ask.uri.path()))?;
            Ok(Reply::shown(&participant.render(ask)))
        }
        Verb::Post => update(ask, &sid, who),
        Verb::Delete => ask
            .with(|engine| engine.delete_participant(&sid, who))
            .map(|()| Reply::Gone),
    }
}

fn list(ask: &Ask<'_>, sid: &ConferenceSid) -> Result<Reply, RestError> {
    ask.filters(&FILTERS)?;
    let filter = ParticipantFilter {
        muted: ask.filter_flag("Muted"),
        hold: ask.filter_flag("Hold"),
        coaching: ask.filter_flag("Coaching"),
    };
    let participants = ask.with(|engine| engine.participants(sid, &filter))?;
    page(ask, "participants", &participants)
}

fn create(ask: &Ask<'_>, room: &str) -> Result<Reply, RestError> {
    ask.knows(&CREATE)?;
    let most = ask.number("MaxParticipants", 20001)?;
    let participant = CreateParticipant {
        to: ask.text("To").unwrap_or_default(),
        from: ask.text("From").unwrap_or_default(),
        label: ask.text("Label"),
        timeout: ask.number("Timeout", 21208)?,
        time_limit: ask.number("TimeLimit", 20001)?,
        caller_id: ask.text("CallerId"),
        muted: ask.flag("Muted").unwrap_or_default(),
        beep: ask.text("Beep"),
        start_conference_on_enter: ask.flag("StartConferenceOnEnter"),
        end_conference_on_exit: ask.flag("EndConferenceOnExit").unwrap_or_default(),
        wait_url: ask.text("WaitUrl"),
        wait_method: ask.text("WaitMethod"),
        early_media: ask.flag("EarlyMedia"),
        max_participants: most.map(|most| u16::try_from(most).unwrap_or(u16::MAX)),
        region: ask.text("Region"),
        coaching: ask.flag("Coaching"),
        call_sid_to_coach: ask.text("CallSidToCoach"),
        status_callback: ask.text("StatusCallback"),
        status_callback_method: ask.text("StatusCallbackMethod"),
        status_callback_events: ask.words("StatusCallbackEvent"),
        conference_status_callback: ask.text("ConferenceStatusCallback"),
        conference_status_callback_method: ask.text("ConferenceStatusCallbackMethod"),
        conference_status_callback_events: ask.words("ConferenceStatusCallbackEvent"),
        conference_record: ask.text("ConferenceRecord"),
        conference_recording_status_callback: ask.text("ConferenceRecordingStatusCallback"),
        conference_recording_status_callback_method: ask
            .text("ConferenceRecordingStatusCallbackMethod"),
        conference_recording_status_callback_events: ask
            .words("ConferenceRecordingStatusCallbackEvent"),
        record: recording::with_call(ask),
    };
    let participant = ask.with(|engine| engine.create_participant(room, &participant))?;
    Ok(Reply::created(&participant.render(ask)))
}

fn update(ask: &Ask<'_>, sid: &ConferenceSid, who: &str) -> Result<Reply, RestError> {
    ask.knows(&UPDATE)?;
    let change = UpdateParticipant {
        muted: ask.flag("Muted"),
        hold: ask.flag("Hold"),
        hold_url: ask.text("HoldUrl"),
        hold_method: ask.text("HoldMethod"),
        announce_url: ask.text("AnnounceUrl"),
        announce_method: ask.text("AnnounceMethod"),
        wait_url: ask.text("WaitUrl"),
        wait_method: ask.text("WaitMethod"),
        beep_on_exit: ask.flag("BeepOnExit"),
        end_conference_on_exit: ask.flag("EndConferenceOnExit"),
        coaching: ask.flag("Coaching"),
        call_sid_to_coach: ask.text("CallSidToCoach"),
    };
    let participant = ask.with(|engine| engine.update_participant(sid, who, &change))?;
    Ok(Reply::shown(&participant.render(ask)))
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct ParticipantResource<'a> {
    account_sid: &'a str,
    call_sid: &'a str,
    label: Option<&'a str>,
    call_sid_to_coach: Option<&'a str>,
    coaching: bool,
    conference_sid: &'a str,
    date_created: String,
    date_updated: String,
    end_conference_on_exit: bool,
    muted: bool,
    hold: bool,
    start_conference_on_enter: bool,
    status: &'a str,
    queue_time: String,
    uri: String,
}

impl Item for ParticipantView {
    fn name(&self) -> String {
        self.call.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let path = format!(
            "Conferences/{}/Participants/{}.json",
            self.conference, self.call
        );
        json!(ParticipantResource {
            account_sid: ask.account.as_str(),
            call_sid: self.call.as_str(),
            label: self.label.as_deref(),
            call_sid_to_coach: self.coached.as_ref().map(CallSid::as_str),
            coaching: self.coaching,
            conference_sid: self.conference.as_str(),
            date_created: date::shown(self.created),
            date_updated: date::shown(self.updated),
            end_conference_on_exit: self.ends_on_exit,
            muted: self.muted,
            hold: self.hold,
            start_conference_on_enter: self.starts_on_enter,
            status: &self.status,
            queue_time: self.queue_ms.to_string(),
            uri: ask.path(&path),
        })
    }
}
