//! Silence as a WAV file: 16-bit PCM at 8,000 samples a second, as long as a recording.

/// Samples in a second, on each channel.
const RATE: u32 = 8_000;
const BYTES_PER_SAMPLE: u32 = 2;
const HEADER: u32 = 44;

/// A WAV file of silence. The length is in milliseconds; what a WAV file cannot hold is cut off.
#[must_use]
pub fn silence(length_ms: i64, channels: u8) -> Vec<u8> {
    let channels = u32::from(channels.clamp(1, 2));
    let frame = channels * BYTES_PER_SAMPLE;
    let most_frames = (u32::MAX - HEADER) / frame;
    let wanted = length_ms.max(0).saturating_mul(i64::from(RATE)) / 1_000;
    let frames = u32::try_from(wanted).unwrap_or(u32::MAX).min(most_frames);
    let content = frames * frame;

    let mut file = Vec::with_capacity((HEADER + content) as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(HEADER - 8 + content).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&short(channels));
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&(RATE * frame).to_le_bytes());
    file.extend_from_slice(&short(frame));
    file.extend_from_slice(&short(BYTES_PER_SAMPLE * 8));
    file.extend_from_slice(b"data");
    file.extend_from_slice(&content.to_le_bytes());
    file.resize((HEADER + content) as usize, 0);
    file
}

/// The low half of a number, which holds all of it here.
const fn short(number: u32) -> [u8; 2] {
    let [low, high, _, _] = number.to_le_bytes();
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_long_as_it_should_be() {
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
}
