//! Keeping the carrier's line: registering, losing it, trying again, and the token that opens it.

use super::event::{Order, Settled};
use super::trouble::{Fault, Kind, Trouble};
use super::{Line, SetUp, Softphone};
use crate::PhoneToken;

/// How long to wait, after the first, second, … loss in a row, before the carrier is tried again by us. The SDK also
/// tries by itself unless the carrier closed the connection.
const LOST_MS: [i64; 4] = [5_000, 10_000, 20_000, 60_000];

/// How many tokens in a row may be turned down before somebody has to look.
const MOST_TOKENS: u32 = 3;

impl Softphone {
    pub(super) fn registered(&mut self) -> Vec<Order> {
        if self.is_ready() {
            self.line = Line::Registered;
            self.losses = 0;
            self.turned_down = 0;
        }
        Vec::new()
    }

    pub(super) fn unregistered(&mut self, now_ms: i64) -> Vec<Order> {
        if self.line == Line::Registered || self.line == Line::Registering {
            self.lose(interrupted(), now_ms);
        }
        Vec::new()
    }

    pub(super) fn register_ended(&mut self, end: Settled, now_ms: i64) -> Vec<Order> {
        match end {
            Settled::Done => Vec::new(),
            // The reason came before, as an error of the device.
            Settled::Failed(None) => self.unregistered(now_ms),
            Settled::Failed(Some(fault)) if self.line == Line::Registering => {
                self.device_failed(fault, now_ms)
            }
            Settled::Late if self.line == Line::Registering => {
                let trouble = Trouble::new(
                    "The carrier does not answer.",
                    "Check your network. The phone keeps trying.",
                );
                self.lose(trouble, now_ms);
                Vec::new()
            }
            Settled::Failed(Some(_)) | Settled::Late => Vec::new(),
        }
    }

    pub(super) fn device_failed(&mut self, fault: Fault, now_ms: i64) -> Vec<Order> {
        if !self.is_ready() {
            return Vec::new();
        }
        match fault.kind() {
            Kind::Token => self.turned_down(fault, now_ms),
            Kind::Line | Kind::Other if self.line != Line::Registered => {
                self.lose(of_line(fault), now_ms);
                Vec::new()
            }
            // Errors that do not cost the registration are told by the events that follow them.
            Kind::Line | Kind::Other | Kind::Microphone | Kind::Call => Vec::new(),
        }
    }

    /// The carrier turned the token down, or let it run out: another one is got before anybody is asked to look.
    pub(super) fn turned_down(&mut self, fault: Fault, now_ms: i64) -> Vec<Order> {
        self.turned_down += 1;
        if self.turned_down >= MOST_TOKENS && !self.is_busy() {
            return self.stop(Trouble::of(fault), now_ms);
        }
        self.lose(Trouble::of(fault), now_ms);
        self.ask(now_ms)
    }

    pub(super) fn lose(&mut self, trouble: Trouble, now_ms: i64) {
        // What the SDK said of it says more than what was concluded; the try that waits is soon enough.
        if let Line::Lost { trouble: known, .. } = &mut self.line {
            if known.fault.is_none() {
                *known = trouble;
            }
            return;
        }
        self.line = Line::Lost {
            trouble,
            again_ms: now_ms + LOST_MS[self.losses.min(LOST_MS.len() - 1)],
        };
        self.losses += 1;
    }

    /// Tries again what was lost long enough ago: with a new device where nobody talks, else with the one that talks.
    pub(super) fn try_again(&mut self, now_ms: i64) -> Vec<Order> {
        match &self.line {
            Line::Lost { again_ms, .. } if *again_ms <= now_ms => {
                let wait = LOST_MS[self.losses.min(LOST_MS.len() - 1)];
                if let Line::Lost { again_ms, .. } = &mut self.line {
                    *again_ms = now_ms + wait;
                }
                if self.is_busy() {
                    vec![Order::Register]
                } else {
                    self.ask(now_ms)
                }
            }
            Line::Lost { .. } | Line::Off | Line::Registering | Line::Registered => Vec::new(),
        }
    }

