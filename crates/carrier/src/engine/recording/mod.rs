//! Recordings: of a leg, of both sides of a Dial, of a conference; begun, told, ended (reference B.6, E.4).

mod rest;
mod tape;
mod verb;

use std::collections::BTreeMap;

use twilio::CallSid;
use twilio::callback::{RecordingSource, RecordingTrack};
use twilio::date::to_rfc2822;
use twiml::{Dial, RecordMode};

pub use rest::{CreateRecording, RecordingFilter, RecordingView, UpdateRecording};
pub use tape::PauseBehavior;

pub(crate) use tape::{Event, Order, Subscription, Tape};
pub(crate) use verb::Taping;

use super::document::absolute;
use super::runner::{Params, Slot, Target};
use super::timers::Due;
use super::{ConferenceSid, Engine, RecordingSid};
use tape::Stage;

/// How long a recording takes to be written once it is over, in milliseconds.
const WRITING: i64 = 1_000;

/// All recordings that were neither deleted nor forgotten.
#[derive(Debug, Default)]
pub(crate) struct Tapes {
    tapes: BTreeMap<RecordingSid, Tape>,
    /// The recordings of each call and conference, by its SID.
    owners: BTreeMap<String, Vec<RecordingSid>>,
    made: u64,
}

impl Tapes {
    fn of(&self, owner: &str) -> impl Iterator<Item = &Tape> {
        let sids = self.owners.get(owner).into_iter().flatten();
        sids.filter_map(|sid| self.tapes.get(sid))
    }

    /// Those that run or are paused.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Tape> {
        self.tapes.values().filter(|tape| tape.is_live())
    }

    pub(crate) fn remove(&mut self, sid: &RecordingSid) {
        let Some(tape) = self.tapes.remove(sid) else {
            return;
        };
        let owners = [
            tape.call.map(|call| call.to_string()),
            tape.conference.map(|conference| conference.to_string()),
        ];
        for owner in owners.into_iter().flatten() {
            if let Some(its) = self.owners.get_mut(&owner) {
                its.retain(|one| one != sid);
                if its.is_empty() {
                    self.owners.remove(&owner);
                }
            }
        }
    }
}

impl Engine {
    pub(crate) fn start_recording(
        &mut self,
        order: Order,
        call: Option<CallSid>,
        conference: Option<ConferenceSid>,
    ) -> RecordingSid {
        let sid = self.ids.recording();
        self.tapes.made += 1;
        let serial = self.tapes.made;
        let owners = [
            call.as_ref().map(ToString::to_string),
            conference.as_ref().map(ToString::to_string),
        ];
        for owner in owners.into_iter().flatten() {
            let its = self.tapes.owners.entry(owner).or_default();
            its.push(sid.clone());
        }
        let tape = Tape::new(sid.clone(), serial, call, conference, order, self.now);
        self.tapes.tapes.insert(sid.clone(), tape);
        self.tell_recording(&sid, &[Event::Started, Event::InProgress]);
        sid
    }

    /// Ends the live recordings of a call or a conference; they are there once they are written.
    pub(crate) fn end_recordings_of(&mut self, owner: &str) {
        let live = self.tapes.of(owner).filter(|tape| tape.is_live());
        let ending: Vec<RecordingSid> = live.map(|tape| tape.sid.clone()).collect();
        for sid in ending {
            self.end_recording(&sid, Stage::Processing);
        }
    }

    fn end_recording(&mut self, sid: &RecordingSid, stage: Stage) {
        let now = self.now;
        let Some(tape) = self.tapes.tapes.get_mut(sid) else {
            return;
        };
        if tape.end(stage, now) {
            self.timers
                .set(now.plus(WRITING), Due::Written(sid.clone()));
        }
    }

    /// A recording is written.
    pub(crate) fn recording_written(&mut self, sid: &RecordingSid) {
        let now = self.now;
        let Some(tape) = self.tapes.tapes.get_mut(sid) else {
            return;
        };
        tape.write(now);
        let event = if tape.stage == Stage::Absent {
            Event::Absent
        } else {
            Event::Completed
        };
        self.tell_recording(sid, &[event]);
        self.remember_recording(sid);
    }

