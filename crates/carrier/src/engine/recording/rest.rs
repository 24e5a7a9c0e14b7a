//! Recordings started, listed, changed, fetched and deleted by REST (reference E.4).

use twilio::CallSid;
use twilio::callback::{RecordingSource, RecordingTrack};

use super::tape::{Event, Order, PauseBehavior, Stage, Tape};
use crate::engine::conference::recording_subscription;
use crate::engine::leg::Status;
use crate::engine::{ConferenceSid, Engine, RecordingSid, RestError, Time};
use crate::wave::silence;

/// A recording as REST shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingView {
    /// Its SID.
    pub sid: RecordingSid,
    /// The leg.
    pub call: Option<CallSid>,
    /// The conference.
    pub conference: Option<ConferenceSid>,
    /// `in-progress`, `paused`, `stopped`, `processing`, `completed` or `absent`.
    pub status: String,
    /// 1 or 2.
    pub channels: u8,
    /// `RecordVerb`, `DialVerb` …
    pub source: String,
    /// `inbound`, `outbound` or `both`.
    pub track: String,
    /// Seconds, once it is over.
    pub duration: Option<i64>,
    /// Why there is none (16101).
    pub error_code: Option<u32>,
    /// When it began.
    pub started: Time,
    /// When it was last changed.
    pub updated: Time,
    /// Where it can be fetched.
    pub media_url: String,
}

/// Which recordings are listed; everything that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingFilter {
    /// `CallSid`.
    pub call: Option<CallSid>,
    /// `ConferenceSid`.
    pub conference: Option<ConferenceSid>,
    /// Begun at or after this moment.
    pub created_from: Option<Time>,
    /// Begun before this moment.
    pub created_before: Option<Time>,
}

/// How a call is recorded, from now or from its answer on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateRecording {
    /// `RecordingStatusCallback`.
    pub status_callback: Option<String>,
    /// `RecordingStatusCallbackMethod`; POST.
    pub status_callback_method: Option<String>,
    /// `RecordingStatusCallbackEvent`; `completed`.
    pub status_callback_events: Vec<String>,
    /// `RecordingChannels`: `mono` or `dual`.
    pub channels: Option<String>,
    /// `RecordingTrack`: `inbound`, `outbound` or `both`.
    pub track: Option<String>,
}

/// A change of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateRecording {
    /// `Status`: `in-progress`, `paused` or `stopped`.
    pub status: String,
    /// `PauseBehavior`; silence.
    pub pause_behavior: Option<PauseBehavior>,
}

impl CreateRecording {
    pub(crate) fn order(&self, source: RecordingSource) -> Result<Order, RestError> {
        let bad = |name: &str, word: &str| {
            let text = format!("{name} {word} is unknown");
            Err(RestError::new(400, 20001, text))
        };
        let channels = match self.channels.as_deref() {
            None | Some("" | "mono") => 1,
            Some("dual") => 2,
            Some(other) => return bad("RecordingChannels", other),
        };
        let track = match self.track.as_deref() {
            None | Some("" | "both") => RecordingTrack::Both,
            Some("inbound") => RecordingTrack::Inbound,
            Some("outbound") => RecordingTrack::Outbound,
            Some(other) => return bad("RecordingTrack", other),
        };
        let subscription = recording_subscription(
            self.status_callback.as_deref(),
            self.status_callback_method.as_deref(),
            &self.status_callback_events,
        )?;
        Ok(Order {
            source,
            channels,
            track,
            subscription,
        })
    }
}

impl Engine {
    /// The recordings that fit, the latest first.
    #[must_use]
    pub fn recordings(&self, filter: &RecordingFilter) -> Vec<RecordingView> {
        let mut found: Vec<&Tape> = self
            .tapes
            .tapes
            .values()
            .filter(|tape| fits(tape, filter))
            .collect();
        found.sort_by_key(|tape| std::cmp::Reverse(tape.serial));
        found.into_iter().map(|tape| self.tape_view(tape)).collect()
    }

    /// One recording.
    #[must_use]
    pub fn recording(&self, sid: &RecordingSid) -> Option<RecordingView> {
        self.tapes.tapes.get(sid).map(|tape| self.tape_view(tape))
    }

