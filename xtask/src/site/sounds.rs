//! The sounds of the phone, made here: short, soft, 8 kHz, 16 bit, one channel.

use std::f64::consts::TAU;
use std::path::PathBuf;

use super::bundle::Part;

const RATE: u32 = 8_000;

/// Notes of the tempered scale, in hertz.
const C5: f64 = 523.25;
const E5: f64 = 659.26;
const G5: f64 = 783.99;
const A5: f64 = 880.0;
const C6: f64 = 1046.5;

/// How strong a note is at its beginning; as many as sound together here stay below 1.
const LOUD: f64 = 0.32;
const SOFT: f64 = 0.2;

/// A struck note: it begins at once and dies away.
struct Note {
    at_ms: u32,
    hz: f64,
    gain: f64,
    /// After this time it has a third of its strength.
    fades_ms: f64,
}

/// Every sound under the name by which the SDK knows it, and one for trying a loudspeaker.
pub(super) fn parts() -> Vec<Part> {
    let mut sounds = vec![
        ("incoming".to_owned(), incoming()),
        ("outgoing".to_owned(), step(C5, G5)),
        ("disconnect".to_owned(), step(G5, C5)),
        ("test".to_owned(), test()),
    ];
    sounds.extend(KEYS.map(|(key, low, high)| (format!("dtmf{key}"), tones(low, high))));
    sounds
        .into_iter()
        .map(|(name, samples)| Part {
            path: PathBuf::from(format!("sdk/sounds/{name}.wav")),
            content: wav(&samples),
        })
        .collect()
}

/// The two tones of each key, as every telephone has them; `s` is the star, `h` the hash.
const KEYS: [(char, f64, f64); 12] = [
    ('1', 697.0, 1209.0),
    ('2', 697.0, 1336.0),
    ('3', 697.0, 1477.0),
    ('4', 770.0, 1209.0),
    ('5', 770.0, 1336.0),
    ('6', 770.0, 1477.0),
    ('7', 852.0, 1209.0),
    ('8', 852.0, 1336.0),
    ('9', 852.0, 1477.0),
    ('s', 941.0, 1209.0),
    ('0', 941.0, 1336.0),
    ('h', 941.0, 1477.0),
];

/// Two short figures and a rest; the SDK repeats it until somebody answers.
fn incoming() -> Vec<f64> {
    let figure = [(0, E5), (140, A5), (280, C6), (420, A5)];
    let notes: Vec<Note> = [0, 700]
        .iter()
        .flat_map(|start| figure.map(|(at_ms, hz)| note(start + at_ms, hz, LOUD)))
        .collect();
    strike(&notes, 2_600)
}

/// Upwards when a call is made, downwards when it is over.
fn step(first: f64, second: f64) -> Vec<f64> {
    strike(&[note(0, first, SOFT), note(130, second, SOFT)], 520)
}

/// Long enough to find out which loudspeaker it comes from.
fn test() -> Vec<f64> {
    let notes = [(0, C5), (220, E5), (440, G5), (660, C6)];
    strike(&notes.map(|(at_ms, hz)| note(at_ms, hz, LOUD)), 1_600)
}

fn note(at_ms: u32, hz: f64, gain: f64) -> Note {
    Note {
        at_ms,
        hz,
        gain,
        fades_ms: 110.0,
    }
}

fn strike(notes: &[Note], long_ms: u32) -> Vec<f64> {
    faded((0..samples_in(long_ms)).map(|sample| {
        let at = seconds(sample);
        notes.iter().map(|note| note.heard(at)).sum()
    }))
}

impl Note {
    /// A fundamental with a little of its octave and its twelfth, as of a wooden bar.
    fn heard(&self, at: f64) -> f64 {
        let since = at - f64::from(self.at_ms) / 1_000.0;
        if since < 0.0 {
            return 0.0;
        }
        let begins = (since / 0.004).min(1.0);
        let fades = (-since * 1_000.0 / self.fades_ms).exp();
        let wave = |times: f64| (TAU * self.hz * times * since).sin();
        self.gain * begins * fades * (wave(1.0) + 0.25 * wave(2.0) + 0.1 * wave(3.0)) / 1.35
    }
}

fn tones(low: f64, high: f64) -> Vec<f64> {
    faded((0..samples_in(140)).map(|sample| {
        let at = seconds(sample);
        0.15 * ((TAU * low * at).sin() + (TAU * high * at).sin())
    }))
}

