//! A talk: its end by command, its loss, and what the agent's clicks do.

use super::case::Case;
use super::offers::RECOVER_S;
use super::{
    Command, Done, Ending, Priority, Refusal, Seat, Stage, Switch, Timer, TransferEnd, Waiting,
};
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
            Command::Hold { on } => {
                let caller = self.turn.call.sid.clone();
                self.hold_party(by, &caller, on)
            }
            Command::Decline { offer } => self.decline(by, offer),
            Command::HandOver { target, kind, note } => self.hand_over(by, target, kind, &note),
            Command::CancelTransfer => self.cancel_transfer(by),
            Command::JoinAll => self.join_all(by),
            Command::Swap => self.swap(by),
            Command::Complete => self.complete(by),
            Command::Drop { leg } => self.drop_party(by, &leg),
            Command::HoldParty { leg, on } => self.hold_party(by, &leg, on),
            Command::MuteParty { leg, on } => self.mute_party(by, &leg, on),
            Command::Watch { mode } => self.watch(by, mode),
            Command::TakeOver => self.take_over(by),
            Command::AskHelp { on } => self.ask_help(by, on),
        }
    }

    /// The agent ends the call kindly, or leaves it to whom they hand it over. It also counts when
    /// their leg went before their command came.
    fn hang_up(&mut self, by: &UserName) -> Result<(), Refusal> {
        if self.stops_watching(by) {
            return Ok(());
        }
        match self.state.stage.clone() {
            Stage::Talking { agent, .. } if agent == *by => match &self.state.transfer {
                Some(transfer) if transfer.step.leg().is_some() => return self.complete(by),
                Some(_) => {
                    self.leave_cold(by);
                    return Ok(());
                }
                None => self.end_for_all(by),
            },
            Stage::Talking { agent, .. } => return self.leave(by, &agent),
            Stage::Waiting(Waiting {
                first: Some(first), ..
            }) if first == *by => {
                let over = self.call_over();
                self.turn.agent(by, over);
                self.leave_lost(by);
                return Ok(());
            }
            Stage::Offered { offer }
                if self
                    .state
                    .offer(offer)
                    .is_some_and(|offer| offer.again && offer.agent == *by) =>
            {
                self.withdraw(offer);
                self.leave_lost(by);
                return Ok(());
            }
            Stage::Ending(ending) if ending.by == *by => return Ok(()),
            Stage::Waiting(_) | Stage::Offered { .. } | Stage::Outside { .. }
                if self.has_left(by) =>
            {
                return Ok(());
            }
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Outside { .. }
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

    fn end_for_all(&mut self, by: &UserName) {
        let over = self.call_over();
        let others: Vec<Seat> = self
            .live_seats()
            .filter(|seat| seat.agent != *by)
            .cloned()
            .collect();
        for seat in others {
            self.tell_seat(&seat, over.clone());
        }
        self.turn.agent(by, over);
        self.turn.effect(Effect::EndRoom);
    }

    /// An agent who lost the caller hangs up after all. A target that rings is still to have them.
    fn leave_lost(&mut self, by: &UserName) {
        if self.state.transfer.is_some() {
            let name = self.name_of(by);
            self.turn.note(format!("{name} hung up."));
            self.go_cold();
        } else {
            self.end_talk(by);
            self.move_caller();
        }
    }

    /// Somebody in a call with several, who does not have the caller, leaves it.
    fn leave(&mut self, by: &UserName, agent: &UserName) -> Result<(), Refusal> {
        let theirs = |seat: &&Seat| seat.agent == *by && seat.number.is_none();
        let Some(seat) = self.staying().find(theirs).cloned() else {
            return if self.has_left(by) {
                Ok(())
            } else {
                Err(Refusal::NotYours(self.name_of(agent)))
            };
        };
        self.remove(&seat.leg, self.settings.wrap_up_s);
        self.is_gone(&seat);
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

    /// A leg is out of the room, or never came in. Without certainty it may only be that the room
    /// ended around it, because the caller hung up.
    pub(super) fn seat_left(&mut self, leg: &CallSid, is_certain: bool) {
        let now = self.now();
        let Some(seat) = self.seat(leg).filter(|seat| seat.gone.is_none()).cloned() else {
            return;
        };
        let is_over = self.turn.call.ended.is_some();
        if !is_certain && !is_over && self.belongs_in_room(leg) {
            // Their leg asks where to go, and is led back; or a sweep finds out that it does not.
            return self.sweep_in(2);
        }
        if let Some(seat) = self.seat_mut(leg) {
            seat.gone = Some(now);
        }
        if is_over || seat.leaving.is_some() {
            return;
        }
        let is_telephone = match &self.state.stage {
            Stage::Talking { .. } => false,
            Stage::Outside { .. } => true,
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return,
        };
        if self.staying().next().is_some() {
            let over = self.call_over();
            self.tell_seat(&seat, over);
            return self.is_gone(&seat);
        }
        if !is_certain {
            let round = self.state.room.round;
            return self.tick(Timer::Regroup { round }, UNCLEAR_S);
        }
        if is_telephone {
            self.telephone_left(&seat.agent);
        } else {
            self.lose(&seat.agent);
        }
        match seat.ends_room {
            Switch::On => self.expect_caller(),
            Switch::Off | Switch::TurningOn | Switch::TurningOff => self.move_caller(),
        }
    }

    /// One of several is gone: whoever is left has the caller.
    fn is_gone(&mut self, seat: &Seat) {
        let name = self.seat_name(seat);
        let target = self
            .state
            .transfer
            .as_ref()
            .and_then(|transfer| transfer.step.leg().cloned());
        if target.as_ref() == Some(&seat.leg) {
            return self.keep_caller(TransferEnd::TargetLeft, &format!("{name} left the call."));
        }
        self.turn.note(format!("{name} left the room."));
        let had = self.state.stage.leg() == Some(&seat.leg);
        let next = self.staying().next().cloned();
        match (target, next) {
            (Some(target), _) if had => self.give_to(&target),
            (_, Some(next)) if had => {
                let name = self.seat_name(&next);
                self.turn.note(format!("{name} has the caller."));
                self.talk_by(&next.leg);
            }
            (Some(_) | None, _) => {}
        }
        self.set_flags();
    }

    /// The telephone to which the caller was handed over has hung up, which ends the talk.
    fn telephone_left(&mut self, brought_by: &UserName) {
        let left: Vec<Seat> = self.live_seats().cloned().collect();
        let now = self.now();
        for seat in left {
            if let Some(seat) = self.seat_mut(&seat.leg) {
                seat.gone = Some(now);
            }
            self.end_leg(seat.leg_of());
        }
        self.turn.note("The other side hung up.");
        self.state.stage = Stage::Ending(Ending {
            by: brought_by.clone(),
            since: now,
        });
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
                self.tell_seat(&seat, over.clone());
            }
        }
        let is_transfer = self.state.transfer.is_some();
        if offer.is_none() {
            self.turn.agent(agent, over);
            if is_transfer {
                self.begin_wait(None);
                return self.go_cold();
            }
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
        // Whoever comes first, the agent or the target, has the caller.
        self.ring_target();
    }

    /// Whoever talked with the caller is out of the room; false when nobody talked.
    pub(super) fn lose_talk(&mut self) -> bool {
        match self.state.stage.clone() {
            Stage::Talking { agent, .. } => self.lose(&agent),
            Stage::Outside { leg, .. } => {
                if let Some(agent) = self.seat(&leg).map(|seat| seat.agent.clone()) {
                    self.telephone_left(&agent);
                }
            }
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => return false,
        }
        true
    }

    pub(super) fn due(&mut self, timer: Timer) {
        match timer {
            Timer::RingOver { offer } => self.ring_over(offer),
            Timer::NobodyCame { wait } if wait == self.state.waits => self.patience_over(),
            Timer::Choices { wait } if wait == self.state.waits => self.offer_choices(),
            Timer::Recover { wait } if wait == self.state.waits => self.give_to_others(),
            Timer::Regroup { round } if round == self.state.room.round => self.regroup(),
            Timer::SeekOver { .. } => self.seek_over(timer),
            Timer::Release => self.release_again(),
            Timer::EndAgain => self.end_again(),
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
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => {}
        }
    }

    /// The carrier has not asked where to lead the caller.
    fn regroup(&mut self) {
        if self.staying().next().is_none() && self.lose_talk() {
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
            Done::LegEnded { leg, how: Err(why) } => {
                self.turn
                    .note(format!("An agent's leg could not be ended: {why}."));
                self.ends_later(leg);
            }
            Done::RoomEnded { how: Err(why) } if !is_over => {
                self.turn
                    .note(format!("The room could not be ended: {why}."));
                self.move_caller();
            }
            Done::EndsRoomSet { leg, on, how } => self.ends_room_set(&leg, on, how),
            Done::HoldSet { leg, on, how } if !is_over => self.hold_set(&leg, on, how),
            Done::MuteSet { leg, on, how } if !is_over => self.mute_set(&leg, on, how),
            Done::HeardSet { leg, by, how } if !is_over => self.heard_set(&leg, &by, how),
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
            | Done::MuteSet { .. }
            | Done::HeardSet { .. }
            | Done::Redirected { .. } => {}
        }
    }
}
