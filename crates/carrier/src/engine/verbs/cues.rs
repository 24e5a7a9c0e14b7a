//! What a leg is given to hear: Say, Play and Pause, alone or as the prompts of a Gather (reference A.3.1–A.3.3).

use std::collections::{BTreeMap, VecDeque};

use twilio::CallSid;
use twiml::{Method, Pause, Play, PlayDigits, Prompt, Say};

use crate::engine::agenda::Task;
use crate::engine::document::absolute;
use crate::engine::reading::{length_ms, unfit_sound};
use crate::engine::requests::Pending;
use crate::engine::runner::{Doing, Params, Runner, Slot, Target};
use crate::engine::{Answer, Engine, Noted, RequestId, RequestKind, Sounding, Time};

/// How often something is repeated that is repeated until the call ends (reference A.3.1).
const ENDLESS: u32 = 1000;

/// One thing to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cue {
    Words {
        text: String,
        voice: Option<String>,
        language: Option<String>,
    },
    Sound(String),
    Keys(String),
    Silence {
        seconds: u16,
    },
}

/// Things to hear, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// Each with how often it is still to be given.
    queue: VecDeque<(Cue, u32)>,
    /// Sounds that are being fetched.
    fetching: BTreeMap<RequestId, String>,
    /// Sounds that cannot be played.
    unfit: Vec<String>,
    /// How long the sounds last that say so themselves, in milliseconds.
    lengths: BTreeMap<String, i64>,
    /// Since when the first of the queue is being given.
    giving: Option<Time>,
}

impl Cues {
    /// Words without a voice of their own.
    pub(crate) fn push_words(&mut self, text: String) {
        let cue = Cue::Words {
            text,
            voice: None,
            language: None,
        };
        self.queue.push_back((cue, 1));
    }

    /// A sound that is already there, and how long it says that it lasts.
    pub(crate) fn push_fetched(&mut self, url: String, length_ms: Option<i64>) {
        self.lengths
            .extend(length_ms.map(|length_ms| (url.clone(), length_ms)));
        self.queue.push_back((Cue::Sound(url), 1));
    }

    fn push_say(&mut self, say: &Say) {
        let cue = Cue::Words {
            text: say.spoken().trim().to_owned(),
            voice: say.voice.clone(),
            language: say.language.clone(),
        };
        self.queue.push_back((cue, times(say.times)));
    }

    /// The words being said.
    pub(crate) fn saying(&self) -> Option<String> {
        match self.queue.front() {
            Some((Cue::Words { text, .. }, _)) if self.giving.is_some() => Some(text.clone()),
            Some(_) | None => None,
        }
    }

    /// What is heard of them now.
    pub(crate) fn sounding(&self) -> Option<Sounding> {
        let since = self.giving?;
        match &self.queue.front()?.0 {
            Cue::Words { text, .. } => {
                let text = text.clone();
                Some(Sounding::Words { text, since })
            }
            Cue::Sound(url) => {
                let url = url.clone();
                Some(Sounding::Sound { url, since })
            }
            Cue::Keys(keys) => {
                let keys = keys.clone();
                Some(Sounding::Keys { keys, since })
            }
            Cue::Silence { .. } => None,
        }
    }

    /// Whether there is still something to hear.
    pub(crate) fn are_going(&self) -> bool {
        self.giving.is_some() || !self.queue.is_empty() || !self.fetching.is_empty()
    }

    /// The requests for sounds that did not come yet.
    pub(crate) fn fetched(&self) -> impl Iterator<Item = RequestId> {
        self.fetching.keys().copied()
    }

    /// Ends what is heard, and all that would follow.
    pub(crate) fn stop(&mut self) {
        self.queue.clear();
        self.fetching.clear();
        self.giving = None;
    }

    fn sounds(&self) -> Vec<String> {
        let mut urls: Vec<String> = self
            .queue
            .iter()
            .filter_map(|(cue, _)| match cue {
                Cue::Sound(url) => Some(url.clone()),
                Cue::Words { .. } | Cue::Keys(_) | Cue::Silence { .. } => None,
            })
            .collect();
        urls.dedup();
        urls
    }
}

