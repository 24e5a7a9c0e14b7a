//! What recordings have taken down, within bounds.

use std::collections::{BTreeMap, VecDeque};

use super::Frame;
use crate::engine::RecordingSid;
use crate::wave;

/// A recording takes down no more than four hours of each channel.
const LONGEST: usize = 4 * 3_600 * wave::RATE as usize;
/// All recordings together: nine hours of one channel. The oldest go first.
const MOST: usize = 9 * 3_600 * wave::RATE as usize;

/// Recordings that run or are over. Sound is kept as µ-law, a byte a sample.
#[derive(Clone, Debug)]
pub struct Tapes {
    longest: usize,
    most: usize,
    tapes: BTreeMap<RecordingSid, Vec<Vec<u8>>>,
    /// In the order in which they began.
    began: VecDeque<RecordingSid>,
    bytes: usize,
}

impl Default for Tapes {
    fn default() -> Self {
        Self::with(LONGEST, MOST)
    }
}

impl Tapes {
    const fn with(longest: usize, most: usize) -> Self {
        Self {
            longest,
            most,
            tapes: BTreeMap::new(),
            began: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Takes down the next step of a recording, channel by channel.
    pub fn take(&mut self, sid: &RecordingSid, channels: &[Frame]) {
        if !self.tapes.contains_key(sid) {
            self.began.push_back(sid.clone());
            self.tapes
                .insert(sid.clone(), vec![Vec::new(); channels.len()]);
        }
        let Some(tape) = self.tapes.get_mut(sid) else {
            return;
        };
        for (tape, frame) in tape.iter_mut().zip(channels) {
            if tape.len() < self.longest {
                tape.extend(frame.iter().map(|sample| wave::to_mu_law(*sample)));
                self.bytes += frame.len();
            }
        }
        while self.bytes > self.most
            && let Some(oldest) = self.began.front().cloned()
        {
            self.forget(&oldest);
        }
    }

    /// A recording as a WAV file, as far as it has come; nothing for one that nothing was taken down of.
    #[must_use]
    pub fn wave(&self, sid: &RecordingSid) -> Option<Vec<u8>> {
        let tape = self.tapes.get(sid)?;
        let channels: Vec<Vec<i16>> = tape
            .iter()
            .map(|channel| {
                channel
                    .iter()
                    .map(|byte| wave::from_mu_law(*byte))
                    .collect()
            })
            .collect();
        Some(wave::write(&channels))
    }

    /// Gives up a recording.
    pub fn forget(&mut self, sid: &RecordingSid) {
        self.began.retain(|began| began != sid);
        if let Some(tape) = self.tapes.remove(sid) {
            self.bytes -= tape.iter().map(Vec::len).sum::<usize>();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sid(number: usize) -> RecordingSid {
        RecordingSid::parse(&format!("RE{number:032x}")).unwrap()
    }

    #[test]
    fn each_channel_is_taken_down_by_itself() {
        let mut tapes = Tapes::default();

        tapes.take(&sid(1), &[[0; 160], [988; 160]]);
        tapes.take(&sid(1), &[[988; 160], [0; 160]]);

        let file = tapes.wave(&sid(1)).expect("there is a recording");
        assert_eq!(file[22], 2);
        assert_eq!(wave::length_ms(&file), Some(40));
        assert_eq!(wave::samples(&file), Some(vec![494; 320]));
        assert_eq!(tapes.wave(&sid(2)), None);
    }

    #[test]
    fn of_too_many_the_oldest_are_given_up_and_the_longest_end() {
        let mut tapes = Tapes::with(1_600, 4_000);

        for number in 0..3 {
            for _ in 0..20 {
                tapes.take(&sid(number), &[[7; 160]]);
            }
        }

        assert_eq!(tapes.wave(&sid(0)), None);
        for number in 1..3 {
            let kept = tapes.wave(&sid(number)).expect("the latest are kept");
            assert_eq!(wave::length_ms(&kept), Some(200));
        }
    }

    #[test]
    fn what_is_forgotten_leaves_nothing() {
        let mut tapes = Tapes::default();
        tapes.take(&sid(1), &[[1; 160]]);

        tapes.forget(&sid(1));

        assert_eq!((tapes.bytes, tapes.began.len()), (0, 0));
        assert_eq!(tapes.wave(&sid(1)), None);
    }
}
