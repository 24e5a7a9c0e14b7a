//! The carrier's own tones: ringing, the beep, keys, and a murmur where words are read out.

use std::f64::consts::TAU;

use super::{FRAME, Frame, PER_MS, SILENCE};
use crate::wave::RATE;

/// A ringing telephone is heard for two seconds out of six.
const RINGS_MS: i64 = 2_000;
const RINGS_EVERY_MS: i64 = 6_000;
/// The two tones of ringing.
const RINGING: [f64; 2] = [440.0, 480.0];

const BEEP_HZ: f64 = 1_000.0;
const BEEP_MS: i64 = 500;

/// A key sounds for so long, and is followed by as much silence.
const KEY_MS: i64 = 100;
const ROWS: [f64; 4] = [697.0, 770.0, 852.0, 941.0];
const COLUMNS: [f64; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];
const KEYS: [[char; 4]; 4] = [
    ['1', '2', '3', 'A'],
    ['4', '5', '6', 'B'],
    ['7', '8', '9', 'C'],
    ['*', '0', '#', 'D'],
];

/// A murmured syllable, with the short gap behind it.
const SYLLABLE_MS: i64 = 190;
const GAP_MS: i64 = 40;
/// Between how high and how high it is murmured.
const LOWEST_HZ: f64 = 150.0;
const STEP_HZ: f64 = 10.0;
const PITCHES: u64 = 8;

/// A step of something, from a place in it counted in samples.
fn steps(at: i64, sample: impl Fn(i64) -> f64) -> Frame {
    let mut frame = SILENCE;
    for (number, sounds) in (at..).zip(&mut frame) {
        *sounds = sample(number) as i16;
    }
    frame
}

fn sine(at: i64, hz: f64) -> f64 {
    (at as f64 * hz * TAU / f64::from(RATE)).sin()
}

/// A telephone that rings elsewhere.
pub(super) fn ringback(at: i64) -> Frame {
    steps(at, |at| {
        if at % (RINGS_EVERY_MS * PER_MS) < RINGS_MS * PER_MS {
            RINGING.map(|hz| sine(at, hz) * 3_000.0).iter().sum()
        } else {
            0.0
        }
    })
}

/// The beep before a message.
pub(super) fn beep(at: i64) -> Frame {
    steps(at, |at| {
        if at < BEEP_MS * PER_MS {
            sine(at, BEEP_HZ) * 8_000.0
        } else {
            0.0
        }
    })
}

/// Keys one after the other; `w` and `W` are half a second and a second without a tone.
pub(super) fn keys(keys: &str, at: i64) -> Frame {
    steps(at, |at| {
        let Some((key, since)) = key_at(keys, at) else {
            return 0.0;
        };
        tones_of(key).map_or(0.0, |tones| {
            let is_heard = since < KEY_MS * PER_MS;
            let sum: f64 = tones.iter().map(|hz| sine(since, *hz) * 5_000.0).sum();
            if is_heard { sum } else { 0.0 }
        })
    })
}

/// Which key it is then, and for how many samples already.
fn key_at(keys: &str, at: i64) -> Option<(char, i64)> {
    let mut begins = 0;
    for key in keys.chars() {
        let ms = match key {
            'w' => 500,
            'W' => 1_000,
            _ => 2 * KEY_MS,
        };
        if at < begins + ms * PER_MS {
            return Some((key, at - begins));
        }
        begins += ms * PER_MS;
    }
    None
}

/// The two tones of a key.
fn tones_of(key: char) -> Option<[f64; 2]> {
    let key = key.to_ascii_uppercase();
    KEYS.iter().zip(ROWS).find_map(|(row, low)| {
        let column = row.iter().position(|of_row| *of_row == key)?;
        Some([low, COLUMNS[column]])
    })
}

/// Words as a soft murmur, for as long as they are read: every text sounds a little different and always the same.
pub(super) fn words(text: &str, at: i64) -> Frame {
    let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let syllable = SYLLABLE_MS * PER_MS;
    let sounds_for = (SYLLABLE_MS - GAP_MS) * PER_MS;
    // A step may hold the end of one syllable and the beginning of the next.
    let pitch = |number: i64| {
        let mixed = (seed ^ number.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        STEP_HZ.mul_add(((mixed >> 40) % PITCHES) as f64, LOWEST_HZ)
    };
    let first = at / syllable;
    let (one, next) = (pitch(first), pitch(first + 1));
    debug_assert!(syllable > FRAME as i64);
    steps(at, |at| {
        let (number, since) = (at / syllable, at % syllable);
        if since >= sounds_for {
            return 0.0;
        }
        let hz = if number == first { one } else { next };
        let swell = (std::f64::consts::PI * since as f64 / sounds_for as f64).sin();
        let voice = sine(since, hz) + 0.4 * sine(since, 2.0 * hz) + 0.2 * sine(since, 3.0 * hz);
        voice * swell * 2_500.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{Level, rms, strength};

    fn sound(of: impl Fn(i64) -> Frame, from_ms: i64, ms: i64) -> Vec<i16> {
        (0..ms / 20)
            .flat_map(|step| of(from_ms * PER_MS + step * FRAME as i64))
            .collect()
    }

    #[test]
    fn ringing_is_two_tones_for_two_seconds_out_of_six() {
        for (from_ms, rings) in [
            (0, true),
            (1_500, true),
            (2_000, false),
            (5_500, false),
            (6_000, true),
        ] {
            let sound = sound(ringback, from_ms, 500);

            assert_eq!(rms(&sound) > 1_000.0, rings, "at {from_ms} ms");
            if rings {
                assert!(strength(&sound, 440.0) > 2_500.0);
                assert!(strength(&sound, 480.0) > 2_500.0);
            }
        }
    }

    #[test]
    fn the_beep_is_short() {
        let level = Level::of(&sound(beep, 0, 500));

        assert!((level.peak_hz - BEEP_HZ).abs() < 2.0);
        assert_eq!(Level::of(&sound(beep, 500, 500)), Level::default());
    }

    #[test]
    fn every_key_has_its_two_tones() {
        for (row, low) in KEYS.iter().zip(ROWS) {
            for (key, high) in row.iter().zip(COLUMNS) {
                let text = key.to_string();

                let sound = sound(|at| keys(&text, at), 0, 100);

                let others = ROWS.iter().chain(&COLUMNS);
                for hz in others {
                    let is_heard = strength(&sound, *hz) > 2_500.0;
                    assert_eq!(is_heard, *hz == low || *hz == high, "{key} at {hz}");
                }
            }
        }
    }

    #[test]
    fn keys_come_one_after_the_other_with_their_pauses() {
        let play = |at| keys("1w2", at);

        assert!(rms(&sound(play, 0, 100)) > 1_000.0);
        assert!(rms(&sound(play, 100, 600)) < 1.0);
        assert!(strength(&sound(play, 700, 100), 1_336.0) > 2_500.0);
        assert!(rms(&sound(play, 900, 500)) < 1.0);
    }

    #[test]
    fn words_are_murmured_low_and_each_text_in_its_way() {
        let one = |at| words("Welcome to the office.", at);
        let other = |at| words("Good-bye.", at);

        for from_ms in (0..4_000).step_by(500) {
            let level = Level::of(&sound(one, from_ms, 500));

            assert!((140.0..250.0).contains(&level.peak_hz), "{level:?}");
            assert!((500.0..3_000.0).contains(&level.rms), "{level:?}");
        }
        assert_ne!(sound(one, 0, 2_000), sound(other, 0, 2_000));
        assert_eq!(sound(one, 0, 2_000), sound(one, 0, 2_000));
    }
}
