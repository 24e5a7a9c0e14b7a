//! Measuring sound: how loud it is, and which tone is the strongest in it.

use std::collections::VecDeque;

use serde::Serialize;

use super::Frame;
use crate::wave::RATE;

/// How much of the latest sound is measured, in samples: half a second.
const MEASURED: usize = 4_000;
/// The lowest tone that is looked for.
const LOWEST_HZ: f64 = 60.0;
/// The highest.
const HIGHEST_HZ: f64 = 3_800.0;
/// Pieces so short find a tone roughly; the whole then finds it to the hertz.
const PIECE: usize = 800;

/// How a stretch of sound measures; all zero for silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    /// How loud it is: the root of the mean square of its samples; a sine of full loudness has 23,170.
    pub rms: f64,
    /// How high its strongest tone is, in hertz.
    pub peak_hz: f64,
    /// How loud that tone is alone, as the height of its wave.
    pub peak: f64,
}

/// How both directions of a leg measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Levels {
    /// What its far end says.
    pub said: Level,
    /// What its far end hears.
    pub heard: Level,
}

impl Level {
    /// Measures all of it.
    #[must_use]
    pub fn of(sound: &[i16]) -> Self {
        let rms = rms(sound);
        if rms == 0.0 {
            return Self::default();
        }
        let peak_hz = peak_hz(sound);
        Self {
            rms,
            peak_hz,
            peak: strength(sound, peak_hz),
        }
    }
}

/// Keeps the last half second of a sound, to measure it.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    latest: VecDeque<i16>,
}

impl Meter {
    /// Takes in the next step.
    pub fn take(&mut self, frame: &Frame) {
        self.latest.extend(frame);
        let too_much = self.latest.len().saturating_sub(MEASURED);
        self.latest.drain(..too_much);
    }

    /// The last half second, or less in the beginning.
    #[must_use]
    pub fn latest(&self) -> Vec<i16> {
        self.latest.iter().copied().collect()
    }
}

/// How loud a sound is: the root of the mean square of its samples.
#[must_use]
pub fn rms(sound: &[i16]) -> f64 {
    if sound.is_empty() {
        return 0.0;
    }
    let squares: f64 = sound.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (squares / sound.len() as f64).sqrt()
}

/// How loud one tone is in a sound, as the height of its wave (Goertzel's algorithm, under a Hann window).
#[must_use]
pub fn strength(sound: &[i16], hz: f64) -> f64 {
    if sound.is_empty() {
        return 0.0;
    }
    let length = sound.len() as f64;
    let turn = std::f64::consts::TAU * hz / f64::from(RATE);
    let factor = 2.0 * turn.cos();
    let (mut last, mut before) = (0.0, 0.0);
    for (number, sample) in sound.iter().enumerate() {
        let window = 1.0 - (std::f64::consts::TAU * number as f64 / length).cos();
        let next = factor.mul_add(last, f64::from(*sample) * window) - before;
        (before, last) = (last, next);
    }
    let power = last * last + before * before - factor * last * before;
    power.max(0.0).sqrt() * 2.0 / length
}

/// How high the strongest tone of a sound is, in hertz; 0 for silence.
#[must_use]
pub fn peak_hz(sound: &[i16]) -> f64 {
    let pieces: Vec<&[i16]> = sound
        .chunks(PIECE)
        .filter(|piece| piece.len() == PIECE.min(sound.len()))
        .collect();
    let roughly = |hz: f64| {
        pieces
            .iter()
            .map(|piece| strength(piece, hz).powi(2))
            .sum::<f64>()
    };
    let Some(rough) = strongest(LOWEST_HZ, HIGHEST_HZ, 8.0, roughly) else {
        return 0.0;
    };
    let (from, to) = (rough - 12.0, rough + 12.0);
    strongest(from, to, 1.0, |hz| strength(sound, hz)).unwrap_or(rough)
}

fn strongest(from: f64, to: f64, step: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    let count = ((to - from) / step) as u32;
    let all = (0..=count).map(|number| f64::from(number).mul_add(step, from));
    let measured = all
        .map(|hz| (of(hz), hz))
        .filter(|(strength, _)| *strength > 0.0);
    measured
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, hz)| hz)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mix::{Source, Speaker};

    fn tone(hz: f64, frames: usize) -> Vec<i16> {
        let mut speaker = Speaker::new(Source::Tone { hz });
        (0..frames).flat_map(|_| speaker.step()).collect()
    }

    #[test]
    fn silence_measures_nothing() {
        assert_eq!(Level::of(&[]), Level::default());
        assert_eq!(Level::of(&[0; 4_000]), Level::default());
    }

    #[test]
    fn the_stronger_of_two_tones_is_named() {
        let mut both = tone(1_000.0, 25);
        for (sample, other) in both.iter_mut().zip(tone(660.0, 25)) {
            *sample += other / 2;
        }

        assert!((peak_hz(&both) - 1_000.0).abs() <= 2.0);
        assert!((strength(&both, 660.0) - 4_000.0).abs() < 100.0);
        assert!(strength(&both, 1_500.0) < 50.0);
    }

    #[test]
    fn a_meter_forgets_what_is_older_than_half_a_second() {
        let mut meter = Meter::default();
        for _ in 0..30 {
            meter.take(&[9_000; 160]);
        }
        for _ in 0..25 {
            meter.take(&[0; 160]);
        }

        assert_eq!(meter.latest(), vec![0; 4_000]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_tone_is_found_to_the_hertz(hz in 100.0..3_700.0_f64) {
            let level = Level::of(&tone(hz, 25));

            prop_assert!((level.peak_hz - hz).abs() <= 1.5, "{level:?}");
            prop_assert!((level.peak / Speaker::LOUDNESS - 1.0).abs() < 0.05, "{level:?}");
            prop_assert!((level.rms * 2.0_f64.sqrt() / Speaker::LOUDNESS - 1.0).abs() < 0.05, "{level:?}");
        }
    }
}
