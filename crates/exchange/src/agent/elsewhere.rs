//! An agent whose phone is in a call that no queue gave them: none rings at it meanwhile. What they do
//! otherwise stays as it is, be it a wrap-up that they have not finished.

use serde::{Deserialize, Serialize};

use super::Agent;
use crate::{CallSid, Moment};

/// A call in which an agent's phone is, though it was never offered to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Which.
    pub call: CallSid,
    /// Since when.
    pub since: Moment,
    /// What they do there.
    pub what: Occupation,
}

/// What an agent does with their phone in a call that was never offered to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occupation {
    /// They listen to a call of somebody else's.
    Listens,
    /// They call somebody.
    CallsOut,
    /// They are in a conference, as its moderator.
    Moderates,
}

impl Occupation {
    /// Why they are not rung, in words.
    pub(super) const fn trouble(self) -> &'static str {
        match self {
            Self::Listens => "listening to a call",
            Self::CallsOut => "calling somebody",
            Self::Moderates => "in a conference",
        }
    }

    /// The same beside the status.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Listens => "listening",
            Self::CallsOut => "calling somebody",
            Self::Moderates => "in a conference",
        }
    }

    /// What the journal says of the beginning and of the end.
    const fn told(self) -> [&'static str; 2] {
        match self {
            Self::Listens => ["listens to a call", "listens no more"],
            Self::CallsOut => ["calls somebody", "has ended their call"],
            Self::Moderates => ["is in a conference", "has left the conference"],
        }
    }
}

impl Agent {
    pub(super) fn goes(&mut self, what: Occupation, call: &CallSid, now: Moment) -> String {
        self.elsewhere = Some(Elsewhere {
            call: call.clone(),
            since: now,
            what,
        });
        let [begins, _] = what.told();
        format!("{} {begins}.", self.name)
    }

    /// Of one call; they may be in another by now.
    pub(super) fn comes_back(&mut self, call: &CallSid) -> String {
        match self.elsewhere.take_if(|elsewhere| elsewhere.call == *call) {
            Some(Elsewhere { what, .. }) => {
                let [_, ends] = what.told();
                format!("{} {ends}.", self.name)
            }
            None => String::new(),
        }
    }
}
