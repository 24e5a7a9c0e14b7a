//! A leg: one connection between the carrier and one party, which REST calls a call (reference 0.4, F.1).

use std::collections::BTreeSet;

use twilio::{ApplicationSid, CallSid};

use super::recording::Order;
use super::runner::{Runner, Slot, Source, Target};
use super::{ConferenceSid, Habit, LogEntry, NumberSid, Place, Time};
use crate::timers::TimerKey;

/// How a call stands (reference F.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

impl Status {
    /// The word in webhooks and callbacks.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::NoAnswer => "no-answer",
            Self::Canceled => "canceled",
        }
    }

    /// The word of the REST resource, which has no `initiated`.
    pub(crate) const fn rest_word(self) -> &'static str {
        match self {
            Self::Initiated => "ringing",
            Self::Queued
            | Self::Ringing
            | Self::InProgress
            | Self::Completed
            | Self::Busy
            | Self::Failed
            | Self::NoAnswer
            | Self::Canceled => self.word(),
        }
    }

    pub(crate) const fn is_final(self) -> bool {
        match self {
            Self::Completed | Self::Busy | Self::Failed | Self::NoAnswer | Self::Canceled => true,
            Self::Queued | Self::Initiated | Self::Ringing | Self::InProgress => false,
        }
    }

    /// The final response of SIP that carriers show for it (reference B.4, F.1).
    pub(crate) const fn sip_code(self) -> &'static str {
        match self {
            Self::Busy => "486",
            Self::Failed => "404",
            Self::NoAnswer | Self::Canceled => "487",
            Self::Completed | Self::Queued | Self::Initiated | Self::Ringing | Self::InProgress => {
                "200"
            }
        }
    }
}

/// Which way a call goes (reference B.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Inbound,
    OutboundApi,
    OutboundDial,
}

impl Direction {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::OutboundApi => "outbound-api",
            Self::OutboundDial => "outbound-dial",
        }
    }
}

/// Who is at the far end of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    /// A telephone outside, of whoever called in or is called.
    Telephone,
    /// The browsers of an identity.
    Client,
    /// Another leg of this carrier: the call went to a number of the account.
    Leg(CallSid),
}

/// What happens when an outgoing leg is answered.
#[derive(Clone, Debug)]
pub(crate) enum OnAnswer {
    /// Nothing more: an incoming leg, whose documents decide when it is answered.
    Nothing,
    /// A document is obeyed.
    Obey(Source),
    /// The `<Dial>` of the parent goes on, after the document for the callee if there is one.
    Join {
        /// The document that the callee hears first (A.3.7).
        screening: Option<Target>,
    },
    /// It enters the conference for which REST dialled it.
    Enter(ConferenceSid),
}

/// Which moments of a call are told (reference B.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Moment {
    Initiated,
    Ringing,
    Answered,
    Completed,
}

impl Moment {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::Answered => "answered",
            Self::Completed => "completed",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [
            Self::Initiated,
            Self::Ringing,
            Self::Answered,
            Self::Completed,
        ]
        .into_iter()
        .find(|moment| moment.word() == word)
    }
}

/// Who is told how a call goes, and what of it.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) target: Target,
    pub(crate) moments: BTreeSet<Moment>,
}

impl Subscription {
    /// Tells only how the call ended, as is the default everywhere.
    pub(crate) fn to_the_end(target: Target) -> Self {
        Self {
            target,
            moments: BTreeSet::from([Moment::Completed]),
        }
    }
}

/// The timers of a leg beside those of its runners.
#[derive(Debug, Default)]
pub(crate) struct LegTimers {
    /// Its turn to be made, or the end of ringing.
    pub(crate) ring: Option<TimerKey>,
    pub(crate) limit: Option<TimerKey>,
    pub(crate) habit: Option<TimerKey>,
}

/// One connection between the carrier and one party.
#[derive(Debug)]
pub(crate) struct Leg {
    pub(crate) sid: CallSid,
    /// Its place in the order of creation.
    pub(crate) serial: u64,
    pub(crate) parent: Option<CallSid>,
    pub(crate) direction: Direction,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) from_place: Place,
    pub(crate) caller_name: Option<String>,
    pub(crate) number: Option<NumberSid>,
    /// The TwiML application that answers it.
    pub(crate) application: Option<ApplicationSid>,
    /// What is given along to whoever is called.
    pub(crate) parameters: Vec<(String, String)>,
    /// Whom the application is told that the call is for, where it is not its SID.
    pub(crate) application_to: Option<String>,
    pub(crate) wire: Wire,
    pub(crate) status: Status,
    pub(crate) created: Time,
    pub(crate) updated: Time,
    pub(crate) rang: Option<Time>,
    pub(crate) answered: Option<Time>,
    pub(crate) ended: Option<Time>,
    pub(crate) queue_ms: i64,
    pub(crate) ring_seconds: u32,
    pub(crate) limit_seconds: u32,
    pub(crate) send_digits: Option<String>,
    pub(crate) habit: Habit,
    pub(crate) fallback: Option<Target>,
    pub(crate) subscription: Option<Subscription>,
    /// How many callbacks were sent.
    pub(crate) told: u64,
    pub(crate) on_answer: OnAnswer,
    /// How it is recorded from the answer on, if it is.
    pub(crate) record: Option<Order>,
    /// The document of the call, or the one a callee hears before the parties are joined.
    pub(crate) main: Option<Runner>,
    /// A document beside it, while the call waits or is held somewhere.
    pub(crate) side: Option<Runner>,
    /// Who hears this leg and is heard by it, while a `<Dial>` joins the two.
    pub(crate) talks_to: Option<CallSid>,
    /// When the browser that made the call was told that the far end rings.
    pub(crate) told_ringing: Option<Time>,
    /// When it last heard in a room that somebody came or went.
    pub(crate) beeped: Option<Time>,
    pub(crate) timers: LegTimers,
    /// How many documents were asked for in the second that began then.
    pub(crate) documents: (Time, u32),
    pub(crate) log: Vec<LogEntry>,
}

impl Leg {
    pub(crate) const fn runner_mut(&mut self, slot: Slot) -> Option<&mut Runner> {
        match slot {
            Slot::Main => self.main.as_mut(),
            Slot::Side => self.side.as_mut(),
        }
    }

    /// Seconds from answer to end, where it was answered.
    pub(crate) fn seconds(&self, now: Time) -> Option<i64> {
        self.answered
            .map(|answered| self.ended.unwrap_or(now).seconds_since(answered))
    }

    /// Whether it is an incoming call that nothing has answered yet.
    pub(crate) fn is_unanswered_inbound(&self) -> bool {
        self.direction == Direction::Inbound && self.status == Status::Ringing
    }
}
