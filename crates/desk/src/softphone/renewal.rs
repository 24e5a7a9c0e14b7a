//! When a telephone asks for its next token: in good time, between calls where it can.

use crate::PhoneToken;

/// How long before its end a token is renewed even while somebody talks.
const LAST_MS: i64 = 60_000;

/// How long to wait after the first, second, … time in a row that the server could not be asked.
const WAITS_MS: [i64; 4] = [5_000, 10_000, 30_000, 60_000];

/// The token that is held, and where the next one stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Renewal {
    /// When the held token came, and when it ends.
    held: Option<(i64, i64)>,
    is_asked: bool,
    failures: usize,
    not_before_ms: i64,
}

impl Renewal {
    /// Whether the server is to be asked now; says so once until it answered.
    pub(super) fn asks(&mut self, now_ms: i64, is_busy: bool) -> bool {
        let Some((from_ms, until_ms)) = self.held else {
            return false;
        };
        let life_ms = until_ms - from_ms;
        let lead_ms = if is_busy {
            LAST_MS.min(life_ms / 4)
        } else {
            life_ms / 2
        };
        let is_due = until_ms - now_ms <= lead_ms;
        is_due && self.ask(now_ms)
    }

    /// Whether the server is to be asked whatever the held token says.
    pub(super) fn ask(&mut self, now_ms: i64) -> bool {
        if self.is_asked || now_ms < self.not_before_ms {
            return false;
        }
        self.is_asked = true;
        true
    }

    /// A token came.
    pub(super) fn came(&mut self, token: &PhoneToken, now_ms: i64) {
        *self = Self {
            held: Some((now_ms, now_ms + i64::from(token.ttl_s) * 1000)),
            ..Self::default()
        };
    }

    /// None came.
    pub(super) fn failed(&mut self, now_ms: i64) {
        self.is_asked = false;
        self.not_before_ms = now_ms + WAITS_MS[self.failures.min(WAITS_MS.len() - 1)];
        self.failures += 1;
    }

    /// Whether the held token has ended.
    pub(super) fn is_over(&self, now_ms: i64) -> bool {
        self.held.is_some_and(|(_, until_ms)| until_ms <= now_ms)
    }
}
