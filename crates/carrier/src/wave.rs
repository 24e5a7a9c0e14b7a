//! WAV files: how long one is, its sound as samples, and sound written as one.

/// Samples in a second of everything that the carrier plays and hears.
pub const RATE: u32 = 8_000;

const HEADER: u32 = 44;
const PCM: u16 = 1;
const MU_LAW: u16 = 7;
/// The form in which a file names its real one further on.
const EXTENSIBLE: u16 = 0xfffe;
/// A file cannot claim more samples a second than the best sound cards make.
const MOST_RATE: u32 = 384_000;

/// How long a WAV file sounds, in milliseconds; nothing for what is no WAV file that can be played.
#[must_use]
pub fn length_ms(file: &[u8]) -> Option<i64> {
    let wave = Wave::read(file)?;
    i64::try_from(wave.frames() as u64 * 1_000 / u64::from(wave.rate)).ok()
}

/// The sound of a WAV file, its channels mixed into one, at 8,000 samples a second.
///
/// PCM of 8, 16, 24 and 32 bits and µ-law are understood; nothing for what is no WAV file that can be played.
#[must_use]
pub fn samples(file: &[u8]) -> Option<Vec<i16>> {
    let wave = Wave::read(file)?;
    let mono: Vec<i16> = wave
        .content
        .chunks_exact(wave.frame_bytes())
        .map(|frame| wave.mixed(frame))
        .collect();
    Some(resampled(&mono, wave.rate))
}

/// A WAV file of 16-bit PCM at 8,000 samples a second, with as many channels as are given, one or two. A channel that is
/// shorter than the other ends in silence; what a WAV file cannot hold is cut off.
#[must_use]
pub fn write(channels: &[Vec<i16>]) -> Vec<u8> {
    let channels = &channels[..channels.len().min(2)];
    let count: u16 = if channels.len() < 2 { 1 } else { 2 };
    let longest = channels.iter().map(Vec::len).max().unwrap_or_default();
    let frames = frames_that_fit(longest as u64, count);
    let mut file = begun(frames, count);
    for at in 0..frames as usize {
        for channel in channels {
            let sample = channel.get(at).copied().unwrap_or_default();
            file.extend_from_slice(&sample.to_le_bytes());
        }
    }
    file
}

/// A file of silence in the same form. The length is in milliseconds; there are one or two channels.
#[must_use]
pub fn silence(length_ms: i64, channels: u8) -> Vec<u8> {
    let count = u16::from(channels.clamp(1, 2));
    let ms = u64::try_from(length_ms).unwrap_or(0);
    let wanted = ms.saturating_mul(u64::from(RATE)) / 1_000;
    let frames = frames_that_fit(wanted, count);
    let mut file = begun(frames, count);
    file.resize(file.len() + frames as usize * usize::from(count) * 2, 0);
    file
}

/// How many frames of so many a file can hold.
fn frames_that_fit(wanted: u64, channels: u16) -> u32 {
    let most = (u32::MAX - HEADER) / (u32::from(channels) * 2);
    u32::try_from(wanted).unwrap_or(u32::MAX).min(most)
}

/// The beginning of a file, up to its samples.
fn begun(frames: u32, channels: u16) -> Vec<u8> {
    let frame = channels * 2;
    let content = frames * u32::from(frame);
    let mut file = Vec::with_capacity((HEADER + content) as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(HEADER - 8 + content).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&PCM.to_le_bytes());
    file.extend_from_slice(&channels.to_le_bytes());
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&(RATE * u32::from(frame)).to_le_bytes());
    file.extend_from_slice(&frame.to_le_bytes());
    file.extend_from_slice(&16_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&content.to_le_bytes());
    file
}

/// A sample as µ-law (ITU-T G.711).
#[must_use]
pub const fn to_mu_law(sample: i16) -> u8 {
    const BIAS: u16 = 0x84;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.unsigned_abs();
    let clipped = if magnitude > 32_635 {
        32_635
    } else {
        magnitude
    };
    let biased = clipped + BIAS;
    // The bias puts the highest bit that is set at 7 or above.
    let segment = (8 - biased.leading_zeros()) as u8;
    let step = ((biased >> (segment + 3)) & 0x0f) as u8;
    !(sign | (segment << 4) | step)
}

/// The sample that a byte of µ-law stands for.
#[must_use]
pub const fn from_mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((((byte & 0x0f) as i16) << 3) + 0x84) << ((byte & 0x70) >> 4);
    if byte & 0x80 == 0 {
        magnitude - 0x84
    } else {
        0x84 - magnitude
    }
}

/// How a sample is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Pcm { bytes: u16 },
    MuLaw,
}

/// What a file says of itself, and its sound as it stands there.
#[derive(Debug)]
struct Wave<'a> {
    form: Form,
    channels: u16,
    rate: u32,
    content: &'a [u8],
}

