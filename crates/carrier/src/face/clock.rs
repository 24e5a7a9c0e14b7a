//! The two clocks: the machine's, and one that is moved by hand. The one place that reads or awaits time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::engine::Time;

/// Which clock a carrier goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
pub enum ClockKind {
    /// The machine's.
    #[default]
    Real,
    /// One that stands still until it is moved.
    Manual {
        /// Where it stands in the beginning.
        start: Time,
    },
}

/// What time it is.
#[derive(Clone, Debug)]
pub(super) enum Clock {
    Real,
    Manual(Arc<watch::Sender<Time>>),
}

impl Clock {
    pub(super) fn new(kind: ClockKind) -> Self {
        match kind {
            ClockKind::Real => Self::Real,
            ClockKind::Manual { start } => Self::Manual(Arc::new(watch::Sender::new(start))),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the carrier's one place that reads the machine's clock"
    )]
    pub(super) fn now(&self) -> Time {
        match self {
            Self::Real => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                Time(since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
            }
            Self::Manual(now) => *now.borrow(),
        }
    }

    /// Moves a manual clock to `to`, never back; the machine's clock does not listen.
    pub(super) fn set(&self, to: Time) {
        match self {
            Self::Real => {}
            Self::Manual(now) => {
                now.send_if_modified(|now| {
                    let is_later = to > *now;
                    *now = to.max(*now);
                    is_later
                });
            }
        }
    }

    pub(super) const fn is_manual(&self) -> bool {
        match self {
            Self::Real => false,
            Self::Manual(_) => true,
        }
    }

    /// How many wait for a manual clock to be moved.
    pub(super) fn waiting(&self) -> usize {
        match self {
            Self::Real => 0,
            Self::Manual(now) => now.receiver_count(),
        }
    }

    /// Waits until `until`.
    #[expect(
        clippy::disallowed_methods,
        reason = "the carrier's one place that waits for time to pass"
    )]
    pub(super) async fn wait_until(&self, until: Time) {
        match self {
            Self::Real => {
                let left = u64::try_from(until.0.saturating_sub(self.now().0)).unwrap_or(0);
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Self::Manual(now) => {
                // The sender lives in `self`, so the channel cannot end.
                let _ = now.subscribe().wait_for(|now| *now >= until).await;
            }
        }
    }
}

/// How long something takes on the machine's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the carrier's one place that reads the machine's clock"
    )]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the carrier's one place that reads the machine's clock"
    )]
    pub(super) fn elapsed(self) -> Duration {
        Instant::now().duration_since(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_never_goes_back() {
        let clock = Clock::new(ClockKind::Manual { start: Time(1_000) });

        clock.set(Time(2_000));
        clock.set(Time(1_500));

        assert_eq!(clock.now(), Time(2_000));
    }

    #[tokio::test]
    async fn waiting_on_a_manual_clock_ends_when_it_is_moved() {
        let clock = Clock::new(ClockKind::Manual { start: Time(0) });
        let waiting = clock.wait_until(Time(60_000));

        clock.set(Time(60_000));

        waiting.await;
    }
}
