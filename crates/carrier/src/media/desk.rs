//! The mixing desk: the mixer, with sources in the place of voices and meters on what is said and heard.

use std::collections::BTreeMap;

use twilio::CallSid;

use crate::engine::{SoundPlan, Time};
use crate::mix::{Frame, Meter, Mixer, SILENCE, Source, Speaker};

/// A leg that is neither heard nor hears is measured no more after so many steps: a minute.
const MEASURED_FOR: u32 = 3_000;

/// Everything that a step touches.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) mixer: Mixer,
    speakers: BTreeMap<CallSid, Speaker>,
    meters: BTreeMap<CallSid, Meters>,
}

#[derive(Debug, Default)]
struct Meters {
    said: Meter,
    heard: Meter,
    idle: u32,
}

impl Desk {
    pub(super) fn set_plan(&mut self, plan: &SoundPlan) {
        self.mixer.set_plan(plan);
    }

    /// Puts a source in the place of a leg's voice, or takes it away.
    pub(super) fn set_source(&mut self, leg: &CallSid, source: Option<Source>) {
        match source {
            Some(source) => {
                self.speakers.insert(leg.clone(), Speaker::new(source));
                self.meters.entry(leg.clone()).or_default();
            }
            None => {
                self.speakers.remove(leg);
            }
        }
    }

    /// The last half second of what a leg said and heard; of one that was not measured, from now on.
    pub(super) fn latest(&mut self, leg: &CallSid) -> (Vec<i16>, Vec<i16>) {
        let meters = self.meters.entry(leg.clone()).or_default();
        meters.idle = 0;
        (meters.said.latest(), meters.heard.latest())
    }

    /// Mixes a step from the voices of the ports, and says what each ear hears.
    pub(super) fn step(
        &mut self,
        now: Time,
        mut voices: BTreeMap<CallSid, Frame>,
    ) -> &[(CallSid, Frame)] {
        for (leg, speaker) in &mut self.speakers {
            voices.insert(leg.clone(), speaker.step());
        }
        let heard = self.mixer.step(now, &voices);
        for (leg, meters) in &mut self.meters {
            let said = voices.get(leg);
            let ear = heard_by(heard, leg);
            meters.said.take(said.unwrap_or(&SILENCE));
            meters.heard.take(ear.unwrap_or(&SILENCE));
            meters.idle = if said.is_none() && ear.is_none() {
                meters.idle + 1
            } else {
                0
            };
        }
        self.meters.retain(|_, meters| meters.idle < MEASURED_FOR);
        heard
    }
}

/// What this leg hears among what all hear.
pub(super) fn heard_by<'a>(heard: &'a [(CallSid, Frame)], leg: &CallSid) -> Option<&'a Frame> {
    let place = heard.binary_search_by(|(ear, _)| ear.cmp(leg)).ok()?;
    Some(&heard[place].1)
}
