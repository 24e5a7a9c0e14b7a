//! The pace of sound: a step every 20 ms of the machine's clock. The one place here that reads or awaits time.

use std::time::{Duration, Instant};

use crate::mix::STEP_MS;

/// A step that begins so much later than it should have is late.
const LATE: Duration = Duration::from_millis(10);
/// What is more behind than so many steps is left out.
const MOST_BEHIND: u32 = 12;

/// How the steps kept time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Steps that were mixed.
    pub steps: u64,
    /// Those of them that began more than 10 ms late.
    pub late: u64,
    /// Steps that were left out, because the machine was too far behind.
    pub left_out: u64,
    /// How long all steps together took, in microseconds.
    pub mixed_us: u64,
}

/// Says when the next step is.
#[derive(Debug)]
pub(super) struct Metronome {
    next: Instant,
    pub(super) pace: Pace,
}

impl Metronome {
    pub(super) fn new() -> Self {
        Self {
            next: now(),
            pace: Pace::default(),
        }
    }

    /// Waits for the next step. Steps that the machine was too busy for follow quickly.
    pub(super) async fn tick(&mut self) {
        let step = Duration::from_millis(STEP_MS.unsigned_abs());
        wait_until(self.next).await;
        let behind = now().saturating_duration_since(self.next);
        if behind > LATE {
            self.pace.late += 1;
        }
        self.pace.steps += 1;
        self.next += step;
        if behind > step * MOST_BEHIND {
            let left_out = behind.as_millis() / step.as_millis();
            self.pace.left_out += u64::try_from(left_out).unwrap_or(u64::MAX);
            self.next = now() + step;
        }
    }

    /// Counts what a step took.
    pub(super) fn mixed(&mut self, since: Instant) {
        let took = now().saturating_duration_since(since).as_micros();
        self.pace.mixed_us += u64::try_from(took).unwrap_or(u64::MAX);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "sound goes by the machine's clock, whatever the calls go by"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

#[expect(
    clippy::disallowed_methods,
    reason = "sound goes by the machine's clock, whatever the calls go by"
)]
pub(super) async fn wait_until(moment: Instant) {
    tokio::time::sleep_until(moment.into()).await;
}
