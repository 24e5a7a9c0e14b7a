//! Browsers: the calls they make, and what they are to be told of those they are in.

use twilio::{ApplicationSid, CallSid, Party};

use super::draft::Draft;
use super::leg::{Direction, Status, Wire};
use super::{ControlError, Engine, Output};

/// What browsers are to be told of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientOrder {
    /// The browsers of an identity are to ring.
    Ring {
        /// The leg, which has one SID for all of them.
        leg: CallSid,
        /// Who is called, without `client:`.
        identity: String,
        /// Who calls, as the callee sees it.
        from: String,
        /// What the caller's document or request gives along.
        parameters: Vec<(String, String)>,
    },
    /// The far end of a call that a browser makes rings.
    Ringing {
        /// The browser's leg.
        leg: CallSid,
    },
    /// The leg is connected: whoever rang picked up, or the call that a browser makes was answered.
    Answered {
        /// The browser's leg.
        leg: CallSid,
    },
    /// The leg is over, whoever ended it. It is said once for each.
    Over {
        /// The browser's leg.
        leg: CallSid,
        /// Why a call that a browser made was not answered, as the SDK's code and words.
        error: Option<(u32, String)>,
    },
}

/// A call that a browser makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCall {
    /// Who calls, without `client:`.
    pub identity: String,
    /// The application of the browser's token, which says what becomes of the call.
    pub application: ApplicationSid,
    /// What the page and the token give along; `To` among them is whom the call is for.
    pub parameters: Vec<(String, String)>,
}

impl Engine {
    /// A browser makes a call, which its application answers.
    ///
    /// # Errors
    /// The identity is empty, or there is no such application.
    pub fn call_from_client(&mut self, call: ClientCall) -> Result<CallSid, ControlError> {
        let bad = |field, reason: &str| {
            Err(ControlError::Bad {
                field,
                reason: reason.to_owned(),
            })
        };
        if call.identity.trim().is_empty() {
            return bad("identity", "is empty");
        }
        let Some(application) = self.application(&call.application).cloned() else {
            return bad("application", "is none of this account");
        };
        let to = call.parameters.iter().find(|(name, _)| name == "To");
        let to = to.map_or("", |(_, to)| to.trim());
        let from = format!("client:{}", call.identity);
        let mut draft = Draft::new(Direction::Inbound, from, to);
        draft.wire = Wire::Client;
        let sid = self.ring_application(draft, application, call.parameters);
        self.settle();
        Ok(sid)
    }

    /// Browsers ring, or a browser hears that who it calls does.
    pub(crate) fn order_ring(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid) else { return };
        if let (Wire::Client, Party::Client(identity)) = (&leg.wire, Party::parse_called(&leg.to)) {
            let order = ClientOrder::Ring {
                leg: sid.clone(),
                identity,
                from: leg.from.clone(),
                parameters: leg.parameters.clone(),
            };
            self.outputs.push_back(Output::Client(order));
        }
        let parent = self.leg(sid).and_then(|leg| leg.parent.clone());
        let Some(parent) = parent.and_then(|parent| self.legs.get_mut(&parent)) else {
            return;
        };
        let hears = parent.wire == Wire::Client && parent.is_unanswered_inbound();
        if hears && parent.told_ringing.is_none() {
            parent.told_ringing = Some(self.now);
            let leg = parent.sid.clone();
            let order = ClientOrder::Ringing { leg };
            self.outputs.push_back(Output::Client(order));
        }
    }

    /// A browser's leg was answered.
    pub(crate) fn order_answered(&mut self, sid: &CallSid) {
        if self.leg(sid).is_some_and(|leg| leg.wire == Wire::Client) {
            let order = ClientOrder::Answered { leg: sid.clone() };
            self.outputs.push_back(Output::Client(order));
        }
    }

    /// A browser's leg is over.
    pub(crate) fn order_over(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid).filter(|leg| leg.wire == Wire::Client) else {
            return;
        };
        let unanswered = leg.direction == Direction::Inbound && leg.answered.is_none();
        let error = if unanswered { why(leg.status) } else { None };
        let leg = sid.clone();
        self.outputs
            .push_back(Output::Client(ClientOrder::Over { leg, error }));
    }
}

/// The SDK's code for a call that was not answered (reference D.4).
fn why(status: Status) -> Option<(u32, String)> {
    let (code, words) = match status {
        Status::Busy => (31486, "Busy here"),
        Status::NoAnswer => (31480, "Temporarily unavailable"),
        Status::Failed => (31404, "Not found"),
        Status::Canceled => (31008, "Call cancelled"),
        Status::Completed
        | Status::Queued
        | Status::Initiated
        | Status::Ringing
        | Status::InProgress => return None,
    };
    Some((code, words.to_owned()))
}