    /// Begins the recording that a Dial asks for.
    pub(crate) fn record_dial(&mut self, sid: &CallSid, dial: &Dial) {
        if self.dial_tape(sid).is_some() {
            return;
        }
        let channels = match dial.record {
            None | Some(RecordMode::DoNotRecord) => return,
            Some(RecordMode::FromAnswer | RecordMode::FromRinging) => 1,
            Some(RecordMode::FromAnswerDual | RecordMode::FromRingingDual) => 2,
        };
        let track = match dial.recording_track {
            None | Some(twiml::RecordingTrack::Both) => RecordingTrack::Both,
            Some(twiml::RecordingTrack::Inbound) => RecordingTrack::Inbound,
            Some(twiml::RecordingTrack::Outbound) => RecordingTrack::Outbound,
        };
        let subscription = self.recording_callback(
            sid,
            dial.recording_status_callback.as_deref(),
            dial.recording_status_callback_method,
            &dial.recording_status_callback_event,
        );
        let order = Order {
            source: RecordingSource::DialVerb,
            channels,
            track,
            subscription,
        };
        self.start_recording(order, Some(sid.clone()), None);
    }

    /// Ends the recording of a Dial; its action is told where it will be.
    pub(crate) fn end_dial_recording(&mut self, sid: &CallSid) -> Option<String> {
        let recording = self.dial_tape(sid)?;
        self.end_recording(&recording, Stage::Processing);
        Some(self.recording_url(&recording))
    }

    fn dial_tape(&self, sid: &CallSid) -> Option<RecordingSid> {
        let mut live = self.tapes.of(sid.as_str()).filter(|tape| tape.is_live());
        let tape = live.find(|tape| tape.order.source == RecordingSource::DialVerb)?;
        Some(tape.sid.clone())
    }

    /// What the end of a call tells of the recording that REST ordered with it (reference B.4).
    pub(crate) fn told_of_recording(&self, sid: &CallSid) -> Params {
        let mut tapes = self.tapes.of(sid.as_str());
        let tape = tapes.find(|tape| tape.order.source == RecordingSource::OutboundApi);
        let Some(tape) = tape else {
            return Params::new();
        };
        Params::from([
            ("RecordingUrl".into(), self.recording_url(&tape.sid)),
            ("RecordingSid".into(), tape.sid.to_string()),
            (
                "RecordingDuration".into(),
                tape.seconds().unwrap_or(0).to_string(),
            ),
        ])
    }

    /// Who a document's attributes say is to be told.
    fn recording_callback(
        &mut self,
        sid: &CallSid,
        url: Option<&str>,
        method: Option<twiml::Method>,
        events: &[twiml::RecordingEvent],
    ) -> Option<Subscription> {
        let url = url.map(str::trim).filter(|url| !url.is_empty())?;
        let events = events.iter().copied().map(Event::from);
        match absolute(self.runner_mut(sid, Slot::Main)?, url) {
            Ok(url) => Some(Subscription::new(Target::new(url, method), events)),
            Err(failure) => {
                self.trouble(sid, 13256, failure.text);
                None
            }
        }
    }

    /// Where a recording can be fetched.
    pub(crate) fn recording_url(&self, sid: &RecordingSid) -> String {
        let base = self.settings.rest_base.trim_end_matches('/');
        let account = &self.settings.account;
        format!("{base}/2010-04-01/Accounts/{account}/Recordings/{sid}")
    }

    /// Tells the first of these events that is wanted.
    fn tell_recording(&mut self, sid: &RecordingSid, events: &[Event]) {
        let now = self.now;
        let Some(tape) = self.tapes.tapes.get(sid) else {
            return;
        };
        let Some(subscription) = &tape.order.subscription else {
            return;
        };
        let Some(event) = events
            .iter()
            .find(|event| subscription.events.contains(event))
        else {
            return;
        };
        let target = subscription.target.clone();
        let call = tape.call.clone();
        let status = tape.status().word().to_owned();
        let mut params = Params::from([
            ("AccountSid".into(), self.settings.account.to_string()),
            ("RecordingSid".into(), sid.to_string()),
            ("RecordingUrl".into(), self.recording_url(sid)),
            ("RecordingStatus".into(), status),
            ("RecordingChannels".into(), tape.order.channels.to_string()),
            ("RecordingSource".into(), tape.order.source.word().into()),
            ("RecordingTrack".into(), tape.order.track.word().into()),
            ("RecordingStartTime".into(), to_rfc2822(tape.started.0)),
            (
                "RecordingDuration".into(),
                (tape.length_ms(now) / 1000).to_string(),
            ),
        ]);
        if let Some(call) = &call {
            params.insert("CallSid".into(), call.to_string());
        }
        if let Some(conference) = &tape.conference {
            params.insert("ConferenceSid".into(), conference.to_string());
        }
        if tape.stage == Stage::Absent {
            params.insert("ErrorCode".into(), "16101".into());
        }
        self.send_callback(call.as_ref(), &target, event.word(), &params, 15003);
    }
}
