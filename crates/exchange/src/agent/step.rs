//! What can happen to an agent, and what becomes of them.

use super::{Agent, Chosen, Duty, Occupation, Presence, WhyNot};
use crate::{CallSid, Moment, UserName};

/// Something that happened to an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentEvent {
    /// They chose what to be; in a call it holds after it.
    Chose(Chosen),
    /// They chose what to be after the call, or took that back.
    ChoseNext(Option<Chosen>),
    /// A call is to ring at them. Refused when they cannot be rung.
    Reserved {
        /// Which call.
        call: CallSid,
        /// Which offer of it.
        offer: u32,
    },
    /// They answered.
    Answered {
        /// Which call.
        call: CallSid,
        /// Which offer of it; 0 when they joined without one.
        offer: u32,
    },
    /// An offer, or the call that they lost, did not reach them.
    Missed {
        /// Which call.
        call: CallSid,
        /// Which offer of it; 0 for a lost call that was not offered again.
        offer: u32,
        /// Why.
        why: WhyNot,
    },
    /// An offer was taken back, which is no fault of theirs.
    Withdrawn {
        /// Which call.
        call: CallSid,
        /// Which offer of it.
        offer: u32,
    },
    /// An offer of the call that they lost did not get through; it is made again.
    StillLost {
        /// Which call.
        call: CallSid,
        /// Which offer of it.
        offer: u32,
    },
    /// Their call is over, or somebody else's.
    CallOver {
        /// Which call.
        call: CallSid,
        /// How long they may write about it, in seconds.
        wrap_up_s: u32,
    },
    /// Their leg went without a hang-up.
    Lost {
        /// Which call.
        call: CallSid,
    },
    /// They need more time to write: their wrap-up does not pass by itself.
    StaysInWrapUp {
        /// Which call.
        call: CallSid,
    },
    /// They have written what there was to write.
    WrappedUp {
        /// Which call.
        call: CallSid,
    },
    /// They call somebody.
    CallsOut {
        /// Which call.
        call: CallSid,
    },
    /// Their phone is in a conference.
    Moderates {
        /// Their call into it.
        call: CallSid,
    },
    /// They are about to have the caller of a call to which they listened. Refused when a call has
    /// them.
    TakesOver {
        /// Which call.
        call: CallSid,
    },
    /// Their phone is in the room of a call of somebody else's.
    Watches {
        /// Which call.
        call: CallSid,
    },
    /// Their phone is there no more, nor in a conference, nor in a call that they made.
    PhoneIsBack {
        /// Which call.
        call: CallSid,
    },
    /// Somebody else chose for them.
    Set {
        /// What.
        chosen: Chosen,
        /// Who.
        by: UserName,
    },
    /// Somebody freed them from what they are stuck in.
    Freed {
        /// Who.
        by: UserName,
    },
}

/// What becomes of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentStep {
    /// The agent as they now stand.
    pub agent: Agent,
    /// What happened, in plain words; empty when nothing did.
    pub line: String,
    /// Whether it may change whom a waiting caller is offered to.
    pub wakes: bool,
}

/// Why something cannot happen to an agent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentRefusal {
    /// They cannot be rung.
    #[error("{name} cannot be rung: {why}")]
    NotAvailable {
        /// Their name.
        name: String,
        /// Why.
        why: &'static str,
    },
    /// A call has them.
    #[error("{name} is on another call")]
    OnACall {
        /// Their name.
        name: String,
    },
}

impl Agent {
    /// What becomes of them when `event` happens. Only [`AgentEvent::Reserved`] and [`AgentEvent::TakesOver`] can be
    /// refused; every other event is a fact, and one that does not concern what they do changes nothing.
    ///
    /// # Errors
    /// Why it cannot happen.
    pub fn on(
        &self,
        event: &AgentEvent,
        presence: &Presence,
        now: Moment,
    ) -> Result<AgentStep, AgentRefusal> {
        let mut agent = self.at(now);
        let line = agent.take(event, presence, now)?;
        Ok(AgentStep {
            wakes: agent != *self,
            agent,
            line,
        })
    }

