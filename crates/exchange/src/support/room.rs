//! The picture of a room: what the carrier says of it, and whose leaving ends it.

use super::case::Case;
use super::{LeftBecause, RoomEvent, RoomSaid, Switch, TransferStep};
use crate::{CallSid, Effect};

impl Case<'_> {
    /// What the carrier says of a room. It may come late, twice, or in another order: who has left
    /// has left, and a switch follows the latest word.
    pub(super) fn room(&mut self, said: RoomSaid) {
        if self.watchers_say(&said) {
            return;
        }
        let room = &mut self.state.room;
        if room.past.contains(&said.conference) {
            return;
        }
        if room.conference.as_ref() != Some(&said.conference) {
            if let Some(past) = room.conference.replace(said.conference.clone()) {
                room.past.push(past);
            }
            room.sequence = None;
        }
        let is_latest = room.sequence.is_none_or(|known| said.sequence > known);
        if is_latest {
            room.sequence = Some(said.sequence);
        }
        match said.event {
            RoomEvent::Joined(leg) => self.seat_joined(&leg),
            RoomEvent::Left(leg, why) if leg == self.turn.call.sid => match why {
                LeftBecause::HungUp | LeftBecause::Unknown => self.sweep_in(1),
                LeftBecause::RoomEnded | LeftBecause::Moved | LeftBecause::NeverCame => {}
            },
            RoomEvent::Left(leg, why) => match why {
                LeftBecause::HungUp | LeftBecause::NeverCame => self.seat_left(&leg, true),
                LeftBecause::RoomEnded | LeftBecause::Moved | LeftBecause::Unknown => {
                    self.seat_left(&leg, false);
                }
            },
            RoomEvent::Held(leg, on) if is_latest => self.hold_is(&leg, on),
            RoomEvent::EndsRoom(leg, on) if is_latest => {
                let seat = self.state.seats.iter_mut().find(|seat| seat.leg == leg);
                if let Some(seat) =
                    seat.filter(|seat| seat.flag_sets == 0 && seat.ends_room.is_meant_on() == on)
                {
                    seat.ends_room = Switch::settled(on);
                }
            }
            RoomEvent::Ended => {
                if let Some(past) = self.state.room.conference.take() {
                    self.state.room.past.push(past);
                }
                let joined: Vec<CallSid> = self
                    .live_seats()
                    .filter(|seat| seat.joined.is_some())
                    .map(|seat| seat.leg.clone())
                    .collect();
                for leg in joined {
                    self.seat_left(&leg, false);
                }
            }
            RoomEvent::Started
            | RoomEvent::Held(..)
            | RoomEvent::EndsRoom(..)
            | RoomEvent::Other => {}
        }
    }

    pub(super) fn seat_joined(&mut self, leg: &CallSid) {
        let now = self.now();
        let seat = self.state.seats.iter_mut().find(|seat| seat.leg == *leg);
        if let Some(seat) = seat.filter(|seat| seat.gone.is_none()) {
            seat.joined.get_or_insert(now);
            self.set_flags();
        }
    }

    /// The leaving of the only agent ends the room; that of one of several, or of one who is handing
    /// over, does not. Legs of the tutorial's routes keep the tutorial's flags.
    pub(super) fn set_flags(&mut self) {
        let is_alone = self.staying().count() == 1 && self.state.transfer.is_none();
        if is_alone && let Some(leg) = self.state.stage.leg().cloned() {
            self.let_be_heard(&leg);
        }
        let mut changed = Vec::new();
        for seat in &mut self.state.seats {
            let is_ours = seat.offer.is_some() && seat.gone.is_none() && seat.joined.is_some();
            let on = is_alone && seat.leaving.is_none();
            if is_ours && seat.ends_room.is_meant_on() != on {
                seat.ends_room = Switch::towards(on);
                seat.flag_sets += 1;
                changed.push((seat.leg.clone(), on));
            }
        }
        for (leg, on) in changed {
            self.turn.effect(Effect::SetEndsRoom { leg, on });
        }
    }

    pub(super) fn ends_room_set(&mut self, leg: &CallSid, on: bool, how: Result<(), String>) {
        let seat = self.state.seats.iter_mut().find(|seat| seat.leg == *leg);
        let Some(seat) = seat else {
            return;
        };
        if seat.flag_sets != 1 {
            seat.flag_sets = seat.flag_sets.saturating_sub(1);
            return;
        }
        seat.flag_sets = 0;
        if seat.ends_room.is_meant_on() != on {
            // It was led into a new room meanwhile, where this came to bear.
            if how.is_ok() && seat.gone.is_none() {
                seat.ends_room = Switch::settled(on);
                self.set_flags();
            }
            return;
        }
        match how {
            Ok(()) => seat.ends_room = Switch::settled(on),
            Err(why) => {
                seat.ends_room = Switch::settled(!on);
                if seat.gone.is_none() {
                    let words = format!(
                        "What an agent's leaving does to the room could not be set: {why}."
                    );
                    self.flag_failed(&words);
                }
            }
        }
    }

    /// A transfer that is being made ready does not begin in a room that its first agent would end.
    fn flag_failed(&mut self, words: &str) {
        let is_preparing = self
            .state
            .transfer
            .as_ref()
            .is_some_and(|transfer| matches!(transfer.step, TransferStep::Preparing { .. }));
        if is_preparing {
            self.fail_transfer(words);
        } else {
            self.turn.note(words);
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
