//! How a transfer ends: completed, cancelled, failed, overtaken.

use super::case::Case;
use super::{
    Offer, OfferOutcome, PastTransfer, Refusal, Seat, Switch, Timer, Transfer, TransferEnd,
    TransferKind, TransferStep,
};
use crate::{AgentEvent, CallSid, Effect, UserName};

/// How long to wait for an offer that still rings when the search for somebody is over.
const LET_RING_S: i64 = 10;

impl Case<'_> {
    /// Writes the transfer off.
    pub(super) fn end_transfer(&mut self, end: TransferEnd, words: &str) {
        let now = self.now();
        if let Some(transfer) = self.state.transfer.take() {
            self.turn.note(words);
            self.state
                .past_transfers
                .push(transfer.past(now, end, words));
        }
    }

    /// The transfer came to nothing, and whoever had the caller has them.
    pub(super) fn keep_caller(&mut self, end: TransferEnd, words: &str) {
        let is_held = self.state.transfer.as_ref().is_some_and(|transfer| {
            transfer.kind == TransferKind::Consult || transfer.step.leg().is_some()
        });
        self.end_transfer(end, words);
        if is_held {
            let caller = self.turn.call.sid.clone();
            self.release(&caller);
        }
        self.set_flags();
    }

    /// The last transfer, when it was somebody's and ended in one way: a second click.
    fn has_done(&self, by: &UserName, end: TransferEnd) -> bool {
        let last = self.state.past_transfers.last();
        self.state.transfer.is_none() && last.is_some_and(|last| last.by == *by && last.end == end)
    }

    /// Whether somebody handed the caller over, or is doing so, and has left the call.
    pub(super) fn has_left(&self, by: &UserName) -> bool {
        let is_their_own = |seat: &Seat| seat.agent == *by && seat.number.is_none();
        if self.staying().any(is_their_own) {
            return false;
        }
        let is_theirs =
            |transfer: &Transfer| transfer.by == *by && transfer.kind == TransferKind::Cold;
        self.state.transfer.as_ref().is_some_and(is_theirs)
            || self.state.past_transfers.last().is_some_and(|last| {
                last.by == *by
                    && (last.end == TransferEnd::HandedOver || last.kind == TransferKind::Cold)
            })
    }

    fn none_under_way(&self) -> Refusal {
        let last = self.state.past_transfers.last();
        Refusal::NoTransfer(last.map_or_else(
            || self.state.stage.what().to_owned(),
            |last| last.words.trim_end_matches('.').to_owned(),
        ))
    }

    /// The agent keeps the caller.
    pub(super) fn cancel_transfer(&mut self, by: &UserName) -> Result<(), Refusal> {
        let Some(transfer) = self.state.transfer.clone() else {
            return if self.has_done(by, TransferEnd::Cancelled) {
                Ok(())
            } else {
                Err(self.none_under_way())
            };
        };
        if transfer.by != *by || !self.state.keeps(by) {
            return Err(Refusal::NoTransfer(transfer.words()));
        }
        let words = format!("{} cancelled the transfer.", self.name_of(by));
        self.take_back(&transfer.step);
        self.keep_caller(TransferEnd::Cancelled, &words);
        Ok(())
    }

    /// The target is rung no more, or removed.
    pub(super) fn take_back(&mut self, step: &TransferStep) {
        match step {
            TransferStep::Preparing { offer: Some(offer) } | TransferStep::Ringing { offer } => {
                self.withdraw(*offer);
            }
            TransferStep::Briefing { leg, .. } | TransferStep::ThreeWay { leg } => {
                self.remove(&leg.clone(), 0);
            }
            TransferStep::Preparing { offer: None } | TransferStep::Seeking { .. } => {}
        }
    }

    /// A leg is taken out of the call; its agent is free again.
    pub(super) fn remove(&mut self, leg: &CallSid, wrap_up_s: u32) {
        let now = self.now();
        let Some(seat) = self.seat_mut(leg).filter(|seat| seat.gone.is_none()) else {
            return;
        };
        seat.gone = Some(now);
        let seat = seat.clone();
        self.end_leg(seat.leg_of());
        let over = AgentEvent::CallOver {
            call: self.turn.call.sid.clone(),
            wrap_up_s,
        };
        self.tell_seat(&seat, over);
    }

    /// The target is to have the caller.
    pub(super) fn complete(&mut self, by: &UserName) -> Result<(), Refusal> {
        let Some(transfer) = self.state.transfer.clone() else {
            return if self.has_done(by, TransferEnd::HandedOver) {
                Ok(())
            } else {
                Err(self.none_under_way())
            };
        };
        if self.has_left(by) {
            return Ok(());
        }
        self.talking_leg(by)?;
        match transfer.step.leg() {
            Some(leg) => {
                self.give_to(&leg.clone());
                Ok(())
            }
            None => Err(Refusal::NotAnswered(transfer.target.name())),
        }
    }

    /// The target has the caller. Who handed over leaves once the caller is off hold.
    pub(super) fn give_to(&mut self, leg: &CallSid) {
        let now = self.now();
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        let (caller, name) = (self.turn.call.sid.clone(), self.name_of(&transfer.by));
        let whom = self
            .seat(leg)
            .map_or_else(|| transfer.target.name(), |seat| self.seat_name(seat));
        let words = format!("{name} handed the caller over to {whom}.");
        self.end_transfer(TransferEnd::HandedOver, &words);
        self.release(&caller);
        self.release(leg);
        for seat in &mut self.state.seats {
            if seat.gone.is_none() && seat.leg != *leg {
                seat.leaving.get_or_insert(now);
            }
        }
        let over = self.call_over();
        self.turn.agent(&transfer.by, over);
        self.talk_by(leg);
        self.set_flags();
    }

    /// Whoever handed over goes when the caller is off hold, and the room does not end with them.
    pub(super) fn let_go(&mut self) {
        if self.state.room.hold != Switch::Off {
            return;
        }
        let now = self.now();
        let left: Vec<Seat> = self
            .live_seats()
            .filter(|seat| seat.leaving.is_some() && seat.ends_room != Switch::TurningOff)
            .cloned()
            .collect();
        for seat in left {
            if let Some(seat) = self.seat_mut(&seat.leg) {
                seat.gone = Some(now);
            }
            if seat.leaving == self.state.taken_over {
                self.turn.effect(Effect::SendAway { leg: seat.leg });
            } else {
                self.end_leg(seat.leg_of());
            }
        }
    }

    /// Something that the transfer needs could not be done.
    pub(super) fn fail_transfer(&mut self, words: &str) {
        if let Some(transfer) = self.state.transfer.clone() {
            self.take_back(&transfer.step);
            self.keep_caller(TransferEnd::NotPossible, words);
        }
    }

    /// Somebody of the team should have been free by now.
    pub(super) fn seek_over(&mut self, timer: Timer) {
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        let is_this = timer
            == Timer::SeekOver {
                began: transfer.began,
            };
        if !is_this || self.talking_leg(&transfer.by).is_err() {
            return;
        }
        match transfer.step {
            TransferStep::Seeking { .. } => {
                let words = format!("Nobody of {} was free in time.", transfer.target.name());
                self.keep_caller(TransferEnd::NotReached, &words);
            }
            TransferStep::Ringing { .. } => self.tick(timer, LET_RING_S),
            TransferStep::Preparing { .. }
            | TransferStep::Briefing { .. }
            | TransferStep::ThreeWay { .. } => {}
        }
    }

    /// Somebody else has the caller, or there is nobody for them any more: the target is rung no more.
    pub(super) fn overtake_transfer(&mut self, words: &str) {
        if let Some(transfer) = self.state.transfer.clone() {
            self.take_back(&transfer.step);
            self.end_transfer(TransferEnd::Overtaken, words);
        }
    }
}

impl Transfer {
    /// The same, once it is over.
    pub(super) fn past(self, ended: crate::Moment, end: TransferEnd, words: &str) -> PastTransfer {
        PastTransfer {
            kind: self.kind,
            by: self.by,
            target: self.target,
            began: self.began,
            ended,
            end,
            words: words.to_owned(),
        }
    }
}

impl OfferOutcome {
    /// Why nobody answered, in words that follow a name; for a telephone, in its own.
    pub(super) fn reason(&self, offer: &Offer) -> Option<String> {
        let is_telephone = offer.number.is_some();
        match self {
            Self::NotMade(words) => Some(format!("could not be rung: {words}")),
            Self::Vain(_) if offer.screening.is_some() => {
                Some("answered, and did not take the caller".to_owned())
            }
            Self::Vain(crate::WhyNot::Declined) if is_telephone => Some("is busy".to_owned()),
            Self::Vain(why) => Some(why.label().to_owned()),
            Self::Answered | Self::Withdrawn => None,
        }
    }
}