/// Lets the ends rise and fall within a few milliseconds, so that nothing clicks.
fn faded(samples: impl ExactSizeIterator<Item = f64>) -> Vec<f64> {
    let ends = samples_in(6);
    let count = u32::try_from(samples.len()).expect("a sound is short");
    (0..count)
        .zip(samples)
        .map(|(place, sample)| {
            let from_end = place.min(count - 1 - place).min(ends);
            sample * f64::from(from_end) / f64::from(ends)
        })
        .collect()
}

fn samples_in(ms: u32) -> u32 {
    ms * RATE / 1_000
}

fn seconds(sample: u32) -> f64 {
    f64::from(sample) / f64::from(RATE)
}

fn wav(samples: &[f64]) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|sample| level(*sample).to_le_bytes())
        .collect();
    let length = u32::try_from(data.len()).expect("a sound is short");
    let mut file = Vec::with_capacity(44 + data.len());
    file.extend(b"RIFF");
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes()); // PCM
    file.extend(1_u16.to_le_bytes()); // one channel
    file.extend(RATE.to_le_bytes());
    file.extend((2 * RATE).to_le_bytes()); // bytes a second
    file.extend(2_u16.to_le_bytes()); // bytes a sample
    file.extend(16_u16.to_le_bytes()); // bits a sample
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(data);
    file
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is not within a sample's range is cut there, as a cast of floats does"
)]
fn level(sample: f64) -> i16 {
    (sample * f64::from(i16::MAX)).round() as i16
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn there_is_a_sound_for_every_name_of_the_sdk() {
        let names: Vec<String> = parts()
            .iter()
            .map(|part| part.path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();

        for name in ["incoming", "outgoing", "disconnect", "test"] {
            assert!(names.iter().any(|found| found == name), "{name}");
        }
        for key in "0123456789sh".chars() {
            assert!(names.contains(&format!("dtmf{key}")), "{key}");
        }
    }

    #[test]
    fn every_sound_can_be_heard_and_neither_clips_nor_clicks() {
        for (name, samples) in sounds() {
            let most = samples
                .iter()
                .map(|sample| sample.abs())
                .fold(0.0, f64::max);

            assert!((0.1..0.9).contains(&most), "{name} goes up to {most}");
            assert!(samples[0].abs() < 0.01, "{name} begins at once");
            assert!(
                samples[samples.len() - 1].abs() < 0.01,
                "{name} ends at once"
            );
        }
    }

    #[test]
    fn a_file_says_truly_how_long_it_is() {
        for part in parts() {
            let content = &part.content;
            let number = |at: usize| u32::from_le_bytes(content[at..at + 4].try_into().unwrap());

            assert_eq!(&content[..4], b"RIFF");
            assert_eq!(number(4) as usize, content.len() - 8);
            assert_eq!(number(24), RATE);
            assert_eq!(number(40) as usize, content.len() - 44);
        }
    }

    #[test]
    fn a_key_sounds_with_its_own_two_tones() {
        let sounds = sounds();
        let tones: Vec<f64> = [697.0, 770.0, 852.0, 941.0, 1209.0, 1336.0, 1477.0].into();
        for (key, low, high) in KEYS {
            let samples = &sounds[&format!("dtmf{key}")];
            let mut strongest = tones.clone();
            strongest.sort_by(|one, other| {
                strength(samples, *other).total_cmp(&strength(samples, *one))
            });
            strongest.truncate(2);
            strongest.sort_by(f64::total_cmp);

            assert_eq!(strongest, [low, high], "{key}");
        }
    }

    /// The samples as they stand in the files.
    fn sounds() -> BTreeMap<String, Vec<f64>> {
        parts()
            .into_iter()
            .map(|part| {
                let name = part.path.file_stem().unwrap().to_str().unwrap().to_owned();
                let samples = part.content[44..]
                    .chunks_exact(2)
                    .map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_767.0)
                    .collect();
                (name, samples)
            })
            .collect()
    }

    /// How much of a frequency there is, as one term of a Fourier sum.
    fn strength(samples: &[f64], hz: f64) -> f64 {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (sample, value) in (0_u32..).zip(samples) {
            let turn = TAU * hz * seconds(sample);
            real += value * turn.cos();
            imaginary += value * turn.sin();
        }
        real.hypot(imaginary)
    }
}