    fn take(
        &mut self,
        event: &AgentEvent,
        presence: &Presence,
        now: Moment,
    ) -> Result<String, AgentRefusal> {
        let name = self.name.clone();
        let said = match event {
            AgentEvent::Chose(chosen) => self.choose(*chosen, now),
            AgentEvent::Set { chosen, by } => {
                let said = self.choose(*chosen, now);
                if said.is_empty() {
                    said
                } else {
                    format!("{by} chose for {name}: {said}")
                }
            }
            AgentEvent::ChoseNext(next) if self.next == *next => String::new(),
            AgentEvent::ChoseNext(next) => {
                self.next = *next;
                match next {
                    Some(next) => format!("After this, {name} is {}.", next.label()),
                    None => format!("After this, {name} stays {}.", self.chosen.label()),
                }
            }
            AgentEvent::Reserved { call, offer } => {
                return self.reserve(call, *offer, presence, now);
            }
            AgentEvent::TakesOver { call } => {
                return self.take_over(call, now);
            }
            AgentEvent::Answered { call, .. } => match &self.duty {
                Duty::OnCall { .. } => String::new(),
                Duty::Free
                | Duty::Ringing { .. }
                | Duty::Lost { .. }
                | Duty::WrapUp { .. }
                | Duty::NotResponding { .. } => {
                    self.unanswered = None;
                    self.duty = Duty::OnCall {
                        call: call.clone(),
                        since: now,
                    };
                    format!("{name} answered.")
                }
            },
            AgentEvent::Missed { call, offer, why } => {
                let is_theirs = self.rings(call, *offer) || self.has_lost(call);
                if is_theirs {
                    self.unanswered = None;
                    self.duty = Duty::NotResponding {
                        since: now,
                        why: *why,
                    };
                    format!("{name} {}.", why.label())
                } else {
                    String::new()
                }
            }
            AgentEvent::Withdrawn { call, offer } if self.rings(call, *offer) => {
                self.duty = self.without_call();
                format!("The call stopped ringing at {name}.")
            }
            AgentEvent::StillLost { call, offer } if self.rings(call, *offer) => {
                self.duty = Duty::Lost {
                    call: call.clone(),
                    since: now,
                };
                format!("{name} is rung again.")
            }
            AgentEvent::Lost { call } if self.talks(call) => {
                self.duty = Duty::Lost {
                    call: call.clone(),
                    since: now,
                };
                format!("{name}'s connection was lost.")
            }
            AgentEvent::CallOver { call, wrap_up_s } => self.end_call(call, *wrap_up_s, now),
            AgentEvent::StaysInWrapUp { call } => match &mut self.duty {
                Duty::WrapUp {
                    call: of,
                    until: until @ Some(_),
                    ..
                } if of == call => {
                    *until = None;
                    format!("{name} takes more time to wrap up.")
                }
                Duty::Free
                | Duty::Ringing { .. }
                | Duty::OnCall { .. }
                | Duty::Lost { .. }
                | Duty::WrapUp { .. }
                | Duty::NotResponding { .. } => String::new(),
            },
            AgentEvent::WrappedUp { call } => match &self.duty {
                Duty::WrapUp { call: of, .. } if of == call => {
                    self.rest(now);
                    format!("{name} wrapped up.")
                }
                Duty::Free
                | Duty::Ringing { .. }
                | Duty::OnCall { .. }
                | Duty::Lost { .. }
                | Duty::WrapUp { .. }
                | Duty::NotResponding { .. } => String::new(),
            },
            AgentEvent::Freed { .. } if !self.is_busy() => String::new(),
            AgentEvent::Freed { by } => {
                (self.elsewhere, self.unanswered) = (None, None);
                self.rest(now);
                format!("{by} freed {name}.")
            }
            AgentEvent::Watches { call } => self.goes(Occupation::Listens, call, now),
            AgentEvent::CallsOut { call } => self.goes(Occupation::CallsOut, call, now),
            AgentEvent::Moderates { call } => self.goes(Occupation::Moderates, call, now),
            AgentEvent::PhoneIsBack { call } => self.comes_back(call),
            AgentEvent::Withdrawn { .. }
            | AgentEvent::StillLost { .. }
            | AgentEvent::Lost { .. } => String::new(),
        };
        Ok(said)
    }

    fn choose(&mut self, chosen: Chosen, now: Moment) -> String {
        let name = &self.name;
        match self.duty {
            Duty::OnCall { .. } | Duty::Lost { .. } => {
                let next = (chosen != self.chosen).then_some(chosen);
                // Whoever chooses anything responds.
                let responds = self.unanswered.take().is_some();
                if self.next == next && !responds {
                    return String::new();
                }
                self.next = next;
                format!("After the call, {name} is {}.", chosen.label())
            }
            Duty::Free if self.chosen == chosen => String::new(),
            Duty::Ringing { .. } if self.chosen == chosen => String::new(),
            Duty::Free
            | Duty::Ringing { .. }
            | Duty::WrapUp { .. }
            | Duty::NotResponding { .. } => {
                let said = format!("{name} is {}.", chosen.label());
                if !matches!(self.duty, Duty::Ringing { .. }) {
                    self.duty = Duty::Free;
                    self.idle_since = now;
                }
                self.chosen = chosen;
                self.chosen_at = now;
                (self.next, self.unanswered) = (None, None);
                said
            }
        }
    }

    fn reserve(
        &mut self,
        call: &CallSid,
        offer: u32,
        presence: &Presence,
        now: Moment,
    ) -> Result<String, AgentRefusal> {
        if self.rings(call, offer) {
            return Ok(String::new());
        }
        if !self.can_take_back(call, presence, now)
            && let Some(why) = self.trouble(presence, now)
        {
            return Err(AgentRefusal::NotAvailable {
                name: self.name.clone(),
                why,
            });
        }
        self.duty = Duty::Ringing {
            call: call.clone(),
            offer,
            since: now,
        };
        Ok(format!("A call rings at {}.", self.name))
    }

    fn end_call(&mut self, over: &CallSid, wrap_up_s: u32, now: Moment) -> String {
        let is_theirs = match &self.duty {
            Duty::OnCall { call, .. } | Duty::Lost { call, .. } | Duty::Ringing { call, .. } => {
                call == over
            }
            Duty::Free | Duty::WrapUp { .. } | Duty::NotResponding { .. } => false,
        };
        if !is_theirs {
            return String::new();
        }
        if wrap_up_s == 0 {
            self.rest(now);
        } else {
            self.duty = Duty::WrapUp {
                call: over.clone(),
                since: now,
                until: Some(now.plus_seconds(i64::from(wrap_up_s))),
            };
        }
        format!("{}'s call is over.", self.name)
    }

    fn rings(&self, of: &CallSid, at: u32) -> bool {
        matches!(&self.duty, Duty::Ringing { call, offer, .. } if call == of && *offer == at)
    }

    fn talks(&self, of: &CallSid) -> bool {
        matches!(&self.duty, Duty::OnCall { call, .. } if call == of)
    }

    fn has_lost(&self, of: &CallSid) -> bool {
        matches!(&self.duty, Duty::Lost { call, .. } if call == of)
    }
}
