//! An agent whose phone is in the room of a call of somebody else's: no call rings at it meanwhile.

use serde::{Deserialize, Serialize};

use super::Agent;
use crate::{CallSid, Moment};

/// A call of somebody else's to which somebody listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watches {
    /// Which.
    pub call: CallSid,
    /// Since when.
    pub since: Moment,
}

impl Agent {
    pub(super) fn begin_watching(&mut self, call: &CallSid, now: Moment) -> String {
        self.watches = Some(Watches {
            call: call.clone(),
            since: now,
        });
        format!("{} listens to a call.", self.name)
    }

    /// Of one call; they may listen to another by now.
    pub(super) fn end_watching(&mut self, call: &CallSid) -> String {
        match self.watches.take_if(|watches| watches.call == *call) {
            Some(_) => format!("{} listens no more.", self.name),
            None => String::new(),
        }
    }
}
