//! An agent who takes a call over, and what they are once they have nothing to do: whoever did not respond before has not
//! said since that they do.

use serde::{Deserialize, Serialize};

use super::{Agent, AgentRefusal, Duty, WhyNot};
use crate::{CallSid, Moment};

/// That an agent was rung in vain before they took a call over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// Since when they are not rung.
    pub since: Moment,
    /// What became of the offer.
    pub why: WhyNot,
}

impl Agent {
    /// Whether there is anything that somebody else could free them from.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        match self.duty {
            Duty::Free => self.elsewhere.is_some(),
            Duty::Ringing { .. }
            | Duty::OnCall { .. }
            | Duty::Lost { .. }
            | Duty::WrapUp { .. }
            | Duty::NotResponding { .. } => true,
        }
    }

    pub(super) fn take_over(
        &mut self,
        call: &CallSid,
        now: Moment,
    ) -> Result<String, AgentRefusal> {
        match self.duty {
            Duty::OnCall { call: ref of, .. } if of == call => return Ok(String::new()),
            Duty::Ringing { .. } | Duty::OnCall { .. } | Duty::Lost { .. } => {
                return Err(AgentRefusal::OnACall {
                    name: self.name.clone(),
                });
            }
            Duty::NotResponding { since, why } => self.unanswered = Some(Unanswered { since, why }),
            Duty::Free | Duty::WrapUp { .. } => {}
        }
        self.duty = Duty::OnCall {
            call: call.clone(),
            since: now,
        };
        Ok(format!("{} takes a call over.", self.name))
    }

    /// Nothing to do since a moment; what was chosen for after the call holds.
    pub(super) fn rest(&mut self, since: Moment) {
        let next = self.next.take();
        if next.is_some() {
            self.unanswered = None;
        }
        self.duty = self.without_call();
        self.idle_since = since;
        if let Some(next) = next
            && next != self.chosen
        {
            self.chosen = next;
            self.chosen_at = since;
        }
    }

    /// What they do when no call has them.
    pub(super) fn without_call(&mut self) -> Duty {
        match self.unanswered.take() {
            Some(Unanswered { since, why }) => Duty::NotResponding { since, why },
            None => Duty::Free,
        }
    }
}
