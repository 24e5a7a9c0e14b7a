//! A talk: its end by command, its loss, and what the agent's clicks do.

use super::case::Case;
use super::offers::RECOVER_S;
use super::{Command, Done, Ending, Priority, Refusal, Seat, Stage, Switch, Timer, Waiting};
use crate::{AgentEvent, CallSid, Effect, UserName};

/// How long to wait for the caller's word when a room has ended around an agent.
const UNCLEAR_S: i64 = 2;

impl Case<'_> {
    pub(super) fn command(&mut self, by: &UserName, what: Command) -> Result<(), Refusal> {
        if self.turn.call.ended.is_some() {
            return Err(Refusal::Ended);
        }
        match what {
            Command::HangUp => self.hang_up(by),
            Command::Hold { on } => self.hold(by, on),
            Command::Decline { offer } => self.decline(by, offer),
        }
    }

    /// The agent ends the call kindly. It also counts when their leg went before their command came.
    fn hang_up(&mut self, by: &UserName) -> Result<(), Refusal> {
        match self.state.stage.clone() {
            Stage::Talking { agent, .. } if agent == *by => {
                let over = self.call_over();
                let agents: Vec<UserName> =
                    self.live_seats().map(|seat| seat.agent.clone()).collect();
                for agent in agents.iter().filter(|agent| *agent != by) {
                    self.turn.agent(agent, over.clone());
                }
                self.turn.agent(by, over);
                self.turn.effect(Effect::EndRoom);
            }
            Stage::Waiting(Waiting {
                first: Some(first), ..
            }) if first == *by => {
                let over = self.call_over();
                self.turn.agent(by, over);
                self.end_talk(by);
                self.move_caller();
                return Ok(());
            }
            Stage::Offered { offer }
                if self
                    .state
                    .offer(offer)
                    .is_some_and(|offer| offer.again && offer.agent == *by) =>
            {
                self.withdraw(offer);
                self.end_talk(by);
                self.move_caller();
                return Ok(());
            }
            Stage::Ending(ending) if ending.by == *by => return Ok(()),
            Stage::Talking { agent, .. } => return Err(Refusal::NotYours(agent)),
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return Err(Refusal::NotTalking(self.state.stage.what())),
        }
        self.end_talk(by);
        self.expect_caller();
        Ok(())
    }

    fn end_talk(&mut self, by: &UserName) {
        let name = self.name_of(by);
        self.turn.note(format!("{name} hung up."));
        self.state.stage = Stage::Ending(Ending {
            by: by.clone(),
            since: self.now(),
        });
    }

    fn hold(&mut self, by: &UserName, on: bool) -> Result<(), Refusal> {
        match &self.state.stage {
            Stage::Talking { agent, .. } if agent == by => {}
            Stage::Talking { agent, .. } => return Err(Refusal::NotYours(agent.clone())),
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return Err(Refusal::NotTalking(self.state.stage.what())),
        }
        if self.state.room.hold.is_meant_on() != on {
            let name = self.name_of(by);
            let did = if on { "put on hold" } else { "taken off hold" };
            self.turn.note(format!("{name}: the caller is {did}."));
            self.set_hold(on);
        }
        Ok(())
    }

    pub(super) fn set_hold(&mut self, on: bool) {
        self.state.room.hold = Switch::towards(on);
        let leg = self.turn.call.sid.clone();
        self.turn.effect(Effect::Hold { leg, on });
    }

    /// An agent's leg is out of the room, or never came in. Without certainty it may only be that the
    /// room ended around it, because the caller hung up.
    pub(super) fn seat_left(&mut self, leg: &CallSid, is_certain: bool) {
        let now = self.now();
        let seats = &mut self.state.seats;
        let Some(seat) = seats.iter_mut().find(|seat| seat.leg == *leg) else {
            return;
        };
        if seat.gone.is_some() {
            return;
        }
        seat.gone = Some(now);
        let (agent, ends_room) = (seat.agent.clone(), seat.ends_room);
        if self.turn.call.ended.is_some() {
            return;
        }
        let Stage::Talking { leg: talking, .. } = self.state.stage.clone() else {
            return;
        };
        let other = self.live_seats().next().cloned();
        match other {
            Some(other) => {
                let name = self.name_of(&agent);
                self.turn.note(format!("{name} left the room."));
                let over = self.call_over();
                self.turn.agent(&agent, over);
                if talking == *leg {
                    let name = self.name_of(&other.agent);
                    self.turn.note(format!("{name} has the caller."));
                    self.state.stage = Stage::Talking {
                        agent: other.agent,
                        leg: other.leg,
                        since: now,
                    };
                }
                self.set_flags();
            }
            None if is_certain => {
                self.lose(&agent);
                match ends_room {
                    Switch::On => self.expect_caller(),
                    Switch::Off | Switch::TurningOn | Switch::TurningOff => self.move_caller(),
                }
            }
            None => {
                let round = self.state.room.round;
                self.tick(Timer::Regroup { round }, UNCLEAR_S);
            }
        }
    }

    /// The talk broke off without a command: music, and the same agent is rung first. An agent who
    /// came without an offer has no console of ours, and their leaving is how they hang up.
    pub(super) fn lose(&mut self, agent: &UserName) {
        let (now, call) = (self.now(), self.turn.call.sid.clone());
        let seats = self.state.seats.iter().rev();
        let offer = seats
            .into_iter()
            .find(|seat| seat.agent == *agent)
            .and_then(|seat| seat.offer);
        let over = self.call_over();
        let left: Vec<Seat> = self.live_seats().cloned().collect();
        for seat in &mut self.state.seats {
            seat.gone.get_or_insert(now);
        }
        for seat in left {
            self.end_leg(seat.leg_of());
            if seat.agent != *agent {
                self.turn.agent(&seat.agent, over.clone());
            }
        }
        if offer.is_none() {
            self.turn.agent(agent, over);
            return self.end_talk(agent);
        }
        let name = self.name_of(agent);
        self.turn.note(format!(
            "{name}'s connection was lost; the caller hears music, and {name} is rung first."
        ));
        self.turn.agent(agent, AgentEvent::Lost { call });
        self.state.priority = Priority::Front;
        self.begin_wait(Some(agent.clone()));
        let wait = self.state.waits;
        self.tick(Timer::Recover { wait }, RECOVER_S);
    }

    pub(super) fn due(&mut self, timer: Timer) {
        match timer {
            Timer::RingOver { offer } => self.ring_over(offer),
            Timer::NobodyCame { wait } if wait == self.state.waits => self.patience_over(),
            Timer::Choices { wait } if wait == self.state.waits => self.offer_choices(),
            Timer::Recover { wait } if wait == self.state.waits => self.give_to_others(),
            Timer::Regroup { round } if round == self.state.room.round => self.regroup(),
            Timer::NobodyCame { .. }
            | Timer::Choices { .. }
            | Timer::Recover { .. }
            | Timer::Regroup { .. } => {}
        }
    }

    fn patience_over(&mut self) {
        const LATER_S: i64 = 30;
        match &self.state.stage {
            Stage::Waiting(Waiting { first: None, .. }) => self.nobody_came(),
            Stage::Asked(_) | Stage::Waiting(_) => {
                let wait = self.state.waits;
                self.tick(Timer::NobodyCame { wait }, LATER_S);
            }
            // The end of an offer looks at the clock itself.
            Stage::Offered { .. }
            | Stage::Arrived
            | Stage::Talking { .. }
            | Stage::TurnedAway(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => {}
        }
    }

    /// The carrier has not asked where to lead the caller.
    fn regroup(&mut self) {
        if let Stage::Talking { agent, .. } = self.state.stage.clone()
            && self.live_seats().next().is_none()
        {
            self.lose(&agent);
            return self.move_caller();
        }
        if self.state.room.moving_since.is_some() {
            self.move_caller();
        }
    }

    pub(super) fn done(&mut self, done: Done) {
        let is_over = self.turn.call.ended.is_some();
        match done {
            Done::Rang { offer, leg } => self.rang(offer, leg),
            Done::LegEnded { how: Err(why), .. } => {
                self.turn
                    .note(format!("An agent's leg could not be ended: {why}."));
            }
            Done::RoomEnded { how: Err(why) } if !is_over => {
                self.turn
                    .note(format!("The room could not be ended: {why}."));
                self.move_caller();
            }
            Done::EndsRoomSet { leg, on, how } => self.ends_room_set(&leg, on, how),
            Done::HoldSet { leg, on, how } if leg == self.turn.call.sid => {
                self.hold_set(on, how);
            }
            Done::Redirected {
                round,
                how: Err(why),
            } if !is_over && round == self.state.room.round => {
                self.turn
                    .note(format!("The caller could not be led on: {why}."));
                self.sweep_in(1);
            }
            Done::LegEnded { .. }
            | Done::RoomEnded { .. }
            | Done::HoldSet { .. }
            | Done::Redirected { .. } => {}
        }
    }

    fn hold_set(&mut self, on: bool, how: Result<(), String>) {
        let hold = &mut self.state.room.hold;
        if hold.is_meant_on() != on {
            return;
        }
        match how {
            Ok(()) => *hold = Switch::settled(on),
            Err(why) => {
                *hold = Switch::settled(!on);
                let did = if on { "put on hold" } else { "taken off hold" };
                self.turn
                    .note(format!("The caller could not be {did}: {why}."));
            }
        }
    }
}

impl Switch {
    /// Being switched.
    pub(super) const fn towards(on: bool) -> Self {
        if on {
            Self::TurningOn
        } else {
            Self::TurningOff
        }
    }

    /// Switched.
    pub(super) const fn settled(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}
