//! The browser's clock as a signal, so that "5 min ago" stays true while a page is open.

use std::time::Duration;

use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;

/// How often the signal follows the clock; nothing is shown finer than minutes.
const STEP: Duration = Duration::from_secs(30);
const SECOND: Duration = Duration::from_secs(1);

/// The time now in milliseconds since 1970 UTC; `None` on the server and until the page is alive,
/// so that both sides first say the same.
#[derive(Clone, Copy)]
pub(crate) struct Now(ReadSignal<Option<i64>>);

impl Now {
    pub(crate) fn get(self) -> Option<i64> {
        self.0.get()
    }
}

/// Starts the clock and puts it in context.
pub(crate) fn provide_now() {
    let (now, set_now) = signal(None);
    provide_context(Now(now));
    Effect::new(move |_| {
        let tick = move || set_now.set(Some(read()));
        tick();
        set_interval(tick, STEP);
    });
}

/// The browser's clock to the second, for running times; `None` on the server and until the page is alive.
pub(crate) fn every_second() -> ReadSignal<Option<i64>> {
    let (now, set_now) = signal(None);
    Effect::new(move |_| {
        let tick = move || set_now.set(Some(read()));
        tick();
        if let Ok(ticking) = set_interval_with_handle(tick, SECOND) {
            on_cleanup(move || ticking.clear());
        }
    });
    now
}

/// The server's clock, as far as a page knows it: what running times of calls are told by.
#[derive(Clone, Copy)]
pub(crate) struct ServerClock {
    /// Its time when the page was made.
    pub(crate) start_ms: i64,
    /// The browser's clock, once the page is alive.
    pub(crate) now: ReadSignal<Option<i64>>,
    /// How far the server's clock is ahead of it.
    pub(crate) ahead_ms: ReadSignal<i64>,
}

impl ServerClock {
    /// What it shows.
    pub(crate) fn read(self) -> i64 {
        let now = self.now.get().map(|now| now + self.ahead_ms.get());
        now.unwrap_or(self.start_ms)
    }

    /// How long ago an instant was, as a running clock shows it.
    pub(crate) fn since(self, ms: i64) -> String {
        desk::clock(self.read() - ms)
    }
}

/// What the browser's clock shows, in milliseconds since 1970 UTC. There is none on the server.
pub(crate) fn read() -> i64 {
    milliseconds(Date::now())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds of any date fit an i64"
)]
fn milliseconds(date: f64) -> i64 {
    date as i64
}