    pub(super) fn ask(&mut self, now_ms: i64) -> Vec<Order> {
        when(self.renewal.ask(now_ms), Order::FetchToken)
    }

    pub(super) fn renew(&mut self, now_ms: i64) -> Vec<Order> {
        let is_due = self.is_ready() && self.renewal.asks(now_ms, self.is_busy());
        when(is_due, Order::FetchToken)
    }

    pub(super) fn token_came(&mut self, token: PhoneToken, now_ms: i64) -> Vec<Order> {
        self.renewal.came(&token, now_ms);
        self.calls_out = token.calls_out;
        match &self.set_up {
            SetUp::Loading => {
                let is_local = token.signalling.is_some();
                self.token = Some(token);
                vec![Order::LoadSdk { is_local }]
            }
            SetUp::Ready { .. } => match &self.line {
                Line::Lost { .. } | Line::Off if self.is_busy() => {
                    vec![Order::UpdateToken(token.token), Order::Register]
                }
                Line::Lost { .. } | Line::Off => self.start(token),
                Line::Registering | Line::Registered => vec![Order::UpdateToken(token.token)],
            },
            SetUp::WantsClick | SetUp::Microphone | SetUp::Choosing => {
                self.token = Some(token);
                Vec::new()
            }
            SetUp::Asleep | SetUp::Claiming | SetUp::Elsewhere | SetUp::Stopped(_) => Vec::new(),
        }
    }

    pub(super) fn token_refused(&mut self, why: String, now_ms: i64) -> Vec<Order> {
        self.renewal.failed(now_ms);
        let trouble = Trouble::new(why, "Then switch the phone on again.");
        match &self.set_up {
            SetUp::Loading => self.stop(trouble, now_ms),
            SetUp::Ready { .. } if self.line != Line::Registered && !self.is_busy() => {
                self.stop(trouble, now_ms)
            }
            SetUp::Asleep
            | SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::WantsClick
            | SetUp::Microphone
            | SetUp::Choosing
            | SetUp::Ready { .. }
            | SetUp::Stopped(_) => Vec::new(),
        }
    }

    pub(super) fn token_failed(&mut self, now_ms: i64) -> Vec<Order> {
        self.renewal.failed(now_ms);
        let trouble = || {
            Trouble::new(
                "The server could not be reached.",
                "Check your network. The phone keeps trying.",
            )
        };
        match &self.set_up {
            SetUp::Loading => self.stop(
                Trouble::new(
                    "The server could not be reached.",
                    "Check your network, then try again.",
                ),
                now_ms,
            ),
            SetUp::Ready { .. } if self.renewal.is_over(now_ms) => {
                self.lose(trouble(), now_ms);
                Vec::new()
            }
            SetUp::Ready { .. }
            | SetUp::Asleep
            | SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::WantsClick
            | SetUp::Microphone
            | SetUp::Choosing
            | SetUp::Stopped(_) => Vec::new(),
        }
    }

    pub(super) fn start(&mut self, token: PhoneToken) -> Vec<Order> {
        self.line = Line::Registering;
        vec![Order::Start(token)]
    }

    /// Puts a device away that is of no use any longer; another one is made at the next tick.
    pub(super) fn begin_again(&mut self, now_ms: i64) -> Vec<Order> {
        self.line = Line::Lost {
            trouble: interrupted(),
            again_ms: now_ms,
        };
        vec![Order::Stop]
    }
}

/// The SDK's error for what has no number of its own: before a carrier that is gone it means no more than that.
const UNEXPLAINED: u32 = 31_000;

fn of_line(fault: Fault) -> Trouble {
    if fault.code == UNEXPLAINED {
        return Trouble {
            fault: Some(fault),
            ..interrupted()
        };
    }
    Trouble::of(fault)
}

fn interrupted() -> Trouble {
    Trouble::new(
        "The connection to the carrier is interrupted.",
        "The phone connects again by itself.",
    )
}

fn when(is_so: bool, order: Order) -> Vec<Order> {
    is_so.then_some(order).into_iter().collect()
}