impl Engine {
    pub(crate) fn say(&mut self, sid: &CallSid, slot: Slot, say: &Say) {
        let mut cues = Cues::default();
        cues.push_say(say);
        self.give(sid, slot, cues);
    }

    pub(crate) fn pause(&mut self, sid: &CallSid, slot: Slot, pause: &Pause) {
        let mut cues = Cues::default();
        let seconds = pause.length.unwrap_or(1);
        cues.queue.push_back((Cue::Silence { seconds }, 1));
        self.give(sid, slot, cues);
    }

    pub(crate) fn play_digits(&mut self, sid: &CallSid, slot: Slot, play: &PlayDigits) {
        let mut cues = Cues::default();
        let cue = Cue::Keys(play.digits.clone());
        cues.queue.push_back((cue, times(play.times)));
        self.give(sid, slot, cues);
    }

    pub(crate) fn play(&mut self, sid: &CallSid, slot: Slot, play: &Play) {
        let mut cues = Cues::default();
        self.push_play(sid, slot, &mut cues, play);
        self.give_fetching(sid, slot, cues);
    }

    /// The prompts of a Gather.
    pub(crate) fn prompts(&mut self, sid: &CallSid, slot: Slot, prompts: &[Prompt]) -> Cues {
        let mut cues = Cues::default();
        for prompt in prompts {
            match prompt {
                Prompt::Say(say) => cues.push_say(say),
                Prompt::Play(play) => self.push_play(sid, slot, &mut cues, play),
                Prompt::Pause(pause) => {
                    let seconds = pause.length.unwrap_or(1);
                    cues.queue.push_back((Cue::Silence { seconds }, 1));
                }
            }
        }
        cues
    }

