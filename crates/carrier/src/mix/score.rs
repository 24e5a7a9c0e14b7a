//! A plan made ready to be mixed quickly: who is added to what, with sums that several ears share.

use std::collections::{BTreeMap, BTreeSet};

use twilio::CallSid;

use super::playing::Cue;
use crate::engine::{RecordingSid, SoundPlan, Sounding};

/// A room is summed up once when so many ears share the sum; for fewer it does not pay.
const SHARED_BY: usize = 3;

/// A plan, with numbers instead of names.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// The legs whose voices are heard by anybody, in order.
    pub(super) voices: Vec<CallSid>,
    /// What plays, in order.
    pub(super) cues: Vec<Cue>,
    /// Voices that several ears hear together.
    pub(super) sums: Vec<Vec<usize>>,
    pub(super) ears: Vec<(CallSid, Part)>,
    pub(super) tapes: Vec<(RecordingSid, Vec<Part>)>,
}

/// What is added up for one ear or one channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// A shared sum.
    pub(super) sum: Option<usize>,
    /// A voice of the sum that is not heard: one's own.
    pub(super) without: Option<usize>,
    pub(super) voices: Vec<usize>,
    pub(super) cues: Vec<usize>,
}

impl Score {
    pub(super) fn new(plan: &SoundPlan) -> Self {
        let channels = || plan.tapes.values().flat_map(|tape| &tape.channels);
        let all = || plan.ears.values().chain(channels()).flatten();
        let voices: BTreeSet<&CallSid> = all().filter_map(voice).collect();
        let mut score = Self {
            voices: voices.into_iter().cloned().collect(),
            cues: cues(plan),
            ..Self::default()
        };
        let sums = score.shared_sums(plan);
        let number_of = |sum: &Vec<usize>| sums.get(sum).copied();

        score.ears = plan
            .ears
            .iter()
            .map(|(leg, heard)| (leg.clone(), score.part(Some(leg), heard, &number_of)))
            .collect();
        score.tapes = plan
            .tapes
            .iter()
            .map(|(sid, tape)| {
                let parts = tape.channels.iter();
                let parts = parts.map(|heard| score.part(None, heard, &number_of));
                (sid.clone(), parts.collect())
            })
            .collect();
        let mut in_order: Vec<(usize, Vec<usize>)> = sums
            .into_iter()
            .map(|(sum, number)| (number, sum))
            .collect();
        in_order.sort_unstable();
        score.sums = in_order.into_iter().map(|(_, sum)| sum).collect();
        score
    }

    fn number(&self, leg: &CallSid) -> Option<usize> {
        self.voices.binary_search(leg).ok()
    }

    /// The voices among what is heard, each once, in order.
    fn voices_of(&self, heard: &[Sounding]) -> Vec<usize> {
        let numbers = heard.iter().filter_map(voice);
        let numbers: BTreeSet<usize> = numbers.filter_map(|leg| self.number(leg)).collect();
        numbers.into_iter().collect()
    }

    /// Whom somebody would hear who also heard himself.
    fn with_own(&self, leg: &CallSid, voices: &[usize]) -> Option<Vec<usize>> {
        let own = self.number(leg)?;
        let place = voices.binary_search(&own).err()?;
        let mut with_own = voices.to_vec();
        with_own.insert(place, own);
        Some(with_own)
    }

    /// The sums that enough ears share, numbered.
    fn shared_sums(&self, plan: &SoundPlan) -> BTreeMap<Vec<usize>, usize> {
        let mut wanted: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut want = |sum: Vec<usize>| {
            if sum.len() >= SHARED_BY {
                *wanted.entry(sum).or_default() += 1;
            }
        };
        for (leg, heard) in &plan.ears {
            let voices = self.voices_of(heard);
            if let Some(with_own) = self.with_own(leg, &voices) {
                want(with_own);
            }
            want(voices);
        }
        for heard in plan.tapes.values().flat_map(|tape| &tape.channels) {
            want(self.voices_of(heard));
        }
        wanted.retain(|_, ears| *ears >= SHARED_BY);
        let shared = wanted.into_keys().enumerate();
        shared.map(|(number, sum)| (sum, number)).collect()
    }

    fn part(
        &self,
        leg: Option<&CallSid>,
        heard: &[Sounding],
        sum: &impl Fn(&Vec<usize>) -> Option<usize>,
    ) -> Part {
        let voices = self.voices_of(heard);
        let cue = |sounding: &Sounding| {
            let cue = cue(leg, sounding)?;
            self.cues.binary_search(&cue).ok()
        };
        let cues: BTreeSet<usize> = heard.iter().filter_map(cue).collect();
        let cues = cues.into_iter().collect();
        if let Some(shared) = sum(&voices) {
            return Part {
                sum: Some(shared),
                cues,
                ..Part::default()
            };
        }
        let with_own = leg.and_then(|leg| self.with_own(leg, &voices));
        if let Some(shared) = with_own.as_ref().and_then(sum) {
            return Part {
                sum: Some(shared),
                without: leg.and_then(|leg| self.number(leg)),
                cues,
                ..Part::default()
            };
        }
        Part {
            voices,
            cues,
            ..Part::default()
        }
    }
}

const fn voice(sounding: &Sounding) -> Option<&CallSid> {
    match sounding {
        Sounding::Voice(leg) => Some(leg),
        Sounding::Music
        | Sounding::Ringback
        | Sounding::Words { .. }
        | Sounding::Sound { .. }
        | Sounding::Keys { .. }
        | Sounding::Beep { .. } => None,
    }
}

fn cue(leg: Option<&CallSid>, sounding: &Sounding) -> Option<Cue> {
    let ear = match sounding {
        Sounding::Voice(_) => return None,
        Sounding::Ringback => leg.cloned(),
        Sounding::Music
        | Sounding::Words { .. }
        | Sounding::Sound { .. }
        | Sounding::Keys { .. }
        | Sounding::Beep { .. } => None,
    };
    Some(Cue {
        sounding: sounding.clone(),
        ear,
    })
}

fn cues(plan: &SoundPlan) -> Vec<Cue> {
    let of_ears = plan
        .ears
        .iter()
        .flat_map(|(leg, heard)| heard.iter().filter_map(|sounding| cue(Some(leg), sounding)));
    let of_tapes = plan
        .tapes
        .values()
        .flat_map(|tape| tape.channels.iter().flatten())
        .filter_map(|sounding| cue(None, sounding));
    let all: BTreeSet<Cue> = of_ears.chain(of_tapes).collect();
    all.into_iter().collect()
}
