//! The sweep: the carrier's own picture of a call, held against ours.

use super::case::{Case, GRACE_S};
use super::{LegOf, Present, Seat, Seen, Stage, Switch};
use crate::{CallSid, Moment, Reported};

impl Case<'_> {
    /// What a sweep saw. Whatever changed within the last seconds is not judged: it may have changed
    /// while the sweep looked.
    pub(super) fn seen(&mut self, sweep: u32, what: Result<Seen, String>) {
        if sweep != self.state.sweep {
            return;
        }
        let Ok(seen) = what else {
            return self.sweep_in(GRACE_S);
        };
        self.state.reconciled = Some(seen.at);
        match seen.caller {
            Reported::Live => {}
            Reported::Completed | Reported::NotAnswered(_) | Reported::Unknown(_) => {
                self.turn
                    .note("Asked, the carrier says that the call is over.");
                self.sync();
                let how = self.turn.call.given_up();
                let now = self.now();
                return self.turn.call.over(now, how);
            }
        }
        self.know_room(&seen);
        match self.state.stage {
            Stage::Talking { .. } | Stage::Outside { .. } => self.look_at_talk(&seen),
            Stage::Waiting(_) | Stage::Offered { .. } => self.look_at_wait(&seen),
            Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => self.look_outside(&seen),
            Stage::Arrived => {}
        }
        self.end_strangers(&seen);
        self.look_at_watchers(&seen, |since| is_old(since, seen.at));
        // What was found may have asked for one of its own.
        if self.state.sweep == sweep {
            self.sweep_after(&seen);
        }
    }

    /// Another sweep, in the usual time; sooner where something was not judged yet.
    fn sweep_after(&mut self, seen: &Seen) {
        if self.is_as_seen(seen) {
            self.sweep_on();
        } else {
            self.sweep_in(GRACE_S);
        }
    }

    /// Whether those who belong into the room are there, and nobody else of the call is.
    fn is_as_seen(&self, seen: &Seen) -> bool {
        let is_there = |leg: &CallSid| seen.people.iter().any(|one| one.leg == *leg);
        let has_caller = is_there(&self.turn.call.sid);
        match self.state.stage {
            Stage::Talking { .. } | Stage::Outside { .. } => {
                has_caller && self.live_seats().all(|seat| is_there(&seat.leg))
            }
            Stage::Waiting(_) | Stage::Offered { .. } => has_caller && !seen.has_started,
            Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => !has_caller,
            Stage::Arrived => true,
        }
    }

    fn know_room(&mut self, seen: &Seen) {
        let room = &mut self.state.room;
        let Some(conference) = &seen.conference else {
            return;
        };
        if room.conference.as_ref() != Some(conference) && is_old(room.led_at, seen.at) {
            room.past.retain(|past| past != conference);
            if let Some(past) = room.conference.replace(conference.clone()) {
                room.past.push(past);
            }
            room.sequence = None;
        }
    }

    fn look_at_talk(&mut self, seen: &Seen) {
        let room = &self.state.room;
        let led = room.moving_since.unwrap_or(room.led_at).max(room.led_at);
        let is_settled = is_old(led, seen.at);
        let seats: Vec<Seat> = self.live_seats().cloned().collect();
        for seat in seats {
            match seen.people.iter().find(|one| one.leg == seat.leg) {
                Some(present) => {
                    self.seat_joined(&seat.leg);
                    self.know_flag(&seat, present);
                    self.know_hold(&seat.leg, present.is_held);
                }
                None if is_settled && is_old(seat.joined.unwrap_or(seat.answered), seen.at) => {
                    self.turn.note(format!(
                        "Asked, the carrier says that {} is not in the room.",
                        self.name_of(&seat.agent)
                    ));
                    self.seat_left(&seat.leg, true);
                }
                None => {}
            }
        }
        if !self.is_talk() {
            return;
        }
        match self.caller_in(seen).map(|present| present.is_held) {
            Some(is_held) => {
                let caller = self.turn.call.sid.clone();
                self.know_hold(&caller, is_held);
            }
            None => self.move_if_stuck(seen),
        }
    }

    pub(super) fn is_talk(&self) -> bool {
        matches!(
            self.state.stage,
            Stage::Talking { .. } | Stage::Outside { .. }
        )
    }

    /// A hold that the carrier shows otherwise than we were told is set again.
    fn know_hold(&mut self, leg: &CallSid, is_held: bool) {
        let hold = self.hold_of(leg);
        let is_settled = matches!(hold, Switch::On | Switch::Off);
        if is_settled && is_held != hold.is_meant_on() {
            self.set_hold_of(leg, hold.is_meant_on());
        }
    }

    /// A switch that the carrier shows otherwise than we were told is set again.
    fn know_flag(&mut self, seat: &Seat, present: &Present) {
        let is_settled = matches!(seat.ends_room, Switch::On | Switch::Off);
        if is_settled && seat.ends_room.is_meant_on() != present.ends_room {
            let seats = &mut self.state.seats;
            if let Some(seat) = seats.iter_mut().find(|one| one.leg == seat.leg) {
                seat.ends_room = Switch::settled(present.ends_room);
            }
            self.set_flags();
        }
    }

    fn look_at_wait(&mut self, seen: &Seen) {
        let is_alone_in_silence = seen.has_started;
        if self.caller_in(seen).is_none() || is_alone_in_silence {
            self.move_if_stuck(seen);
        }
    }

    fn look_outside(&mut self, seen: &Seen) {
        let is_moving = self.state.room.moving_since.is_some();
        if is_moving || self.caller_in(seen).is_some() {
            self.move_if_stuck(seen);
        }
    }

    /// Leads the caller on, unless they are on their way since a moment ago.
    fn move_if_stuck(&mut self, seen: &Seen) {
        let room = &self.state.room;
        let since = room.moving_since.unwrap_or(room.led_at).max(room.led_at);
        if is_old(since, seen.at) {
            self.turn
                .note("Asked, the carrier says that the caller is not where they belong.");
            self.move_caller();
        }
    }

    fn caller_in<'s>(&self, seen: &'s Seen) -> Option<&'s Present> {
        let caller = &self.turn.call.sid;
        seen.people.iter().find(|one| one.leg == *caller)
    }

    /// Legs of agents who should be in the room no more.
    fn end_strangers(&mut self, seen: &Seen) {
        let is_talking = self.is_talk();
        let left: Vec<LegOf> = self
            .state
            .seats
            .iter()
            .filter(|seat| seen.people.iter().any(|one| one.leg == seat.leg))
            .filter(|seat| match seat.gone {
                Some(gone) => is_old(gone, seen.at),
                None => !is_talking && is_old(seat.answered, seen.at),
            })
            .map(Seat::leg_of)
            .collect();
        for leg in left {
            self.end_leg(leg);
        }
    }
}

/// Whether something was so before the sweep began to look.
fn is_old(since: Moment, at: Moment) -> bool {
    at.seconds_since(since) >= GRACE_S
}
