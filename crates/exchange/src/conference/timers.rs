//! What happens in a room when its time has come.

use super::case::Case;
use super::{Phase, RoomTimer, Whereabouts, WhyLeft};
use crate::{CallSid, Moment};

impl Case<'_> {
    pub(super) fn due(&mut self, timer: RoomTimer) {
        match timer {
            RoomTimer::Grace { since } => self.grace_over(since),
            RoomTimer::Patience { leg } => self.patience_over(&leg),
            RoomTimer::Alone { since } => self.still_alone(since),
            RoomTimer::Regroup { leg, round } => self.not_asked(&leg, round),
            RoomTimer::Tell => self.tell(),
            RoomTimer::Record => self.record_again(),
            // What follows from how the room stands follows whatever happened.
            RoomTimer::Again => {}
        }
    }

    fn grace_over(&mut self, of: Moment) {
        let now = self.now();
        let Phase::Grace { since, until } = self.room.phase else {
            return;
        };
        if since != of || now < until {
            return;
        }
        let name = self.settings.name.clone();
        self.turn.note(format!(
            "No moderator came back to {name} in time; everybody is thanked."
        ));
        self.room.phase = Phase::Waiting { since: now };
        self.room.first_met = None;
        let legs: Vec<CallSid> = self.staying().map(|one| one.leg.clone()).collect();
        for leg in legs {
            self.send_off(&leg, WhyLeft::GraceOver);
        }
    }

    fn patience_over(&mut self, leg: &CallSid) {
        let patience = i64::from(self.settings.patience_s);
        let Some(member) = self.room.member(leg) else {
            return;
        };
        let is_over = member
            .waiting
            .is_some_and(|since| self.now().seconds_since(since) >= patience);
        if is_over && member.leaving.is_none() && !self.is_running() {
            self.send_off(leg, WhyLeft::NobodyCame);
        }
    }

    fn still_alone(&mut self, since: Moment) {
        if self.room.alone != Some(since) {
            return;
        }
        if let Some(leg) = self.lonely() {
            self.turn
                .note("The only one who is left is led back to the music.");
            self.redirect(&leg);
        }
    }

    /// A leg that should have asked where to go by now is led.
    fn not_asked(&mut self, leg: &CallSid, round: u32) {
        let Some(member) = self.room.member(leg) else {
            return;
        };
        let is_out = matches!(member.place, Whereabouts::Outside { .. });
        let is_due = is_out || member.moving.is_some() || member.leaving.is_some();
        if member.round == round && is_due {
            self.sweep_in(0);
            self.redirect(leg);
        }
    }
}
