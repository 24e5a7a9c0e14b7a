//! Sound put in the place of a voice, for tests and demonstrations.

use std::sync::Arc;

use super::{FRAME, Frame, SILENCE};
use crate::wave::RATE;

/// What a far end says instead of what comes from its telephone or browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A tone.
    Tone {
        /// How high.
        hz: f64,
    },
    /// Nothing.
    Silence,
    /// Samples, over and over; see [`crate::wave::samples`].
    Wave(Arc<[i16]>),
}

/// A source that is being played.
#[derive(Clone, Debug)]
pub struct Speaker {
    source: Source,
    /// The sample that comes next.
    at: usize,
}

impl Speaker {
    /// How loud a tone is: a quarter of the loudest.
    pub const LOUDNESS: f64 = 8_000.0;

    /// From its beginning.
    #[must_use]
    pub const fn new(source: Source) -> Self {
        Self { source, at: 0 }
    }

    /// The next step of it.
    pub fn step(&mut self) -> Frame {
        let from = self.at;
        let mut frame = SILENCE;
        match &self.source {
            Source::Tone { hz } => {
                // A whole number of seconds is a whole number of periods only for whole frequencies; for others the
                // place within the period is carried along by the growing number of samples.
                let turn = hz * std::f64::consts::TAU / f64::from(RATE);
                for (number, sample) in frame.iter_mut().enumerate() {
                    let phase = (from + number) as f64 * turn;
                    *sample = (phase.sin() * Self::LOUDNESS) as i16;
                }
                self.at = from + FRAME;
            }
            Source::Silence => {}
            Source::Wave(samples) => {
                if !samples.is_empty() {
                    for (number, sample) in frame.iter_mut().enumerate() {
                        *sample = samples[(from + number) % samples.len()];
                    }
                    self.at = (from + FRAME) % samples.len();
                }
            }
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{peak_hz, rms};

    #[test]
    fn a_tone_goes_on_without_a_break() {
        let mut speaker = Speaker::new(Source::Tone { hz: 697.3 });

        let sound: Vec<i16> = (0..25).flat_map(|_| speaker.step()).collect();

        assert!((peak_hz(&sound) - 697.3).abs() < 2.0);
        let most = sound
            .windows(2)
            .map(|two| (i32::from(two[1]) - i32::from(two[0])).abs())
            .max();
        assert!(most < Some(4_500), "a jump of {most:?}");
    }

    #[test]
    fn samples_are_played_over_and_over() {
        let mut speaker = Speaker::new(Source::Wave((0..100).collect()));

        let sound: Vec<i16> = (0..5).flat_map(|_| speaker.step()).collect();

        let wanted: Vec<i16> = (0..800).map(|number| number % 100).collect();
        assert_eq!(sound, wanted);
    }

    #[test]
    fn silence_and_no_samples_are_silent() {
        for source in [Source::Silence, Source::Wave(Arc::new([]))] {
            assert!(rms(&Speaker::new(source).step()) < 0.1);
        }
    }
}
