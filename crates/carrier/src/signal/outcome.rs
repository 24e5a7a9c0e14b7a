//! What becomes of a call that a browser makes, and of one that somebody else picks up.

use twilio::CallSid;

use super::call::{Stage, Whereabouts};
use super::timers::Due;
use super::{ServerFrame, Signalling};

impl Signalling {
    /// The far end of a call that a browser makes rings.
    pub fn ringing(&mut self, leg: &CallSid) {
        let Some(call) = self.calls.get_mut(leg) else {
            return;
        };
        let Stage::Called {
            party,
            sdp,
            is_named,
        } = &mut call.stage
        else {
            return;
        };
        *is_named = true;
        let frame = ServerFrame::Ringing {
            callsid: leg.to_string(),
            sdp: Some(sdp.clone()),
        };
        if let Whereabouts::Here(conn) = party.at {
            self.send(conn, frame);
        }
    }

    /// A call is connected: one that a browser makes is answered. One that still rings in browsers was picked up
    /// elsewhere, and stops ringing there; one that a browser picked up itself is nothing.
    pub fn answered(&mut self, leg: &CallSid) {
        let Some(call) = self.calls.get(leg) else {
            return;
        };
        match &call.stage {
            Stage::Called { .. } => {
                let identity = call.identity.clone();
                match self.slow.remove(&identity) {
                    Some(ms) => {
                        let late = Due::LateAnswered(leg.clone());
                        self.timers.set(self.now.plus(ms), late);
                    }
                    None => self.answered_now(leg),
                }
            }
            Stage::Rings { .. } => self.end(leg, None),
            Stage::Taken(party) => {
                if let Whereabouts::Here(conn) = party.at {
                    self.hang_up_call(conn, leg.to_string(), None);
                }
                self.end(leg, None);
            }
            Stage::Talks(_) => {}
        }
        self.settle();
    }

    pub(super) fn answered_now(&mut self, leg: &CallSid) {
        let Some(call) = self.calls.get(leg) else {
            return;
        };
        let Stage::Called { party, sdp, .. } = &call.stage else {
            return;
        };
        let frame = ServerFrame::Answer {
            callsid: leg.to_string(),
            sdp: Some(sdp.clone()),
            reconnect: call.reconnect.clone(),
        };
        let at = party.at;
        self.talks(leg);
        if let Whereabouts::Here(conn) = at {
            self.send(conn, frame);
        }
    }
}
