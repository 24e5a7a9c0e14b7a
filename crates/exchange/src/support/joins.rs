//! An agent's leg comes into the room, or comes too late.

use super::case::{Case, GRACE_S};
use super::{OfferOutcome, Priority, Seat, Stage, SupportRoute, Switch};
use crate::{Act, AgentEvent, CallSid, Join, Prompt, UserName};

impl Case<'_> {
    /// An agent's leg was answered and asks where to go.
    pub(super) fn agent_joins(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        if self.may_join(agent, leg, offer) {
            self.lead_agent(agent, leg, offer);
        } else {
            self.turn.note(format!(
                "{} came too late; their leg was ended kindly.",
                self.name_of(agent)
            ));
            self.turn.say(Prompt::AgentTooLate, &[]);
            self.turn.act(Act::HangUp);
        }
    }

    /// Lets them in where they may; what is open is decided by it.
    fn may_join(&mut self, agent: &UserName, leg: &CallSid, number: Option<u32>) -> bool {
        if self.turn.call.ended.is_some() {
            return false;
        }
        let is_seated = |seat: &Seat| seat.leg == *leg && seat.gone.is_none();
        if self.state.seats.iter().any(is_seated) {
            return true;
        }
        match (self.state.stage.clone(), number) {
            (Stage::Offered { offer }, number) if number.is_none_or(|number| number == offer) => {
                let is_theirs = self
                    .state
                    .offer(offer)
                    .is_some_and(|offer| offer.agent == *agent);
                match (is_theirs, number) {
                    (true, _) => {
                        if let Some(open) = self.open(offer) {
                            open.outcome = Some(OfferOutcome::Answered);
                            open.leg = Some(leg.clone());
                        }
                        self.seat(agent, leg, Some(offer));
                        true
                    }
                    (false, None) => {
                        self.withdraw(offer);
                        self.seat(agent, leg, None);
                        true
                    }
                    (false, Some(_)) => false,
                }
            }
            (Stage::Waiting(waiting), None) => {
                if let Some(first) = waiting.first {
                    let over = self.call_over();
                    self.turn.agent(&first, over);
                }
                self.seat(agent, leg, None);
                true
            }
            (Stage::Talking { .. }, None) => {
                self.seat(agent, leg, None);
                true
            }
            (
                Stage::Arrived
                | Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Talking { .. }
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. },
                _,
            ) => false,
        }
    }

    fn seat(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        let now = self.now();
        let name = self.name_of(agent);
        self.turn.note(format!("{name} answered."));
        self.state.seats.push(Seat {
            leg: leg.clone(),
            agent: agent.clone(),
            offer,
            answered: now,
            joined: None,
            gone: None,
            ends_room: if ends_room(agent, offer) {
                Switch::On
            } else {
                Switch::Off
            },
        });
        if !matches!(self.state.stage, Stage::Talking { .. }) {
            self.state.stage = Stage::Talking {
                agent: agent.clone(),
                leg: leg.clone(),
                since: now,
            };
        }
        self.state.talked.get_or_insert(now);
        self.state.priority = Priority::Front;
        let answered = AgentEvent::Answered {
            call: self.turn.call.sid.clone(),
            offer: offer.unwrap_or(0),
        };
        self.turn.agent(agent, answered);
        self.set_flags();
        self.sweep_in(GRACE_S + 1);
    }

    fn lead_agent(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        let seats = &self.state.seats;
        let offer = seats
            .iter()
            .find(|seat| seat.leg == *leg)
            .map_or(offer, |seat| seat.offer);
        let join = Join {
            room: self.turn.call.sid.clone(),
            starts: true,
            ends: ends_room(agent, offer),
            wait: None,
            then: self.route(SupportRoute::AgentLeft),
        };
        self.turn.act(Act::Join(join));
    }
}

/// The tutorial's second agent ends the room by leaving; all others are told to, or not, when they
/// are in it.
fn ends_room(agent: &UserName, offer: Option<u32>) -> bool {
    offer.is_none() && agent.as_str() == "agent2"
}
