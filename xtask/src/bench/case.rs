//! What is measured: which server, which webhook, how a good answer begins, and what we aim at.

use super::load::Good;
use super::request::Webhook;

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) program: Program,
    pub(super) webhook: Webhook,
    pub(super) good: Good,
    pub(super) aim: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// The yardstick.
    Bare,
    /// The server, for webhooks that write nothing.
    Reading { log: &'static str },
    /// The server, for webhooks that are each of another call and committed.
    Writing { database: Engine, past: Past },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// What the database holds when a round begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    Nothing,
    OldCalls,
}

impl Engine {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

impl Program {
    /// Reading is cheap, so that it takes more requests to measure.
    pub(super) const fn requests(self, writing: usize) -> usize {
        match self {
            Self::Bare | Self::Reading { .. } => writing * 5,
            Self::Writing { .. } => writing,
        }
    }

    pub(super) fn uses(self, engine: Engine) -> bool {
        match self {
            Self::Bare | Self::Reading { .. } => false,
            Self::Writing { database, .. } => database == engine,
        }
    }

    pub(super) fn needs_past(self) -> bool {
        match self {
            Self::Bare | Self::Reading { .. } => false,
            Self::Writing { past, .. } => past == Past::OldCalls,
        }
    }
}

const fn document(body: &'static str) -> Good {
    Good { status: 200, body }
}

const BARE: Webhook = Webhook {
    path: "/bare",
    more: &[],
};
const FALLBACK: Webhook = Webhook {
    path: "/twilio/fallback",
    more: &[
        ("ErrorCode", "11200"),
        ("ErrorUrl", "https://calls.example.org/ivr/welcome"),
    ],
};
const WELCOME: Webhook = Webhook {
    path: "/ivr/welcome",
    more: &[("CallStatus", "ringing")],
};
const LOOK_UP: Webhook = Webhook {
    path: "/callcongress/state-lookup",
    more: &[("Digits", "60601"), ("msg", "Gather End")],
};

const SAYS: Good = document("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say ");
const ASKS: Good = document("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather ");

/// The begin and the end of a call that then lies in the database.
pub(super) const OLD_CALL: [(Webhook, Good); 2] = [
    (LOOK_UP, SAYS),
    (
        Webhook {
            path: "/twilio/call-status",
            more: &[
                ("CallStatus", "completed"),
                ("CallDuration", "42"),
                ("SequenceNumber", "0"),
            ],
        },
        Good {
            status: 204,
            body: "",
        },
    ),
];

const fn writing(database: Engine, past: Past) -> Program {
    Program::Writing { database, past }
}

/// All cases, in the order in which each round goes through them.
pub(super) const CASES: [Case; 9] = [
    Case {
        name: "bare axum handler",
        program: Program::Bare,
        webhook: BARE,
        good: SAYS,
        aim: "",
    },
    Case {
        name: "/twilio/fallback",
        program: Program::Reading { log: "warn" },
        webhook: FALLBACK,
        good: SAYS,
        aim: "≤ 2.5 × bare",
    },
    Case {
        name: "/twilio/fallback, its log line off",
        program: Program::Reading { log: "off" },
        webhook: FALLBACK,
        good: SAYS,
        aim: "≤ 2.5 × bare",
    },
    Case {
        name: "/ivr/welcome, SQLite",
        program: writing(Engine::Sqlite, Past::Nothing),
        webhook: WELCOME,
        good: ASKS,
        aim: "≤ 60 µs",
    },
    Case {
        name: "/callcongress/state-lookup, SQLite",
        program: writing(Engine::Sqlite, Past::Nothing),
        webhook: LOOK_UP,
        good: SAYS,
        aim: "≤ 60 µs",
    },
    Case {
        name: "… with old calls, SQLite",
        program: writing(Engine::Sqlite, Past::OldCalls),
        webhook: LOOK_UP,
        good: SAYS,
        aim: "≤ 1.20 × empty",
    },
    Case {
        name: "/ivr/welcome, PostgreSQL",
        program: writing(Engine::Postgres, Past::Nothing),
        webhook: WELCOME,
        good: ASKS,
        aim: "",
    },
    Case {
        name: "/callcongress/state-lookup, PostgreSQL",
        program: writing(Engine::Postgres, Past::Nothing),
        webhook: LOOK_UP,
        good: SAYS,
        aim: "",
    },
    Case {
        name: "… with old calls, PostgreSQL",
        program: writing(Engine::Postgres, Past::OldCalls),
        webhook: LOOK_UP,
        good: SAYS,
        aim: "≤ 1.20 × empty",
    },
];