    /// The live recording that `Twilio.CURRENT` means: the latest of a call or a conference.
    #[must_use]
    pub fn current_recording(&self, filter: &RecordingFilter) -> Option<RecordingSid> {
        let live = self.tapes.tapes.values().filter(|tape| tape.is_live());
        live.filter(|tape| fits(tape, filter))
            .max_by_key(|tape| tape.serial)
            .map(|tape| tape.sid.clone())
    }

    /// Starts recording a live call.
    ///
    /// # Errors
    /// There is no such call (20404), it is not in progress (21220), or a value makes no sense.
    pub fn create_recording(
        &mut self,
        call: &CallSid,
        create: &CreateRecording,
    ) -> Result<RecordingView, RestError> {
        let leg = self
            .leg(call)
            .ok_or_else(|| RestError::not_found(call.as_str()))?;
        if leg.status != Status::InProgress {
            let text = "The call is not in progress and cannot be recorded";
            return Err(RestError::new(400, 21220, text));
        }
        let order = create.order(RecordingSource::StartCallRecordingApi)?;
        let sid = self.start_recording(order, Some(call.clone()), None);
        self.settle();
        self.recording(&sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    /// Pauses a recording, lets it go on, or stops it.
    ///
    /// # Errors
    /// There is no such recording (20404), it is over (21220), or the status is none that can be asked for.
    pub fn update_recording(
        &mut self,
        sid: &RecordingSid,
        update: &UpdateRecording,
    ) -> Result<RecordingView, RestError> {
        let now = self.now;
        let tape = self
            .tapes
            .tapes
            .get_mut(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        if !tape.is_live() {
            return Err(RestError::new(400, 21220, "The recording is over"));
        }
        match update.status.as_str() {
            "paused" => {
                if tape.pause(update.pause_behavior.unwrap_or_default(), now) {
                    self.tell_recording(sid, &[Event::Paused]);
                }
            }
            "in-progress" => {
                if tape.resume(now) {
                    self.tell_recording(sid, &[Event::Resumed]);
                }
            }
            "stopped" => {
                self.end_recording(sid, Stage::Stopped);
                self.tell_recording(sid, &[Event::Stopped]);
            }
            other => {
                let text = format!("Status {other} is neither in-progress, paused nor stopped");
                return Err(RestError::new(400, 20001, text));
            }
        }
        self.settle();
        self.recording(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    /// Deletes a recording that is over.
    ///
    /// # Errors
    /// There is no such recording (20404), or it is still being made (20009).
    pub fn delete_recording(&mut self, sid: &RecordingSid) -> Result<(), RestError> {
        let tape = self.tapes.tapes.get(sid);
        let tape = tape.ok_or_else(|| RestError::not_found(sid.as_str()))?;
        if tape.is_live() {
            let text = "The recording is not over and cannot be deleted";
            return Err(RestError::new(409, 20009, text));
        }
        self.forget_recording(sid);
        Ok(())
    }

    /// The sound of a recording that is there, as a WAV file: silence of its length.
    #[must_use]
    pub fn recording_media(&self, sid: &RecordingSid) -> Option<Vec<u8>> {
        let tape = self.tapes.tapes.get(sid)?;
        (tape.stage == Stage::Completed)
            .then(|| silence(tape.length_ms(self.now), tape.order.channels))
    }

    fn tape_view(&self, tape: &Tape) -> RecordingView {
        RecordingView {
            sid: tape.sid.clone(),
            call: tape.call.clone(),
            conference: tape.conference.clone(),
            status: tape.status().word().to_owned(),
            channels: tape.order.channels,
            source: tape.order.source.word().to_owned(),
            track: tape.order.track.word().to_owned(),
            duration: tape.seconds(),
            error_code: (tape.stage == Stage::Absent).then_some(16101),
            started: tape.started,
            updated: tape.updated,
            media_url: self.recording_url(&tape.sid),
        }
    }
}

fn fits(tape: &Tape, filter: &RecordingFilter) -> bool {
    (filter.call.is_none() || filter.call == tape.call)
        && (filter.conference.is_none() || filter.conference == tape.conference)
        && filter.created_from.is_none_or(|from| tape.started >= from)
        && filter
            .created_before
            .is_none_or(|before| tape.started < before)
}
