//! Sound as it arrives over a network, evened out: a little is held back so that a step rarely goes without.

use std::collections::VecDeque;

use super::{FRAME, Frame};

/// What is held before it begins to play, and again after it ran dry: 40 ms.
const BEGINS_AT: usize = 2 * FRAME;
/// More is never held: 240 ms.
const MOST: usize = 12 * FRAME;
/// Over so many steps, what never was needed is found; then a step of it is left out. Two seconds.
const WATCHED: u32 = 100;

/// A buffer between a network and the steps of a mixer.
#[derive(Clone, Debug, Default)]
pub struct Jitter {
    held: VecDeque<i16>,
    plays: bool,
    /// The least that was held after a step, and of how many steps.
    least: usize,
    steps: u32,
}

impl Jitter {
    /// Takes in what has arrived. Of too much the oldest is lost.
    pub fn put(&mut self, samples: impl IntoIterator<Item = i16>) {
        self.held.extend(samples);
        if self.held.len() > MOST {
            let too_much = self.held.len() - BEGINS_AT;
            self.held.drain(..too_much);
        }
    }

    /// The next step; nothing while there is not enough.
    pub fn step(&mut self) -> Option<Frame> {
        self.plays = if self.plays {
            self.held.len() >= FRAME
        } else {
            self.held.len() >= BEGINS_AT
        };
        if !self.plays {
            self.watch_anew();
            return None;
        }
        let mut frame = [0; FRAME];
        for (sample, held) in frame.iter_mut().zip(self.held.drain(..FRAME)) {
            *sample = held;
        }
        self.least = self.least.min(self.held.len());
        self.steps += 1;
        if self.steps == WATCHED {
            // Two steps too many were there all the time: the other side's clock is faster, or a burst has come.
            if self.least > BEGINS_AT {
                self.held.drain(..FRAME);
            }
            self.watch_anew();
        }
        Some(frame)
    }

    /// How many samples are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    const fn watch_anew(&mut self) {
        self.least = usize::MAX;
        self.steps = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_played_before_two_steps_are_there() {
        let mut jitter = Jitter::default();

        jitter.put([1; FRAME]);
        assert_eq!(jitter.step(), None);
        jitter.put([2; FRAME]);

        assert_eq!(jitter.step(), Some([1; FRAME]));
        assert_eq!(jitter.step(), Some([2; FRAME]));
        assert_eq!(jitter.step(), None);
    }

    #[test]
    fn what_comes_late_by_less_than_it_holds_is_not_missed() {
        let mut jitter = Jitter::default();
        jitter.put([1; 2 * FRAME]);

        let mut missed = 0;
        for step in 0..300 {
            missed += usize::from(jitter.step().is_none());
            // Two at once, every second step.
            if step % 2 == 1 {
                jitter.put([1; 2 * FRAME]);
            }
        }

        assert_eq!(missed, 0);
    }

    #[test]
    fn a_burst_is_worked_off() {
        let mut jitter = Jitter::default();
        jitter.put([1; 10 * FRAME]);

        for _ in 0..2_000 {
            jitter.step();
            jitter.put([1; FRAME]);
        }

        assert!(jitter.held() <= 4 * FRAME, "{}", jitter.held());
    }

    proptest! {
        #[test]
        fn never_more_than_240_ms_is_held_and_order_is_kept(puts in proptest::collection::vec((0..900_usize, 0..4_usize), 1..60)) {
            let mut jitter = Jitter::default();
            let (mut next, mut last) = (1, 0);

            for (put, steps) in puts {
                jitter.put(next..next + i16::try_from(put % 500).unwrap());
                next += i16::try_from(put % 500).unwrap();
                prop_assert!(jitter.held() <= MOST);
                for frame in (0..steps).filter_map(|_| jitter.step()) {
                    prop_assert!(frame.windows(2).all(|two| two[0] < two[1]));
                    prop_assert!(frame[0] > last);
                    last = frame[FRAME - 1];
                }
            }
        }
    }
}