impl<'a> Wave<'a> {
    fn read(file: &'a [u8]) -> Option<Self> {
        if file.get(..4)? != b"RIFF" || file.get(8..12)? != b"WAVE" {
            return None;
        }
        let mut rest = &file[12..];
        let mut told = None;
        loop {
            let name = rest.get(..4)?;
            let length = u32_at(rest, 4)? as usize;
            let body = &rest[8..];
            // A file that was written while it was sent does not know how long it became.
            let chunk = &body[..length.min(body.len())];
            match name {
                b"fmt " => told = Some(Self::told(chunk)?),
                b"data" => {
                    let (form, channels, rate) = told?;
                    return Some(Self {
                        form,
                        channels,
                        rate,
                        content: chunk,
                    });
                }
                _ => {}
            }
            let padded = length.checked_add(length % 2)?;
            rest = body.get(padded..)?;
        }
    }

    fn told(chunk: &[u8]) -> Option<(Form, u16, u32)> {
        let tag = match u16_at(chunk, 0)? {
            EXTENSIBLE => u16_at(chunk, 24)?,
            tag => tag,
        };
        let channels = u16_at(chunk, 2)?;
        let rate = u32_at(chunk, 4)?;
        let bits = u16_at(chunk, 14)?;
        let form = match (tag, bits) {
            (PCM, 8 | 16 | 24 | 32) => Form::Pcm { bytes: bits / 8 },
            (MU_LAW, 8) => Form::MuLaw,
            _ => return None,
        };
        let can_be_played = (1..=16).contains(&channels) && (1..=MOST_RATE).contains(&rate);
        can_be_played.then_some((form, channels, rate))
    }

    fn sample_bytes(&self) -> usize {
        match self.form {
            Form::Pcm { bytes } => usize::from(bytes),
            Form::MuLaw => 1,
        }
    }

    fn frame_bytes(&self) -> usize {
        self.sample_bytes() * usize::from(self.channels)
    }

    fn frames(&self) -> usize {
        self.content.len() / self.frame_bytes()
    }

    fn mixed(&self, frame: &[u8]) -> i16 {
        let samples = frame.chunks_exact(self.sample_bytes());
        let sum: i32 = samples.map(|sample| i32::from(self.sample(sample))).sum();
        clamped(sum / i32::from(self.channels))
    }

    fn sample(&self, bytes: &[u8]) -> i16 {
        match (self.form, bytes) {
            (Form::MuLaw, [byte, ..]) => from_mu_law(*byte),
            // Eight bits are written without a sign, more with one; of more than sixteen the highest count.
            (Form::Pcm { bytes: 1 }, [byte]) => (i16::from(*byte) - 128) << 8,
            (Form::Pcm { .. }, [.., low, high]) => i16::from_le_bytes([*low, *high]),
            (Form::MuLaw | Form::Pcm { .. }, _) => 0,
        }
    }
}

/// At 8,000 samples a second: what is higher than such sound can hold is averaged away, and what lies between two samples
/// is on the line between them.
fn resampled(from: &[i16], rate: u32) -> Vec<i16> {
    if rate == RATE || from.is_empty() {
        return from.to_vec();
    }
    let (rate, to) = (u64::from(rate), u64::from(RATE));
    let length = from.len() as u64;
    let at = |place: u64| i64::from(from[usize::try_from(place.min(length - 1)).unwrap_or(0)]);
    (0..length * to / rate)
        .map(|number| {
            let begins = number * rate;
            let place = begins / to;
            if rate > to {
                let ends = ((begins + rate) / to).clamp(place + 1, length);
                let sum: i64 = (place..ends).map(at).sum();
                let count = i64::try_from(ends - place).unwrap_or(i64::MAX);
                i16::try_from(sum / count).unwrap_or_default()
            } else {
                let part = i64::try_from(begins % to).unwrap_or_default();
                let (one, next) = (at(place), at(place + 1));
                i16::try_from(one + (next - one) * part / i64::from(RATE)).unwrap_or_default()
            }
        })
        .collect()
}

