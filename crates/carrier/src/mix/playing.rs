//! What the carrier itself lets people hear, and how far each of it has come.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use twilio::CallSid;

use super::{FRAME, Frame, PER_MS, SILENCE, music, tones};
use crate::engine::{Sounding, Time};

/// Fetched sounds are kept up to so many samples: half an hour.
const MOST_ON_SHELF: usize = 30 * 60 * 8_000;

/// One thing that plays, for all who hear it at once. Ringing begins anew for everybody who hears it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cue {
    pub(super) sounding: Sounding,
    pub(super) ear: Option<CallSid>,
}

/// Everything that plays.
#[derive(Clone, Debug, Default)]
pub(super) struct Playing {
    /// The sample of the music that comes next.
    music_at: i64,
    shelf: BTreeMap<String, Arc<[i16]>>,
    /// In the order in which they were put there.
    shelved: VecDeque<String>,
    /// The sample of each cue that comes next.
    at: BTreeMap<Cue, i64>,
}

impl Playing {
    /// Keeps a sound under its URL; the oldest make room.
    pub(super) fn put_sound(&mut self, url: &str, samples: Arc<[i16]>) {
        if self.shelf.insert(url.to_owned(), samples).is_none() {
            self.shelved.push_back(url.to_owned());
        }
        let mut kept: usize = self.shelf.values().map(|sound| sound.len()).sum();
        while kept > MOST_ON_SHELF
            && let Some(oldest) = self.shelved.pop_front()
        {
            kept -= self.shelf.remove(&oldest).map_or(0, |sound| sound.len());
        }
    }

    /// Lets go of what plays no longer. What plays on goes on where it is.
    pub(super) fn keep(&mut self, cues: &[Cue]) {
        self.at.retain(|cue, _| cues.binary_search(cue).is_ok());
    }

    /// The next step of each cue. One that was not there before begins where it would be had it played since its
    /// beginning.
    pub(super) fn step(&mut self, cues: &[Cue], now: Time, frames: &mut Vec<Frame>) {
        frames.clear();
        for cue in cues {
            let at = self.at.get(cue).copied().unwrap_or_else(|| {
                let since_ms = begun(&cue.sounding).map_or(0, |since| now.0 - since.0);
                since_ms.clamp(0, i64::from(i32::MAX)) * PER_MS
            });
            frames.push(self.frame(&cue.sounding, at));
            match self.at.get_mut(cue) {
                Some(next) => *next = at + FRAME as i64,
                None => {
                    self.at.insert(cue.clone(), at + FRAME as i64);
                }
            }
        }
        self.music_at += FRAME as i64;
    }

    fn frame(&self, sounding: &Sounding, at: i64) -> Frame {
        match sounding {
            Sounding::Voice(_) => SILENCE,
            Sounding::Music => music::step(self.music_at),
            Sounding::Ringback => tones::ringback(at),
            Sounding::Words { text, .. } => tones::words(text, at),
            Sounding::Sound { url, .. } => self.shelf.get(url).map_or(SILENCE, |sound| {
                let at = usize::try_from(at).unwrap_or_default();
                let mut frame = SILENCE;
                for (sample, from) in frame.iter_mut().zip(sound.iter().skip(at)) {
                    *sample = *from;
                }
                frame
            }),
            Sounding::Keys { keys, .. } => tones::keys(keys, at),
            Sounding::Beep { .. } => tones::beep(at),
        }
    }
}

const fn begun(sounding: &Sounding) -> Option<Time> {
    match sounding {
        Sounding::Voice(_) | Sounding::Music | Sounding::Ringback => None,
        Sounding::Words { since, .. }
        | Sounding::Sound { since, .. }
        | Sounding::Keys { since, .. }
        | Sounding::Beep { since } => Some(*since),
    }
}
