//! Record: the caller's voice, until a key, silence, the longest time, or the end of the call (reference A.3.5).

use twilio::CallSid;
use twilio::callback::RecordingSource;
use twiml::{Method, Record};

use super::tape::{Order, Stage};
use crate::engine::agenda::Task;
use crate::engine::document::absolute;
use crate::engine::runner::{Doing, Leaving, Params, Runner, Slot, Target};
use crate::engine::{Engine, Noted, RecordingSid, Sounding, Time};

/// The longest recording, and the silence that ends it, where nothing is said of them, in seconds.
const LONGEST: u32 = 3_600;
const SILENCE: u32 = 5;
const KEYS: &str = "1234567890*#";

/// A Record in progress.
#[derive(Debug)]
pub(crate) struct Taping {
    recording: RecordingSid,
    action: Option<String>,
    method: Option<Method>,
    keys: String,
    /// How long silence may last, in milliseconds; zero for ever.
    silence_ms: i64,
    ends: Time,
    /// When the tone before it began.
    beeped: Option<Time>,
    /// Whether anything was said.
    has_words: bool,
}

impl Engine {
    pub(crate) fn record(&mut self, sid: &CallSid, slot: Slot, record: &Record) {
        let subscription = self.recording_callback(
            sid,
            record.recording_status_callback.as_deref(),
            record.recording_status_callback_method,
            &record.recording_status_callback_event,
        );
        let beeps = record.play_beep != Some(false);
        if beeps {
            let what = "beep".to_owned();
            self.note(sid, Noted::Played { what });
        }
        let order = Order::mono(RecordingSource::RecordVerb, subscription);
        let recording = self.start_recording(order, Some(sid.clone()), None);
        let longest = i64::from(record.max_length.unwrap_or(LONGEST));
        let silence = i64::from(record.timeout.map_or(SILENCE, u32::from));
        let taping = Taping {
            recording,
            action: record.action.clone(),
            method: record.method,
            keys: record
                .finish_on_key
                .clone()
                .unwrap_or_else(|| KEYS.to_owned()),
            silence_ms: silence.saturating_mul(1000),
            ends: self.now.plus(longest.saturating_mul(1000)),
            beeped: beeps.then_some(self.now),
            has_words: false,
        };
        let due = taping.due(self.now);
        self.set_doing(sid, slot, Doing::Recording(Box::new(taping)));
        self.set_verb_timer(sid, slot, due);
    }

    /// A key may end the recording.
    pub(crate) fn taping_key(&mut self, sid: &CallSid, slot: Slot, key: char) {
        let ends = self
            .taping(sid, slot)
            .is_some_and(|taping| taping.keys.contains(key));
        if ends {
            self.taping_over(sid, slot, &key.to_string());
        }
    }

    /// Words that take so long put the end by silence off.
    pub(crate) fn taping_speech(&mut self, sid: &CallSid, slot: Slot, ms: i64) {
        let now = self.now;
        let Some(taping) = self.taping(sid, slot) else {
            return;
        };
        taping.has_words = true;
        let due = taping.due(now.plus(ms));
        self.set_verb_timer(sid, slot, due);
    }

    /// Silence, or the longest time, has ended it.
    pub(crate) fn taping_due(&mut self, sid: &CallSid, slot: Slot) {
        self.taping_over(sid, slot, "");
    }

    fn taping_over(&mut self, sid: &CallSid, slot: Slot, digits: &str) {
        if self.taping(sid, slot).is_none() {
            return;
        }
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        let Doing::Recording(taping) = std::mem::replace(&mut runner.doing, Doing::Ready) else {
            return;
        };
        self.end_recording(&taping.recording, Stage::Processing);
        self.set_doing(sid, slot, Doing::Ready);
        if !taping.has_words && !self.settings.options.empty_recording_requests_action {
            self.agenda.push_back(Task::Step(sid.clone(), slot));
            return;
        }
        let params = self.recorded(&taping, digits);
        self.go_on_with(sid, slot, taping.action.as_deref(), taping.method, params);
    }

    /// The leg is over: the action is told, its answer is not obeyed. Given another document, the recording is kept.
    pub(crate) fn taping_given_up(
        &mut self,
        sid: &CallSid,
        runner: &Runner,
        taping: &Taping,
        leaving: Leaving,
    ) {
        self.end_recording(&taping.recording, Stage::Processing);
        match leaving {
            Leaving::Moved => return,
            Leaving::HungUp => {}
        }
        let params = self.recorded(taping, "hangup");
        match absolute(runner, taping.action.as_deref().unwrap_or_default()) {
            Ok(url) => self.request_unheard(sid, &Target::new(url, taping.method), params),
            Err(failure) => self.trouble(sid, failure.code, failure.text),
        }
    }

    fn recorded(&self, taping: &Taping, digits: &str) -> Params {
        let tape = self.tapes.tapes.get(&taping.recording);
        let seconds = tape.and_then(super::tape::Tape::seconds).unwrap_or(0);
        Params::from([
            ("RecordingUrl".into(), self.recording_url(&taping.recording)),
            ("RecordingSid".into(), taping.recording.to_string()),
            ("RecordingDuration".into(), seconds.to_string()),
            ("Digits".into(), digits.to_owned()),
        ])
    }

    fn taping(&mut self, sid: &CallSid, slot: Slot) -> Option<&mut Taping> {
        let Doing::Recording(taping) = &mut self.runner_mut(sid, slot)?.doing else {
            return None;
        };
        Some(taping)
    }
}

impl Taping {
    /// The tone before it, if there is one.
    pub(crate) fn beep(&self) -> Option<Sounding> {
        self.beeped.map(|since| Sounding::Beep { since })
    }

    /// When it ends by itself, if nothing is said after that moment.
    fn due(&self, quiet_since: Time) -> Time {
        if self.silence_ms == 0 {
            self.ends
        } else {
            self.ends.min(quiet_since.plus(self.silence_ms))
        }
    }
}
