//! An agent's leg comes into the room, or comes too late.

use super::case::{Case, GRACE_S};
use super::{OfferOutcome, Priority, Seat, Stage, SupportRoute, Switch, TransferStep};
use crate::{Act, AgentEvent, CallSid, Join, Prompt, RoomName, UserName};

impl Case<'_> {
    /// An agent's leg was answered and asks where to go.
    pub(super) fn agent_joins(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        match offer {
            Some(number) if self.is_screened(number) => self.screen(number, leg),
            Some(_) | None => self.agent_takes(agent, leg, offer),
        }
    }

    /// Whoever has answered takes the caller, where they may.
    pub(super) fn agent_takes(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        if self.may_join(agent, leg, offer) {
            self.lead_agent(agent, leg, offer);
        } else {
            let made = offer.and_then(|number| self.state.offer(number));
            let name = made.map_or_else(|| self.name_of(agent), |offer| offer.name.clone());
            self.comes_too_late(&name);
        }
    }

    pub(super) fn comes_too_late(&mut self, name: &str) {
        self.turn
            .note(format!("{name} came too late; their leg was ended kindly."));
        self.turn.say(Prompt::AgentTooLate, &[]);
        self.turn.act(Act::HangUp);
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
        if let Some(number) = number
            && self.target_may_join(agent, leg, number)
        {
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
                        let is_target = self.rings_target(offer);
                        self.answered(offer, leg);
                        self.take_seat(agent, leg, Some(offer));
                        if is_target {
                            self.give_to(leg);
                        }
                        true
                    }
                    (false, None) => {
                        self.withdraw(offer);
                        self.take_seat(agent, leg, None);
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
                self.take_seat(agent, leg, None);
                true
            }
            (Stage::Talking { .. }, None) => {
                self.take_seat(agent, leg, None);
                true
            }
            (
                Stage::Arrived
                | Stage::Waiting(_)
                | Stage::Offered { .. }
                | Stage::Talking { .. }
                | Stage::Outside { .. }
                | Stage::TurnedAway(_)
                | Stage::Asked(_)
                | Stage::Recording
                | Stage::Ending(_)
                | Stage::Survey { .. },
                _,
            ) => false,
        }
    }

    /// Whether an offer is the one by which the target of the transfer is rung.
    pub(super) fn rings_target(&self, number: u32) -> bool {
        let transfer = self.state.transfer.as_ref();
        transfer.is_some_and(|transfer| transfer.step == TransferStep::Ringing { offer: number })
    }

    /// The target of a transfer answers while the first agent has the caller, or has just lost them.
    fn target_may_join(&mut self, agent: &UserName, leg: &CallSid, number: u32) -> bool {
        let is_theirs = self
            .state
            .offer(number)
            .is_some_and(|offer| offer.agent == *agent && offer.outcome.is_none());
        if !is_theirs || !self.rings_target(number) {
            return false;
        }
        match self.state.stage.clone() {
            Stage::Talking { .. } => {
                self.answered(number, leg);
                self.take_seat(agent, leg, Some(number));
                self.target_joins(leg);
            }
            Stage::Waiting(waiting) => {
                self.answered(number, leg);
                if let Some(first) = waiting.first {
                    let over = self.call_over();
                    self.turn.agent(&first, over);
                }
                self.take_seat(agent, leg, Some(number));
                self.give_to(leg);
            }
            Stage::Offered { offer } if offer != number => {
                self.answered(number, leg);
                self.withdraw(offer);
                self.take_seat(agent, leg, Some(number));
                self.give_to(leg);
            }
            Stage::Offered { .. }
            | Stage::Arrived
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return false,
        }
        true
    }

    fn answered(&mut self, number: u32, leg: &CallSid) {
        if let Some(open) = self.open(number) {
            open.outcome = Some(OfferOutcome::Answered);
            open.leg = Some(leg.clone());
        }
    }

    fn take_seat(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        let made = offer.and_then(|number| self.state.offer(number));
        let seat = Seat {
            leg: leg.clone(),
            agent: agent.clone(),
            number: made.and_then(|offer| offer.number.clone()),
            offer,
            answered: self.now(),
            joined: None,
            gone: None,
            ends_room: if ends_room(agent, offer) {
                Switch::On
            } else {
                Switch::Off
            },
            leaving: None,
            hold: Switch::Off,
            is_released: false,
            hold_sets: 0,
            flag_sets: 0,
            mute: Switch::Off,
            round: self.state.room.round,
        };
        let name = self.seat_name(&seat);
        self.turn.note(format!("{name} answered."));
        self.state.seats.push(seat.clone());
        let is_led = match self.state.stage {
            Stage::Talking { .. } => true,
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => false,
        };
        if !is_led {
            self.talk_by(leg);
        }
        if offer.is_none() && !is_led {
            let words = format!("{name} has taken the caller.");
            self.overtake_transfer(&words);
        }
        self.state.talked.get_or_insert(self.turn.now);
        self.state.priority = Priority::Front;
        let answered = AgentEvent::Answered {
            call: self.turn.call.sid.clone(),
            offer: offer.unwrap_or(0),
        };
        self.tell_seat(&seat, answered);
        self.set_flags();
        self.sweep_in(GRACE_S + 1);
    }

    /// The talk is whose leg this is.
    pub(super) fn talk_by(&mut self, leg: &CallSid) {
        let since = self.now();
        let Some(seat) = self.seat(leg).cloned() else {
            return;
        };
        self.let_be_heard(leg);
        self.state.stage = match seat.number {
            None => Stage::Talking {
                agent: seat.agent,
                leg: seat.leg,
                since,
            },
            Some(number) => Stage::Outside {
                number,
                leg: seat.leg,
                since,
            },
        };
    }

    /// An agent's leg is out of the room. If the caller was led elsewhere around them, or only others
    /// may have ended the room, they belong in it still and are led back.
    pub(super) fn agent_left(&mut self, leg: &CallSid, is_over: bool) {
        let is_back = !is_over && self.turn.call.ended.is_none() && self.belongs_in_room(leg);
        if !is_back {
            self.seat_left(leg, is_over);
            return self.turn.act(Act::HangUp);
        }
        let (now, round) = (self.now(), self.state.room.round);
        let Some(seat) = self.seat_mut(leg) else {
            return;
        };
        seat.answered = now;
        seat.joined = None;
        seat.round = round;
        seat.hold = Switch::Off;
        seat.is_released = false;
        seat.mute = Switch::Off;
        let (agent, offer) = (seat.agent.clone(), seat.offer);
        seat.ends_room = if ends_room(&agent, offer) {
            Switch::On
        } else {
            Switch::Off
        };
        let name = self.seat(leg).map(|seat| self.seat_name(seat));
        self.turn.note(format!(
            "The room ended around {}, who is led back into it.",
            name.unwrap_or_default()
        ));
        self.lead_agent(&agent, leg, offer);
        self.sweep_in(2);
    }

    /// Whether a leg that is out of the room, and alive, is to be in it.
    pub(super) fn belongs_in_room(&self, leg: &CallSid) -> bool {
        let is_talk = matches!(
            self.state.stage,
            Stage::Talking { .. } | Stage::Outside { .. }
        );
        let room = &self.state.room;
        let seat = self.staying().find(|seat| seat.leg == *leg);
        let is_several = self.staying().count() > 1;
        is_talk
            && seat.is_some_and(|seat| {
                is_several || room.moving_since.is_some() || seat.round != room.round
            })
    }

    fn lead_agent(&mut self, agent: &UserName, leg: &CallSid, offer: Option<u32>) {
        let seats = &self.state.seats;
        let offer = seats
            .iter()
            .find(|seat| seat.leg == *leg)
            .map_or(offer, |seat| seat.offer);
        let room = RoomName::Call(self.turn.call.sid.clone());
        let join = Join {
            starts: true,
            ends: ends_room(agent, offer),
            ..Join::to(room, self.route(SupportRoute::AgentLeft))
        };
        self.turn.act(Act::Join(join));
    }
}

/// The tutorial's second agent ends the room by leaving; all others are told to, or not, when they
/// are in it.
fn ends_room(agent: &UserName, offer: Option<u32>) -> bool {
    offer.is_none() && agent.as_str() == "agent2"
}