    fn push_play(&mut self, sid: &CallSid, slot: Slot, cues: &mut Cues, play: &Play) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        match absolute(runner, &play.url) {
            Ok(url) => cues.queue.push_back((Cue::Sound(url), times(play.times))),
            Err(failure) => self.trouble(sid, failure.code, failure.text),
        }
    }

    /// Gives what needs no fetching.
    pub(crate) fn give(&mut self, sid: &CallSid, slot: Slot, cues: Cues) {
        self.set_doing(sid, slot, Doing::Giving(cues));
        self.next_cue(sid, slot);
    }

    fn give_fetching(&mut self, sid: &CallSid, slot: Slot, cues: Cues) {
        let urls = cues.sounds();
        self.set_doing(sid, slot, Doing::Giving(cues));
        self.fetch_sounds(sid, slot, urls);
    }

    /// Fetches every sound before the first is played.
    pub(crate) fn fetch_prompts(&mut self, sid: &CallSid, slot: Slot) {
        let urls = self
            .runner_mut(sid, slot)
            .and_then(Runner::cues_mut)
            .map(|cues| cues.sounds())
            .unwrap_or_default();
        self.fetch_sounds(sid, slot, urls);
    }

    fn fetch_sounds(&mut self, sid: &CallSid, slot: Slot, urls: Vec<String>) {
        for url in urls {
            let target = Target::new(url.clone(), Some(Method::Get));
            let pending = Pending::Media(sid.clone(), slot);
            let id = self.ask(
                RequestKind::Media,
                Some(sid),
                &target,
                &Params::new(),
                pending,
            );
            if let Some(cues) = self.runner_mut(sid, slot).and_then(Runner::cues_mut) {
                cues.fetching.insert(id, url);
            }
        }
        self.next_cue(sid, slot);
    }

    pub(crate) fn media_came(&mut self, sid: &CallSid, slot: Slot, id: RequestId, answer: &Answer) {
        let Some(cues) = self.runner_mut(sid, slot).and_then(Runner::cues_mut) else {
            return;
        };
        let Some(url) = cues.fetching.remove(&id) else {
            return;
        };
        if let Some(failure) = unfit_sound(answer) {
            cues.unfit.push(url.clone());
            self.trouble(sid, failure.code, format!("{url}: {}", failure.text));
        } else if let Some(length_ms) = length_ms(answer) {
            cues.lengths.insert(url, length_ms);
        }
        self.next_cue(sid, slot);
    }

    /// Gives the first of the queue, if nothing is being given or fetched; when there is none, the prompts are over.
    fn next_cue(&mut self, sid: &CallSid, slot: Slot) {
        let now = self.now;
        let rate = i64::from(self.settings.speech_ms_per_char);
        let sound_ms = i64::from(self.settings.options.sound_ms);
        loop {
            let Some(cues) = self.runner_mut(sid, slot).and_then(Runner::cues_mut) else {
                return;
            };
            if cues.giving.is_some() || !cues.fetching.is_empty() {
                return;
            }
            let Some((cue, _)) = cues.queue.front() else {
                self.cues_over(sid, slot);
                return;
            };
            let (ms, noted) = match cue {
                Cue::Words { text, .. } if text.is_empty() => {
                    cues.queue.pop_front();
                    continue;
                }
                Cue::Sound(url) if cues.unfit.contains(url) => {
                    cues.queue.pop_front();
                    continue;
                }
                Cue::Words {
                    text,
                    voice,
                    language,
                } => (
                    rate * i64::try_from(text.chars().count()).unwrap_or(i64::MAX),
                    Some(Noted::Said {
                        text: text.clone(),
                        voice: voice.clone(),
                        language: language.clone(),
                    }),
                ),
                Cue::Sound(url) => (
                    cues.lengths.get(url).copied().unwrap_or(sound_ms),
                    Some(Noted::Played { what: url.clone() }),
                ),
                Cue::Keys(keys) => (
                    keys_ms(keys),
                    Some(Noted::Played {
                        what: format!("digits {keys}"),
                    }),
                ),
                Cue::Silence { seconds } => (i64::from(*seconds) * 1000, None),
            };
            cues.giving = Some(now);
            let words = cues.saying();
            if let Some(noted) = noted {
                self.note(sid, noted);
            }
            if let Some(words) = words {
                self.heard_within(sid, &words);
            }
            self.set_verb_timer(sid, slot, now.plus(ms.max(1)));
            return;
        }
    }

    /// What was being given is over.
    pub(crate) fn cue_over(&mut self, sid: &CallSid, slot: Slot) {
        let Some(cues) = self.runner_mut(sid, slot).and_then(Runner::cues_mut) else {
            return;
        };
        cues.giving = None;
        if let Some((_, left)) = cues.queue.front_mut() {
            *left = left.saturating_sub(1);
            if *left == 0 {
                cues.queue.pop_front();
            }
        }
        self.next_cue(sid, slot);
    }

    fn cues_over(&mut self, sid: &CallSid, slot: Slot) {
        let Some(runner) = self.runner_mut(sid, slot) else {
            return;
        };
        if matches!(runner.doing, Doing::Gathering(_)) {
            self.prompts_over(sid, slot);
            return;
        }
        self.set_doing(sid, slot, Doing::Ready);
        let unanswered = self.leg(sid).is_some_and(|leg| leg.is_unanswered_inbound());
        if slot == Slot::Main && unanswered {
            self.pick_up(sid);
        }
        self.agenda.push_back(Task::Step(sid.clone(), slot));
    }
}

fn times(given: Option<u16>) -> u32 {
    match given {
        None => 1,
        Some(0) => ENDLESS,
        Some(times) => u32::from(times).min(ENDLESS),
    }
}

/// How long keys take to be played: a quarter of a second each, half a second a `w`, a second a `W`.
fn keys_ms(keys: &str) -> i64 {
    keys.chars()
        .map(|key| match key {
            'w' => 500,
            'W' => 1000,
            _ => 250,
        })
        .sum()
}
