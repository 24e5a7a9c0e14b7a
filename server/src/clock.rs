//! The one clock: what time it is, and waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use exchange::Moment;
use tokio::sync::Notify;

/// What time it is: the machine's time, or one that a test moves by hand.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Real,
    Manual(Arc<Manual>),
}

#[derive(Debug)]
struct Manual {
    now: AtomicI64,
    moved: Notify,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn real() -> Self {
        Self(Kind::Real)
    }

    /// A clock that stands at `start` until it is moved.
    #[must_use]
    pub fn manual(start: Moment) -> Self {
        Self(Kind::Manual(Arc::new(Manual {
            now: AtomicI64::new(start.0),
            moved: Notify::new(),
        })))
    }

    /// The present moment.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Kind::Real => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                Moment(since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
            }
            Kind::Manual(clock) => Moment(clock.now.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock on; the machine's clock does not listen.
    pub fn advance(&self, by: Duration) {
        match &self.0 {
            Kind::Real => {}
            Kind::Manual(clock) => {
                let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
                clock.now.fetch_add(ms, Ordering::SeqCst);
                clock.moved.notify_waiters();
            }
        }
    }

    /// Lets a moment pass in which more of the same may come. It paces work and decides nothing, so a manual clock's
    /// moment is over at once.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that waits for time to pass"
    )]
    pub async fn gather(&self, moment: Duration) {
        match &self.0 {
            Kind::Real => tokio::time::sleep(moment).await,
            Kind::Manual(_) => tokio::task::yield_now().await,
        }
    }

    /// Waits until `until`.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that waits for time to pass"
    )]
    pub async fn wait_until(&self, until: Moment) {
        match &self.0 {
            Kind::Real => {
                let left = u64::try_from(until.0 - self.now().0).unwrap_or(0);
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Kind::Manual(clock) => loop {
                let moved = clock.moved.notified();
                if self.now() >= until {
                    return;
                }
                moved.await;
            },
        }
    }
}

/// How long something takes, by the machine's clock: for logs, never for rules.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts measuring.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Microseconds since the start.
    #[must_use]
    pub fn micros(self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
