//! Chance from a seed: the same seed makes the same callers and the same offices.

/// A sequence that looks like chance (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `least` up to, not including, `end`.
    pub(crate) fn between(&mut self, least: u32, end: u32) -> u32 {
        let width = u64::from(end.saturating_sub(least).max(1));
        least + u32::try_from(self.next() % width).unwrap_or_default()
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(crate) fn strikes(&mut self, per_cent: u32) -> bool {
        self.between(0, 100) < per_cent
    }

    pub(crate) fn one_of<T: Copy, const N: usize>(&mut self, things: [T; N]) -> T {
        let count = u64::try_from(N).unwrap_or(u64::MAX);
        things[usize::try_from(self.next() % count).unwrap_or_default()]
    }
}
