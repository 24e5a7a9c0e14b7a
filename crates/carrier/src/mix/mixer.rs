//! The mixer: from the voices of a step to what every ear hears and every tape takes down.

use std::collections::BTreeMap;
use std::sync::Arc;

use twilio::CallSid;

use super::playing::Playing;
use super::score::{Part, Score};
use super::tape::Tapes;
use super::{FRAME, Frame, SILENCE, Sum, add, saturated, take_away};
use crate::engine::{RecordingSid, SoundPlan, Time};

/// Mixes step by step after a plan. The cost of a step grows with the ears and the voices, not with their product, as
/// long as those in a room hear all the others. Without a plan nobody hears anything.
#[derive(Clone, Debug, Default)]
pub struct Mixer {
    score: Score,
    playing: Playing,
    tapes: Tapes,
    voices: Vec<Frame>,
    cues: Vec<Frame>,
    sums: Vec<Sum>,
    heard: Vec<(CallSid, Frame)>,
}

impl Mixer {
    /// Mixes after this plan from the next step on. What played before and still does goes on where it is.
    pub fn set_plan(&mut self, plan: &SoundPlan) {
        self.score = Score::new(plan);
        self.playing.keep(&self.score.cues);
        let ears = self.score.ears.iter();
        self.heard = ears.map(|(leg, _)| (leg.clone(), SILENCE)).collect();
    }

    /// Keeps a fetched sound under its URL, to be played when the plan names it.
    pub fn put_sound(&mut self, url: &str, samples: impl Into<Arc<[i16]>>) {
        self.playing.put_sound(url, samples.into());
    }

    /// Mixes the next step: what each ear hears, in the order of the legs. Whoever has no voice is silent.
    pub fn step(&mut self, now: Time, voices: &BTreeMap<CallSid, Frame>) -> &[(CallSid, Frame)] {
        let of = |leg: &CallSid| voices.get(leg).copied().unwrap_or(SILENCE);
        self.voices.clear();
        self.voices.extend(self.score.voices.iter().map(of));
        self.playing.step(&self.score.cues, now, &mut self.cues);
        self.sums.clear();
        for sum in &self.score.sums {
            let mut added = [0; FRAME];
            for voice in sum {
                add(&mut added, &self.voices[*voice]);
            }
            self.sums.push(added);
        }
        let mixed = |part: &Part| {
            let mut sum = part.sum.map_or([0; FRAME], |sum| self.sums[sum]);
            if let Some(own) = part.without {
                take_away(&mut sum, &self.voices[own]);
            }
            for voice in &part.voices {
                add(&mut sum, &self.voices[*voice]);
            }
            for cue in &part.cues {
                add(&mut sum, &self.cues[*cue]);
            }
            saturated(&sum)
        };
        for ((_, part), (_, heard)) in self.score.ears.iter().zip(&mut self.heard) {
            *heard = mixed(part);
        }
        for (sid, channels) in &self.score.tapes {
            let channels: Vec<Frame> = channels.iter().map(mixed).collect();
            self.tapes.take(sid, &channels);
        }
        &self.heard
    }

    /// Whether the plan names this leg: as an ear, or as a voice that somebody hears.
    #[must_use]
    pub fn knows(&self, leg: &CallSid) -> bool {
        let Score { voices, ears, .. } = &self.score;
        voices.binary_search(leg).is_ok() || ears.binary_search_by(|(ear, _)| ear.cmp(leg)).is_ok()
    }

    /// A recording as a WAV file, as far as it has come; nothing for one that was never in a plan, or is given up.
    #[must_use]
    pub fn recording(&self, sid: &RecordingSid) -> Option<Vec<u8>> {
        self.tapes.wave(sid)
    }

    /// Gives up a recording.
    pub fn forget_recording(&mut self, sid: &RecordingSid) {
        self.tapes.forget(sid);
    }
}

#[cfg(test)]
mod tests;
