//! The mixing desk: the mixer, with sources in the place of voices, meters on what is said and heard, and an ear for who
//! speaks.

use std::collections::BTreeMap;

use twilio::CallSid;

use crate::engine::{SoundPlan, Time};
use crate::mix::{Frame, Meter, Mixer, SILENCE, Source, Speaker, rms};

/// A leg that neither says nor hears anything is measured no more after so many steps: a minute.
const MEASURED_FOR: u32 = 3_000;
/// A source of a leg that the plan does not know is taken away after so many steps: ten minutes.
const SPEAKS_FOR: u32 = 30_000;

/// From this loudness on a step is speech and no noise of a room: about 40 dB below the loudest.
const SPEECH: f64 = 300.0;
/// Who speaks is told after so many steps: half a second.
const LISTENED_FOR: u32 = 25;
/// Whoever is loud in so many of them speaks: a tenth of a second, so that a click is none.
const SPOKEN: u32 = 5;

/// Everything that a step touches.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) mixer: Mixer,
    speakers: BTreeMap<CallSid, Seat>,
    meters: BTreeMap<CallSid, Meters>,
    /// In how many of the last steps each was loud.
    loud: BTreeMap<CallSid, u32>,
    steps: u32,
}

/// A source in the place of a leg's voice.
#[derive(Debug)]
struct Seat {
    speaker: Speaker,
    idle: u32,
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
                let speaker = Speaker::new(source);
                self.speakers.insert(leg.clone(), Seat { speaker, idle: 0 });
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
        for (leg, seat) in &mut self.speakers {
            seat.idle = if self.mixer.knows(leg) {
                0
            } else {
                seat.idle + 1
            };
            voices.insert(leg.clone(), seat.speaker.step());
        }
        self.speakers.retain(|_, seat| seat.idle < SPEAKS_FOR);
        let heard = self.mixer.step(now, &voices);
        for (leg, voice) in &voices {
            if rms(voice) >= SPEECH {
                *self.loud.entry(leg.clone()).or_default() += 1;
            }
        }
        self.steps += 1;
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

    /// Who spoke in the last half second; nobody before it is over.
    pub(super) fn spoke(&mut self) -> Vec<CallSid> {
        if self.steps < LISTENED_FOR {
            return Vec::new();
        }
        self.steps = 0;
        let loud = std::mem::take(&mut self.loud).into_iter();
        loud.filter(|(_, steps)| *steps >= SPOKEN)
            .map(|(leg, _)| leg)
            .collect()
    }
}

/// What this leg hears among what all hear.
pub(super) fn heard_by<'a>(heard: &'a [(CallSid, Frame)], leg: &CallSid) -> Option<&'a Frame> {
    let place = heard.binary_search_by(|(ear, _)| ear.cmp(leg)).ok()?;
    Some(&heard[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Sounding;

    fn leg(number: usize) -> CallSid {
        CallSid::parse(&format!("CA{number:032x}")).unwrap()
    }

    /// The first hears the second.
    fn desk() -> Desk {
        let mut desk = Desk::default();
        let mut plan = SoundPlan::default();
        plan.ears.insert(leg(1), vec![Sounding::Voice(leg(2))]);
        desk.set_plan(&plan);
        desk
    }

    #[test]
    fn a_source_lasts_as_long_as_the_plan_knows_its_leg() {
        let mut desk = desk();
        desk.set_source(&leg(2), Some(Source::Silence));
        desk.set_source(&leg(3), Some(Source::Silence));

        for _ in 0..SPEAKS_FOR {
            desk.step(Time(0), BTreeMap::new());
        }

        assert_eq!(desk.speakers.keys().collect::<Vec<_>>(), [&leg(2)]);
    }

    #[test]
    fn whoever_is_loud_for_a_while_is_told_of_each_half_second() {
        let mut desk = desk();
        let mut told = Vec::new();

        for step in 0..3 * LISTENED_FOR {
            let is_click = step % LISTENED_FOR < SPOKEN - 1;
            let voices = BTreeMap::from([
                (leg(1), [100; 160]),
                (leg(2), [3_000; 160]),
                (leg(3), if is_click { [3_000; 160] } else { SILENCE }),
            ]);
            desk.step(Time(0), voices);
            told.extend(desk.spoke());
        }

        assert_eq!(told, [leg(2), leg(2), leg(2)]);
    }

    #[test]
    fn who_says_and_hears_nothing_is_measured_no_more() {
        let mut desk = desk();
        for number in 1..=3 {
            desk.latest(&leg(number));
        }

        for _ in 0..MEASURED_FOR {
            desk.step(Time(0), BTreeMap::from([(leg(2), SILENCE)]));
        }

        assert_eq!(desk.meters.keys().collect::<Vec<_>>(), [&leg(1), &leg(2)]);
    }
}
