//! A leg as it is made: what is known of it before anything happens.

use twilio::{ApplicationSid, CallSid, Party};

use super::leg::{Direction, Leg, LegTimers, OnAnswer, Status, Subscription, Wire};
use super::recording::Order;
use super::runner::Target;
use super::{Engine, Habit, NumberSid, Place};

/// What is known of a leg when it is made.
pub(crate) struct Draft {
    pub(crate) parent: Option<CallSid>,
    pub(crate) direction: Direction,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) from_place: Place,
    pub(crate) caller_name: Option<String>,
    pub(crate) number: Option<NumberSid>,
    pub(crate) application: Option<ApplicationSid>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) wire: Wire,
    /// Whom the application is told that the call is for, where it is not its SID.
    pub(crate) application_to: Option<String>,
    pub(crate) ring_seconds: u32,
    /// As long as any call of the account, where nothing is said.
    pub(crate) limit_seconds: Option<u32>,
    pub(crate) send_digits: Option<String>,
    pub(crate) fallback: Option<Target>,
    pub(crate) subscription: Option<Subscription>,
    pub(crate) on_answer: OnAnswer,
    pub(crate) record: Option<Order>,
}

impl Draft {
    pub(crate) fn new(
        direction: Direction,
        from: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let to = to.into();
        let wire = match (direction, Party::parse_called(&to)) {
            (Direction::OutboundApi | Direction::OutboundDial, Party::Client(_)) => Wire::Client,
            (Direction::OutboundApi | Direction::OutboundDial, _) | (Direction::Inbound, _) => {
                Wire::Telephone
            }
        };
        Self {
            parent: None,
            direction,
            from: from.into(),
            to,
            from_place: Place::default(),
            caller_name: None,
            number: None,
            application: None,
            parameters: Vec::new(),
            wire,
            application_to: None,
            ring_seconds: 60,
            limit_seconds: None,
            send_digits: None,
            fallback: None,
            subscription: None,
            on_answer: OnAnswer::Nothing,
            record: None,
        }
    }
}

impl Engine {
    /// Adds a leg to the account's calls.
    pub(crate) fn add_leg(&mut self, draft: Draft) -> CallSid {
        let sid = self.ids.call();
        self.legs_made += 1;
        let leg = Leg {
            sid: sid.clone(),
            serial: self.legs_made,
            parent: draft.parent,
            direction: draft.direction,
            from: draft.from,
            to: draft.to,
            from_place: draft.from_place,
            caller_name: draft.caller_name,
            number: draft.number,
            application: draft.application,
            parameters: draft.parameters,
            application_to: draft.application_to,
            wire: draft.wire,
            status: Status::Queued,
            created: self.now,
            updated: self.now,
            rang: None,
            answered: None,
            ended: None,
            queue_ms: 0,
            ring_seconds: draft.ring_seconds,
            limit_seconds: draft
                .limit_seconds
                .unwrap_or(self.settings.options.longest_call_s),
            send_digits: draft.send_digits,
            habit: Habit::default(),
            fallback: draft.fallback,
            subscription: draft.subscription,
            told: 0,
            on_answer: draft.on_answer,
            record: draft.record,
            main: None,
            side: None,
            talks_to: None,
            told_ringing: None,
            beeped: None,
            timers: LegTimers::default(),
            documents: (self.now, 0),
            log: Vec::new(),
        };
        self.legs.insert(sid.clone(), leg);
        self.changed.insert(sid.clone());
        sid
    }
}
