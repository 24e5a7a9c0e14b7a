//! The carrier's music for those who wait: four chords of our own, plucked and held, over and over.

use std::f64::consts::TAU;
use std::sync::LazyLock;

use super::{Frame, PER_MS};
use crate::wave::RATE;

/// A chord sounds for two seconds.
const CHORD: usize = 2 * RATE as usize;
/// A note is plucked every quarter of a second.
const NOTE: usize = RATE as usize / 4;
/// The chords, each from its root: C, A minor, F, G.
const CHORDS: [[f64; 3]; 4] = [
    [261.63, 329.63, 392.00],
    [220.00, 261.63, 329.63],
    [174.61, 220.00, 261.63],
    [196.00, 246.94, 293.66],
];
/// Which note of a chord is plucked when; the fourth is the root an octave higher.
const PATTERN: [usize; 8] = [0, 1, 2, 3, 2, 1, 2, 1];

/// All of it, made when it is first heard.
static MUSIC: LazyLock<Vec<i16>> = LazyLock::new(compose);

/// A step of it.
pub(super) fn step(at: i64) -> Frame {
    let at = usize::try_from(at).unwrap_or_default();
    std::array::from_fn(|number| MUSIC[(at + number) % MUSIC.len()])
}

fn compose() -> Vec<i16> {
    let mut sound = vec![0.0; CHORDS.len() * CHORD];
    for (number, chord) in CHORDS.iter().enumerate() {
        for hz in chord {
            hold(&mut sound[number * CHORD..][..CHORD], *hz);
        }
        for (place, note) in PATTERN.iter().enumerate() {
            let hz = chord.get(*note).map_or(chord[0] * 2.0, |hz| *hz);
            pluck(&mut sound, number * CHORD + place * NOTE, hz);
        }
    }
    sound.into_iter().map(|sample| sample as i16).collect()
}

/// A note that swells and fades within its chord.
fn hold(chord: &mut [f64], hz: f64) {
    let length = chord.len() as f64;
    for (at, sample) in chord.iter_mut().enumerate() {
        let swell = (std::f64::consts::PI * at as f64 / length).sin();
        *sample += (at as f64 * hz * TAU / f64::from(RATE)).sin() * swell * 900.0;
    }
}

/// A note that is struck and dies away, into the beginning again at the end.
fn pluck(sound: &mut [f64], from: usize, hz: f64) {
    let (length, attack) = (sound.len(), (8 * PER_MS) as f64);
    for at in 0..4 * NOTE {
        let since = at as f64;
        let dies_away = (-since / (NOTE as f64 * 0.8)).exp() * (since / attack).min(1.0);
        let turn = since * hz * TAU / f64::from(RATE);
        let wave = turn.sin() + 0.3 * (2.0 * turn).sin();
        sound[(from + at) % length] += wave * dies_away * 2_200.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{FRAME, Level, rms};

    const LENGTH_MS: i64 = (CHORDS.len() * CHORD) as i64 / PER_MS;

    #[test]
    fn it_is_never_silent_nor_too_loud_and_goes_on_without_a_break() {
        let steps = LENGTH_MS / 20;

        let sound: Vec<i16> = (0..2 * steps)
            .flat_map(|number| step(number * FRAME as i64))
            .collect();

        for half_second in sound.chunks(4_000) {
            assert!((600.0..6_000.0).contains(&rms(half_second)));
        }
        assert!(sound.iter().all(|sample| sample.unsigned_abs() < 12_000));
        let jumps = sound
            .windows(2)
            .map(|two| (i32::from(two[1]) - i32::from(two[0])).abs());
        assert!(jumps.max() < Some(4_000));
    }

    #[test]
    fn what_is_heard_is_a_note_of_its_chords() {
        for start in (0..LENGTH_MS).step_by(500) {
            let sound: Vec<i16> = (0..25)
                .flat_map(|number| step(start * PER_MS + number * FRAME as i64))
                .collect();
            let peak = Level::of(&sound).peak_hz;
            let notes = CHORDS.iter().flatten().flat_map(|hz| [*hz, 2.0 * hz]);
            let off = notes.map(|hz| (hz - peak).abs()).fold(f64::MAX, f64::min);

            assert!(off < 4.0, "{peak} Hz at {start} ms");
        }
    }
}
