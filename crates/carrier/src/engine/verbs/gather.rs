//! Gather: keys or speech, while prompts are heard or after them (reference A.3.4, B.3).

use twilio::CallSid;
use twiml::{Gather, GatherInput, SpeechTimeout};

use super::Cues;
use crate::engine::agenda::Task;
use crate::engine::document::absolute;
use crate::engine::runner::{Doing, Params, Slot, Target};
use crate::engine::{Engine, Time};

/// The longest speech, in seconds.
const LONGEST_SPEECH: u16 = 60;
/// How long the first pause of somebody who speaks is, in milliseconds.
const FIRST_PAUSE_MS: i64 = 1000;

/// How sure the recogniser is of what it was told in writing.
const CONFIDENCE: &str = "0.9";

/// A Gather in progress.
#[derive(Debug)]
pub(crate) struct Gathering {
    gather: Box<Gather>,
    pub(crate) cues: Cues,
    heard: Heard,
}

/// What was put in so far; the first kind of input that comes wins.
#[derive(Debug)]
enum Heard {
    Nothing,
    Keys(String),
    Speech { text: String, since: Time },
}

/// How a Gather came to its end.
enum Outcome {
    Keys { digits: String, finished_on: String },
    Speech(String),
    Nothing,
}

impl Gathering {
    /// Whether a key would be taken.
    pub(crate) fn takes_keys(&self) -> bool {
        self.listens_for(GatherInput::Dtmf) && !matches!(self.heard, Heard::Speech { .. })
    }

    fn listens_for(&self, input: GatherInput) -> bool {
        if self.gather.input.is_empty() {
            input == GatherInput::Dtmf
        } else {
            self.gather.input.contains(&input)
        }
    }

    fn timeout_ms(&self) -> i64 {
        i64::from(self.gather.timeout.unwrap_or(5)) * 1000
    }

    fn silence_ms(&self) -> i64 {
        match self.gather.speech_timeout {
            Some(SpeechTimeout::Auto) => FIRST_PAUSE_MS,
            Some(SpeechTimeout::Seconds(seconds)) => i64::from(seconds) * 1000,
            None => self.timeout_ms(),
        }
    }

    fn is_finish_key(&self, key: char) -> bool {
        let finish = self.gather.finish_on_key.as_deref().unwrap_or("#");
        finish.chars().any(|finish| finish == key)
    }
}

impl Engine {
    pub(crate) fn gather(&mut self, sid: &CallSid, slot: Slot, gather: Box<Gather>) {
        let cues = self.prompts(sid, slot, &gather.prompts);
        let gathering = Gathering {
            gather,
            cues,
            heard: Heard::Nothing,
        };
        self.set_doing(sid, slot, Doing::Gathering(Box::new(gathering)));
        self.fetch_prompts(sid, slot);
    }

    /// The prompts are over: from here the time-out counts.
    pub(crate) fn prompts_over(&mut self, sid: &CallSid, slot: Slot) {
        let now = self.now;
        let Some(gathering) = self.gathering(sid, slot) else {
            return;
        };
        let at = now.plus(gathering.timeout_ms());
        self.set_verb_timer(sid, slot, at);
    }

    pub(crate) fn gather_key(&mut self, sid: &CallSid, slot: Slot, key: char) {
        let now = self.now;
        let Some(gathering) = self.gathering(sid, slot) else {
            return;
        };
        if !gathering.takes_keys() {
            return;
        }
        gathering.cues.stop();
        let finishes = gathering.is_finish_key(key);
        let mut digits = match std::mem::replace(&mut gathering.heard, Heard::Nothing) {
            Heard::Keys(digits) => digits,
            Heard::Nothing | Heard::Speech { .. } => String::new(),
        };
        if finishes {
            let outcome = if digits.is_empty() {
                Outcome::Nothing
            } else {
                Outcome::Keys {
                    digits,
                    finished_on: key.to_string(),
                }
            };
            self.gathered(sid, slot, outcome);
            return;
        }
        digits.push(key);
        let enough = gathering
            .gather
            .num_digits
            .is_some_and(|number| digits.len() >= usize::from(number));
        if enough {
            let outcome = Outcome::Keys {
                digits,
                finished_on: String::new(),
            };
            self.gathered(sid, slot, outcome);
            return;
        }
        gathering.heard = Heard::Keys(digits);
        let at = now.plus(gathering.timeout_ms());
        self.set_verb_timer(sid, slot, at);
    }

