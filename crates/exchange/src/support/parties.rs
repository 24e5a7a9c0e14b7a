//! The parties of a call: on hold, muted, swapped, joined, removed.

use super::case::Case;
use super::{Refusal, Side, Switch, Timer, TransferEnd, TransferKind, TransferStep};
use crate::{CallSid, Effect, UserName};

/// How long until somebody who could not be taken off hold is tried again.
const RELEASE_S: i64 = 3;

impl Case<'_> {
    pub(super) fn hold_of(&self, leg: &CallSid) -> Switch {
        if *leg == self.turn.call.sid {
            self.state.room.hold
        } else {
            self.seat(leg).map_or(Switch::Off, |seat| seat.hold)
        }
    }

    /// The hold of a party, whether it is to be off whatever the carrier says, and how many answers
    /// are outstanding.
    fn hold_mut(&mut self, leg: &CallSid) -> Option<(&mut Switch, &mut bool, &mut u32)> {
        if *leg == self.turn.call.sid {
            let room = &mut self.state.room;
            Some((&mut room.hold, &mut room.is_released, &mut room.hold_sets))
        } else {
            let seat = self.seat_mut(leg).filter(|seat| seat.gone.is_none())?;
            Some((&mut seat.hold, &mut seat.is_released, &mut seat.hold_sets))
        }
    }

    pub(super) fn set_hold_of(&mut self, leg: &CallSid, on: bool) {
        if let Some((hold, is_released, sets)) = self.hold_mut(leg) {
            *hold = Switch::towards(on);
            *is_released = *is_released && !on;
            *sets += 1;
            let leg = leg.clone();
            self.turn.effect(Effect::Hold { leg, on });
        }
    }

    /// A party is taken off hold, whatever happens.
    pub(super) fn release(&mut self, leg: &CallSid) {
        let Some((hold, is_released, _)) = self.hold_mut(leg) else {
            return;
        };
        *is_released = *hold != Switch::Off;
        if hold.is_meant_on() {
            self.set_hold_of(leg, false);
        }
    }

    /// Whoever is still to be taken off hold is tried again, and so is who is to be heard and is muted still.
    pub(super) fn release_again(&mut self) {
        let talker = self.state.stage.leg().cloned();
        for leg in talker.into_iter().chain([self.turn.call.sid.clone()]) {
            if self.must_be_heard(&leg) {
                self.unmute(&leg);
            }
        }
        let seats = self.live_seats().map(|seat| seat.leg.clone());
        let parties: Vec<CallSid> = seats.chain([self.turn.call.sid.clone()]).collect();
        for leg in parties {
            let is_due = self
                .hold_mut(&leg)
                .is_some_and(|(hold, is_released, sets)| {
                    *is_released && *hold == Switch::TurningOff && *sets == 0
                });
            if is_due {
                self.set_hold_of(&leg, false);
            }
        }
    }

    /// What came of a hold.
    pub(super) fn hold_set(&mut self, leg: &CallSid, on: bool, how: Result<(), String>) {
        let name = self.party_name(leg);
        let Some((hold, is_released, sets)) = self.hold_mut(leg) else {
            return;
        };
        if *sets != 1 {
            *sets = sets.saturating_sub(1);
            return;
        }
        *sets = 0;
        if hold.is_meant_on() != on {
            // They were led into a new room meanwhile, where this came to bear.
            if how.is_ok() {
                let meant = hold.is_meant_on();
                self.set_hold_of(leg, meant);
            }
            return;
        }
        let why = match how {
            Ok(()) => {
                *hold = Switch::settled(on);
                *is_released = *is_released && on;
                return;
            }
            Err(why) => why,
        };
        let did = if on { "put on hold" } else { "taken off hold" };
        let words = format!("{name} could not be {did}: {why}.");
        if !on && *is_released {
            self.turn.note(format!("{words} It is tried again."));
            return self.tick(Timer::Release, RELEASE_S);
        }
        *hold = Switch::settled(!on);
        self.turn.note(&*words);
        if on {
            self.could_not_hold(leg, &words);
        }
    }

    /// The carrier says whether a party is on hold. While answers are outstanding, it may speak of an
    /// earlier hold.
    pub(super) fn hold_is(&mut self, leg: &CallSid, on: bool) {
        if let Some((hold, is_released, sets)) = self.hold_mut(leg)
            && hold.is_meant_on() == on
            && *sets == 0
        {
            *hold = Switch::settled(on);
            *is_released = *is_released && on;
        }
    }

    /// Somebody who was to hear music does not.
    fn could_not_hold(&mut self, leg: &CallSid, words: &str) {
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        let caller = self.turn.call.sid.clone();
        match transfer.step {
            TransferStep::Preparing { .. }
            | TransferStep::Seeking { .. }
            | TransferStep::Ringing { .. } => {
                if *leg == caller && transfer.kind == TransferKind::Consult {
                    self.fail_transfer(words);
                }
            }
            TransferStep::Briefing { leg: target, with } => {
                let (other, back) = match with {
                    Side::Target => (&target, Side::Caller),
                    Side::Caller => (&caller, Side::Target),
                };
                // What is true is what everybody hears.
                if self.hold_of(other) == Switch::On {
                    let leg = target;
                    self.step_to(TransferStep::Briefing { leg, with: back });
                } else {
                    self.join_all_with(target);
                }
            }
            TransferStep::ThreeWay { .. } => {}
        }
    }

    fn party_name(&self, leg: &CallSid) -> String {
        match self.seat(leg) {
            Some(seat) => self.seat_name(seat),
            None => "The caller".to_owned(),
        }
    }

    /// Agent, caller and target are to hear each other.
    pub(super) fn join_all(&mut self, by: &UserName) -> Result<(), Refusal> {
        let step = self.answered_step(by)?;
        if let TransferStep::Briefing { leg, .. } = step {
            let name = self.name_of(by);
            self.turn.note(format!("{name} joined all three."));
            self.join_all_with(leg);
        }
        Ok(())
    }

    /// The agent speaks with the other of the two. A click while that is being done is the second
    /// one of a double click.
    pub(super) fn swap(&mut self, by: &UserName) -> Result<(), Refusal> {
        let TransferStep::Briefing { leg, with } = self.answered_step(by)? else {
            return Err(Refusal::NoTransfer("all three hear each other".to_owned()));
        };
        let caller = self.turn.call.sid.clone();
        let (held, heard) = match with {
            Side::Target => (&caller, &leg),
            Side::Caller => (&leg, &caller),
        };
        if self.hold_of(held) != Switch::On || self.hold_of(heard) != Switch::Off {
            return Ok(());
        }
        let (name, to) = (self.name_of(by), self.party_name(held));
        self.turn.note(format!("{name} turns to: {to}."));
        let with = match with {
            Side::Target => Side::Caller,
            Side::Caller => Side::Target,
        };
        self.step_to(TransferStep::Briefing { leg, with });
        Ok(())
    }

    /// The step of somebody's transfer whose target has answered.
    fn answered_step(&self, by: &UserName) -> Result<TransferStep, Refusal> {
        self.talking_leg(by)?;
        match &self.state.transfer {
            Some(transfer) if transfer.step.leg().is_some() => Ok(transfer.step.clone()),
            Some(transfer) => Err(Refusal::NotAnswered(transfer.target.name())),
            None => Err(Refusal::NoTransfer(self.state.stage.what().to_owned())),
        }
    }

    /// One party of a call with several is removed.
    pub(super) fn drop_party(&mut self, by: &UserName, leg: &CallSid) -> Result<(), Refusal> {
        let own = self.talking_leg(by)?;
        if *leg == self.turn.call.sid {
            return Err(Refusal::NotTheCaller);
        }
        if *leg == own {
            return self.complete(by);
        }
        let was_in = self.seat(leg).ok_or(Refusal::NotInCall)?.gone.is_some();
        if was_in {
            return Ok(());
        }
        let words = format!("{} removed {}.", self.name_of(by), self.party_name(leg));
        let is_target = self
            .state
            .transfer
            .as_ref()
            .is_some_and(|transfer| transfer.step.leg() == Some(leg));
        self.remove(leg, 0);
        if is_target {
            self.keep_caller(TransferEnd::Cancelled, &words);
        } else {
            self.turn.note(words);
            self.set_flags();
        }
        Ok(())
    }

    /// Holds a party, or takes it off hold. In a consult, who hears whom is the transfer's matter.
    pub(super) fn hold_party(
        &mut self,
        by: &UserName,
        leg: &CallSid,
        on: bool,
    ) -> Result<(), Refusal> {
        self.is_party(by, leg)?;
        let caller = self.turn.call.sid.clone();
        if let Some(transfer) = &self.state.transfer
            && self.state.is_consulted()
            && self.hold_of(leg).is_meant_on() != on
        {
            return Err(Refusal::Consulting(transfer.target.name()));
        }
        if self.hold_of(leg).is_meant_on() != on {
            let (name, did) = (
                self.name_of(by),
                if on { "put on hold" } else { "taken off hold" },
            );
            let party = if *leg == caller {
                "the caller".to_owned()
            } else {
                self.party_name(leg)
            };
            self.turn.note(format!("{name}: {party} is {did}."));
            self.set_hold_of(leg, on);
        }
        Ok(())
    }

    /// Mutes a party, or lets it be heard again.
    pub(super) fn mute_party(
        &mut self,
        by: &UserName,
        leg: &CallSid,
        on: bool,
    ) -> Result<(), Refusal> {
        self.is_party(by, leg)?;
        let (name, party) = (self.name_of(by), self.party_name(leg));
        let Some(mute) = self.mute_mut(leg) else {
            return Err(Refusal::NotInCall);
        };
        if mute.is_meant_on() != on {
            *mute = Switch::towards(on);
            let did = if on { "muted" } else { "heard again" };
            self.turn.note(format!("{name}: {party} is {did}."));
            let leg = leg.clone();
            self.turn.effect(Effect::Mute { leg, on });
        }
        Ok(())
    }

    pub(super) fn mute_set(&mut self, leg: &CallSid, on: bool, how: Result<(), String>) {
        let name = self.party_name(leg);
        let Some(mute) = self.mute_mut(leg).filter(|mute| mute.is_meant_on() == on) else {
            return;
        };
        match how {
            Ok(()) => *mute = Switch::settled(on),
            Err(why) => {
                *mute = Switch::settled(!on);
                let did = if on { "muted" } else { "heard again" };
                self.turn.note(format!("{name} could not be {did}: {why}."));
                if !on && self.must_be_heard(leg) {
                    self.tick(Timer::Release, RELEASE_S);
                }
            }
        }
    }

    /// Whether nobody else could let them be heard: who has the caller, and a caller who is alone with them.
    fn must_be_heard(&self, leg: &CallSid) -> bool {
        let is_caller = *leg == self.turn.call.sid;
        self.state.stage.leg() == Some(leg) || is_caller && self.staying().count() == 1
    }

    /// Whoever has the caller is heard by them, and hears them: what the agent before them muted nobody else might undo, and
    /// there are parties to mute only where there are several.
    pub(super) fn let_be_heard(&mut self, leg: &CallSid) {
        let caller = self.turn.call.sid.clone();
        for leg in [&caller, leg] {
            if self.unmute(leg) {
                let name = self.party_name(leg);
                self.turn.note(format!("{name} is heard again."));
            }
        }
    }

    /// Whether they were meant to be muted.
    fn unmute(&mut self, leg: &CallSid) -> bool {
        let is_muted = self
            .mute_mut(leg)
            .filter(|mute| mute.is_meant_on())
            .map(|mute| *mute = Switch::TurningOff)
            .is_some();
        if is_muted {
            let leg = leg.clone();
            self.turn.effect(Effect::Mute { leg, on: false });
        }
        is_muted
    }

    fn mute_mut(&mut self, leg: &CallSid) -> Option<&mut Switch> {
        if *leg == self.turn.call.sid {
            return Some(&mut self.state.room.mute);
        }
        let seat = self.seat_mut(leg).filter(|seat| seat.gone.is_none())?;
        Some(&mut seat.mute)
    }

    /// Only who talks with the caller may do something to a party that is there.
    fn is_party(&self, by: &UserName, leg: &CallSid) -> Result<(), Refusal> {
        self.talking_leg(by)?;
        let is_there = *leg == self.turn.call.sid || self.staying().any(|seat| seat.leg == *leg);
        if is_there {
            Ok(())
        } else {
            Err(Refusal::NotInCall)
        }
    }
}