fn clamped(sum: i32) -> i16 {
    i16::try_from(sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX))).unwrap_or_default()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let sound = vec![0, 1, -1, i16::MAX, i16::MIN, 12_345];

        let file = write(std::slice::from_ref(&sound));

        assert_eq!(samples(&file), Some(sound));
        assert_eq!(length_ms(&write(&[vec![0; 12_000]])), Some(1_500));
    }

    #[test]
    fn silence_is_as_long_as_it_should_be() {
        for (ms, channels, bytes) in [
            (1_000, 1, 16_000),
            (1_500, 2, 48_000),
            (0, 1, 0),
            (-5, 2, 0),
        ] {
            let file = silence(ms, channels);

            assert_eq!(file.len(), 44 + bytes, "{ms} ms on {channels}");
            assert_eq!(file[40..44], u32::try_from(bytes).unwrap().to_le_bytes());
            assert_eq!(file[4..8], u32::try_from(36 + bytes).unwrap().to_le_bytes());
        }
    }

    #[test]
    fn the_header_tells_the_form() {
        let file = silence(1, 2);

        assert_eq!(&file[..4], b"RIFF");
        assert_eq!(&file[8..16], b"WAVEfmt ");
        assert_eq!(file[20..24], [1, 0, 2, 0]);
        assert_eq!(file[24..32], [0x40, 0x1f, 0, 0, 0x00, 0x7d, 0, 0]);
        assert_eq!(file[32..36], [4, 0, 16, 0]);
    }

    #[test]
    fn two_channels_are_mixed_into_one_and_the_shorter_ends_in_silence() {
        let file = write(&[vec![1_000, 1_000], vec![3_000]]);

        assert_eq!(file[22..24], [2, 0]);
        assert_eq!(samples(&file), Some(vec![2_000, 500]));
    }

    #[test]
    fn other_forms_are_understood() {
        let cases: [(u16, u16, &[u8], &[i16]); 5] = [
            (PCM, 8, &[128, 255, 0], &[0, 32_512, -32_768]),
            (PCM, 16, &[0, 0, 0xff, 0x7f], &[0, 32_767]),
            (PCM, 24, &[9, 0, 1, 9, 0, 0xff], &[256, -256]),
            (PCM, 32, &[9, 9, 0, 1], &[256]),
            (MU_LAW, 8, &[0xff, 0x80, 0x00], &[0, 32_124, -32_124]),
        ];

        for (tag, bits, content, sound) in cases {
            let file = file(tag, 1, RATE, bits, content);

            assert_eq!(samples(&file).as_deref(), Some(sound), "{tag} {bits}");
        }
    }

    #[test]
    fn other_rates_keep_their_length_and_their_pitch() {
        for rate in [4_000, 11_025, 16_000, 22_050, 44_100, 48_000] {
            let tone: Vec<u8> = (0..rate)
                .map(|at| (f64::from(at) / f64::from(rate) * 440.0 * std::f64::consts::TAU).sin())
                .flat_map(|value| ((value * 8_000.0) as i16).to_le_bytes())
                .collect();
            let file = file(PCM, 1, rate, 16, &tone);

            let sound = samples(&file).expect("it is a WAV file");

            assert_eq!(length_ms(&file), Some(1_000), "{rate}");
            assert_eq!(sound.len(), 8_000, "{rate}");
            let rises = sound
                .windows(2)
                .filter(|two| two[0] < 0 && two[1] >= 0)
                .count();
            assert!((438..=440).contains(&rises), "{rate}: {rises}");
        }
    }

    #[test]
    fn what_stands_between_the_header_and_the_sound_is_skipped() {
        let mut with_list = write(&[vec![7, 8]]);
        with_list.splice(36..36, *b"LIST\x03\x00\x00\x00abc\x00");

        assert_eq!(samples(&with_list), Some(vec![7, 8]));
    }

    #[test]
    fn a_file_that_was_cut_off_sounds_as_far_as_it_goes() {
        let mut file = write(&[vec![5; 100]]);
        file.truncate(44 + 50);

        assert_eq!(samples(&file), Some(vec![5; 25]));
    }

    #[test]
    fn what_is_no_wave_file_has_no_length() {
        for bytes in [
            b"".as_slice(),
            b"RIFF",
            b"ID3\x04 an mp3",
            &file(PCM, 0, RATE, 16, &[0; 4]),
            &file(PCM, 1, 0, 16, &[0; 4]),
            &file(PCM, 1, RATE, 12, &[0; 4]),
            &file(6, 1, RATE, 8, &[0; 4]),
        ] {
            assert_eq!((length_ms(bytes), samples(bytes)), (None, None));
        }
    }

    #[test]
    fn mu_law_there_and_back_is_the_same_byte() {
        for byte in 0..=u8::MAX {
            let again = to_mu_law(from_mu_law(byte));

            // Nothing is written in two ways.
            assert!(again == byte || from_mu_law(byte) == 0, "{byte}");
        }
    }

    proptest! {
        #[test]
        fn mu_law_is_close(sample: i16) {
            let heard = i32::from(from_mu_law(to_mu_law(sample)));

            let off = (heard - i32::from(sample)).abs();
            prop_assert!(off <= i32::from(sample).abs() / 16 + 8 + 600 * i32::from(sample.unsigned_abs() > 32_000), "{sample} as {heard}");
        }

        #[test]
        fn nothing_that_is_sent_can_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut file = write(&[vec![1; 20]]);
            let end = file.len().min(bytes.len());
            for (at, byte) in bytes[..end].iter().enumerate().filter(|(at, _)| at % 7 == 3) {
                file[at] = *byte;
            }

            prop_assert_eq!(samples(&file).is_some(), length_ms(&file).is_some());
            prop_assert_eq!(samples(&bytes).is_some(), length_ms(&bytes).is_some());
        }
    }

    fn file(tag: u16, channels: u16, rate: u32, bits: u16, content: &[u8]) -> Vec<u8> {
        let mut file = write(&[]);
        file[20..22].copy_from_slice(&tag.to_le_bytes());
        file[22..24].copy_from_slice(&channels.to_le_bytes());
        file[24..28].copy_from_slice(&rate.to_le_bytes());
        file[34..36].copy_from_slice(&bits.to_le_bytes());
        let length = u32::try_from(content.len()).expect("it is short");
        file[40..44].copy_from_slice(&length.to_le_bytes());
        file.extend_from_slice(content);
        file
    }
}