    pub(crate) fn gather_speech(&mut self, sid: &CallSid, slot: Slot, words: &str) {
        let now = self.now;
        let Some(gathering) = self.gathering(sid, slot) else {
            return;
        };
        if !gathering.listens_for(GatherInput::Speech) {
            return;
        }
        if gathering.cues.are_going() && gathering.gather.barge_in == Some(false) {
            return;
        }
        let (text, since) = match &gathering.heard {
            Heard::Keys(_) => return,
            Heard::Nothing => (words.to_owned(), now),
            Heard::Speech { text, since } => (format!("{text} {words}"), *since),
        };
        gathering.cues.stop();
        gathering.heard = Heard::Speech {
            text: text.clone(),
            since,
        };
        let longest = gathering
            .gather
            .max_speech_time
            .unwrap_or(LONGEST_SPEECH)
            .min(LONGEST_SPEECH);
        let silent = now.plus(gathering.silence_ms());
        let at = silent.min(since.plus(i64::from(longest) * 1000)).max(now);
        self.set_verb_timer(sid, slot, at);
        self.tell_partial_result(sid, slot, &text);
    }

    /// A prompt is over, or nothing more came in time.
    pub(crate) fn gather_due(&mut self, sid: &CallSid, slot: Slot) {
        let Some(gathering) = self.gathering(sid, slot) else {
            return;
        };
        if gathering.cues.are_going() {
            self.cue_over(sid, slot);
            return;
        }
        let outcome = match std::mem::replace(&mut gathering.heard, Heard::Nothing) {
            Heard::Nothing => Outcome::Nothing,
            Heard::Keys(digits) => Outcome::Keys {
                digits,
                finished_on: String::new(),
            },
            Heard::Speech { text, .. } => Outcome::Speech(text),
        };
        self.gathered(sid, slot, outcome);
    }

    fn gathered(&mut self, sid: &CallSid, slot: Slot, outcome: Outcome) {
        let Some(gathering) = self.gathering(sid, slot) else {
            return;
        };
        let action = gathering.gather.action.clone();
        let method = gathering.gather.method;
        let even_empty = gathering.gather.action_on_empty_result == Some(true);
        let mut params = Params::new();
        params.insert("msg".into(), "Gather End".into());
        match outcome {
            Outcome::Keys {
                digits,
                finished_on,
            } => {
                params.insert("Digits".into(), digits);
                params.insert("FinishedOnKey".into(), finished_on);
            }
            Outcome::Speech(text) => {
                params.insert("SpeechResult".into(), text);
                params.insert("Confidence".into(), CONFIDENCE.into());
            }
            Outcome::Nothing if even_empty => {
                params.insert("Digits".into(), String::new());
                params.insert("FinishedOnKey".into(), String::new());
            }
            Outcome::Nothing => {
                self.set_doing(sid, slot, Doing::Ready);
                self.agenda.push_back(Task::Step(sid.clone(), slot));
                return;
            }
        }
        self.set_doing(sid, slot, Doing::Ready);
        self.go_on_with(sid, slot, action.as_deref(), method, params);
    }

    fn tell_partial_result(&mut self, sid: &CallSid, slot: Slot, text: &str) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        let Doing::Gathering(gathering) = &runner.doing else {
            return;
        };
        let Some(url) = gathering.gather.partial_result_callback.clone() else {
            return;
        };
        let method = gathering.gather.partial_result_callback_method;
        match absolute(runner, &url) {
            Ok(url) => {
                let Some(leg) = self.leg(sid) else { return };
                let mut params = self.standard(leg, leg.status);
                params.insert("UnstableSpeechResult".into(), text.to_owned());
                let target = Target::new(url, method);
                self.send_callback(Some(sid), &target, "partial result", &params, 15003);
            }
            Err(failure) => self.trouble(sid, failure.code, failure.text),
        }
    }

    fn gathering(&mut self, sid: &CallSid, slot: Slot) -> Option<&mut Gathering> {
        let Doing::Gathering(gathering) = &mut self.runner_mut(sid, slot)?.doing else {
            return None;
        };
        Some(gathering)
    }
}
